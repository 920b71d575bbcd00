"""The main path, step by step, as a reader of the file would tell it."""

import pytest

from laojian.cases.queries import claim_table
from laojian.dossier.models import Desk, Dossier
from laojian.papers.models import Paper
from laojian.people.acting import acting
from laojian.procedure.step import Refused
from laojian.procedure.take import open_file, take
from tests.world import at

pytestmark = pytest.mark.django_db

COMPLAINT = {
    "kind": "complaint", "matter": "wages", "respondent": "宏示装饰工程（示例）有限公司", "respondent_kind": "employer",
    "summary": "拖欠三个月工资", "request": "支付工资", "name": "王示海", "phone": "13800000000",
}  # fmt: skip


def test_a_complaint_is_registered_with_its_clock(world):
    file = open_file("general", "register", by=world.zhou, at=at("2026-01-05"), given=COMPLAINT)
    assert file.state == "acceptance_review"
    assert [(c["key"], c["due_on"]) for c in file.clocks] == [("accept", "2026-01-12")]
    with acting(world.zhou.pk):
        assert Dossier.objects.get().title == "宏示装饰工程（示例）有限公司 拖欠工资案"


@pytest.mark.parametrize(
    ("days", "field", "said"),
    [
        ({"employed_on": "2025-09-02", "began_on": "2025-09-01"}, "began_on", "早于入职之日"),
        ({"employed_on": "2026-03-10"}, "employed_on", "晚于办理之日"), ({"began_on": "2026-03-10"}, "began_on", "晚于办理之日"),
        ({"respondent_code": "91120115MA0000000X"}, "respondent_code", "校验"),
        ({"id_number": "110101199001011234"}, "id_number", "校验"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_the_window_with_its_sentence(world, days, field, said):
    told = COMPLAINT | {"employed_on": "2025-01-01", "began_on": "2025-10-01"} | days
    with pytest.raises(Refused) as refused:
        open_file("general", "register", by=world.zhou, at=at("2026-03-02"), given=told)
    assert [(reason.field, said in reason.text) for reason in refused.value.reasons] == [(field, True)]


def test_filing_needs_the_head_and_not_the_clerk(world):
    file = open_file("general", "register", by=world.zhou, at=at("2026-01-05"), given=COMPLAINT)
    given = {
        "matter": "wages",
        "began_on": "2025-10-01",
        "violation": "continuing",
        "opinion": "拟立案",
        "in_competence": True,
    }
    take(file.id, "propose_filing", by=world.zhou, at=at("2026-01-06"), given=given)
    with pytest.raises(Refused, match="监察机构负责人"):
        take(file.id, "file", by=world.zhou, at=at("2026-01-06"), given={"opinion": "同意"})
    file = take(file.id, "file", by=world.wang, at=at("2026-01-06", 10), given={"opinion": "同意"})
    assert file.dossier["number"] == "宝人社监立〔2026〕1号"
    assert {c["key"]: c["due_on"] for c in file.clocks if not c["ending"]} == {
        "investigate": "2026-04-07",
        "conclude": "2026-04-06",
    }


def test_whoever_must_approve_a_draft_finds_it_on_the_desk(world):
    file = investigating(world)
    order = {
        "facts": "拖欠工资", "violated": "劳动法第五十条", "demand": "支付工资", "length": 5, "unit": "working_day",
        "addressees": [{"party": file.parties[0]["id"], "kind": "pay", "ground": "lsr-26", "demand": "支付工资", "amount": "1000"}],
    }  # fmt: skip
    file = take(file.id, "order_correction", by=world.zhang, at=at("2026-01-08"), given=order)
    assert on_desks(file.id) == {"zhang", "li", "wang"}
    with acting(world.wang.pk):
        draft = Paper.objects.get(dossier_id=file.id, code="correction_order")
    take(file.id, "approve_paper", by=world.wang, at=at("2026-01-08", 10), given={"paper": draft.pk, "opinion": "同意"})
    assert on_desks(file.id) == {"zhang", "li"}


def investigating(world):
    """A filed case in the hands of two inspectors."""
    file = open_file("general", "register", by=world.zhou, at=at("2026-01-05"), given=COMPLAINT)
    given = {
        "matter": "wages",
        "began_on": "2025-10-01",
        "violation": "continuing",
        "opinion": "拟立案",
        "in_competence": True,
    }
    take(file.id, "propose_filing", by=world.zhou, at=at("2026-01-06"), given=given)
    take(file.id, "file", by=world.wang, at=at("2026-01-06", 10), given={"opinion": "同意"})
    return take(
        file.id, "assign", by=world.wang, at=at("2026-01-06", 11), given={"lead": world.zhang.pk, "second": world.li.pk}
    )


def on_desks(dossier_id: int) -> set[str]:
    """Whose desks the file lies on."""
    return set(Desk.objects.filter(dossier_id=dossier_id).values_list("officer__username", flat=True))


def test_a_merged_file_brings_its_parties_and_payments(world):
    files = [
        open_file("general", "register", by=world.zhou, at=at("2026-01-05", 9 + n), given=COMPLAINT) for n in range(2)
    ]
    rows = {"rows": [{"name": "示例甲", "months": ["2025-10"], "amount": "1000.00"}]}
    other = take(files[1].id, "claim_workers", by=world.zhou, at=at("2026-01-05", 11), given=rows)
    paid = {"on": "2026-01-05", "of": "wages", "way": "voluntary", "payer": other.parties[0]["id"], "amount": "400"}
    take(other.id, "register_payment", by=world.zhou, at=at("2026-01-05", 12), given=paid)
    file = take(
        files[0].id, "merge", by=world.zhou, at=at("2026-01-05", 13), given={"other": other.id, "reason": "同一事项"}
    )
    assert [party["name"] for party in file.parties] == [COMPLAINT["respondent"]]
    assert file.claims["paid"] == 400
    assert claim_table(file.id)["workers"][0]["payers"] == COMPLAINT["respondent"]

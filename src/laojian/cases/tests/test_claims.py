"""Forty-eight workers, three who pay, one complaint withdrawn: the claim table is right at every date."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from tests.casework import PARTS, Story
from tests.world import at

from laojian.cases.excel import read_workbook
from laojian.cases.models import LedgerLine, Worker
from laojian.cases.queries import claim_table
from laojian.cases.replay.walk import Cast, Walk
from laojian.employers.identifiers import invented_identity_number
from laojian.people.acting import acting
from laojian.procedure.step import Refused

pytestmark = pytest.mark.django_db
MONTHS = ("2026-05、07、08", "2026-06、08", "2026-05至2026-07")
COUNT = 48
FOUND = [Decimal(3000 + 100 * nth) + Decimal("0.37") for nth in range(COUNT)]  # 256,817.76 in all
TOTAL = Decimal("256817.76")
COMPLAINT = {
    "kind": "complaint", "matter": "wages", "respondent": "示例建筑劳务有限公司", "respondent_kind": "employer",
    "summary": "拖欠工资", "name": "投诉示例甲", "phone": "13800000001", "began_on": "2026-05-01",
}  # fmt: skip


def workbook() -> io.BytesIO:
    book, target = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["姓名", "身份证号", "工种", "欠薪期间", "金额"])
    for nth, amount in enumerate(FOUND):
        book.active.append([f"工人示例{nth + 1}", invented_identity_number(nth), "瓦工", MONTHS[nth % 3], str(amount)])
    book.active.append(["合计", "", "", "", str(sum(FOUND))])
    book.save(target)
    return target


@pytest.fixture
def walk(world) -> Walk:
    """A complaint of forty-eight workers, investigated, with a main contractor and a landlord in the file."""
    posts = {"clerk": [world.zhou], "inspector": [world.zhang, world.li], "unit_head": [world.wang]}
    walk = Walk(Cast(world.district, posts, world.clock))
    walk.step("register", at("2026-09-01"), COMPLAINT)
    second = {**COMPLAINT, "name": "投诉示例乙"}
    for key in ("matter", "respondent", "respondent_kind", "began_on"):
        del second[key]
    walk.step("add_source", at("2026-09-01", 10), second)
    rows = read_workbook(workbook(), date(2026, 9, 1)).claims()
    walk.step("claim_workers", at("2026-09-01", 11), {"rows": rows[:40], "source": walk.file.sources[0]["id"]})
    walk.step("claim_workers", at("2026-09-01", 12), {"rows": rows[40:], "source": walk.file.sources[1]["id"]})
    filing = {
        "matter": "wages",
        "began_on": "2026-05-01",
        "violation": "continuing",
        "opinion": "拟立案",
        "in_competence": True,
    }
    walk.step("propose_filing", at("2026-09-02"), filing)
    walk.step("file", at("2026-09-02", 10), {"opinion": "同意"})
    walk.step("assign", at("2026-09-02", 11), {"lead": world.zhang.pk, "second": world.li.pk})
    for kind, role, name in (
        ("main_contractor", "liable", "示例总承包有限公司"),
        ("landlord", "payer", "示例物业有限公司"),
    ):
        walk.step("keep_party", at("2026-09-03"), {"kind": kind, "role": role, "name": name})
    return walk


def party(walk: Walk, name: str) -> int:
    return next(p["id"] for p in walk.file.parties if p["name"] == name)


def order(walk: Walk) -> None:
    debtor, main = party(walk, "示例建筑劳务有限公司"), party(walk, "示例总承包有限公司")
    demand = {"kind": "pay", "ground": "mww-30", "demand": "支付48名劳动者工资", "amount": str(TOTAL)}
    given = {
        "facts": "拖欠48名劳动者工资", "violated": "劳动法第五十条", "demand": "支付工资", "length": 7, "unit": "day",
        "addressees": [demand | {"party": debtor}, demand | {"party": main, "debtor": debtor}],
    }  # fmt: skip
    walk.step("order_correction", at("2026-09-04"), given)


def pay(walk: Walk, day: str, payer: str, amount: str, shares: dict | None = None) -> None:
    given = {"on": day, "of": "wages", "way": "ordered", "payer": party(walk, payer), "amount": amount}
    walk.step("register_payment", at(day), given | ({"shares": shares} if shares else {}))


def table(walk: Walk, on: str) -> dict:
    with acting(walk.cast.reader().pk):
        return claim_table(walk.file.id, date.fromisoformat(on))


def totals(found: dict) -> tuple[Decimal, ...]:
    return tuple(found[kind] for kind in ("found", "ordered", "paid", "owed"))


def test_the_table_is_right_at_every_date(walk):
    order(walk)
    pay(walk, "2026-09-10", "示例建筑劳务有限公司", "50000.00")
    withdrawal = {"source": walk.file.sources[1]["id"], "reason": "本人已另找工作，自愿撤回"}
    walk.step("withdraw", at("2026-09-15"), withdrawal)
    after_debtor = {row["id"]: row["owed"] for row in table(walk, "2026-09-16")["workers"]}
    ten = dict(list(after_debtor.items())[:10])
    pay(walk, "2026-09-20", "示例总承包有限公司", str(sum(ten.values())), {str(k): str(v) for k, v in ten.items()})
    rest = TOTAL - 50000 - sum(ten.values())
    pay(walk, "2026-10-09", "示例物业有限公司", str(rest))

    assert table(walk, "2026-08-31") == {
        "workers": [],
        "count": 0,
        **dict.fromkeys(table(walk, "2026-10-09").keys() - {"workers", "count"}, 0),
    }
    assert totals(table(walk, "2026-09-03")) == (TOTAL, 0, 0, TOTAL)
    assert totals(table(walk, "2026-09-09")) == (TOTAL, TOTAL, 0, TOTAL)
    assert totals(table(walk, "2026-09-10")) == (TOTAL, TOTAL, Decimal(50000), TOTAL - 50000)
    assert totals(table(walk, "2026-09-20")) == (TOTAL, TOTAL, 50000 + sum(ten.values()), rest)
    assert totals(table(walk, "2026-10-09")) == (TOTAL, TOTAL, TOTAL, 0)

    rows = table(walk, "2026-09-20")["workers"]
    assert [row["found"] for row in rows] == FOUND
    assert [row["months"] for row in rows[:3]] == ["2026-05、07至08", "2026-06、08", "2026-05至07"]
    assert {row["payers"] for row in rows[:10]} == {"示例建筑劳务有限公司、示例总承包有限公司"}
    assert {row["payers"] for row in rows[10:]} == {"示例建筑劳务有限公司"}
    assert all(row["owed"] == 0 for row in rows[:10]) and all(row["owed"] > 0 for row in rows[10:])
    assert {o["met_on"] for o in walk.file.obligations} == {"2026-10-09"}


def test_the_debtors_part_payment_reaches_each_in_proportion(walk):
    pay(walk, "2026-09-10", "示例建筑劳务有限公司", "50000.00")
    rows = table(walk, "2026-09-10")["workers"]
    assert all(abs(row["paid"] - row["found"] * 50000 / TOTAL) < Decimal("0.01") for row in rows)
    assert sum(row["paid"] for row in rows) == 50000


def test_a_withdrawn_complaint_takes_nobodys_wages_away(walk):
    before = table(walk, "2026-09-14")
    walk.step("withdraw", at("2026-09-15"), {"source": walk.file.sources[1]["id"], "reason": "自愿撤回"})
    assert table(walk, "2026-09-15") == before
    with acting(walk.cast.reader().pk):
        assert Worker.objects.filter(source_id=walk.file.sources[1]["id"]).count() == 8


def test_nobody_can_be_paid_more_than_is_owed(walk):
    pay(walk, "2026-09-10", "示例建筑劳务有限公司", "50000.00")
    first = table(walk, "2026-09-10")["workers"][0]
    with pytest.raises(Refused, match="多于尚欠"):
        pay(walk, "2026-09-11", "示例物业有限公司", str(TOTAL))
    with pytest.raises(Refused, match="多于其尚欠"):
        pay(walk, "2026-09-11", "示例物业有限公司", "4000", {str(first["id"]): "4000"})
    with pytest.raises(Refused, match="不一致"):
        pay(walk, "2026-09-11", "示例物业有限公司", "4000", {str(first["id"]): "1000"})
    assert totals(table(walk, "2026-09-11")) == (TOTAL, 0, Decimal(50000), TOTAL - 50000)


def order_of(walk: Walk, amount: str, day: str) -> None:
    """An order to pay part of what is owed."""
    row = {
        "party": party(walk, "示例建筑劳务有限公司"),
        "kind": "pay",
        "ground": "lsr-26",
        "demand": "支付工资",
        "amount": amount,
    }
    given = {
        "facts": "拖欠工资",
        "violated": "劳动法第五十条",
        "demand": "支付工资",
        "length": 7,
        "unit": "day",
        "addressees": [row],
    }
    walk.step("order_correction", at(day), given)


def test_an_order_is_shared_out_and_a_later_one_takes_over_what_is_unpaid(walk):
    """The order's sum over the workers, to the cent; the second order counts what the first left unpaid only once."""
    order_of(walk, "100000.01", "2026-09-04")
    rows = table(walk, "2026-09-04")["workers"]
    assert sum(row["ordered"] for row in rows) == Decimal("100000.01")
    assert all(abs(row["ordered"] - row["found"] * Decimal("100000.01") / TOTAL) < Decimal("0.01") for row in rows)
    pay(walk, "2026-09-10", "示例建筑劳务有限公司", "50000.00")
    order_of(walk, str(TOTAL - 50000), "2026-09-11")
    assert totals(table(walk, "2026-09-10")) == (TOTAL, Decimal("100000.01"), Decimal(50000), TOTAL - 50000)
    after = table(walk, "2026-09-11")
    assert totals(after) == (TOTAL, TOTAL, Decimal(50000), TOTAL - 50000)
    assert all(row["ordered"] == row["found"] for row in after["workers"])


def test_a_voided_order_orders_and_binds_nobody_and_the_one_before_stands_again(walk):
    order_of(walk, "100000.01", "2026-09-04")
    order_of(walk, str(TOTAL), "2026-09-11")
    assert totals(table(walk, "2026-09-11"))[1] == TOTAL and len(walk.file.obligations) == 2
    second = walk.fresh().drafts[-1]
    assert second["code"] == "correction_order"
    walk.step("void_paper", at("2026-09-12"), {"paper": second["id"], "reason": "写错"})
    assert totals(table(walk, "2026-09-11"))[1] == TOTAL
    assert totals(table(walk, "2026-09-12"))[1] == Decimal("100000.01") and len(walk.file.obligations) == 1


def test_nobody_is_ordered_to_pay_more_than_is_owed_however_it_is_parted(walk):
    half = {"party": party(walk, "示例建筑劳务有限公司"), "kind": "pay", "ground": "lsr-26", "demand": "支付工资"}
    given = {"facts": "拖欠工资", "violated": "劳动法第五十条", "demand": "支付工资", "length": 7, "unit": "day",
             "addressees": [half | {"amount": "200000"}, half | {"amount": "100000"}]}  # fmt: skip
    with pytest.raises(Refused, match="多于台账查明尚欠"):
        walk.step("order_correction", at("2026-09-04"), given)


def test_a_treatment_decision_writes_its_own_lines_and_nothing_is_ordered_twice(world):
    """36,200.50 ordered on 12 March, 5,200 of it paid on the 20th; the decision of 20 April demands the remaining 31,000.50."""
    story = Story(world)
    for part in PARTS[:-1]:
        part(story)
    decided = next(row[0] for row in story.file.took if row[1] == "decide_treatment")
    with acting(world.zhang.pk):
        lines = LedgerLine.objects.filter(dossier_id=story.file.id, seq=decided)
        assert sum(line.amount for line in lines if line.amount > 0) == Decimal("31000.50")
        assert {line.obligation.kind for line in lines} == {"pay"}
        days = {
            day: claim_table(story.file.id, date.fromisoformat(day))
            for day in ("2026-03-11", "2026-03-12", "2026-04-20")
        }
    assert [table["ordered"] for table in days.values()] == [0, Decimal("36200.50"), Decimal("36200.50")]
    assert all(row["ordered"] == row["found"] for row in days["2026-04-20"]["workers"])

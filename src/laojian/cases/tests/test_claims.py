"""Forty-eight workers, three who pay, one complaint withdrawn: the claim table is right at every date."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from tests.world import at

from laojian.cases.excel import read_workbook
from laojian.cases.models import Worker
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
        "addressees": [demand | {"party": debtor}, demand | {"party": main, "debtor": debtor}], "workers_ordered": True,
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

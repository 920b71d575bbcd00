"""The surcharge: worked examples as written, and what must hold of every sum."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from laojian.lawbook import LawError, Pause, folder, law, surcharge

EXAMPLES = yaml.safe_load((folder() / "examples/surcharge.yaml").read_text(encoding="utf-8"))
SUMS = st.decimals(Decimal("0.01"), Decimal("200000"), places=2)
DUES = st.dates(date(2008, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize("example", EXAMPLES, ids=[example["says"] for example in EXAMPLES])
def test_worked_examples(example):
    pauses = [Pause(p["first"], p.get("last"), p["ground"]) for p in example.get("pauses", ())]
    found = surcharge(Decimal(str(example["principal"])), example["due"], example["paid"], pauses)
    assert (found.days, found.amount, found.capped_on) == (
        example["days"],
        Decimal(str(example["amount"])),
        example.get("capped"),
    )


@st.composite
def pauses(draw, due_on: date) -> list[Pause]:
    found = []
    for ground in draw(st.lists(st.sampled_from(sorted(law().pause_grounds)), max_size=3)):
        first = due_on + timedelta(draw(st.integers(-10, 80)))
        found.append(Pause(first, first + timedelta(draw(st.integers(0, 40))), ground))
    return found


@given(st.data(), SUMS, DUES, st.integers(0, 400))
def test_it_never_exceeds_its_cap_and_a_pause_never_raises_it(data, principal, due_on, late):
    paid_on = due_on + timedelta(late)
    plain = surcharge(principal, due_on, paid_on)
    paused = surcharge(principal, due_on, paid_on, data.draw(pauses(due_on)))
    assert 0 <= paused.amount <= plain.amount and paused.days <= plain.days
    if due_on >= date(2011, 12, 31):
        assert plain.amount <= principal


@given(SUMS, DUES, st.integers(0, 200), st.integers(0, 200))
def test_paying_later_never_costs_less(principal, due_on, late, later):
    first = surcharge(principal, due_on, due_on + timedelta(late))
    assert first.amount <= surcharge(principal, due_on, due_on + timedelta(late + later)).amount


def test_each_line_of_the_explanation_has_its_article():
    held = [Pause(date(2026, 10, 20), date(2026, 11, 2), "reconsideration")]
    lines = surcharge(Decimal(10000), date(2026, 10, 8), date(2026, 12, 1), held).explain()
    assert (
        lines[0]
        == "加处罚款：罚款 10000 元，缴款期限至 2026-10-08，2026-12-01 缴清；自 2026-10-09 至 2026-11-30，计 39 天"
    )
    assert "每日按 3% 即 300 元（《行政处罚法》第七十二条）" in lines
    assert "行政复议期间 2026-10-20 至 2026-11-02：不计，《行政处罚法》第七十三条" in lines
    assert "2026-11-25 起已达上限，不再增加" in lines
    old = surcharge(Decimal(10000), date(2011, 10, 8), date(2011, 12, 1), [Pause(date(2011, 11, 1), None, "suit")])
    assert any("当时没有规定停止计算，照常计入" in line for line in old.explain()) and old.days == 53
    across = [Pause(date(2021, 7, 10), date(2021, 7, 19), "suit")]
    told = surcharge(Decimal(10000), date(2021, 7, 4), date(2021, 7, 25), across).explain()
    assert "行政诉讼期间 2021-07-10 至 2021-07-19：自 2021-07-15 起不计，《行政处罚法》第七十三条" in told


@pytest.mark.parametrize(
    ("principal", "ground", "says"), [(Decimal(0), "suit", "应大于零"), (Decimal(1), "holiday", "没有事由“holiday”")]
)
def test_what_makes_no_sense_is_refused(principal, ground, says):
    with pytest.raises(LawError, match=says):
        surcharge(principal, date(2026, 10, 8), date(2026, 12, 1), [Pause(date(2026, 11, 1), None, ground)])

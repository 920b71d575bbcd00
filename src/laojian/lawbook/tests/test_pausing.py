"""Suspended days: a period ends later by exactly these, whatever its unit; what may not be suspended is refused."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from laojian.lawbook import LawError, Pause, due, law
from laojian.lawbook.pausing import paused, pushed

DAY = timedelta(1)
STARTS = st.dates(date(2022, 1, 1), date(2026, 1, 31))
STOPPABLE = ("investigate", "seal", "reconsideration_decide", "petition_recheck")


@st.composite
def pauses(draw, start: date) -> list[Pause]:
    """Up to three suspensions within the weeks after a start; they may overlap."""
    found = []
    for _ in range(draw(st.integers(0, 3))):
        first = start + DAY * draw(st.integers(-5, 60))
        found.append(Pause(first, first + DAY * draw(st.integers(0, 20)), "等待鉴定"))
    return found


@given(st.data(), STARTS, st.sampled_from(STOPPABLE))
def test_a_suspension_never_shortens_and_the_days_that_count_stay_the_same(data, start, key):
    assume(law().clock(key).at(start) and law().clock(key).at(start).suspension)
    held = data.draw(pauses(start))
    plain, later = due(key, start), due(key, start, pauses=held)
    assume(not later.provisional)
    off = paused(held)
    assert later.strict_on >= plain.strict_on
    counted = [start + DAY * n for n in range(1, (later.strict_on - start).days + 1) if start + DAY * n not in off]
    if plain.unit == "working_day":
        assert sum(map(law().calendar.is_workday, counted)) == plain.length
    else:
        assert len(counted) == (plain.strict_on - start).days
    assert later.strict_on not in off


@given(st.data(), STARTS)
def test_the_ninety_days_do_not_stop_and_show_a_second_date(data, start):
    held = data.draw(pauses(start))
    plain, shown = due("conclude", start), due("conclude", start, pauses=held)
    assert (shown.due_on, shown.paused_on) == (plain.due_on, None)
    assert shown.shown_on == (pushed(start, plain.strict_on, paused(held)) if held else None)


def test_two_pauses_of_the_same_days_count_once():
    once = [Pause(date(2026, 3, 2), date(2026, 3, 11), "等待鉴定")]
    assert due("investigate", date(2026, 1, 5), pauses=once).due_on == date(2026, 4, 16)
    assert due("investigate", date(2026, 1, 5), pauses=once * 2).due_on == date(2026, 4, 16)


def test_an_extension_too_is_lengthened_by_what_is_suspended_in_it():
    held = [Pause(date(2026, 4, 13), date(2026, 4, 17), "等待鉴定")]
    plain = due("investigate", date(2026, 1, 5), extended=True)
    later = due("investigate", date(2026, 1, 5), extended=True, pauses=held)
    assert law().calendar.workdays_between(plain.due_on, later.due_on) == 5


def test_the_explanation_tells_each_pause_with_its_ground_and_article():
    held = [Pause(date(2026, 3, 2), date(2026, 3, 11), "等待鉴定"), Pause(date(2026, 3, 20), None, "等待判决")]
    lines = due("investigate", date(2026, 1, 5), pauses=held).explain()
    assert "中止：2026-03-02 至 2026-03-11（10 天），等待鉴定；2026-03-20 起，尚未恢复，等待判决" in lines
    assert any("自 2026-03-20 起中止，恢复之前不届满" in line for line in lines)
    shown = due("conclude", date(2026, 1, 5), pauses=held[:1]).explain()
    assert "扣除中止期间的日期：2026-04-15（星期三），仅供对照" in shown


@pytest.mark.parametrize(
    ("key", "pause", "says"),
    [
        ("pay", Pause(date(2026, 1, 6), date(2026, 1, 7), "等待"), "不得中止"),
        ("investigate", Pause(date(2026, 1, 7), date(2026, 1, 6), "等待"), "首尾颠倒"),
    ],
)
def test_what_may_not_be_suspended_is_refused(key, pause, says):
    with pytest.raises(LawError, match=says):
        due(key, date(2026, 1, 5), pauses=[pause])

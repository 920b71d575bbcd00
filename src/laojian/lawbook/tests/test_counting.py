"""What must hold of every counted period, whatever its start, length and unit."""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from laojian.lawbook import LawError, due, law

PARTY, AUTHORITY = "supplement", "close"  # local periods, to which any length may be given
STARTS = st.dates(date(2017, 1, 1), date(2026, 3, 1))
LENGTHS = st.integers(1, 120)
UNITS = st.sampled_from(["working_day", "day", "month", "year"])


def settled(key: str, start: date, length: int, unit: str):
    """A period whose every day is announced, so that the independent calendar knows it too."""
    assume(unit not in ("month", "year") or length <= 9)
    found = due(key, start, length=length, unit=unit)
    assume(not found.provisional)
    return found


def days_after(start: date, end: date) -> list[date]:
    return [start + timedelta(n) for n in range(1, (end - start).days + 1)]


@given(STARTS, LENGTHS, UNITS)
def test_a_period_ends_after_it_starts_and_a_partys_on_a_working_day(start, length, unit):
    found = settled(PARTY, start, length, unit)
    assert start < found.strict_on <= found.rolled_on == found.due_on
    assert chinese_calendar.is_workday(found.due_on)
    assert not any(chinese_calendar.is_workday(day) for day in days_after(found.strict_on, found.rolled_on)[:-1])


@given(STARTS, LENGTHS, UNITS)
def test_the_authority_is_held_to_the_strict_day(start, length, unit):
    ours, theirs = settled(AUTHORITY, start, length, unit), settled(PARTY, start, length, unit)
    assert ours.due_on == ours.strict_on == theirs.strict_on and ours.rolled_on == theirs.rolled_on


@given(STARTS, st.integers(0, 60), LENGTHS, UNITS)
def test_a_later_start_never_ends_earlier(start, delay, length, unit):
    earlier, later = settled(PARTY, start, length, unit), settled(PARTY, start + timedelta(delay), length, unit)
    assert earlier.strict_on <= later.strict_on and earlier.due_on <= later.due_on


@given(STARTS, LENGTHS)
def test_working_days_are_counted_as_an_independent_calendar_counts_them(start, length):
    found = settled(PARTY, start, length, "working_day")
    counted = [day for day in days_after(start, found.due_on) if chinese_calendar.is_workday(day)]
    assert len(counted) == length and found.due_on == counted[-1] == found.strict_on
    assert law().calendar.workdays_between(start, found.due_on) == length
    assert list(found.adjusted) == [day for day in counted if day.weekday() > 4]


@given(STARTS, LENGTHS, UNITS)
def test_the_explanation_lists_exactly_the_days_that_did_not_count(start, length, unit):
    found = settled(PARTY, start, length, unit)
    if unit == "working_day":
        off = [day for day in days_after(start, found.due_on) if not chinese_calendar.is_workday(day)]
    else:
        off = days_after(found.strict_on - timedelta(1), found.due_on - timedelta(1))
    assert [skipped.on for skipped in found.skipped] == off == told(found.explain())


def told(lines: list[str]) -> list[date]:
    """The days named in the line of an explanation that tells what did not count."""
    line = next((line for line in lines if line.startswith(("不计 ", "顺延跳过 "))), "")
    days: list[date] = []
    for run in line.partition("：")[2].split("；") if line else []:
        first, *last = [date.fromisoformat(day) for day in re.findall(r"\d{4}-\d\d-\d\d", run)]
        days += days_after(first - timedelta(1), last[0] if last else first)
    assert not line or f" {len(days)} 天：" in line
    return days


@given(STARTS, st.integers(1, 24))
def test_months_end_on_the_same_day_or_on_the_months_last(start, months):
    found = due(PARTY, start, length=months, unit="month")
    end = found.strict_on
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == min(start.day, monthrange(end.year, end.month)[1])


@given(st.dates(date(2021, 7, 15), date(2026, 12, 28)))
def test_seven_full_working_days_lie_between_notice_and_hearing_and_no_later_day_would_do(hearing):
    notice = due("hearing_notice", hearing).due_on

    def full_days(told_on: date) -> int:
        return sum(map(chinese_calendar.is_workday, days_after(told_on, hearing)[:-1]))

    assert full_days(notice) == 7 and full_days(notice + timedelta(1)) == 6


@given(STARTS)
def test_an_extension_follows_on_the_period_it_extends(start):
    plain, extended = due("investigate", start), due("investigate", start, extended=True)
    assert law().calendar.workdays_between(plain.due_on, extended.due_on) == 30
    assert extended.extension == (30, "working_day") and plain.extension is None


def test_hours_run_from_the_moment():
    found = due("transfer_hand", datetime(2026, 9, 30, 16, 40))  # noqa: DTZ001 (local time, as the law means it)
    assert found.due_at == datetime(2026, 10, 1, 16, 40) and found.due_on == date(2026, 10, 1)  # noqa: DTZ001
    assert "届满：2026-10-01 16:40" in found.explain()


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: due("correct", date(2026, 1, 5)), "由机关在文书中指定"),
        (lambda: due("report_government", date(2026, 1, 5)), "尚未设定"),
        (lambda: due("correct", date(2026, 1, 5), length=7), "单位须为"),
        (lambda: due("correct", date(2026, 1, 5), length=0, unit="day"), "正整数"),
        (lambda: due("accept", date(2026, 1, 5), length=9, unit="day"), "不得另给长度"),
        (lambda: due("accept", date(2026, 1, 5), extended=True), "不得延长"),
        (lambda: due("decide", date(2026, 1, 5), extended=True), "由批准人决定"),
        (lambda: due("conclude", date(2021, 7, 14)), "最早的规定自 2021-07-15"),
        (lambda: due("accept", datetime(2026, 1, 5, 9, 0)), "须给出日期"),  # noqa: DTZ001
        (lambda: due("transfer_hand", date(2026, 1, 5)), "须给出时刻"),
        (lambda: due("acept", date(2026, 1, 5)), "没有期限“acept”"),
        (lambda: law().article("lsr-99"), "没有法条“lsr-99”"),
    ],
)
def test_what_the_law_does_not_answer_is_refused_in_words(call, says):
    with pytest.raises(LawError, match=says):
        call()


def test_a_local_period_may_be_given_another_length():
    assert due("supplement", date(2026, 3, 2)).length == 15
    assert due("supplement", date(2026, 3, 2), length=10, unit="working_day").due_on == date(2026, 3, 16)


def test_a_period_has_passed_on_the_next_day():
    """Service by public notice counts from the day after its thirty days."""
    assert due("announce", date(2026, 3, 2)).passed_on == date(2026, 4, 2)

"""Working days against an independent calendar, day by day, and at the edges of what has been announced."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from laojian.lawbook import LawError, due, law
from laojian.lawbook.tests.folders import with_2027

DAYS = [date(2017, 1, 1) + timedelta(n) for n in range((date(2026, 12, 31) - date(2017, 1, 1)).days + 1)]


def test_every_day_of_ten_years_agrees_with_an_independent_calendar():
    differing = [day for day in DAYS if law().calendar.is_workday(day) != chinese_calendar.is_workday(day)]
    assert len(DAYS) == 3652 and differing == []


@pytest.mark.parametrize(
    ("day", "worked", "notice"),
    [
        (date(2022, 12, 31), False, "国务院办公厅关于2023年部分节假日安排的通知"),
        (date(2018, 12, 29), True, "国务院办公厅关于2019年部分节假日安排的通知"),
        (date(2018, 12, 31), False, "国务院办公厅关于2019年部分节假日安排的通知"),
        (date(2020, 1, 31), False, "国务院办公厅关于延长2020年春节假期的通知"),
        (date(2020, 2, 1), False, "国务院办公厅关于延长2020年春节假期的通知"),
        (date(2019, 5, 5), True, "国务院办公厅关于调整2019年劳动节假期安排的通知"),
        (date(2026, 2, 28), True, "国务院办公厅关于2026年部分节假日安排的通知"),
    ],
)
def test_days_moved_by_another_years_or_a_later_notice(day, worked, notice):
    assert law().calendar.is_workday(day) is worked
    assert law().calendar.notice(day).title == notice


def test_every_year_carries_its_numbered_notice():
    for year, notices in law().calendar.years.items():
        assert str(year) in notices[0].title and f"〔{notices[0].issued_on.year}〕" in notices[0].number


def test_a_year_before_the_first_is_an_error_not_a_guess():
    with pytest.raises(LawError, match="2016年的放假安排"):
        law().calendar.is_workday(date(2016, 12, 30))
    with pytest.raises(LawError, match="law/calendar/"):
        due("accept", date(2016, 12, 20))


def test_a_coming_year_is_weekends_only_and_provisional():
    new_year = date(2027, 1, 1)
    assert law().calendar.is_workday(new_year) and not law().calendar.settled(new_year)
    found = due("accept", date(2026, 12, 25))
    assert found.due_on == date(2027, 1, 1) and found.provisional
    assert due("conclude", date(2026, 11, 23)).explain()[-2].endswith("严格日不受影响")
    assert found.explain()[-1] == "暂定：2027年放假安排未公布，2026-12-29起的日期暂按周末推算，通知公布后确定"


def test_the_last_days_of_december_wait_for_the_next_notice():
    """31 December 2018 was a working day until the notice of 2019 made it a holiday."""
    assert not due("accept", date(2026, 12, 21)).provisional
    assert due("accept", date(2026, 12, 22)).due_on == date(2026, 12, 29)
    assert due("accept", date(2026, 12, 22)).provisional


def test_a_loaded_notice_settles_what_was_provisional(tmp_path):
    book = with_2027(tmp_path)
    found = due("accept", date(2026, 12, 25), book=book)
    assert found.due_on == date(2027, 1, 4) and not found.provisional
    assert "暂定" not in "\n".join(found.explain())


def test_workdays_between_excludes_the_first_day_and_counts_backward():
    between = law().calendar.workdays_between
    assert between(date(2026, 2, 13), date(2026, 2, 27)) == 5
    assert between(date(2026, 2, 27), date(2026, 2, 13)) == -5
    assert between(date(2026, 2, 27), date(2026, 2, 27)) == 0

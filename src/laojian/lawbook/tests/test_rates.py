"""Rates and minimum wages: wrong data refuse to load with file and line; each version stands on an article in force."""

from datetime import date
from decimal import Decimal

import pytest

from laojian.lawbook import LawError, law, load
from laojian.lawbook.calendar import ONE_DAY
from laojian.lawbook.tests.folders import copied

NATIONAL, TIANJIN, YEAR = "rates/national.yaml", "rates/regions/tianjin.yaml", "calendar/2026.yaml"
NEW = "2025-01-01: {amount: 21.75, basis: hours2025"
WRONG = [
    (NATIONAL, NEW, "2025-01-01: {amount: 二十一, basis: hours2025", "应为大于零的数"),
    (NATIONAL, NEW, "2025-01-01: {amount: -21.75, basis: hours2025", "应为大于零的数"),
    (NATIONAL, NEW, "2025-01-01: {amount: .inf, basis: hours2025", "应为大于零的数"),
    (NATIONAL, NEW, "2025-01-01: {basis: hours2025", "应写“amount”或者“tiers”"),
    (NATIONAL, NEW, "2025-01-01: {amount: 21.75, basis: hours2026", "在 articles.yaml 中没有：hours2026"),
    (NATIONAL, NEW, "2024-12-31: {amount: 21.75, basis: hours2025", "在 2024-12-31 不施行"),
    (NATIONAL, NEW, "二五年: {amount: 21.75, basis: hours2025", "应写作“施行日期: 键值表”"),
    (NATIONAL, "2008-01-03: {amount: 20.83,", "2008-01-03: {to: 2025-01-01, amount: 20.83,", "期间重叠"),
    (NATIONAL, "2008-01-03: {amount: 20.83,", "2008-01-03: {to: 2024-12-30, amount: 20.83,", "之间有空档"),
    (NATIONAL, "2008-01-03: {amount: 20.83,", "2008-01-03: {to: 2007-12-30, amount: 20.83,", "早于施行日期"),
    (NATIONAL, "2025-01-01: {amount: 20.67,", "# ", "只施行到 2024-12-31"),
    (NATIONAL, "label: 月工作日\n  unit: day", "label: 月工作日", "work_days 缺少“unit”"),
    (NATIONAL, "label: 月工作日\n  unit: day", "label: 月工作日\n  unit: week", "之一，现为“week”"),
    (NATIONAL, "tiers: {1: 5,", "tiers: {1: 5天,", "满几年: 大于零的数"),
    (NATIONAL, "2014-01-01: {amount: 11,", "2014-01-01: {amount: unset,", "只有本地规定（C）可以写 unset"),
    (NATIONAL, "\nwork_days:", "\npay_days:", "“pay_days”写了两次"),
    (TIANJIN, "2021-07-01: {monthly: 2180,", "2021-07-01: {monthly: 两千,", "应为大于零的数"),
    (TIANJIN, "2021-07-01: {monthly: 2180,", "2021-07-01: {", "缺少“monthly”"),
    (TIANJIN, "2017-07-01: {monthly: 2050,", "2017-07-01: {to: 2021-06-29, monthly: 2050,", "之间有空档"),
    (TIANJIN, "verified_to: 2026-11-22", "verified_to: 2025-08-31", "早于最后一个标准的施行日期"),
    (TIANJIN, "  average_wage:\n    label: 上年度职工月平均工资\n", "  average_wage:\n", "average_wage 缺少“label”"),
    (TIANJIN, ", source: 每年公布，待本局逐年录入", "", "必须写“source”"),
    (YEAR, "2026-09-25, 2026-10-01, 2026-10-02", "2026-10-01, 2026-10-02", "应为互不相同的13天"),
    (YEAR, "holidays: [2026-01-01,", "holidays: [2026-01-05,", "法定休假日 2026-01-05 不在放假的日子里"),
]  # fmt: skip
ELSEWHERE = {
    "期间重叠": "2008-01-03: {to:", "之间有空档": "to:", "只施行到 2024-12-31": "amount: 20.83", "work_days 缺少“unit”": "label: 月工作日",
    "average_wage 缺少“label”": "unit: yuan", "“pay_days”写了两次": "pay_days",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "old", "new", "says"), WRONG, ids=[f"{wrong[3]} {n}" for n, wrong in enumerate(WRONG)]
)
def test_wrong_numbers_refuse_to_load_and_name_file_and_line(tmp_path, name, old, new, says):
    root = copied(tmp_path)
    good = (root / name).read_text(encoding="utf-8")
    assert good.count(old) == 1, "the fault must be put in one place"
    (root / name).write_text(good.replace(old, new), encoding="utf-8")
    with pytest.raises(LawError) as refused:
        load(root)
    fault = next(line for line in str(refused.value).splitlines() if says in line)
    bad = (root / name).read_text(encoding="utf-8").splitlines()
    named = bad[int(fault.removeprefix(f"law/{name} 第").partition("行")[0]) - 1]
    assert ELSEWHERE[says] in named if says in ELSEWHERE else named not in good.splitlines(), fault


def test_what_is_unset_must_say_what_happens_meanwhile(tmp_path):
    root = copied(tmp_path)
    path = root / TIANJIN
    kept = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("    unset:")]
    path.write_text("\n".join(kept), encoding="utf-8")
    with pytest.raises(LawError, match="crime_many 有未设定的版本，必须写“unset”"):
        load(root)


def test_a_missing_file_of_numbers_is_an_error(tmp_path):
    root = copied(tmp_path)
    (root / NATIONAL).unlink()
    with pytest.raises(LawError, match=r"law/rates/national\.yaml 第1行：读不出来"):
        load(root)


def test_numbers_have_the_version_of_their_day():
    assert law().rate("work_days", date(2024, 12, 31)).amount == Decimal("20.83")
    assert law().rate("work_days", date(2025, 1, 1)).amount == Decimal("20.67")
    with pytest.raises(LawError, match="1994-12-31 尚无"):
        law().rate("overtime_rest", date(1994, 12, 31))
    with pytest.raises(LawError, match=r"没有数字“overtime_night”.*overtime_rest"):
        law().rate("overtime_night", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("on", "monthly", "hourly"),
    [
        ("2015-04-01", "1850", "18.5"), ("2016-06-30", "1850", "18.5"), ("2016-07-01", "1950", "19.5"), ("2017-07-01", "2050", "20.8"),
        ("2021-06-30", "2050", "20.8"), ("2021-07-01", "2180", "22.6"), ("2023-10-31", "2180", "22.6"), ("2023-11-01", "2320", "24.4"),
        ("2025-08-31", "2320", "24.4"), ("2025-09-01", "2510", "26.6"), ("2030-01-01", "2510", "26.6"),
    ],
)  # fmt: skip
def test_the_minimum_wages_of_tianjin(on, monthly, hourly):
    found = law().region("tianjin").standard(date.fromisoformat(on))
    assert (found.monthly, found.hourly) == (Decimal(monthly), Decimal(hourly))


def test_a_day_that_is_not_verified_is_doubted():
    tianjin = law().region("tianjin")
    assert tianjin.doubts(date(2025, 9, 1)) == "" == tianjin.doubts(tianjin.verified_to)
    assert "只核实到 2026-11-22" in tianjin.doubts(tianjin.verified_to + ONE_DAY)
    assert "未核对法条原文" in tianjin.doubts(date(2025, 8, 31))
    with pytest.raises(LawError, match="没有天津市 2015-03-31 的最低工资标准"):
        tianjin.standard(date(2015, 3, 31))


def test_holidays_are_days_off_and_as_many_as_the_rate_says():
    calendar = law().calendar
    for year in range(calendar.first_year, calendar.last_year + 1):
        holidays = [on for on in calendar.holidays if on.year == year]
        assert len(holidays) == law().rate("holidays", date(year, 12, 31)).amount
        assert all(calendar.why_off(on) and calendar.kind(on) == "holiday" for on in holidays)


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        ("2021-05-01", "holiday"), ("2021-05-03", "rest"), ("2021-05-08", "weekday"), ("2024-05-02", "rest"), ("2025-05-02", "holiday"),
        ("2024-02-09", "weekday"), ("2025-01-28", "holiday"), ("2020-10-04", "holiday"), ("2020-10-05", "rest"), ("2026-09-26", "rest"),
    ],
)  # fmt: skip
def test_a_break_has_more_days_off_than_holidays(on, kind):
    assert law().calendar.kind(date.fromisoformat(on)) == kind

"""Overtime pay by kind of day: a working day, a day of rest, a statutory holiday."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from laojian.lawbook.book import Lawbook
from laojian.lawbook.calendar import KINDS
from laojian.lawbook.rates import plain
from laojian.lawbook.reading import LawError
from laojian.lawbook.wages.pay import least_known
from laojian.lawbook.wages.result import NOTHING, Result, Sheet, fen, yuan
from laojian.lawbook.wages.spans import equal


def overtime(
    book: Lawbook,
    wage: Decimal,
    days: Mapping[date, Decimal],
    month: date | None,
    hours: Mapping[str, Decimal],
    off: Decimal,
    paid: Decimal,
    region: str,
) -> Result:
    """Overtime pay for the hours of named days, and for hours by kind of day in `month`; less what was paid.

    `wage` is the monthly wage the hour is counted from, `off` the hours of rest days made good by time off, which are not
    paid. What a named day is, the calendar says. LawError: no hours, more time off than rest-day hours. (ll-44, wp-13)
    """
    sheet = Sheet(book, "加班工资")
    sums = told_by_kind(hours, month)
    for on, worked in sorted(days.items()):
        sums[on.replace(day=1), kind_of(sheet, on)] += worked
    if not any(sums.values()):
        raise LawError("没有加班小时数：请按日期逐行填写，或者分别填写各类日子的小时数。")
    less_time_off(sheet, sums, off)
    for first in sorted({first for first, _ in sums}):
        hour_told(sheet, wage, first)
    total = sum((one_kind(sheet, wage, *key, worked) for key, worked in sorted(sums.items())), NOTHING)
    caps(sheet, days, sums)
    base_warnings(sheet, wage, min(first for first, _ in sums), region)
    left = max(NOTHING, total - paid)
    sheet.step(f"合计{yuan(total)}，已付{yuan(paid)}，欠{yuan(left)}", "lcl-31")
    return sheet.result(("欠付加班工资", left), ("应付加班工资", total))


def told_by_kind(hours: Mapping[str, Decimal], month: date | None) -> defaultdict:
    """Hours told by kind of day only, which belong to a month that must be told too."""
    sums: defaultdict[tuple[date, str], Decimal] = defaultdict(Decimal)
    if any(hours.values()) and month is None:
        raise LawError("分类填写小时数的，请填所属月份（填该月任何一天）。")
    for kind, worked in hours.items():
        if worked:
            sums[month.replace(day=1), kind] += worked
    return sums


def kind_of(sheet: Sheet, on: date) -> str:
    """What a day is, with a doubt where its year's notice is not out yet."""
    calendar = sheet.book.calendar
    if not calendar.settled(on):
        sheet.warn(f"{on} 当年的放假安排未公布，是什么日子暂按星期推算，公布后须重算")
    kind = calendar.kind(on)
    why = calendar.why_off(on)
    sheet.step(
        f"{on} 是{KINDS[kind]}{f'（{why}）' if why else ''}", sheet.basis("holidays", on) if kind == "holiday" else ""
    )
    return kind


def less_time_off(sheet: Sheet, sums: dict[tuple[date, str], Decimal], off: Decimal) -> None:
    """Take rest-day hours that were made good by time off out of the sums, the earliest first."""
    rest = sum((worked for (_, kind), worked in sums.items() if kind == "rest"), NOTHING)
    if off > rest:
        raise LawError(f"补休{plain(off)}小时多于休息日加班的{plain(rest)}小时；只有休息日的加班可以用补休代替。")
    if off:
        sheet.step(f"休息日加班中{plain(off)}小时已安排补休，不另付", "ll-44")
    for key in sorted(key for key in sums if key[1] == "rest"):
        taken = min(off, sums[key])
        sums[key], off = sums[key] - taken, off - taken


def hour_told(sheet: Sheet, wage: Decimal, first: date) -> None:
    """The wage of an hour in a month."""
    divisor, day = sheet.rate("pay_days", first), sheet.rate("day_hours", first)
    hour = equal(wage / (divisor * day))
    sheet.step(f"{first:%Y-%m} 小时工资：{yuan(wage)}÷{divisor}÷{day}{hour}元", sheet.basis("pay_days", first))


def one_kind(sheet: Sheet, wage: Decimal, first: date, kind: str, worked: Decimal) -> Decimal:
    """The pay of one kind of day in one month."""
    divisor, day = sheet.rate("pay_days", first), sheet.rate("day_hours", first)
    factor = sheet.rate(f"overtime_{kind}", first)
    pay = fen(wage * factor * worked / (divisor * day))
    sheet.step(
        f"{first:%Y-%m} {KINDS[kind]}：小时工资×{plain(factor)}×{plain(worked)}小时={yuan(pay)}",
        sheet.basis(f"overtime_{kind}", first),
    )
    return pay


def caps(sheet: Sheet, days: Mapping[date, Decimal], sums: Mapping[tuple[date, str], Decimal]) -> None:
    """Say where the hours were more than may be worked: pay is due all the same."""
    for on, worked in sorted(days.items()):
        cap = sheet.rate("overtime_day_cap", on)
        if sheet.book.calendar.kind(on) == "weekday" and worked > cap:
            sheet.warn(f"{on} 延长{plain(worked)}小时，超过每日{plain(cap)}小时的上限，涉嫌违法延长工作时间", "ll-41")
    for first in sorted({first for first, _ in sums}):
        cap = sheet.rate("overtime_month_cap", first)
        extended = sums.get((first, "weekday"), NOTHING)
        every = sum((worked for (month, _), worked in sums.items() if month == first), NOTHING)
        if extended > cap:
            sheet.warn(
                f"{first:%Y-%m} 延长{plain(extended)}小时，超过每月{plain(cap)}小时的上限，涉嫌违法延长工作时间",
                "ll-41",
            )
        elif every > cap:
            sheet.warn(
                f"{first:%Y-%m} 连同休息日、法定休假日共{plain(every)}小时，超过{plain(cap)}小时；是否一并计入上限，由人认定",
                "ll-41",
            )


def base_warnings(sheet: Sheet, wage: Decimal, on: date, region: str) -> None:
    """What is doubtful about the wage the hour is counted from."""
    sheet.warn("计算基数以劳动合同约定的工资为准；本地对基数另有口径的尚未核实", "wp-13")
    minimum = least_known(sheet, region, on)
    if minimum is not None and wage < minimum:
        sheet.warn(f"基数{yuan(wage)}低于最低工资{yuan(minimum)}，应先补足再计算", "ll-48")

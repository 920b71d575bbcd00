"""Wages owed, the shortfall to the minimum wage, the wage of a probation and what may be deducted."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from laojian.lawbook.book import Lawbook
from laojian.lawbook.rates import Region, plain
from laojian.lawbook.reading import LawError
from laojian.lawbook.wages.result import NOTHING, Result, Sheet, fen, yuan
from laojian.lawbook.wages.spans import Pay, Span, month_pay, month_span, pay_of, spans


def owed(book: Lawbook, wage: Pay, first: date, last: date, paid: Mapping[str, Decimal]) -> Result:
    """Wages owed from a day to a day: a month's wage for each whole month, part of it by paid days; less what was paid.

    What was paid too much in one month is not set off against another. LawError: a payment outside the period. (lcl-30)
    """
    sheet = Sheet(book, "欠付工资")
    due_in_all = owed_in_all = NOTHING
    months = list(spans(first, last))
    if strays := sorted(set(paid) - {span.month for span in months}):
        raise LawError(f"已付工资中的 {'、'.join(strays)} 不在 {first} 至 {last} 之内，请核对。")
    for span in months:
        exact, how, basis = month_pay(sheet, pay_of(wage, span.month), span)
        due, got = fen(exact), paid.get(span.month, NOTHING)
        left = max(NOTHING, due - got)
        sheet.step(f"{span.month}：应付 {how}；已付{yuan(got)}；欠{yuan(left)}", basis or "ll-50")
        if got > due:
            sheet.warn(f"{span.month} 已付{yuan(got)}多于应付{yuan(due)}，多付的没有抵充其他月份，请核实款项性质")
        due_in_all, owed_in_all = due_in_all + due, owed_in_all + left
    sheet.step(f"合计应付{yuan(due_in_all)}，欠付{yuan(owed_in_all)}", "lcl-30")
    return sheet.result(("欠付工资", owed_in_all), ("应付工资", due_in_all))


def shortfall(
    book: Lawbook, region: str, received: Mapping[str, Decimal], first: date | None, last: date | None
) -> Result:
    """How much each month's pay lay below the region's minimum wage of that month.

    `received` is by month, without what the minimum does not count; `first` and `last` cut the months of entry and leaving.
    (ll-48, minw-12)
    """
    sheet, place = Sheet(book, "低于最低工资的差额"), book.region(region)
    sheet.step("比较的是剔除加班工资、特殊工作环境津贴和法定福利待遇以后的应发工资，劳动者提供了正常劳动", "minw-12")
    if place.minimum_note:
        sheet.step(place.minimum_note, "minw-12")
    total = NOTHING
    for month, got in sorted(received.items()):
        span = cut(month_span(month), first, last)
        minimum, how, basis = least(sheet, place, span)
        lack = max(NOTHING, fen(minimum) - got)
        sheet.step(f"{month}：最低应付 {how}；实得{yuan(got)}；差额{yuan(lack)}", basis)
        total += lack
    sheet.step(f"差额合计{yuan(total)}，责令支付其差额部分", "lcl-85")
    return sheet.result(("最低工资差额", total))


def cut(span: Span, first: date | None, last: date | None) -> Span:
    """The part of a month that lies between entry and leaving."""
    start, end = max(span.first, first or span.first), min(span.last, last or span.last)
    if end < start:
        raise LawError(f"{span.month} 不在入职至离职期间之内，请核对。")
    return Span(start, end)


def least(sheet: Sheet, place: Region, span: Span) -> tuple[Decimal, str, str]:
    """The least pay for a span of a month, how it was found, and its article; a change within it counts by its days."""
    doubt(sheet, place, span.first)
    doubt(sheet, place, span.last)
    before, after = place.standard(span.first), place.standard(span.last)
    if before is after:
        pay, how, basis = month_pay(sheet, after.monthly, span)
        return (
            pay,
            f"{how}（{after.valid_from} 起的标准 {yuan(after.monthly)}，{after.document}）",
            basis or after.basis,
        )
    early = (after.valid_from - span.first).days
    days = len(span.days())
    blend = (before.monthly * early + after.monthly * (days - early)) / days
    sheet.warn(
        f"{span.month} 当中最低工资由{yuan(before.monthly)}改为{yuan(after.monthly)}，按日历天数折算，法无明文，请斟酌"
    )
    pay, how, basis = month_pay(sheet, blend, span)
    return pay, f"{how}（{after.valid_from} 改标准，前 {early} 天按旧标准）", basis or after.basis


def doubt(sheet: Sheet, place: Region, on: date) -> None:
    """Note it when the region's minimum wage of a day needs verifying."""
    if why := place.doubts(on):
        sheet.warn(why, "ll-48")


def least_known(sheet: Sheet, region: str, on: date) -> Decimal | None:
    """The minimum wage of a day to compare with; where it is not on file, None and a doubt."""
    place = sheet.book.region(region)
    try:
        doubt(sheet, place, on)
        return place.standard(on).monthly
    except LawError as unknown:
        sheet.warn(f"没有与最低工资比较：{unknown}", "ll-48")
        return None


def hourly(book: Lawbook, region: str, month: str, hours: Decimal, received: Decimal) -> Result:
    """The shortfall of part-time work by the hour to the region's least hourly wage. (lcl-72)"""
    sheet, place = Sheet(book, "非全日制用工低于小时最低工资的差额"), book.region(region)
    total = NOTHING
    span = month_span(month)
    doubt(sheet, place, span.last)
    standard = place.standard(span.last)
    if place.standard(span.first) is not standard:
        sheet.warn(f"{month} 当中标准有改动，按 {standard.valid_from} 起的计算，此前的工时请分开核对")
    minimum = fen(hours * standard.hourly)
    total = max(NOTHING, minimum - received)
    sheet.step(
        f"{month}：小时最低工资 {plain(standard.hourly)}元（{standard.valid_from} 起，{standard.document}）", "lcl-72"
    )
    sheet.step(
        f"{plain(hours)}小时×{plain(standard.hourly)}={yuan(minimum)}；实得{yuan(received)}；差额{yuan(total)}",
        "lcl-72",
    )
    return sheet.result(("差额", total))


def probation(
    book: Lawbook, region: str, on: date, wage: Decimal, lowest: Decimal | None, got: Decimal | None
) -> Result:
    """The least monthly wage of a probation: its share of the agreed wage, never below the minimum wage. (lcl-20, lclr-15)

    Where the lowest wage of the post is told too, the lower of the two shares is the least that either reading asks.
    """
    sheet, place = Sheet(book, "试用期工资下限"), book.region(region)
    share, told = sheet.rate("probation_share", on), sheet.told("probation_share", on)
    floor = fen(wage * share)
    sheet.step(f"约定工资{yuan(wage)}×{told}={yuan(floor)}", "lcl-20")
    if lowest is not None:
        other = fen(lowest * share)
        sheet.step(f"同岗位最低档工资{yuan(lowest)}×{told}={yuan(other)}", "lclr-15")
        if other != floor:
            sheet.warn(
                "两个标准之间条文用“或者”，这里取较低者作为无论怎样理解都不得再低的数，适用哪一个由人决定", "lclr-15"
            )
        floor = min(floor, other)
    doubt(sheet, place, on)
    minimum = place.standard(on).monthly
    floor = max(floor, minimum)
    sheet.step(f"不低于最低工资{yuan(minimum)}（{place.standard(on).valid_from} 起），下限为{yuan(floor)}", "lcl-20")
    if got is None:
        return sheet.result(("试用期月工资下限", floor))
    lack = max(NOTHING, floor - got)
    sheet.step(f"实付{yuan(got)}，每月差额{yuan(lack)}", "lcl-85")
    return sheet.result(("每月差额", lack), ("试用期月工资下限", floor))


def deduction(book: Lawbook, region: str, on: date, wage: Decimal, damage: Decimal) -> Result:
    """The most that may be deducted from one month's wage for damage the worker caused. (wp-16)"""
    sheet, place = Sheet(book, "当月工资可扣除的上限"), book.region(region)
    share = fen(wage * sheet.rate("deduction_share", on))
    sheet.step(f"当月工资{yuan(wage)}×{sheet.told('deduction_share', on)}={yuan(share)}", "wp-16")
    doubt(sheet, place, on)
    minimum = place.standard(on).monthly
    spare = max(NOTHING, wage - minimum)
    sheet.step(f"扣后不低于最低工资：{yuan(wage)}－{yuan(minimum)}，至多{yuan(spare)}", "wp-16")
    most = min(share, spare)
    sheet.step(f"两者取小：当月至多扣{yuan(most)}", "wp-16")
    sheet.warn("扣除以劳动者本人原因造成损失、且劳动合同有约定为前提，请先核实", "wp-16")
    if wage < minimum:
        sheet.warn(f"当月工资本身低于最低工资{yuan(minimum)}，另有差额应付", "ll-48")
    return sheet.result(
        ("本月可扣", min(most, damage)), ("当月扣除上限", most), ("余下待以后各月扣", damage - min(most, damage))
    )

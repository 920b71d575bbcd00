"""Pay for annual leave that was not taken, in a whole year or in one of entry or leaving."""

from datetime import date
from decimal import Decimal

from laojian.lawbook.book import Lawbook
from laojian.lawbook.calendar import ONE_DAY
from laojian.lawbook.rates import plain
from laojian.lawbook.reading import LawError
from laojian.lawbook.wages.result import NOTHING, Result, Sheet, fen, yuan
from laojian.lawbook.wages.spans import equal, worked


def leave(
    book: Lawbook, year: int, since: date, joined: date | None, left: date | None, taken: Decimal, wage: Decimal
) -> Result:
    """What is due for the leave of a year that was not taken, beyond the wages already paid.

    `since` is the first day of all work ever done, `joined` and `left` the days at this employer, `wage` the average of the
    months before without overtime pay. Parts of a day do not count; more leave taken than due is not taken back. (leave-5)
    """
    sheet = Sheet(book, "未休年休假工资报酬")
    first, last = within(year, joined, left)
    if since > (joined or first):
        raise LawError(f"首次参加工作之日 {since} 晚于在本单位用工之日 {joined or first}，请核对。")
    due = entitled(sheet, since, last)
    if due:
        due = in_proportion(sheet, due, first, last, bool(left and left.year == year))
    unused = max(NOTHING, due - taken)
    sheet.step(f"已休{plain(taken)}天，未休{plain(unused)}天", "leave-5")
    if taken > due:
        sheet.warn("已休多于应休的，多休的不扣回", "leaveimpl-12")
    sheet.warn(
        "有寒暑假、事假、病假较长等情形的，不享受当年年休假；本人书面提出不休的只付正常工资，请先核实", "leave-4"
    )
    return paid(sheet, last, unused, wage)


def within(year: int, joined: date | None, left: date | None) -> tuple[date, date]:
    """First and last day at this employer in the year."""
    first, last = max(date(year, 1, 1), joined or date.min), min(date(year, 12, 31), left or date.max)
    if last < first:
        raise LawError(f"{year}年不在入职至离职期间之内，请核对。")
    return first, last


def entitled(sheet: Sheet, since: date, last: date) -> Decimal:
    """Days of leave of a whole year by all the time worked up to the last day."""
    tiers = sheet.book.rate("leave_days", last).tiers
    months, _ = worked(since, last)
    after = sheet.rate("leave_after", last)
    if months < after:
        sheet.step(f"至 {last} 累计工作{months}个月，不满{plain(after)}个月，不享受年休假", "leave-2")
        return NOTHING
    years = months // 12
    due = at_least(tiers, years)
    sheet.step(f"累计工作自 {since} 至 {last}，满{years}年，全年{plain(due)}天", "leave-3")
    eve = date(last.year, 1, 1) - ONE_DAY
    before = worked(since, eve)[0] if since <= eve else 0
    if before < after:
        sheet.warn("当年才工作满享受年休假的时间，应休天数从何时起算，请按本地口径核对", "leave-2")
    elif at_least(tiers, before // 12) != due:
        sheet.warn(f"{last.year}年当中累计工作满{years}年，按期末的天数计算；前后是否分段法无明文", "leave-3")
    return due


def at_least(tiers: dict[int, Decimal], years: int) -> Decimal:
    """The days of the highest tier that so many years reach."""
    return next(days for least, days in sorted(tiers.items(), reverse=True) if years >= least)


def in_proportion(sheet: Sheet, due: Decimal, first: date, last: date, leaving: bool) -> Decimal:
    """Whole days of leave for a part of the year; the whole year's for the whole year."""
    days = (last - first).days + 1
    if first.replace(month=1, day=1) == first and last.replace(month=12, day=31) == last:
        return due
    year = sheet.rate("leave_year", last)
    exact = due * days / year
    whole = Decimal(int(exact))
    sheet.step(
        f"当年在本单位{days}天（{first} 至 {last}）÷{plain(year)}×{plain(due)}{equal(exact)}，不足一整天的不计，折算{plain(whole)}天",
        "leaveimpl-12" if leaving else "leaveimpl-5",
    )
    return whole


def paid(sheet: Sheet, on: date, unused: Decimal, wage: Decimal) -> Result:
    """The pay for days not taken."""
    divisor, times = sheet.rate("pay_days", on), sheet.rate("leave_times", on)
    included = sheet.rate("leave_included", on)
    months = plain(sheet.rate("leave_average", on))
    day = wage / divisor
    sheet.step(f"日工资：前{months}个月剔除加班工资的月均{yuan(wage)}÷{divisor}{equal(day)}元", "leaveimpl-11")
    whole = fen(wage * unused * times / divisor)
    more = fen(wage * unused * (times - included) / divisor)
    sheet.step(f"年休假工资报酬：日工资×{plain(unused)}天×{plain(times)}={yuan(whole)}", "leave-5")
    sheet.step(
        f"其中{plain(included)}倍是正常工资，已付的不重复，另付×{plain(times - included)}={yuan(more)}", "leaveimpl-10"
    )
    sheet.step("责令限期改正后仍不付的，另按年休假工资报酬的数额加付赔偿金", "leave-7")
    return sheet.result(("另应支付", more), ("年休假工资报酬（含正常工资）", whole))

"""What follows when an order to pay is not obeyed: the addition, and whether the sums reach those of the crime."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from laojian.lawbook.book import Lawbook
from laojian.lawbook.local import Set
from laojian.lawbook.rates import plain
from laojian.lawbook.reading import LawError
from laojian.lawbook.wages.result import NOTHING, Result, Sheet, fen, yuan

VERDICTS = {
    "below": "数额没有达到全国幅度的下限。",
    "human": "本地标准未设定，数额在全国幅度之内：是否移送由人书面决定，各项数额见下。",
    "reached": "数额要件已达到；是否移送还要看其他要件，由人书面决定。",
    "local_below": "数额没有达到本地标准。",
}


@dataclass(frozen=True)
class Unpaid:
    """One worker's unpaid wages: how many months, how many yuan in all."""

    months: Decimal
    amount: Decimal


def addition(book: Lawbook, due: Decimal, paid: Decimal, deadline: date, on: date, share: Decimal | None) -> Result:
    """The addition on what an order left unpaid, in yuan, when its last day `deadline` has passed on the day `on`.

    LawError: the time of the order has not lapsed, nothing is left, or a share outside the range. (lcl-85, lsr-26)
    """
    sheet = Sheet(book, "逾期加付赔偿金")
    if on <= deadline:
        raise sheet.refuse(
            f"责令支付的期限到 {deadline} 届满，{on} 还没有逾期；加付赔偿金以责令限期支付后逾期不付为前提，现在不能作出",
            "lcl-85",
        )
    left = due - paid
    if left <= 0:
        raise sheet.refuse(f"应付{yuan(due)}已在期限内付清，没有逾期未付的金额，不加付赔偿金", "lcl-85")
    sheet.step(f"责令支付{yuan(due)}，期限 {deadline} 届满；期限内已付{yuan(paid)}，逾期未付{yuan(left)}", "lcl-85")
    least, most = sheet.rate("addition_least", on), sheet.rate("addition_most", on)
    low, high = fen(left * least), fen(left * most)
    basis = sheet.basis("addition_least", on)
    sheet.step(
        f"下限{sheet.told('addition_least', on)}：{yuan(low)}；上限{sheet.told('addition_most', on)}：{yuan(high)}",
        basis,
    )
    sheet.step("加付的赔偿金归劳动者，不是罚款；责令加付以行政处理决定作出", "lsr-26")
    if share is None:
        return sheet.result(("加付下限", low), ("加付上限", high), ("逾期未付", left))
    if not least <= share <= most:
        told = f"{sheet.told('addition_least', on)}至{sheet.told('addition_most', on)}"
        raise sheet.refuse(f"加付比例{plain(share * 100)}%不在{told}之内", basis)
    chosen = fen(left * share)
    sheet.step(f"取{plain(share * 100)}%：{yuan(chosen)}", basis)
    return sheet.result(("加付赔偿金", chosen), ("加付下限", low), ("加付上限", high), ("逾期未付", left))


def crime(
    book: Lawbook, region: str, on: date, workers: tuple[Unpaid, ...], deadline: date | None, evading: str,
    options: Mapping | None = None,
) -> Result:  # fmt: skip
    """Whether unpaid wages reach the amounts of the crime, for one worker or for many; the rest is for people to judge.

    `deadline` is the last day of the order to pay (None: no order yet). While the local amount is unset, sums within the national
    range get no answer but a human decision. What a bureau entered in its options goes before the region's.
    (spc2013-3, spc2013-4)
    """
    options = {"region": region} | dict(options or {})
    sheet = Sheet(book, "拒不支付劳动报酬：数额与要件核对")
    if not workers:
        raise LawError("没有填写劳动者：请逐行写明欠薪月数和金额。")
    total = sum((each.amount for each in workers), NOTHING)
    answers = (one_worker(sheet, options, on, workers), many_workers(sheet, options, on, workers, total))
    verdict = next(key for key in ("reached", "human", "local_below", "below") if key in answers)
    other_elements(sheet, on, deadline, evading)
    if verdict in ("reached", "human"):
        sheet.step("发现涉嫌犯罪的必须移送，不得以行政处罚代替", "xfer-3")
    largest = max(each.amount for each in workers)
    return sheet.result(("累计欠付", total), ("一人最多", largest), verdict=VERDICTS[verdict])


def one_worker(sheet: Sheet, options: Mapping, on: date, workers: tuple[Unpaid, ...]) -> str:
    """How the worker stands to whom most is owed among those unpaid for long enough."""
    months = sheet.rate("crime_one_months", on)
    long = [each for each in workers if each.months >= months]
    if not long:
        sheet.step(f"一人：没有人被拒付{plain(months)}个月以上", "spc2013-3")
        return "below"
    most = max(long, key=lambda each: each.amount)
    sheet.step(
        f"一人：被拒付{plain(months)}个月以上的有{len(long)}人，最多的{plain(most.months)}个月、{yuan(most.amount)}",
        "spc2013-3",
    )
    return measured(sheet, options, on, "crime_one", most.amount)


def many_workers(sheet: Sheet, options: Mapping, on: date, workers: tuple[Unpaid, ...], total: Decimal) -> str:
    """How all workers together stand."""
    least = sheet.rate("crime_many_workers", on)
    if len(workers) < least:
        sheet.step(f"多人：{len(workers)}名劳动者，不到{plain(least)}名", "spc2013-3")
        return "below"
    sheet.step(f"多人：{len(workers)}名劳动者，累计{yuan(total)}", "spc2013-3")
    return measured(sheet, options, on, "crime_many", total)


def measured(sheet: Sheet, options: Mapping, on: date, key: str, amount: Decimal) -> str:
    """An amount against the local standard, or while there is none against the national range."""
    low, high = sheet.rate(f"{key}_least", on), sheet.rate(f"{key}_most", on)
    sheet.step(
        f"全国幅度{yuan(low)}至{yuan(high)}，由省级高级人民法院在幅度内定具体数额", sheet.basis(f"{key}_least", on)
    )
    place = sheet.book.region(options["region"])
    rate, found = place.local[key], sheet.book.local(key, options, on)
    if isinstance(found, Set):
        own = f"{found.document}：" if found.by else f"{place.label}"
        sheet.step(
            f"{own}标准{yuan(found.value)}，{'达到' if amount >= found.value else '没有达到'}",
            sheet.book.local_value(key).basis,
        )
        return "reached" if amount >= found.value else "local_below"
    sheet.warn(f"{place.label}的{rate.label}未设定：{rate.unset}", rate.version(on).basis)
    if amount < low:
        sheet.step(f"{yuan(amount)}低于幅度下限，任何地区的标准都没有达到", "spc2013-3")
        return "below"
    if amount >= high:
        sheet.step(f"{yuan(amount)}达到幅度上限，任何地区的标准都已达到", "spc2013-3")
        return "reached"
    sheet.step(f"{yuan(amount)}在幅度之内，须由人决定", "spc2013-3")
    return "human"


def other_elements(sheet: Sheet, on: date, deadline: date | None, evading: str) -> None:
    """The elements that are no amounts: an order that was not obeyed, and the way payment was evaded."""
    if deadline is None:
        sheet.step(
            "还没有责令支付：须先以限期整改指令书、行政处理决定书等责令支付；逃匿的可以张贴并拍照录像", "spc2013-4"
        )
    elif on <= deadline:
        sheet.step(f"责令支付的期限 {deadline} 届满，至 {on} 还没有逾期，这一要件不具备", "spc2013-4")
    else:
        sheet.step(f"责令支付的期限 {deadline} 已过，仍未支付", "spc2013-4")
    told = {
        "flight": ("有转移财产、逃匿、毁账等逃避支付的情形，须有证据", "spc2013-2"),
        "able": ("有能力支付而不支付，须有支付能力的证据", "crl-276"),
        "": ("逃避支付，或者有能力支付而不支付，两者须居其一，尚待查明", "crl-276"),
    }
    sheet.step(*told[evading])

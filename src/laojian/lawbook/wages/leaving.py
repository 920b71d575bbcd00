"""What is due when a contract ends, or was never written: economic compensation, its double, the month of notice, double wages."""

from datetime import date
from decimal import Decimal

from laojian.lawbook.book import Lawbook
from laojian.lawbook.calendar import ONE_DAY
from laojian.lawbook.rates import plain
from laojian.lawbook.reading import LawError
from laojian.lawbook.wages.pay import least_known
from laojian.lawbook.wages.result import NOTHING, Result, Sheet, fen, shown, yuan
from laojian.lawbook.wages.spans import Pay, full, month_pay, pay_of, spans, worked

ENDINGS = {"lawful": "依法应付经济补偿（N）", "unlawful": "违法解除或者终止（2N）"}


def severance(
    book: Lawbook,
    region: str,
    started: date,
    ended: date,
    wages: tuple[Decimal, ...],
    ending: str,
    notice: Decimal | None,
    average: Decimal | None,
) -> Result:
    """Economic compensation for the time from `started` to `ended`, both days included; its double when unlawful.

    `wages` are the months before the end, or one average. `notice` is the wage of the last month where a month's pay stands in
    for notice, `average` the region's average monthly wage of the year before. (lcl-47, lcl-87, lclr-27)
    """
    sheet = Sheet(book, "经济补偿" if ending == "lawful" else "违法解除、终止劳动合同的赔偿金")
    if ended < started:
        raise LawError(f"解除或者终止之日 {ended} 早于用工之日 {started}，请核对。")
    if ending == "unlawful" and notice is not None:
        raise sheet.refuse(
            "代通知金只适用于提前通知即可解除的三种情形，不与违法解除的赔偿金并计，请删去其中一项", "lcl-40"
        )
    years = factor(sheet, counted_from(sheet, started, ended, ending), ended)
    wage = monthly(sheet, region, started, ended, wages)
    wage, years = capped(sheet, region, ended, wage, years, average)
    single = fen(wage * years)
    sheet.step(f"经济补偿：{shown(wage)}元×{plain(years)}={yuan(single)}", "lcl-47")
    if ending == "unlawful":
        times = sheet.rate("unlawful_times", ended)
        double = fen(wage * years * times)
        sheet.step(f"赔偿金为经济补偿标准的{sheet.told('unlawful_times', ended)}：{yuan(double)}", "lcl-87")
        sheet.step("支付赔偿金后不再支付经济补偿", "lclr-25")
        return sheet.result(("赔偿金", double), ("经济补偿标准", single))
    sheet.warn("以符合应当支付经济补偿的情形之一为前提，请先核实解除或者终止的原因", "lcl-46")
    if notice is None:
        return sheet.result(("经济补偿", single))
    instead = fen(notice * sheet.rate("notice_months", ended))
    sheet.step(f"代替提前通知：上月工资{yuan(notice)}×{sheet.told('notice_months', ended)}={yuan(instead)}", "lclr-20")
    return sheet.result(("合计", single + instead), ("经济补偿", single), ("代通知金", instead))


def counted_from(sheet: Sheet, started: date, ended: date, ending: str) -> date:
    """The first day that counts: what lies before the contract law is counted for the double only."""
    law = sheet.book.article("lcl-97").valid_from
    if ended < law:
        raise sheet.refuse(f"{ended} 在 {law} 以前，经济补偿按当时的规定，请人工核算", "lcl-97")
    if started >= law:
        return started
    if ending == "unlawful":
        sheet.step(f"赔偿金的年限自用工之日 {started} 起算", "lclr-25")
        return started
    sheet.step(f"经济补偿的年限自 {law} 起算", "lcl-97")
    sheet.warn(f"{started} 至 {law - ONE_DAY} 的工龄按当时的规定另算，没有计在这里", "lcl-97")
    return law


def factor(sheet: Sheet, started: date, ended: date) -> Decimal:
    """How many months' wages are due for the time worked."""
    months, over = worked(started, ended)
    whole, rest = divmod(months, 12)
    past = f"{started} 至 {ended}（两头都计）：满{whole}年余{rest}个月{f'零{over}天' if over else ''}"
    each, part = sheet.rate("severance_year", ended), sheet.rate("severance_part", ended)
    least = sheet.rate("severance_whole_from", ended)
    if rest >= least:
        years, why = each * (whole + 1), f"余下满{plain(least)}个月，再计{plain(each)}"
    elif rest or over:
        years, why = each * whole + part, f"余下不满{plain(least)}个月，计{plain(part)}"
    else:
        years, why = each * whole, "没有零头"
    sheet.step(f"{past}，{why}，共{plain(years)}个月工资", "lcl-47")
    return years


def monthly(sheet: Sheet, region: str, started: date, ended: date, wages: tuple[Decimal, ...]) -> Decimal:
    """The monthly wage that counts: the average before the end, never below the minimum wage."""
    most = int(sheet.rate("severance_average", ended))
    if len(wages) > most:
        raise LawError(f"月工资填了{len(wages)}个，只取解除前{most}个月，请删去较早的。")
    months, _ = worked(started, ended)
    if 1 < len(wages) < min(months, most):
        sheet.warn(f"已工作满{months}个月，只填了{len(wages)}个月的工资，平均可能不准", "lclr-27")
    wage = sum(wages, NOTHING) / len(wages)
    if len(wages) > 1:
        sheet.step(f"月工资：{'＋'.join(plain(each) for each in wages)}，÷{len(wages)}，平均{shown(wage)}元", "lclr-27")
    else:
        sheet.step(f"解除前{most}个月平均应得工资（含奖金、津贴、补贴）{yuan(wage)}", "lclr-27")
    minimum = least_known(sheet, region, ended)
    if minimum is None or wage >= minimum:
        return wage
    sheet.step(f"低于最低工资，按最低工资{yuan(minimum)}计算", "lclr-27")
    return minimum


def capped(
    sheet: Sheet, region: str, ended: date, wage: Decimal, years: Decimal, average: Decimal | None
) -> tuple[Decimal, Decimal]:
    """Wage and years after the cap; where the region's average is not known, uncapped and said so."""
    local = sheet.book.region(region).local["average_wage"]
    times, most = sheet.rate("severance_cap_wage", ended), sheet.rate("severance_cap_years", ended)
    known = average if average is not None else local.version(ended).amount
    cap_told = sheet.told("severance_cap_wage", ended)
    if known is None:
        sheet.warn(f"没有核对是否高于{local.label}的{cap_told}（{local.unset}）", "lcl-47")
        return wage, years
    if average is not None:
        sheet.warn(f"{local.label}{yuan(average)}是填写的，请与公布文件核对", "lcl-47")
    cap = known * times
    if wage <= cap:
        sheet.step(f"不高于{local.label}{yuan(known)}的{cap_told}（{yuan(cap)}），不封顶，年限也不受限", "lcl-47")
        return wage, years
    sheet.step(f"高于{local.label}{yuan(known)}的{cap_told}，月工资按{yuan(cap)}", "lcl-47")
    limited = min(years, most)
    if limited < years:
        sheet.step(
            f"年限{plain(years)}，月工资封顶的最高{sheet.told('severance_cap_years', ended)}，按{plain(limited)}",
            "lcl-47",
        )
    return cap, limited


def double(book: Lawbook, started: date, signed: date | None, until: date, wage: Pay) -> Result:
    """The second wage for the time without a written contract: from the day after a full month of work to the day before
    the contract was signed, at the latest to the day before a full year; month by month, counted to `until`. (lclr-6, lclr-7)
    """
    sheet = Sheet(book, "未订书面劳动合同的二倍工资差额")
    law = book.article("lcl-97").valid_from
    if started < law:
        sheet.step(f"用工在 {law} 以前，自 {law} 起算", "lcl-97")
        started = law
    first = full(started, int(sheet.rate("double_from", started)))
    limit = full(started, int(sheet.rate("double_until", started))) - ONE_DAY
    sheet.step(f"用工 {started}，满{sheet.told('double_from', started)}的次日 {first} 起", "lclr-6")
    sheet.step(f"满{sheet.told('double_until', started)}的前一日 {limit} 止；其后视为已订立无固定期限合同", "lclr-7")
    last = min(limit, until, *([signed - ONE_DAY] if signed else []))
    if signed:
        sheet.step(f"{signed} 订立书面合同，计到前一日", "lclr-6")
    if last < first:
        sheet.step(f"应付二倍工资的期间没有开始（截至 {last}）", "lcl-82")
        return sheet.result(("二倍工资差额", NOTHING), verdict="没有应付二倍工资的期间。")
    extra = sheet.rate("double_times", started) - 1
    total = NOTHING
    for span in spans(first, last):
        exact, how, basis = month_pay(sheet, pay_of(wage, span.month), span)
        item = fen(exact * extra)
        sheet.step(f"{span.month}：{how}，另付{yuan(item)}", basis or "lcl-82")
        total += item
    sheet.step(f"{first} 至 {last} 合计另付{yuan(total)}（已付的一倍不在内）", "lclr-34")
    sheet.warn("申请仲裁有时效，这一项逐月还是整体起算各地不一，请尽早主张", "laml-27")
    return sheet.result(("二倍工资差额", total))

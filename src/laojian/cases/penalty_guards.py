"""What must hold of findings and fines: each guard reads the file and yields the reasons against, with article and remedy."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_DOWN, Decimal

from laojian.lawbook import LawError, law
from laojian.lawbook.penalties import CENT, full_although_corrected, yuan
from laojian.procedure.step import File, Reason, Step

from .findings import Range, again, between, corrected, intended, lapsed_on, order_state, reckoned
from .queries import passed_with, unpaid_on

Reasons = Iterable[Reason]
Input = Mapping | None
WITH_PENALTY = ("penalty", "both")


def finding_lawful(file: File, step: Step, given: Input) -> Reasons:
    """The power existed, every fact it counts by is told, the fine lies in its range, and what needs a reason has one."""
    if given is None:
        return
    try:
        _, made, _ = reckoned(file, given)
    except LawError as wrong:
        yield Reason(str(wrong), "apl-37", "请核对违法事项和行为之日", "power")
        return
    fields = step.given.base_fields
    for said in made.objections:
        yield Reason(said.text, said.basis, said.remedy, said.field if said.field in fields else "sums")
    if not given.get("reason"):
        for said in made.warnings:
            yield Reason(said.text, said.basis, said.remedy, "reason")


def rests_on_findings(file: File, step: Step, given: Input) -> Reasons:
    """A penalty is told of, and decided, only for violations that were found (apl-40)."""
    if file.case["proposal"] in WITH_PENALTY and not file.findings:
        yield Reason("还没有认定违法行为，处罚没有依据", "apl-40", "请先办理“认定违法”，算出幅度")


def notice_in_range(file: File, step: Step, given: Input) -> Reasons:
    """The fine that is told lies within the ranges of all findings together."""
    if given is None or given.get("fine") is None or file.case["proposal"] not in WITH_PENALTY or not file.findings:
        return
    yield from outside(given["fine"], between(file.findings), "全部认定", "fine")


def outside(fine: Decimal, allowed: Range, whose: str, field: str) -> Reasons:
    """Why a fine does not lie in a range."""
    if allowed.highest is not None and fine > allowed.highest:
        yield Reason(
            f"罚款 {yuan(fine)} 高于{whose}的法定最高 {yuan(allowed.highest)}",
            allowed.basis,
            "请按认定的幅度更正",
            field,
        )
    if fine < allowed.floor and (fine or not allowed.optional):
        yield Reason(
            f"罚款 {yuan(fine)} 低于{whose}的最低 {yuan(allowed.floor)}", allowed.basis,
            "只有查明减轻处罚的情节才能低于法定最低：请退回，重新认定违法", field,
        )  # fmt: skip


def fined(given: Mapping) -> dict[int, Decimal]:
    """The fine of each addressee of a decision."""
    sums: dict[int, Decimal] = {}
    for row in given.get("addressees") or ():
        if row["kind"] == "fine":
            party = int(row["party"])
            sums[party] = sums.get(party, Decimal(0)) + Decimal(str(row.get("amount") or 0))
    return sums


def fines_in_range(file: File, step: Step, given: Input) -> Reasons:
    """Each fined addressee's fine lies within the ranges of its findings; one below the least was reviewed as such (apl-58)."""
    people = {each["id"]: each["name"] for each in file.parties}
    for party, fine in fined(given or {}).items():
        allowed, name = between(file.findings, party), people.get(party, "")
        if allowed is None:
            yield Reason(f"没有认定{name}的违法行为，不能对其罚款", "apl-40", "请退回，先办理“认定违法”", "addressees")
            continue
        yield from outside(fine, allowed, name, "addressees")
        if allowed.mitigates(fine) and not passed_with(file, "mitigation"):
            yield Reason(
                f"对{name}罚款 {yuan(fine)} 低于法定最低 {yuan(allowed.lowest)}，减轻处罚未经法制审核", "apl-58",
                "请退回，由审核人员写明对减轻处罚的审核意见", "addressees",
            )  # fmt: skip


def mitigation_reviewed(file: File, step: Step, given: Input) -> Reasons:
    """The reviewer says in writing what he thinks of a fine below the least (apl-58)."""
    if given is None or given.get("mitigation") or not file.findings:
        return
    told, allowed = file.case["proposed_fine"], between(file.findings)
    fine = Decimal(str(told)) if told is not None else intended(file.findings)
    if allowed.mitigates(fine):
        yield Reason(f"拟罚款 {yuan(fine)} 低于法定最低 {yuan(allowed.lowest)}，属减轻处罚", "apl-32", "请写明对减轻处罚的审核意见",
                     "mitigation")  # fmt: skip


def answered_if_full(file: File, step: Step, given: Input) -> Reasons:
    """The maximum although the party corrected before the decision: it must be answered in writing (apl-32)."""
    if given is None or given.get("answer"):
        return
    for party, fine in fined(given).items():
        allowed = between(file.findings, party)
        stated = any(
            f["party_id"] == party and f["facts"].get("corrected") in ("in_time", "before_decision")
            for f in file.findings
        )
        if allowed:
            for said in full_although_corrected(fine, allowed.highest, allowed.lowest, stated or corrected(file)):
                yield Reason(said.text, said.basis, said.remedy, "answer")


def law_unchanged(file: File, step: Step, given: Input) -> Reasons:
    """The version chosen still is the one that applies; a lighter law since then must be weighed anew (apl-37)."""
    for each in file.findings:
        label = law().power(each["power"]).label
        try:
            found, made = again(each, file.on)
        except LawError as wrong:
            yield Reason(str(wrong), "apl-37", "请退回补充调查，重新认定违法")
            continue
        if made.version.valid_from != date.fromisoformat(each["version"]):
            yield Reason(
                f"“{label}”认定以后法律有变动：{found.on} 应适用自 {made.version.valid_from} 起的规定", "apl-37",
                "请退回补充调查，重新认定违法",
            )  # fmt: skip


def ordered_first(file: File, step: Step, given: Input) -> Reasons:
    """Additional compensation presupposes an order to pay whose time ran out unobeyed, and lies within its range (lcl-85, lsr-26)."""
    added = [row for row in (given or {}).get("addressees") or () if row["kind"] == "compensate"]
    if not added:
        return
    state = order_state(file)
    if state != "disobeyed":
        yield Reason(NOT_YET[state], "lcl-85", "请先办理责令改正并送达，期满核实未付以后再责令加付", "addressees")
        return
    yield from addition_in_range(file, sum((Decimal(str(row.get("amount") or 0)) for row in added), Decimal(0)))


NOT_YET = {
    "none": "责令加付赔偿金，须先责令限期支付且逾期不付",
    "running": "责令支付的期限还没有届满，不能责令加付赔偿金",
    "unchecked": "责令支付期满，还没有核实是否支付，不能责令加付赔偿金",
    "obeyed": "责令期限内已经付清，不能责令加付赔偿金",
}


def addition_in_range(file: File, added: Decimal) -> Reasons:
    """What is added lies between the shares that the law names of what was unpaid when the order's time ran out."""
    measure = next(m for m in law().power(ADDITION).version(file.on).measures if m.kind == "compensate")
    unpaid = unpaid_on(file, lapsed_on(file) or file.on)
    low, high = (unpaid * measure.lowest).quantize(CENT, ROUND_DOWN), unpaid * measure.highest
    if unpaid and not low <= added <= high:
        yield Reason(
            f"加付 {yuan(added)} 不在逾期未付的 {yuan(unpaid)} 的 {measure.lowest:%}至 {measure.highest:%}之内"
            f"（{yuan(low)}至 {yuan(high)}）", "lcl-85", "请按逾期未付的金额计算", "addressees",
        )  # fmt: skip


ADDITION = "order-pay-wages"  # the order to pay, with the addition for delay

"""What must hold before a step of enforcement: not before its time, not after it, not for more than is owed."""

from decimal import Decimal

from laojian.cases.guards import Input, Reasons, two_certified
from laojian.cases.tracks import said
from laojian.procedure.step import File, Reason, Step

from .queries import (
    RELIEF,
    bound,
    contested,
    court_window,
    decision,
    fine_left,
    own_clocks,
    paid_since_grant,
    relief_clocks,
    rest,
    surcharge_left,
    table,
)
from .rules import due_by, next_row

__all__ = ["two_certified"]


def fine_owed(file: File, step: Step, given: Input) -> Reasons:
    """Time to pay is given for fines that are not paid (apl-66)."""
    if not fine_left(file):
        yield Reason("没有尚欠的罚款", "apl-66", "延期、分期缴纳只适用于罚款；责令支付的工资须按期支付")


def table_adds_up(file: File, step: Step, given: Input) -> Reasons:
    """The instalments are what is left of the fine, each after the day on which they are asked for."""
    if given is None:
        return
    rows, left = given["table"], fine_left(file)
    total = sum((Decimal(row["amount"]) for row in rows), Decimal(0))
    if total != left:
        yield Reason(
            f"各期合计 ¥{total:,.2f}，尚欠罚款 ¥{left:,.2f}", "apl-66", "请改正缴纳计划，罚款本金不能减免", "table"
        )
    if len({row["due_on"] for row in rows}) < len(rows):
        yield Reason("有两期的截止日相同", "apl-66", "请合并", "table")
    if rows and rows[0]["due_on"] <= file.on.isoformat():
        yield Reason(f"第一期截止日 {rows[0]['due_on']} 不在办理之日以后", "apl-66", "请改正缴纳计划", "table")


def table_ahead(file: File, step: Step, given: Input) -> Reasons:
    """What is granted still fits: nothing was paid meanwhile, no day has passed."""
    asked = said(file, "ask_deferral").get("table") or []
    yield from table_adds_up(file, step, {"table": asked})


def instalment_paid(file: File, step: Step, given: Input) -> Reasons:
    """The instalment whose day runs has been paid in the case."""
    row = next_row(table(file), paid_since_grant(file))
    for clock in file.running("instalment"):
        if row and row["due_on"] <= clock["due_on"]:
            yield Reason(f"{row['due_on']} 以前应缴的 ¥{Decimal(row['amount']):,.2f} 尚未缴足", "apl-66",
                         "请先在案件中登记付款；到期未缴的，办理“认定未按期缴纳”")  # fmt: skip
    if not file.running("instalment") and row:
        yield Reason(f"{row['due_on']} 的一期已经到期", "apl-66", "请办理“认定未按期缴纳”")


def instalment_missed(file: File, step: Step, given: Input) -> Reasons:
    """Less was paid than had to be by now (apl-66)."""
    if paid_since_grant(file) >= due_by(table(file), file.on):
        yield Reason("没有到期未缴的部分", "apl-66", "请等到当期截止日以后再核对")


def fine_overdue(file: File, step: Step, given: Input) -> Reasons:
    """A surcharge runs from the day after the last day for payment (apl-72)."""
    clocks = own_clocks(file, "pay")
    if not clocks:
        yield Reason("本决定没有罚款，或者还没有送达", "apl-67")
    for clock in clocks:
        until = clock["due_on"]
        if file.on.isoformat() <= until:
            yield Reason(f"缴款期限至 {until}，尚未届满", clock["basis"], "期满以后才加处罚款")
        elif given and given["until_on"].isoformat() <= until:
            yield Reason(f"缴款期限至 {until}，计算至 {given['until_on']} 没有逾期", clock["basis"], "", "until_on")


def surcharge_standing(file: File, step: Step, given: Input) -> Reasons:
    """Only the surcharge can be let off, and no more than it is (acl-42)."""
    left = surcharge_left(file)
    if not left:
        yield Reason("没有决定过加处罚款", "acl-42", "罚款本金不能减免")
    elif given and given["amount"] > left:
        yield Reason(f"加处罚款尚有 ¥{left:,.2f}，不能减免 ¥{given['amount']:,.2f}", "acl-42", "", "amount")


def overdue(file: File, step: Step, given: Input) -> Reasons:
    """The time to pay or perform is over before anybody is reminded (acl-35)."""
    for clock in own_clocks(file, "pay", "perform"):
        if file.on.isoformat() <= clock["due_on"]:
            yield Reason(f"履行期限至 {clock['due_on']}，尚未届满", clock["basis"], "期满不履行的才催告")


def still_owing(file: File, step: Step, given: Input) -> Reasons:
    """Something is left to be performed."""
    if not any(not each["met_on"] for each in bound(file)) and not surcharge_left(file):
        yield Reason("义务已经履行完毕", "acl-54", "请办理“履行完毕”")


def reminded_in_full(file: File, step: Step, given: Input) -> Reasons:
    """The time that follows the reminder has passed (acl-54)."""
    clocks = [c for c in file.clocks if c["key"] == "dun"]
    if not clocks:
        yield Reason("催告书还没有送达", "acl-54", "请先送达催告书")
    elif file.on.isoformat() <= clocks[-1]["due_on"]:
        yield Reason(f"催告期间至 {clocks[-1]['due_on']}，尚未届满", clocks[-1]["basis"], "期满仍不履行的才能申请")


def relief_over(file: File, step: Step, given: Input) -> Reasons:
    """The court hears nobody while the party may still ask for relief (acl-53)."""
    if not own_clocks(file, *RELIEF):
        yield Reason("决定还没有送达义务人", "acl-53", "请先送达决定")
    for each in contested(file):
        if "result" not in each:
            yield Reason("当事人申请的复议（提起的诉讼）还没有结果", "acl-53", "有了结果、期限届满以后才能申请")
    for clock in relief_clocks(file):
        if clock["provisional"] or file.on.isoformat() <= clock["due_on"]:
            name = "申请复议" if clock["key"] == "reconsideration" else "起诉"
            yield Reason(
                f"{name}的期限至 {clock['due_on']}，尚未届满", clock["basis"], "期满不复议、不起诉又不履行的才能申请"
            )


def window_open(file: File, step: Step, given: Input) -> Reasons:
    """The court takes no application after its window has closed (acl-53, spcall-156)."""
    window = court_window(file)
    day = (given or {}).get("filed_on") or file.on
    if window and day > window.due_on:
        yield Reason(f"申请法院强制执行的期限至 {window.due_on}，已经届满", window.basis,
                     "法院不予受理；请查明原因，办理“终止强制执行”")  # fmt: skip


def application_sealed(file: File, step: Step, given: Input) -> Reasons:
    """The application is signed by the head and sealed (acl-55)."""
    if not any(p["code"] == "court_application" and p["seals"] and not p["voided"] for p in file.papers):
        yield Reason("强制执行申请书还没有签名盖章", "acl-55", "请在文书页成文，登记盖章")


def all_met(file: File, step: Step, given: Input) -> Reasons:
    """Every obligation of the decision is met in the case, and the surcharge is paid."""
    if decision(file)["voided"]:
        yield Reason("据以执行的决定已经失效", "acl-40", "请办理“终止强制执行”")
    for each in bound(file):
        if not each["met_on"]:
            left = f"，尚欠 ¥{rest(each):,.2f}" if each["amount"] is not None else ""
            yield Reason(f"“{each['demand'][:30]}”尚未履行{left}", "apl-66", "请在案件中登记付款或者核实履行", "on")
    left = surcharge_left(file)
    if given is not None and (given.get("surcharge") or Decimal(0)) != left:
        yield Reason(f"应缴加处罚款 ¥{left:,.2f}", "apl-72", "请核对已缴数额；减免的先办理“减免加处罚款”", "surcharge")


def objection_in_time(file: File, step: Step, given: Input) -> Reasons:
    """The next higher court is asked within the time that runs from the ruling (acl-56, acl-58)."""
    clock = next((c for c in reversed(file.clocks) if c["key"] == "court_objection"), None)
    day = (given or {}).get("filed_on") or file.on
    if clock and day.isoformat() > clock["due_on"]:
        yield Reason(
            f"申请复议的期限至 {clock['due_on']}，已经届满", clock["basis"], "请办理“不再申请复议”", "filed_on"
        )

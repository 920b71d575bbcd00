"""What must hold before a step of a transfer: the four elements, the sums, the hours; and who may look again until when."""

from datetime import date, datetime

from laojian.cases.guards import Input, Reasons, two_certified, two_inspectors
from laojian.lawbook import due, law
from laojian.procedure.step import File, Reason, Step, local

from .queries import measured, ordered_until, verdict

__all__ = ["two_certified", "two_inspectors"]


def elements_met(file: File, step: Step, given: Input) -> Reasons:
    """Only what may be the crime is reported: wages, evaded or withheld although able to pay (spc2013-1, spc2013-2)."""
    if given and given["pay"] == "no":
        yield Reason("拖欠的不是劳动报酬，不构成这一犯罪", "spc2013-1", "请办理“停止移送”", "pay")
    if given and given["evading"] == "no":
        yield Reason("没有逃避支付，也没有支付能力，不具备这一要件", "spc2013-2", "请办理“停止移送”", "evading")


def amount_judged(file: File, step: Step, given: Input) -> Reasons:
    """The sums reach the amount; where nobody has set one, somebody judges in writing (spc2013-3)."""
    result = measured(file)
    if result is None:
        yield Reason("台账没有尚未支付的劳动者工资，无从核对数额", "spc2013-3", "请先登记劳动者并核对台账")
        return
    found = verdict(result)
    if found in ("below", "local_below"):
        yield Reason(f"{result.verdict}累计欠付 ¥{result.amount:,.2f}", "spc2013-3", "请继续以行政程序处理")
    elif given and given["amount"] == "below":
        yield Reason("认为数额没有达到的，不提出移送", "spc2013-3", "请办理“停止移送”，写明理由", "amount")
    elif given and found == "human" and not (given["amount"] == "reached" and given.get("amount_reason")):
        yield Reason("本地标准未设定，数额在全国幅度之内，须由人书面判断", "spc2013-3",
                     "请选“认为达到”并写明判断的理由", "amount_reason")  # fmt: skip


def ordered_and_unpaid(file: File, step: Step, given: Input) -> Reasons:
    """An order to pay was served and its time is over (spc2013-4)."""
    until = ordered_until(file)
    if until is None:
        yield Reason("还没有送达责令支付的文书", "spc2013-4", "请先责令支付并送达；逃匿的可以张贴并拍照录像")
    elif file.on <= until:
        yield Reason(f"责令支付的期限至 {until}，尚未届满", "spc2013-4", "期满仍不支付的才提出移送")


def approved_at(file: File) -> datetime | None:
    """When the head of the bureau approved."""
    row = file.last("approve_transfer")
    return local(datetime.fromisoformat(row[5])) if row else None


def within_hours(file: File, step: Step, given: Input) -> Reasons:
    """Handed over within the hours that run from approval; later only with the reason in writing (xfer-5)."""
    approved = approved_at(file)
    if not approved or not given:
        return
    if local(given["handed_at"]) < approved:
        yield Reason("移送时间早于批准时间", "xfer-5", "请按实际时间填写", "handed_at")
    if local(given["handed_at"]) > local(file.at):
        yield Reason("移送时间晚于办理时间", "apl-47", "请按实际时间填写", "handed_at")
    if not law().clock("transfer_hand").versions[0].valid_from <= approved.date():
        return
    limit = due("transfer_hand", approved)
    if local(given["handed_at"]) > limit.due_at and not given.get("delay"):
        yield Reason(f"须在 {limit.due_at:%Y-%m-%d %H:%M} 以前移送", limit.basis, "请写明逾期移送的理由", "delay")


def transfer_sealed(file: File, step: Step, given: Input) -> Reasons:
    """The letter is sealed before it goes (xfer-6)."""
    if not any(p["code"] == "crime_transfer" and p["seals"] and not p["voided"] for p in file.papers):
        yield Reason("涉嫌犯罪案件移送书还没有盖章", "xfer-6", "请在文书页成文、登记盖章")


def asked_in_time(file: File, step: Step, given: Input) -> Reasons:
    """The police or the prosecutor are asked within the days that run from the notice (xfer-9)."""
    if given is None:
        return
    for key in ("transfer_object", "transfer_supervise"):
        for clock in file.running(key):
            if given["asked_on"] > date.fromisoformat(clock["due_on"]):
                yield Reason(f"提出的期限至 {clock['due_on']}，{given['asked_on']} 已经逾期", clock["basis"],
                             "请办理“恢复行政处理”", "asked_on")  # fmt: skip

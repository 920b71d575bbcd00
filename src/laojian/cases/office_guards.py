"""What must hold before a case stands still, before leaders discuss and decide a major penalty, and before what was decided is closed."""

from decimal import Decimal

from laojian.clocks.rules import suspendable
from laojian.lawbook import Unset, law
from laojian.procedure.step import File, Reason, Step

from .guards import Input, Reasons, since
from .panel import limit_of, must_discuss


def suspension_asked(file: File, step: Step, given: Input) -> Reasons:
    """The unit's head proposed it since the case last went on (local-suspend)."""
    if not since(file, "ask_suspension", "suspend"):
        yield Reason("监察机构负责人尚未提出中止", "local-suspend", "请先办理“拟中止调查”")


def something_to_suspend(file: File, step: Step, given: Input) -> Reasons:
    """There is a period that may stand still or be shown so."""
    if not suspendable(file.clocks):
        yield Reason("没有可以中止计算的期限", "local-suspend")


def discussion_called(file: File, step: Step, given: Input) -> Reasons:
    """The chief called the leaders together after the review was passed (apl-57)."""
    if not since(file, "call_discussion", "pass_review"):
        yield Reason("主要负责人尚未召集集体讨论", "apl-57", "请先办理“召集集体讨论”")


def quorate(file: File, step: Step, given: Input) -> Reasons:
    """Enough leaders took part, each once, and the handlers only reported (apl-57)."""
    if given is None:
        return
    names = [row["name"].strip() for row in given["opinions"]]
    least = law().rate("panel_quorum", file.on)
    if len(set(names)) < least.amount:
        told = law().rates["panel_quorum"].told(file.on)
        yield Reason(f"参会负责人只有 {len(set(names))} 人，至少须有 {told}", least.basis, "请补充参会人员的意见，或者另行召集",
                     "opinions")  # fmt: skip
    if len(set(names)) < len(names):
        yield Reason("同一名负责人写了两次", "apl-57", "每人只写一行", "opinions")
    hands = {name for name, _ in file.hands.values()}
    for name in hands.intersection(names):
        yield Reason(f"{name}是本案承办人，只汇报、不表决", "apl-57", "请从参会负责人中删去", "opinions")
    if given["ended_at"] > file.at:
        yield Reason("讨论结束时间晚于办理时间", "apl-47", "请按实际时间填写", "ended_at")


def discussed(file: File, step: Step, given: Input) -> Reasons:
    """A penalty of a complex or major case is decided by the leaders together: after the review, before the decision (apl-57)."""
    if given is None:
        return
    fines = (Decimal(str(r.get("amount") or 0)) for r in given.get("addressees", []) if r["kind"] == "fine")
    limit = limit_of(file)
    if not given.get("major") and isinstance(limit, Unset):
        yield Reason("须集体讨论的数额尚未设定，请书面判断是否情节复杂或者违法行为重大", limit.basis, "选择“不是”的，写明理由",
                     "major")  # fmt: skip
    if given.get("major") == "no" and not given.get("major_reason"):
        yield Reason("没有写明判断的理由", "apl-57", "请写明为什么不属于情节复杂或者重大", "major_reason")
    found = must_discuss(file, sum(fines, Decimal(0)), given.get("major") == "yes")
    held = since(file, "record_discussion", "pass_review")
    if found and not held:
        why = "、".join(each.label for each in found)
        yield Reason(f"本案须经负责人集体讨论（{why}），审核通过后尚未讨论", found[0].basis,
                     "请主要负责人召集集体讨论并记录后再决定", "major")  # fmt: skip
    if held and file.case["discussed"] != "agreed":
        yield Reason("集体讨论不同意处理建议", "apl-57", "请退回重新办理")


def reported(file: File, step: Step, given: Input) -> Reasons:
    """What had to be reported was, and nothing that was found wrong with it is left unanswered (impl-46, apl-75)."""
    for key, label in (("report_superior", "报上一级备案"), ("report_government", "报本级政府备案")):
        for clock in file.running(key):
            yield Reason(f"处罚决定尚未{label}（至 {clock['due_on']}）", clock["basis"], f"请先办理“{label}”")
    remark, answer = file.last("note_filing_remark"), file.last("answer_filing_remark")
    if remark and (not answer or answer[0] < remark[0]):
        yield Reason("备案机关要求纠正，尚未答复", "apl-75", "请先办理“答复备案意见”；决定确有错误的，依法纠正")


def remarked(file: File, step: Step, given: Input) -> Reasons:
    """There is something to answer."""
    if not since(file, "note_filing_remark", "answer_filing_remark"):
        yield Reason("没有待答复的备案意见", "apl-75")


def once_reported(file: File, step: Step, given: Input) -> Reasons:
    """Only what was reported is answered."""
    if not file.has_taken("report_superior", "report_government"):
        yield Reason("处罚决定尚未报送备案", "impl-46", "请先办理“报上一级备案”")


def penalised(file: File, step: Step, given: Input) -> Reasons:
    """A penalty was decided."""
    if not file.has_taken("decide_penalty"):
        yield Reason("本案没有作出行政处罚决定", "impl-46")

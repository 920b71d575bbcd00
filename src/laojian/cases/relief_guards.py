"""What must hold when a decision is contested or corrected: the right body, once at a time, while it stands."""

from laojian.lawbook import law
from laojian.procedure.step import File, Reason, Step

from .forms.paper import DECISIONS
from .guards import Input, Reasons, since
from .relief import about


def body_of_the_day(file: File, step: Step, given: Input) -> Reasons:
    """Reconsideration is with the people's government; before that law, with the department above too (arl-24, arl1999-12)."""
    if given is None or given["kind"] != "reconsideration":
        return
    article = law().first_in_force(("arl-24", "arl1999-12"), given["made_on"])
    bodies = [file.bureau["reconsideration"]]
    if article and article.key == "arl1999-12":
        bodies += [file.bureau["superior"]] * bool(file.bureau["superior"])
    if given["office"] not in bodies:
        yield Reason(
            f"{given['made_on']} 的复议机关是{'或者'.join(bodies)}，不是{given['office']}", article.key if article else "arl-24",
            "申请人向其他机关提出的，请告知其向有权的机关申请", "office",
        )  # fmt: skip


def relief_once(file: File, step: Step, given: Input) -> Reasons:
    """Not twice at a time, by the same party, about the same decision (impl-42)."""
    if given is None:
        if not any(p["code"] in DECISIONS and not p["voided"] for p in file.papers):
            yield Reason("没有可以复议、起诉的决定", "impl-42")
        return
    pending = [each for each in about(file, given["decision"], given["party"]) if "result" not in each]
    if pending:
        yield Reason("该当事人对这份决定的复议（诉讼）正在办理", "impl-42", "请在复议诉讼分卷继续办理", "party")


def decision_standing(file: File, step: Step, given: Input) -> Reasons:
    """There is a decision that has not fallen yet (apl-75)."""
    if not any(p["code"] in DECISIONS and not p["voided"] for p in file.papers):
        yield Reason("没有可以纠正的决定", "apl-75")


def decision_fell(file: File, step: Step, given: Input) -> Reasons:
    """Only after a decision fell is the matter taken up again (apl-75)."""
    if not any(p["code"] in DECISIONS and p["voided"] for p in file.papers) or not (
        since(file, "relief_closed", "take_up_again") or since(file, "correct_decision", "take_up_again")
    ):
        yield Reason("没有被撤销的决定", "apl-75", "请先登记复议、诉讼结果，或者办理“纠正决定”")


def retracting(file: File, step: Step, given: Input) -> Reasons:
    """Something was to be withdrawn and is not yet; late is better than never (apl-48)."""
    if not any(c["key"] == "retract" and c["ending"] != "stopped" for c in file.clocks):
        yield Reason("没有须撤回的公示", "apl-48")

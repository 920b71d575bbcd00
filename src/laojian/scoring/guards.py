"""What must hold before a step of a review: the hand is another, and what is said fits what was found."""

from laojian.cases.flow import WORKED
from laojian.cases.guards import Input, Reasons, two_certified
from laojian.procedure.step import File, Reason, Step

from .actions import worth
from .queries import scored

__all__ = ["two_certified"]

HANDS = (*WORKED, "find_violation", "pass_review", "pass_pre_review", "decide_penalty", "decide_treatment", "decide_no_penalty",
         "revoke_filing", "punish_on_spot")  # fmt: skip


def others_file(file: File, step: Step, given: Input) -> Reasons:
    """Whoever reviews a file had no hand in it: neither investigated, reviewed nor decided (apl-75)."""
    above, me = file.main, file.actor["id"]
    if me in (above.dossier["lead_id"], above.dossier["second_id"]) or me in above.takers(HANDS):
        yield Reason(
            "您办理、审核或者决定过本案，不能评查本案", "apl-75", "请由其他人员评查；人手不足的，由负责人办理“商请协助”"
        )


def can_be_scored(file: File, step: Step, given: Input) -> Reasons:
    """There is a standard for the file."""
    if file.main.once(scored) is None:
        yield Reason("这一种案卷在结案之日还没有评查标准", "apl-75", "请在 law/review 里写明后再评查")


def something_wrong(file: File, step: Step, given: Input) -> Reasons:
    """There is something to mend, else the review just ends."""
    if given is not None and file.main.once(scored) and not lost(file, given):
        yield Reason("没有扣分，也没有否决项", "apl-75", "没有须整改的问题的，请办理“评查通过”", "marks")


def nothing_wrong(file: File, step: Step, given: Input) -> Reasons:
    """A file that lost points does not just pass."""
    if file.main.once(scored) and lost(file, {}):
        found = file.main.once(scored).score
        keys = "、".join(each.line.key for each in (*found.vetoes, *found.deductions))
        yield Reason(f"系统已发现问题（{keys}）", "apl-75", "请办理“提出评查意见”，系统扣分不成立的在那里写明理由")


def lost(file: File, given) -> bool:
    """Whether a veto stands or points were lost."""
    result = worth(file, given)
    return bool(result.vetoes or result.deductions)


def within_line(file: File, step: Step, given: Input) -> Reasons:
    """A mark takes no more than its line has; a veto takes no points."""
    found = file.main.once(scored) if given is not None else None
    for row in (given or {}).get("marks") or () if found else ():
        line = found.standard.line(row["line"])
        if line.veto and float(row["points"]):
            yield Reason(f"{line.key} 是否决项，不写扣几分", "apl-75", "请删去分数", "marks")
        elif not line.veto and not 0 < float(row["points"]) <= line.points:
            yield Reason(f"{line.key} 共 {line.points} 分，扣分应在这以内并且大于零", "apl-75", "请更正", "marks")

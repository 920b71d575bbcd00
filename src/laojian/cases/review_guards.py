"""What must hold of a legal review: each line answered where file and reviewer differ, each opinion answered by the handler (apl-58)."""

from laojian.procedure.step import File, Reason, Step

from .checklist import filled
from .guards import Input, Reasons, since

SENT_BACK = ("return_pre_review", "fix_review", "return_review")


def lines_answered(file: File, step: Step, given: Input) -> Reasons:
    """Whoever marks a line otherwise than the file shows it says why, at that line."""
    if given is None:
        return
    for line in file.once(filled):
        mark, note = given.get(line.key), given.get(f"{line.key}_note")
        if note or not mark:
            continue
        if line.wrong and mark in ("pass", "na"):
            wrong = next(each for each in line.found if each.wrong)
            yield Reason(f"“{line.label}”：卷内显示{wrong.text}", wrong.basis or step.basis, "认为没有问题的，请在该项写明理由",
                         f"{line.key}_note")  # fmt: skip
        if not line.wrong and mark in ("fix", "fail"):
            yield Reason(f"“{line.label}”没有写明哪里有问题", step.basis, "请在该项写明", f"{line.key}_note")


def opinion_answered(file: File, step: Step, given: Input) -> Reasons:
    """Whoever was sent back says whether he followed the opinion, and where not, why (apl-58)."""
    if given is None or not any(since(file, back, asked_last(file)) for back in SENT_BACK):
        return
    if not given.get("followed"):
        yield Reason("法制审核退回过，没有写明是否采纳审核意见", "apl-58", "请选择对上次审核意见的采纳情况", "followed")
    elif given["followed"] != "all" and not given.get("refusal"):
        yield Reason(
            "不采纳或者部分采纳审核意见，没有说明理由", "apl-58", "请写明理由；系统同时报行政机关负责人", "refusal"
        )


def asked_last(file: File) -> str:
    """Which of the two requests for a review came last."""
    last = file.last("ask_pre_review", "ask_review")
    return last[1] if last else "ask_review"

"""Whether what had to be recorded in sound and picture is there, or its absence explained, before the steps that need it (apl-47)."""

from datetime import date

from laojian.procedure.step import File, Reason, Step

from .forms.recorded import extractable, missing
from .guards import Input, Reasons
from .recordings import subjects


def recorded(file: File, step: Step, given: Input) -> Reasons:
    """Every step that should have been recorded before this one was, or it is written down why not."""
    for row in missing(file):
        subject = subjects().get(row["subject"])
        if subject and step.verb in subject.before:
            duty = subject.duty(date.fromisoformat(row["on"])) or subject.duties[-1]
            remedy = f"请在“补充证据”上传录音录像，选“{row['on']} {row['step']}”"
            remedy += "；确实没有录的，办理“说明未录音像”写明原因" if duty.excuse else ""
            yield Reason(f"{row['on']} {row['step']}应当录音录像，卷内没有", duty.basis, remedy)


def something_unrecorded(file: File, step: Step, given: Input) -> Reasons:
    """There is something to explain."""
    if not missing(file):
        yield Reason("没有应当录而没有录的步骤", "apl-47")


def data_to_extract(file: File, step: Step, given: Input) -> Reasons:
    """Electronic data or a recording lies in the file; the note tells of its digest (apl-46)."""
    if not extractable(file).exists():
        yield Reason("卷内没有电子数据、视听资料", "apl-46", "请先在“补充证据”上传提取的文件")


def something_to_hand(file: File, step: Step, given: Input) -> Reasons:
    """There is a piece of evidence."""
    if not file.evidence["count"]:
        yield Reason("卷内没有证据", "apl-46", "请先补充证据")

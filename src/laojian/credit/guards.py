"""What must hold before a grading is begun, approved, told or closed."""

from collections.abc import Iterable, Mapping

from laojian.procedure.step import File, Reason, Step

from .forms import named
from .models import Grade, Grading
from .schemes import schemes

Input = Mapping | None
Reasons = Iterable[Reason]


def scheme_holds(file: File, step: Step, given: Input) -> Reasons:
    """A day is graded under the rules that hold on it, and not before it has come."""
    if given is None:
        return
    scheme = schemes()[given["scheme"]]
    if not scheme.holds_on(given["on"]):
        until = f" 至 {scheme.valid_to}" if scheme.valid_to else " 起"
        yield Reason(
            f"“{scheme.label}”只适用于 {scheme.valid_from}{until}的评价", scheme.basis, "请改选办法或者评价之日", "on"
        )
    if given["on"] > file.on:
        yield Reason(f"评价之日 {given['on']} 还没有到", step.basis, "请填今天或者以前的日子", "on")


def newest(file: File, step: Step, given: Input) -> Reasons:
    """What is in force is not replaced by an older grading."""
    told = file.grading
    later = Grading.objects.filter(
        scheme=told["scheme"], region=told["region"], on__gt=told["on"], dossier__state="grades_in_force"
    ).first()
    if later:
        yield Reason(f"{later.on} 的评价已经生效，不能用 {told['on']} 的取代", step.basis, "请办理“不采用”")


def untold(run: int):
    """The grades in force of a run that nobody has told their employers."""
    return Grade.objects.filter(run_id=run, since_on__isnull=False, until_on=None, told_on=None)


def somebody_to_tell(file: File, step: Step, given: Input) -> Reasons:
    """There is somebody who does not know yet."""
    if not untold(file.id).exists():
        yield Reason("没有尚未告知的等级", step.basis, "等级有变动时再办理")


def graded_here(file: File, step: Step, given: Input) -> Reasons:
    """The notice tells a grade that is in force."""
    if given is None:
        return
    employer = named(given["code"])
    if employer is None or not Grade.objects.filter(
        run_id=file.id, employer=employer, since_on__isnull=False, until_on=None
    ):
        yield Reason("本次评价没有这个代码的单位", step.basis, "请核对统一社会信用代码", "code")


def all_replaced(file: File, step: Step, given: Input) -> Reasons:
    """A grading ends when no grade of it is in force any more."""
    left = Grade.objects.filter(run_id=file.id, since_on__isnull=False, until_on=None).count()
    if left:
        yield Reason(f"还有 {left:,} 家单位的等级出自本次评价", step.basis, "下一次评价批准以后再办理")

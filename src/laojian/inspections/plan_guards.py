"""What must hold before a step on an annual plan."""

from datetime import date

from laojian.cases.guards import Input, Reasons
from laojian.procedure.step import File, Reason, Step

from . import rules
from .draw import NotDrawable
from .models import Draw, Plan

BASIS = "tjrandom"


def first_of_year(file: File, step: Step, given: Input) -> Reasons:
    """A bureau has one plan a year; what is to be different is a new version of it."""
    if given and Plan.objects.filter(bureau=file.dossier["bureau_id"], year=given["year"]).exists():
        yield Reason(
            f"本机关已有 {given['year']} 年度抽查计划", BASIS, "请在该计划上办理“调整计划”，发布新版本", "year"
        )


def within_year(file: File, step: Step, given: Input) -> Reasons:
    """A task lies in the year of its plan."""
    year = file.plan["year"]
    if given and (given["since"].year != year or given["until"].year != year):
        yield Reason(f"检查期间不在 {year} 年度内", BASIS, "检查跨年度的，请分别列入各年度的计划", "since")


def enough(file: File, step: Step, given: Input) -> Reasons:
    """A planned number is not below what the ratio asks of the expected size, rounded up, nor above the size."""
    for row in (given or {}).get("strata") or ():
        size, number = row.get("size"), row.get("number")
        if size is None:
            continue
        try:
            least = rules.minimum(row, size)
        except NotDrawable as wrong:
            yield Reason(str(wrong), BASIS, "", "strata")
            continue
        if number and number < least:
            yield Reason(f"“{row['label']}”共 {size} 家，按比例至少抽 {least} 家，计划只抽 {number} 家", BASIS,
                         "比例是下限，须向上取整，请改正计划数", "strata")  # fmt: skip
        if number and number > size:
            yield Reason(
                f"“{row['label']}”共 {size} 家，不能抽 {number} 家", BASIS, "请核对预计总数或者计划数", "strata"
            )


def tasks_listed(file: File, step: Step, given: Input) -> Reasons:
    """A plan without tasks plans nothing."""
    if not file.tasks:
        yield Reason("计划还没有任务", BASIS, "请先办理“列入任务”")


def published_before(file: File, step: Step, given: Input) -> Reasons:
    """Only a change of a published plan can be taken back."""
    if not file.plan["published_version"]:
        yield Reason("这是尚未公布的第一版，没有可以恢复的版本", BASIS, "请继续编制，或者作出调整后提交")


def task_open(file: File, step: Step, given: Input) -> Reasons:
    """A draw is opened for a task of the published plan whose time is not over."""
    task = next((row for row in file.tasks if given and row["id"] == given["task"]), None)
    if task and date.fromisoformat(task["until"]) < file.on:
        yield Reason(f"该任务的检查期间已于 {task['until']} 届满", BASIS, "需要继续抽查的，请先调整计划", "task")


def draws_ended(file: File, step: Step, given: Input) -> Reasons:
    """No draw of the plan is under way when it is closed."""
    for number in Draw.objects.filter(task__plan=file.id, ending="").values_list("number", flat=True):
        yield Reason(f"{number} 还没有办结", BASIS, "请先办结或者作废这次抽取")

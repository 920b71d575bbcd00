"""Why a step of a campaign is refused."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from laojian.procedure.step import File, Reason, Step

from .models import Attendance, Outcome, Target
from .queries import unchecked
from .rules import again, shortened
from .visits import ended

Input = Mapping | None
Reasons = Iterator[Reason]


def period(file: File) -> tuple[date, date]:
    """The first and last day of the campaign."""
    told = file.campaign
    return date.fromisoformat(told["begins_on"]), date.fromisoformat(told["ends_on"])


def outside(file: File, rows: list[dict]) -> list[str]:
    """The rows whose day lies outside the campaign or after the day of the step."""
    first, last = period(file)
    until = min(last, file.on)
    days = [(n, date.fromisoformat(row["on"])) for n, row in enumerate(rows, 1)]
    return [f"第 {n} 条：{on} 不在 {first} 至 {until} 之内" for n, on in days if not first <= on <= until]


def within_campaign(file: File, step: Step, given: Input) -> Reasons:
    """Nobody turns out and nothing is checked before the campaign, after it, or tomorrow."""
    for fault in shortened(outside(file, given["rows"])) if given else ():
        yield Reason(fault, "impl-8", "请核对日期；行动延长的，先办理“变更期限”", "rows")


def departments_known(file: File, step: Step, given: Input) -> Reasons:
    """Who turns out belongs to a department that takes part."""
    known = file.campaign["departments"]
    strange = sorted({row["department"] for row in given["rows"]} - set(known)) if given else []
    if strange:
        yield Reason(
            f"{'、'.join(strange)}不是参加部门（{'、'.join(known)}）", "impl-8", "请改成参加部门的名称", "rows"
        )


def attended_once(file: File, step: Step, given: Input) -> Reasons:
    """One person counts once a day, however often he is entered."""
    if not given:
        return
    asked = [(row["on"], row["department"], row["name"]) for row in given["rows"]]
    for fault in shortened(
        [f"第 {n} 条：{on} {who} 已经登记" for n, (on, _, who) in again(asked, file.once(attendances))]
    ):
        yield Reason(fault, "impl-8", "一人一日只计一人次，请删去重复的行", "rows")


def attendances(file: File) -> list[tuple[str, str, str]]:
    """Who has been entered: (day, department, name). One statement."""
    found = Attendance.objects.filter(dossier_id=file.id).values_list("on", "department", "name")
    return [(on.isoformat(), department, name) for on, department, name in found]


def targets_once(file: File, step: Step, given: Input) -> Reasons:
    """A target stands in the list once."""
    if not given:
        return
    asked = [(row["kind"], row["name"]) for row in given["rows"]]
    lying = Target.objects.filter(dossier_id=file.id).values_list("kind", "name")
    for fault in shortened([f"第 {n} 条：“{name}”已在对象之中" for n, (_, name) in again(asked, lying)]):
        yield Reason(fault, "impl-8", "请删去重复的行", "rows")


def targets_known(file: File, step: Step, given: Input) -> Reasons:
    """A result belongs to a target of the campaign, one of that name."""
    if not given:
        return
    names = Counter(Target.objects.filter(dossier_id=file.id).values_list("name", flat=True))
    faults = []
    for n, row in enumerate(given["rows"], 1):
        if (found := names[row["target"]]) != 1:
            told = "不在检查对象之中" if not found else f"在检查对象中有 {found} 个同名的"
            faults.append(f"第 {n} 条：“{row['target']}”{told}")
    for fault in shortened(faults):
        yield Reason(fault, "impl-8", "请先登记检查对象；同名的在名称后注明地点", "rows")


def refunds_have_amounts(file: File, step: Step, given: Input) -> Reasons:
    """Only what is ordered back has an amount, and it always has one."""
    faults = []
    for n, row in enumerate(given["rows"] if given else (), 1):
        refund = row["what"] == Outcome.Kind.REFUND
        if refund != ("amount" in row):
            faults.append(f"第 {n} 条：{'责令退还费用须写金额' if refund else '只有责令退还费用写金额'}")
    for fault in shortened(faults):
        yield Reason(fault, "impl-8", "请核对金额一列（单位：元）", "rows")


def orders_numbered(file: File, step: Step, given: Input) -> Reasons:
    """An order or a letter that went out has a number by which it is found."""
    numbered = (Outcome.Kind.ORDER, Outcome.Kind.SUGGESTION)
    lack = [
        n
        for n, row in enumerate(given["rows"] if given else (), 1)
        if row["what"] in numbered and not row.get("document")
    ]
    for fault in shortened([f"第 {n} 条：责令改正、监察建议书须写文号" for n in lack]):
        yield Reason(fault, "lsr-18", "请补文号一列", "rows")


def visits_ended(file: File, step: Step, given: Input) -> Reasons:
    """There is something to take in."""
    if not ended(file):
        yield Reason("没有已经结束而尚未计入的检查", "impl-8", "检查登记结果以后再办")


def visits_taken(file: File, step: Step, given: Input) -> Reasons:
    """A campaign is not reported while results of its visits are not counted."""
    if left := len(ended(file)):
        yield Reason(f"还有 {left} 次已结束的检查没有计入", "impl-8", "请先办理“计入检查结果”")


def checked_or_told(file: File, step: Step, given: Input) -> Reasons:
    """A campaign is reported when every target was checked, or the report says why one was not."""
    left = unchecked(file.id)
    if left and given is not None and not given["unchecked"]:
        yield Reason(f"还有 {left} 个对象没有检查结果", "impl-8", "请登记检查结果，或者写明未检查的原因", "unchecked")


def longer_or_shorter(file: File, step: Step, given: Input) -> Reasons:
    """A new last day that leaves inside what has already been entered."""
    if given is None:
        return
    first, last = period(file)
    checked = Target.objects.filter(dossier_id=file.id, checked_on__isnull=False).values_list("checked_on", flat=True)
    came = Outcome.objects.filter(dossier_id=file.id).values_list("on", flat=True)
    latest = max([first.isoformat(), *(on for on, *_ in file.once(attendances)), *map(str, checked), *map(str, came)])
    if given["ends_on"] == last:
        yield Reason(f"结束之日本来就是 {last}", "impl-8", "请填写新的结束之日", "ends_on")
    elif given["ends_on"].isoformat() < latest:
        yield Reason(f"已登记的出动和检查到 {latest}，结束之日不能更早", "impl-8", "请核对", "ends_on")

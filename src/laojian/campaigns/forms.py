"""What the steps of a campaign ask. Lists are pasted from a spreadsheet, one row a line."""

from collections.abc import Sequence

from django import forms

from laojian.cases.forms.fields import CONTROL, CaseGiven, Day, Line, Prose, choice
from laojian.employers.identifiers import check_credit_code
from laojian.procedure.step import File

from .models import DEPARTMENT, Outcome, Target
from .rules import Reader, Wrong, day, named, shortened, table, words, yuan
from .violations import violations

MEASURES = {kind.value: kind.label for kind in Outcome.Kind if kind != Outcome.Kind.VIOLATION}
NOTHING = {"nothing": "未发现问题"}


class Pasted(forms.Field):
    """A pasted list as rows by column key. Data given as a list (replay, API) are read in the same way."""

    widget = forms.Textarea
    wide = True

    def __init__(self, label: str, columns: Sequence[tuple[str, str, Reader, bool]], **kwargs):
        self.columns = columns
        heads = "、".join(name if needed else f"{name}（可空）" for _, name, _, needed in columns)
        told = f"一行一条，从表格复制后粘贴，或者用逗号分隔。各列：{heads}。"
        super().__init__(label=label, help_text=told, error_messages={"required": "请粘贴至少一行"}, **kwargs)
        self.widget.attrs["rows"] = 8

    def to_python(self, value):
        if isinstance(value, list):
            value = "\n".join("\t".join(str(row.get(key) or "") for key, *_ in self.columns) for row in value)
        text = "\n".join(str(value or "").splitlines())  # browsers end the lines of a text with two characters
        if CONTROL.search(text):
            raise forms.ValidationError("含有不可见的控制字符，请删去后重新粘贴")
        rows, wrong = table(text, self.columns)
        if wrong:
            raise forms.ValidationError(shortened(wrong))
        return rows


def credit_code(text: str) -> str:
    """A unified social credit code whose check digit holds."""
    checked = check_credit_code(text)
    if checked.errors:
        raise Wrong(f"“{text}”：{'，'.join(checked.errors)}")
    return checked.value


def whoever(text: str) -> str:
    """Any name; the guard compares it with the campaign's own lists."""
    return words(120)(text)


def measure(text: str) -> str:
    """What came of a check: nothing, a measure, or one of the kinds of violations of law/campaigns.yaml."""
    return named(NOTHING | MEASURES | {key: each.label for key, each in violations().items()})(text)


class Prepared(CaseGiven):
    """The plan of a campaign."""

    name = Line("行动名称", max_length=120)
    organiser = Line("组织单位", max_length=120)
    document = Line(
        "上级部署文号", required=False, max_length=80, help_text="上级统一部署的填写；本机关自行组织的不填。"
    )
    begins_on = Day("开始之日")
    ends_on = Day("结束之日")
    departments = Prose("参加部门", max_length=1000, help_text="一行一个，本部门也要写。")
    subject = Prose("检查对象和内容", max_length=4000)

    def clean_departments(self):
        lines = [line.strip() for line in self.cleaned_data["departments"].splitlines() if line.strip()]
        if len(set(lines)) < len(lines):
            raise forms.ValidationError("有部门写了两次")
        if long := [line for line in lines if len(line) > DEPARTMENT]:
            raise forms.ValidationError(f"“{long[0][:12]}……”超过 {DEPARTMENT} 个字，请一行只写一个部门")
        return lines

    def clean(self):
        begins, ends = self.cleaned_data.get("begins_on"), self.cleaned_data.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", f"早于开始之日 {begins}，请核对")
        return super().clean()


class Launched(CaseGiven):
    """The notice that sets the campaign going."""

    notice = Line("通知文号", max_length=80)
    launched_on = Day("印发之日", past=True)


class Changed(CaseGiven):
    """Another period or content, with its reason."""

    ends_on = Day("结束之日")
    reason = Line("变更理由")


class AttendanceNoted(CaseGiven):
    """Who turned out, one person and day a row."""

    rows = Pasted(
        "出动人员",
        [("on", "日期", day, True), ("department", "部门", whoever, True), ("name", "姓名", words(60), True)],
    )


class TargetsAdded(CaseGiven):
    """Whom the campaign checks."""

    rows = Pasted("检查对象", [
        ("kind", "种类", named(dict(Target.Kind.choices)), True), ("name", "名称", words(120), True),
        ("code", "统一社会信用代码", credit_code, False),
    ])  # fmt: skip


class ResultsNoted(CaseGiven):
    """What the checks came to: for each target at least one row; several where several things came of it."""

    rows = Pasted("检查结果", [
        ("target", "对象名称", whoever, True), ("on", "检查之日", day, True), ("what", "结果", measure, True),
        ("amount", "金额", yuan, False), ("document", "文号", words(80), False),
    ])  # fmt: skip


class VisitsTaken(CaseGiven):
    """The campaign's visits that have ended and are not counted yet: all of them at once."""

    own = choice("本机关人员计入的部门", [], help_text="检查里登记的外部门人员，按登记的部门计入。")

    def offer(self, file: File) -> None:
        self.fields["own"].choices = [(name, name) for name in file.campaign["departments"]]


class Concluded(CaseGiven):
    """The report of a campaign."""

    result = Prose("工作情况和成效", max_length=8000)
    problems = Prose("存在的问题", required=False, max_length=4000)
    unchecked = Line("未检查对象的说明", required=False)


class Stopped(CaseGiven):
    """Why a campaign ends before its time."""

    reason = Line("终止理由")


class ResultDropped(CaseGiven):
    """One result taken back: entered by mistake."""

    outcome = choice("记录", [])
    reason = Line("更正理由")

    def offer(self, file: File) -> None:
        told = Outcome.objects.filter(dossier_id=file.id, dropped_seq=None).select_related("target").order_by("-id")
        self.fields["outcome"].choices = [(str(o.pk), f"{o.on} {o.target.name} {o.get_kind_display()}") for o in told]

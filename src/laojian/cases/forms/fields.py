"""The kinds of fields a step asks with, and what all Givens of the case procedure share."""

import re
from collections.abc import Mapping
from decimal import Decimal

from django import forms

from laojian.employers.identifiers import check_credit_code, check_identity_number
from laojian.evidence.store import store
from laojian.procedure.step import File, Given

from ..grounds import offered_on
from ..models import Party
from .rows import Addressed

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
PEOPLE = (Party.Kind.PERSON, Party.Kind.CONTROLLER)
SEXES = [("", "——"), ("male", "男"), ("female", "女")]


UNFILLED = {"required": "请填写"}


class Line(forms.CharField):
    """One line of text; control and direction-changing characters are refused, everything else is kept as typed."""

    def __init__(self, label: str, required: bool = True, max_length: int = 200, **kwargs):
        super().__init__(label=label, required=required, max_length=max_length, error_messages=UNFILLED, **kwargs)
        self.wide = max_length >= 200

    def clean(self, value):
        text = super().clean(value)
        if CONTROL.search(text):
            raise forms.ValidationError("含有不可见的控制字符，请删去后重新填写")
        return text


class Prose(Line):
    """Several lines of text."""

    widget = forms.Textarea

    def __init__(self, label: str, required: bool = True, max_length: int = 20_000, rows: int = 3, **kwargs):
        super().__init__(label, required, max_length, **kwargs)
        self.widget.attrs["rows"] = rows

    def to_python(self, value):
        # Browsers end the lines of a text with two characters.
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class ScanWidget(forms.ClearableFileInput):
    """A file on the page; the digest of what was kept in the data."""

    template_name = "django/forms/widgets/file.html"

    def value_from_datadict(self, data, files, name):
        return data.get(name, "")

    def value_omitted_from_data(self, data, files, name):
        return name not in data and name not in files


class Scan(Line):
    """A scan that came back: uploaded on the page, in the data the SHA-256 of the kept file."""

    widget = ScanWidget

    def __init__(self, label: str, required: bool = True, **kwargs):
        super().__init__(label, required, max_length=64, **kwargs)

    def clean(self, value):
        digest = super().clean(value)
        try:
            if digest:
                store().open(digest).close()
        except FileNotFoundError as wrong:
            raise forms.ValidationError("没有收到扫描件，请重新选择文件上传") from wrong
        return digest


class Day(forms.DateField):
    """A day; `past=True` refuses one after the day of the step, `now=True` has the page begin with that day."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, label: str, required: bool = True, past: bool = False, now: bool = False, **kwargs):
        super().__init__(label=label, required=required, error_messages=UNFILLED, **kwargs)
        self.past, self.now = past, now


class Moment(forms.DateTimeField):
    """A moment to the minute; `now=True` has the page begin with the present one."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, label: str, required: bool = True, now: bool = False, **kwargs):
        super().__init__(label=label, required=required, error_messages=UNFILLED, **kwargs)
        self.now = now


class Yuan(forms.DecimalField):
    """A sum in yuan with at most two decimals, never negative."""

    def __init__(self, label: str, required: bool = True, **kwargs):
        super().__init__(
            label=label, required=required, max_digits=14, decimal_places=2, min_value=Decimal(0), error_messages=UNFILLED, **kwargs
        )  # fmt: skip


def choice(label: str, choices, required: bool = True, **kwargs) -> forms.ChoiceField:
    """One of several."""
    told = {"required": "请选择"}
    return forms.ChoiceField(label=label, required=required, choices=choices, error_messages=told, **kwargs)


GONE = "所选的项目不在本卷可选的范围内，可能已经办过或者不属于本卷，请刷新页面后重新选择"


def pick(label: str, required: bool = True, error_messages: dict | None = None, **kwargs) -> forms.TypedChoiceField:
    """One row of the file by its id; the choices are set in `offer`."""
    told = {"invalid_choice": GONE, "required": "请选择"} | (error_messages or {})
    return forms.TypedChoiceField(
        label=label, required=required, coerce=int, empty_value=None, choices=(), error_messages=told, **kwargs
    )


def several(label: str, required: bool = False, **kwargs) -> forms.MultipleChoiceField:
    """Any number of keys; the choices are set in `offer`."""
    return forms.MultipleChoiceField(
        label=label, required=required, choices=(), widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": GONE, "required": "请选择"}, **kwargs,
    )  # fmt: skip


def tick(label: str, required: bool = True, **kwargs) -> forms.BooleanField:
    """A statement that the actor makes by ticking."""
    told = {"required": "请核实后勾选"}
    return forms.BooleanField(label=label, required=required, error_messages=told, **kwargs)


class CaseGiven(Given):
    """A Given of the case procedure: every step may carry the reason of its lateness; past days are checked here.

    `folded` names fields that are rarely filled in, which the page folds away; `when` says of a field for which choices of
    another it is asked, as "kind=tip".
    """

    folded: tuple[str, ...] = ()
    when: dict[str, str] = {}

    late_reason = Prose("逾期说明", required=False, max_length=2000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "late_reason"])
        for name in self.fields.keys() & self.when.keys():
            self.fields[name].when = self.when[name]

    @property
    def unfolded(self) -> bool:
        """Whether something is wrong with a field that is folded away."""
        return any(name in self.errors for name in self.folded)

    def offer(self, file: File) -> None:
        """Addressees are chosen among the parties of the file."""
        for field in self.fields.values():
            if isinstance(field, Addressed):
                field.offer(parties(file), offered_on(file.on))

    def clean(self):
        """Days marked `past` cannot lie after the day of the step."""
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if value and self.on and getattr(field, "past", False) and value > self.on:
                self.add_error(name, f"{value.isoformat()} 晚于办理之日 {self.on.isoformat()}，请核对")
        return self.cleaned_data


def veiled(kept: Mapping, plain: tuple[str, ...]) -> dict:
    """What was entered about something sealed, as the record keeps it: people's words hidden, all but the `plain` fields."""
    return {name: "＊＊＊" if isinstance(value, str) and name not in plain else value for name, value in kept.items()}


class Opinion(CaseGiven):
    """An approver's opinion."""

    opinion = Prose("意见", max_length=2000, help_text="写明同意与否和理由；随审批表入卷。")


def parties(file: File) -> list[tuple[int, str]]:
    """The file's parties as choices; none where it knows of no parties."""
    known = file.parties if file.tells("parties") else ()
    return [(p["id"], f"{p['name']}（{Party.Kind(p['kind']).label}）") for p in known]


def papers(file: File, *codes: str, served: bool | None = None) -> list[tuple[int, str]]:
    """The fixed papers of these codes as choices."""
    return [
        (p["id"], f"{p['label']} {p['number']}")
        for p in file.papers
        if (not codes or p["code"] in codes) and not p["voided"]
    ]


def code_error(kind: str, code: str, on) -> str:
    """What is wrong with the credit code or, for a person, the identity number; empty when nothing is."""
    checked = check_identity_number(code, on) if kind in PEOPLE else check_credit_code(code)
    return "".join(checked.errors)

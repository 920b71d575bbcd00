"""法律依据: the law to read as it stood on any day, with what changed; a sum for any period; an article with what stands on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from urllib.parse import urlencode

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from laojian.lawbook import LawError, due
from laojian.lawbook import law as lawbook
from laojian.lawbook.articles import CONFIDENCE
from laojian.lawbook.clocks import UNITS
from laojian.lawbook.shelf import Change, Item, Told, changes
from laojian.people.forms import Day
from laojian.people.queries import me_on
from laojian.portal.queries import office

from ..access import PUBLIC, access
from ..export import workbook
from ..shelf import LABELS, SECTIONS, everything, shelf, uses

HEADINGS = ["类别", "键", "名称", "内容", "依据", "施行", "核对", "说明", "用在"]
CHANGE_HEADINGS = ["类别", "键", "名称", "变化", "原来", "后来"]
A_LENGTH = dict.fromkeys(("invalid", "min_value", "max_value"), "长度须为 1 至 999 的整数。")
A_DAY = {"invalid": "日期请按 2020-06-01 的样子填写。"}
YEARS = (1990, 2200)
SUM = "due"


class Reading(forms.Form):
    """What to read: which section, on which day, since when, with which words."""

    words = forms.CharField(
        label="查找（两个字即可）", required=False, min_length=2, max_length=40,
        error_messages={"min_length": "请至少写两个字。", "max_length": "最多四十个字。"},
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip
    on = forms.DateField(label="看哪一天的规定", required=False, widget=Day, error_messages=A_DAY)
    since = forms.DateField(label="与哪一天相比（可不填）", required=False, widget=Day, error_messages=A_DAY)
    section = forms.ChoiceField(required=False, widget=forms.HiddenInput, choices=list(LABELS.items()))

    def clean_on(self) -> date:
        return self.cleaned_data["on"] or localdate()


class Sum(forms.Form):
    """From which day which period runs; length and unit only where the law leaves them to a paper."""

    clock = forms.ChoiceField(
        label="期限", error_messages={"required": "请选择期限。", "invalid_choice": "没有这个期限，请从列表中选择。"}
    )
    start = forms.DateField(
        label="起算（届期）之日", widget=Day,
        error_messages={"required": "请填写起算之日。", "invalid": "起算之日不是一个日期，请按 2026-11-22 的样子填写。"},
    )  # fmt: skip
    at = forms.TimeField(
        label="时刻（按小时）", required=False, widget=forms.TimeInput(attrs={"type": "time"}),
        error_messages={"invalid": "时刻请按 09:30 的样子填写。"},
    )  # fmt: skip
    length = forms.IntegerField(
        label="指定长度", required=False, min_value=1, max_value=999, error_messages=A_LENGTH
    )  # fmt: skip
    unit = forms.ChoiceField(label="单位", required=False, choices=[("", "—"), *UNITS.items()])
    extended = forms.BooleanField(label="已批准延长", required=False)

    def __init__(self, data):
        super().__init__(
            data if data and "clock" in data else None, initial={"start": localdate(), "clock": "investigate"}
        )
        self.fields["clock"].choices = [(clock.key, clock.label) for clock in lawbook().clocks.values()]

    def clean_start(self) -> date:
        day = self.cleaned_data["start"]
        if not YEARS[0] <= day.year <= YEARS[1]:
            raise forms.ValidationError(f"起算之日须在 {YEARS[0]} 年至 {YEARS[1]} 年之间。")
        return day

    def summed(self) -> tuple[dict | None, str]:
        """The sum, or why there is none."""
        if not self.is_bound or not self.is_valid():
            return None, ""
        asked = self.cleaned_data
        start = datetime.combine(asked["start"], asked["at"] or time(9)) if hourly(asked["clock"]) else asked["start"]
        try:
            found = due(asked["clock"], start, asked["extended"], asked["length"], asked["unit"] or None)
        except LawError as wrong:
            return None, str(wrong)
        return {"label": found.label, "started_on": found.started_on, "due_on": found.due_on, "provisional": found.provisional,
                "explain": found.explain(), "basis": found.basis}, ""  # fmt: skip


def hourly(key: str) -> bool:
    """Whether a period is counted from a moment."""
    return any(version.unit == "hour" for version in lawbook().clock(key).versions)


@dataclass(frozen=True)
class Asked:
    """What a reader asked for; `problem` is what was wrong with it, and the rest then what is shown instead."""

    section: str
    on: date
    since: date | None
    words: str
    problem: str

    def address(self, **other) -> str:
        """The address of the same page with something else asked."""
        asked = {"section": self.section, "on": self.on, "since": self.since, "words": self.words} | other
        return "?" + urlencode({key: value for key, value in asked.items() if value})


def asked_in(request, form: Reading) -> Asked:
    """The reader's wishes, as far as they can be read; where a period is named, its sum."""
    good = form.cleaned_data if form.is_valid() else {}
    problem = "；".join(text for errors in form.errors.values() for text in errors)
    first = SUM if "clock" in request.GET or request.GET.get("section") == SUM else SECTIONS[0].key
    section = first if first == SUM else good.get("section") or first
    return Asked(section, good.get("on") or localdate(), good.get("since"), good.get("words") or "", problem)


@access(PUBLIC)
@require_safe
def law(request):
    """The law to read: a section, or what words are found in, or what changed; and a sum. Anybody may."""
    form = Reading({key: value for key, value in request.GET.items() if value != SUM})
    asked = asked_in(request, form)
    if request.GET.get("export") == "xlsx":
        return exported(asked)
    sum_ = Sum(request.GET)
    found, problem = sum_.summed()
    return render(request, "law/law.html", framed(request) | {
        "crumbs": [{"label": "法律依据", "url": ""}], "form": form, "asked": asked, "tabs": tabs(asked), "summing": asked.section == SUM,
        "sum_form": sum_, "sum": found, "problem": problem or asked.problem, "groups": groups(asked), "lead": lead(asked),
        "absent": absent(asked), "changed": changed(asked) if asked.since else None, "export_url": asked.address(export="xlsx"),
    })  # fmt: skip


def tabs(asked: Asked) -> list[dict]:
    """The sections of the shelf, and the sum."""
    sections = [(section.key, section.label, asked.address(section=section.key, words="")) for section in SECTIONS]
    here = "" if asked.words or asked.since else asked.section
    wages = {"label": "算工资、补偿", "url": reverse("calculators"), "here": False}
    return [
        {"label": label, "url": url, "here": key == here}
        for key, label, url in (*sections, (SUM, "算期限", f"?section={SUM}"))
    ] + [wages]


def framed(request) -> dict:
    """The frame: the desk for staff, the public's page for everybody else."""
    if request.user.is_authenticated:
        request.me = me_on(request.user, localdate())
        return {"layout": "desk.html", "bureau": None}
    return {"layout": "public.html", "bureau": office()}


def chosen(asked: Asked) -> Iterable[Item]:
    """The items asked for: those that have the words, wherever they stand; without words those of the section."""
    if asked.words:
        return [item for item in everything() if item.tells(asked.words)]
    return everything() if asked.since else shelf().get(asked.section, ())


def lead(asked: Asked) -> str:
    """What the page shows, in a sentence."""
    if asked.words:
        return f"含“{asked.words}”的规定，{asked.on} 时的样子。"
    return next((f"{section.lead}{asked.on} 时的样子。" for section in SECTIONS if section.key == asked.section), "")


def groups(asked: Asked) -> list[dict]:
    """The items in force on the day under their headings, in the order of the data."""
    found: dict[str, list[dict]] = {}
    for item in () if asked.since else chosen(asked):
        if told := item.at(asked.on):
            section = LABELS[item.section]
            label = f"{section}：{item.group}" if asked.words and item.group else item.group or section
            found.setdefault(label, []).append(row(item, told, asked))
    return [{"id": f"group-{nth}", "label": label, "rows": rows} for nth, (label, rows) in enumerate(found.items(), 1)]


def absent(asked: Asked) -> int:
    """How many of the items have no version on the day."""
    return 0 if asked.since else sum(1 for item in chosen(asked) if not item.at(asked.on))


def row(item: Item, told: Told, asked: Asked) -> dict:
    """An item as it stands on the day, with its other versions and where it is used."""
    return {
        "id": f"{item.section}-{item.key}", "key": item.key, "label": item.label, "text": told.text, "note": told.note,
        "basis": told.basis, "span": told.span, "checked": told.checked, "uses": used(item.section, item.key, asked.on),
        "others": [f"{each.span}：{each.text}" for each in reversed(item.versions) if each is not told],
    }  # fmt: skip


def used(section: str, key: str, on: date) -> list[dict]:
    """Where an item is used, each with its address on the same day."""
    return [
        {"kind": use.kind, "label": use.label, "url": place(use.section, use.key, on) if use.section else ""}
        for use in uses().get((section, key), ())
    ]


def place(section: str, key: str, on: date) -> str:
    """The address of an item on a day."""
    return f"{reverse('law')}?{urlencode({'section': section, 'on': on})}#{section}-{key}"


def changed(asked: Asked) -> list[dict]:
    """What is added, ended or replaced between the two days, under the sections, the versions side by side."""
    found = changes(chosen(asked), asked.since, asked.on)
    return [
        {"label": LABELS[section], "rows": [
            {"id": f"{section}-{each.item.key}", "key": each.item.key, "label": each.item.label, "kind": each.kind, "before": each.before,
             "after": each.after} for each in rows]}
        for section, rows in groupby(found, key=lambda change: change.item.section)
    ]  # fmt: skip


def exported(asked: Asked):
    """The list as shown, as a workbook."""
    if asked.since:
        return workbook("法律变化", CHANGE_HEADINGS, map(change_cells, changes(chosen(asked), asked.since, asked.on)))
    return workbook("法律依据", HEADINGS, [
        [LABELS[item.section], item.key, item.label, told.text, "、".join(lawbook().article(key).cite for key in told.basis), told.span,
         told.checked, told.note, "、".join(f"{use.kind} {use.label}" for use in uses().get((item.section, item.key), ()))]
        for item in chosen(asked) if (told := item.at(asked.on))
    ])  # fmt: skip


def change_cells(change: Change) -> list:
    """A change as cells."""
    sides = [f"{side.span}：{side.text}" if side else "" for side in (change.before, change.after)]
    return [LABELS[change.item.section], change.item.key, change.item.label, change.kind, *sides]


@access(PUBLIC)
@require_safe
def article(request, key: str):
    """One article in our own words as of a day, and what stands on it; anybody may read it."""
    found = lawbook().articles.get(key)
    if found is None:
        raise Http404
    form = Reading({"on": request.GET.get("on", "")})
    on = form.cleaned_data["on"] if form.is_valid() else localdate()
    source = lawbook().laws[found.source]
    return render(request, "law/article.html", framed(request) | {
        "crumbs": [{"label": "法律依据", "url": reverse("law")}, {"label": found.short, "url": ""}],
        "article": {"law": found.law, "article": found.article, "cite": found.cite, "says": found.says, "valid_from": found.valid_from,
                    "valid_to": found.valid_to, "confidence_label": CONFIDENCE[found.confidence], "number": source.number,
                    "force": source.force},
        "on": on, "in_force": found.in_force(on), "url": place("articles", key, on), "uses": used("articles", key, on),
        "clocks": [
            {"label": item.label, "text": f"{told.span}：{told.text}", "url": f"{reverse('law')}?clock={item.key}&start={on}"}
            for item in shelf()["clocks"] for told in item.versions if key in told.basis
        ],
    })  # fmt: skip

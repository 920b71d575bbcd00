"""期限与依据: every period of law with its versions, a sum for any of them, and an article with what stands on it."""

from datetime import date, datetime, time

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from laojian.lawbook import Clock, LawError, Version, due
from laojian.lawbook import law as lawbook
from laojian.lawbook.articles import CONFIDENCE
from laojian.lawbook.clocks import APPROVERS, HOLDERS, UNITS, amount
from laojian.people.forms import Day
from laojian.people.queries import me_on
from laojian.portal.queries import office
from laojian.procedure.take import FLOWS

from ..access import OFFICER, PUBLIC, access
from ..export import workbook

HEADINGS = ["期限", "长度", "约束谁", "依据", "自", "核对", "以前的规定"]
A_LENGTH = dict.fromkeys(("invalid", "min_value", "max_value"), "长度须为 1 至 999 的整数。")
YEARS = (1990, 2200)


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
        label="指定长度",
        required=False,
        min_value=1,
        max_value=999,
        error_messages=A_LENGTH,
    )
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


@access(OFFICER)
@require_safe
def law(request):
    """Every period as the law has it today, and a sum."""
    if request.GET.get("export") == "xlsx":
        return workbook("期限", HEADINGS, [cells(row(clock)) for clock in lawbook().clocks.values()])
    form = Sum(request.GET)
    found, problem = form.summed()
    return render(request, "law/clocks.html", {
        "crumbs": [{"label": "期限与依据", "url": ""}], "form": form, "sum": found, "problem": problem,
        "clocks": [row(clock) for clock in lawbook().clocks.values()], "export_url": "?export=xlsx",
    })  # fmt: skip


def row(clock: Clock) -> dict:
    """A period as a row: its rule now, and what it was before."""
    today = clock.at(localdate()) or clock.versions[-1]
    others = [version for version in clock.versions if version is not today]
    return {
        "key": clock.key, "label": clock.label, "length_text": length(today, clock.backward), "holder_label": HOLDERS[clock.holder],
        "basis": today.basis, "since": today.valid_from, "confidence_label": CONFIDENCE[today.confidence],
        "versions": [f"{sentence(v, clock.backward)}，{lawbook().article(v.basis).cite}" for v in reversed(others)],
    }  # fmt: skip


def cells(row: dict) -> list:
    """A row of the list as cells."""
    basis = lawbook().article(row["basis"]).cite
    return [
        row["label"],
        row["length_text"],
        row["holder_label"],
        basis,
        row["since"],
        row["confidence_label"],
        "；".join(row["versions"]),
    ]


def length(version: Version, backward: bool = False) -> str:
    """A version's length in words, with its extension."""
    text = ("之前须满 " if backward else "") + amount(version.length, version.unit)
    if version.extension:
        more = amount(version.extension.length, version.extension.unit)
        text += f"，{APPROVERS[version.extension.approver]}批准可延长{'' if more == '由文书指定' else more}"
    return text


def sentence(version: Version, backward: bool) -> str:
    """A version of a period, as a sentence."""
    until = f"至 {version.valid_to}" if version.valid_to else "起"
    return f"{version.valid_from} {until}：{length(version, backward)}"


@access(PUBLIC)
@require_safe
def article(request, key: str):
    """One article in our own words, and which periods and steps stand on it; anybody may read it."""
    found = lawbook().articles.get(key)
    if found is None:
        raise Http404
    staff = request.user.is_authenticated
    if staff:
        request.me = me_on(request.user, localdate())
    return render(request, "law/article.html", {
        "layout": "desk.html" if staff else "public.html", "bureau": None if staff else office(),
        "crumbs": [{"label": "期限与依据", "url": reverse("law")}, {"label": found.short, "url": ""}],
        "article": {"law": found.law, "article": found.article, "cite": found.cite, "says": found.says, "valid_from": found.valid_from,
                    "valid_to": found.valid_to, "confidence_label": CONFIDENCE[found.confidence]},
        "clocks": [
            {"label": clock.label, "length_text": sentence(version, clock.backward),
             "url": f"{reverse('law')}?clock={clock.key}&start={localdate()}" if staff else ""}
            for clock in lawbook().clocks.values() for version in clock.versions if key in (version.basis, version.unit_basis)
        ],
        "steps": [{"label": step.label, "flow_label": flow.label} for flow in FLOWS.values() for step in flow.steps if step.basis == key],
    })  # fmt: skip

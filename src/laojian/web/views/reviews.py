"""The yearly review of files: which are sampled and why, how each stands; and what is missing or late, team by team."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from laojian.dossier.models import Dossier
from laojian.people.acting import acting
from laojian.people.queries import bureaus_of
from laojian.procedure.step import Refused
from laojian.procedure.take import FLOWS, take
from laojian.scoring.queries import ASSESSMENT, assessable, completeness, reviewed, reviewing_for
from laojian.scoring.rules import sample

from .. import present
from ..access import access

REVIEWERS = ("supervision", "reviewer", "chief", "deputy")
HEADS = ("unit_head", "deputy", "chief", "supervision", "auditor")
COUNTS = {
    "late": "逾期办理", "after": "事后补录", "unwritten": "未成文", "unsigned": "未签章", "unreceipted": "缺回证", "overdue": "期满未办",
}  # fmt: skip
SHOWN, TOP = 60, 50


class Year(forms.Form):
    """Of which year."""

    year = forms.IntegerField(label="年度", required=False, min_value=2000, max_value=2999)

    def chosen(self) -> int:
        """The year asked for; nonsense and nothing: this year."""
        return (self.cleaned_data.get("year") if self.is_valid() else None) or localdate().year


@access(*REVIEWERS)
def assessments(request):
    """案卷评查: the sample of a year with its reasons, and the reviews of the year; POST lists the sample for review."""
    form = Year(request.POST or request.GET)
    year = form.chosen()
    if request.method == "POST":
        return listed(request, year)
    mine = reviewing_for(request.me.officer.pk, localdate())
    drawn = drawing(mine, year)
    files = Dossier.objects.filter(
        flow=ASSESSMENT, opened_on__year=year, bureau__in=bureaus_of(request.me.scope)
    ).select_related("lead")
    rows = [present.row(each, localdate()) for each in files.order_by("-open", "-id")[:SHOWN]]
    return render(request, "review/assessments.html", {
        "crumbs": [{"label": "案卷评查", "url": ""}], "form": form, "clear_url": reverse("assessments"), "year": year, "rows": rows,
        "drawn": drawn, "may": bool(mine), "left": sum(not row["listed"] for row in drawn), "schemes": schemes(),
        "counts_url": reverse("completeness"),
    })  # fmt: skip


def schemes() -> list[dict]:
    """How each scheme samples, in words."""
    return [
        {"label": each.label, "source": each.source, "sampling": each.sampling, "basis": each.versions[-1].basis,
         "always": [label for label in (labels().get(verb) for verb in each.sampling.always) if label]}
        for each in reviewed()
    ]  # fmt: skip


def labels() -> dict[str, str]:
    """Steps of every procedure in words."""
    return {step.verb: step.label for flow in FLOWS.values() for step in flow.steps}


def drawing(bureaus: list[int], year: int) -> list[dict]:
    """The sample of the year among the closed files of these bureaus: each with its reason, and whether it is listed already."""
    rows = []
    for scheme in reviewed():
        found, listed = assessable(bureaus, scheme, year)
        for key, reason in sample(found, scheme.sampling, year, labels()).items():
            file = next(each for each in found if each.id == key)
            rows.append({"id": key, "number": file.number, "handler": file.handler, "reason": reason, "listed": key in listed,
                         "url": reverse("dossier", args=[key])})  # fmt: skip
    return rows


def listed(request: HttpRequest, year: int):
    """Open a review beside each file of the sample that has none for the year; what is refused is told."""
    me = request.me.officer
    with acting(me.pk):
        rows = [row for row in drawing(reviewing_for(me.pk, localdate()), year) if not row["listed"]]
    done, refused = 0, []
    for row in rows:
        try:
            take(row["id"], "open_assessment", by=me, at=now(), given={"year": year, "reason": row["reason"]})
            done += 1
        except Refused as wrong:
            refused.append(f"{row['number']}：{wrong}")
    messages.success(request, f"已将 {done} 件列入 {year} 年度案卷评查。")
    for text in refused:
        messages.error(request, text)
    return redirect(f"{reverse('assessments')}?year={year}")


@access(*HEADS)
def counts(request):
    """应录尽录: for each team how many entries are late or missing, and the files in which most are."""
    form = Year(request.GET)
    year = form.chosen()
    rows = completeness(
        list(bureaus_of(request.me.scope).values_list("pk", flat=True)),
        date(year, 1, 1),
        date(year, 12, 31),
        localdate(),
    )
    teams: dict[tuple[str, str], dict] = {}
    for row in rows:
        team = teams.setdefault((row["bureau"], row["team"]), {"files": 0, **dict.fromkeys(COUNTS, 0)})
        team["files"] += 1
        for name in COUNTS:
            team[name] += row[name]
    worst = sorted(
        (row | {"total": sum(row[name] for name in COUNTS)} for row in rows), key=lambda row: (-row["total"], row["id"])
    )
    return render(request, "review/completeness.html", {
        "crumbs": [{"label": "应录尽录", "url": ""}], "form": form, "clear_url": reverse("completeness"), "year": year,
        "columns": list(COUNTS.values()),
        "teams": [{"bureau": key[0], "team": key[1] or "—", "files": row["files"], "cells": cells(row)} for key, row in teams.items()],
        "files": [row | {"cells": cells(row), "url": reverse("dossier", args=[row["id"]])} for row in worst if row["total"]][:TOP],
    })  # fmt: skip


def cells(row: dict) -> list[dict]:
    """The counts in their order."""
    return [{"label": label, "value": row[name]} for name, label in COUNTS.items()]

"""Campaigns: the list, the page on which one is planned, the figures on its file, and the records behind each figure."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from laojian.campaigns.flow import CAMPAIGN
from laojian.campaigns.models import Attendance, Target
from laojian.campaigns.queries import behind, figures, unchecked
from laojian.campaigns.violations import violations
from laojian.dossier.queries import page
from laojian.procedure.step import File
from laojian.procedure.take import read

from .. import present
from ..access import OFFICER, access
from ..opening import opening
from ..own import OWN
from .dossiers import crumbs, key_of, link

SIZE, RECORDS = 30, 100
HERE = "专项行动"


@access(OFFICER)
@require_safe
def campaigns(request):
    """专项行动: those that the viewer may see, newest first."""
    found = page(request.me.scope, Q(flow=CAMPAIGN.name), order=("-id",), after=key_of(request, False), size=SIZE)
    files, today = found[:SIZE], localdate()
    return render(request, "campaigns/list.html", {
        "crumbs": [{"label": HERE, "url": ""}], "dossiers": [present.row(file, today) for file in files],
        "new_url": reverse("campaign_new") if request.me.scope.holds("inspector", "unit_head") else "",
        "next_url": link(request, f"~{files[-1].pk}") if len(found) > SIZE else "",
    })  # fmt: skip


@access("inspector", "unit_head")
def campaign_new(request):
    """Plan a campaign; refused, everything typed is still there."""
    made = opening(request, CAMPAIGN.name, organiser=request.me.bureau.name)
    if made.file:
        return redirect("dossier", made.file.id)
    return render(request, "campaigns/new.html", {
        "crumbs": [{"label": HERE, "url": reverse("campaigns")}, {"label": "拟订方案", "url": ""}], "form": made.form,
        "reasons": made.reasons, "cancel_url": reverse("campaigns"),
    }, status=made.status)  # fmt: skip


def cards(file: File, request) -> dict:
    """What the page of a campaign's file shows: its frame, and the figures with the way to their records."""
    told = file.campaign
    rows = [
        {"label": row.label, "value": row.value, "unit": row.unit, "part": row.part,
         "url": reverse("campaign_records", args=[file.id, row.key])}
        for row in figures(file.id)
    ]  # fmt: skip
    return {"told": told, "figures": rows, "left": unchecked(file.id)}


OWN[CAMPAIGN.name] = ("campaigns/cards.html", cards)


@access(OFFICER)
@require_safe
def campaign_records(request, dossier_id: int, key: str):
    """The records behind one figure."""
    file = read(dossier_id, request.me.officer.pk, now())
    figure = next((row for row in figures(dossier_id) if row.key == key), None)
    if file.flow is not CAMPAIGN or figure is None:
        raise Http404
    records = Paginator(behind(dossier_id, key), RECORDS).get_page(request.GET.get("page"))
    return render(request, "campaigns/records.html", {
        "crumbs": crumbs(file, figure.label), "figure": figure, "campaign": file.dossier["title"], "records": records,
        "rows": [told_of(each) for each in records], "heads": heads_of(key),
        "record_url": reverse("record") + f"?dossier={dossier_id}",
    })  # fmt: skip


def heads_of(key: str) -> list[str]:
    """The headings of the records behind a figure."""
    if key.startswith("attendance"):
        return ["日期", "部门", "姓名", "记录"]
    if key.startswith("targets"):
        return ["检查之日", "种类", "名称", "记录"]
    return ["日期", "对象", "内容", "记录"]


def told_of(row) -> dict:
    """One record as cells, with its link and the entry that wrote it."""
    if isinstance(row, Attendance):
        return {"on": row.on, "cells": [row.department, row.name], "url": "", "seq": row.seq}
    if isinstance(row, Target):
        return {
            "on": row.checked_on,
            "cells": [row.get_kind_display(), row.name],
            "url": checked_at(row),
            "seq": row.seq,
        }
    what = violations()[row.violation].label if row.violation else row.get_kind_display()
    more = [f"¥{row.amount:,.2f}"] if row.amount else []
    more += [row.document] if row.document else []
    url = reverse("paper", args=[row.paper_id]) if row.paper_id else checked_at(row.target)
    return {"on": row.on, "cells": [row.target.name, " · ".join([what, *more])], "url": url, "seq": row.seq}


def checked_at(target: Target) -> str:
    """Where a target leads: to the visit in which it was checked, else to the register."""
    if target.visit_id:
        return reverse("dossier", args=[target.visit_id])
    return reverse("employer", args=[target.employer_id]) if target.employer_id else ""

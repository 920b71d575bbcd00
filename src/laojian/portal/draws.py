"""The public side of random inspection: plans, every draw by its number, its files, and the page that draws again."""

import json

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from laojian.dossier.queries import row_number
from laojian.evidence.store import store
from laojian.inspections import pools, rules
from laojian.inspections.bundle import as_csv
from laojian.inspections.ceremony import titles_of
from laojian.inspections.models import Draw, Plan, Task
from laojian.inspections.queries import public_draws, public_plans, standing, tasks_of
from laojian.inspections.randomness import SOURCES
from laojian.lawbook.inspection import MODES_OF

from .access import PUBLIC, access
from .queries import office

SIZE = 50


@access(PUBLIC)
@require_safe
def draws(request):
    """The plans that were published, and every draw by its number."""
    rows = public_draws(row_number(request.GET.get("before", "")) or 0, SIZE + 1)
    return render(request, "portal/draws.html", {
        "bureau": office(), "plans": public_plans(), "draws": [{"row": row, "standing": standing(row)} for row in rows[:SIZE]],
        "next_url": f"?before={rows[SIZE - 1].pk}" if len(rows) > SIZE else "", "previous_url": "?" if request.GET.get("before") else "",
    })  # fmt: skip


@access(PUBLIC)
@require_safe
def plan(request, plan_id: int):
    """A plan as it is published, with its earlier versions' reasons."""
    row = Plan.objects.select_related("bureau").filter(pk=plan_id, published_version__isnull=False).first()
    if row is None:
        raise Http404
    return render(request, "portal/plan.html", {
        "bureau": office(), "plan": row, "tasks": [told(task) for task in tasks_of(row.pk, row.published_version)],
        "versions": [each for each in row.versions if each.get("published_on")],
        "draws": [{"row": each, "standing": standing(each)} for each in Draw.objects.filter(task__plan=row).order_by("pk")],
    })  # fmt: skip


def told(task: Task) -> dict:
    """A task as the public reads it."""
    return {
        "ordinal": task.ordinal, "label": task.label, "kind": "定向" if task.targeted else "不定向", "mode": MODES_OF[task.mode],
        "items": titles_of(task), "scope": pools.told(task.scope), "since": task.since, "until": task.until, "lead": task.lead,
        "partners": task.partners, "note": task.note, "planned": rules.planned(task.strata),
        "strata": [{"key": row["key"], "scope": pools.told(row["scope"]), "told": rules.told(row)} for row in task.strata],
    }  # fmt: skip


def found(draw_id: int) -> Draw:
    """A draw by its id."""
    row = Draw.objects.select_related("bureau", "task__plan", "targets", "officers").filter(pk=draw_id).first()
    if row is None:
        raise Http404
    return row


@access(PUBLIC)
@require_safe
def draw(request, draw_id: int):
    """What is public of a draw: before the randomness all that decides, after the inspections everything."""
    row = found(draw_id)
    return render(request, "portal/draw.html", {
        "bureau": office(), "draw": row, "task": told(row.task), "standing": standing(row), "source": SOURCES.get(row.source, ""),
        "strata": row.targets.strata if row.announced_at else [], "officers": row.officers if row.announced_at else None,
        "files": [{"label": label, "url": reverse("draw_file", args=[row.pk, name])} for name, (label, _) in files(row).items()],
        "verify_url": f"{reverse('verify_draw')}?draw={row.pk}" if row.bundle else "",
    })  # fmt: skip


def files(row: Draw) -> dict[str, tuple[str, str]]:
    """The files of a draw that are public by now: name → what it is, digest of the bytes it comes from."""
    offered = {}
    if row.announcement:
        offered["announcement.json"] = ("公告（承诺）", row.announcement)
    if row.bundle:
        offered["bundle.json"] = ("数据包，供验证", row.bundle)
        offered["result.csv"] = ("抽取结果表", row.bundle)
        for place, each in enumerate(row.targets.strata, 1):
            offered[f"pool-{place}.txt"] = (f"名录：{each['key']}", each["digest"])
    return offered


@access(PUBLIC)
@require_safe
def download(request, draw_id: int, what: str):
    """One of the public files of a draw; another name, or one before its time, is a page that is not there."""
    row = found(draw_id)
    if what not in files(row):
        raise Http404
    content = store().open(files(row)[what][1])
    if what.endswith(".csv"):
        with content:
            return named(HttpResponse(as_csv(json.load(content)), content_type="text/csv; charset=utf-8"), what)
    kind = "application/json" if what.endswith(".json") else "text/plain; charset=utf-8"
    return named(FileResponse(content, content_type=kind), what)


def named(response, name: str):
    """The answer as a file to be kept."""
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@access(PUBLIC)
@require_safe
def verify(request):
    """The page that draws again in the visitor's browser; nothing that is chosen here leaves it."""
    row = Draw.objects.filter(pk=row_number(request.GET.get("draw", ""))).exclude(bundle="").first()
    return render(request, "portal/verify.html", {
        "bureau": office(), "draw": row, "bundle_url": reverse("draw_file", args=[row.pk, "bundle.json"]) if row else "",
    })  # fmt: skip

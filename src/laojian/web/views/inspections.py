"""Random inspection at the desk: the list of plans and draws, and what both show of their own on the page of their file."""

from django.db.models import Count
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from laojian.dossier.queries import row_number
from laojian.inspections import pools, rules
from laojian.inspections.ceremony import titles_of
from laojian.inspections.models import Draw, Drawn, Plan, Task
from laojian.inspections.pairing import CODES
from laojian.inspections.plan_forms import PlanDrafted
from laojian.inspections.queries import drawn_of, draws_of, draws_of_plan, names, plans_of, standing
from laojian.inspections.randomness import SOURCES
from laojian.lawbook.inspection import MODES_OF
from laojian.procedure.step import File, Refused
from laojian.procedure.take import FLOWS, open_file

from .. import present
from ..access import OFFICER, access
from ..own import OWN

SIZE, SHOWN = 30, 200


@access(OFFICER)
@require_safe
def inspections(request):
    """双随机: plans by year, the newest draws; a plan is begun here."""
    draws = draws_of(request.me.scope, row_number(request.GET.get("before", "")) or 0, SIZE + 1)
    plans = plans_of(request.me.scope)
    listed = Task.objects.filter(plan__in=plans).values_list("plan", "version").annotate(n=Count("id")).order_by()
    tasks = {(plan, version): n for plan, version, n in listed}
    return render(request, "inspections/list.html", {
        "crumbs": [{"label": "双随机抽查", "url": ""}],
        "plans": [plan_row(plan) | {"tasks": tasks.get((plan.pk, plan.version), 0)} for plan in plans],
        "draws": [draw_row(row) for row in draws[:SIZE]],
        "next_url": f"?before={draws[SIZE - 1].pk}" if len(draws) > SIZE else "", "previous_url": "?" if request.GET.get("before") else "",
        "new_url": reverse("plan_new") if request.me.scope.holds("unit_head", "inspector") else "",
        "public_url": reverse("public_draws"),
    })  # fmt: skip


@access("unit_head", "inspector")
def plan_new(request):
    """Begin the plan of a year."""
    today = localdate()
    form = PlanDrafted(request.POST or None, on=today, initial={"year": today.year})
    form.fields.pop("late_reason")
    reasons = []
    if request.method == "POST" and form.is_valid():
        try:
            file = open_file("plan", "draft_plan", by=request.me.officer, at=now(), given=form.record())
            return redirect("dossier", file.id)
        except Refused as refused:
            reasons = [present.reason(each) for each in refused.reasons]
    return render(request, "confirm.html", {
        "crumbs": [{"label": "双随机抽查", "url": reverse("inspections")}, {"label": "编制年度计划", "url": ""}],
        "title": "编制年度计划", "text": "每个机关每年一份计划；编制后逐项列入任务，提交、批准、公布。", "facts": [],
        "reasons": reasons, "form": form, "submit": "开始编制", "cancel_url": reverse("inspections"),
    }, status=422 if reasons or form.errors else 200)  # fmt: skip


def plan_row(plan: Plan) -> dict:
    """A plan in a list."""
    flow, state = FLOWS["plan"], plan.dossier.state
    return {
        "title": plan.title, "year": plan.year, "bureau": plan.bureau.name, "state": flow.by_state[state].label,
        "tone": present.tone(flow, state), "version": plan.version, "published_on": plan.published_on,
        "url": reverse("dossier", args=[plan.pk]),
    }  # fmt: skip


def draw_row(row: Draw) -> dict:
    """A draw in a list."""
    flow, state = FLOWS["draw"], row.dossier.state
    return {
        "number": row.number, "task": row.task.label, "targeted": row.task.targeted, "state": flow.by_state[state].label,
        "tone": present.tone(flow, state), "count": row.count - row.replaced, "visits": row.visits, "replaced": row.replaced,
        "url": reverse("dossier", args=[row.pk]), "public_url": reverse("public_draw", args=[row.pk]), "reason": row.reason,
    }  # fmt: skip


def task_row(task: Task) -> dict:
    """A task as a plan's page tells it."""
    return {
        "ordinal": task.ordinal, "label": task.label, "kind": "定向" if task.targeted else "不定向", "mode": MODES_OF[task.mode],
        "items": titles_of(task), "scope": pools.told(task.scope), "since": task.since, "until": task.until, "lead": task.lead,
        "partners": task.partners, "note": task.note, "planned": rules.planned(task.strata),
        "strata": [{"key": row["key"], "scope": pools.told(row["scope"]), "told": rules.told(row)} for row in task.strata],
    }  # fmt: skip


def plan_card(file: File, request) -> dict:
    """A plan's tasks, versions and draws. Two statements."""
    tasks = Task.objects.filter(plan=file.id, version=file.plan["version"])
    return {
        "plan": file.plan, "tasks": [task_row(task) for task in tasks], "draws": [draw_row(row) for row in draws_of_plan(file.id)],
        "public_url": reverse("public_plan", args=[file.id]) if file.plan["published_version"] else "",
        "figures_url": reverse("inspection_figures", args=[file.id]),
    }  # fmt: skip


def draw_card(file: File, request) -> dict:
    """The ceremony step by step, pools, who was drawn and who goes. Four statements."""
    row = Draw.objects.select_related("task__plan", "bureau").get(pk=file.id)
    drawn = drawn_of(file.id)[:SHOWN]
    people = names(officer for each in drawn for officer in each.officers)
    return {
        "draw": row, "task": task_row(row.task), "standing": standing(row), "source": SOURCES.get(row.source, ""),
        "strata": file.pools.get("targets", {}).get("strata", []), "targets": file.pools.get("targets"),
        "officers": officers_told(file), "drawn": [drawn_row(each, people) for each in drawn], "count": file.drawn["count"],
        "more": max(0, file.drawn["count"] - len(drawn)), "public_url": reverse("public_draw", args=[file.id]),
        "plan": {"title": row.task.plan.title, "url": reverse("dossier", args=[row.task.plan_id])},
    }  # fmt: skip


def officers_told(file: File) -> dict:
    """The officer pool in a few words."""
    pool = file.pools.get("officers")
    if not pool:
        return {}
    near = sum(1 for row in pool["strata"] if row["reach"])
    return {
        "size": pool["size"],
        "near": near,
        "on": pool["scope"]["on"],
        "digest": pool["digest"],
        "cap": pool["scope"]["cap"],
    }


def drawn_row(each: Drawn, people: dict[int, str]) -> dict:
    """One drawn employer: whoever was passed over is named by number and reason."""
    visit = each.visit
    return {
        "stratum": each.stratum, "rank": each.rank, "name": each.employer.name, "code": each.object,
        "employer_url": reverse("employer", args=[each.employer_id]), "ticket": each.ticket[:12], "why": each.get_why_display(),
        "officers": [people.get(pk, "") for pk in each.officers], "short": each.short, "refused": each.refused,
        "passed": [f"{number} {CODES[code]}" for number, code in each.passed], "reason": each.reason,
        "replaced_by": each.replaced_by and each.replaced_by.employer.name,
        "visit": visit and {
            "url": reverse("dossier", args=[visit.pk]), "number": visit.number or f"检查 {visit.pk}",
            "state": FLOWS[visit.flow].by_state[visit.state].label,
        },
    }  # fmt: skip


OWN["plan"] = ("inspections/plan_card.html", plan_card)
OWN["draw"] = ("inspections/draw_card.html", draw_card)

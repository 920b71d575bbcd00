"""The figures of a plan, each with its records behind it."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from laojian.inspections import rules
from laojian.inspections.figures import COUNTED, LABELS, Figures, figures
from laojian.inspections.models import Plan
from laojian.inspections.queries import drawn_by_officer, line, names
from laojian.lawbook import law

from ..access import OFFICER, access
from .inspections import drawn_row


def plan_of(request, plan_id: int) -> Plan:
    """A plan of the viewer's line; others are a page that is not there."""
    plan = Plan.objects.select_related("bureau").filter(line(request.me.scope), pk=plan_id).first()
    if plan is None:
        raise Http404
    return plan


@access(OFFICER)
@require_safe
def inspection_figures(request, plan_id: int):
    """抽查统计: by task and stratum, and what each officer carries."""
    plan = plan_of(request, plan_id)
    rows = figures(plan)
    carried = drawn_by_officer([plan.bureau_id], plan.year)
    people = names(officer for officer, _ in carried)
    return render(request, "inspections/figures.html", {
        "crumbs": [{"label": "双随机抽查", "url": reverse("inspections")}, {"label": plan.title, "url": reverse("dossier", args=[plan.pk])},
                   {"label": "统计", "url": ""}],
        "plan": plan, "level": f"{100 * rules.LEVEL:.0f}％", "labels": list(LABELS.values()),
        "tasks": [{"task": task, "strata": [told(plan, row) for row in rows if row.task == task]}
                  for task in dict.fromkeys(row.task for row in rows)],
        "load": [{"name": people[officer], "count": count, "url": reverse("officer", args=[officer])} for officer, count in carried],
    })  # fmt: skip


def told(plan: Plan, row: Figures) -> dict:
    """A stratum's figures, each with the address of its records."""
    estimate, inspected, drawn = row.estimate, row.count("inspected"), row.count("drawn")
    base = reverse("inspection_records", args=[plan.pk, row.task.ordinal])
    return {
        "key": row.stratum, "planned": row.planned, "population": row.population,
        "counts": [{"n": row.count(word), "url": f"{base}?stratum={row.stratum}&of={word}"} for word in COUNTED],
        "completion": rules.percent(inspected, drawn), "rate": rules.percent(estimate.found, estimate.of),
        "between": f"{100 * estimate.low:.1f}％ 至 {100 * estimate.high:.1f}％" if estimate.of else "",
        "codes": [{"label": law().result(code).label, "n": n} for code, n in row.codes.most_common()],
    }  # fmt: skip


@access(OFFICER)
@require_safe
def inspection_records(request, plan_id: int, ordinal: int):
    """The records behind one figure."""
    plan, word, stratum = plan_of(request, plan_id), request.GET.get("of", "drawn"), request.GET.get("stratum", "")
    row = next((one for one in figures(plan) if one.task.ordinal == ordinal and one.stratum == stratum), None)
    if row is None or word not in COUNTED:
        raise Http404
    kept = [each for each in row.seen if COUNTED[word](each)]
    people = names(officer for each in kept for officer in each.row.officers)
    return render(request, "inspections/records.html", {
        "crumbs": [{"label": "双随机抽查", "url": reverse("inspections")},
                   {"label": "统计", "url": reverse("inspection_figures", args=[plan.pk])}, {"label": LABELS[word], "url": ""}],
        "title": f"{row.task.label}·{stratum}：{LABELS[word]}", "count": len(kept),
        "rows": [
            drawn_row(each.row, people) | {
                "codes": "、".join(law().result(code).label for code in each.codes), "number": each.row.draw.number,
                "published_on": each.visit and each.visit.published_on,
            }
            for each in kept
        ],
    })  # fmt: skip

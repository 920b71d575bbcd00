"""The first page of each post, what waits for approval, and the search across the bureau's files and employers."""

from datetime import timedelta

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from laojian.dossier.models import Desk, Dossier
from laojian.dossier.queries import page
from laojian.employers.queries import search_employers
from laojian.people.queries import holders
from laojian.procedure.take import FLOWS

from .. import present
from ..access import OFFICER, access
from .dossiers import found_by

APPROVERS = ("unit_head", "deputy", "chief", "reviewer")
ANSWERING = ("unit_head", "deputy", "chief", "supervision")
SHOWN, RISKS = 60, 15


def on_my_desk(officer_id: int, **conditions) -> list[Dossier]:
    """The files on an officer's desk by due date; one query."""
    rows = Desk.objects.filter(officer_id=officer_id, **conditions).order_by("due_on", "dossier_id")
    return [row.dossier for row in rows.select_related("dossier__lead", "dossier__employer")[:SHOWN]]


@access(OFFICER)
@require_safe
def workbench(request):
    """我的工作台: this week, my files by deadline, what waits for my approval, the load of the team."""
    today, me = localdate(), request.me
    files = on_my_desk(me.officer.pk)
    rows = [present.row(file, today) for file in files]
    overdue = sum(1 for row in rows if row["due"] and row["due"]["overdue"])
    soon = sum(1 for row in rows if row["due"] and row["due"]["soon"])
    headline = [{"text": f"{overdue} 件逾期", "overdue": True}] * bool(overdue)
    headline += [{"text": f"{soon} 件临近到期", "overdue": False}] * bool(soon)
    actions = (
        [{"label": "登记投诉", "url": reverse("register"), "first": True}]
        if me.scope.holds("clerk", "inspector")
        else []
    )
    actions += [{"label": "当场查处", "url": reverse("on_spot")}] * me.scope.holds("inspector")
    return render(request, "desk/workbench.html", {
        "today": today, "headline": headline, "actions": actions, "week": week_of(files, today), "dossiers": rows,
        "dossiers_url": reverse("dossiers"), "export_url": reverse("dossiers") + "?mine=on&export=xlsx",
        "approvals": approvals_of(me, files)[:8], "approvals_url": reverse("approvals"), "load": load_of(me),
        "risks": [present.row(file, today) for file in at_risk(me, today)],
    })  # fmt: skip


def at_risk(me, today) -> list[Dossier]:
    """What is overdue or falls due within a week in the whole line of whoever answers for it. One query."""
    if not me.scope.holds(*ANSWERING):
        return []
    near = Q(open=True, due_on__isnull=False, due_on__lte=today + timedelta(days=7))
    return page(me.scope, near, order=("due_on", "id"), size=RISKS)[:RISKS]


def week_of(files: list[Dossier], today) -> list[dict]:
    """The next five working days, with what falls due on each; what is overdue stands on the first."""
    days = present.week(today)
    columns = [{"on": day, "today": day == today, "items": []} for day in days]
    for file in files:
        if file.due_on is None or file.due_on > days[-1]:
            continue
        late = file.due_on < today
        column = columns[0] if late else next((c for c in columns if c["on"] >= file.due_on), columns[-1])
        text = (
            f"{present.due_cell(file, today)['due']['label']} · {file.employer.name if file.employer else file.title}"
        )
        url = reverse("dossier", args=[file.pk])
        column["items"].append({"text": text[:40], "url": url, "overdue": late, "soon": not late})
    return columns


def approvals_of(me, files: list[Dossier]) -> list[dict]:
    """Of the files on the desk, those that wait for this officer to approve or review: by their state, or for a draft."""
    if not me.scope.holds(*APPROVERS):
        return []
    found = []
    for file in files:
        state = FLOWS[file.flow].by_state[file.state]
        if me.officer.pk in (file.lead_id, file.second_id):
            continue
        found.append({
            "label": state.label if me.scope.holds(*state.waits) else f"{state.label} · 有文书或者事项待批",
            "title": file.title, "number": file.number, "asked_at": file.due_on,
            "asked_by": file.lead.name if file.lead else "受理窗口", "url": reverse("dossier", args=[file.pk]),
        })  # fmt: skip
    return found


def load_of(me) -> list[dict]:
    """How many files lie on each inspector's desk; for the head of the unit. One query."""
    if not me.scope.holds("unit_head"):
        return []
    lying = Desk.objects.filter(officer=OuterRef("pk")).order_by().values("officer").annotate(n=Count("id")).values("n")
    officers = list(holders(me.scope.bureau_id, "inspector", localdate()).annotate(n=Coalesce(Subquery(lying), 0)))
    most = max((officer.n for officer in officers), default=0) or 1
    return [
        {"name": officer.name, "count": officer.n, "percent": 100 * officer.n // most, "note": "",
         "url": reverse("officer", args=[officer.pk])}
        for officer in officers
    ]  # fmt: skip


@access(*APPROVERS)
@require_safe
def approvals(request):
    """Everything that waits for this officer's approval or review."""
    today = localdate()
    files = [f for f in on_my_desk(request.me.officer.pk) if request.me.officer.pk not in (f.lead_id, f.second_id)]
    return render(request, "dossier/list.html", {
        "crumbs": [{"label": "待我审批", "url": ""}], "dossiers": [present.row(file, today) for file in files], "show_lead": True,
        "shown": "等待您审批或者审核的案件，按最近期限排列", "heading": "待我审批", "form": None, "export_url": "",
    })  # fmt: skip


@access(OFFICER)
@require_safe
def search(request):
    """Two characters find a file by number, title or party, and an employer by name or code."""
    text = request.GET.get("q", "").strip()
    if not text:
        return redirect("dossiers")
    today = localdate()
    files = page(request.me.scope, found_by(text), order=("-id",), size=20)
    employers = search_employers(text)
    return render(request, "desk/search.html", {
        "crumbs": [{"label": "查找", "url": ""}], "query": text, "dossiers": [present.row(file, today) for file in files[:20]],
        "employers": [{"name": e.name, "code": e.credit_code, "address": e.address, "url": reverse("employer", args=[e.pk])}
                      for e in employers.rows],
    })  # fmt: skip

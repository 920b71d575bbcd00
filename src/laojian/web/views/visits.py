"""Visits: the list, the page on which one is planned, its checklist, what its file shows of its own, past ones taken in."""

from contextlib import nullcontext
from datetime import date

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from laojian.dossier.models import Dossier
from laojian.dossier.queries import inspectors, page, row_number
from laojian.employers.models import Employer
from laojian.lawbook import GROUNDS, law
from laojian.people.acting import acting
from laojian.people.forms import Day
from laojian.procedure.step import File, Refused
from laojian.procedure.take import offered, open_file, read, take
from laojian.visits.facts import spaced
from laojian.visits.flow import VISIT
from laojian.visits.forms import VisitPlanned
from laojian.visits.models import Visit, VisitLine
from laojian.visits.past import LABELS, enter, from_workbook, pasted
from laojian.visits.past import read as read_list
from laojian.visits.queries import open_visits, over_cap, visits_this_year
from laojian.visits.rules import checklist, planned
from laojian.visits.standing import standing

from .. import present
from ..access import OFFICER, access
from ..codes import picture_of
from ..forms import Choose
from ..own import OWN
from .dossiers import crumbs, found_by, key_of, link, number

SIZE = 30
UNDRAWN = "undrawn"
HERE = "检查"
PLANNERS = ("inspector", "clerk", "unit_head", "deputy", "chief")
ENTERERS = ("inspector", "clerk", "unit_head")
HIDDEN = ("draw_number", "rank", "lent", "campaign", "past", "late_reason")


class Filters(forms.Form):
    """How the list of visits is narrowed."""

    q = forms.CharField(label="编号、单位", required=False, max_length=60)
    ground = forms.ChoiceField(
        label="检查来源",
        required=False,
        widget=Choose,
        choices=[("", "全部"), *GROUNDS.items(), (UNDRAWN, "随机抽查以外")],
    )
    since = forms.DateField(label="实施检查自", required=False, widget=Day)
    until = forms.DateField(label="至", required=False, widget=Day)
    own = forms.BooleanField(label="只看本机关的", required=False)
    state = forms.ChoiceField(
        label="所处步骤",
        required=False,
        widget=Choose,
        choices=[("", "全部"), *((s.key, s.label) for s in VISIT.states)],
    )
    shown = forms.BooleanField(label="只看这期间公示结果的", required=False)
    mine = forms.BooleanField(label="只看我承办的", required=False)
    closed = forms.BooleanField(label="含已终结", required=False)

    def conditions(self, officer_id: int, bureau_id: int) -> list[Q]:
        """The filters as conditions; wrong input filters nothing."""
        asked = self.cleaned_data if self.is_valid() else {}
        found = [Q(flow=VISIT.name)] + ([found_by(asked["q"])] if asked.get("q") else [])
        found += [of_ground(asked["ground"])] if asked.get("ground") else []
        found += [Q(bureau_id=bureau_id)] * bool(asked.get("own"))
        if asked.get("shown"):
            found.append(shown_in(asked.get("since"), asked.get("until")))
        elif asked.get("since") or asked.get("until"):
            found.append(made_in(asked.get("since"), asked.get("until")))
        found += [Q(state=asked["state"])] if asked.get("state") else []
        found += [Q(lead=officer_id) | Q(second=officer_id)] * bool(asked.get("mine"))
        return found + [Q(open=True)] * (not asked.get("closed") and not asked.get("state"))


def of_ground(ground: str) -> Q:
    """The visits of a ground, or all that were not drawn."""
    return ~Q(visit__ground=Visit.Ground.DRAW) if ground == UNDRAWN else Q(visit__ground=ground)


def made_in(since: date | None, until: date | None) -> Q:
    """The visits that were made in a period, both days included, one of them left open."""
    first = Q(visit__began_at__date__gte=since) if since else Q(visit__began_at__isnull=False)
    return Q(visit__stands=True) & first & (Q(visit__began_at__date__lte=until) if until else Q())


def shown_in(since: date | None, until: date | None) -> Q:
    """The visits whose results were made public in a period and are so still."""
    within = [Q(visit__published_on__gte=since)] if since else []
    within += [Q(visit__published_on__lte=until)] if until else []
    return Q(*within, visit__published_on__isnull=False, visit__withdrawn_on=None)


@access(OFFICER)
@require_safe
def visits(request):
    """检查: those that the viewer may see, newest first, by key."""
    form = Filters(request.GET)
    found = page(
        request.me.scope,
        *form.conditions(request.me.officer.pk, request.me.bureau.pk),
        order=("-id",),
        after=key_of(request, False),
        size=SIZE,
    )
    files, today = found[:SIZE], localdate()
    told = Visit.objects.in_bulk([file.pk for file in files])
    return render(request, "visits/list.html", {
        "crumbs": [{"label": HERE, "url": ""}], "form": form, "clear_url": reverse("visits"),
        "rows": [present.row(file, today) | row_of(told[file.pk]) for file in files],
        "plan_url": reverse("employers") if request.me.scope.holds(*PLANNERS) else "",
        "figures_url": reverse("visit_figures"),
        "past_url": reverse("visits_past") if request.me.scope.holds(*ENTERERS) else "",
        "previous_url": link(request, "") if request.GET.get("after") else "",
        "next_url": link(request, f"~{files[-1].pk}") if len(found) > SIZE else "",
    })  # fmt: skip


def row_of(visit: Visit) -> dict:
    """What a row of the list tells of the visit itself."""
    items = "、".join(law().item(each["item"]).label for each in visit.items)
    return {"ground": visit.get_ground_display(), "items": items, "from_on": visit.from_on, "until_on": visit.until_on}


@access(*PLANNERS)
def visit_new(request):
    """Plan a visit of one employer; refused, everything typed is still there."""
    chosen = request.POST.get("employer") or request.GET.get("employer", "")
    employer = Employer.objects.filter(pk=row_number(chosen)).first()
    if employer is None:
        messages.info(request, "请先查到要检查的用人单位，在它的页面上按“拟定检查”。")
        return redirect("employers")
    if request.method != "POST":
        return planning(request, employer, None, [])
    given = typed(request)
    try:
        file = open_file(VISIT.name, "plan_visit", by=request.me.officer, at=now(), given=given)
    except Refused as refused:
        with acting(request.me.officer.pk):
            return planning(request, employer, given, refused.reasons)
    return redirect("dossier", file.id)


def typed(request) -> dict:
    """What was sent of the plan."""
    fields = VisitPlanned.base_fields
    return {
        name: field.widget.value_from_datadict(request.POST, request.FILES, name)
        for name, field in fields.items()
        if name not in HIDDEN and not field.widget.value_omitted_from_data(request.POST, request.FILES, name)
    }


def planning(request, employer: Employer, given: dict | None, reasons: list):
    """The page of a plan: what the employer had this year, what lies open for it, and the form."""
    today, bureau = localdate(), request.me.bureau
    form = VisitPlanned(
        given, on=today, initial={"employer": employer.pk, "place": employer.address, "announced": True}
    )
    for name in HIDDEN:
        form.fields.pop(name, None)
    form.folded = tuple(name for name in form.folded if name in form.fields and name != "document")
    form.fields["ground"].choices = [
        (key, label) for key, label in GROUNDS.items() if key != "draw"
    ]  # drawn by draws alone
    form.order_fields(["ground", "mode", "document"])
    hands = [(key, name) for key, (name, valid) in inspectors(0, bureau.pk, today).items() if valid]
    form.fields["lead"].choices = form.fields["second"].choices = [("", "请选择"), *hands]
    form.fields["items"].choices = [(key, item.label) for key, item in law().items.items() if item.at(today)]
    for each in reasons:
        if each.field in form.fields and each.field not in form.errors:
            form.add_error(each.field, each.text + (f"。{each.remedy}" if each.remedy else ""))
    had = visits_this_year([employer.pk], today)
    beyond = over_cap([employer.pk], list(law().items), "patrol", today, bureau.options)
    return render(request, "visits/new.html", {
        "crumbs": [{"label": HERE, "url": reverse("visits")}, {"label": "拟定检查", "url": ""}], "form": form, "employer": employer,
        "reasons": [present.reason(each) for each in reasons if each.field not in form.fields],
        "had": [row | {"ground": GROUNDS[row["ground"]]} for row in had], "beyond": [str(each) for each in beyond.values()],
        "unset": law().unset_at("plan_inspection", bureau.options, today), "standing": standing(employer.pk, today),
        "joinable": joinable(employer.pk, bureau.pk), "cancel_url": reverse("employer", args=[employer.pk]),
    }, status=422 if reasons else 200)  # fmt: skip


def joinable(employer: int, bureau: int) -> list[dict]:
    """The open visits that one more item could join."""
    return [
        row_of(visit)
        | {"url": reverse("step", args=[visit.pk, "add_items"]), "file_url": reverse("dossier", args=[visit.pk])}
        for visit in open_visits(employer, bureau)
    ]


def cards(file: File, request) -> dict:
    """What the file of a visit shows of its own: plan, code, checklist, results, who took part, the cases that grew out of it."""
    visit, book = file.visit, law()
    rows = checklist(visit["items"], file.lines, book)
    site = (file.bureau.get("options") or {}).get("query_url") or request.build_absolute_uri("/")
    check_url = f"{site.rstrip('/')}{reverse('check_visit', args=[visit['token']])}"
    fills = next((each for each in offered(file) if each.step.verb == "fill_checklist"), None)
    children = Dossier.objects.filter(parent_id=file.id).select_related("lead").order_by("id")
    return {
        "visit": visit, "ground": GROUNDS[visit["ground"]], "mode": Visit.Mode(visit["mode"]).label,
        "items": [
            {"label": label, "content": version.content, "basis": version.basis[0]}
            for _, label, version in planned(visit["items"], book)
        ],
        "rows": [shown(row) for row in rows], "done": sum(row.outcome not in ("", "open") for row in rows), "count": len(rows),
        "fill_url": reverse("visit_checklist", args=[file.id]) if fills and fills.ready else "",
        "results": [{"label": book.result(row["code"]).label, "note": row["note"], "on": row["noted_on"]} for row in file.results],
        "attendance": file.attendance, "cases": [present.row(each, file.on) for each in children],
        "code": spaced(visit["token"]), "check_url": check_url, "qr": "" if visit["past"] else picture_of(check_url),
        "public_url": reverse("public_inspections") if visit["published_on"] and not visit["withdrawn_on"] else "",
    }  # fmt: skip


def shown(row) -> dict:
    """A line of the checklist as the page shows it."""
    tones = {"ok": "green", "problem": "red", "not_applicable": "gray", "open": "amber", "": "gray"}
    label = VisitLine.Outcome(row.outcome).label if row.outcome else "未检查"
    return {"item": row.label, "text": row.standard.text, "basis": row.standard.basis, "outcome": label, "tone": tones[row.outcome],
            "note": (row.found or {}).get("note", ""), "key": f"{row.item}:{row.standard.key}", "value": row.outcome}  # fmt: skip


OWN[VISIT.name] = ("visits/cards.html", cards)


@access(OFFICER)
def visit_checklist(request, dossier_id: int):
    """The checklist, item by item; all lines that were changed go in as one entry."""
    with_actor = acting(request.me.officer.pk) if request.method == "POST" else nullcontext()
    with with_actor:
        file = read(dossier_id, request.me.officer.pk, now())
    if file.flow is not VISIT:
        raise Http404
    rows = [shown(row) for row in checklist(file.visit["items"], file.lines, law())]
    if request.method != "POST":
        return checklist_page(request, file, rows, [])
    rows = [row | ticked(request, row) for row in rows]
    return filled(request, dossier_id, rows, {"lines": changed(rows, file)})


def ticked(request, row: dict) -> dict:
    """What was ticked and written for a line."""
    outcome = request.POST.get(f"{row['key']}:outcome", row["value"])
    return {"value": outcome, "typed": request.POST.get(f"{row['key']}:note", "").strip()}


def changed(rows: list[dict], file: File) -> list[dict]:
    """The lines that say something new."""
    was = {f"{line['item']}:{line['line']}": (line["outcome"], line["note"]) for line in file.lines}
    found = []
    for row in rows:
        item, _, line = row["key"].partition(":")
        if row["value"] and was.get(row["key"]) != (row["value"], row["typed"]):
            found.append({"item": item, "line": line, "outcome": row["value"], "note": row["typed"]})
    return found


def filled(request, dossier_id: int, rows: list[dict], given: dict):
    """Take the step; refused, the page comes back with what was ticked."""
    try:
        take(dossier_id, "fill_checklist", by=request.me.officer, at=now(), given=given)
    except Refused as refused:
        with acting(request.me.officer.pk):
            file = read(dossier_id, request.me.officer.pk, now())
            return checklist_page(request, file, rows, refused.reasons)
    messages.success(request, f"检查表已登记 {len(given['lines'])} 条。")
    return redirect("dossier", dossier_id)


def checklist_page(request, file: File, rows: list[dict], reasons: list):
    """The page of the checklist."""
    groups: dict[str, list[dict]] = {}
    for row in rows:
        groups.setdefault(row["item"], []).append(row | {"typed": row.get("typed", row["note"])})
    return render(request, "visits/checklist.html", {
        "crumbs": crumbs(file, "填写检查表"), "groups": list(groups.items()), "outcomes": VisitLine.Outcome.choices,
        "reasons": [present.reason(each) for each in reasons], "title": file.dossier["title"], "number": number(file),
        "dossier_url": reverse("dossier", args=[file.id]),
    }, status=422 if reasons else 200)  # fmt: skip


class PastForm(forms.Form):
    """A list of past visits: pasted, or a workbook."""

    text = forms.CharField(label="粘贴的表格", required=False, widget=forms.Textarea(attrs={"rows": 8}),
                           help_text=f"第一行写表头：{'、'.join(LABELS.values())}。多个事项、结果之间用分号。")  # fmt: skip
    workbook = forms.FileField(label="或者 Excel 文件", required=False)


@access(*ENTERERS)
def visits_past(request):
    """补录: right rows are taken in, the others are told with what is wrong."""
    form, report = PastForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["workbook"]
        lines, problem = from_workbook(upload.read()) if upload else (pasted(form.cleaned_data["text"]), "")
        found = read_list(lines, localdate()) if not problem else None
        problem = problem or found.problem
        if problem:
            form.add_error("workbook" if upload else "text", problem)
        else:
            done = enter(found.good, by=request.me.officer, at=now())
            report = {"done": len(done), "total": len(found.rows), "bad": found.bad}
    return render(request, "visits/past.html", {
        "crumbs": [{"label": HERE, "url": reverse("visits")}, {"label": "补录检查", "url": ""}], "form": form, "report": report,
        "cancel_url": reverse("visits"), "grounds": GROUNDS.values(), "items": [item.label for item in law().items.values()],
        "codes": [code.label for code in law().results.values()],
    }, status=422 if form.errors else 200)  # fmt: skip

"""Registration at the counter: the employer first, then who and what; and the receipt that is handed over."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now
from django.views.decorators.http import require_safe

from laojian.cases.forms import Registration
from laojian.cases.matters import matters
from laojian.cases.models import Import
from laojian.cases.queries import claim_table
from laojian.dossier.models import Dossier
from laojian.dossier.queries import row_number, visible_to
from laojian.employers.models import Employer
from laojian.employers.queries import search_employers
from laojian.intake.models import Source
from laojian.intake.rules import query_code
from laojian.lawbook import law
from laojian.people.acting import acting
from laojian.procedure.step import Refused
from laojian.procedure.take import FLOWS, open_file

from .. import present
from ..access import OFFICER, access
from ..codes import picture_of
from .claims import ListForm, taken_in

SECTIONS = (
    ("respondent", "单位情况", "登记在册的单位不必再填", "employer=new",
     ("respondent", "respondent_kind", "respondent_code", "respondent_address", "respondent_head", "respondent_post")),
    ("source", "来源与事项", "", "", ("kind", "matter", "received_at", "document", "summary", "request", "began_on", "employed_on")),
    ("complainant", "投诉人", "未经同意，不向单位透露姓名", "kind=complaint,referral,petition,wage_platform",
     (*Registration.COMPLAINANT, "oral", *Registration.ORAL)),
    ("informant", "举报人（密封）", "只有登记人和监察机构负责人可以查看", "kind=tip", Registration.INFORMANT),
)  # fmt: skip


@access("clerk", "inspector")
def register(request):
    """登记: one page; refused, everything typed is still there."""
    on = localdate()
    if request.method != "POST":
        return filled(request, {}, [], on)
    form = Registration(request.POST, on=on)
    given = {
        name: field.widget.value_from_datadict(request.POST, request.FILES, name) for name, field in form.fields.items()
    }
    if given.get("employer") == "new":
        given["employer"] = ""
    reasons = []
    if "look" not in request.POST:
        try:
            file = open_file("general", "register", by=request.me.officer, at=now(), given=given)
        except Refused as refused:
            reasons = refused.reasons
        else:
            return registered(request, file)
    with acting(request.me.officer.pk):
        return filled(request, given, reasons, on)


def registered(request, file):
    """The receipt; workers that came with the complaint are taken in as any other list, and what is wrong with some is told."""
    source = file.sources[0]
    request.session["receipt"] = source["id"]
    messages.success(request, f"已登记，回执号 {source['number']}。")
    listed = ListForm(request.POST, request.FILES)
    if listed.is_valid():
        taken_in(request.me.officer, file.id, listed)
    elif request.POST.get("text") or request.FILES:
        faults = "".join(text for texts in listed.errors.values() for text in texts)
        messages.warning(request, f"劳动者名单没有收下：{faults}请到本卷“工资台账”重新导入。")
    return redirect("receipt", source["id"])


def filled(request, given: dict, reasons: list, on):
    """The page of registration with what was typed."""
    begun = {"kind": "complaint", "matter": "wages", "received_at": localtime().replace(second=0, microsecond=0)}
    form = Registration(given or None, on=on, initial=begun | request.GET.dict())
    form.fields["matter"].choices = matter_choices()
    query = request.POST.get("q", request.GET.get("q", ""))
    chosen = request.POST.get("employer", request.GET.get("employer", ""))
    listed = ListForm(initial={"text": request.POST.get("text", "")})
    return render(request, "intake/register.html", {
        "crumbs": [{"label": "登记投诉举报", "url": ""}], "form": form, "cancel_url": reverse("workbench"),
        "reasons": [present.reason(each) for each in reasons if not each.field],
        "employer_query": query, "suggest_url": reverse("employer_suggestions"), **suggestions(request, query, chosen),
        "sections": [
            {"id": key, "title": title, "note": note, "when": when, "fields": [form[name] for name in names]}
            for key, title, note, when, names in SECTIONS
        ],
        "workers": {"field": listed["text"], "file": listed["file"], "template_url": reverse("claims_blank")},
    }, status=422 if reasons or form.errors else 200)  # fmt: skip


def matter_choices() -> list[tuple[str, str]]:
    """The matters a file can be about."""
    return [(matter.key, matter.label) for matter in matters().values()]


def suggestions(request, query: str, chosen: str = "") -> dict:
    """Employers found by two characters or code, with what is already in hand against each. Two queries."""
    found = list(search_employers(query).rows) if len(query.strip()) > 1 else []
    if (number := row_number(chosen)) and number not in {row.pk for row in found}:
        found += list(Employer.objects.filter(pk=number))
    open_: dict[int, list] = {}
    if found:
        for file in visible_to(request.me.scope).filter(employer__in=found, open=True).order_by("-id")[:100]:
            state = FLOWS[file.flow].by_state[file.state].label
            row = {
                "number": file.number or f"{file.opened_on} 登记",
                "text": state,
                "url": reverse("dossier", args=[file.pk]),
            }
            open_.setdefault(file.employer_id, []).append(row)
    return {
        "searched": bool(query.strip()) or bool(found), "new_employer": True, "new_checked": chosen == "new",
        "employers": [
            {"id": e.pk, "name": e.name, "code": e.credit_code or "", "address": e.address, "checked": str(e.pk) == chosen,
             "open": open_.get(e.pk, [])[:5], "earlier": ""}
            for e in found
        ],
    }  # fmt: skip


@access("clerk", "inspector")
@require_safe
def employer_suggestions(request):
    """The employers found while typing, as a part of the page."""
    return render(request, "intake/suggestions.html", suggestions(request, request.GET.get("q", "")))


@access(OFFICER)
@require_safe
def receipt(request, source_id: int):
    """The receipt of a source; its query code is shown to whoever has just registered it."""
    source = Source.objects.select_related("bureau", "dossier").filter(pk=source_id).first()
    if source is None or not Dossier.objects.filter(pk=source.dossier_id).exists():
        raise Http404
    fresh = request.session.get("receipt") == source.pk
    claims = claim_table(source.dossier_id)
    accept = source.dossier.deadlines.filter(key="accept").order_by("-id").first()
    place = source.bureau.arbitration or {}
    listed = Import.objects.filter(dossier=source.dossier_id).order_by("-id").first() if fresh else None
    return render(request, "intake/receipt.html", {
        "crumbs": [{"label": source.number, "url": reverse("dossier", args=[source.dossier_id])}, {"label": "回执", "url": ""}],
        "receipt": {
            "number": source.number, "code": query_code(settings.QUERY_KEY, source.number, source.code_round) if fresh else "",
            "kind_label": source.get_kind_display(), "received_at": source.received_at, "post": "受理窗口",
            "employer": source.dossier.title.rpartition(" ")[0], "request": source.request or source.summary[:80],
            "workers": claims["count"], "amount": claims["found"], "promise_on": accept and accept.due_on,
            "promise_article": accept and law().clock("accept").version(accept.started_on).basis,
            "query_url": request.build_absolute_uri(reverse("query")), "qr_url": picture_of(request.build_absolute_uri(reverse("query"))),
        },
        "bureau": source.bureau, "dossier_url": reverse("dossier", args=[source.dossier_id]), "arbitration": place,
        "listed": listed, "listed_url": listed and reverse("claims_job", args=[source.dossier_id, listed.pk]),
    })  # fmt: skip

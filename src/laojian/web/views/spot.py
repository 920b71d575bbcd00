"""The page on which two inspectors open a file of the summary procedure, where they met with the violation."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from laojian.cases.forms import SpotOpened
from laojian.dossier.queries import inspectors
from laojian.people.acting import acting
from laojian.procedure.step import Refused
from laojian.procedure.take import open_file

from .. import present
from ..access import access
from .intake import suggestions

FOUND = ("found_at", "place", "matter", "second", "summary", "shown")
UNIT = (
    "respondent",
    "respondent_kind",
    "respondent_code",
    "respondent_address",
    "respondent_head",
    "respondent_post",
)


@access("inspector")
def on_spot(request):
    """当场查处: one page; refused, everything typed is still there."""
    if request.method != "POST":
        return filled(request, {}, [])
    form = SpotOpened(request.POST, on=localdate())
    given = {
        name: field.widget.value_from_datadict(request.POST, request.FILES, name)
        for name, field in form.fields.items()
        if not field.widget.value_omitted_from_data(request.POST, request.FILES, name)
    }
    if given.get("employer") == "new":
        given["employer"] = ""
    reasons = []
    if "look" not in request.POST:
        try:
            file = open_file("summary", "open_on_spot", by=request.me.officer, at=now(), given=given)
        except Refused as refused:
            reasons = refused.reasons
        else:
            return redirect("dossier", file.id)
    with acting(request.me.officer.pk):
        return filled(request, given, reasons)


def filled(request, given: dict, reasons: list):
    """The page with what was typed."""
    me, on = request.me.officer, localdate()
    begun = {"found_at": localtime().replace(second=0, microsecond=0)}
    form = SpotOpened(given or None, on=on, initial=begun | request.GET.dict())
    form.offer_people({key: name for key, (name, _) in inspectors(0, me.bureau_id, on).items() if key != me.pk})
    query = request.POST.get("q", request.GET.get("q", ""))
    found = suggestions(request, query, request.POST.get("employer", request.GET.get("employer", "")))
    if "look" in request.POST:
        form.errors.clear()
    for each in reasons:
        if each.field in form.fields and each.field not in form.errors:
            form.add_error(each.field, each.text)
    return render(request, "intake/on_spot.html", {
        "crumbs": [{"label": "当场查处", "url": ""}], "form": form, "cancel_url": reverse("workbench"),
        "reasons": [present.reason(each) for each in reasons if each.field not in form.fields],
        "employer_query": query, "suggest_url": reverse("employer_suggestions"), **found,
        "unit": [form[name] for name in UNIT], "found": [form[name] for name in FOUND],
    }, status=422 if reasons else 200)  # fmt: skip

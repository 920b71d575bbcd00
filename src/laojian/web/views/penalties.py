"""算罚款: what a violation would come to, with every step of the sum; beside the step that finds it, and on a page of its own."""

from datetime import date

from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from laojian.cases.findings import order_state, told
from laojian.cases.forms import FreeReckoning
from laojian.lawbook import LawError
from laojian.lawbook import law as lawbook
from laojian.lawbook.applicable import frozen, penalty
from laojian.lawbook.facts import facts
from laojian.lawbook.penalties import span, yuan
from laojian.procedure.step import File

from ..access import OFFICER, access


def tried(form, on: date, order: str) -> dict | None:
    """What the form's facts come to on a day, as the page shows it; None while the form has faults."""
    if not form.is_valid():
        return None
    given = form.cleaned_data
    try:
        made, why = penalty(given["power"], facts(told(given, on, order), on))
    except LawError as wrong:
        return {"problem": str(wrong)}
    return {
        "label": made.power.label, "tier": made.tier.label if made.tier else "", "amount": yuan(made.amount),
        "range": "所引法条未定数额" if made.highest is None else span(made.lowest, made.highest),
        "illustrative": bool(made.tier) and lawbook().discretion.scheme.illustrative, "optional": made.optional,
        "since": made.version.valid_from, "objections": made.objections, "warnings": made.warnings, "why": frozen(made, why),
    }  # fmt: skip


def tried_in(file: File, form) -> dict | None:
    """The same within a file, whose orders tell how they stand."""
    return tried(form, file.on, order_state(file))


@access(OFFICER)
def free(request):
    """The page: what is asked is sent and not kept, so that no facts of a case stand in an address."""
    posted = request.method == "POST"
    form = FreeReckoning(
        request.POST if posted else None, on=localdate(), initial={"on": localdate(), "order": "disobeyed"}
    )
    made = (
        tried(form, form.cleaned_data["on"], form.cleaned_data["order"] or "none")
        if posted and form.is_valid()
        else None
    )
    return render(request, "law/penalty.html", {
        "crumbs": [{"label": "法律依据", "url": reverse("law")}, {"label": "算罚款", "url": ""}], "form": form, "reckoning": made,
    }, status=422 if posted and form.errors else 200)  # fmt: skip

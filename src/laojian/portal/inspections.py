"""The public side of inspections: whether officers at the door are real, and what inspections came to."""

from datetime import date

from django import forms
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from laojian.dossier.queries import row_number
from laojian.employers.identifiers import mask_name
from laojian.intake.actions import keep_wrong_code
from laojian.intake.queries import wrong_codes
from laojian.people.acting import acting
from laojian.procedure.take import read
from laojian.visits.facts import visit as told_of
from laojian.visits.models import Visit
from laojian.visits.queries import by_token, published

from .access import PUBLIC, access, client_address
from .queries import complainant, office
from .views import PAUSE, WRONG_CODES

SIZE = 30
GOING = ("visit_approved", "on_visit", "written_asked", "written_received")
NOT_YET = ("visit_planned", "plan_returned")


class Code(forms.Form):
    """The code on a notice."""

    code = forms.CharField(
        label="核验码", max_length=20, help_text="在行政检查通知书上，十二位字母和数字。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


@never_cache
@access(PUBLIC)
def check(request):
    """Type the code of a notice."""
    form, bureau = Code(request.POST or None), office()
    if request.method == "POST" and form.is_valid():
        return redirect("check_visit", "".join(c for c in form.cleaned_data["code"].lower() if c.isalnum())[:16] or "x")
    return render(
        request, "portal/check.html", {"bureau": bureau, "form": form, "phone": bureau.phone if bureau else ""}
    )


@never_cache
@access(PUBLIC)
@require_safe
def check_visit(request, token: str):
    """Whether this inspection is real: officers (masked) with their certificates, bureau, order, items. Nothing else."""
    bureau = office()
    found, tired = known(request, token)
    shown = real(found) if found else {}
    return render(request, "portal/check.html", {
        "bureau": bureau, "form": Code(), "searched": True, "found": shown, "tired": tired,
        "phone": (found.bureau.phone if found else "") or (bureau.phone if bureau else ""),
    }, status=200 if shown else 404)  # fmt: skip


def known(request: HttpRequest, token: str) -> tuple[Visit | None, bool]:
    """The visit of a code, and whether this address has tried too many wrong ones; a wrong one is counted."""
    address, at = client_address(request), now()
    if wrong_codes(address, at - PAUSE) >= WRONG_CODES:
        return None, True
    found = by_token(token)
    if found is None:
        with transaction.atomic():
            keep_wrong_code(address, at, PAUSE)
    return found, False


def real(visit: Visit) -> dict:
    """What the employer may know; a visit that is not approved is not to be made."""
    with acting(complainant().pk, dossier_id=visit.pk):
        file = read(visit.pk, complainant().pk, now())
        notice = next((p for p in reversed(file.papers) if p["code"] in NOTICES and not p["voided"]), {})
        told = told_of(file)
        hands = sorted(file.hands.items(), key=lambda one: int(one[0]) != file.dossier["lead_id"])
    standing = (
        "going"
        if file.state in GOING
        else "not_yet"
        if file.state in NOT_YET
        else "off"
        if not visit.stands
        else "over"
    )
    return {
        "standing": standing, "bureau": visit.bureau.name, "order": notice.get("number") or told["number"],
        "hand_in_url": reverse("hand_in", args=[visit.token]) if file.state == "written_asked" else "",
        "items": [each["label"] for each in told["items"]], "from_on": visit.from_on, "until_on": visit.until_on,
        "officers": [{"name": mask_name(name), "number": card} for _, (name, card) in hands] if standing == "going" else [],
    }  # fmt: skip


NOTICES = ("inspection_notice", "written_review_notice")


class Search(forms.Form):
    """Whose results are sought."""

    q = forms.CharField(label="单位名称或者信用代码", required=False, max_length=60)


@access(PUBLIC)
@require_safe
def public_inspections(request):
    """Results of inspections, newest first."""
    form, bureau = Search(request.GET), office()
    words = form.cleaned_data["q"].strip() if form.is_valid() else ""
    found = published(key_of(request), SIZE, words)
    rows = found[:SIZE]
    return render(request, "portal/inspections.html", {
        "bureau": bureau, "form": form, "words": words, "today": localdate(),
        "rows": [row.published | {"published_on": row.published_on} for row in rows],
        "next_key": f"{rows[-1].published_on}~{rows[-1].pk}" if len(found) > SIZE else "",
    })  # fmt: skip


def key_of(request: HttpRequest) -> tuple[date, int] | None:
    """The key after which the page begins; nonsense begins at the beginning."""
    day, _, last = request.GET.get("after", "").partition("~")
    number = row_number(last)
    try:
        return (date.fromisoformat(day), number) if number is not None else None
    except ValueError:
        return None

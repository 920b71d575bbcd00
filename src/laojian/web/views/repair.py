"""Credit repair at the desk: the applications, the page on which one is entered, what its file shows of its own."""

from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from laojian.dossier.queries import page
from laojian.procedure.step import File
from laojian.repair.flow import REPAIR
from laojian.repair.models import Repair
from laojian.repair.queries import showing, undone

from .. import present
from ..access import OFFICER, access
from ..opening import opening
from ..own import OWN
from .dossiers import key_of, link

SIZE = 30
HERE = "信用修复"


@access(OFFICER)
@require_safe
def repairs(request):
    """The applications that the viewer may see, newest first."""
    found = page(request.me.scope, Q(flow=REPAIR.name), order=("-id",), after=key_of(request, False), size=SIZE)
    files, today = found[:SIZE], localdate()
    return render(request, "repair/list.html", {
        "crumbs": [{"label": HERE, "url": ""}], "dossiers": [present.row(file, today) for file in files],
        "new_url": reverse("repair_new") if request.me.scope.holds("clerk", "inspector") else "",
        "next_url": link(request, f"~{files[-1].pk}") if len(found) > SIZE else "",
    })  # fmt: skip


@access("clerk", "inspector")
def repair_new(request):
    """Enter an application; refused, everything typed is still there."""
    begun = {name: request.GET.get(name, "") for name in ("number", "applicant")}
    made = opening(request, REPAIR.name, **begun, received_on=localdate().isoformat())
    if made.file:
        return redirect("dossier", made.file.id)
    return render(request, "repair/new.html", {
        "crumbs": [{"label": HERE, "url": reverse("repairs")}, {"label": "登记申请", "url": ""}], "form": made.form,
        "reasons": made.reasons, "cancel_url": reverse("repairs"),
    }, status=made.status)  # fmt: skip


def cards(file: File, request) -> dict:
    """What the page of an application shows: the penalty, how long it is shown and why, what is still to be done."""
    told, until = file.repair, showing(file.repair)
    return {
        "told": told, "channel": Repair.Channel(told["channel"]).label, "paper_url": reverse("paper", args=[told["paper_id"]]),
        "held": until.of.label, "from_on": until.from_on, "until_on": until.until_on, "why": until.explain(), "basis": until.regime.basis,
        "undone": undone(told),
    }  # fmt: skip


OWN[REPAIR.name] = ("repair/cards.html", cards)

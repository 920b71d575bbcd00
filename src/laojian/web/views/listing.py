"""The wage-arrears list at the desk: which orders were not obeyed, the listings, the page on which one begins, what its file shows."""

from datetime import date

from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from laojian.dossier.queries import page
from laojian.lawbook import law
from laojian.listing.models import Bar, Listing, Person
from laojian.listing.queries import disobeyed, measured
from laojian.listing.rules import eligible
from laojian.papers.models import Paper
from laojian.procedure.step import File

from .. import present
from ..access import OFFICER, access
from ..opening import opening
from ..own import OWN
from .dossiers import key_of, link

SIZE = 30
HERE = "失信名单"
FLOWS = ("listing", "old_listing")


@access(OFFICER)
@require_safe
def listings(request):
    """The listings that the viewer may see, newest first; for whoever may begin one, the orders that were not obeyed in time."""
    found = page(request.me.scope, Q(flow__in=FLOWS), order=("-id",), after=key_of(request, False), size=SIZE)
    files, today = found[:SIZE], localdate()
    hand = request.me.scope.holds("inspector", "unit_head")
    return render(request, "listing/list.html", {
        "crumbs": [{"label": HERE, "url": ""}], "dossiers": [present.row(file, today) for file in files],
        "waiting": [waiting(each, today) for each in disobeyed(request.me.bureau.pk, today)] if hand else None, "hand": hand,
        "public_url": reverse("public_lists"), "next_url": link(request, f"~{files[-1].pk}") if len(found) > SIZE else "",
    })  # fmt: skip


def waiting(order, today: date) -> dict:
    """An order that was not obeyed, with the last day to decide and how that comes about."""
    last = order.decide_by
    return {
        "name": order.name, "order": f"{order.label} {order.number}", "url": reverse("dossier", args=[order.case]), "amount": order.amount,
        "overdue_on": order.overdue_on, "due_on": last.due_on, "late": last.due_on < today, "why": last.explain(),
        "sums": [f"{order.label}{order.number}责令支付、期满尚未付清的数额；逐人数额在卷宗“工资台账”里"],
        "new_url": f"{reverse('listing_new')}?order={order.key}",
    }  # fmt: skip


@access("inspector", "unit_head")
def listing_new(request):
    """Begin a listing of one order; refused, everything typed is still there."""
    key = request.POST.get("order") or request.GET.get("order", "")
    order = next((each for each in disobeyed(request.me.bureau.pk, localdate(), 10_000) if each.key == key), None)
    if order is None and request.method != "POST":
        return redirect("listings")
    flow = "listing" if law().article("black-5").in_force(localdate()) else "old_listing"
    made = opening(request, flow, order=key)
    if made.file:
        return redirect("dossier", made.file.id)
    return render(request, "listing/new.html", {
        "crumbs": [{"label": HERE, "url": reverse("listings")}, {"label": "拟列入", "url": ""}], "form": made.form,
        "reasons": made.reasons, "cancel_url": reverse("listings"), "order": waiting(order, localdate()) if order else None,
    }, status=made.status)  # fmt: skip


def cards(file: File, request) -> dict:
    """What the page of a listing shows: whom, for what, how the sum stands, since and until when, when it may leave."""
    told, order = file.listing, Paper.objects.get(pk=file.listing["paper_id"])
    verdict, found = measured(file)
    days = {
        name: date.fromisoformat(told[name]) if told[name] else None
        for name in ("corrected_on", "since_on", "until_on")
    }
    early = eligible(days["corrected_on"], days["since_on"]) if days["corrected_on"] and days["since_on"] else None
    return {
        "told": told, "condition": Listing.Condition(told["condition"]).label, "order": f"{order.label} {order.number}",
        "order_url": reverse("paper", args=[order.pk]), "fallen": told["fallen"],
        "sum": {"reached": WORDS[verdict], "lines": found.explain(law()) if found else [], "by_amount": told["condition"] == "amount"},
        "persons": [{"name": p["name"], "role": Person.Role(p["role"]).label, "reason": p["reason"]} for p in file.persons],
        "objections": [
            {**o, "found": {"right": "异议成立", "wrong": "异议不成立"}.get(o["found"], "待核实答复")} for o in file.objections
        ],
        "bars": [{**b, "label": Bar.Kind(b["kind"]).label} for b in file.bars],
        "early": {"on": early.due_on, "why": early.explain()} if early and file.flow.name == "listing" else None,
        "removal": Listing.Removal(told["removal"]).label if told["removal"] else "",
    }  # fmt: skip


WORDS = {
    "reached": "达到标准", "below": "没有达到标准", "local_below": "没有达到本地标准", "human": "本地标准没有设定，由负责人书面认定",
}  # fmt: skip
OWN.update(dict.fromkeys(FLOWS, ("listing/cards.html", cards)))

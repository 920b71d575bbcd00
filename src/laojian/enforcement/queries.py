"""What the case of an enforcement holds on its decision: obligations, periods, payments; and what its own steps have granted."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from laojian.cases.models import Payment
from laojian.cases.relief import TO_COURT
from laojian.cases.relief import about as reliefs_about
from laojian.cases.tracks import said, steps
from laojian.lawbook import Due, Pause
from laojian.procedure.step import File, local

from .rules import window

RELIEF, AFTER = ("reconsideration", "suit"), "suit_after_reconsideration"


def about(file: File) -> dict:
    """The decision and the party against whom it is enforced."""
    return said(file, "begin_enforcement")


def decision(file: File) -> dict:
    """The decision as a paper of the case."""
    return next(p for p in file.parent.papers if p["id"] == about(file)["decision"])


def bound(file: File) -> list[dict]:
    """What the decision demands of the party."""
    nth, party = decision(file)["nth"], about(file)["party"]
    return [o for o in file.parent.obligations if o["seq"] == nth and o["addressee_id"] == party]


def fines(file: File) -> list[dict]:
    """The fines among them."""
    return [o for o in bound(file) if o["kind"] == "fine"]


def rest(obligation: dict) -> Decimal:
    """What is still to be paid on an obligation; nothing when it is met or no sum."""
    return Decimal(0) if obligation["met_on"] or obligation["amount"] is None else unpaid(obligation)


def unpaid(obligation: dict) -> Decimal:
    """Its sum less what was paid on it."""
    return Decimal(str(obligation["amount"])) - Decimal(str(obligation["paid"]))


def fine_left(file: File) -> Decimal:
    """What is left of the fine."""
    return sum((rest(each) for each in fines(file)), Decimal(0))


def own_clocks(file: File, *keys: str) -> list[dict]:
    """The periods that run on the decision's service on the party, in the case."""
    subject = f"{about(file)['decision']}:{about(file)['party']}"
    return [c for c in file.parent.clocks if c["key"] in keys and c["subject"] == subject]


def contested(file: File) -> list[Mapping]:
    """What the party asked for against the decision, oldest first."""
    return reliefs_about(file.parent, about(file)["decision"], about(file)["party"])


def relief_clocks(file: File) -> list[dict]:
    """The periods for relief that still matter: after a reconsideration only that to go to court (all-45), after a suit none."""
    ended = [each for each in contested(file) if each.get("result") in TO_COURT]
    if not ended:
        return own_clocks(file, *RELIEF)
    return own_clocks(file, AFTER) if ended[-1]["kind"] == "reconsideration" else []


def relief_ends(file: File) -> date | None:
    """The last day for relief: of its periods, or of what was decided on it; None when the decision was not served on the party."""
    days = [date.fromisoformat(c["due_on"]) for c in relief_clocks(file)]
    if not days and own_clocks(file, *RELIEF):
        days = [date.fromisoformat(each["final_on"]) for each in contested(file) if "final_on" in each]
    return max(days, default=None)


def table(file: File) -> list[dict]:
    """The instalments in force or once granted, as they were asked for; empty when none were granted."""
    granted = file.last("grant_deferral")
    asked = next(
        (e for e in reversed(steps(file)) if e.verb == "ask_deferral" and granted and e.seq < granted[0]), None
    )
    return asked.given["table"] if asked else []


def paid_since_grant(file: File) -> Decimal:
    """What was paid on the fine since the instalments were granted."""
    return Decimal(said(file, "grant_deferral").get("left", "0")) - fine_left(file)


def court_window(file: File) -> Due | None:
    """Until when the court may be asked; None when the decision was not served."""
    ends, rows = relief_ends(file), table(file)
    return window(ends, date.fromisoformat(rows[-1]["due_on"]) if rows else None) if ends else None


def surcharge_left(file: File) -> Decimal:
    """The surcharge last decided, less what was remitted since."""
    left = Decimal(0)
    for entry in steps(file):
        if entry.verb == "decide_surcharge":
            left = Decimal(entry.given["amount"])
        elif entry.verb == "remit_surcharge":
            left -= Decimal(entry.given["amount"])
    return left


def parts(file: File, on: date) -> list[tuple[Decimal, date]]:
    """The parts in which the fine was paid by a day, and what is unpaid as if it were paid on that day. One query."""
    ids = [o["id"] for o in fines(file)]
    rows = Payment.objects.filter(obligation_id__in=ids, on__lte=on).order_by("on", "id").values_list("amount", "on")
    made = list(rows)
    whole = sum((Decimal(str(o["amount"] or 0)) for o in fines(file)), Decimal(0))
    return [*made, (max(whole - sum((amount for amount, _ in made), Decimal(0)), Decimal(0)), on)]


def pauses(file: File) -> list[Pause]:
    """The days that do not count towards the surcharge: of instalments that were granted, of reconsideration and suit."""
    found: list[Pause] = []
    for entry in steps(file):
        on = local(entry.at).date()
        if entry.verb == "grant_deferral":
            found.append(Pause(on, date.fromisoformat(entry.given["until"]), "instalments"))
        elif entry.verb == "declare_default":
            found[-1] = Pause(found[-1].first, min(on, found[-1].last), "instalments")
    for each in contested(file):
        last = date.fromisoformat(each["final_on"]) if "final_on" in each else None
        found.append(Pause(date.fromisoformat(each["made_on"]), last, each["kind"]))
    return found

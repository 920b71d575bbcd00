"""Writers of enforcement: what is owed frozen into the papers, its clocks, and the outcome for the case."""

from collections.abc import Mapping
from datetime import date

from laojian.cases.actions.paper import serve
from laojian.cases.course import named, served_on
from laojian.cases.tracks import said
from laojian.papers.actions import approval
from laojian.papers.models import Paper
from laojian.procedure.step import Action, Effects, File
from laojian.procedure.take import actor_of

from .queries import (
    about,
    bound,
    court_window,
    decision,
    fine_left,
    own_clocks,
    paid_since_grant,
    parts,
    pauses,
    rest,
    surcharge_left,
    table,
)
from .rules import added, next_row


def what(file: File) -> dict:
    """Which decision, against whom, and what of it is not performed, for papers."""
    paper, extra = decision(file), surcharge_left(file)
    rows = [
        {"demand": each["demand"].rstrip("。；"), "amount": str(rest(each)) if each["amount"] is not None else None}
        for each in bound(file)
        if not each["met_on"]
    ]
    total = sum((rest(each) for each in bound(file)), extra)
    told = {"party": about(file)["party"], "decision": named(paper), "served_on": (served_on(paper) or [None])[0]}
    return told | {"owed": rows, "total": str(total)} | ({"surcharge": str(extra)} if extra else {})


def window_clock(file: File) -> dict | None:
    """The clock of the court's window, reckoned anew from what the case knows now."""
    found = court_window(file)
    return {"from": found.started_on} if found else None


def begin(file: File, given: Mapping) -> Effects:
    """The window for the court is watched from the beginning."""
    subject = f"{given['decision']}:{given['party']}"
    ends = [
        c["due_on"] for c in file.parent.clocks if c["key"] in ("reconsideration", "suit") and c["subject"] == subject
    ]
    return Effects(clocks={"court": {"from": date.fromisoformat(max(ends))} if ends else None})


def asked(file: File) -> dict:
    """What the party asked for, for the answer."""
    told = said(file, "ask_deferral")
    return what(file) | {"made_on": told["made_on"], "reason": told["reason"]}


def grant(file: File, given: Mapping) -> Effects:
    """The first instalment's day runs; the window for the court moves behind the last (apl-72)."""
    rows, left = said(file, "ask_deferral")["table"], fine_left(file)
    last = date.fromisoformat(rows[-1]["due_on"])
    ends = court_window(file)
    begins = max(last, ends.started_on) if ends else last
    return Effects(
        clocks={"instalment": until(file, rows[0]), "court": {"from": begins}},
        given=asked(file) | {"granted": "yes", "table": rows, "left": str(left), "until": last.isoformat()},
    )


def refuse(file: File, given: Mapping) -> Effects:
    """The party pays in one sum; it is told why."""
    return Effects(given=asked(file) | {"granted": "no"})


def until(file: File, row: Mapping | None) -> dict | None:
    """The clock of an instalment: the days from now until its last day."""
    days = (date.fromisoformat(row["due_on"]) - file.on).days if row else 0
    return {"length": days, "unit": "day"} if days > 0 else None


def paid(file: File, given: Mapping) -> Effects:
    """The next instalment's day runs."""
    return Effects(clocks={"instalment": until(file, next_row(table(file), paid_since_grant(file)))})


def surcharged(file: File, given: Mapping) -> Effects:
    """The sum with every reason, as it was reckoned on the day."""
    due_on = date.fromisoformat(own_clocks(file, "pay")[-1]["due_on"])
    amount, lines = added(parts(file, given["until_on"]), due_on, pauses(file))
    why = [{"line": line} for part in lines for line in part]
    return Effects(given=what(file) | {"amount": str(amount), "due_on": due_on.isoformat(), "lines": why})


def remind(file: File, given: Mapping) -> Effects:
    """What is still owed stands in the reminder."""
    return Effects(given=what(file))


def served(file: File, given: Mapping) -> Effects:
    """The time after the reminder runs from its service (acl-54)."""
    done = serve(file, given)
    clocks = {"dun": {"from": done["on"]}, "court": window_clock(file)}
    return Effects(clocks=clocks, given={"effective_on": done["on"].isoformat()})


def apply(file: File, given: Mapping) -> Effects:
    """What is still owed stands in the application; the court is that of the bureau unless told otherwise (spcall-157)."""
    told = said(file, "serve_reminder")
    return Effects(
        given=what(file) | {"court": given.get("court") or file.bureau["court"], "reminded_on": told["effective_on"]}
    )


def sign(file: File, given: Mapping) -> Effects:
    """The head of the bureau approves the application as it reads (acl-55)."""
    by = actor_of(file, file.flow["sign_application"]) | {"at": file.at.isoformat(), "opinion": given["opinion"]}
    drafts = [each["id"] for each in file.drafts if each["code"] == "court_application"]
    Paper.objects.filter(pk__in=drafts).update(approval=approval(by) | {"seq": file.seq + 1})
    return Effects()


def back(file: File, given: Mapping) -> Effects:
    """The window for the court runs again."""
    return Effects(clocks={"court": window_clock(file)})


def ended(result: str) -> Action:
    """The writer of a step with which enforcement ends: the case learns of which decision, against whom, and how."""

    def end(file: File, given: Mapping) -> Effects:
        told = {"decision": about(file)["decision"], "party": about(file)["party"], "result": result}
        return Effects(outcome=told | {"reason": given.get("reason") or given.get("note") or ""})

    return end


ACTIONS: dict[str, Action] = {
    "begin_enforcement": begin,
    "grant_deferral": grant,
    "refuse_deferral": refuse,
    "note_instalment": paid,
    "decide_surcharge": surcharged,
    "propose_reminder": remind,
    "serve_reminder": served,
    "propose_application": apply,
    "sign_application": sign,
    "withdraw_application": back,
    "note_performed": ended("performed"),
    "accept_ruling": ended("not_enforced"),
    "note_upheld": ended("not_enforced"),
    "end_execution": ended("court_ended"),
    "stop_enforcement": ended("stopped"),
}

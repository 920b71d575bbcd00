"""Writers of a hearing: names frozen into its record and papers, its clock counted backwards, its outcome for the case."""

from collections.abc import Mapping

from laojian.cases.actions.paper import serve
from laojian.cases.tracks import said
from laojian.people.models import Officer
from laojian.procedure.step import Effects, File, local

from .forms import of_case


def asking(file: File) -> dict:
    """Who asked for the hearing, for papers that go to that party."""
    given = said(file, "receive_request")
    return {
        "party": given["party"],
        "made_on": given["made_on"],
        "person": given.get("person"),
        "asked_for": given["reason"],
    }


def staff(file: File) -> dict:
    """Host and recorder, and what was set."""
    named, setting = said(file, "appoint_host"), said(file, "notify_hearing")
    known = {
        name: setting[name] for name in ("held_at", "place", "openness", "closed_reason", "third") if setting.get(name)
    }
    return {"host_name": named["host_name"], "recorder_name": named["recorder_name"], **known}


def receive(file: File, given: Mapping) -> Effects:
    """A request by word of mouth is taken down for the party to sign."""
    return Effects(papers=[("hearing_application", {})] if given["way"] == "oral" else [])


def refuse(file: File, given: Mapping) -> Effects:
    """There is no hearing; the party is told why."""
    return Effects(given=asking(file), outcome={"reason": given["reason"]})


def appoint(file: File, given: Mapping) -> Effects:
    """Host and recorder by name, as the record keeps them."""
    names = dict(Officer.objects.filter(pk__in=[given["host"], given["recorder"]]).values_list("pk", "name"))
    return Effects(given={"host_name": names[given["host"]], "recorder_name": names[given["recorder"]]})


def notify(file: File, given: Mapping) -> Effects:
    """The last day of service is counted back from the day of the hearing (apl-64)."""
    day = local(given["held_at"]).date()
    return Effects(clocks={"hearing_notice": {"from": day}}, given=asking(file) | staff(file))


def served(file: File, given: Mapping) -> Effects:
    """The notice reached somebody."""
    return Effects(given={"effective_on": serve(file, given)["on"].isoformat()})


def hold(file: File, given: Mapping) -> Effects:
    """The pieces by name, as the record of the hearing tells them."""
    names = file.once(of_case)
    crossed = [row | {"name": names[row["piece"]]} for row in given["crossed"]]
    return Effects(given=asking(file) | staff(file) | {"crossed": crossed})


def terminate(file: File, given: Mapping) -> Effects:
    """The hearing is over without a report."""
    return Effects(given=asking(file) | staff(file), outcome={"ground": given["ground"], "reason": given["reason"]})


def withdraw(file: File, given: Mapping) -> Effects:
    """The party wants no hearing any more."""
    return Effects(outcome={"document": given["document"]})


def report(file: File, given: Mapping) -> Effects:
    """The case learns when the hearing was held, what was shown there, and what the host proposes."""
    held = said(file, "hold_hearing")
    outcome = {
        "held_on": held["began_at"][:10], "host": held["host_name"], "presented": [row["piece"] for row in held["crossed"]],
        "proposal": given["proposal"], "opinion": given["opinion"],
    }  # fmt: skip
    about = {"held_at": held["began_at"], "ended_at": held["ended_at"], "present": held["present"]}
    return Effects(given=asking(file) | staff(file) | about, outcome=outcome)


ACTIONS = {
    "receive_request": receive,
    "refuse_hearing": refuse,
    "appoint_host": appoint,
    "notify_hearing": notify,
    "serve_hearing_notice": served,
    "hold_hearing": hold,
    "terminate_hearing": terminate,
    "withdraw_hearing": withdraw,
    "report_hearing": report,
}

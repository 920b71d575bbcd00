"""What a step always asks and no story need tell: the two inspectors, the case's own matter, times of records, papers to be served."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from laojian.procedure.step import File, local

from .story import NOT_SAID
from .walk import Walk
from .wording import LEAST_RECORD, respondent

SERVES = {
    "serve_order": ("correction_order",),
    "serve_notice": ("penalty_notice", "treatment_notice"),
    "serve_decision": ("penalty_decision", "treatment_decision", "no_penalty_decision", "revocation"),
}


# Steps that hand a paper of their track to somebody outside: it is sealed before.
SEALED_FIRST = {"hand_to_police": ("crime_transfer", "crime_items"), "file_application": ("court_application",)}


def routine(walk: Walk, verb: str, at: datetime) -> dict:
    """The matter-of-course part of what a step is given; the story's own words go before it."""
    make = MAKERS.get(verb)
    return make(walk, walk.file, at) if make else {}


def inspectors(walk: Walk) -> list[int]:
    """The ids of the two inspectors, the one in charge first."""
    return [officer.pk for officer in walk.cast.posts["inspector"][:2]]


def filing(walk: Walk, file: File, at: datetime) -> dict:
    kept = {"matter": file.case["matter"], "in_competence": True}
    return kept | ({"began_on": file.case["began_on"]} if file.case["began_on"] else {})


def assignment(walk: Walk, file: File, at: datetime) -> dict:
    lead, second = inspectors(walk)
    return {"lead": lead, "second": second}


def sitting(walk: Walk, file: File, at: datetime) -> dict:
    times = {"began_at": at - LEAST_RECORD, "ended_at": at - timedelta(minutes=1)}
    return times | {"shown": True, "party": respondent(file)}


def kept(walk: Walk, file: File, at: datetime) -> dict:
    return {"kept_at": at - timedelta(minutes=1), "shown": True}


def session(walk: Walk, file: File, at: datetime) -> dict:
    return {"began_at": at - LEAST_RECORD, "ended_at": at - timedelta(minutes=1)}


def evidence(walk: Walk, file: File, at: datetime) -> dict:
    return {
        "kind": "document", "form": "checked_copy", "collected_on": local(at).date(), "collectors": inspectors(walk),
    }  # fmt: skip


def payment(walk: Walk, file: File, at: datetime) -> dict:
    return {"on": local(at).date(), "of": "wages", "payer": respondent(file)}


def performed(walk: Walk, file: File, at: datetime) -> dict:
    return {"on": local(at).date()}


def reply(walk: Walk, file: File, at: datetime) -> dict:
    open_ = [source["id"] for source in file.sources if not source["replied_on"]]
    return {"source": open_[0] if open_ else None, "way": "letter"}


def statement(walk: Walk, file: File, at: datetime) -> dict:
    return {"party": respondent(file), "made_at": at - timedelta(minutes=1)}


def letter(walk: Walk, file: File, at: datetime) -> dict:
    return {"party": respondent(file)}


def finding(walk: Walk, file: File, at: datetime) -> dict:
    began = file.case["began_on"]
    return letter(walk, file, at) | ({"began_on": began} if began else {}) | {"ceased_on": file.case["ceased_on"]}


def ordinary(walk: Walk, file: File, at: datetime) -> dict:
    """Notices do not say whether the leaders thought a case major: those that tell of no discussion were not."""
    return {"major": "no", "major_reason": "没有须经集体讨论的情形"}


def reported(walk: Walk, file: File, at: datetime) -> dict:
    return {"sent_on": local(at).date(), "way": "platform", "office": "上一级人力资源社会保障部门"}


Maker = Callable[[Walk, File, datetime], dict]
MAKERS: Mapping[str, Maker] = {
    "propose_filing": filing, "assign": assignment, "reassign": assignment, "name_team": assignment, "record_inquiry": sitting,
    "record_inspection": sitting, "add_evidence": evidence, "register_payment": payment, "note_performance": performed,
    "reply": reply, "hear_statement": statement, "waive": letter, "call_in": letter, "find_violation": finding,
    "decide_penalty": ordinary, "record_discussion": session, "keep": kept, "report_superior": reported,
}  # fmt: skip


def to_serve(walk: Walk, verb: str) -> list[tuple[int, int]]:
    """The papers that a step of service has to bring, each with an addressee whom it has not reached: (paper, party)."""
    file = walk.fresh()
    pairs = []
    for paper in file.papers:
        if paper["code"] in SERVES[verb] and not paper["voided"]:
            served = {service["party_id"] for service in paper["services"]}
            bound = [o["addressee_id"] for o in file.obligations if o["seq"] == paper["nth"]]
            told = paper["given"].get("party")
            addressees = dict.fromkeys(bound or ([told] if told else [respondent(file)]))
            pairs += [(paper["id"], party) for party in addressees if party not in served]
    return pairs


def service(walk: Walk, at: datetime, paper: int, party: int) -> dict:
    """One service by hand, of which the notice says no more than that it was made."""
    second = walk.cast.posts["inspector"][1].name
    return {
        "paper": paper,
        "party": party,
        "method": "direct",
        "done_at": at,
        "receiver": NOT_SAID,
        "second_server": second,
    }

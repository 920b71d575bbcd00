"""Writers of notice, decision, performance, closing and archive."""

from collections.abc import Mapping

from laojian.intake.models import Source
from laojian.lawbook import Set, law
from laojian.papers.actions import approval
from laojian.papers.models import Paper
from laojian.procedure.step import Effects, File
from laojian.procedure.take import actor_of

from ..checklist import filled
from ..course import NOTICES
from ..guards import since
from ..models import Case, Obligation, Payment
from ..penalty_guards import fined
from .ledger import bind
from .tracks import subjects

FILED_WITH = ("report_superior", "report_government")  # not where the bureau need not report


def propose_notice(file: File, given: Mapping) -> Effects:
    """The notices that fit the proposal are drafted for the approver; what they say of the fine is what is told."""
    if given.get("fine") is not None:
        Case.objects.filter(pk=file.id).update(proposed_fine=given["fine"])
    codes = {
        "penalty": ["penalty_notice"],
        "treatment": ["treatment_notice"],
        "both": ["penalty_notice", "treatment_notice"],
    }
    return Effects(papers=[(code, {}) for code in codes[file.case["proposal"]]])


def approve_notice(file: File, given: Mapping) -> Effects:
    """The notices are approved as they read; whoever alters one asks for approval again."""
    by = actor_of(file, file.flow["approve_notice"]) | {"at": file.at.isoformat(), "opinion": given["opinion"]}
    drafts = [each["id"] for each in file.drafts if each["code"] in NOTICES]
    Paper.objects.filter(pk__in=drafts).update(approval=approval(by) | {"seq": file.seq + 1})
    return Effects()


def review(file: File, given: Mapping) -> Effects:
    """What the file showed for each line is kept with the opinion: what the reviewer had before him."""
    return Effects(given={"shown": {line.key: [each.text for each in line.found] for line in filled(file)}})


def waive(file: File, given: Mapping) -> Effects:
    """The time of the party that gave up its right ends; everybody else's runs on (apl-45)."""
    return Effects(
        stops=(*subjects(file, "defense", given["party"]), *subjects(file, "hearing_request", given["party"]))
    )


def reexamine(file: File, given: Mapping) -> Effects:
    """The fine after re-examination, never higher."""
    if given.get("fine") is not None:
        Case.objects.filter(pk=file.id).update(proposed_fine=given["fine"])
    return Effects()


def renotify(file: File, given: Mapping) -> Effects:
    """What is intended has changed and must be told again."""
    changed = {"proposal": given.get("proposal") or file.case["proposal"]}
    if given.get("fine") is not None:
        changed["proposed_fine"] = given["fine"]
    Case.objects.filter(pk=file.id).update(**changed)
    return Effects()


def decide(file: File, given: Mapping) -> Effects:
    """A decision binds each addressee; wages it demands are ordered worker by worker (lsr-26)."""
    other = any(
        file.has_taken(verb) and since(file, verb, "end_investigation")
        for verb in ("decide_penalty", "decide_treatment")
    )
    first_of_two = file.case["proposal"] == "both" and not other
    return Effects(
        keeps=("decide", "conclude") if first_of_two else (),
        clocks={key: None for key in FILED_WITH if file.bureau["options"].get(key) is False} | too_small(file, given),
        given=bind(file, given) | {"unmet": unmet(file, given)},
        papers=[("decision_approval", {})],
    )


def too_small(file: File, given: Mapping) -> dict[str, None]:
    """A fine below the sum that the local government has set need not be reported to it (local-record)."""
    limit = law().local("report_amount", file.bureau["options"], file.on)
    small = isinstance(limit, Set) and sum(fined(given).values()) < limit.value
    return {"report_government": None} if small else {}


def unmet(file: File, given: Mapping) -> str:
    """What was ordered and not done, on which the fine rests, line by line."""
    chosen = given.get("rests_on") or ()
    return "\n".join(o["demand"] for o in file.obligations if o["id"] in chosen)


def end_without_burden(file: File, given: Mapping) -> Effects:
    """No penalty, or the filing revoked: approved on a sheet like every decision; whoever is not punished is taught (apl-33)."""
    taught = [("education_record", {})] if given.get("education") else []
    return Effects(papers=[("decision_approval", {}), *taught])


def perform(file: File, given: Mapping) -> Effects:
    """An obligation without money was met."""
    Obligation.objects.filter(pk=given["obligation"], dossier_id=file.id).update(
        met_on=given["on"], note=given["note"][:200]
    )
    return Effects()


def close(file: File, given: Mapping) -> Effects:
    """The case is closed."""
    return Effects(dossier={"ended_on": file.on})


def propose_closing(file: File, given: Mapping) -> Effects:
    """What was paid is listed, with its vouchers."""
    return Effects(papers=[("payment_record", {})] if Payment.objects.filter(dossier_id=file.id).exists() else [])


def reply(file: File, given: Mapping) -> Effects:
    """One source has its answer."""
    Source.objects.filter(pk=given["source"], dossier_id=file.id).update(replied_on=file.on, reply=given["content"])
    return Effects(papers=[("reply_letter" if given["way"] == "letter" else "reply_record", {})])


def archive(file: File, given: Mapping) -> Effects:
    """The file lies in the archive and can only be added to."""
    return Effects(dossier={"open": False})

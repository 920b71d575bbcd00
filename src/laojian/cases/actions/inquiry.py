"""Writers of investigation: records, evidence, orders, corrections, its end."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError

from laojian.clocks.models import Deadline, Extension
from laojian.evidence.actions import attach
from laojian.lawbook import due
from laojian.people.models import Officer
from laojian.procedure.step import Effects, File, Reason, Refused
from laojian.procedure.timing import row_of

from ..models import Case, Inquiry, Obligation
from .ledger import bind
from .recorded import bring

OURS = ("files", "late_reason", "recorded", "began_at", "ended_at", "device")  # what the evidence itself is not told


def hold_inquiry(file: File, given: Mapping) -> Effects:
    """A record of inquiry; its paper is drafted by the step."""
    held = Inquiry.objects.create(
        dossier_id=file.id, seq=file.seq + 1, person=given["person"], standing=given["standing"], party_id=given.get("party"),
        began_at=given["began_at"], ended_at=given["ended_at"], place=given["place"],
        inspectors=[file.dossier["lead_id"], file.dossier["second_id"]],
    )  # fmt: skip
    nth = sum(each["person"] == given["person"] for each in file.inquiries) + 1
    return Effects(given={"inquiry": held.pk, "nth": nth})


def plan_inspection(file: File, given: Mapping) -> Effects:
    """An inspection of an enterprise is approved first, and announced by a notice (gbf54)."""
    return Effects(papers=[("inspection_notice", {})])


def add_evidence(file: File, given: Mapping) -> Effects:
    """Evidence enters the file, numbered, with the hash of what was uploaded."""
    by = Officer(pk=file.actor["id"], name=file.actor["name"])
    told = {key: value for key, value in given.items() if key not in OURS}
    try:
        kept = attach(file.id, given["files"], told, by, file.at)
    except ValidationError as wrong:
        raise Refused([Reason(text, "apl-46") for text in wrong.messages]) from wrong
    return Effects(given={"evidence": [piece.pk for piece in kept]} | bring(file, given, kept))


def note_correction(file: File, given: Mapping) -> Effects:
    """Which obligations of the orders were met and which were not, each by itself: a fine may rest on the unmet ones alone."""
    open_ = [o["id"] for o in file.obligations if not o["met_on"]]
    met = open_ if given["result"] == "all" else [int(key) for key in given.get("obligations") or []]
    unmet = [key for key in open_ if key not in met]
    Obligation.objects.filter(dossier_id=file.id, pk__in=met).update(met_on=file.on, unmet_on=None)
    Obligation.objects.filter(dossier_id=file.id, pk__in=unmet).update(unmet_on=file.on)
    return Effects(given={"met": met, "unmet": unmet})


def end_investigation(file: File, given: Mapping) -> Effects:
    """What is established and proposed."""
    Case.objects.filter(pk=file.id).update(
        facts=given["facts"], proposal=given["proposal"], proposed_fine=given.get("fine")
    )
    return Effects(papers=[("final_report", {})])


def order(file: File, given: Mapping) -> Effects:
    """A correction order binds its addressees; wages it demands are ordered worker by worker (lsr-18, lsr-26)."""
    return Effects(given=bind(file, given))


def extend(file: File, given: Mapping) -> Effects:
    """Lengthen the investigation once; the old and the new date are kept with the approver (lsr-17)."""
    return lengthened(file, "investigate", given["opinion"])


def lengthened(file: File, key: str, reason: str) -> Effects:
    """The period of this key, lengthened by what the law allows; the old and the new date are kept with the approver."""
    clock = file.running(key)[0]
    new = due(key, date.fromisoformat(clock["started_on"]), extended=True)
    Extension.objects.create(
        deadline_id=clock["id"], was_due_on=clock["due_on"], due_on=new.due_on, approved_on=file.on,
        approver_id=file.actor["id"], reason=reason,
    )  # fmt: skip
    Deadline.objects.filter(pk=clock["id"]).update(
        due_on=new.due_on, strict_on=new.strict_on, rolled_on=new.rolled_on, provisional=new.provisional, extended=True
    )
    was = {"was": clock["due_on"], "was_provisional": clock["provisional"]}
    clock |= row_of(
        new, clock["subject"], extended=True
    )  # the file's next date is derived from its clocks as they now run
    return Effects(given=was | {"due_on": new.due_on.isoformat()})

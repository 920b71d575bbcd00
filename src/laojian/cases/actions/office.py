"""Writers of suspension and of the leaders' discussion."""

from collections.abc import Mapping

from laojian.clocks.actions import resume as run_on
from laojian.clocks.actions import suspend as stand_still
from laojian.clocks.rules import suspendable
from laojian.lawbook import law
from laojian.procedure.step import Effects, File

from ..models import Case
from ..panel import suspension_grounds
from .beside import asked_by


def suspend(file: File, given: Mapping) -> Effects:
    """The clocks that the law lets stand still do; the others run on, with a second date beside them."""
    asked = asked_by(file, "ask_suspension")
    ground = suspension_grounds().get(asked["ground"], asked["ground"])
    clocks = suspendable(file.clocks)
    stand_still(clocks, on=file.on, ground=ground, approver_id=file.actor["id"])
    told = {"ground": ground, "why": asked["reason"], "document": asked["document"]}
    return Effects(given=told | {"periods": "\n".join(law().clock(c["key"]).label for c in clocks)})


def resume(file: File, given: Mapping) -> Effects:
    """They run on, each from a day as much later as it stood still."""
    new = run_on(file.clocks, on=file.on)
    return Effects(given={"periods": "\n".join(f"{found.label}至 {found.due_on}" for found in new.values())})


def record_discussion(file: File, given: Mapping) -> Effects:
    """What the leaders concluded binds whoever decides."""
    Case.objects.filter(pk=file.id).update(discussed=given["conclusion"])
    return Effects()


ACTIONS = {"suspend": suspend, "resume": resume, "record_discussion": record_discussion}

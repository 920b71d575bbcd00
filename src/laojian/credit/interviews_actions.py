"""Writers of interviews."""

from collections.abc import Mapping

from laojian.employers.models import Employer
from laojian.procedure.step import Effects, File

from .models import Interview

TOLD = ("held_at", "place", "person", "post", "officers", "reason", "minutes", "commitments")


def record(file: File, given: Mapping) -> Effects:
    """The interview as it was held."""
    employer = Employer.objects.get(pk=given["employer"])
    Interview.objects.create(
        dossier_id=file.id, employer=employer, done_by=given.get("done_by"), **{name: given[name] for name in TOLD}
    )
    title = f"约谈 {employer.name}"
    return Effects(dossier={"title": title[:200], "employer_id": employer.pk}, words=title)


def follow(file: File, given: Mapping) -> Effects:
    """What was done of what was promised."""
    Interview.objects.filter(pk=file.id).update(outcome=given["outcome"])
    return Effects()


def close(file: File, given: Mapping) -> Effects:
    """Nothing is left to follow."""
    follow(file, given)
    return Effects(dossier={"ended_on": file.on, "open": False})


ACTIONS = {"record_interview": record, "note_commitment": follow, "close_interview": close}

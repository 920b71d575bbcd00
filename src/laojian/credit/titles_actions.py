"""Writers of titles."""

from collections.abc import Mapping

from laojian.employers.models import Employer
from laojian.procedure.step import Effects, File

from .models import Title


def grant(file: File, given: Mapping) -> Effects:
    """The title stands from the day of its grant."""
    employer = Employer.objects.get(pk=given["employer"])
    made = Title.objects.create(
        dossier_id=file.id, employer=employer, level=given["level"], granted_on=given["granted_on"], document=given["document"],
        valid_to=given.get("valid_to"),
    )  # fmt: skip
    title = f"{employer.name} {made.get_level_display()}和谐企业"
    return Effects(dossier={"title": title[:200], "employer_id": employer.pk}, words=f"{title}|{given['document']}")


def review(file: File, given: Mapping) -> Effects:
    """What is on record up to this day was looked at."""
    Title.objects.filter(pk=file.id).update(reviewed_on=given["on"])
    return Effects()


def revoke(file: File, given: Mapping) -> Effects:
    """The title stands no more from the day of its revocation; grade and level follow."""
    Title.objects.filter(pk=file.id).update(
        revoked_on=given["on"], revocation=given["document"], reason=given["reason"]
    )
    return Effects(dossier={"ended_on": given["on"], "open": False})


def expire(file: File, given: Mapping) -> Effects:
    """Its time is over."""
    return Effects(dossier={"ended_on": file.on, "open": False})


ACTIONS = {"grant_title": grant, "review_title": review, "revoke_title": revoke, "expire_title": expire}

"""Reads on titles and interviews: which titles stand, which are to be reviewed, and whom of grade C nobody has yet talked to."""

from datetime import date

from django.db import connection
from django.db.models import Q

from laojian.employers.models import Employer

from .models import Grade, Interview, Title
from .records import facts_sql
from .schemes import scheme_on

AGAINST = ("order", "treatment", "penalty", "listed")  # kinds of facts after which a title is to be looked at again
INTERVIEWED = "C"


def titles_of(region: str, before: int = 0, size: int = 30) -> list[Title]:
    """The titles of a region, the newest first, before a file. One statement."""
    rows = Title.objects.select_related("employer", "dossier").order_by("-dossier_id")
    rows = rows.filter(employer__region=region) if region else rows
    return list((rows.filter(dossier_id__lt=before) if before else rows)[:size])


def stands(title: Title, on: date) -> bool:
    """Whether a title stands on a day."""
    return (
        title.granted_on <= on
        and (title.revoked_on is None or title.revoked_on > on)
        and (title.valid_to is None or title.valid_to >= on)
    )


def against(titles: list[Title], on: date) -> dict[int, list[tuple[str, date, int]]]:
    """What is on record since a title was granted or last reviewed, by title: kind, day, file. What the viewer may see; one statement."""
    standing = {title.employer_id: title for title in titles if stands(title, on)}
    if not standing:
        return {}
    found: dict[int, list[tuple[str, date, int]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT employer, kind, "on", "case" FROM ({facts_sql()}) f WHERE employer = ANY(%s) AND kind = ANY(%s)'
            ' AND reversed IS NULL ORDER BY "on"',
            [list(standing), list(AGAINST)],
        )
        for employer, kind, day, case in cursor.fetchall():
            title = standing[employer]
            if (title.reviewed_on or title.granted_on) < day <= on:
                found.setdefault(title.pk, []).append((kind, day, case))
    return found


def titles_of_employer(employer_id: int) -> list[Title]:
    """The titles of one employer, the newest first. One statement."""
    return list(Title.objects.filter(employer=employer_id).select_related("dossier").order_by("-granted_on"))


def to_interview(region: str, on: date, size: int = 200) -> list[Employer]:
    """Employers of grade C with which nobody has talked this year. One statement."""
    graded = Grade.objects.filter(
        Q(until_on=None) | Q(until_on__gt=on), scheme=scheme_on(on).key, grade=INTERVIEWED, since_on__lte=on
    )
    talked = Interview.objects.filter(held_at__year=on.year).values("employer")
    rows = Employer.objects.filter(pk__in=graded.values("employer")).exclude(pk__in=talked)
    return list((rows.filter(region=region) if region else rows).order_by("pk")[:size])


def interviews_of(region: str, year: int, size: int = 200) -> list[Interview]:
    """The interviews of a year, the newest first. One statement."""
    rows = Interview.objects.filter(held_at__year=year).select_related("employer", "dossier").order_by("-held_at")
    return list((rows.filter(employer__region=region) if region else rows)[:size])

"""How an employer stands for inspections: what graded supervision and the caps of visits ask (visits/standing.py)."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from laojian.employers.models import Employer
from laojian.lawbook.inspection import UNKNOWN
from laojian.visits.standing import NOBODY, Standing

from .contacts import level_of
from .models import Grade
from .schemes import scheme_on


def standing_of(employer_id: int, on: date) -> Standing:
    """Grade in force, level of evidence and industry. Without a grade it is unknown, and lessens nothing. Three statements."""
    found, letter = level_of(employer_id, on), grade_of(employer_id, on)
    industry = Employer.objects.filter(pk=employer_id).values_list("industry", flat=True).first() or ""
    said = f"等级 {letter}" if letter else NOBODY.said
    return Standing(
        letter or UNKNOWN, found.level.key, f"{said}；核实程度 {found.level.key} {found.level.label}", industry
    )


def grade_of(employer_id: int, on: date) -> str:
    """The grade in force on a day; empty when nobody has graded the employer. One statement."""
    return grades_of([employer_id], on).get(employer_id, "")


def grades_of(employer_ids: Iterable[int], on: date) -> dict[int, str]:
    """The grades in force on a day by the scheme that then held, else by any; who was never graded is left out. One statement."""
    rows = Grade.objects.filter(
        Q(until_on=None) | Q(until_on__gt=on), employer__in=list(employer_ids), since_on__lte=on
    )
    held: dict[int, dict[str, str]] = {}
    for employer, scheme, letter in rows.order_by("id").values_list("employer", "scheme", "grade"):
        held.setdefault(employer, {})[scheme] = letter
    wanted = scheme_on(on).key
    return {key: found.get(wanted) or next(iter(found.values())) for key, found in held.items()}

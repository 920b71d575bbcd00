"""How an employer stands for inspections: what graded supervision and the caps of visits ask (visits/standing.py)."""

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
    """The grade in force on a day by the scheme that then held, else by any; empty when nobody has graded the employer."""
    rows = Grade.objects.filter(Q(until_on=None) | Q(until_on__gt=on), employer=employer_id, since_on__lte=on)
    held = dict(rows.order_by("id").values_list("scheme", "grade"))
    return held.get(scheme_on(on).key) or next(iter(held.values()), "")

"""How an employer stands for inspections: what graded supervision and the caps of visits ask (visits/standing.py)."""

from collections.abc import Iterable
from datetime import date

from laojian.employers.models import Employer
from laojian.lawbook.inspection import UNKNOWN
from laojian.visits.standing import NOBODY, Standing

from .contacts import level_of
from .models import Grade
from .schemes import scheme_on

# The same as `held_on` for the whole register: (id, grade) of whoever has a grade on %(on)s, by the scheme %(scheme)s if by several.
HELD = """
SELECT DISTINCT ON (g.employer_id) g.employer_id AS id, g.grade FROM credit_grade g
WHERE g.since_on <= %(on)s AND (g.until_on IS NULL OR g.until_on > %(on)s)
ORDER BY g.employer_id, (g.scheme = %(scheme)s) DESC, g.id DESC"""


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
    """The grades in force on a day; who was never graded is left out. One statement."""
    found = {key: held_on(rows, on) for key, rows in histories(employer_ids).items()}
    return {key: letter for key, letter in found.items() if letter}


def histories(employer_ids: Iterable[int]) -> dict[int, list[Grade]]:
    """Every grade that was ever in force of these employers, newest first. One statement."""
    found: dict[int, list[Grade]] = {}
    for row in Grade.objects.filter(employer__in=list(employer_ids), since_on__isnull=False).order_by("-id"):
        found.setdefault(row.employer_id, []).append(row)
    return found


def held_on(rows: Iterable[Grade], on: date) -> str:
    """The grade in force on a day by the scheme that then held, else by any; empty where there was none."""
    then = [row for row in rows if row.since_on <= on and (row.until_on is None or row.until_on > on)]
    wanted = scheme_on(on).key
    return next((row.grade for row in sorted(then, key=lambda row: row.scheme != wanted)), "")

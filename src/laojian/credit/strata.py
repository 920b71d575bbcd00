"""What the scope of a random inspection may restrict besides the register: the grade in force and the level of evidence, as of today."""

from collections.abc import Iterable

from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.timezone import localdate

from laojian.inspections.pools import CONDITIONS, LABELS

from .contacts import register_sql
from .models import Grade
from .schemes import scheme_on


def of_grade(letters: Iterable[str]) -> Q:
    """Employers whose grade in force, by the scheme of the day, is one of these."""
    today = localdate()
    held = Grade.objects.filter(
        Q(until_on=None) | Q(until_on__gt=today),
        scheme=scheme_on(today).key,
        since_on__lte=today,
        grade__in=list(letters),
    )
    return Q(pk__in=held.values("employer"))


def of_level(keys: Iterable[str]) -> Q:
    """Employers whose level of evidence is one of these."""
    told = f"SELECT id FROM ({register_sql(localdate())}) v WHERE level = ANY(%s)"
    return Q(pk__in=RawSQL(told, [list(keys)]))


def offer() -> None:
    """Let plans restrict their scope by grade and level."""
    CONDITIONS["grade"], CONDITIONS["evidence"] = of_grade, of_level
    LABELS["evidence"] = "核实程度"

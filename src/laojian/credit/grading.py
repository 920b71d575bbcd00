"""Grades from facts: one expression for every engine, and the same rule told fact by fact for one employer. Pure.

Facts are rows (employer, case, kind, on, ended, reversed): `on` when it took effect, `ended` when a standing fact ended,
`reversed` when it fell. Employers are rows (id). What a date or a kind means is said by the scheme (law/grading.yaml).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import ibis
from ibis import _

from .schemes import Rule, Scheme

EMPLOYERS = ibis.table({"id": "int64"}, name="graded_employers")
FACTS = ibis.table(
    {"employer": "int64", "case": "int64", "kind": "string", "on": "date", "ended": "date", "reversed": "date"},
    name="graded_facts",
)


@dataclass(frozen=True)
class Told:
    """One fact of an employer: kind, day, the case (or other file) it comes from; `ended`, `reversed`: from then on no more."""

    kind: str
    on: date
    case: int = 0
    ended: date | None = None
    reversed: date | None = None


def graded(scheme: Scheme, on: date) -> ibis.Table:
    """Every employer with its grade on a day and the key of the rule that decides; empty where none holds.

    Columns: id, grade, rule. Runs wherever the tables `graded_employers` and `graded_facts` are known.
    """
    counted = (
        FACTS.filter(known(on))
        .group_by("employer")
        .agg(**{rule.key: number(rule, scheme, on) for rule in scheme.rules})
    )
    joined = EMPLOYERS.left_join(counted, EMPLOYERS.id == counted.employer)
    holds = {rule.key: joined[rule.key] >= rule.at_least for rule in scheme.rules}
    grade = ibis.cases(*((holds[rule.key], rule.grade) for rule in scheme.rules), else_=scheme.otherwise[0])
    decides = ibis.cases(*((holds[rule.key], rule.key) for rule in scheme.rules), else_="")
    return joined.select(id=joined.id, grade=grade, rule=decides)


def known(on: date) -> ibis.Deferred:
    """Facts that had taken effect by the day and had not fallen."""
    return (_.on <= on) & (_.reversed.isnull() | (_.reversed > on))


def number(rule: Rule, scheme: Scheme, on: date) -> ibis.Deferred:
    """How many cases or facts of the rule's kinds there are: within the period, or still standing."""
    first, _last = scheme.span(on)
    of_kind = _.kind.isin(rule.kinds)
    when = _.on >= first if rule.window == "within" else _.ended.isnull() | (_.ended > on)
    mask = of_kind & when
    return _.case.nunique(where=mask) if rule.count == "cases" else mask.sum()


def statement(scheme: Scheme, on: date, dialect: str) -> str:
    """The expression as SQL of an engine ("postgres", "duckdb", "pyspark")."""
    return str(ibis.to_sql(graded(scheme, on), dialect=dialect))


def counting(rule: Rule, facts: Iterable[Told], scheme: Scheme, on: date) -> list[Told]:
    """The facts that count under a rule on a day, oldest first."""
    first, _last = scheme.span(on)
    rows = (
        row for row in facts if row.kind in rule.kinds and row.on <= on and (row.reversed is None or row.reversed > on)
    )
    if rule.window == "within":
        return sorted((row for row in rows if row.on >= first), key=lambda row: row.on)
    return sorted((row for row in rows if row.ended is None or row.ended > on), key=lambda row: row.on)


def holds(rule: Rule, facts: Iterable[Told], scheme: Scheme, on: date) -> bool:
    """Whether a rule holds: the same that the expression counts."""
    rows = counting(rule, facts, scheme, on)
    return (len({row.case for row in rows}) if rule.count == "cases" else len(rows)) >= rule.at_least


def grade(facts: Iterable[Told], scheme: Scheme, on: date) -> tuple[str, Rule | None]:
    """The grade of one employer and the rule that decides; None: nothing held."""
    rows = list(facts)
    rule = next((rule for rule in scheme.rules if holds(rule, rows, scheme, on)), None)
    return (rule.grade if rule else scheme.otherwise[0]), rule

"""Grades from facts: one expression for every engine, and the same rule told fact by fact for one employer. Pure.

Facts are rows (employer, case, kind, on, ended, reversed): `on` when it took effect, `ended` when a standing fact ended,
`reversed` when it fell. Employers are rows (id). What a date or a kind means is said by the scheme (law/grading.yaml).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import ibis
from ibis import _

from .schemes import Rule, Scheme, Window

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


def graded(scheme: Scheme, window: Window) -> ibis.Table:
    """Every employer with its grade and the key of the rule that decides; empty where none holds.

    Columns: id, grade, rule. Runs wherever the tables `graded_employers` and `graded_facts` are known.
    """
    sums = {measure(rule, scheme): number(rule, window) for rule in scheme.rules}
    counted = FACTS.filter(known(window.known) & looked_at(scheme, window)).group_by("employer").agg(**sums)
    joined = EMPLOYERS.left_join(counted, EMPLOYERS.id == counted.employer)
    holds = {rule.key: joined[measure(rule, scheme)] >= rule.at_least for rule in scheme.rules}
    grade = ibis.cases(*((holds[rule.key], rule.grade) for rule in scheme.rules), else_=scheme.otherwise[0])
    decides = ibis.cases(*((holds[rule.key], rule.key) for rule in scheme.rules), else_="")
    return joined.select(id=joined.id, grade=grade, rule=decides)


def known(on: date) -> ibis.Deferred:
    """Facts that had taken effect by the day and had not fallen."""
    return (_.on <= on) & (_.reversed.isnull() | (_.reversed > on))


def measure(rule: Rule, scheme: Scheme) -> str:
    """The name of what a rule counts: the first rule that counts the same, so that nothing is counted twice."""
    same = lambda other: (other.kinds, other.count, other.window) == (rule.kinds, rule.count, rule.window)  # noqa: E731
    return next(other.key for other in scheme.rules if same(other))


def looked_at(scheme: Scheme, window: Window) -> ibis.Deferred:
    """Facts that some rule may count: of the period, or standing ones of the kinds that may be older."""
    standing = [kind for rule in scheme.rules if rule.window == "standing" for kind in rule.kinds]
    within = (_.on >= window.first) & (_.on <= window.last)
    return within | _.kind.isin(standing) if standing else within


def number(rule: Rule, window: Window) -> ibis.Deferred:
    """How many cases or facts of the rule's kinds there are: within the period, or still standing."""
    within = (_.on >= window.first) & (_.on <= window.last)
    standing = (_.on <= window.latest) & (_.ended.isnull() | (_.ended > window.stood))
    when = within if rule.window == "within" else standing
    mask = _.kind.isin(rule.kinds) & when
    return _.case.nunique(where=mask) if rule.count == "cases" else mask.sum()


def statement(scheme: Scheme, on: date, dialect: str, window: Window | None = None) -> str:
    """The expression as SQL of an engine ("postgres", "duckdb", "pyspark"), over the scheme's own window unless another is named."""
    return str(ibis.to_sql(graded(scheme, window or scheme.window(on)), dialect=dialect))


def counting(rule: Rule, facts: Iterable[Told], window: Window) -> list[Told]:
    """The facts that count under a rule, oldest first."""
    return sorted(
        (row for row in facts if row.kind in rule.kinds and not uncounted(row, rule.window, window)),
        key=lambda row: (row.on, row.case),
    )


def uncounted(row: Told, way: str, window: Window) -> str:
    """Why a fact does not count in a window, in words; empty where it does."""
    if row.reversed is not None and row.reversed <= window.known:
        return f"{row.reversed} 已不再有效"
    if row.on > window.known:
        return f"在 {window.known} 以后"
    if way == "standing":
        if row.on > window.latest:
            return f"在 {window.latest} 以后"
        return f"{row.ended} 已经终止" if row.ended is not None and row.ended <= window.stood else ""
    return "" if window.first <= row.on <= window.last else f"不在 {window.first} 至 {window.last} 之内"


def holds(rule: Rule, facts: Iterable[Told], window: Window) -> bool:
    """Whether a rule holds: the same that the expression counts."""
    rows = counting(rule, facts, window)
    return (len({row.case for row in rows}) if rule.count == "cases" else len(rows)) >= rule.at_least


def grade(facts: Iterable[Told], scheme: Scheme, on: date, window: Window | None = None) -> tuple[str, Rule | None]:
    """The grade of one employer and the rule that decides; None: nothing held."""
    rows, window = list(facts), window or scheme.window(on)
    rule = next((rule for rule in scheme.rules if holds(rule, rows, window)), None)
    return (rule.grade if rule else scheme.otherwise[0]), rule


def in_force(facts: Iterable[Told], scheme: Scheme, run_on: date, on: date) -> tuple[str, Rule | None, bool]:
    """The grade that holds on a day after a grading: the worse of what that grading gives and of what came since.

    With the rule that decides, and whether it is what came since. What came since never raises a grade.
    """
    rows = list(facts)
    first = grade(rows, scheme, run_on, run_again(scheme, run_on, on))
    then = grade(rows, scheme, on, scheme.since(run_on, on))
    later = scheme.worse(first[0], then[0]) != first[0]
    return (*(then if later else first), later)


def run_again(scheme: Scheme, run_on: date, on: date) -> Window:
    """What a grading looked at, with what has fallen since taken out."""
    return replace(scheme.window(run_on), known=on)

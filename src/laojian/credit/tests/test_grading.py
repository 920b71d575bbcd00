"""Grades from facts: every condition at its border, one expression on two engines, and the numbers of a real year."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import duckdb
import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from laojian.credit.grading import Told, counting, grade, statement
from laojian.credit.schemes import grading, schemes

from .registers import EMPLOYERS, GIVEN, by_chance, of_the_year

END, RUN = date(2020, 12, 31), date(2021, 1, 1)  # the last day of the year that a run of the next one looks at
NATIONAL, TIANJIN = schemes()["national"], schemes()["tianjin"]
DAY = date(2021, 6, 1)
FACT = ("n", "employer", "case", "kind", "on", "ended", "reversed")


def run(rows, employers: int, scheme, on: date) -> dict[int, tuple[str, str]]:
    """Grades by the expression on DuckDB."""
    engine = duckdb.connect()
    engine.execute("CREATE TABLE graded_employers AS SELECT range AS id FROM range(1, ?)", [employers + 1])
    engine.execute(
        'CREATE TABLE graded_facts (employer BIGINT, "case" BIGINT, kind TEXT, "on" DATE, ended DATE, reversed DATE)'
    )
    columns = {name: [] for name in ("employer", "case", "kind", "on", "ended", "reversed")}
    for employer, fact in rows:
        for name, value in (("employer", employer), *((n, getattr(fact, n)) for n in list(columns)[1:])):
            columns[name].append(value)
    if columns["employer"]:
        engine.execute(
            "INSERT INTO graded_facts SELECT unnest(?::BIGINT[]), unnest(?::BIGINT[]), unnest(?::TEXT[]), unnest(?::DATE[]), "
            "unnest(?::DATE[]), unnest(?::DATE[])",
            list(columns.values()),
        )
    return {key: (letter, rule) for key, letter, rule in engine.execute(statement(scheme, on, "duckdb")).fetchall()}


def letter(facts: list[Told], scheme=NATIONAL, on: date = RUN) -> tuple[str, str]:
    """The grade and the key of the rule."""
    found, rule = grade(facts, scheme, on)
    return found, rule.key if rule else ""


def test_the_published_numbers_of_a_year_come_out_of_its_facts():
    rows = list(of_the_year())
    found = run(rows, EMPLOYERS, NATIONAL, RUN)
    assert Counter(letter for letter, _ in found.values()) == GIVEN
    assert {"c1", "c2", "c3", "c4", "c5", "c6", "b1", ""} == {rule for _, rule in found.values()}
    clean = next(key for key, (letter, rule) in found.items() if not rule)
    more = run([*rows, (clean, Told("penalty", END, 10**9))], EMPLOYERS, NATIONAL, RUN)
    assert {key for key in found if found[key] != more[key]} == {clean} and more[clean] == ("B", "b1")
    other = Counter(letter for letter, _ in run(rows, EMPLOYERS, TIANJIN, RUN).values())
    assert other["C"] > GIVEN["C"] and sum(other.values()) == EMPLOYERS and "A+" not in other


@pytest.mark.django_db
def test_the_rules_told_one_by_one_and_two_engines_agree_on_a_thousand_registers_by_chance():
    rng = Random(7)
    registers = [by_chance(rng, rng.randrange(1, 13)) for _ in range(1000)]
    days = [date(2020, 3, 1) + timedelta(days=rng.randrange(500)) for _ in range(25)]
    graded, told = set(), {(scheme, on): [statement(scheme, on, name) for name in ("duckdb", "postgres")]
                           for scheme in (NATIONAL, TIANJIN) for on in days}  # fmt: skip
    engine = duckdb.connect()
    with connection.cursor() as cursor:
        loaded(engine.execute, registers, "?", "")
        loaded(cursor.execute, registers, "%s", "TEMP")
        for n, rows in enumerate(registers):
            scheme, on = rng.choice((NATIONAL, TIANJIN)), rng.choice(days)
            engine.execute("UPDATE this SET n = ?", [n])
            cursor.execute("UPDATE this SET n = %s", [n])
            here, there = told[scheme, on]
            cursor.execute(there)
            own = {key: [fact for employer, fact in rows if employer == key] for key in range(1, 13)}
            found = {(key, *letter(facts, scheme, on)) for key, facts in own.items()}
            assert found == set(engine.execute(here).fetchall()) == set(cursor.fetchall())
            graded |= {(scheme.key, rule) for _, _, rule in found}
    assert graded == {(one.key, key) for one in (NATIONAL, TIANJIN) for key in ("", *(rule.key for rule in one.rules))}


def loaded(run, registers, mark: str, temp: str) -> None:
    """All registers in one engine; of `this` number are the tables that the expression reads."""
    rows = [[n, key, f.case, f.kind, f.on, f.ended, f.reversed] for n, rows in enumerate(registers) for key, f in rows]
    types = zip(FACT, ("int", "bigint", "bigint", "text", "date", "date", "date"), strict=True)
    columns = ", ".join(f'unnest({mark}::{kind}[]) AS "{name}"' for name, kind in types)
    run(f"CREATE {temp} TABLE every_fact AS SELECT {columns}", list(map(list, zip(*rows, strict=True))))
    run(f"CREATE {temp} TABLE this AS SELECT 0 AS n")
    run(f"CREATE {temp} TABLE graded_employers AS SELECT unnest({mark}::bigint[]) AS id", [list(range(1, 13))])
    run(f"CREATE {temp} VIEW graded_facts AS SELECT f.* FROM every_fact f JOIN this ON this.n = f.n")


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ([], ("A", "")),
        ([Told("order", END, 1)], ("B", "b1")),
        ([Told("order", END, 1), Told("penalty", END, 1), Told("treatment", END, 1)], ("B", "b1")),  # one case
        ([Told("order", END, n) for n in (1, 2)], ("B", "b1")),
        ([Told("order", END, n) for n in (1, 2, 3)], ("C", "c1")),
        ([Told("order", date(2019, 12, 31), n) for n in (1, 2, 3)], ("A", "")),  # the year before
        ([Told("order", date(2020, 1, 1), 1)], ("B", "b1")),
        ([Told("order", RUN, n) for n in (1, 2, 3)], ("A", "")),  # the year of the run is for the next one
        ([Told("order", END, 1, reversed=RUN)], ("A", "")),  # fell on the day of the run
        ([Told("order", END, 1, reversed=date(2021, 1, 2))], ("B", "b1")),  # stood on the day
        ([Told("mass_event", END, 1)], ("C", "c2")),
        ([Told("grave", END, 1), Told("order", END, 1)], ("C", "c3")),
        ([Told("refused", END, 1)], ("C", "c4")),
        ([Told("obstructed", END, 1)], ("C", "c5")),
        ([Told("criminal", END, 1)], ("C", "c6")),
        ([Told("listed", END, 1), Told("harmony", END, 2)], ("A", "")),  # the national scheme knows neither
    ],
)
def test_the_national_conditions_at_their_borders(facts, told):
    assert letter(facts) == told


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ([Told("penalty", date(2020, 6, 2), 1)], ("C", "t1")),  # the first day of the last year
        ([Told("penalty", date(2020, 6, 1), 1)], ("A", "")),
        ([Told("order", DAY, 1)], ("B", "t4")),
        ([Told("listed", date(2019, 1, 1), 1)], ("C", "t2")),  # stands, however old
        ([Told("listed", date(2019, 1, 1), 1, ended=DAY)], ("A", "")),  # removed that day
        ([Told("harmony", date(2020, 1, 1), 1)], ("A+", "t3")),
        ([Told("harmony", date(2020, 1, 1), 1), Told("order", DAY, 2)], ("A+", "t3")),
        ([Told("harmony", date(2020, 1, 1), 1), Told("penalty", DAY, 2)], ("C", "t1")),  # a penalty outweighs the title
        ([Told("harmony", date(2020, 1, 1), 1, ended=date(2021, 5, 31))], ("A", "")),
    ],
)
def test_the_conditions_of_tianjin_at_their_borders(facts, told):
    assert letter(facts, TIANJIN, DAY) == told


def test_a_finding_alone_changes_nothing_an_order_does_and_its_fall_restores():
    order = Told("order", date(2020, 5, 6), 1)
    assert [letter([]), letter([order])] == [("A", ""), ("B", "b1")]
    fallen = Told("order", date(2020, 5, 6), 1, reversed=date(2021, 9, 1))
    assert letter([fallen], on=date(2021, 9, 1)) == ("A", "") and letter([fallen], on=date(2021, 8, 31)) == ("B", "b1")


BAD = st.builds(
    Told,
    st.sampled_from([key for key in grading()[0] if key != "harmony"]),
    st.dates(date(2020, 6, 2), DAY),
    st.integers(1, 6),
)


@settings(max_examples=200)
@given(st.lists(BAD, max_size=8), BAD, st.sampled_from([NATIONAL, TIANJIN]))
def test_one_more_violation_never_improves_a_grade(facts, one, scheme):
    order = ["A+", "A", "B", "C"]
    before, after = (order.index(grade(rows, scheme, DAY)[0]) for rows in (facts, [*facts, one]))
    assert after >= before


def test_a_grade_unfolds_to_the_facts_that_count():
    facts = [Told("order", date(2020, month, 1), month) for month in (2, 5, 8)] + [Told("order", date(2019, 3, 1), 9)]
    found, rule = grade(facts, NATIONAL, RUN)
    assert found == "C" and [row.case for row in counting(rule, facts, NATIONAL.window(RUN))] == [2, 5, 8]

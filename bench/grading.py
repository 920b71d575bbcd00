"""Grading every employer of a city by the one expression, against a statement of SQL written by hand, on PostgreSQL; and on DuckDB
how the work grows with the register.

Both statements read the same tables and must give the same grades. They take turns in one run, each counting its grades in the
database, so that carrying the rows out, which is the same for both, hides nothing; the result is the ratio of the medians, and
`growth` what an employer of the largest register costs against one of the smallest. The tables are temporary; nothing stays.
"""

import argparse
import json
import time
from contextlib import closing
from datetime import date
from statistics import median

import duckdb
import ground
import psycopg

from laojian.credit.grading import statement
from laojian.credit.schemes import schemes
from laojian.credit.tests.registers import EMPLOYERS, of_the_year

COUNTED = "SELECT grade, rule, count(*) FROM ({}) g GROUP BY 1, 2"
COLUMNS = ("case", "kind", "on", "ended", "reversed")
ON, LAST = "2021-01-01", "2020-12-31"
BY_HAND = f"""
SELECT e.id, CASE WHEN c.dealt >= 3 OR c.mass > 0 OR c.grave > 0 OR c.refused > 0 OR c.obstructed > 0 OR c.criminal > 0 THEN 'C'
                  WHEN c.dealt >= 1 THEN 'B' ELSE 'A' END AS grade,
  CASE WHEN c.dealt >= 3 THEN 'c1' WHEN c.mass > 0 THEN 'c2' WHEN c.grave > 0 THEN 'c3' WHEN c.refused > 0 THEN 'c4'
       WHEN c.obstructed > 0 THEN 'c5' WHEN c.criminal > 0 THEN 'c6' WHEN c.dealt >= 1 THEN 'b1' ELSE '' END AS rule
FROM graded_employers e LEFT JOIN (
  SELECT employer, count(DISTINCT "case") FILTER (WHERE kind IN ('order', 'treatment', 'penalty')) AS dealt,
    count(*) FILTER (WHERE kind = 'mass_event') AS mass, count(*) FILTER (WHERE kind = 'grave') AS grave,
    count(*) FILTER (WHERE kind = 'refused') AS refused, count(*) FILTER (WHERE kind = 'obstructed') AS obstructed,
    count(*) FILTER (WHERE kind = 'criminal') AS criminal
  FROM graded_facts WHERE "on" BETWEEN date '2020-01-01' AND date '{LAST}' AND (reversed IS NULL OR reversed > date '{ON}')
  GROUP BY employer) c ON c.employer = e.id"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--employers", type=int, default=EMPLOYERS)
    asked.add_argument("--times", type=int, default=9, help="how often each statement runs, in turns")
    asked.add_argument(
        "--cities", type=int, nargs="*", default=[11, 106], help="registers on DuckDB: of so many cities"
    )
    told = asked.parse_args()
    with ground.server() as (owner, _), closing(psycopg.connect(owner)) as engine:
        result = measured(engine, told)
    found = growth(told.cities, told.times) if told.cities else {}
    each = {number: seconds / (number * EMPLOYERS) * 1e6 for number, seconds in found.items()}
    for number, seconds in found.items():
        print(
            f"DuckDB, {number * EMPLOYERS:,} employers: {seconds:.3f} s of the processor, {each[number]:.4f} µs an employer"
        )
    if each:
        result["growth"] = round(each[max(each)] / each[min(each)], 3)
    print(json.dumps(result))


def measured(engine: psycopg.Connection, told: argparse.Namespace) -> dict:
    """Ours and the statement by hand in turns on PostgreSQL; AssertionError where they grade differently."""
    engine.execute("CREATE TEMP TABLE graded_employers (id bigint PRIMARY KEY)")
    engine.execute(
        'CREATE TEMP TABLE graded_facts (employer bigint, "case" bigint, kind text, "on" date, ended date, reversed date)'
    )
    engine.execute("INSERT INTO graded_employers SELECT generate_series(1, %s)", [told.employers])
    with engine.cursor().copy("COPY graded_facts FROM STDIN") as rows:
        for employer, fact in of_the_year(told.employers):
            rows.write_row((employer, fact.case, fact.kind, fact.on, fact.ended, fact.reversed))
    engine.execute("ANALYZE graded_employers")
    engine.execute("ANALYZE graded_facts")
    ours = statement(schemes()["national"], date.fromisoformat(ON), "postgres")
    assert sorted(engine.execute(ours).fetchall()) == sorted(engine.execute(BY_HAND).fetchall())
    times: dict[str, list[float]] = {ours: [], BY_HAND: []}
    for turn in range(told.times):
        for sql in sorted(times, key=lambda sql: (sql == BY_HAND) == turn % 2):
            times[sql].append(clocked(lambda sql=sql: engine.execute(COUNTED.format(sql)).fetchall()))
    a, b = median(times[ours]) * 1000, median(times[BY_HAND]) * 1000
    print(f"{told.employers:,} employers on PostgreSQL: {a:.0f} ms by the expression, {b:.0f} ms by hand")
    return {
        "name": "grading",
        "n": told.employers,
        "ours": round(a, 3),
        "yardstick": round(b, 3),
        "unit": "ms",
        "ratio": round(a / b, 3),
    }


def growth(cities: list[int], times: int) -> dict[int, float]:
    """Seconds of the processor that grading so many cities like this one takes on DuckDB, in turns; the least of each.

    Seconds of the processor and not of the clock, because others may be at work on the machine; the least, because whatever
    else happens only adds.
    """
    engines = {number: register(number) for number in cities}
    sql = COUNTED.format(statement(schemes()["national"], date.fromisoformat(ON), "duckdb"))
    spent: dict[int, list[float]] = {number: [] for number in cities}
    for _ in range(max(3, times)):
        for number, engine in engines.items():
            spent[number].append(clocked(lambda engine=engine: engine.execute(sql).fetchall(), time.process_time))
    return {number: min(found) for number, found in spent.items()}


def register(cities: int) -> duckdb.DuckDBPyConnection:
    """A register of so many cities, each with the facts of the year that the city had: as thinly spread as they really are."""
    engine = duckdb.connect()
    rows = list(of_the_year())
    told = [[key for key, _ in rows], *([getattr(fact, name) for _, fact in rows] for name in COLUMNS)]
    engine.execute(
        f"CREATE TABLE graded_employers AS SELECT range AS id FROM range(1, {cities * EMPLOYERS + 1})",
    )
    engine.execute(
        """CREATE TABLE city AS SELECT unnest(?::BIGINT[]) AS employer, unnest(?::BIGINT[]) AS "case", unnest(?::TEXT[]) AS kind,
        unnest(?::DATE[]) AS "on", unnest(?::DATE[]) AS ended, unnest(?::DATE[]) AS reversed""",
        told,
    )
    engine.execute(
        f"""CREATE TABLE graded_facts AS SELECT employer + n * {EMPLOYERS} AS employer, "case" + n * {10**9} AS "case", kind, "on",
        ended, reversed FROM city, range({cities}) t(n)"""
    )
    return engine


def clocked(deed, clock=time.perf_counter) -> float:
    """Seconds that a deed takes by a clock."""
    began = clock()
    deed()
    return clock() - began


if __name__ == "__main__":
    main()

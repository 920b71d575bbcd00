"""Grading every employer of a city by the one expression, against a statement of SQL written by hand, on PostgreSQL; and on DuckDB
how the time grows with the register.

Both statements read the same tables and must give the same grades. They take turns in one run; the result is the ratio of the
medians. The tables are temporary; nothing stays.
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

ON, LAST = "2021-01-01", "2020-12-31"
BY_HAND = f"""
SELECT e.id, CASE WHEN c.dealt >= 3 OR c.mass > 0 OR c.grave > 0 OR c.refused > 0 OR c.obstructed > 0 OR c.criminal > 0 THEN 'C'
                  WHEN c.dealt >= 1 THEN 'B' ELSE 'A' END,
  CASE WHEN c.dealt >= 3 THEN 'c1' WHEN c.mass > 0 THEN 'c2' WHEN c.grave > 0 THEN 'c3' WHEN c.refused > 0 THEN 'c4'
       WHEN c.obstructed > 0 THEN 'c5' WHEN c.criminal > 0 THEN 'c6' WHEN c.dealt >= 1 THEN 'b1' ELSE '' END
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
        "--grow", type=int, nargs="*", default=[1_000_000, 10_000_000], help="sizes of the registers on DuckDB"
    )
    told = asked.parse_args()
    with ground.server() as (owner, _), closing(psycopg.connect(owner)) as engine:
        result = measured(engine, told)
    for n in told.grow:
        print(
            f"DuckDB, {n:,} employers: {(seconds := grown(n, told.times)):.2f} s, {seconds / n * 1e6:.2f} µs an employer",
            flush=True,
        )
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
            times[sql].append(clocked(lambda sql=sql: engine.execute(sql).fetchall()))
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


def grown(employers: int, times: int) -> float:
    """The median seconds of grading a register of this size on DuckDB, two facts to every fiftieth employer and one to the rest."""
    engine = duckdb.connect()
    engine.execute("CREATE TABLE graded_employers AS SELECT range AS id FROM range(1, ?)", [employers + 1])
    engine.execute(
        """CREATE TABLE graded_facts AS SELECT id AS employer, id * 2 + k AS "case",
        CASE WHEN id % 50 = 0 THEN 'penalty' ELSE 'order' END AS kind, DATE '2019-06-01' + CAST(id * 7 % 550 AS INTEGER) AS "on",
        CAST(NULL AS DATE) AS ended, CAST(NULL AS DATE) AS reversed FROM graded_employers, range(2) t(k) WHERE k = 0 OR id % 50 = 0""",
    )
    sql = f"SELECT grade, count(*) FROM ({statement(schemes()['national'], date.fromisoformat(ON), 'duckdb')}) GROUP BY grade"
    return median(clocked(lambda: engine.execute(sql).fetchall()) for _ in range(max(3, times // 2)))


def clocked(deed) -> float:
    """Seconds that a deed takes."""
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()

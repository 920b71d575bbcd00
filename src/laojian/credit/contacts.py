"""What levels rest on, read from every bureau's visits and titles: facts only, no file is opened. Statements do not grow with employers."""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from laojian.lawbook import law

from .grading import Told
from .levels import Found, level, statement
from .records import quoted

# How a visit went is told by its results as they stand: what was resolved or corrected is no longer among them.
VISITED = """
SELECT v.employer_id AS employer, v.dossier_id AS "case", CASE WHEN bool_or(r.code IN ({finding})) THEN 'found'
  WHEN bool_and(r.code IN ({clean})) THEN v.mode ELSE 'seen' END AS kind,
  v.ended_on AS "on", NULL::date AS ended, NULL::date AS reversed
FROM visits_visit v JOIN visits_visitresult r ON r.visit_id = v.dossier_id AND r.ended_seq IS NULL
WHERE v.stands AND v.ended_on IS NOT NULL GROUP BY v.dossier_id
HAVING bool_or(r.code IN ({finding})) OR NOT bool_or(r.code IN ({unmet}))"""
# A title stands from its grant to the day before it was revoked, and at most to the last day of its term.
TITLED = """
SELECT t.employer_id AS employer, t.dossier_id AS "case",
  CASE t.level WHEN 'city' THEN 'harmony' ELSE 'harmony_district' END AS kind, t.granted_on AS "on",
  least(t.revoked_on, t.valid_to + 1) AS ended, NULL::date AS reversed FROM credit_title t"""
PARTS = (VISITED, TITLED)


def facts_sql() -> str:
    """SQL of the facts as rows (employer, case, kind, on, ended, reversed)."""
    codes = law().results.values()
    words = {
        "finding": quoted(tuple(code.key for code in codes if code.finding)),
        "unmet": quoted(tuple(code.key for code in codes if code.unmet)),
        "clean": quoted(
            tuple(code.key for code in codes if not (code.finding or code.unmet) and code.follow == "none")
        ),
    }
    return " UNION ALL ".join(part.format(**words) for part in PARTS)


def register_sql(on: date, whom: str = "") -> str:
    """SQL of (id, level) of every employer of the register, or of those that the condition `whom` names."""
    return f"""WITH graded_employers AS (SELECT id FROM employers_employer {whom}), evidence_facts AS ({facts_sql()})
        {statement(on, "postgres")}"""


def levels_by_grade(run: int, on: date) -> dict[tuple[str, str], int]:
    """How many grades of a run, in force or still proposed, stand beside which level on a day: {(grade, level): n}. One statement."""
    told = f"""SELECT g.grade, l.level, count(*) FROM credit_grade g JOIN ({register_sql(on)}) l ON l.id = g.employer_id
        WHERE g.run_id = %s AND g.until_on IS NULL GROUP BY 1, 2"""
    with connection.cursor() as cursor:
        cursor.execute(told, [run])
        return {(letter, key): n for letter, key, n in cursor.fetchall()}


def levels_of(employer_ids: Iterable[int], on: date) -> dict[int, str]:
    """The level of each of these employers. One statement, none without any."""
    wanted = list(employer_ids)
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(register_sql(on, "WHERE id = ANY(%s)"), [wanted])
        return dict(cursor.fetchall())


def facts_of(employer_id: int) -> list[Told]:
    """The facts of one employer. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT kind, "on", "case", ended, reversed FROM ({facts_sql()}) f WHERE employer = %s', [employer_id]
        )
        return [Told(*row) for row in cursor.fetchall()]


def level_of(employer_id: int, on: date) -> Found:
    """The level of one employer with the records that carry it. One statement."""
    return level(facts_of(employer_id), on)

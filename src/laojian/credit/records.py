"""What grades rest on, read from the records of cases: orders and decisions that were served and stand, and what was found in them."""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from laojian.cases.guards import ORDERS

from .grading import Told, statement
from .models import Exclusion
from .schemes import Scheme, Window, grading

PENALTIES = ("penalty_decision", "spot_penalty")
# What a step entered: the fact, the step, its day, and what else must hold. Whoever was acquitted was not held liable.
ENTRIES = (
    ("criminal", "note_judged", "received_on", "n.given->>'convicted' IS DISTINCT FROM 'no'"),
    ("mass_event", "note_mass_event", "on", "true"),
)
# What every part of the facts reads: whom each file is about, read once; and the cases dropped as minor and corrected, which
# end the orders given in them (lsr-18).
BEGIN = """
WITH files AS MATERIALIZED (SELECT * FROM {files}),
dropped AS MATERIALIZED (
  SELECT f.id, f.employer_id, min(v.effective_on) AS "on" FROM record_entry n JOIN files f ON f.id = n.dossier_id
  JOIN papers_paper p ON p.dossier_id = f.id AND p.code = 'revocation' AND p.voided = '' JOIN papers_service v ON v.paper_id = p.id
  WHERE n.verb = 'revoke_filing' AND n.kind = 'step' AND n.given->>'circumstance' = 'minor' GROUP BY 1, 2)
"""

# A paper counts from the day on which its service took effect on the employer it binds; one that fell is void.
SERVED = """
SELECT DISTINCT coalesce(a.employer_id, d.employer_id) AS employer, d.id AS "case", {kind} AS kind,
  min(v.effective_on) AS "on", NULL::date AS ended, {fallen} AS reversed
FROM papers_paper p JOIN files d ON d.id = p.dossier_id JOIN papers_service v ON v.paper_id = p.id
LEFT JOIN dropped m ON m.id = d.id
LEFT JOIN cases_obligation o ON o.dossier_id = d.id AND o.seq = p.nth
LEFT JOIN cases_party a ON a.id = o.addressee_id
WHERE p.code IN ({codes}) AND p.voided = '' AND p.issued_on IS NOT NULL AND coalesce(a.employer_id, d.employer_id) IS NOT NULL
GROUP BY 1, 2, p.id"""
MINOR = """
SELECT m.employer_id AS employer, m.id AS "case", 'minor' AS kind, m."on", NULL::date AS ended, NULL::date AS reversed
FROM dropped m WHERE m.employer_id IS NOT NULL"""
# What was found, where a penalty for it was served.
FOUND = """
SELECT DISTINCT a.employer_id AS employer, f.dossier_id AS "case", k.kind AS kind, min(v.effective_on) AS "on",
  NULL::date AS ended, NULL::date AS reversed
FROM cases_finding f JOIN cases_party a ON a.id = f.party_id
JOIN papers_paper p ON p.dossier_id = f.dossier_id AND p.code IN ({codes}) AND p.voided = ''
JOIN papers_service v ON v.paper_id = p.id
JOIN (VALUES {powers}) AS k(power, kind) ON k.power = f.power
WHERE f.dropped_seq IS NULL AND a.employer_id IS NOT NULL GROUP BY 1, 2, 3, f.id"""

# A title of the city stands until it is revoked or runs out; those of districts count for no grade.
HARMONY = """
SELECT t.employer_id AS employer, t.dossier_id AS "case", 'harmony' AS kind, t.granted_on AS "on",
  least(t.revoked_on, t.valid_to + 1) AS ended, NULL::date AS reversed FROM credit_title t WHERE t.level = 'city'"""
# Whoever is on the list of those who owe migrant workers wages stands there until it is removed; a revoked listing never counted.
LISTED = """
SELECT l.employer_id AS employer, l.case_id AS "case", 'listed' AS kind, l.decided_on AS "on", l.removed_on AS ended,
  CASE WHEN l.removal = 'revoked' THEN l.halted_on END AS reversed
FROM listing_listing l WHERE l.employer_id IS NOT NULL AND l.decided_on IS NOT NULL"""
# What the record of a case tells: a judgement of the criminal court, a mass event entered with its ground.
ENTERED = """
SELECT f.employer_id AS employer, coalesce(f.parent_id, f.id) AS "case", '{kind}' AS kind, (n.given->>'{day}')::date AS "on",
  NULL::date AS ended, NULL::date AS reversed
FROM record_entry n JOIN files f ON f.id = n.dossier_id
WHERE n.verb = '{verb}' AND n.kind = 'step' AND f.employer_id IS NOT NULL AND {holds}"""
# A fact that an objection took out counts for no grade.
EXCLUDED = """
SELECT f.* FROM ({facts}) f WHERE NOT EXISTS (SELECT FROM credit_exclusion x
  WHERE x.employer_id = f.employer AND x.case_id = f."case" AND x.kind = f.kind AND x."on" = f."on")"""


def quoted(codes: tuple[str, ...]) -> str:
    """Codes of papers as SQL; they are ours, never anybody's input."""
    return ", ".join(f"'{code}'" for code in codes)


def facts_sql(whole: bool = False, only: Iterable[int] | None = None) -> str:
    """SQL of the facts as rows (employer, case, kind, on, ended, reversed) of every bureau's cases; `whole`: with those excluded.

    The files are read once, whatever the kinds; `only`: of these employers, found by their index.
    """
    facts, _ = grading()
    powers = ", ".join(f"('{power}', '{key}')" for key, fact in facts.items() for power in fact.powers)
    kinds = {"order": ORDERS, "treatment": ("treatment_decision",), "penalty": PENALTIES}
    fallen = {"order": 'min(m."on")'}
    parts = [
        SERVED.format(kind=f"'{kind}'", codes=quoted(tuple(codes)), fallen=fallen.get(kind, "NULL::date"))
        for kind, codes in kinds.items()
    ]
    parts += [ENTERED.format(kind=kind, verb=verb, day=day, holds=holds) for kind, verb, day, holds in ENTRIES]
    parts += [MINOR, FOUND.format(codes=quoted(PENALTIES), powers=powers), HARMONY, LISTED]
    wanted = None if only is None else ", ".join(str(int(key)) for key in only)
    files = "credit_files()" if wanted is None else f"credit_files_of(ARRAY[{wanted}]::bigint[])"
    some = "" if wanted is None else f" WHERE f.employer = ANY(ARRAY[{wanted}]::bigint[])"
    every = f"{BEGIN.format(files=files)} SELECT f.* FROM ({' UNION ALL '.join(parts)}) f{some}"
    return every if whole else EXCLUDED.format(facts=every)


def with_records(statement: str, whom: str = "") -> str:
    """A statement of `grading.statement` for PostgreSQL, run on the register, or those that `whom` names, and on the record."""
    return f"""WITH graded_employers AS (SELECT id FROM employers_employer {whom}), graded_facts AS ({facts_sql()})
        {statement}"""


def everybody(scheme: Scheme, on: date, window: Window | None = None, region: str = "") -> dict[int, tuple[str, str]]:
    """Every employer's grade and deciding rule, from the register and the record. One statement."""
    whom = "WHERE region = %s" if region else ""
    with connection.cursor() as cursor:
        cursor.execute(with_records(statement(scheme, on, "postgres", window), whom), [region] if region else None)
        return {key: (letter, rule) for key, letter, rule in cursor.fetchall()}


def facts_of(employer: int, whole: bool = False) -> list[Told]:
    """The facts of one employer; `whole`: with those that an objection excluded. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT kind, "on", "case", ended, reversed FROM ({facts_sql(whole, [employer])}) f WHERE employer = %s',
            [employer],
        )
        return [Told(*row) for row in cursor.fetchall()]


def excluded(employer: int) -> list[Exclusion]:
    """The facts of an employer that objections took out."""
    return list(Exclusion.objects.filter(employer_id=employer).order_by("on"))


def handlers_of(dossier: int) -> set[int]:
    """Who took a step on a file, of whichever bureau. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT actor_id FROM record_entry WHERE dossier_id = %s AND kind = 'step'", [dossier])
        return {actor for (actor,) in cursor.fetchall()}

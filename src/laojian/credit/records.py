"""What grades rest on, read from the records of cases: orders and decisions that were served and stand, and what was found in them."""

from laojian.cases.guards import ORDERS

from .schemes import grading

PENALTIES = ("penalty_decision", "spot_penalty")

# A paper counts from the day on which its service took effect on the employer it binds; one that fell is void.
SERVED = """
SELECT DISTINCT coalesce(a.employer_id, d.employer_id) AS employer, d.id AS "case", {kind} AS kind,
  min(v.effective_on) AS "on", NULL::date AS ended, NULL::date AS reversed
FROM papers_paper p JOIN dossier_dossier d ON d.id = p.dossier_id JOIN papers_service v ON v.paper_id = p.id
LEFT JOIN cases_obligation o ON o.dossier_id = d.id AND o.seq = p.nth
LEFT JOIN cases_party a ON a.id = o.addressee_id
WHERE p.code IN ({codes}) AND p.voided = '' AND p.issued_on IS NOT NULL AND coalesce(a.employer_id, d.employer_id) IS NOT NULL
GROUP BY 1, 2, p.id"""
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


def quoted(codes: tuple[str, ...]) -> str:
    """Codes of papers as SQL; they are ours, never anybody's input."""
    return ", ".join(f"'{code}'" for code in codes)


def facts_sql() -> str:
    """SQL of the facts as rows (employer, case, kind, on, ended, reversed), whatever the reader may see."""
    facts, _ = grading()
    powers = ", ".join(f"('{power}', '{key}')" for key, fact in facts.items() for power in fact.powers)
    kinds = {"order": ORDERS, "treatment": ("treatment_decision",), "penalty": PENALTIES}
    parts = [SERVED.format(kind=f"'{kind}'", codes=quoted(tuple(codes))) for kind, codes in kinds.items()]
    return " UNION ALL ".join([*parts, FOUND.format(codes=quoted(PENALTIES), powers=powers), HARMONY])


def with_records(statement: str) -> str:
    """A statement of `grading.statement` for PostgreSQL, run on the register and on what the reader may see of the record."""
    return f"WITH graded_employers AS (SELECT id FROM employers_employer), graded_facts AS ({facts_sql()}) {statement}"

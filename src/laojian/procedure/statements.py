"""The three statements of a step, the only raw SQL of the procedure: read the file whole, move it, write the record.

A step pays for statements (about half a millisecond each through an ORM), so the file is read by one, which is also what
is hashed, and written by two.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from django.db import connection
from psycopg import Cursor

from laojian.record.actions import ENTRY

from .step import Flow

LOCK = "SELECT flow FROM dossier_dossier WHERE id = %s FOR UPDATE"
FLOW = "SELECT flow FROM dossier_dossier WHERE id = %s"
LEND = """INSERT INTO dossier_access (dossier_id, officer_id, role, document, since, until)
SELECT %(track)s, officer_id, role, document, since, until FROM dossier_access WHERE dossier_id = %(parent)s"""


def ask(sql: str, parameters: Mapping | Sequence) -> tuple | None:
    """Run one of these statements within the transaction and give its first row; None when it has none.

    Parameters are bound by the server, so that it plans a long statement once for a connection and not once for a step.
    """
    bare = Cursor(connection.connection)
    with connection.make_debug_cursor(bare) if connection.queries_logged else connection.make_cursor(bare) as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone() if cursor.description else None


def row(alias: str, names: str) -> str:
    """A row as a jsonb value of these columns, named one by one: a column added later does not change what was hashed."""
    pairs = ", ".join(f"'{name}', {alias}.{name}" for name in names.split())
    return f"jsonb_build_object({pairs})"


def digested(alias: str, columns: str) -> str:
    """SQL of the digest of many rows in the order of their ids: thousands are hashed, and no step reads them."""
    rows = f"coalesce(jsonb_agg({row(alias, columns)} ORDER BY {alias}.id)::text, '')"
    return f"encode(sha256(convert_to({rows}, 'UTF8')), 'hex')"


def many(table: str, columns: str) -> str:
    """SQL of a file's rows in a table: how many there are, and their digest."""
    return f"""(SELECT jsonb_build_object('count', count(*), 'rows', {digested("t", columns)})
        FROM {table} t WHERE t.dossier_id = d.id)"""


DOSSIER = row("d", """id flow state seq number title bureau_id district_id employer_id parent_id lead_id second_id opened_on filed_on
    ended_on due_on due_clock open""")  # fmt: skip
CLOCK = row("c", """id key subject started_on due_on strict_on rolled_on provisional length unit version basis extended ended_on
    ending""")  # fmt: skip
SEAL = row("s", "id way on file by_name refused witness")
SERVICE = row("v", """id addressee party_id method done_at effective_on why place servers receiver relation refusal witness
    receipt""")  # fmt: skip

PARTS = {
    "dossier": DOSSIER,
    # A clock taken up again goes on with its suspensions; one that has none is told as if there were no such thing.
    "clocks": f"""(SELECT coalesce(jsonb_agg({CLOCK} || coalesce(p.told, '{{}}') ORDER BY c.id), '[]')
                  FROM clocks_deadline c LEFT JOIN LATERAL (
                    SELECT jsonb_build_object('suspended', jsonb_agg(jsonb_build_array(s.started_on, s.ended_on, s.ground)
                                                                     ORDER BY s.id)) AS told
                    FROM clocks_deadline o JOIN clocks_suspension s ON s.deadline_id = o.id
                    WHERE o.dossier_id = c.dossier_id AND o.key = c.key AND o.subject = c.subject
                      AND o.started_on = c.started_on AND o.id <= c.id HAVING count(*) > 0) p ON true
                  WHERE c.dossier_id = d.id)""",
    "papers": f"""(SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'nth', p.nth, 'code', p.code, 'label', p.label,
                    'number', p.number, 'issued_on', p.issued_on, 'digest', p.digest, 'pdf', p.pdf, 'voided', p.voided,
                    'given', p.given,
                    'seals', (SELECT coalesce(jsonb_agg({SEAL} ORDER BY s.id), '[]')
                              FROM papers_seal s WHERE s.paper_id = p.id),
                    'services', (SELECT coalesce(jsonb_agg({SERVICE} ORDER BY v.id), '[]')
                                 FROM papers_service v WHERE v.paper_id = p.id)) ORDER BY p.id), '[]')
                  FROM papers_paper p WHERE p.dossier_id = d.id AND p.issued_on IS NOT NULL)""",
}

AROUND = """
  coalesce((SELECT e.hash FROM record_entry e WHERE e.dossier_id = d.id AND e.seq = d.seq), ''),
  (SELECT coalesce(jsonb_agg(jsonb_build_array(e.seq, e.verb, e.label, e.actor_id, e.actor_name, e.at) ORDER BY e.seq), '[]')
   FROM record_entry e WHERE e.dossier_id = d.id AND e.kind IN ('step', 'settle')),
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'nth', p.nth, 'code', p.code, 'label', p.label,
     'approval', p.approval) ORDER BY p.id), '[]')
   FROM papers_paper p WHERE p.dossier_id = d.id AND p.issued_on IS NULL AND p.voided = ''),
  (SELECT to_jsonb(b) || jsonb_build_object('superior', (SELECT s.name FROM people_bureau s WHERE s.id = b.parent_id))
   FROM people_bureau b WHERE b.id = d.bureau_id),
  (SELECT coalesce(jsonb_object_agg(o.id, jsonb_build_array(o.name, (SELECT c.number FROM people_certificate c
     WHERE c.officer_id = o.id AND c.kind <> 'lawyer' AND c.valid_from <= %(on)s AND c.valid_to >= %(on)s
     AND (c.revoked_on IS NULL OR c.revoked_on > %(on)s) ORDER BY c.kind DESC, c.valid_to DESC LIMIT 1))), '{}')
   FROM people_officer o WHERE o.id IN (d.lead_id, d.second_id)),
  (SELECT jsonb_build_object('id', o.id, 'name', o.name, 'username', o.username, 'system', o.system, 'bureau_id', o.bureau_id,
     'roles', (SELECT coalesce(jsonb_agg(p.role), '[]') FROM people_post p WHERE p.officer_id = o.id
               AND p.bureau_id = d.bureau_id AND p.since <= %(on)s AND (p.until IS NULL OR p.until >= %(on)s)),
     'lent', (SELECT coalesce(jsonb_agg(jsonb_build_object('role', a.role, 'document', a.document)), '[]')
              FROM dossier_access a WHERE a.officer_id = o.id AND a.dossier_id = d.id AND a.role <> ''
              AND a.since <= %(on)s AND (a.until IS NULL OR a.until >= %(on)s)),
     'certificates', (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', c.kind, 'number', c.number,
                        'valid_from', c.valid_from, 'valid_to', c.valid_to, 'revoked_on', c.revoked_on)), '[]')
                      FROM people_certificate c WHERE c.officer_id = o.id))
   FROM people_officer o WHERE o.id = %(by)s)"""


@cache
def _state(name: str, parts: tuple[tuple[str, str], ...]) -> str:
    pairs = ", ".join(f"'{key}', {sql}" for key, sql in parts)
    return f"jsonb_build_object({pairs})::text"


def state_of(flow: Flow) -> str:
    """SQL of the file's state as canonical text: what is hashed."""
    return _state(flow.name, tuple((PARTS | dict(flow.parts)).items()))


def read(flow: Flow) -> str:
    """Parameters: id, by, on. Columns: state text, newest hash, steps taken, drafts, bureau, its two inspectors, actor."""
    return f"SELECT {state_of(flow)}, {AROUND} FROM dossier_dossier d WHERE d.id = %(id)s"


def reread(flow: Flow) -> str:
    """Parameters: id. The state text alone, after the write."""
    return f"SELECT {state_of(flow)} FROM dossier_dossier d WHERE d.id = %(id)s"


MOVABLE = frozenset(
    ["number", "title", "parent_id", "employer_id", "lead_id", "second_id", "filed_on", "ended_on", "open", "sealed"]
)


def move(columns: tuple[str, ...]) -> str:
    """Move the file, end and start clocks, clear and fill the desks, let the file be found by `words`.

    Columns beyond the fixed ones must be movable.
    """
    if strange := set(columns) - MOVABLE:
        raise ValueError(f"a step may not set {sorted(strange)}")
    sets = "".join(f", {column} = %({column})s" for column in columns)
    return f"""
WITH moved AS (
  UPDATE dossier_dossier SET state = %(state)s, seq = %(seq)s, due_on = %(due_on)s, due_clock = %(due_clock)s{sets}
  WHERE id = %(id)s),
ended AS (
  UPDATE clocks_deadline SET ended_on = %(on)s, ending = %(ending)s WHERE id = ANY(%(ended)s)),
started AS (
  INSERT INTO clocks_deadline (dossier_id, key, subject, started_on, due_on, strict_on, rolled_on, provisional, length, unit,
                               version, basis, extended, ending)
  SELECT %(id)s, x.key, x.subject, x.started_on, x.due_on, x.strict_on, x.rolled_on, x.provisional, x.length, x.unit,
         x.version, x.basis, x.extended, ''
  FROM jsonb_to_recordset(%(started)s::jsonb) AS x(key text, subject text, started_on date, due_on date, strict_on date,
       rolled_on date, provisional boolean, length int, unit text, version date, basis text, extended boolean)),
cleared AS (
  DELETE FROM dossier_desk WHERE dossier_id = %(id)s),
named AS (
  INSERT INTO dossier_find (dossier_id, bigrams) SELECT %(id)s, bigrams(%(words)s) WHERE %(words)s <> ''
  ON CONFLICT (dossier_id) DO UPDATE SET bigrams = EXCLUDED.bigrams)
INSERT INTO dossier_desk (officer_id, dossier_id, due_on)
SELECT DISTINCT officer_id, %(id)s::bigint, %(due_on)s::date FROM (
  SELECT unnest(%(hands)s::bigint[]) AS officer_id
  UNION ALL
  SELECT p.officer_id FROM people_post p WHERE p.bureau_id = %(bureau_id)s AND p.role = ANY(%(waits)s)
    AND p.since <= %(on)s AND (p.until IS NULL OR p.until >= %(on)s)
  UNION ALL
  SELECT a.officer_id FROM dossier_access a WHERE a.dossier_id = %(id)s AND a.role = ANY(%(waits)s)) AS desks"""


SETTLE = """
WITH fixed AS (
  UPDATE clocks_deadline c SET due_on = x.due_on, strict_on = x.strict_on, rolled_on = x.rolled_on, provisional = x.provisional
  FROM jsonb_to_recordset(%(fixed)s::jsonb) AS x(id bigint, due_on date, strict_on date, rolled_on date, provisional boolean)
  WHERE c.id = x.id),
moved AS (
  UPDATE dossier_dossier SET seq = %(seq)s, due_on = %(due_on)s, due_clock = %(due_clock)s WHERE id = %(id)s)
UPDATE dossier_desk SET due_on = %(due_on)s WHERE dossier_id = %(id)s"""

RECORD = f"""
WITH drafts AS (
  INSERT INTO papers_paper (dossier_id, nth, code, label, given, body, approval, number, digest, pdf, voided)
  SELECT %(dossier_id)s, %(seq)s, x.code, x.label, x.given, x.body, coalesce(x.approval, '{{}}'), '', '', '', ''
  FROM jsonb_to_recordset(%(drafts)s::jsonb) AS x(code text, label text, given jsonb, body jsonb, approval jsonb)),
{ENTRY}"""

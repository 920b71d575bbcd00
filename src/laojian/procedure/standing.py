"""What stands in the tables, as streams that `record verify` holds against the record; and the snapshot it reads them in."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from psycopg import Connection

from laojian.people.models import Officer
from laojian.record.standing import DIGEST
from laojian.record.streams import STREAMS

from .statements import state_of
from .step import Flow
from .take import FLOWS

PAPERS = """SELECT p.id, p.dossier_id, p.label, p.number, p.issued_on, p.digest, p.body
FROM papers_paper p WHERE p.issued_on IS NOT NULL ORDER BY p.id"""
FILES = """
SELECT f.sha256, min(f.place) FROM (
  SELECT sha256, '上传 ' || id AS place FROM evidence_file
  UNION ALL SELECT pdf, '卷宗 ' || dossier_id || ' 文书 ' || id FROM papers_paper WHERE pdf <> ''
  UNION ALL SELECT file, '文书 ' || paper_id || ' 盖章件' FROM papers_seal
  UNION ALL SELECT receipt, '文书 ' || paper_id || ' 送达回证' FROM papers_service WHERE receipt <> '') f
WHERE f.sha256 <> '' GROUP BY f.sha256 ORDER BY 1"""


def streams() -> dict[str, str]:
    """Every stream of the record and of what it tells of, by name."""
    states = (
        f"SELECT d.id, d.seq, {told(flow)} FROM dossier_dossier d WHERE d.flow = '{name}'"
        for name, flow in FLOWS.items()
    )
    return STREAMS | {"dossiers": " UNION ALL ".join(states), "papers": PAPERS, "files": FILES}


def told(flow: Flow) -> str:
    """SQL of a file's state; of a sealed one its digest, so that whoever verifies learns nothing of it."""
    state = state_of(flow)
    return f"'{DIGEST}' || encode(sha256(convert_to({state}, 'UTF8')), 'hex')" if flow.sealed else state


@contextmanager
def snapshot() -> Iterator[Connection]:
    """A connection that reads everything as of one moment, in the name of the clock, who sees every file."""
    clock = Officer.objects.get(username="clock", system=True)
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT set_config('app.user', %s, true)", [str(clock.pk)])
        yield connection.connection

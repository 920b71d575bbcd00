"""The record as streams of lines, read by PostgreSQL's COPY: what `record verify` reads, and what an export consists of.

Later rooms add streams of their own tables; each has a name, which is also that of its file in an export.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from psycopg import Connection

from .rules import LINE

AT = """to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
LINES = ", ".join(AT if name == "at" else f"e.{name}" for name in LINE)
# By number of the entry: indexes walked side by side, nothing sorted. What stands before the line: number, place in the tree,
# leaf, salt, and the seconds since it was written where it has no place yet.
ENTRIES = f"""
SELECT e.id, l.index, coalesce(l.hash, p.leaf), s.salt,
  CASE WHEN l.index IS NULL THEN extract(epoch FROM now() - e.written_at)::bigint END, {LINES}
FROM record_entry e LEFT JOIN record_leaf l ON l.entry_id = e.id LEFT JOIN record_salt s ON s.entry_id = e.id
  LEFT JOIN record_pending p ON p.entry_id = e.id
ORDER BY e.id"""
GONE = """
SELECT l.entry_id, l.index, l.hash, t.by_entry FROM record_leaf l LEFT JOIN record_tombstone t ON t.entry_id = l.entry_id
WHERE NOT EXISTS (SELECT FROM record_entry e WHERE e.id = l.entry_id) ORDER BY l.index"""
STREAMS: dict[str, str] = {
    "entries": ENTRIES,
    "gone": GONE,
    "heads": "SELECT size, text, key, signature FROM record_head ORDER BY size, id",
    "nodes": "SELECT level, index, hash FROM record_node ORDER BY level, index",
    "sequence": "SELECT last_value, (SELECT coalesce(max(id), 0) FROM record_entry) FROM record_entry_id_seq",
    "orphans": """SELECT 'salt', s.entry_id FROM record_salt s
                  WHERE NOT EXISTS (SELECT FROM record_entry e WHERE e.id = s.entry_id)
                  UNION ALL SELECT 'tombstone', t.entry_id FROM record_tombstone t
                  WHERE EXISTS (SELECT FROM record_entry e WHERE e.id = t.entry_id) LIMIT 1000""",
    "destructions": f"SELECT e.id, {LINES} FROM record_entry e WHERE e.verb = 'destroy' ORDER BY e.id",
}


def lines(connection: Connection, sql: str) -> Iterator[bytes]:
    """The rows of a query as lines of COPY's text, without their ends."""
    with connection.cursor() as cursor, cursor.copy(f"COPY ({sql}) TO STDOUT") as rows:
        for row in rows:
            yield bytes(row)[:-1]


def reading(connection: Connection, streams: Mapping[str, str]) -> Callable[[str], Iterable[bytes]]:
    """Gives the lines of a stream by its name, from the database; one that is not known has none."""
    return lambda name: lines(connection, streams[name]) if name in streams else ()

"""Reads on deadlines: every running date counted again from its start and the law, and compared with what is stored."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from laojian.dossier.queries import beyond
from laojian.lawbook import LawError, Pause
from laojian.people.acting import acting
from laojian.people.models import Officer

from .models import Deadline
from .rules import recomputed

BATCH = 500
START = ("key", "started_on", "length", "unit", "extended")
COMPARED = ("due_on", "strict_on", "rolled_on", "provisional", "length", "unit", "version", "basis")

SUSPENDED = """
SELECT c.id, s.started_on, s.ended_on, s.ground FROM clocks_deadline c
JOIN clocks_deadline o ON o.dossier_id = c.dossier_id AND o.key = c.key AND o.subject = c.subject
  AND o.started_on = c.started_on AND o.id <= c.id
JOIN clocks_suspension s ON s.deadline_id = o.id
WHERE c.id = ANY(%s) ORDER BY c.id, s.id"""


@dataclass(frozen=True)
class Difference:
    """A running deadline that the law dates otherwise than it is stored: each such column, or why it cannot be counted."""

    dossier_id: int
    deadline_id: int
    key: str
    found: str

    def __str__(self) -> str:
        return f"卷宗 {self.dossier_id} 的期限 {self.key}（{self.deadline_id}）与法规重算不一致：{self.found}"


def clock() -> Officer:
    """The officer in whose name periods lapse and dates are fixed."""
    return Officer.objects.get(username="clock", system=True)


def recompute() -> Iterator[Difference]:
    """Every running deadline whose stored dates are not those of its start, length and law today. Changes nothing."""
    columns = ("id", "dossier_id", *START, *COMPARED)
    for rows in batches(Deadline.objects.filter(ending=""), columns, clock()):
        known = pauses_of([row[0] for row in rows])
        for row in rows:
            if found := unlike((*row[2:7], known.get(row[0], ())), dict(zip(COMPARED, row[7:], strict=True))):
                yield Difference(row[1], row[0], row[2], "；".join(found))


def pauses_of(deadlines: list[int]) -> dict[int, tuple[Pause, ...]]:
    """The suspensions of these deadlines, and of those from which each goes on when taken up again, by deadline."""
    found: dict[int, tuple[Pause, ...]] = {}
    with connection.cursor() as cursor:
        cursor.execute(SUSPENDED, [deadlines])
        for deadline, first, last, ground in cursor.fetchall():
            found[deadline] = (*found.get(deadline, ()), Pause(first, last, ground))
    return found


def unlike(start: tuple, stored: dict) -> list[str]:
    """What of the stored dates and law differs from the period counted again; or why the law cannot count it."""
    try:
        again = recomputed(*start)
    except LawError as wrong:
        return [str(wrong)]
    return [
        f"{name} {value} → {getattr(again, name)}" for name, value in stored.items() if value != getattr(again, name)
    ]


def batches(rows: QuerySet, columns: tuple[str, ...], by: Officer) -> Iterator[list[tuple]]:
    """The rows in batches by key (the leading columns up to `id`), each read in a short transaction of its own."""
    order = columns[: columns.index("id") + 1]
    after = None
    while True:
        with acting(by.pk):
            found = rows.filter(beyond(order, after)) if after else rows
            batch = list(found.order_by(*order).values_list(*columns)[:BATCH])
        if batch:
            yield batch
        if len(batch) < BATCH:
            return
        after = batch[-1][: len(order)]

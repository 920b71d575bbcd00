"""The clock as an actor: periods that are over lapse, dates that were provisional are fixed. Each file in its own transaction."""

import json
import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from django.db import connection

from laojian.clocks.models import Deadline
from laojian.clocks.queries import START, Difference, batches, clock, recompute
from laojian.clocks.rules import recount
from laojian.lawbook import LawError
from laojian.people.acting import acting
from laojian.people.models import Officer
from laojian.record.actions import completed
from laojian.record.rules import digest_text

from . import statements, timing
from .step import ROLE_LABELS, File, Refused, local
from .take import FLOWS, out_of_time, read, take, written

log = logging.getLogger(__name__)
FIXED = ("due_on", "strict_on", "rolled_on", "provisional")


def nightly(at: datetime) -> tuple[int, int, list[Difference]]:
    """The night's work in its order: files whose dates were fixed, steps by which periods lapsed, what differs from the law."""
    return settle(at), lapse_due(local(at).date(), at), list(recompute())


def lapse_due(day: date, at: datetime) -> int:
    """Let every period lapse that ended before `day`, where the table has a step for it; returns how many steps were taken.

    A refusal is logged and stops nothing; of two workers at once, one takes the step. Provisional dates never lapse: no
    right ends on a day that a coming notice may still move.
    """
    by = clock()
    return each(lapsing(by, day), lambda dossier_id, verb: take(dossier_id, verb, by=by, at=at, given={}))


def lapsing(by: Officer, day: date) -> Iterator[tuple[int, str]]:
    """Each file with a period over before the day, and the clock's step that ends it in the file's state."""
    steps = [(flow.name, step) for flow in FLOWS.values() for step in flow.steps if "clock" in step.roles]
    keys = {key for _, step in steps for key in step.stops}
    over = Deadline.objects.filter(ending="", provisional=False, due_on__lt=day, key__in=keys).exclude(
        suspensions__isnull=False, suspensions__ended_on=None
    )
    columns = ("due_on", "id", "dossier_id", "key", "dossier__flow", "dossier__state")
    for rows in batches(over, columns, by):
        yield from {
            (dossier_id, step.verb): None
            for _, _, dossier_id, key, flow, state in rows
            for name, step in steps
            if name == flow and key in step.stops and state in step.sources
        }


def settle(at: datetime) -> int:
    """Fix, once and with an entry, every running provisional date that the calendar now settles; returns how many files."""
    by = clock()
    waiting = Deadline.objects.filter(ending="", provisional=True)
    found = (row for rows in batches(waiting, ("id", "dossier_id", *START), by) for row in rows)
    files = ((row[1],) for row in found if settled(dict(zip(START, row[2:], strict=True))))
    return each(files, lambda dossier_id: settle_file(dossier_id, by, at))


def settled(clock: dict) -> dict | None:
    """The clock's row as the law now dates it; None while the calendar lacks a year of it, or the law cannot count it."""
    try:
        again = recount(clock)
    except LawError:
        return None  # `recompute` reports it
    return None if again.provisional else timing.row_of(again)


def settle_file(dossier_id: int, by: Officer, at: datetime) -> bool:
    """Fix one file's dates; False when another worker has. `Refused` when `at` is before the file's last entry."""
    with acting(by.pk):
        file = read(dossier_id, by.pk, at, lock=True)
        if reasons := list(out_of_time(file)):
            raise Refused(reasons)
        provisional = [c for c in file.clocks if c["provisional"] and not c["ending"]]
        fixed = {c["id"]: {name: row[name] for name in FIXED} for c in provisional if (row := settled(c))}
        if fixed:
            write_settled(file, fixed)
    return bool(fixed)


def write_settled(file: File, fixed: dict[int, dict]) -> None:
    """The fixed dates, the file's next date, its desks, and the entry, chained like a step's."""
    running = [c | fixed.get(c["id"], {}) for c in file.clocks if not c["ending"]]
    nearest = timing.nearest(running, timing.compared(file))
    told = [
        {"key": c["key"], "subject": c["subject"], "was": c["due_on"], "due_on": fixed[c["id"]]["due_on"]}
        for c in file.clocks
        if c["id"] in fixed
    ]
    rows = json.dumps([{"id": key} | row for key, row in fixed.items()])
    moved = {
        "id": file.id,
        "seq": file.seq + 1,
        "fixed": rows,
        "due_on": nearest["due_on"],
        "due_clock": nearest["key"],
    }
    with connection.cursor() as cursor:
        cursor.execute(statements.SETTLE, moved)
        cursor.execute(statements.reread(file.flow), {"id": file.id})
        entry = completed({
            "kind": "settle", "dossier_id": file.id, "bureau_id": file.dossier["bureau_id"], "seq": file.seq + 1,
            "verb": "settle_dates", "label": "放假安排公布，期限确定", "at": file.at, "actor_id": file.actor["id"],
            "actor_name": file.actor["name"], "actor_post": ROLE_LABELS["clock"], "from_state": file.state,
            "to_state": file.state, "effects": {"settled": told, "on": file.on.isoformat()},
            "state_hash": digest_text(cursor.fetchone()[0]), "previous": file.head,
        })  # fmt: skip
        cursor.execute(statements.RECORD, written(entry, []))


def each(items: Iterable[tuple], deed: Callable) -> int:
    """Do the deed on each file, none of which stops the rest; returns on how many it was done."""
    done = 0
    for dossier_id, *more in items:
        try:
            done += bool(deed(dossier_id, *more))
        except Refused as refused:
            log.warning("卷宗 %s %s：%s", dossier_id, " ".join(more), refused)
        except Exception:
            log.exception("卷宗 %s %s 未能办理", dossier_id, " ".join(more))
    return done

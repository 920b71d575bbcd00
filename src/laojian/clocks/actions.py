"""The only writers of the ledger of suspensions. A step of a procedure calls them; they move no file.

How a procedure suspends: the action of its step `suspend` calls `suspend(suspendable(file.clocks), on=file.on, …)`, that of
`resume` calls `resume(file.clocks, on=file.on)`. Both change the rows of `file.clocks` in place, so that the file's next
date follows; a clock that stands still is not late, does not lapse and is nobody's next date. The guard asks
`clocks.rules`: `suspendable` (is there anything to suspend), `suspended` (is it already). The approver is whom the version
of the law names (`version_of(clock).suspension.approver`), and its article is `suspension.basis`.
"""

from datetime import date, timedelta

from laojian.lawbook import Due

from .models import Deadline, Suspension
from .rules import recount, suspended

DATES = ("due_on", "strict_on", "rolled_on", "provisional")


def suspend(clocks: list[dict], *, on: date, ground: str, approver_id: int) -> None:
    """Suspend these running clocks from this day on, which is the first that does not count."""
    Suspension.objects.bulk_create(
        Suspension(
            deadline_id=clock["id"], started_on=on, ground=ground, approver_id=approver_id, was_due_on=clock["due_on"]
        )
        for clock in clocks
    )
    for clock in clocks:
        clock["suspended"] = [*clock.get("suspended", ()), [on.isoformat(), None, ground]]


def resume(clocks: list[dict], *, on: date) -> dict[str, Due]:
    """Let every suspended clock among these run on from this day, the first that counts again; its new date by its key.

    One taken up on the very day of its suspension has stood still for that day.
    """
    waiting = [clock for clock in clocks if not clock["ending"] and suspended(clock)]
    last = {clock["id"]: max(on - timedelta(days=1), began(clock)) for clock in waiting}
    rows = Suspension.objects.filter(deadline_id__in=last, ended_on=None)
    for ended_on in set(last.values()):
        rows.filter(deadline_id__in=[key for key, day in last.items() if day == ended_on]).update(ended_on=ended_on)
    found = {}
    for clock in waiting:
        *before, (first, _, ground) = clock["suspended"]
        clock["suspended"] = [*before, [first, last[clock["id"]].isoformat(), ground]]
        found[clock["key"]] = new = recount(clock)
        clock |= {name: plain(getattr(new, name)) for name in DATES}
    Deadline.objects.bulk_update(
        [Deadline(pk=clock["id"], **{name: clock[name] for name in DATES}) for clock in waiting], DATES
    )
    return found


def began(clock: dict) -> date:
    """The first day of the suspension that lasts."""
    return date.fromisoformat(clock["suspended"][-1][0])


def plain(value: date | bool) -> str | bool:
    """A date as the file's rows hold it."""
    return value.isoformat() if isinstance(value, date) else value

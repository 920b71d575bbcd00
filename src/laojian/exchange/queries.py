"""Reads on the outbox: pages of it by key, one row with its whole trail, what waits for a platform."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from laojian.employers.identifiers import mask_number

from .models import Attempt, Comparison, Connection, Outgoing
from .platforms import Platform, platforms
from .templates import template

OPEN = (Outgoing.Delivery.HELD, Outgoing.Delivery.WAITING)


def page(bureau_id: int, everything: bool, after: int | None = None, size: int = 30) -> list[Outgoing]:
    """A page of a bureau's outbox, newest first; one more than `size` tells that there are more."""
    rows = Outgoing.objects.filter(bureau_id=bureau_id).order_by("-id")
    if not everything:
        rows = rows.filter(delivery__in=OPEN)
    if after:
        rows = rows.filter(pk__lt=after)
    return list(rows[: size + 1])


def versions(row: Outgoing) -> list[Outgoing]:
    """All versions of the thing for the platform, newest first."""
    return list(Outgoing.objects.filter(platform=row.platform, key=row.key).order_by("-version"))


def trail(row: Outgoing) -> list[Attempt]:
    """Every attempt at every version of the thing, newest first."""
    rows = Attempt.objects.filter(outgoing__platform=row.platform, outgoing__key=row.key)
    return list(rows.select_related("outgoing").order_by("-id")[:200])


def content(row: Outgoing) -> list[tuple[str, str]]:
    """What a version says, column by column; what is sealed is masked."""
    told = template(row.kind, row.made_at.date())
    if told is None:
        return [(key, str(value)) for key, value in row.payload.items()]
    shown = []
    for key in (*(key for key in told.columns if key in row.payload), *(row.payload.keys() - told.columns.keys())):
        value = row.payload[key]
        column = told.columns.get(key)
        sealed = column is not None and column.sealed
        shown.append((column.label if column else key, mask_number(str(value), 0, 2) if sealed else str(value)))
    return shown


@dataclass(frozen=True)
class Standing:
    """How a bureau stands with a platform: connected where, how much waits, what the last comparison found."""

    platform: Platform
    connection: Connection | None
    waiting: int
    compared: Comparison | None


def standings(bureau_id: int) -> list[Standing]:
    """Every platform, in the order of the law's file. Three statements."""
    linked = {each.platform: each for each in Connection.objects.filter(bureau_id=bureau_id)}
    open_ = Outgoing.objects.filter(bureau_id=bureau_id, delivery__in=OPEN)
    waiting = dict(open_.values_list("platform").annotate(count=Count("id")))
    newest = Comparison.objects.filter(bureau_id=bureau_id).order_by("platform", "-id").distinct("platform")
    compared = {each.platform: each for each in newest}
    return [
        Standing(each, linked.get(key), waiting.get(key, 0), compared.get(key)) for key, each in platforms().items()
    ]


def to_hand_over(bureau_id: int, platform: str, most: int = 5000) -> list[Outgoing]:
    """What waits for a platform, oldest first."""
    rows = Outgoing.objects.filter(bureau_id=bureau_id, platform=platform, delivery=Outgoing.Delivery.WAITING)
    return list(rows.order_by("id")[:most])


def late(row: Outgoing, on: date) -> bool:
    """Whether its last day is over and the platform does not have it."""
    return row.due_on is not None and row.due_on < on and row.delivery in OPEN

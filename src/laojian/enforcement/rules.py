"""Sums and days of enforcement, pure: what is due by instalments, a surcharge on a fine paid in parts, the window of the court."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from laojian.lawbook import Due, Pause, due, surcharge


def due_by(table: Iterable[Mapping], on: date) -> Decimal:
    """What must have been paid before a day: the rows {due_on, amount} of a table whose last day is over."""
    return sum((Decimal(str(row["amount"])) for row in table if row["due_on"] < on.isoformat()), Decimal(0))


def next_row(table: Sequence[Mapping], paid: Decimal) -> Mapping | None:
    """The first row of a table that a sum paid since the grant does not cover; None when all is paid."""
    total = Decimal(0)
    for row in table:
        total += Decimal(str(row["amount"]))
        if paid < total:
            return row
    return None


def added(
    parts: Iterable[tuple[Decimal, date]], due_on: date, pauses: Iterable[Pause]
) -> tuple[Decimal, list[list[str]]]:
    """The surcharge on a fine paid in parts, each (yuan, day of payment), with the reasons for each part that was late.

    A part is a fine of its own paid in full on its day, so that nobody pays on what was already paid; the caps add up to
    the whole fine (apl-72, acl-45).
    """
    pauses = tuple(pauses)
    late = [surcharge(amount, due_on, paid_on, pauses) for amount, paid_on in parts if amount and paid_on > due_on]
    return sum((each.amount for each in late), Decimal(0)), [each.explain() for each in late]


def window(relief_ends: date, instalments_end: date | None) -> Due:
    """Until when the court may be asked: from the end of the time for relief, or of the instalments where that is later.

    The fine law counts from the end of the instalments (apl-72); while relief is still open the court hears nobody
    (acl-53), hence the later of the two.
    """
    return due("court", max(relief_ends, instalments_end or relief_ends))

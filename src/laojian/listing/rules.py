"""From when a listed employer may be removed early, and how long it stays: pure, from the days and the law."""

from datetime import date

from laojian.lawbook import due, law
from laojian.lawbook.counting import Due

PERIODS = ("blacklist", "old_blacklist_first", "old_blacklist_again")


def eligible(corrected_on: date, since_on: date) -> Due:
    """The day from which an early removal may be granted: six months of being listed, counted from the correction (black-12).

    One that corrected before it was listed has been listed for no longer than since its listing.
    """
    return due("blacklist_exit", max(corrected_on, since_on))


def begun(overdue_on: date) -> date:
    """From when the time to decide runs: the last day to pay, or the day on which the rules began to hold if that is later (black-8)."""
    return max(overdue_on, min(version.valid_from for version in law().clock("blacklist_decide").versions))


def lasting(decided_on: date, again: bool = False) -> Due:
    """Until when a listing decided on a day lasts. LookupError where no rules of a list held on that day."""
    keys = ("blacklist", PERIODS[2] if again else PERIODS[1])
    for key in keys:
        if any(version.in_force(decided_on) for version in law().clock(key).versions):
            return due(key, decided_on)
    raise LookupError(f"{decided_on} 没有施行中的名单办法")

"""What the file's clocks say, without the database: which may be suspended, which stand still, when each ends again."""

from datetime import date

from laojian.lawbook import Due, Pause, due, law
from laojian.lawbook.clocks import Version


def version_of(clock: dict) -> Version:
    """The version of the law that counts a clock, given as the file's row."""
    return law().clock(clock["key"]).version(date.fromisoformat(str(clock["started_on"])))


def pauses(clock: dict) -> tuple[Pause, ...]:
    """The suspensions of a clock, as the file's row tells them: [first day, last day or None, ground]."""
    return tuple(
        Pause(date.fromisoformat(first), date.fromisoformat(last) if last else None, ground)
        for first, last, ground in clock.get("suspended", ())
    )


def suspended(clock: dict) -> bool:
    """Whether a suspension of the clock has begun and not ended, whatever its effect."""
    return any(last is None for _, last, _ in clock.get("suspended", ()))


def stands_still(clock: dict) -> bool:
    """Whether the clock cannot run out now: it is suspended, and the law lets a suspension stop it."""
    return suspended(clock) and version_of(clock).suspension.effect == "stops"


def suspendable(clocks: list[dict]) -> list[dict]:
    """The running clocks that the law lets be suspended, stopped or only shown, and that are not suspended yet."""
    running = (clock for clock in clocks if not clock["ending"] and not suspended(clock))
    return [clock for clock in running if version_of(clock).suspension]


def recount(clock: dict) -> Due:
    """The clock, given as the file's row, counted again from its start by the law. Raises LawError."""
    started_on = date.fromisoformat(str(clock["started_on"]))
    return recomputed(clock["key"], started_on, clock["length"], clock["unit"], clock["extended"], pauses(clock))


def recomputed(
    key: str, started_on: date, length: int, unit: str, extended: bool, pauses: tuple[Pause, ...] = ()
) -> Due:
    """The period counted again from its start; a length that a paper or the bureau fixed is the stored one. Raises LawError."""
    version = law().clock(key).version(started_on)
    own = not isinstance(version.length, int) or version.confidence == "C"
    own = own and not version.days
    return due(key, started_on, extended, length if own else None, unit if own else None, pauses=pauses)

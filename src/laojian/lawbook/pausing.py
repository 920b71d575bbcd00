"""Suspension of a period: which days did not count, and how much later it ends for them. Pure; the ledger is in clocks/."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from laojian.lawbook.calendar import ONE_DAY


@dataclass(frozen=True)
class Pause:
    """Days on which a matter was suspended, both included; `last` None: it still is, and nobody knows until when."""

    first: date
    last: date | None
    ground: str

    @property
    def days(self) -> int:
        """How many days; 0 while it has not ended."""
        return (self.last - self.first).days + 1 if self.last else 0

    def told(self) -> str:
        """The pause in words, with its days and its ground."""
        span = f"{self.first} 至 {self.last}（{self.days} 天）" if self.last else f"{self.first} 起，尚未恢复"
        return f"{span}，{self.ground}"


def paused(pauses: Iterable[Pause]) -> frozenset[date]:
    """Every day on which something was suspended; a day in two pauses is one day."""
    return frozenset(p.first + ONE_DAY * n for p in pauses for n in range(p.days))


def pushed(start: date, end: date, off: frozenset[date]) -> date:
    """The end of a period of calendar days after `start`, later by every suspended day that lies in it."""
    missing = sum(start < on <= end for on in off)
    while missing:
        end += ONE_DAY
        missing -= end not in off
    return end

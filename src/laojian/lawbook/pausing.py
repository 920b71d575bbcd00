"""Suspension: which days did not count, how much later a period ends for them, and on which grounds a surcharge pauses.

Pure; the ledger of what was suspended is in clocks/.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from laojian.lawbook.articles import CONFIDENCE, Article
from laojian.lawbook.calendar import ONE_DAY
from laojian.lawbook.dated import dated
from laojian.lawbook.reading import Page, Table, day, one_of, table, text


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


@dataclass(frozen=True)
class GroundVersion:
    """From when to when, both included, a ground stopped the counting, and on which article."""

    valid_from: date
    valid_to: date | None
    basis: str
    confidence: str
    note: str

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class PauseGround:
    """A ground on which a surcharge is not counted, such as reconsideration."""

    key: str
    label: str
    versions: tuple[GroundVersion, ...]


GROUND_FIELDS = {"label": text, "values": table}
GROUND_VALUE_FIELDS = {"basis": text, "confidence": one_of(*CONFIDENCE)}
GROUND_VALUE_EXTRAS = {"to": day, "note": text}


def pause_grounds(page: Page, known: dict[str, Article]) -> dict[str, PauseGround]:
    """The grounds of law/surcharge.yaml by their key; faults go to the page."""
    found: dict[str, PauseGround] = {}
    for key, row in page.content.items():
        if not isinstance(key, str) or not isinstance(row, Table):
            page.fault(page.content.at(key), f"{key} 应为一个事由的键值表")
        elif page.fits(row, key, GROUND_FIELDS, {}):
            rows = dated(page, key, row["values"], known, GROUND_VALUE_FIELDS, GROUND_VALUE_EXTRAS)
            versions = (GroundVersion(a, b, v["basis"], v["confidence"], v.get("note", "")) for a, b, v in rows)
            found[key] = PauseGround(key, row["label"], tuple(versions))
    return found

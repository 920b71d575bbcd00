"""What a score rests on: the facts of a file, whatever its flow, and a flaw that cites where it lies. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Did:
    """A step that was taken, as its entry tells it. `given` None: a step that is only thought of, whose input nobody knows yet."""

    seq: int
    verb: str
    label: str
    at: datetime
    on: date
    actor_id: int
    actor: str
    certificate: str
    given: Mapping | None
    late: tuple[str, ...] = ()  # keys of the clocks that it ended too late
    drafted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """All that a score rests on. `parts` is the file as one statement reads it; a part that a flow does not have is empty.

    `papers` are the fixed ones, each with `wants_seal` besides; `evidence` the open pieces; `lawyers` those of the actors who
    were qualified when they acted; `powers` the keys of found powers not held by the bureau on the day;
    `labels` the names of papers by code.
    """

    flow: str
    id: int
    on: date
    steps: tuple[Did, ...]
    parts: Mapping[str, Any]
    papers: tuple[Mapping, ...] = ()
    drafts: tuple[Mapping, ...] = ()
    evidence: tuple[Mapping, ...] = ()
    tracks: tuple["Facts", ...] = ()
    lawyers: frozenset[int] = frozenset()
    powers: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)

    def part(self, name: str) -> list:
        """A part of the file that is a list; empty where the flow has none."""
        return self.parts.get(name) or []

    def taken(self, *verbs: str) -> list[Did]:
        """The entries of these steps, in order."""
        return [did for did in self.steps if did.verb in verbs]

    def last(self, *verbs: str) -> Did | None:
        """The newest entry of any of these steps."""
        return next((did for did in reversed(self.steps) if did.verb in verbs), None)

    @property
    def day(self) -> date:
        """The day whose standard counts: that on which the file was closed, else the day of the look."""
        closed = self.last("close", "close_on_spot", "close_visit")
        return closed.on if closed else self.on


@dataclass(frozen=True)
class Flaw:
    """One thing that is wrong, and where: the entry by its number, the paper, clock or piece of evidence by its id, a track by its."""

    text: str
    entry: int = 0
    paper: int = 0
    clock: int = 0
    evidence: int = 0
    track: int = 0
    basis: str = ""

    @property
    def place(self) -> tuple[int, ...]:
        """Where the flaw lies; nowhere would be all noughts."""
        return self.entry, self.paper, self.clock, self.evidence

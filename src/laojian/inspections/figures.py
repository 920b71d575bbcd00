"""What came of a plan's draws, by task and stratum: each figure is a count of rows that can be listed. Drawn and undrawn, targeted
and untargeted are never added up: a visit counts here only as that of a drawn employer, and a task is of one kind."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from laojian.clocks.models import Deadline
from laojian.lawbook import law
from laojian.visits.models import Visit, VisitResult

from . import rules
from .models import Draw, Drawn, Plan, Task

PUBLISH = "publish_other"  # the clock of publication that runs from the end of a visit


@dataclass(frozen=True)
class Seen:
    """A drawn employer with what became of its visit."""

    row: Drawn
    visit: Visit | None
    codes: tuple[str, ...]
    due_on: date | None  # by when its result must be public

    @property
    def inspected(self) -> bool:
        """Whether the inspection was carried out: it ended, stands, and no result says that it could not be made."""
        ended = self.visit is not None and self.visit.stands and self.visit.ended_on is not None
        return ended and not any(law().result(code).unmet for code in self.codes)

    @property
    def found(self) -> bool:
        """Whether an inspection that was carried out found something."""
        return self.inspected and any(law().result(code).finding for code in self.codes)

    @property
    def published(self) -> bool:
        """Whether the result is public; one that was taken down is not."""
        return self.visit is not None and self.visit.published_on is not None and self.visit.withdrawn_on is None

    @property
    def on_time(self) -> bool:
        """Whether it became public by its day."""
        return self.published and (self.due_on is None or self.visit.published_on <= self.due_on)


# What each figure counts, by its word: a row of the list of a figure is one for which this holds.
COUNTED: dict[str, Callable[[Seen], bool]] = {
    "drawn": lambda seen: True,
    "sent": lambda seen: seen.visit is not None,
    "inspected": lambda seen: seen.inspected,
    "found": lambda seen: seen.found,
    "published": lambda seen: seen.published,
    "on_time": lambda seen: seen.on_time,
}
LABELS = {
    "drawn": "抽中", "sent": "已开检查", "inspected": "已检查", "found": "发现问题", "published": "已公示", "on_time": "按期公示",
}  # fmt: skip


@dataclass
class Figures:
    """The figures of one stratum of one task."""

    task: Task
    stratum: str
    planned: int | None
    population: int | None
    seen: list[Seen] = field(default_factory=list)

    def count(self, word: str) -> int:
        """How many rows the figure of this word has."""
        return sum(1 for each in self.seen if COUNTED[word](each))

    @property
    def estimate(self) -> rules.Estimate:
        """The share of all employers of the stratum that probably offends, from those that were drawn and inspected."""
        return rules.estimate(self.count("found"), self.count("inspected"))

    @property
    def codes(self) -> Counter:
        """How often each code of result stands."""
        return Counter(code for each in self.seen for code in each.codes)


def figures(plan: Plan) -> list[Figures]:
    """The figures of a plan by task and stratum, in its order. Six statements, however many rows."""
    tasks = list(Task.objects.filter(plan=plan, version=plan.published_version or plan.version))
    draws = list(Draw.objects.filter(task__plan=plan, ending__in=["", "closed"]).select_related("task", "targets"))
    found: dict[tuple[int, str], Figures] = {}
    for task in tasks:
        for row in task.strata:
            number = rules.number(row, row["size"]) if row.get("size") is not None else row.get("number")
            found[task.ordinal, row["key"]] = Figures(task, row["key"], number, row.get("size"))
    ordinal = {draw.pk: draw.task.ordinal for draw in draws}
    for draw in draws:
        fixed(found, draw)
    for each in seen(draws):
        key = ordinal[each.row.draw_id], each.row.stratum
        if key in found:
            found[key].seen.append(each)
    return list(found.values())


def fixed(found: dict[tuple[int, str], Figures], draw: Draw) -> None:
    """The sizes that a draw froze replace what the plan expected."""
    for row in draw.targets.strata if draw.targets else ():
        told = found.get((draw.task.ordinal, row["key"]))
        if told and draw.announced_at:
            told.population, told.planned = row["size"], row["number"]


def seen(draws: Iterable[Draw]) -> list[Seen]:
    """Who was drawn and not replaced, with what became of it. Four statements."""
    rows = list(
        Drawn.objects.filter(draw__in=list(draws), replaced_by=None).select_related("employer", "draw").order_by("pk")
    )
    ids = [row.visit_id for row in rows if row.visit_id]
    visits = Visit.objects.in_bulk(ids)
    codes: dict[int, list[str]] = {}
    for visit, code in (
        VisitResult.objects.filter(visit__in=ids, ended_seq=None).order_by("pk").values_list("visit", "code")
    ):
        codes.setdefault(visit, []).append(code)
    due = dict(Deadline.objects.filter(dossier__in=ids, key=PUBLISH).order_by("pk").values_list("dossier", "due_on"))
    return [
        Seen(row, visits.get(row.visit_id), tuple(codes.get(row.visit_id, ())), due.get(row.visit_id)) for row in rows
    ]

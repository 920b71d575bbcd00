"""Which clocks a step starts, stops and reopens, and what was late: pure, from the file as read and the law."""

from collections.abc import Mapping
from datetime import date

from laojian.clocks.rules import stands_still
from laojian.lawbook import due, law
from laojian.lawbook.clocks import UNSET

from .step import Effects, File, Reason, Step


def started(file: File, step: Step, given: Mapping, effects: Effects) -> list[dict]:
    """The rows of the clocks that the step starts or reopens, each with the law frozen into it.

    A length that the law leaves to the bureau is the bureau's own where it has set one; one that nobody has set does not run.
    """
    rows = []
    for key in step.starts:
        detail = effects.clocks.get(key, {})
        if detail is None:
            continue
        begins = detail.get("from") or moment_on(given.get(step.starts_from), file.on)
        if not any(version.in_force(begins) for version in law().clock(key).versions):
            continue  # the law had no such period then
        length, unit = (detail["length"], detail["unit"]) if detail.get("length") else own_length(file, key, begins)
        if length is None and law().clock(key).version(begins).length == UNSET:
            continue  # local law that nobody has told: `unset` says what happens now
        rows.append(row_of(due(key, begins, length=length, unit=unit), detail.get("subject", "")))
    for key in step.reopens:
        ended = [clock for clock in file.clocks if clock["key"] == key and clock["ending"]]
        rows += [{name: ended[-1][name] for name in COPIED}] if ended else []
    return rows


def own_length(file: File, key: str, begins: date) -> tuple[int | None, str | None]:
    """The length that the file's bureau has set for a period which the law leaves to it; two times None otherwise."""
    return law().own_length(key, file.bureau.get("options") or {}, begins) or (None, None)


COPIED = [
    *("key", "subject", "started_on", "due_on", "strict_on", "rolled_on", "provisional"),
    *("length", "unit", "version", "basis", "extended"),
]


def moment_on(value, otherwise: date) -> date:
    """The day that a step's field names as the start of its clocks, or the day of the step."""
    if value is None or value == "":
        return otherwise
    return value if isinstance(value, date) and not hasattr(value, "hour") else value.date()


def row_of(result, subject: str = "", extended: bool = False) -> dict:
    """A deadline's row from what `due()` found."""
    return {
        "key": result.clock, "subject": subject, "started_on": result.started_on.isoformat(),
        "due_on": result.due_on.isoformat(), "strict_on": result.strict_on.isoformat(),
        "rolled_on": result.rolled_on.isoformat(), "provisional": result.provisional, "length": result.length,
        "unit": result.unit, "version": result.version.isoformat(), "basis": result.basis, "extended": extended,
    }  # fmt: skip


def stopped(file: File, step: Step, effects: Effects | None = None) -> list[dict]:
    """The running clocks that the step ends; a lapse ends only those whose time is over for certain."""
    effects = effects or Effects()
    ends = [c for key in step.stops if key not in effects.keeps for c in file.running(key)]
    if effects.stops:
        ends = [clock for clock in ends if clock["subject"] in effects.stops]
    today = file.on.isoformat()
    over = [c for c in ends if c["due_on"] < today and not c["provisional"] and not stands_still(c)]
    return over if "clock" in step.roles else ends


def late(file: File, step: Step) -> list[dict]:
    """Of the clocks that the step ends, those of the authority that are already past: each must be explained."""
    if "clock" in step.roles:
        return []
    today = file.on.isoformat()
    past = [c for c in stopped(file, step) if c["due_on"] < today and not stands_still(c)]
    return [c for c in past if law().clock(c["key"]).holder == "authority"]


def lateness(file: File, step: Step, given: Mapping | None) -> list[Reason]:
    """A step past its time is not forbidden, but says why in writing; what the law lets lapse lapses by its own step."""
    if given is None or given.get("late_reason"):
        return []
    return [
        Reason(
            f"“{law().clock(clock['key']).label}”已于 {clock['due_on']} 届满",
            clock["basis"],
            "；".join(filter(None, ("逾期办理须填写“逾期说明”，随本步骤一并入卷", policy(file, clock["key"])))),
            "late_reason",
        )
        for clock in late(file, step)
    ]


def policy(file: File, key: str) -> str:
    """How the file's bureau holds a period about which the law can be read in two ways; empty for every other."""
    return law().explain_policy(key, file.bureau.get("options") or {}, file.on)


def compared(file: File) -> frozenset[str]:
    """The periods that only compare in the file's bureau: nobody's next date, though whoever passes them says why."""
    return law().compared(file.bureau.get("options") or {}, file.on)


def nearest(running: list[dict], besides: frozenset[str] = frozenset()) -> dict:
    """The running clock that is due first, as the dossier shows it; empty when none runs, or each stands still or only compares."""
    return min(
        (clock for clock in running if not stands_still(clock) and clock["key"] not in besides),
        key=lambda clock: (clock["due_on"], clock["key"]),
        default={},
    )

"""What the case of a transfer shows of the crime: unpaid wages by worker, the order to pay and its last day, the sums by the law."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from laojian.cases.actions.ledger import tallied
from laojian.cases.queries import ledger_lines
from laojian.cases.rules import owed_of
from laojian.lawbook import law
from laojian.lawbook.wages.order import VERDICTS, Unpaid, crime
from laojian.lawbook.wages.result import Result
from laojian.procedure.step import File


def unpaid(file: File) -> tuple[Unpaid, ...]:
    """What each worker of the case is still owed, and for how many months. One statement."""
    return owing(line[:4] for line in file.parent.once(ledger_lines))


def owing(lines: Iterable[tuple]) -> tuple[Unpaid, ...]:
    """What each worker is still owed by these lines (worker, kind, amount, months) of a ledger, and for how many months."""
    sums, months = tallied(lines)
    owed = {worker: owed_of(each) for worker, each in sums.items()}
    return tuple(Unpaid(Decimal(len(months[key])), amount) for key, amount in owed.items() if amount > 0)


def ordered_until(file: File) -> date | None:
    """The last day that a served order or decision gave for payment; None when none was served."""
    days = [date.fromisoformat(c["due_on"]) for c in file.parent.clocks if c["key"] in ("correct", "perform")]
    return max(days, default=None)


def measured(file: File, evading: str = "") -> Result | None:
    """The sums against those of the crime, by the value of the bureau or its region; None when nobody is owed anything."""
    workers, options = unpaid(file), file.bureau.get("options") or {}
    return against_the_crime(workers, options, file.on, ordered_until(file), evading) if workers else None


def against_the_crime(
    workers: tuple[Unpaid, ...], options: Mapping, on: date, until: date | None, evading: str = ""
) -> Result:
    """What these workers are owed against the sums of the crime, by the value of the bureau or its region."""
    region = options.get("region") or next(iter(law().regions))
    return crime(law(), region, on, workers, until, evading, options)


def each_owed(file: File) -> str:
    """What each worker is owed and for how many months, most first, in one line: what whoever judges must have in sight."""
    rows = sorted(unpaid(file), key=lambda each: each.amount, reverse=True)
    return "逐人欠付：" + "、".join(f"{each.amount:,.2f}元（{each.months}个月）" for each in rows)


def verdict(result: Result) -> str:
    """The answer as a word: below, human, reached or local_below."""
    return next(key for key, text in VERDICTS.items() if text == result.verdict)

"""The surcharge on a fine not paid in time: so much a day, up to its cap, with pauses; day by day, with its reasons."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from laojian.lawbook.articles import CONFIDENCE
from laojian.lawbook.book import Lawbook, law
from laojian.lawbook.calendar import ONE_DAY
from laojian.lawbook.pausing import Pause, PauseGround
from laojian.lawbook.rates import RateVersion, plain
from laojian.lawbook.reading import LawError

RATE, CAP = "surcharge_day", "surcharge_cap"
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Surcharge:
    """What is to be paid besides the fine of `principal` yuan when it was due on one day and is paid on a later one.

    `days` were counted; `capped_on` is the day on which the cap was reached. `pauses` are all that were told, also those
    whose ground did not stop the counting by the law of their days.
    """

    principal: Decimal
    due_on: date
    paid_on: date
    days: int
    amount: Decimal
    capped_on: date | None
    pauses: tuple[Pause, ...]
    rates: tuple[RateVersion, ...]
    caps: tuple[RateVersion, ...]
    book: Lawbook = field(repr=False, compare=False)

    def explain(self) -> list[str]:
        """How the sum was found, in Chinese, a line for each reason."""
        return list(self._lines())

    def _lines(self) -> Iterator[str]:
        first, last = self.due_on + ONE_DAY, self.paid_on - ONE_DAY
        span = f"自 {first} 至 {last}" if first <= last else "没有逾期的日子"
        yield f"加处罚款：罚款 {plain(self.principal)} 元，缴款期限至 {self.due_on}，{self.paid_on} 缴清；{span}，计 {self.days} 天"
        for version in self.rates:
            a_day = self.principal * version.amount
            yield f"每日按 {plain(version.amount * 100)}% 即 {plain(a_day)} 元（{self._cite(version)}）"
        for pause in self.pauses:
            yield self._paused(pause)
        for version in self.caps:
            yield f"总额不超过罚款数额的 {plain(version.amount)} 倍（{self._cite(version)}）"
        if self.capped_on:
            yield f"{self.capped_on} 起已达上限，不再增加"
        yield f"应加处 {self.amount} 元"
        yield f"决定书写明逾期加处的才可以加收（{self.book.article('fine-7').cite}）"

    def _paused(self, pause: Pause) -> str:
        ground, last = self.book.pause_grounds[pause.ground], pause.last or self.paid_on - ONE_DAY
        told = f"{ground.label} {pause.first} 至 {last}："
        stops = _between(ground.versions, pause.first, last)
        if not stops:
            return told + "当时没有规定停止计算，照常计入"
        since = f"自 {stops[0].valid_from} 起" if stops[0].valid_from > pause.first else ""
        return told + since + "不计，" + "；".join(self._cite(each) for each in stops)

    def _cite(self, version) -> str:
        checked = "" if version.confidence == "V" else f"，{CONFIDENCE[version.confidence]}"
        return f"{self.book.article(version.basis).cite}{checked}"


def surcharge(
    principal: Decimal, due_on: date, paid_on: date, pauses: Iterable[Pause] = (), book: Lawbook | None = None
) -> Surcharge:
    """The surcharge on a fine of so many yuan due on a day and paid in full on another; the day of payment does not count.

    `pauses` are grounds of law/surcharge.yaml with their days, both included; one without end lasts until payment. Each day
    is judged by the law of that day. The caller sees to it that the decision announced the surcharge. LawError for a sum
    that is not positive, or an unknown ground.
    """
    book, pauses = book or law(), tuple(sorted(pauses, key=lambda pause: pause.first))
    if principal <= 0:
        raise LawError(f"罚款数额应大于零，现为 {principal}。")
    for pause in pauses:
        book.pause_ground(pause.ground)
    days, total, capped_on = 0, Decimal(0), None
    for on in days_late(due_on, paid_on):
        if any(_stops(book.pause_grounds[pause.ground], pause, on) for pause in pauses):
            continue
        days += 1
        more, cap = total + principal * book.rate(RATE, on).amount, _in_force(book.rates[CAP].versions, on)
        if cap and more >= principal * cap.amount:
            more, capped_on = max(total, principal * cap.amount), capped_on or on
        total = more
    first, last = due_on + ONE_DAY, max(due_on + ONE_DAY, paid_on - ONE_DAY)
    return Surcharge(
        principal, due_on, paid_on, days, total.quantize(CENT, ROUND_HALF_UP), capped_on, pauses,
        _between(book.rates[RATE].versions, first, last), _between(book.rates[CAP].versions, first, last), book,
    )  # fmt: skip


def days_late(due_on: date, paid_on: date) -> Iterator[date]:
    """The days after the last day for payment and before that of payment."""
    return (due_on + ONE_DAY * n for n in range(1, (paid_on - due_on).days))


def _stops(ground: PauseGround, pause: Pause, on: date) -> bool:
    """Whether the day lies in the pause and the law of that day lets its ground stop the counting."""
    return pause.first <= on and (pause.last is None or on <= pause.last) and bool(_in_force(ground.versions, on))


def _in_force(versions, on: date):
    return next((version for version in versions if version.in_force(on)), None)


def _between(versions, first: date, last: date) -> tuple:
    """The versions in force on any of these days."""
    return tuple(each for each in versions if each.valid_from <= last and first <= (each.valid_to or date.max))

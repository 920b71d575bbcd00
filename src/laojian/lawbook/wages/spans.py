"""Spans of days as wage law reads them: calendar months, days that are paid, and when so many months of work are full. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from laojian.lawbook.calendar import ONE_DAY
from laojian.lawbook.reading import LawError
from laojian.lawbook.wages.result import Sheet, shown, yuan

MOST_MONTHS = 600  # a longer span is a slip of the pen
Pay = Decimal | Mapping[str, Decimal]
"""A month's pay: the same for each, or by month as {"2026-05": yuan}."""


@dataclass(frozen=True)
class Span:
    """Days of one calendar month, both ends included."""

    first: date
    last: date

    @property
    def month(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def whole(self) -> bool:
        return self.first.day == 1 and (self.last + ONE_DAY).day == 1

    def days(self) -> list[date]:
        return [self.first + ONE_DAY * n for n in range((self.last - self.first).days + 1)]


def spans(first: date, last: date) -> Iterator[Span]:
    """The days from first to last, month by month. LawError when they are turned round or absurdly far apart."""
    if last < first:
        raise LawError(f"止日 {last} 早于起日 {first}，请核对。")
    if (last.year - first.year) * 12 + last.month - first.month >= MOST_MONTHS:
        raise LawError(f"{first} 至 {last} 过长，请核对年份。")
    while first <= last:
        end = min(next_month(first) - ONE_DAY, last)
        yield Span(first, end)
        first = end + ONE_DAY


def month_span(month: str) -> Span:
    """The whole of a month "2026-05"."""
    first = date.fromisoformat(f"{month}-01")
    return Span(first, next_month(first) - ONE_DAY)


def next_month(on: date) -> date:
    """The first day of the month after a day's."""
    return date(on.year + on.month // 12, on.month % 12 + 1, 1)


def full(start: date, months: int) -> date:
    """The day after so many months of work from `start`, that day included, are full.

    It is the day of the same number, or where the month has none the first of the next: from 31 January one month is full
    with the end of February.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    if (first + ONE_DAY * (start.day - 1)).month == first.month:
        return first + ONE_DAY * (start.day - 1)
    return next_month(first)


def worked(start: date, last: date) -> tuple[int, int]:
    """Full months of work from `start` to `last`, both included, and the days over."""
    months = (last.year - start.year) * 12 + last.month - start.month + 1
    while full(start, months) > last + ONE_DAY:
        months -= 1
    return months, (last + ONE_DAY - full(start, months)).days


def paid_days(sheet: Sheet, span: Span) -> int:
    """Days of a span for which a monthly wage is paid: working days, and statutory holidays."""
    calendar = sheet.book.calendar
    if not calendar.settled(span.last):
        sheet.warn(f"{calendar.last_year + 1}年放假安排未公布，{span.month} 的计薪日暂按周末推算，公布后须重算")
    return sum(calendar.kind(on) != "rest" for on in span.days())


def month_pay(sheet: Sheet, wage: Decimal, span: Span) -> tuple[Decimal, str, str]:
    """A month's pay for the days of a span, how it was found, and its article: the whole wage for a whole month."""
    if span.whole:
        return wage, yuan(wage), ""
    days, divisor = paid_days(sheet, span), sheet.rate("pay_days", span.last)
    basis = sheet.basis("pay_days", span.last)
    part = wage * days / divisor
    how = f"{span.first:%m-%d}至{span.last:%m-%d}计薪日{days}天：{yuan(wage)}÷{divisor}×{days}"
    if part > wage:
        return wage, f"{how}{equal(part)}元，不超过当月工资，取{yuan(wage)}", basis
    return part, f"{how}{equal(part)}元", basis


def equal(amount: Decimal) -> str:
    """An intermediate number with its sign: =100 or ≈33.3333."""
    text = shown(amount)
    return text if text.startswith("≈") else f"={text}"


def pay_of(pay: Pay, month: str) -> Decimal:
    """The pay of a month, or LawError when it was not told."""
    if isinstance(pay, Decimal):
        return pay
    if month not in pay:
        raise LawError(f"没有 {month} 的月工资，请逐月填全，或者只填一个各月相同的数。")
    return pay[month]

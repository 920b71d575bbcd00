"""Counts a period from its first day to its last, and says how: article, skipped days, strict and rolled date."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from itertools import pairwise

from laojian.lawbook.articles import CONFIDENCE
from laojian.lawbook.book import Lawbook, law
from laojian.lawbook.calendar import ONE_DAY, WEEKDAYS, Calendar
from laojian.lawbook.clocks import APPROVERS, EFFECTS, GIVEN, RECURRING, UNITS, UNSET, Clock, Version, amount
from laojian.lawbook.pausing import Pause, paused, pushed
from laojian.lawbook.reading import LawError

FIRST_DAY = ("cc-201", "gpcl-201", "gpc-154")
MONTH_END = ("cc-202", "gpcl-202")
MONTHS = {"month": 1, "year": 12}
ROLL = ("cc-203", "gpcl-203", "gpc-154")


@dataclass(frozen=True)
class Skipped:
    """A day that did not count, and why."""

    on: date
    why: str


@dataclass(frozen=True)
class Due:
    """When a period ends. `due_on` is `strict_on` for the authority's duties and `rolled_on` for a party's rights.

    `strict_on` ignores that the last day may be a day off, `rolled_on` moves it to the next working day. `skipped` are
    the days off that did not count; `adjusted` the weekend days that did, being worked. `version` is the day from which
    the rule applied is in force. `provisional`: a day was needed whose year's notice is not loaded. `pauses` are the
    suspensions told; where the law lets them only be shown, `shown_on` is the day on which the period would end if their
    days did not count.
    """

    clock: str
    label: str
    started_on: date
    due_on: date
    strict_on: date
    rolled_on: date
    provisional: bool
    length: int
    unit: str
    version: date
    basis: str
    holder: str
    extension: tuple[int, str] | None
    skipped: tuple[Skipped, ...]
    adjusted: tuple[date, ...]
    due_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    shown_on: date | None = None
    book: Lawbook = field(repr=False, compare=False, kw_only=True)

    @property
    def paused_on(self) -> date | None:
        """Since when the period stands still, with no end known; its `due_on` cannot be reached until it is resumed."""
        stands = self.book.clock(self.clock).version(self.started_on).suspension
        return next((p.first for p in self.pauses if p.last is None and stands and stands.effect == "stops"), None)

    @property
    def passed_on(self) -> date:
        """The first day on which the whole period has passed."""
        return self.due_on + ONE_DAY

    def explain(self) -> list[str]:
        """How the date was found, in Chinese, a line for each reason."""
        clock = self.book.clock(self.clock)
        version = clock.version(self.started_on)
        lines = [self._headline(clock), self._authority(version), self._first_day(clock)]
        if self.extension:
            approver = APPROVERS[version.extension.approver]
            lines.append(f"延长：{amount(*self.extension)}，须在原期限届满前由{approver}批准，一次为限")
        lines += self._suspended(version)
        if self.skipped:
            runs = "；".join(_runs(self.skipped))
            passed = "不计" if self.unit == "working_day" else "顺延跳过"
            lines.append(f"{passed} {len(self.skipped)} 天：{runs}")
        if self.adjusted:
            meaning = "照常计入" if self.unit == "working_day" else "不再顺延"
            lines.append(f"调休上班、{meaning}：{'、'.join(map(str, self.adjusted))}")
        lines += self._ends(clock)
        if self.provisional:
            lines.append(f"暂定：{self._unsettled()}")
        if version.note:
            lines.append(f"说明：{version.note}")
        return lines

    def _suspended(self, version: Version) -> Iterator[str]:
        if not self.pauses:
            return
        rule = version.suspension
        yield f"中止：{'；'.join(pause.told() for pause in self.pauses)}"
        yield f"中止的效果：{EFFECTS[rule.effect]}（{self.book.article(rule.basis).cite}）"
        if self.shown_on:
            yield f"扣除中止期间的日期：{_named(self.shown_on)}，仅供对照"
        if self.paused_on:
            yield f"自 {self.paused_on} 起中止，恢复之前不届满；下面的日期未计入尚未结束的中止"

    def _unsettled(self) -> str:
        calendar = self.book.calendar
        reason = (
            f"{calendar.last_year + 1}年放假安排未公布，{calendar.unsettled_from}起的日期暂按周末推算，通知公布后确定"
        )
        return reason if self.unit == "working_day" else f"{reason}；严格日不受影响"

    def _headline(self, clock: Clock) -> str:
        whole = amount(self.length, self.unit) + (f"，延长{amount(*self.extension)}" if self.extension else "")
        if clock.backward:
            return f"{self.label}：{self.started_on} {clock.starts}，之前须有{whole}"
        start = f"{self.due_at - timedelta(hours=self.length):%Y-%m-%d %H:%M}" if self.due_at else self.started_on
        return f"{self.label}：{whole}，自 {start}（{clock.starts}）起算"

    def _authority(self, version: Version) -> str:
        unit = f"；单位依{self.book.article(version.unit_basis).cite}" if version.unit_basis else ""
        return (
            f"依据：{self.book.article(self.basis).cite}（{self.version}起施行的规定，"
            f"{CONFIDENCE[version.confidence]}）{unit}"
        )

    def _first_day(self, clock: Clock) -> str:
        article = self.book.first_in_force(FIRST_DAY, self.started_on)
        if self.due_at:
            return f"起算：按小时的，从规定的时刻起算（{article.cite}）"
        if self.unit in RECURRING:
            days = "、".join(f"{month}月{each}日" for month, each in clock.version(self.started_on).days)
            return f"起算：不按长度计算，取 {self.started_on} 当日或其后最近的规定日期（{days}）"
        if clock.backward:
            return f"起算：倒推，{clock.starts}与{clock.ends}两天都不计，其间须有足数的天数"
        return f"起算：当日不计，从 {self.started_on + ONE_DAY} 起数（{article.cite}）"

    def _ends(self, clock: Clock) -> Iterator[str]:
        if self.due_at:
            yield f"届满：{self.due_at:%Y-%m-%d %H:%M}"
            return
        if self.unit in ("month", "year") and self.strict_on.day != self.started_on.day and not self.extension:
            article = self.book.first_in_force(MONTH_END, self.started_on)
            yield f"到期月没有 {self.started_on.day} 日，取该月末日" + (f"（{article.cite}）" if article else "")
        yield f"{'最迟' if clock.backward else '届满'}：{_named(self.due_on)}" + (
            "（暂定）" if self.provisional else ""
        )
        if self.rolled_on != self.strict_on:
            article = self.book.first_in_force(ROLL, self.started_on)
            why = self.book.calendar.why_off(self.strict_on)
            yield f"严格日 {_named(self.strict_on)} 适逢{why}；顺延日 {_named(self.rolled_on)}（{article.cite}）"
            yield "机关的期限，按严格日掌握" if self.holder == "authority" else "当事人的期限，按顺延日届满"


def due(
    clock: str,
    start: date,
    extended: bool = False,
    length: int | None = None,
    unit: str | None = None,
    book: Lawbook | None = None,
    pauses: Iterable[Pause] = (),
) -> Due:
    """When the period ends that starts on a day (backward periods: the latest day before that fixed day).

    Units are those of the law; `length` and `unit` are for periods that a paper fixes (correct, perform), for local
    ones (a bureau may give another length), and for an extension that the law leaves open. Hours need a datetime in
    local time, all else a date. `pauses` are suspensions: their days do not count, or are only shown, as the version says.
    LawError when the law had no such period then, allows no suspension, or the calendar lacks a past year.
    """
    book = book or law()
    rule = book.clock(clock)
    started_on = start.date() if isinstance(start, datetime) else start
    version = rule.version(started_on)
    base, more = _lengths(rule, version, extended, length, unit)
    due_at = _moment(rule, start, base)
    pauses = _allowed(rule, version, tuple(pauses))
    off = paused(pauses)
    stops = bool(pauses) and version.suspension.effect == "stops"
    counted = partial(_end, book.calendar, rule, version, started_on, due_at, base, more)
    strict_on, needed = counted(off if stops else frozenset())
    rolled_on = book.calendar.next_workday(strict_on) if rule.rolls and not due_at else strict_on
    if rule.rolls and base[1] not in ("working_day", "hour"):
        needed = [strict_on + ONE_DAY * n for n in range((rolled_on - strict_on).days + 1)]
    skipped, adjusted = _sorted_out(book.calendar, needed)
    return Due(
        clock=clock, label=rule.label, holder=rule.holder, basis=version.basis, version=version.valid_from,
        started_on=started_on, length=base[0], unit=base[1], extension=more,
        due_on=rolled_on if rule.holder == "party" else strict_on, strict_on=strict_on, rolled_on=rolled_on,
        due_at=due_at, skipped=skipped, adjusted=adjusted, book=book,
        provisional=bool(needed) and not book.calendar.settled(max(needed)),
        pauses=pauses, shown_on=counted(off)[0] if pauses and not stops else None,
    )  # fmt: skip


def _allowed(rule: Clock, version: Version, pauses: tuple[Pause, ...]) -> tuple[Pause, ...]:
    """The suspensions in order of time; LawError where the law does not let the period be suspended."""
    if pauses and version.suspension is None:
        raise LawError(f"“{rule.label}”不得中止：{version.basis} 没有规定中止。")
    for pause in pauses:
        if pause.last and pause.last < pause.first:
            raise LawError(f"“{rule.label}”的中止 {pause.first} 至 {pause.last} 首尾颠倒。")
    return tuple(sorted(pauses, key=lambda pause: pause.first))


def _next(days: tuple[tuple[int, int], ...], on: date) -> date:
    """The first of a recurring duty's days that is not before this one."""
    return min(found for year in (on.year, on.year + 1) for each in days if (found := date(year, *each)) >= on)


def _moment(rule: Clock, start: date, base: tuple[int, str]) -> datetime | None:
    """The moment at which a period in hours ends; None for one in days or longer. LawError when `start` does not fit."""
    hourly = base[1] == "hour"
    if hourly != isinstance(start, datetime):
        raise LawError(
            f"“{rule.label}”按小时计算，须给出时刻" if hourly else f"“{rule.label}”按日计算，须给出日期而非时刻"
        )
    return start + timedelta(hours=base[0]) if hourly else None


def _lengths(
    rule: Clock, version: Version, extended: bool, length: int | None, unit: str | None
) -> tuple[tuple[int, str], tuple[int, str] | None]:
    """The period and its extension, each as length and unit; LawError when one is missing or may not be given."""
    given = _given(rule, length, unit)
    more = version.extension if extended else None
    if extended and more is None:
        raise LawError(f"“{rule.label}”不得延长：{version.basis} 没有规定延长。")
    if version.length in (GIVEN, UNSET):
        if given is None:
            why = "由机关在文书中指定" if version.length == GIVEN else "是本地规定，尚未设定"
            raise LawError(f"“{rule.label}”的期限{why}，须给出长度和单位（length、unit）。")
        return given, (more.length, more.unit) if more else None
    if more and more.length == GIVEN:
        if given is None:
            raise LawError(f"“{rule.label}”延长多久由批准人决定，须给出长度和单位（length、unit）。")
        return (version.length, version.unit), given
    if given and version.confidence != "C":
        raise LawError(f"“{rule.label}”由 {version.basis} 定为{amount(version.length, version.unit)}，不得另给长度。")
    return given or (version.length, version.unit), (more.length, more.unit) if more else None


def _given(rule: Clock, length: int | None, unit: str | None) -> tuple[int, str] | None:
    if length is None and unit is None:
        return None
    if length is None or unit not in UNITS or length < 1:
        raise LawError(f"“{rule.label}”：长度须为正整数，单位须为{'、'.join(UNITS)}之一，现为 {length} {unit}。")
    return length, unit


def _end(
    calendar: Calendar,
    rule: Clock,
    version: Version,
    start: date,
    due_at: datetime | None,
    base: tuple[int, str],
    more: tuple[int, str] | None,
    off: frozenset[date],
) -> tuple[date, list[date]]:
    """The strict last day, extension included, and for working days every day that was looked at; `off` do not count."""
    if due_at or version.days:
        return due_at.date() if due_at else _next(version.days, start), []
    if rule.backward:
        return _back(calendar, start, *base)
    end, looked_at = _forward(calendar, start, *base, off)
    if more is None:
        return end, looked_at
    end, further = _forward(calendar, end, *more, off)
    return end, looked_at + further


def _forward(calendar: Calendar, start: date, length: int, unit: str, off: frozenset[date]) -> tuple[date, list[date]]:
    """The last day of a period that starts the day after `start`, and for working days every day looked at."""
    if unit == "working_day":
        return _working_days(calendar, start, length, ONE_DAY, off)
    if unit == "day":
        return pushed(start, start + ONE_DAY * length, off), []
    return pushed(start, _months_on(start, length * MONTHS[unit]), off), []


def _back(calendar: Calendar, fixed: date, length: int, unit: str) -> tuple[date, list[date]]:
    """The latest day that leaves `length` full days between itself and the fixed day, and the days in between.

    Months and years backward are a span looked back on, whose first day is the same day so much earlier.
    """
    if unit == "day":
        return fixed - ONE_DAY * (length + 1), []
    if unit in MONTHS:
        return _months_on(fixed, -length * MONTHS[unit]), []
    first, looked_at = _working_days(calendar, fixed, length, -ONE_DAY)
    return first - ONE_DAY, looked_at


def _working_days(
    calendar: Calendar, start: date, length: int, step: timedelta, off: frozenset[date] = frozenset()
) -> tuple[date, list[date]]:
    looked_at: list[date] = []
    while length:
        start += step
        if start not in off:
            looked_at.append(start)
            length -= calendar.is_workday(start)
    return start, looked_at


def _months_on(start: date, months: int) -> date:
    """The same day some months on, or that month's last day where it has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    next_month = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + ONE_DAY * (start.day - 1), next_month - ONE_DAY)


def _sorted_out(calendar: Calendar, looked_at: list[date]) -> tuple[tuple[Skipped, ...], tuple[date, ...]]:
    """Of the days looked at, in order: those off, each with its reason, and the weekend days that were worked."""
    skipped, adjusted = [], []
    for on in sorted(looked_at):
        if why := calendar.why_off(on):
            skipped.append(Skipped(on, why))
        elif on.weekday() > 4:
            adjusted.append(on)
    return tuple(skipped), tuple(adjusted)


def _runs(skipped: tuple[Skipped, ...]) -> Iterator[str]:
    """Skipped days, neighbours off for the same reason told together."""
    first = 0
    breaks = [n + 1 for n, (a, b) in enumerate(pairwise(skipped)) if b.on - a.on != ONE_DAY or a.why != b.why]
    for end in [*breaks, len(skipped)]:
        start, last = skipped[first], skipped[end - 1]
        yield f"{start.on}{start.why}" if first == end - 1 else f"{start.on}至{last.on}{start.why}"
        first = end


def _named(on: date) -> str:
    return f"{on}（星期{WEEKDAYS[on.weekday()]}）"

"""Which days are working days in China: weekends, and each year's notice of the State Council's General Office."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from laojian.lawbook.reading import LawError, Page, day, days, rows, text, whole

ONE_DAY = timedelta(days=1)
WEEKDAYS = "一二三四五六日"
FESTIVALS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
FIXED = {"元旦": (1, 1), "劳动节": (5, 1), "国庆节": (10, 1)}
UNSETTLED = (12, 29)
"""From this day on, a December may still be changed by the next year's notice, as 2018 and 2022 were."""
LONGEST_BREAK = 15
KINDS = {"weekday": "工作日", "rest": "休息日", "holiday": "法定休假日"}


@dataclass(frozen=True)
class Break:
    """A festival's days off, both ends included, and the weekend days worked in exchange."""

    name: str
    first: date
    last: date
    workdays: tuple[date, ...]

    def days(self) -> list[date]:
        return [self.first + ONE_DAY * n for n in range((self.last - self.first).days + 1)]


@dataclass(frozen=True)
class Notice:
    """One notice: a year has one as a rule, and another where a later one changed it (2019, 2020)."""

    title: str
    number: str
    issued_on: date
    breaks: tuple[Break, ...]

    @property
    def cite(self) -> str:
        return f"《{self.title}》（{self.number}）"


@dataclass(frozen=True)
class Calendar:
    """Working days from the first announced year on; later than the last announced year, weekends only."""

    years: dict[int, tuple[Notice, ...]]
    holidays: frozenset[date] = frozenset()

    @cached_property
    def _settled(self) -> dict[date, tuple[bool, str, Notice]]:
        """For each day a notice speaks of: is it worked, for which festival, by which notice. The later notice wins."""
        found: dict[date, tuple[bool, str, Notice]] = {}
        for notice in sorted((n for notices in self.years.values() for n in notices), key=lambda n: n.issued_on):
            for rest in notice.breaks:
                found.update(dict.fromkeys(rest.days(), (False, rest.name, notice)))
                found.update(dict.fromkeys(rest.workdays, (True, rest.name, notice)))
        return found

    @cached_property
    def first_year(self) -> int:
        return min(self.years)

    @cached_property
    def last_year(self) -> int:
        return max(self.years)

    @cached_property
    def unsettled_from(self) -> date:
        """The first day that a notice not yet loaded may still change."""
        return date(self.last_year, *UNSETTLED)

    def settled(self, on: date) -> bool:
        """Whether every notice that can speak of this day has been loaded; otherwise what we say is provisional."""
        return on < self.unsettled_from

    def is_workday(self, on: date) -> bool:
        """Whether the day is worked; LawError before the first loaded year, provisional where not `settled`."""
        if on.year < self.first_year:
            raise LawError(
                f"没有{on.year}年的放假安排，无法判断{on}是否工作日；数据自{self.first_year}年起。"
                f"请在 law/calendar/ 补上该年国务院办公厅通知。"
            )
        told = self._settled.get(on)
        return told[0] if told else on.weekday() < 5

    def why_off(self, on: date) -> str:
        """Why the day is not worked (周六, 春节放假 …); empty for a working day."""
        told = self._settled.get(on)
        if told is None:
            return "" if self.is_workday(on) else "周末"
        return "" if told[0] else f"{told[1]}放假"

    def kind(self, on: date) -> str:
        """What work on the day is paid as: a word of KINDS. A break has more days off than statutory holidays."""
        if on in self.holidays:
            return "holiday"
        return "weekday" if self.is_workday(on) else "rest"

    def notice(self, on: date) -> Notice | None:
        """The notice that speaks of this very day."""
        return self._settled[on][2] if on in self._settled else None

    def workdays_between(self, a: date, b: date) -> int:
        """Working days after `a` up to and including `b`; negative when `b` is the earlier."""
        low, high = min(a, b), max(a, b)
        count = sum(self.is_workday(low + ONE_DAY * n) for n in range(1, (high - low).days + 1))
        return count if b >= a else -count

    def next_workday(self, on: date) -> date:
        """The day itself when worked, otherwise the first working day after it."""
        while not self.is_workday(on):
            on += ONE_DAY
        return on


YEAR_FIELDS = {"year": whole, "statutory_days": whole, "holidays": days, "notices": rows}
NOTICE_FIELDS = {"title": text, "number": text, "issued_on": day, "breaks": rows}
BREAK_FIELDS = {"name": text, "from": day, "to": day}


def calendar(pages: list[Page]) -> Calendar:
    """The calendar of law/calendar/*.yaml; faults go to the pages, a gap between years to the page after the gap."""
    years: dict[int, tuple[Notice, ...]] = {}
    holidays: set[date] = set()
    for page in pages:
        if not page.faults and page.fits(page.content, "放假安排", YEAR_FIELDS, {}):
            year = page.content["year"]
            if f"/{year}.yaml" not in page.name:
                page.fault(page.content.at("year"), f"文件名与“year: {year}”不一致")
                continue
            years[year] = tuple(_notice(page, row, year) for row in page.content["notices"] if _notice_fits(page, row))
            if not page.faults:
                _whole_year(page, years[year][0])
                _holidays_sound(page, years[year])
                holidays |= set(page.content["holidays"])
    for page in pages:
        if years and (year := page.content.get("year")) in years and year != min(years) and year - 1 not in years:
            page.fault(page.content.at("year"), f"缺{year - 1}年的放假安排，年份必须连续")
    return Calendar(years, frozenset(holidays))


def _notice_fits(page: Page, row: dict) -> bool:
    return page.fits(row, "通知", NOTICE_FIELDS, {}) and all(
        page.fits(one, str(one.get("name")), BREAK_FIELDS, {"workdays": days}) for one in row["breaks"]
    )


def _notice(page: Page, row: dict, year: int) -> Notice:
    if row["issued_on"].year not in (year - 1, year):
        page.fault(row.at("issued_on"), f"{year}年的通知不会在 {row['issued_on']} 印发")
    breaks = []
    for one in row["breaks"]:
        rest = Break(one["name"], one["from"], one["to"], tuple(one.get("workdays", ())))
        _break_sound(page, one, rest, year)
        breaks.append(rest)
    _no_day_twice(page, row, breaks)
    return Notice(row["title"], row["number"], row["issued_on"], tuple(breaks))


def _break_sound(page: Page, row: dict, rest: Break, year: int) -> None:
    length = (rest.last - rest.first).days + 1
    if not 1 <= length <= LONGEST_BREAK:
        page.fault(row.at("to"), f"{rest.name} 从 {rest.first} 到 {rest.last} 不成一段假期")
        return
    for one in (*rest.days(), *rest.workdays):
        if one.year != year and not (one.year == year - 1 and (one.month, one.day) >= UNSETTLED):
            page.fault(row.at("from"), f"{rest.name} 的 {one} 不在{year}年，也不是上年12月末")
    for one in rest.workdays:
        if one.weekday() < 5:
            page.fault(row.at("workdays"), f"{rest.name} 的调休上班日 {one} 本来就是周{WEEKDAYS[one.weekday()]}")
    for name in rest.name.split("、"):
        if name not in FESTIVALS:
            page.fault(row.at("name"), f"“{name}”不是全国放假的节日（{'、'.join(FESTIVALS)}）")
        elif name in FIXED and date(year, *FIXED[name]) not in rest.days():
            page.fault(row.at("from"), f"{name} 的假期里没有 {date(year, *FIXED[name])}")


def _no_day_twice(page: Page, row: dict, breaks: list[Break]) -> None:
    seen: dict[date, str] = {}
    for line, rest in zip((one.line for one in row["breaks"]), breaks, strict=True):
        for one in (*rest.days(), *rest.workdays):
            if one in seen:
                page.fault(line, f"{one} 在“{seen[one]}”和“{rest.name}”里各写了一次")
            seen[one] = rest.name


def _whole_year(page: Page, notice: Notice) -> None:
    """A year's first notice names every festival, and weekdays off less weekends worked are the statutory days."""
    named = {name for rest in notice.breaks for name in rest.name.split("、")}
    if missing := [name for name in FESTIVALS if name not in named]:
        page.fault(page.content.at("notices"), f"第一份通知缺{'、'.join(missing)}")
        return
    off = sum(one.weekday() < 5 for rest in notice.breaks for one in rest.days())
    worked = sum(len(rest.workdays) for rest in notice.breaks)
    if off - worked != page.content["statutory_days"]:
        page.fault(
            page.content.at("statutory_days"),
            f"放假的周一至周五{off}天减去调休上班{worked}天应等于法定节日{page.content['statutory_days']}天，请核对日期",
        )


def _holidays_sound(page: Page, notices: tuple[Notice, ...]) -> None:
    """The statutory holidays, on which work is paid highest, are as many as the law gives and lie within the breaks."""
    holidays: list[date] = page.content["holidays"]
    line, number = page.content.at("holidays"), page.content["statutory_days"]
    if len(set(holidays)) != number or len(holidays) != number:
        page.fault(line, f"法定休假日写了{len(holidays)}天，应为互不相同的{number}天")
    off = {one for notice in notices for rest in notice.breaks for one in rest.days()}
    if strays := [str(one) for one in holidays if one not in off]:
        page.fault(line, f"法定休假日 {'、'.join(strays)} 不在放假的日子里")

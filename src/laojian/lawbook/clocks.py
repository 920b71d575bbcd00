"""Periods of law: their length, unit, article and holder, version by version. Counting is in counting.py."""

import re
from dataclasses import dataclass
from datetime import date

from laojian.lawbook.articles import CONFIDENCE, Article, Law
from laojian.lawbook.dated import based, in_turn
from laojian.lawbook.reading import LawError, Page, Table, day, either, one_of, table, text, texts, whole

UNITS = {"working_day": "个工作日", "day": "日", "hour": "小时", "month": "个月", "year": "年"}
RECURRING = {"yearly": (1, "每年一次"), "half_yearly": (2, "每半年一次"), "quarterly": (4, "每季度一次")}
"""Units of what is due on fixed days of the calendar: how many days a year, and the words."""
HOLDERS = {"party": "当事人的期限", "authority": "机关的期限"}
KINDS = {"keep": "至少保存到期满", "wait": "期满之前不得进行", "hint": "只作提示，不替代国家规定"}
"""What a period is when it is not simply one within which something must be done."""
APPROVERS = {
    "unit_head": "监察机构负责人",
    "bureau_head": "行政机关负责人",
    "organ_head": "承办机关、单位负责人",
    "police_head": "县级以上公安机关负责人",
    "reconsideration_head": "行政复议机构负责人",
    "commission_head": "仲裁委员会主任或其委托的仲裁院负责人",
    "parties": "双方当事人",
}
EFFECTS = {"stops": "中止期间不计入，届满日顺延", "shows": "不停止计算，只另外显示扣除中止期间的日期"}
GIVEN, UNSET = "given", "unset"


def amount(length: int | str, unit: str) -> str:
    """A length with its unit in words; a length that the law leaves open says so."""
    if unit in RECURRING:
        return RECURRING[unit][1]
    if length == GIVEN:
        return "由文书指定"
    return "本地尚未设定" if length == UNSET else f"{length}{UNITS[unit]}"


@dataclass(frozen=True)
class Extension:
    """How much a period may be lengthened, once, and by whose approval before it ends."""

    length: int | str
    unit: str
    approver: str


@dataclass(frozen=True)
class Suspension:
    """Whether days on which the matter was suspended count: by whose approval, on which article, with what effect."""

    approver: str
    basis: str
    effect: str  # stops: the period ends later; shows: it does not, a second date is only shown beside it
    note: str


@dataclass(frozen=True)
class Version:
    """A period's rule in force from one day to another, both included (`valid_to` None: still in force)."""

    valid_from: date
    valid_to: date | None
    length: int | str
    unit: str
    basis: str
    unit_basis: str | None
    extension: Extension | None
    confidence: str
    source: str
    note: str
    days: tuple[tuple[int, int], ...] = ()  # of a recurring duty: month and day of each, in the year's order
    suspension: Suspension | None = None

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class Clock:
    """A period that a step starts: forward from an event, or backward from a day that is fixed (a hearing)."""

    key: str
    label: str
    holder: str
    starts: str
    ends: str
    backward: bool
    rolls: bool
    versions: tuple[Version, ...]
    kind: str = ""

    @property
    def basis(self) -> str:
        """The article of the newest version."""
        return self.versions[-1].basis

    def at(self, on: date) -> Version | None:
        """The version in force when the period starts; None when the law knew no such period then."""
        return next((version for version in self.versions if version.in_force(on)), None)

    def version(self, on: date) -> Version:
        """The version in force on the day, or LawError."""
        if found := self.at(on):
            return found
        raise LawError(f"{on} 尚无“{self.label}”这一期限：最早的规定自 {self.versions[0].valid_from} 起施行。")


CLOCK_FIELDS = {"label": text, "holder": one_of(*HOLDERS), "starts": text, "ends": text, "values": table}
CLOCK_EXTRAS = {"direction": one_of("forward", "backward"), "roll": one_of("never"), "kind": one_of(*KINDS)}
LENGTH = either(whole, one_of(GIVEN, UNSET))
UNIT = one_of(*UNITS, GIVEN)
VALUE_FIELDS = {"length": LENGTH, "unit": UNIT, "basis": text, "confidence": one_of(*CONFIDENCE)}
VALUE_EXTRAS = {
    "to": day,
    "gap": text,
    "unit_basis": text,
    "extension": table,
    "suspension": table,
    "source": text,
    "note": text,
}
RECURRING_FIELDS = {"unit": one_of(*RECURRING), "days": texts, "basis": text, "confidence": one_of(*CONFIDENCE)}
RECURRING_EXTRAS = {"to": day, "source": text, "note": text}
EXTENSION_FIELDS = {"length": either(whole, one_of(GIVEN)), "unit": UNIT, "approver": one_of(*APPROVERS)}
SUSPENSION_FIELDS = {"approver": one_of(*APPROVERS), "basis": text, "effect": one_of(*EFFECTS)}
_KEY = re.compile(r"[a-z][a-z0-9_]{1,29}")
_DAY_OF_YEAR = re.compile(r"(\d\d)-(\d\d)")


def clocks(pages: list[Page], known: dict[str, Article], laws: dict[str, Law]) -> dict[str, Clock]:
    """The periods of law/clocks/*.yaml by their key; faults go to the pages."""
    found: dict[str, Clock] = {}
    where: dict[str, str] = {}
    for page in pages:
        for key, row in page.content.items():
            if not isinstance(key, str) or not isinstance(row, Table):
                page.fault(page.content.at(key), f"{key} 应为一个期限的键值表")
            elif not _KEY.fullmatch(key):
                page.fault(page.content.at(key), f"{key} 应由小写字母、数字和下划线组成，不超过三十个")
            elif key in where:
                page.fault(page.content.at(key), f"{key} 在 {where[key]} 中已经写过，一个法定期限只写一次")
            elif page.fits(row, key, CLOCK_FIELDS, CLOCK_EXTRAS) and (versions := _versions(page, key, row, known)):
                found[key] = _clock(key, row, versions)
                _hints_only(page, key, row, found[key], known, laws)
            where.setdefault(key, page.name)
    return found


def _clock(key: str, row: Table, versions: tuple[Version, ...]) -> Clock:
    backward, rolls = row.get("direction") == "backward", row.get("roll") != "never"
    return Clock(
        key, row["label"], row["holder"], row["starts"], row["ends"], backward, rolls and not backward, versions,
        row.get("kind", ""),
    )  # fmt: skip


def _hints_only(
    page: Page, key: str, row: Table, clock: Clock, known: dict[str, Article], laws: dict[str, Law]
) -> None:
    """A period of local law whose force nobody has confirmed binds nobody: it may only be shown."""
    for version in clock.versions:
        source = laws[known[version.basis].source]
        if source.force and clock.kind != "hint":
            page.fault(row.line, f"{key} 依据的《{source.name}》{source.force}，须写“kind: hint”（只作提示）")


def _versions(page: Page, key: str, row: Table, known: dict[str, Article]) -> tuple[Version, ...]:
    values: Table = row["values"]
    faults = len(page.faults)
    for start, value in values.items():
        where = f"{key} 自 {start} 起的版本"
        if day(start) or not isinstance(value, Table):
            page.fault(values.at(start), f"{key} 的版本应写作“施行日期: 键值表”，现为“{start}”")
        elif _fits(page, where, value):
            _value_sound(page, where, start, value, known)
    if len(page.faults) > faults:
        return ()
    spans = list(in_turn(page, key, values))
    for start, end in spans:
        based(page, f"{key} 自 {start} 起的版本", values[start], start, end, known)
    return tuple(_version(start, end, values[start]) for start, end in spans) if len(page.faults) == faults else ()


def _fits(page: Page, where: str, value: Table) -> bool:
    if value.get("unit") in RECURRING or "days" in value:
        return page.fits(value, where, RECURRING_FIELDS, RECURRING_EXTRAS)
    return page.fits(value, where, VALUE_FIELDS, VALUE_EXTRAS)


def _value_sound(page: Page, where: str, start: date, value: Table, known: dict[str, Article]) -> None:
    if "length" in value and (value["length"] in (GIVEN, UNSET)) != (value["unit"] == GIVEN):
        page.fault(value.at("unit"), f"{where} 的长度与单位要么都写定，要么都不写定")
    if "unit_basis" in value:
        based(page, where, value, start, start, known, "unit_basis")
    if value["confidence"] == "C" and "source" not in value:
        page.fault(value.at("confidence"), f"{where} 是本地规定，必须写“source”（来源，或“建议值，待本局确认”）")
    if value.get("length") == UNSET and value["confidence"] != "C":
        page.fault(value.at("length"), f"{where} 只有本地规定（C）可以写 unset")
    if "days" in value:
        _days_sound(page, where, value)
    if extension := value.get("extension"):
        page.fits(extension, f"{where} 的延长", EXTENSION_FIELDS, {})
    if (pause := value.get("suspension")) and page.fits(pause, f"{where} 的中止", SUSPENSION_FIELDS, {"note": text}):
        based(page, f"{where} 的中止", pause, start, start, known)
        if value["unit"] == "hour":
            page.fault(pause.line, f"{where} 按小时计算，不能中止")


def _days_sound(page: Page, where: str, value: Table) -> None:
    count, words = RECURRING[value["unit"]]
    found = [match.groups() for one in value["days"] if (match := _DAY_OF_YEAR.fullmatch(one))]
    if len(found) != count or len(value["days"]) != count or found != sorted(found):
        page.fault(value.at("days"), f"{where}：{words}，“days”应按先后写 {count} 个日期，如 03-31")
        return
    for month, each in found:
        if not _exists(int(month), int(each)):
            page.fault(value.at("days"), f"{where} 没有 {month}-{each} 这一天，或不是每年都有")


def _exists(month: int, each: int) -> bool:
    """Whether every year has this day: a duty cannot fall due on 29 February."""
    try:
        return bool(date(2023, month, each))
    except ValueError:
        return False


def _version(start: date, end: date | None, value: Table) -> Version:
    extra, pause = value.get("extension"), value.get("suspension")
    days = tuple((int(one[:2]), int(one[3:])) for one in value.get("days", ()))
    return Version(
        start,
        end,
        value.get("length", 1),
        value["unit"],
        value["basis"],
        value.get("unit_basis"),
        Extension(extra["length"], extra["unit"], extra["approver"]) if extra else None,
        value["confidence"],
        value.get("source", ""),
        value.get("note", ""),
        days,
        Suspension(pause["approver"], pause["basis"], pause["effect"], pause.get("note", "")) if pause else None,
    )

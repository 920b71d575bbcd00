"""Periods of law: their length, unit, article and holder, version by version. Counting is in counting.py."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from laojian.lawbook.articles import CONFIDENCE, Article
from laojian.lawbook.reading import LawError, Page, Table, day, either, one_of, table, text, whole

UNITS = {"working_day": "个工作日", "day": "日", "hour": "小时", "month": "个月", "year": "年"}
HOLDERS = {"party": "当事人的期限", "authority": "机关的期限"}
APPROVERS = {"unit_head": "监察机构负责人", "bureau_head": "行政机关负责人"}
GIVEN, UNSET = "given", "unset"


def amount(length: int | str, unit: str) -> str:
    """A length with its unit in words; a length that the law leaves open says so."""
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
CLOCK_EXTRAS = {"direction": one_of("forward", "backward"), "roll": one_of("never")}
LENGTH = either(whole, one_of(GIVEN, UNSET))
UNIT = one_of(*UNITS, GIVEN)
VALUE_FIELDS = {"length": LENGTH, "unit": UNIT, "basis": text, "confidence": one_of(*CONFIDENCE)}
VALUE_EXTRAS = {"to": day, "unit_basis": text, "extension": table, "source": text, "note": text}
EXTENSION_FIELDS = {"length": either(whole, one_of(GIVEN)), "unit": UNIT, "approver": one_of(*APPROVERS)}


def clocks(page: Page, known: dict[str, Article]) -> dict[str, Clock]:
    """The periods of law/clocks.yaml by their key; faults go to the page."""
    found: dict[str, Clock] = {}
    for key, row in page.content.items():
        if not isinstance(key, str) or not isinstance(row, Table):
            page.fault(page.content.at(key), f"{key} 应为一个期限的键值表")
        elif page.fits(row, key, CLOCK_FIELDS, CLOCK_EXTRAS) and (versions := _versions(page, key, row, known)):
            backward, rolls = row.get("direction") == "backward", row.get("roll") != "never"
            found[key] = Clock(
                key, row["label"], row["holder"], row["starts"], row["ends"], backward, rolls and not backward, versions
            )
    return found


def _versions(page: Page, key: str, row: Table, known: dict[str, Article]) -> tuple[Version, ...]:
    values: Table = row["values"]
    starts = [start for start in values if not day(start)]
    for start, value in values.items():
        where = f"{key} 自 {start} 起的版本"
        if day(start) or not isinstance(value, Table):
            page.fault(values.at(start), f"{key} 的版本应写作“施行日期: 键值表”，现为“{start}”")
        elif page.fits(value, where, VALUE_FIELDS, VALUE_EXTRAS):
            _value_sound(page, where, start, value, known)
    if page.faults:
        return ()
    ordered = sorted(starts)
    for earlier, later in pairwise(ordered):
        if values[earlier].get("to", earlier) >= later:
            page.fault(values[earlier].at("to"), f"{key} 自 {earlier} 起的版本与自 {later} 起的版本期间重叠")
    ends = [values[start].get("to") for start in ordered]
    for n, later in enumerate(ordered[1:]):
        ends[n] = ends[n] or date.fromordinal(later.toordinal() - 1)
    for start, end in zip(ordered, ends, strict=True):
        basis = known[values[start]["basis"]]
        if basis.valid_to and (end or date.max) > basis.valid_to:
            page.fault(values.at(start), f"{key} 自 {start} 起的版本引用的 {basis.key} 只施行到 {basis.valid_to}")
    return tuple(_version(start, end, values[start]) for start, end in zip(ordered, ends, strict=True))


def _value_sound(page: Page, where: str, start: date, value: Table, known: dict[str, Article]) -> None:
    if (value["length"] in (GIVEN, UNSET)) != (value["unit"] == GIVEN):
        page.fault(value.at("unit"), f"{where} 的长度与单位要么都写定，要么都不写定")
    for name in ("basis", "unit_basis"):
        article = known.get(value.get(name))
        if name in value and article is None:
            page.fault(value.at(name), f"{where} 的“{name}”在 articles.yaml 中没有：{value[name]}")
        elif article and not article.in_force(start):
            page.fault(value.at(name), f"{where} 引用的 {article.key} 在 {start} 不施行")
    if value.get("to", start) < start:
        page.fault(value.at("to"), f"{where} 的“to”早于施行日期")
    if value["confidence"] == "C" and "source" not in value:
        page.fault(value.at("confidence"), f"{where} 是本地规定，必须写“source”（来源，或“建议值，待本局确认”）")
    if value["length"] == UNSET and value["confidence"] != "C":
        page.fault(value.at("length"), f"{where} 只有本地规定（C）可以写 unset")
    if extension := value.get("extension"):
        page.fits(extension, f"{where} 的延长", EXTENSION_FIELDS, {})


def _version(start: date, end: date | None, value: Table) -> Version:
    extra = value.get("extension")
    extension = Extension(extra["length"], extra["unit"], extra["approver"]) if extra else None
    return Version(
        start,
        end,
        value["length"],
        value["unit"],
        value["basis"],
        value.get("unit_basis"),
        extension,
        value["confidence"],
        value.get("source", ""),
        value.get("note", ""),
    )

"""Rates: the numbers of wage law that are no periods, version by version; minimum wages and local standards by region."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from laojian.lawbook.articles import CONFIDENCE, Article
from laojian.lawbook.clocks import UNSET
from laojian.lawbook.dated import dated
from laojian.lawbook.reading import LawError, Page, Table, day, either, one_of, table, text

RATE_UNITS = {
    "day": "天", "hour": "小时", "month": "个月", "year": "年", "times": "倍", "share": "%", "yuan": "元", "worker": "名劳动者",
    "person": "人",
}  # fmt: skip


@dataclass(frozen=True)
class RateVersion:
    """A number in force from one day to another, both included. `amount` is None where the law gives tiers or nothing is set.

    `tiers` maps a least number of years to the number that belongs to it.
    """

    valid_from: date
    valid_to: date | None
    amount: Decimal | None
    tiers: dict[int, Decimal]
    basis: str
    confidence: str
    source: str
    note: str

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class Rate:
    """A number of law with its unit; `unset` says what happens while a local one is not known."""

    key: str
    label: str
    unit: str
    unset: str
    versions: tuple[RateVersion, ...]

    def version(self, on: date) -> RateVersion:
        """The version in force on the day, or LawError."""
        if found := next((version for version in self.versions if version.in_force(on)), None):
            return found
        raise LawError(f"{on} 尚无“{self.label}”的规定：最早的自 {self.versions[0].valid_from} 起施行。")

    def told(self, on: date) -> str:
        """The number of the day with its unit: 21.75天, 20%, or 满1年5天、满10年10天; not set: 本地尚未设定."""
        version = self.version(on)
        if version.tiers:
            return "、".join(
                f"满{years}年{plain(amount)}{RATE_UNITS[self.unit]}" for years, amount in version.tiers.items()
            )
        if version.amount is None:
            return "本地尚未设定"
        amount = version.amount * 100 if self.unit == "share" else version.amount
        return f"{plain(amount)}{RATE_UNITS[self.unit]}"


@dataclass(frozen=True)
class Standard:
    """A region's minimum wages in yuan, in force from one day to another: a month's, and an hour's for part-time work."""

    valid_from: date
    valid_to: date | None
    monthly: Decimal
    hourly: Decimal
    document: str
    basis: str
    confidence: str
    source: str


@dataclass(frozen=True)
class Region:
    """A region's standards; up to `verified_to` it was looked whether there is a newer minimum wage."""

    key: str
    label: str
    verified_to: date
    minimum_note: str
    standards: tuple[Standard, ...]
    local: dict[str, Rate]

    def standard(self, on: date) -> Standard:
        """The minimum wage of the day, or LawError before the first and between two that leave a gap."""
        for each in self.standards:
            if each.valid_from <= on and (each.valid_to is None or on <= each.valid_to):
                return each
        first = self.standards[0].valid_from
        raise LawError(f"没有{self.label} {on} 的最低工资标准：数据自 {first} 起，更早的请按当时文件人工核算。")

    def doubts(self, on: date) -> str:
        """Why the minimum wage of the day must be verified before it is relied on; empty when it need not."""
        found = self.standard(on)
        if on > self.verified_to:
            return f"{self.label}的最低工资标准只核实到 {self.verified_to}，{on} 可能已有新标准，请先核实"
        if found.confidence != "V":
            until = f"至 {found.valid_to}" if found.valid_to else "起"
            return f"{self.label} {found.valid_from} {until}的最低工资标准{CONFIDENCE[found.confidence]}（{found.source}），引用前请核实"
        return ""


def plain(amount: Decimal) -> str:
    """A number without idle zeros: 1.50 is 1.5, 300.00 is 300."""
    return f"{amount.normalize():f}"


def figure(value: Any) -> str:
    good = isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < float("inf")
    return "" if good else "应为大于零的数"


RATE_FIELDS = {"label": text, "unit": one_of(*RATE_UNITS), "values": table}
VALUE_FIELDS = {"basis": text, "confidence": one_of(*CONFIDENCE)}
VALUE_EXTRAS = {"amount": either(figure, one_of(UNSET)), "tiers": table, "to": day, "source": text, "note": text}
REGION_FIELDS = {"label": text, "verified_to": day, "minimum_wage": table, "local": table}
STANDARD_EXTRAS = {"to": day}
STANDARD_FIELDS = {"monthly": figure, "hourly": figure, "document": text, "source": text} | VALUE_FIELDS


def rates(page: Page, content: Table, known: dict[str, Article]) -> dict[str, Rate]:
    """The rates of a table by their key; faults go to the page."""
    found: dict[str, Rate] = {}
    for key, row in content.items():
        if not isinstance(key, str) or not isinstance(row, Table):
            page.fault(content.at(key), f"{key} 应为一个数字的键值表")
        elif page.fits(row, key, RATE_FIELDS, {"unset": text}):
            rows = _versions(page, key, row["values"], known, VALUE_FIELDS, VALUE_EXTRAS)
            versions = tuple(_version(start, end, value) for start, end, value in rows)
            if any(version.amount is None and not version.tiers for version in versions) and "unset" not in row:
                page.fault(row.line, f"{key} 有未设定的版本，必须写“unset”：未设定时怎样办")
            found[key] = Rate(key, row["label"], row["unit"], row.get("unset", ""), versions)
    return found


def regions(pages: list[Page], known: dict[str, Article]) -> dict[str, Region]:
    """The regions of law/rates/regions/ by the name of their file; faults go to the pages."""
    found: dict[str, Region] = {}
    for page in pages:
        key = page.name.rpartition("/")[2].removesuffix(".yaml")
        if page.faults or not page.fits(page.content, key, REGION_FIELDS, {"minimum_note": text}):
            continue
        rows = _versions(page, "minimum_wage", page.content["minimum_wage"], known, STANDARD_FIELDS, STANDARD_EXTRAS)
        standards = tuple(_standard(start, end, value) for start, end, value in rows)
        if standards and page.content["verified_to"] < standards[-1].valid_from:
            page.fault(
                page.content.at("verified_to"), f"“verified_to”早于最后一个标准的施行日期 {standards[-1].valid_from}"
            )
        local = rates(page, page.content["local"], known)
        note = page.content.get("minimum_note", "")
        found[key] = Region(key, page.content["label"], page.content["verified_to"], note, standards, local)
    return found


def _versions(
    page: Page, key: str, values: Table, known: dict[str, Article], needed: dict, allowed: dict
) -> list[tuple[date, date | None, Table]]:
    """A number's versions in order, each with its last day; nothing when one of them is wrong."""
    before = len(page.faults)
    found = dated(page, key, values, known, needed, allowed)
    for start, _, value in found:
        _sound(page, f"{key} 自 {start} 起的版本", value)
    return found if len(page.faults) == before else []


def _sound(page: Page, where: str, value: Table) -> None:
    if "monthly" not in value and ("amount" in value) == ("tiers" in value):
        page.fault(value.line, f"{where} 应写“amount”或者“tiers”，而且只写一个")
    for years, amount in value.get("tiers", {}).items():
        if figure(years) or figure(amount):
            page.fault(value.at("tiers"), f"{where} 的“tiers”应写作“满几年: 大于零的数”，现为“{years}: {amount}”")
    if value.get("amount") == UNSET and value["confidence"] != "C":
        page.fault(value.at("amount"), f"{where} 只有本地规定（C）可以写 unset")
    if value["confidence"] == "C" and "source" not in value:
        page.fault(value.at("confidence"), f"{where} 是本地规定，必须写“source”")


def _number(value: Any) -> Decimal:
    return Decimal(str(value))


def _version(start: date, end: date | None, value: Table) -> RateVersion:
    amount = value.get("amount", UNSET)
    return RateVersion(
        start,
        end,
        None if amount == UNSET else _number(amount),
        {years: _number(each) for years, each in sorted(value.get("tiers", {}).items())},
        value["basis"],
        value["confidence"],
        value.get("source", ""),
        value.get("note", ""),
    )


def _standard(start: date, end: date | None, value: Table) -> Standard:
    monthly, hourly = _number(value["monthly"]), _number(value["hourly"])
    return Standard(
        start, end, monthly, hourly, value["document"], value["basis"], value["confidence"], value["source"]
    )

"""Local values: what the law leaves to a place, who may set it, and what happens while nobody has. Never guessed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from laojian.lawbook.articles import CONFIDENCE, Article
from laojian.lawbook.clocks import UNITS, Clock
from laojian.lawbook.dated import based
from laojian.lawbook.rates import Rate, Region, plain
from laojian.lawbook.reading import LawError, Page, Table, day, one_of, table, text, texts, whole

BEHAVIOURS = {
    "tell_everyone": "对每一件都按最有利于当事人的办",
    "human_decision": "由人书面决定，有关数额一并列出",
    "warn": "不计算、不阻断，提醒",
    "refuse": "不得办理",
}
"""What may happen while a value is not set."""
LOCAL_UNITS = {"yuan": "元", "person": "人", "times": "次", "choice": "", "text": ""} | UNITS
SET_FIELDS = ("value", "document", "source", "by", "on")
"""What a bureau's options keep of a value, by the day from which it holds."""


@dataclass(frozen=True)
class LocalValue:
    """A thing that a place may set: its unit, its article, who may set it, and what happens while it is not set."""

    key: str
    label: str
    unit: str
    basis: str
    set_by: str
    confidence: str
    source: str
    unset: str  # a word of BEHAVIOURS
    words: str
    clock: str  # the period whose length it is, if it is one
    rate: str  # the region's number in which it stands, if it is no bureau's own
    choices: Mapping[str, str]
    tells: tuple[str, ...]  # the steps whose page says so while it is not set
    compares: Mapping[str, str]  # choice → the period that then only compares: nobody is warned of its last day

    def told(self, value: Decimal | str) -> str:
        """A value in words, with its unit."""
        return self.choices.get(value, value) if isinstance(value, str) else f"{plain(value)}{LOCAL_UNITS[self.unit]}"


@dataclass(frozen=True)
class Set:
    """A value that holds: since when, by which document and source, entered by whom and on which day."""

    key: str
    value: Decimal | str
    since: date
    document: str
    source: str
    by: str = ""
    on: str = ""


@dataclass(frozen=True)
class Unset:
    """Nobody has set the value: what happens now, a word of BEHAVIOURS and a sentence."""

    key: str
    behaviour: str
    words: str
    basis: str


@dataclass(frozen=True)
class Example:
    """What another place has set. It is in force nowhere here."""

    place: str
    key: str
    valid_from: date
    value: Decimal
    confidence: str
    source: str


VALUE_FIELDS = {
    "label": text, "unit": one_of(*LOCAL_UNITS), "basis": text, "set_by": text, "confidence": one_of(*CONFIDENCE), "source": text,
    "unset": one_of(*BEHAVIOURS), "words": text,
}  # fmt: skip
VALUE_EXTRAS = {"clock": text, "rate": text, "choices": table, "tells": texts, "compares": table}
EXAMPLE_FIELDS = {"from": day, "value": whole, "confidence": one_of(*CONFIDENCE), "source": text}


def local_values(
    page: Page, known: dict[str, Article], clocks: dict[str, Clock], regions: dict[str, Region]
) -> dict[str, LocalValue]:
    """The values of law/local/values.yaml by their key; faults go to the page."""
    found: dict[str, LocalValue] = {}
    for key, row in page.content.items():
        if not isinstance(key, str) or not isinstance(row, Table):
            page.fault(page.content.at(key), f"{key} 应为一项本地数值的键值表")
        elif page.fits(row, key, VALUE_FIELDS, VALUE_EXTRAS):
            _sound(page, key, row, known, clocks, regions)
            found[key] = LocalValue(
                key, *(row[name] for name in VALUE_FIELDS), row.get("clock", ""), row.get("rate", ""),
                row.get("choices", {}), tuple(row.get("tells", ())), row.get("compares", {}),
            )  # fmt: skip
    return found


def _sound(
    page: Page, key: str, row: Table, known: dict[str, Article], clocks: dict[str, Clock], regions: dict[str, Region]
) -> None:
    based(page, key, row, date.max, None, known)
    if (row["unit"] == "choice") != ("choices" in row):
        page.fault(row.at("unit"), f"{key} 的单位是 choice 时须写“choices”，否则不写")
    if "clock" in row and row["clock"] not in clocks:
        page.fault(row.at("clock"), f"{key} 的“clock”在 law/clocks 中没有：{row['clock']}")
    elif "clock" in row and row["unit"] not in UNITS:
        page.fault(row.at("unit"), f"{key} 是期限的长度，单位应为{'、'.join(UNITS)}之一")
    elif "clock" in row and clocks[row["clock"]].versions[-1].confidence != "C":
        page.fault(row.at("clock"), f"{key}：期限 {row['clock']} 由法律定长，地方不能另定")
    for choice, key_ in row.get("compares", {}).items():
        if choice not in row.get("choices", {}) or key_ not in clocks:
            page.fault(row.at("compares"), f"{key} 的“compares”应写作“所取的值: 期限的键”，现为“{choice}: {key_}”")
    if "rate" in row and not any(row["rate"] in region.local for region in regions.values()):
        page.fault(row.at("rate"), f"{key} 的“rate”在 law/rates/regions 中没有：{row['rate']}")


def examples(pages: list[Page], values: dict[str, LocalValue]) -> tuple[Example, ...]:
    """What other places have set, of law/local/elsewhere/*.yaml; faults go to the pages."""
    found = []
    for page in pages:
        for place, rows in page.content.items():
            if not isinstance(rows, Table):
                page.fault(page.content.at(place), f"{place} 应为键值表：本地数值的键和它在当地的数值")
                continue
            for key, row in rows.items():
                if key not in values:
                    page.fault(rows.at(key), f"{place} 的“{key}”不是 values.yaml 的本地数值")
                elif not isinstance(row, Table):
                    page.fault(rows.at(key), f"{place} 的 {key} 应为键值表")
                elif page.fits(row, f"{place} 的 {key}", EXAMPLE_FIELDS, {}):
                    amount = Decimal(row["value"])
                    found.append(Example(place, key, row["from"], amount, row["confidence"], row["source"]))
    return tuple(found)


def in_options(value: LocalValue, options: Mapping, on: date) -> Set | None:
    """What a bureau's options say of a value on a day: {"local": {key: {first day: {value, document, source, by, on}}}}."""
    told: Mapping[str, Mapping[str, Any]] = (options.get("local") or {}).get(value.key) or {}
    began = max((first for first in told if date.fromisoformat(first) <= on), default="")
    if not began:
        return None
    row = {name: str(told[began].get(name, "")) for name in SET_FIELDS}
    return Set(
        value.key, read_value(value, row["value"]), date.fromisoformat(began), row["document"], row["source"],
        row["by"], row["on"],
    )  # fmt: skip


def in_region(value: LocalValue, rates: Mapping[str, Rate], on: date) -> Set | None:
    """What the numbers of a region say of a value on a day."""
    rate = rates.get(value.rate)
    version = next((v for v in rate.versions if v.in_force(on)), None) if rate else None
    if version is None or version.amount is None:
        return None
    return Set(value.key, version.amount, version.valid_from, version.basis, version.source)


def read_value(value: LocalValue, written: str) -> Decimal | str:
    """A value as entered; LawError in words when it does not fit the unit."""
    if value.unit == "choice":
        if written not in value.choices:
            raise LawError(f"“{value.label}”应为{'、'.join(value.choices)}之一，现为“{written}”。")
        return written
    if value.unit == "text":
        return written
    try:
        number = Decimal(written)
    except InvalidOperation:
        number = Decimal(0)
    if not (number.is_finite() and number > 0) or (value.unit != "yuan" and number != int(number)):
        raise LawError(f"“{value.label}”应为大于零的{'数' if value.unit == 'yuan' else '整数'}，现为“{written}”。")
    return number

"""What may be inspected: items with their standard line by line, by date, and the codes of results. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from laojian.lawbook.articles import CONFIDENCE, Article
from laojian.lawbook.dated import based, dated
from laojian.lawbook.powers import Power
from laojian.lawbook.reading import LawError, Page, Table, day, one_of, rows, table, text, texts, whole

MODES_OF = {"onsite": "现场检查", "written": "书面审查", "online": "网络检查"}
CLASSES = {"key": "重点事项", "general": "一般事项"}
GROUNDS = {
    "draw": "双随机抽查", "patrol": "日常巡视检查", "written": "书面审查", "report": "投诉举报", "assignment": "上级交办、转办",
    "campaign": "专项检查",
}  # fmt: skip
ORGANISERS = {"city": "市级", "district": "区级", "town": "街镇"}
FOLLOWS = {
    "none": "没有后续", "market": "转市场监管部门", "order": "跟踪责令改正", "case": "立案", "pool": "更新对象名录",
    "later": "另行登记后续处理",
}  # fmt: skip
UNKNOWN = "unknown"  # the grade of an employer whom nobody has graded


@dataclass(frozen=True)
class StandardLine:
    """One line of a standard: how it should be, on which article, and which power answers a violation (empty: none by itself)."""

    key: str
    text: str
    basis: str
    power: str


@dataclass(frozen=True)
class Cap:
    """How often a year one employer may be inspected, by grade; checks on an exempt ground neither count nor are limited."""

    exempt: tuple[str, ...]
    times: dict[str, int]


@dataclass(frozen=True)
class ItemVersion:
    """An item as it stood from a day to a day, both included. `ratio` is a suggested percentage a year, None: none is suggested."""

    valid_from: date
    valid_to: date | None
    content: str
    basis: tuple[str, ...]
    power: str
    modes: tuple[str, ...]
    rank: str  # a word of CLASSES
    levels: tuple[str, ...]
    ratio: int | None
    cap: Cap | None
    standard: tuple[StandardLine, ...]
    confidence: str
    source: str

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def line(self, key: str) -> StandardLine | None:
        """The line of the standard by its key."""
        return next((each for each in self.standard if each.key == key), None)


@dataclass(frozen=True)
class InspectionItem:
    """An inspection item (检查事项) of the one list, with its versions, oldest first."""

    key: str
    label: str
    object: str
    versions: tuple[ItemVersion, ...]

    def at(self, on: date) -> ItemVersion | None:
        """The version in force on the day, if there is one."""
        return next((version for version in self.versions if version.in_force(on)), None)

    def version(self, on: date) -> ItemVersion:
        """The version in force on the day, or LawError."""
        found = self.at(on)
        if found is None:
            raise LawError(f"检查事项“{self.label}”在 {on} 没有施行的版本，最早自 {self.versions[0].valid_from} 起")
        return found


@dataclass(frozen=True)
class ResultCode:
    """A code of result: its number on the platform of random inspections, what follows, and whether it tells of a problem."""

    key: str
    label: str
    upload: int
    follow: str  # a word of FOLLOWS
    finding: bool
    unmet: bool  # the inspection could not be carried out
    valid_from: date
    valid_to: date | None
    confidence: str

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def _each_of(*choices: str):
    def check(value: Any) -> str:
        return texts(value) or ("" if set(value) <= set(choices) else f"应取自{'、'.join(choices)}")

    return check


def _flag(value: Any) -> str:
    return "" if isinstance(value, bool) else "应为 true 或者 false"


ITEM_FIELDS = {"label": text, "object": text, "versions": table}
VERSION_FIELDS = {
    "content": text, "basis": text, "power": text, "modes": _each_of(*MODES_OF), "class": one_of(*CLASSES),
    "levels": _each_of(*ORGANISERS), "standard": rows, "confidence": one_of(*CONFIDENCE),
}  # fmt: skip
VERSION_EXTRAS = {"to": day, "also": texts, "ratio": whole, "cap": table, "source": text}
LINE_FIELDS = {"key": text, "text": text, "basis": text}
CODE_FIELDS = {
    "label": text,
    "upload": whole,
    "follow": one_of(*FOLLOWS),
    "from": day,
    "confidence": one_of(*CONFIDENCE),
}


def items(pages: Iterable[Page], known: dict[str, Article], powers: dict[str, Power]) -> dict[str, InspectionItem]:
    """The items of all files by their key; faults go to the page on which they stand."""
    found: dict[str, InspectionItem] = {}
    for page in pages:
        for key, row in page.content.items():
            line = page.content.at(key)
            if not isinstance(key, str) or not isinstance(row, Table):
                page.fault(line, f"{key} 应为一个检查事项的键值表")
            elif key in found:
                page.fault(line, f"检查事项“{key}”写了两次")
            elif page.fits(row, key, ITEM_FIELDS, {}):
                spans = dated(page, key, row["versions"], known, VERSION_FIELDS, VERSION_EXTRAS)
                told = [_version(page, key, *span, known, powers) for span in spans]
                if told:
                    found[key] = InspectionItem(key, row["label"], row["object"], tuple(told))
    return found


def _version(
    page: Page,
    key: str,
    start: date,
    end: date | None,
    value: Table,
    known: dict[str, Article],
    powers: dict[str, Power],
) -> ItemVersion:
    where = f"{key} 自 {start} 起的版本"
    for other in value.get("also", ()):
        if other not in known or not known[other].in_force(start):
            page.fault(value.at("also"), f"{where} 的“also”在 articles.yaml 中没有，或者当时不施行：{other}")
    power = powers.get(value["power"])
    if power is None or power.kind != "inspection":
        page.fault(value.at("power"), f"{where} 的“power”不是 law/powers 的检查权：{value['power']}")
    lines = tuple(each for row in value["standard"] if (each := _line(page, where, row, start, end, known, powers)))
    if len({line.key for line in lines}) < len(lines):
        page.fault(value.at("standard"), f"{where} 的“standard”有两条同名")
    return ItemVersion(
        start, end, value["content"], (value["basis"], *value.get("also", ())), value["power"], tuple(value["modes"]),
        value["class"], tuple(value["levels"]), value.get("ratio"), _cap(page, where, value), lines, value["confidence"],
        value.get("source", ""),
    )  # fmt: skip


def _line(
    page: Page,
    where: str,
    row: Table,
    start: date,
    end: date | None,
    known: dict[str, Article],
    powers: dict[str, Power],
) -> StandardLine | None:
    if not page.fits(row, f"{where} 的一条标准", LINE_FIELDS, {"power": text}):
        return None
    based(page, f"{where} 的标准 {row['key']}", row, start, end, known)
    if row.get("power") and row["power"] not in powers:
        page.fault(row.at("power"), f"{where} 的标准 {row['key']} 的“power”在 law/powers 中没有：{row['power']}")
    return StandardLine(row["key"], row["text"], row["basis"], row.get("power", ""))


def _cap(page: Page, where: str, value: Table) -> Cap | None:
    row = value.get("cap")
    if row is None or not page.fits(row, f"{where} 的频次上限", {"exempt": _each_of(*GROUNDS)}, {"times": table}):
        return None
    times = row.get("times", {})
    if any(whole(count) for count in times.values()):
        page.fault(row.at("times"), f"{where} 的频次上限应写作“等级: 每年次数”，次数为大于零的整数")
    return Cap(tuple(row["exempt"]), {str(grade): count for grade, count in times.items()})


def results(page: Page) -> dict[str, ResultCode]:
    """The codes of law/inspection/results.yaml by their key; faults go to the page."""
    found: dict[str, ResultCode] = {}
    for key, row in page.content.items():
        if not isinstance(key, str) or not isinstance(row, Table):
            page.fault(page.content.at(key), f"{key} 应为一个结果代码的键值表")
        elif page.fits(row, key, CODE_FIELDS, {"to": day, "finding": _flag, "unmet": _flag}):
            if row.get("to") and row["to"] < row["from"]:
                page.fault(row.at("to"), f"{key} 的“to”早于“from”")
            found[key] = ResultCode(
                key, row["label"], row["upload"], row["follow"], row.get("finding", False), row.get("unmet", False),
                row["from"], row.get("to"), row["confidence"],
            )  # fmt: skip
    return found

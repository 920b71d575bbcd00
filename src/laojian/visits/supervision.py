"""Graded supervision: what a grade, how well it is verified and an industry come to for inspections (law/supervision.yaml). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from laojian.lawbook import GROUNDS, LawError, Set, law
from laojian.lawbook.articles import CONFIDENCE
from laojian.lawbook.book import folder
from laojian.lawbook.reading import Page, Table, day, one_of, read, rows, table, text, texts, whole

POLICY = "fewer_visits"  # the local value by which a bureau ties fewer inspections to verified employers
NEVER = ("report", "assignment")  # visits on a complaint or an order are held back by no grade (lsr-14)
KINDS = {
    "priority": "政策优先", "simplify": "许可简化", "exempt_patrol": "免于日常巡视", "fewer_patrols": "减少日常巡视",
    "more_patrols": "增加日常巡视", "key_object": "重点监管对象", "interview": "约谈", "no_commitment": "不适用告知承诺",
}  # fmt: skip


@dataclass(frozen=True)
class Measure:
    """One row: for whom, and what it comes to. `ratio` in per cent and `times` a year: None leaves them to the item or bureau."""

    key: str
    label: str
    grades: tuple[str, ...]
    levels: tuple[str, ...]  # empty: whatever the level
    industries: tuple[str, ...]  # empty: whatever the industry
    ratio: int | None
    least: int
    times: int | None
    exempt: tuple[str, ...]  # grounds on which nobody goes there
    policy: bool
    basis: str
    confidence: str
    says: str

    def fits(self, grade: str, level: str, industry: str) -> bool:
        """Whether an employer of this grade, level and industry falls under the row."""
        return (
            grade in self.grades
            and (not self.levels or level in self.levels)
            and (not self.industries or industry in self.industries)
        )


@dataclass(frozen=True)
class Consequence:
    """What a grade brings besides inspections: a word of KINDS, told."""

    kind: str
    label: str
    basis: str
    confidence: str


@dataclass(frozen=True)
class Sizing:
    """How the register is parted for the estimate: sizes as (key, label, below how many workers), and its numbers."""

    least: int
    batch: int
    budget: int
    sizes: tuple[tuple[str, str, int | None], ...]


@dataclass(frozen=True)
class Supervision:
    """The file as a whole: versions by their first day, the newest last."""

    versions: tuple[tuple[date, tuple[Measure, ...]], ...]
    consequences: Mapping[str, tuple[Consequence, ...]]
    sizing: Sizing


def policy(options: Mapping, on: date) -> Set | None:
    """The bureau's policy of fewer inspections, with its document; None: there is none, and then no grade lessens anything."""
    own = law().local(POLICY, options, on)
    return own if isinstance(own, Set) else None


def measures(options: Mapping, on: date) -> tuple[Measure, ...]:
    """The rows that hold for a bureau on a day, in order; those of a policy only where the bureau has set it."""
    held = [rows_ for first, rows_ in supervision().versions if first <= on]
    agreed = policy(options, on) is not None
    return tuple(row for row in (held[-1] if held else ()) if agreed or not row.policy)


def measure(grade: str, level: str, industry: str, options: Mapping, on: date) -> Measure | None:
    """The first row under which an employer falls; None for who has no grade."""
    return next((row for row in measures(options, on) if row.fits(grade, level, industry)), None)


@cache
def supervision() -> Supervision:
    """law/supervision.yaml. LawError when the file is wrong."""
    page = read(folder() / "supervision.yaml", folder())
    needed = {"key_industries": texts, "versions": table, "consequences": table, "estimate": table}
    found = Supervision((), {}, Sizing(1, 1, 1, ()))
    if page.fits(page.content, "law/supervision.yaml", needed, {}):
        told = page.content
        versions = [(first, version(page, first, row)) for first, row in told["versions"].items()]
        found = Supervision(tuple(sorted(versions, key=lambda pair: str(pair[0]))), consequences(page), sizing(page))
    if page.faults:
        raise LawError("分级监管的规则有误：\n" + "\n".join(page.faults))
    return found


def _flag(value: Any) -> str:
    return "" if isinstance(value, bool) else "应为 true 或者 false"


def _grounds(value: Any) -> str:
    good = not texts(value) and set(value) <= set(GROUNDS) - set(NEVER)
    return "" if good else "应为检查来源；投诉举报、交办的检查不受等级限制，不能写"


ROW = {
    "key": text, "label": text, "grades": texts, "basis": text, "confidence": one_of(*CONFIDENCE), "says": text,
}  # fmt: skip
EXTRAS = {
    "levels": texts, "industry": one_of("key"), "ratio": whole, "least": whole, "times": whole, "exempt": _grounds, "policy": _flag,
}  # fmt: skip


def version(page: Page, first: Any, row: Any) -> tuple[Measure, ...]:
    """The rows of one version; faults go to the page."""
    where = f"{first} 的版本"
    if day(first) or not isinstance(row, Table) or not page.fits(row, where, {"rows": rows}, {}):
        page.fault(page.content["versions"].at(first), f"{where}应为日期和 rows")
        return ()
    found = []
    for each in row["rows"]:
        if page.fits(each, where, ROW, EXTRAS) and based(page, each, where):
            industries = tuple(page.content["key_industries"]) if each.get("industry") == "key" else ()
            found.append(Measure(
                each["key"], each["label"], tuple(each["grades"]), tuple(each.get("levels", ())), industries, each.get("ratio"),
                each.get("least", 0), each.get("times"), tuple(each.get("exempt", ())), each.get("policy", False), each["basis"],
                each["confidence"], each["says"],
            ))  # fmt: skip
    return tuple(found)


def consequences(page: Page) -> dict[str, tuple[Consequence, ...]]:
    """What each grade brings; faults go to the page."""
    needed = {"kind": one_of(*KINDS), "label": text, "basis": text, "confidence": one_of(*CONFIDENCE)}
    found = {}
    for grade, told in page.content["consequences"].items():
        if complaint := rows(told):
            page.fault(page.content["consequences"].at(grade), f"{grade} 的后果{complaint}")
            continue
        good = [row for row in told if page.fits(row, f"{grade} 的后果", needed, {}) and based(page, row, grade)]
        found[grade] = tuple(Consequence(**row) for row in good)
    return found


def sizing(page: Page) -> Sizing:
    """How the estimate parts the register; faults go to the page."""
    row = page.content["estimate"]
    if not page.fits(row, "estimate", {"least": whole, "batch": whole, "budget": whole, "sizes": rows}, {}):
        return Sizing(1, 1, 1, ())
    good = [each for each in row["sizes"] if page.fits(each, "sizes", {"key": text, "label": text}, {"below": whole})]
    sizes = tuple((each["key"], each["label"], each.get("below")) for each in good)
    if sorted(size[2] or 10**9 for size in sizes) != [size[2] or 10**9 for size in sizes] or not sizes or sizes[-1][2]:
        page.fault(row.at("sizes"), "规模应从小到大写，最后一档不写 below")
    return Sizing(row["least"], row["batch"], row["budget"], sizes)


def based(page: Page, row: Table, where: str) -> bool:
    """Whether the row's article stands in the law."""
    known = row["basis"] in law().articles
    if not known:
        page.fault(row.at("basis"), f"{where}的依据在 law/articles.yaml 中没有：{row['basis']}")
    return known

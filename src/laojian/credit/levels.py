"""How well it is verified that an employer obeys (核实程度): one expression for every engine, and the same told for one employer. Pure.

Facts are those of `grading`, of the kinds that law/levels.yaml names: visits by how they went, titles. A grade says what nobody
has recorded against an employer; the level beside it says whether anybody has looked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import ibis
from ibis import _

from laojian.lawbook import LawError, law
from laojian.lawbook.articles import CONFIDENCE
from laojian.lawbook.book import folder
from laojian.lawbook.reading import Page, Table, day, one_of, read, rows, table, text, texts, whole

from .grading import EMPLOYERS, Told, known

FACTS = ibis.table(
    {"employer": "int64", "case": "int64", "kind": "string", "on": "date", "ended": "date", "reversed": "date"},
    name="evidence_facts",
)


@dataclass(frozen=True)
class Kind:
    """A kind of record: `months` runs out, `standing` counts while a title stands; a pass is undone by what was found later."""

    key: str
    label: str
    lasts: str
    passes: bool


@dataclass(frozen=True)
class Level:
    """One level: of each group of kinds at least one record must count; none are needed for the last."""

    key: str
    label: str
    says: str
    needs: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Version:
    """The levels as they hold from a day on: highest first, and after how many months a record counts no more."""

    valid_from: date
    basis: str
    months: int
    spoiled_by: tuple[str, ...]
    confidence: str
    source: str
    levels: tuple[Level, ...]
    otherwise: Level

    @property
    def every(self) -> tuple[Level, ...]:
        """All levels, the highest first."""
        return (*self.levels, self.otherwise)


@dataclass(frozen=True)
class Found:
    """The level of one employer: the records that carry it, the day from which they no longer do, and all that were looked at."""

    level: Level
    carried_by: tuple[Told, ...] = ()
    until: date | None = None
    past: tuple[tuple[Told, str], ...] = ()  # records that count no more, each with why


def leveled(version: Version, on: date) -> ibis.Table:
    """Every employer with its level on a day. Columns: id, level. Runs where `graded_employers` and `evidence_facts` are known."""
    rows_ = FACTS.filter(known(on))
    spoilt = rows_.filter(_.kind.isin(version.spoiled_by)).group_by("employer").agg(last=_.on.max())
    told = rows_.left_join(spoilt, rows_.employer == spoilt.employer)
    told = told.select(employer=rows_.employer, kind=rows_.kind, on=rows_.on, ended=rows_.ended, last=spoilt.last)
    groups = list(dict.fromkeys(group for level in version.levels for group in level.needs))
    counted = told.group_by("employer").agg(
        **{f"g{n}": counts(group, version, on).sum() for n, group in enumerate(groups)}
    )
    joined = EMPLOYERS.left_join(counted, EMPLOYERS.id == counted.employer)
    cases = []
    for level in version.levels:
        holds = ibis.literal(True)
        for group in level.needs:
            holds = holds & (joined[f"g{groups.index(group)}"] > 0)
        cases.append((holds, level.key))
    return joined.select(id=joined.id, level=ibis.cases(*cases, else_=version.otherwise.key))


def counts(group: Iterable[str], version: Version, on: date) -> ibis.Deferred:
    """Whether a record is of one of these kinds and counts on the day."""
    found = ibis.literal(False)
    for key in group:
        kind, one = kinds()[key], _.kind == key
        runs = _.on > back(on, version.months) if kind.lasts == "months" else _.ended.isnull() | (_.ended > on)
        one = one & runs
        if kind.passes:
            one = one & (_.last.isnull() | (_.on > _.last))
        found = found | one
    return found


def statement(on: date, dialect: str) -> str:
    """The expression as SQL of an engine ("postgres", "duckdb", "pyspark"), by the version in force on the day."""
    return str(ibis.to_sql(leveled(version_on(on), on), dialect=dialect))


def level(facts: Iterable[Told], on: date) -> Found:
    """The level of one employer on a day, with the records that carry it: the same that the expression counts."""
    version = version_on(on)
    told = sorted((f for f in facts if f.on <= on and not (f.reversed and f.reversed <= on)), key=lambda f: f.on)
    last = max((f.on for f in told if f.kind in version.spoiled_by), default=None)
    why = {id(f): gone(f, version, last, on) for f in told if f.kind in kinds()}
    good = [f for f in told if why.get(id(f)) == ""]
    past = tuple((f, why[id(f)]) for f in told if why.get(id(f)))
    for each in version.levels:
        carriers = [[f for f in good if f.kind in group] for group in each.needs]
        if all(carriers):
            ends = [max(end(f, version) or date.max for f in group) for group in carriers]
            until = min(ends)
            newest = tuple(max(group, key=lambda f: (end(f, version) or date.max, f.on)) for group in carriers)
            return Found(each, newest, None if until == date.max else until, past)
    return Found(version.otherwise, (), None, past)


def gone(fact: Told, version: Version, last: date | None, on: date) -> str:
    """Why a record counts no more on a day, in words; empty when it counts."""
    kind = kinds()[fact.kind]
    if kind.lasts == "standing":
        return f"{fact.ended} 起不再有效" if fact.ended and fact.ended <= on else ""
    if fact.on <= back(on, version.months):
        return f"已满 {version.months} 个月，{ends_on(fact.on, version.months)} 起不再算"
    return f"{last} 又检查发现问题，以前的通过不再算" if kind.passes and last and fact.on <= last else ""


def end(fact: Told, version: Version) -> date | None:
    """The first day on which a record counts no more by itself; None while a title has no end."""
    return ends_on(fact.on, version.months) if kinds()[fact.kind].lasts == "months" else fact.ended


def back(on: date, months: int) -> date:
    """The same day some months earlier, or the last day of that month: what is not later has run out."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    first = date(year, month + 1, 1)
    return min(first + timedelta(days=on.day - 1), following(first) - timedelta(days=1))


def following(first: date) -> date:
    """The first day of the next month."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def ends_on(on: date, months: int) -> date:
    """The first day on which a record of this day has run out: the inverse of `back`."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    return min(first + timedelta(days=on.day - 1), following(first))


NEEDED = {
    "basis": text, "months": whole, "spoiled_by": texts, "confidence": one_of(*CONFIDENCE), "source": text, "levels": rows,
    "otherwise": table,
}  # fmt: skip
NAMED = {"key": text, "label": text, "says": text}
LASTS = ("months", "standing")


def _flag(value: Any) -> str:
    return "" if isinstance(value, bool) else "应为 true 或者 false"


def _groups(value: Any) -> str:
    good = isinstance(value, list) and value and not any(texts(group) for group in value)
    return "" if good else "应为非空的列表，每组是种类的列表"


@cache
def book() -> tuple[dict[str, Kind], tuple[Version, ...]]:
    """The kinds of records and the versions of the levels, oldest first. LawError when the file is wrong."""
    page = read(folder() / "levels.yaml", folder())
    found, versions = {}, []
    if page.fits(page.content, "law/levels.yaml", {"kinds": table, "versions": table}, {}):
        for key, row in page.content["kinds"].items():
            if page.fits(row, key, {"label": text, "lasts": one_of(*LASTS), "pass": _flag}, {}):
                found[key] = Kind(key, row["label"], row["lasts"], row["pass"])
        versions = [version_of(page, first, row, found) for first, row in page.content["versions"].items()]
    if page.faults:
        raise LawError("核实程度的规则有误：\n" + "\n".join(page.faults))
    return found, tuple(sorted(versions, key=lambda version: version.valid_from))


def version_of(page: Page, first: Any, row: Any, known_: dict[str, Kind]) -> Version | None:
    """One version; faults go to the page, and then there is none."""
    where = f"{first} 的版本"
    if day(first) or not isinstance(row, Table):
        return page.fault(page.content["versions"].at(first), f"{where}应为日期和键值表")
    if not page.fits(row, where, NEEDED, {}) or not page.fits(row["otherwise"], f"{where} otherwise", NAMED, {}):
        return None
    if row["basis"] not in law().articles:
        page.fault(row.at("basis"), f"{where}的依据在 law/articles.yaml 中没有：{row['basis']}")
    levels = []
    for each in row["levels"]:
        if page.fits(each, where, {**NAMED, "needs": _groups}, {}):
            if unknown := {kind for group in each["needs"] for kind in group} - set(known_):
                page.fault(each.at("needs"), f"{where}的 {each['key']} 用到不认识的种类：{'、'.join(sorted(unknown))}")
            needs = tuple(tuple(group) for group in each["needs"])
            levels.append(Level(each["key"], each["label"], each["says"], needs))
    if unknown := set(row["spoiled_by"]) - set(known_):
        page.fault(row.at("spoiled_by"), f"{where}的 spoiled_by 有不认识的种类：{'、'.join(sorted(unknown))}")
    last = row["otherwise"]
    return Version(first, row["basis"], row["months"], tuple(row["spoiled_by"]), row["confidence"], row["source"], tuple(levels),
                   Level(last["key"], last["label"], last["says"]))  # fmt: skip


def kinds() -> dict[str, Kind]:
    """The kinds of records by key."""
    return book()[0]


def version_on(on: date) -> Version:
    """The levels as they hold on a day; before the first version that one: what was not yet told has no other measure."""
    versions = book()[1]
    return next((version for version in reversed(versions) if version.valid_from <= on), versions[0])

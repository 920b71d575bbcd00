"""The schemes of grading: law/grading.yaml, read once and checked whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from laojian.lawbook import LawError, law
from laojian.lawbook.articles import CONFIDENCE
from laojian.lawbook.book import folder
from laojian.lawbook.reading import Page, Table, day, one_of, read, rows, table, text, texts, whole

PERIODS = {"calendar_year": "评价之日所在的自然年度", "last_year": "自上年同日的次日至评价之日"}
COUNTS = {"cases": "案", "facts": "条"}
WINDOWS = {"within": "评价期内", "standing": "评价之日仍有效"}


@dataclass(frozen=True)
class Fact:
    """One kind of fact that a grade rests on; `powers`: established by a finding under one of these (keys of law/powers)."""

    key: str
    label: str
    powers: tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """One condition: so many cases or facts of these kinds, within the period or standing on the day, give the grade."""

    key: str
    grade: str
    label: str
    kinds: tuple[str, ...]
    count: str
    at_least: int
    window: str
    confidence: str


@dataclass(frozen=True)
class Scheme:
    """A way of grading: rules in order, the first that holds decides; `otherwise` (grade, label) if none does."""

    key: str
    label: str
    basis: str
    valid_from: date
    period: str
    rules: tuple[Rule, ...]
    otherwise: tuple[str, str]

    @property
    def grades(self) -> tuple[str, ...]:
        """Every grade that the scheme gives, in the order in which its rules name them."""
        return tuple(dict.fromkeys([*(rule.grade for rule in self.rules), self.otherwise[0]]))

    def span(self, on: date) -> tuple[date, date]:
        """First and last day of the period that a grade of this day looks at, both included."""
        if self.period == "calendar_year":
            return date(on.year, 1, 1), on
        last_year = date(on.year - 1, on.month, 28 if (on.month, on.day) == (2, 29) else on.day)
        return last_year + timedelta(days=1), on


def _list(value: Any) -> str:
    return "" if isinstance(value, list) and not any(text(each) for each in value) else "应为方括号里的列表"


NEEDED = {"label": text, "basis": text, "from": day, "window": one_of(*PERIODS), "rules": rows, "otherwise": table}
RULE = {
    "key": text, "grade": text, "label": text, "kinds": texts, "count": one_of(*COUNTS), "at_least": whole,
    "window": one_of(*WINDOWS), "confidence": one_of(*CONFIDENCE),
}  # fmt: skip
LAST = {"grade": text, "label": text, "confidence": one_of(*CONFIDENCE)}


@cache
def grading() -> tuple[dict[str, Fact], dict[str, Scheme]]:
    """The kinds of facts and the schemes by key. LawError when the file is wrong."""
    page = read(folder() / "grading.yaml", folder())
    if page.fits(page.content, "law/grading.yaml", {"facts": table, "schemes": table}, {}):
        facts = facts_of(page, page.content["facts"])
        schemes = {key: scheme_of(page, key, row, facts) for key, row in page.content["schemes"].items()}
    if page.faults:
        raise LawError("信用等级的办法有误：\n" + "\n".join(page.faults))
    return facts, schemes


def schemes() -> dict[str, Scheme]:
    """The schemes by key."""
    return grading()[1]


def scheme_on(on: date) -> Scheme:
    """The newest scheme that was in force on the day; before the first that one."""
    held = [scheme for scheme in schemes().values() if scheme.valid_from <= on] or [*schemes().values()][:1]
    return max(held, key=lambda scheme: scheme.valid_from)


def facts_of(page: Page, told: Table) -> dict[str, Fact]:
    """The kinds of facts; faults go to the page."""
    found = {}
    for key, row in told.items():
        if not isinstance(row, Table):
            page.fault(told.at(key), f"{key} 应为一种事实的键值表")
        elif page.fits(row, key, {"label": text}, {"powers": _list}):
            powers = tuple(row.get("powers", ()))
            if unknown := [each for each in powers if each not in law().powers]:
                page.fault(row.at("powers"), f"{key} 的权力在 law/powers 中没有：{'、'.join(unknown)}")
            found[key] = Fact(key, row["label"], powers)
    return found


def scheme_of(page: Page, key: str, row: Any, facts: Mapping[str, Fact]) -> Scheme | None:
    """One scheme; faults go to the page, and then there is none."""
    if not isinstance(row, Table):
        return page.fault(page.content["schemes"].at(key), f"{key} 应为一种办法的键值表")
    if not page.fits(row, key, NEEDED, {}) or not page.fits(row["otherwise"], f"{key} 的 otherwise", LAST, {}):
        return None
    if row["basis"] not in law().articles:
        page.fault(row.at("basis"), f"{key} 的依据在 law/articles.yaml 中没有：{row['basis']}")
    rules = []
    for each in row["rules"]:
        if page.fits(each, f"{key} 的条件", RULE, {}):
            if unknown := [kind for kind in each["kinds"] if kind not in facts]:
                page.fault(each.at("kinds"), f"{key} 的条件 {each['key']} 用到不认识的事实：{'、'.join(unknown)}")
            rules.append(Rule(**{**each, "kinds": tuple(each["kinds"])}))
    names = [rule.key for rule in rules]
    if double := {name for name in names if names.count(name) > 1}:
        page.fault(row.at("rules"), f"{key} 的条件代号重复：{'、'.join(sorted(double))}")
    last = row["otherwise"]
    return Scheme(
        key, row["label"], row["basis"], row["from"], row["window"], tuple(rules), (last["grade"], last["label"])
    )

"""The schemes of grading: law/grading.yaml, read once and checked whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

from laojian.lawbook import LawError, Set, law
from laojian.lawbook.articles import CONFIDENCE
from laojian.lawbook.book import folder
from laojian.lawbook.reading import Check, Page, Table, day, one_of, parsed, read, rows, table, text, texts, whole

GRADE, KEY, LABEL, MOST = (
    4,
    20,
    200,
    1_000,
)  # signs of a grade, of a rule's key, of a label; the most that a rule asks for
PERIODS = {"calendar_year": "评价之日的上一个自然年度", "last_year": "自上年同日的次日至评价之日"}
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
class Window:
    """What a grade looks at: facts from a first day to a last, and those that still stood on a day, as known on another."""

    first: date
    last: date
    stood: date
    known: date

    @property
    def latest(self) -> date:
        """The last day on which a standing fact may have begun."""
        return max(self.last, self.stood)


@dataclass(frozen=True)
class Scheme:
    """A way of grading: rules in order, the first that holds decides; `otherwise` (grade, label) if none does.

    `order` names the grades, best first; `minor`: a case that was dropped as minor and corrected counts as dealt with. The scheme is
    used for gradings from `valid_from` to `valid_to`.
    """

    key: str
    label: str
    basis: str
    valid_from: date
    period: str
    rules: tuple[Rule, ...]
    otherwise: tuple[str, str]
    order: tuple[str, ...] = ()
    valid_to: date | None = None
    minor: bool = False

    def holds_on(self, on: date) -> bool:
        """Whether gradings of a day go by the scheme."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def worse(self, *letters: str) -> str:
        """The worst of some grades."""
        return max(letters, key=self.order.index)

    @property
    def grades(self) -> tuple[str, ...]:
        """Every grade that the scheme gives, in the order in which its rules name them."""
        return tuple(dict.fromkeys([*(rule.grade for rule in self.rules), self.otherwise[0]]))

    def span(self, on: date) -> tuple[date, date]:
        """First and last day of the period that a grade of this day looks at, both included."""
        if self.period == "calendar_year":
            return date(on.year - 1, 1, 1), date(on.year - 1, 12, 31)
        last_year = date(on.year - 1, on.month, 28 if (on.month, on.day) == (2, 29) else on.day)
        return last_year + timedelta(days=1), on

    def window(self, on: date) -> Window:
        """What a grading of this day looks at."""
        return Window(*self.span(on), on, on)

    def since(self, run_on: date, on: date) -> Window:
        """What came after the records of a grading, up to a day: it can lower the grade, never raise it (动态调整).

        Until the end of its year nationally, and for one more year in a window that moves: then the next grading is due.
        """
        return Window(self.span(run_on)[1] + timedelta(days=1), on, run_on, on)


def _flag(value: Any) -> str:
    return "" if isinstance(value, bool) else "应为 true 或者 false"


def _list(value: Any) -> str:
    return "" if isinstance(value, list) and not any(text(each) for each in value) else "应为方括号里的列表"


def _words(most: int) -> Check:
    """Text of one line that the tables hold."""

    def check(value: Any) -> str:
        if text(value):
            return text(value)
        return "" if len(value) <= most and value.isprintable() else f"应为一行不超过 {most} 个字的文字"

    return check


def _few(value: Any) -> str:
    return whole(value) or ("" if value <= MOST else f"应不大于 {MOST}")


NEEDED = {
    "label": _words(LABEL), "basis": text, "from": day, "window": one_of(*PERIODS), "order": texts, "rules": rows,
    "otherwise": table,
}  # fmt: skip
ALSO = {"to": day, "minor": _flag}
MINOR = "minor"  # the fact of a case that was dropped as minor and corrected (lsr-18)
RULE = {
    "key": _words(KEY), "grade": _words(GRADE), "label": _words(LABEL), "kinds": texts, "count": one_of(*COUNTS), "at_least": _few,
    "window": one_of(*WINDOWS), "confidence": one_of(*CONFIDENCE),
}  # fmt: skip
LAST = {"grade": _words(GRADE), "label": _words(LABEL), "confidence": one_of(*CONFIDENCE)}


@cache
def grading() -> tuple[dict[str, Fact], dict[str, Scheme]]:
    """The kinds of facts and the schemes by key. LawError when the file is wrong."""
    page = read(folder() / "grading.yaml", folder())
    if page.fits(page.content, "law/grading.yaml", {"facts": table, "schemes": table}, {}):
        facts = facts_of(page, page.content["facts"])
        told = page.content["schemes"]
        schemes = {key: scheme_of(page, told, key, facts) for key in told}
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


def scheme_of(page: Page, told: Table, key: Any, facts: Mapping[str, Fact]) -> Scheme | None:
    """One scheme of a table of them; faults go to the page, and then there is none."""
    row = told[key]
    if not isinstance(key, str) or not isinstance(row, Table):
        return page.fault(told.at(key), f"{key} 应为一种办法的代号，下面是它的键值表")
    if not page.fits(row, key, NEEDED, ALSO) or not page.fits(row["otherwise"], f"{key} 的 otherwise", LAST, {}):
        return None
    if row["basis"] not in law().articles:
        page.fault(row.at("basis"), f"{key} 的依据在 law/articles.yaml 中没有：{row['basis']}")
    rules = []
    for each in row["rules"]:
        if page.fits(each, f"{key} 的条件", RULE, {}):
            if unknown := [kind for kind in each["kinds"] if kind not in facts]:
                page.fault(each.at("kinds"), f"{key} 的条件 {each['key']} 用到不认识的事实：{'、'.join(unknown)}")
            more = (MINOR,) if row.get("minor") and each["count"] == "cases" else ()
            rules.append(Rule(**{**each, "kinds": (*each["kinds"], *more)}))
    names = [rule.key for rule in rules]
    if double := {name for name in names if names.count(name) > 1}:
        page.fault(row.at("rules"), f"{key} 的条件代号重复：{'、'.join(sorted(double))}")
    last, order = row["otherwise"], tuple(row["order"])
    if unordered := [grade for grade in (*(rule.grade for rule in rules), last["grade"]) if grade not in order]:
        page.fault(row.at("order"), f"{key} 的 order 没有排到：{'、'.join(dict.fromkeys(unordered))}")
    return Scheme(
        key, row["label"], row["basis"], row["from"], row["window"], tuple(rules), (last["grade"], last["label"]), order,
        row.get("to"), row.get("minor", False),
    )  # fmt: skip


def written(key: str, minor: bool = False) -> str:
    """The rules of a scheme word for word, as law/grading.yaml has them; `minor`: as a bureau has them that counts such cases."""
    lines = (folder() / "grading.yaml").read_text(encoding="utf-8").splitlines()
    first = lines.index(f"  {key}:", lines.index("schemes:"))
    last = next((n for n in range(first + 1, len(lines)) if lines[n][:3].strip()), len(lines))
    told = "\n".join(line[2:] for line in lines[first:last]) + "\n"
    return told.replace("minor: false", "minor: true") if minor else told


def minor_counts(options: Mapping, on: date) -> bool:
    """Whether a bureau with these options counts cases dropped as minor and corrected; while it has not said so, it does not."""
    told = law().local("grade_minor", options, on)
    return isinstance(told, Set) and told.value == "counted"


def of_text(text: str) -> Scheme:
    """The one scheme that a text tells, checked as law/grading.yaml is. LawError names every fault with its line."""
    page = parsed(text, "规则")
    found = None
    if not page.faults and len(page.content) != 1:
        page.fault(1, "应只写一种办法：最上面是办法的代号，下面是 label、basis 等项")
    elif not page.faults:
        (key,) = page.content
        found = scheme_of(page, page.content, key, grading()[0])
    if page.faults or found is None:
        raise LawError("\n".join(page.faults))
    return found


def digest(text: str) -> str:
    """SHA-256 of the rules of a scheme."""
    return sha256(text.encode()).hexdigest()

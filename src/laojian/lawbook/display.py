"""How long a penalty is shown as credit information, and from when it can be repaired: by the day of the decision and its class."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from laojian.lawbook.articles import CONFIDENCE
from laojian.lawbook.book import folder, law
from laojian.lawbook.counting import Due, due
from laojian.lawbook.reading import LawError, Page, Table, day, one_of, read, table, text


@dataclass(frozen=True)
class Class:
    """How grave it was held: `least` and `longest` are keys of law/clocks; no `least`: repaired as soon as the duties are done."""

    key: str
    label: str
    least: str
    longest: str
    repairable: bool
    shown: bool


@dataclass(frozen=True)
class Regime:
    """The rules for decisions made from one day to another, both included."""

    key: str
    label: str
    basis: str
    since: date
    until: date | None
    confidence: str
    classes: dict[str, Class]


@dataclass(frozen=True)
class Shown:
    """When one penalty is shown: repair is possible from `from_on` on, showing stops by itself after `until_on`."""

    regime: Regime
    of: Class
    least: Due | None
    longest: Due

    @property
    def from_on(self) -> date:
        """The first day on which repair can be granted, its other conditions aside."""
        return self.least.passed_on if self.least else self.longest.started_on

    @property
    def until_on(self) -> date:
        """The last day on which it may be shown."""
        return self.longest.due_on

    def explain(self) -> list[str]:
        """Why, in Chinese, a line for each reason."""
        head = (
            f"处罚决定于 {self.longest.started_on} 作出，适用{law().article(self.regime.basis).cite}：{self.of.label}"
        )
        lines = [
            head,
            *(["原则上不公示"] if not self.of.shown else []),
            *(["不得提前修复"] if not self.of.repairable else []),
        ]
        return [*lines, *(self.least.explain() if self.least else ["履行完义务即可修复"]), *self.longest.explain()]


def _key(value: Any) -> str:
    return "" if value in law().clocks else f"在 law/clocks 中没有：{value}"


def _flag(value: Any) -> str:
    return "" if isinstance(value, bool) else "应为 true 或者 false"


NEEDED = {"label": text, "basis": text, "from": day, "confidence": one_of(*CONFIDENCE), "classes": table}
MORE = {"least": _key, "repairable": _flag, "shown": _flag}


@cache
def regimes() -> tuple[Regime, ...]:
    """All regimes, oldest first. LawError when the file is wrong."""
    page = read(folder() / "display.yaml", folder())
    found = [regime_of(page, key, row) for key, row in page.content.items()]
    if page.faults:
        raise LawError("信用信息公示期的数据有误：\n" + "\n".join(page.faults))
    return tuple(sorted(found, key=lambda each: each.since))


def regime_of(page: Page, key: str, row: Any) -> Regime | None:
    """One regime; faults go to the page, and then there is none."""
    if not isinstance(row, Table):
        return page.fault(page.content.at(key), f"{key} 应为一种办法的键值表")
    if not page.fits(row, key, NEEDED, {"to": day}):
        return None
    if row["basis"] not in law().articles:
        page.fault(row.at("basis"), f"{key} 的依据在 law/articles.yaml 中没有：{row['basis']}")
    classes = {name: class_of(page, f"{key} 的 {name}", name, each) for name, each in row["classes"].items()}
    return Regime(key, row["label"], row["basis"], row["from"], row.get("to"), row["confidence"], classes)


def class_of(page: Page, where: str, key: str, row: Any) -> Class | None:
    """One class; faults go to the page."""
    if not isinstance(row, Table) or not page.fits(row, where, {"label": text, "longest": _key}, MORE):
        return None
    return Class(
        key, row["label"], row.get("least", ""), row["longest"], row.get("repairable", True), row.get("shown", True)
    )


def regime(decided_on: date) -> Regime | None:
    """The regime for a decision of this day; None before 2019-07-01, of which nothing was verified: then people decide."""
    found = (
        each for each in regimes() if each.since <= decided_on and (each.until is None or decided_on <= each.until)
    )
    return next(found, None)


def shown(decided_on: date, of: str) -> Shown:
    """When a penalty decided on this day and held to be of this class is shown. LookupError: no regime, or it has no such class."""
    rules = regime(decided_on)
    if rules is None or of not in rules.classes:
        raise LookupError(f"{decided_on} 作出的处罚没有“{of}”这一类")
    held = rules.classes[of]
    return Shown(rules, held, due(held.least, decided_on) if held.least else None, due(held.longest, decided_on))

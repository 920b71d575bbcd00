"""Versions by date: they may neither overlap nor leave a gap, and each rests on an article in force."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from laojian.lawbook.articles import Article
from laojian.lawbook.calendar import ONE_DAY
from laojian.lawbook.reading import Check, Page, Table, day


def dated(
    page: Page, key: str, values: Table, known: dict[str, Article], needed: dict[str, Check], allowed: dict[str, Check]
) -> list[tuple[date, date | None, Table]]:
    """The versions of a thing in order, each with its first and last day; nothing when one of them is wrong.

    Every fault goes to the page. A version must have the keys of `needed`, `basis` among them.
    """
    before = len(page.faults)
    for start, value in values.items():
        if day(start) or not isinstance(value, Table):
            page.fault(values.at(start), f"{key} 的版本应写作“施行日期: 键值表”，现为“{start}”")
        else:
            page.fits(value, f"{key} 自 {start} 起的版本", needed, allowed)
    if len(page.faults) > before:
        return []
    spans = list(in_turn(page, key, values))
    for start, end in spans:
        based(page, f"{key} 自 {start} 起的版本", values[start], start, end, known)
    return [(start, end, values[start]) for start, end in spans] if len(page.faults) == before else []


def in_turn(page: Page, key: str, values: Table) -> Iterator[tuple[date, date | None]]:
    """First and last day of each version, in order. A version without “to” lasts until the day before the next."""
    for start, later in pairwise([*sorted(values), None]):
        eve = later - ONE_DAY if later else None
        end = values[start].get("to", eve)
        if end and end < start:
            page.fault(values[start].at("to"), f"{key} 自 {start} 起的版本的“to”早于施行日期")
        elif eve and end > eve:
            page.fault(values[start].at("to"), f"{key} 自 {start} 起的版本与自 {later} 起的版本期间重叠")
        elif eve and end < eve:
            page.fault(
                values[start].at("to"),
                f"{key} 自 {start} 起的版本与自 {later} 起的版本之间有空档；删去“to”，旧版本自动止于前一日",
            )
        yield start, end


def based(
    page: Page, where: str, value: Table, start: date, end: date | None, known: dict[str, Article], name: str = "basis"
) -> None:
    """The article that is named exists, and is in force as long as the version."""
    article = known.get(value[name])
    if article is None:
        page.fault(value.at(name), f"{where} 的“{name}”在 articles.yaml 中没有：{value[name]}")
    elif not article.in_force(start):
        page.fault(value.at(name), f"{where} 引用的 {article.key} 在 {start} 不施行")
    elif article.valid_to and (end or date.max) > article.valid_to:
        page.fault(value.at(name), f"{where} 引用的 {article.key} 只施行到 {article.valid_to}")

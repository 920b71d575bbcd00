"""What of the law can be read on the screen: the lawbook's sections, those of the later rooms, and where each item is used."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from laojian.cases.grounds import grounds
from laojian.cases.matters import matters
from laojian.lawbook import Lawbook, law
from laojian.lawbook.shelf import SECTIONS as LAWBOOK
from laojian.lawbook.shelf import Item, Section, Told
from laojian.papers.actions import templates
from laojian.procedure.take import FLOWS

KINDS = {"external": "对外文书，盖章后送达", "internal": "内部文书，只入卷", "record": "笔录、清单，由在场人签名"}
PURSUED = {
    "always": "投诉人撤回、当事人和解都不终止查处", "unpaid": "还有劳动者未得到清偿的，不得终止查处", "free": "可以因撤回或者和解终止",
}  # fmt: skip


def matters_told(_: Lawbook) -> Iterator[Item]:
    """What a case can be about."""
    for each in matters().values():
        basis = tuple(dict.fromkeys((*each.violated, *each.penalty)))
        yield Item("matters", each.key, each.label, "", (Told(None, None, PURSUED[each.pursue], basis),))


def grounds_told(_: Lawbook) -> Iterator[Item]:
    """On which articles somebody can be made to act or to pay."""
    for key, says in grounds().items():
        article = law().article(key)
        told = Told(article.valid_from, article.valid_to, says, (key,), article.confidence)
        yield Item("grounds", key, article.cite, "", (told,))


def papers_told(_: Lawbook) -> Iterator[Item]:
    """The papers that the procedure makes."""
    for each in templates().values():
        basis = tuple(dict.fromkeys((*each.basis, *each.cites)))
        yield Item("papers", each.code, each.label, KINDS[each.kind], (Told(None, None, KINDS[each.kind], basis),))


SECTIONS: tuple[Section, ...] = (
    *LAWBOOK,
    Section("matters", "案由", "一件案子可以是什么事、依据哪些条、撤回投诉后还查不查。", matters_told),
    Section("grounds", "义务依据", "责令和决定里，每名受文人依哪一条承担义务。", grounds_told),
    Section("papers", "文书", "办案中用到的文书，依据和引用的法条。", papers_told),
)
LABELS = {section.key: section.label for section in SECTIONS}


@dataclass(frozen=True)
class Use:
    """A place that stands on an item: a step, or another item of the shelf."""

    kind: str
    label: str
    section: str = ""  # empty for a step, which is no item
    key: str = ""


@cache
def shelf() -> dict[str, tuple[Item, ...]]:
    """All items by section, in the sections' order; built once, since the law is loaded once."""
    return {section.key: tuple(section.items(law())) for section in SECTIONS}


@cache
def uses() -> dict[tuple[str, str], tuple[Use, ...]]:
    """For each item, by section and key, what stands on it."""
    found: dict[tuple[str, str], dict[Use, None]] = defaultdict(dict)
    for section in SECTIONS:
        for item in shelf()[section.key]:
            for key in {key for version in item.versions for key in version.basis} - {item.key}:
                found["articles", key][Use(section.label, item.label, item.section, item.key)] = None
    for flow in FLOWS.values():
        for step in flow.steps:
            use = Use("步骤", f"{step.label}（{flow.label}）")
            for place in stands_on(step):
                found[place][use] = None
    return {place: tuple(rows) for place, rows in found.items()}


def stands_on(step) -> Iterator[tuple[str, str]]:
    """Section and key of everything that a step names."""
    if step.basis:
        yield "articles", step.basis
    yield from (("clocks", key) for key in (*step.starts, *step.stops, *step.reopens))
    if step.paper:
        yield "papers", step.paper


def everything() -> Iterable[Item]:
    """Every item of every section."""
    return (item for items in shelf().values() for item in items)

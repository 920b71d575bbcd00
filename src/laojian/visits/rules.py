"""What a visit comes to without asking anybody: its checklist, what stands open in it, the digest of a record, result codes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from laojian.lawbook import ItemVersion, Lawbook, ResultCode, StandardLine
from laojian.record.rules import digest


@dataclass(frozen=True)
class Row:
    """A line of the checklist: the item, the standard, and how it was found (None: not yet looked at)."""

    item: str
    label: str
    standard: StandardLine
    found: Mapping | None

    @property
    def outcome(self) -> str:
        """A word of VisitLine.Outcome; empty while nobody looked."""
        return self.found["outcome"] if self.found else ""


def planned(items: Iterable[Mapping], book: Lawbook) -> Iterator[tuple[str, str, ItemVersion]]:
    """Key, label and version of each planned item, as the visit pins them."""
    for each in items:
        item = book.item(each["item"])
        yield each["item"], item.label, item.version(date.fromisoformat(each["version"]))


def checklist(items: Iterable[Mapping], lines: Iterable[Mapping], book: Lawbook) -> list[Row]:
    """Every line of every planned item with the newest that was found of it."""
    found = {(line["item"], line["line"]): line for line in lines}
    return [
        Row(key, label, standard, found.get((key, standard.key)))
        for key, label, version in planned(items, book)
        for standard in version.standard
    ]


def untouched(rows: Sequence[Row]) -> list[Row]:
    """The lines that nobody looked at, or that still stand open."""
    return [row for row in rows if row.outcome in ("", "open")]


def problems(rows: Sequence[Row]) -> list[Row]:
    """The lines with a problem."""
    return [row for row in rows if row.outcome == "problem"]


def for_plan(papers: Iterable[Mapping], took: Iterable[Sequence], *codes: str) -> list[Mapping]:
    """The papers of these codes that were drafted for the plan as it was last approved; older ones told of another plan."""
    approved = max((row[0] for row in took if row[1] == "approve_visit"), default=0)
    return [p for p in papers if p["code"] in codes and not p["voided"] and p["nth"] >= approved]


def record_digest(lines: Sequence[Mapping], paper: str, others: Mapping) -> str:
    """SHA-256 of a record as it was signed: the checklist's lines, the digest of the record's text, who took part and when."""
    kept = [
        {name: line[name] for name in ("item", "line", "outcome", "note", "evidence", "by_id", "at")} for line in lines
    ]
    return digest({"lines": kept, "paper": paper, **others})


def clash(codes: Sequence[ResultCode], found: int, unmet: bool) -> str:
    """Why these codes do not tell what the visit found, in words; empty when they do. `found`: how many lines have a problem."""
    keys = {code.key for code in codes}
    if "no_problem" in keys and len(keys) > 1:
        return "“未发现问题”不能与其他结果并列"
    if unmet != any(code.unmet for code in codes):
        return "检查没有实施完成的，结果应为无法联系、不配合或者已注销；实施完成的不能用这些结果"
    if found and not any(code.finding for code in codes):
        return f"检查表有 {found} 处发现问题，结果不能只写没有问题"
    if not found and not unmet and any(code.finding for code in codes):
        return "检查表没有发现问题的记录，结果却写发现问题"
    return ""

"""The kinds of major violations that are made public: law/publication.yaml, read once and checked whole."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from laojian.lawbook import LawError, law
from laojian.lawbook.articles import CONFIDENCE
from laojian.lawbook.book import folder
from laojian.lawbook.reading import Page, Table, one_of, read, text


@dataclass(frozen=True)
class Kind:
    """One kind: `powers` point to it; `always`: published however grave it was; `amount`: so is what reaches the bureau's own amount."""

    key: str
    label: str
    powers: tuple[str, ...]
    always: bool
    amount: bool
    confidence: str


def _powers(value: Any) -> str:
    if not isinstance(value, list):
        return "应为方括号里的列表"
    unknown = [str(each) for each in value if each not in law().powers]
    return f"在 law/powers 中没有：{'、'.join(unknown)}" if unknown else ""


def _flag(value: Any) -> str:
    return "" if isinstance(value, bool) else "应为 true 或者 false"


@cache
def kinds() -> dict[str, Kind]:
    """All kinds by key. LawError when the file is wrong."""
    page = read(folder() / "publication.yaml", folder())
    found = {}
    for key, row in page.content.items():
        if fits(page, key, row):
            found[key] = Kind(
                key,
                row["label"],
                tuple(row["powers"]),
                row.get("always", False),
                row.get("amount", False),
                row["confidence"],
            )
    if page.faults:
        raise LawError("社会公布的情形有误：\n" + "\n".join(page.faults))
    return found


def fits(page: Page, key: str, row: Any) -> bool:
    """Whether a row can be read; faults go to the page."""
    if not isinstance(row, Table):
        page.fault(page.content.at(key), f"{key} 应为一种情形的键值表")
        return False
    return page.fits(
        row,
        key,
        {"label": text, "powers": _powers, "confidence": one_of(*CONFIDENCE)},
        {"always": _flag, "amount": _flag},
    )


def suggested(powers: tuple[str, ...]) -> list[Kind]:
    """The kinds to which these powers point, in the order of the file."""
    return [kind for kind in kinds().values() if set(kind.powers) & set(powers)]

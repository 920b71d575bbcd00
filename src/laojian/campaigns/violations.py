"""The kinds of violations that a campaign counts: law/campaigns.yaml, read once."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from laojian.lawbook import LawError, law
from laojian.lawbook.articles import CONFIDENCE
from laojian.lawbook.book import folder
from laojian.lawbook.reading import Page, Table, one_of, read, text, texts


@dataclass(frozen=True)
class Violation:
    """One kind: its label, the powers on which it is dealt with, or the article where the bureau holds no power of its own."""

    key: str
    label: str
    powers: tuple[str, ...]
    basis: tuple[str, ...]
    confidence: str


def powers(value: Any) -> str:
    """A list, which may be empty, of keys of law/powers."""
    if not isinstance(value, list):
        return "应为方括号里的列表"
    unknown = [str(each) for each in value if each not in law().powers]
    return f"在 law/powers 中没有：{'、'.join(unknown)}" if unknown else ""


NEEDED = {"label": text, "powers": powers, "confidence": one_of(*CONFIDENCE)}


@cache
def violations() -> dict[str, Violation]:
    """All kinds by key. LawError when the file is wrong."""
    page = read(folder() / "campaigns.yaml", folder())
    found = {}
    for key, row in page.content.items():
        if not isinstance(row, Table):
            page.fault(page.content.at(key), f"{key} 应为一种违法情形的键值表")
        elif page.fits(row, key, NEEDED, {"basis": texts}) and grounded(page, row, key):
            found[key] = Violation(
                key, row["label"], tuple(row["powers"]), tuple(row.get("basis", ())), row["confidence"]
            )
    if page.faults:
        raise LawError("专项行动的统计口径有误：\n" + "\n".join(page.faults))
    return found


def grounded(page: Page, row: Table, key: str) -> bool:
    """Whether the kind says on what it is dealt with: powers, or articles that stand in the law."""
    if not row["powers"] and not row.get("basis"):
        page.fault(row.line, f"{key} 既没有权力事项，也没有依据")
    if unknown := [each for each in row.get("basis", ()) if each not in law().articles]:
        page.fault(row.at("basis"), f"{key} 的依据在 law/articles.yaml 中没有：{'、'.join(unknown)}")
    return not page.faults

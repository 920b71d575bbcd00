"""The matters (案由) a case can be about: law/matters.yaml, read once."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from laojian.lawbook import LawError, law
from laojian.lawbook.book import folder
from laojian.lawbook.reading import Page, Table, one_of, read, text

PURSUITS = ("always", "unpaid", "free")


@dataclass(frozen=True)
class Matter:
    """One matter: its label, the articles usually violated and penalised, the powers it may come to, and the duty to pursue it."""

    key: str
    label: str
    violated: tuple[str, ...]
    penalty: tuple[str, ...]
    pursue: str
    months: bool
    powers: tuple[str, ...]


@cache
def matters() -> dict[str, Matter]:
    """All matters by key. LawError when the file is wrong."""
    page = read(folder() / "matters.yaml", folder())
    found = {}
    for key, row in page.content.items():
        if not isinstance(row, Table):
            page.fault(page.content.at(key), f"{key} 应为一个案由的键值表")
        elif page.fits(row, key, FIELDS, {}):
            found[key] = Matter(
                key,
                row["label"],
                tuple(row["violated"]),
                tuple(row["penalty"]),
                row["pursue"],
                row["months"],
                tuple(row["powers"]),
            )
            _tied(found[key], page, row)
    if page.faults:
        raise LawError("案由有误：\n" + "\n".join(page.faults))
    return found


def _list(value: Any) -> str:
    return "" if isinstance(value, list) and not any(text(one) for one in value) else "应为方括号里的列表"


def _flag(value: Any) -> str:
    return "" if isinstance(value, bool) else "应为 true 或者 false"


FIELDS = {
    "label": text,
    "violated": _list,
    "penalty": _list,
    "pursue": one_of(*PURSUITS),
    "months": _flag,
    "powers": _list,
}


def _tied(matter: Matter, page: Page, row: Table) -> None:
    """What a matter cites is cited by one of its powers, so that the two lists cannot drift apart."""
    if unknown := [key for key in matter.powers if key not in law().powers]:
        return page.fault(row.at("powers"), f"{matter.key} 的权力在 law/powers 中没有：{'、'.join(unknown)}")
    versions = [version for key in matter.powers for version in law().power(key).versions]
    for name, cited, known in (
        ("violated", matter.violated, {each for version in versions for each in version.violated}),
        ("penalty", matter.penalty, {each for version in versions for each in version.basis}),
    ):
        if strange := [each for each in cited if each not in known]:
            page.fault(row.at(name), f"{matter.key} 的“{name}”写的{'、'.join(strange)}，所列权力（powers）都没有引用")

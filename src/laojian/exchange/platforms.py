"""The platforms to which credit information goes: law/exchange/platforms.yaml, read once and checked whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from laojian.lawbook import LawError, law
from laojian.lawbook.articles import CONFIDENCE
from laojian.lawbook.book import folder
from laojian.lawbook.reading import Page, Table, one_of, read, table, text

from .models import Kind

WAYS = {"push": "接口推送", "file": "文件报送"}


@dataclass(frozen=True)
class Platform:
    """One platform: what it takes and how; `identity`: whether identity numbers may go there; `within`: kind → the clock that binds."""

    key: str
    label: str
    takes: tuple[str, ...]
    way: str
    identity: bool
    within: Mapping[str, str]
    basis: str
    confidence: str


def _kinds(value: Any) -> str:
    if not isinstance(value, list):
        return "应为方括号里的列表"
    unknown = [str(each) for each in value if each not in Kind.values]
    return f"不认识的类别：{'、'.join(unknown)}" if unknown else ""


def _flag(value: Any) -> str:
    return "" if isinstance(value, bool) else "应为 true 或者 false"


FIELDS = {
    "label": text, "takes": _kinds, "way": one_of(*WAYS), "identity": _flag, "basis": text,
    "confidence": one_of(*CONFIDENCE),
}  # fmt: skip


@cache
def platforms() -> dict[str, Platform]:
    """All platforms by key, in the order of the file. LawError when the file is wrong."""
    page = read(folder() / "exchange" / "platforms.yaml", folder())
    found = {}
    for key, row in page.content.items():
        if fits(page, key, row):
            found[key] = Platform(key, row["label"], tuple(row["takes"]), row["way"], row["identity"], row.get("within", {}), row["basis"],
                                  row["confidence"])  # fmt: skip
    if page.faults:
        raise LawError("信用信息平台的数据有误：\n" + "\n".join(page.faults))
    return found


def fits(page: Page, key: str, row: Any) -> bool:
    """Whether a row can be read; faults go to the page."""
    if not isinstance(row, Table):
        page.fault(page.content.at(key), f"{key} 应为一个平台的键值表")
        return False
    if not page.fits(row, key, FIELDS, {"within": table}):
        return False
    if row["basis"] not in law().articles:
        page.fault(row.at("basis"), f"{key} 的依据在 law/articles.yaml 中没有：{row['basis']}")
    for kind, clock in row.get("within", {}).items():
        if kind not in row["takes"] or clock not in law().clocks:
            page.fault(row.at("within"), f"{key} 的期限应写作“所收的类别: law/clocks 的键”，现为“{kind}: {clock}”")
    return True


def taking(kind: str) -> list[Platform]:
    """The platforms that take a kind, in the order of the file."""
    return [each for each in platforms().values() if kind in each.takes]

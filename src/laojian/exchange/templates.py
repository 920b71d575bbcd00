"""What a platform expects of each kind, column by column: law/exchange, dated; read once and checked whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from laojian.lawbook import LawError, law
from laojian.lawbook.articles import CONFIDENCE
from laojian.lawbook.book import folder
from laojian.lawbook.reading import Page, Table, one_of, read, table, text, texts, whole

from .models import Kind

TYPES = {
    "text": "文字",
    "choice": "单选",
    "choices": "多选",
    "code": "统一社会信用代码",
    "wan": "万元，六位小数",
    "day": "年/月/日",
}
ALWAYS = "always"
FILES = ("penalty", "listing")  # of law/exchange


@dataclass(frozen=True)
class Column:
    """One column; `needed` is "", ALWAYS, or (column, values): needed where that column holds one of them."""

    key: str
    label: str
    type: str
    length: int | None
    needed: str | tuple[str, tuple[str, ...]]
    choices: tuple[str, ...]
    sealed: bool
    says: str


@dataclass(frozen=True)
class Template:
    """The columns of a kind from a day on."""

    kind: str
    since: date
    basis: str
    confidence: str
    columns: dict[str, Column]


def _flag(value: Any) -> str:
    return "" if isinstance(value, bool) else "应为 true 或者 false"


VERSION = {"basis": text, "confidence": one_of(*CONFIDENCE), "columns": table}
COLUMN = {"label": text, "type": one_of(*TYPES)}
MORE = {"length": whole, "needed": text, "choices": texts, "sealed": _flag, "says": text}


@cache
def templates() -> dict[str, tuple[Template, ...]]:
    """The templates of every kind that has one, oldest first. LawError when the file is wrong."""
    found: dict[str, tuple[Template, ...]] = {}
    for name in FILES:
        found |= templates_of(read(folder() / "exchange" / f"{name}.yaml", folder()))
    return found


def templates_of(page: Page) -> dict[str, tuple[Template, ...]]:
    """The templates of one file. LawError when it is wrong."""
    found: dict[str, tuple[Template, ...]] = {}
    for kind, versions in page.content.items():
        if kind not in Kind.values or not isinstance(versions, Table):
            page.fault(page.content.at(kind), f"{kind} 应为一类报送信息的各版模板")
            continue
        made = [version_of(page, kind, since, row) for since, row in versions.items()]
        found[kind] = tuple(sorted((each for each in made if each), key=lambda each: each.since))
    if page.faults:
        raise LawError("报送模板有误：\n" + "\n".join(page.faults))
    return found


def version_of(page: Page, kind: str, since: Any, row: Any) -> Template | None:
    """One version; faults go to the page."""
    where = f"{kind} 的 {since}"
    if not isinstance(since, date) or not isinstance(row, Table):
        page.fault(page.content.at(kind), f"{where} 应为施行之日和这一版的列")
        return None
    if not page.fits(row, where, VERSION, {}):
        return None
    if row["basis"] not in law().articles:
        page.fault(row.at("basis"), f"{where} 的依据在 law/articles.yaml 中没有：{row['basis']}")
    columns = {key: column_of(page, row["columns"], key) for key in row["columns"]}
    return Template(kind, since, row["basis"], row["confidence"], {key: each for key, each in columns.items() if each})


def column_of(page: Page, columns: Table, key: str) -> Column | None:
    """One column; faults go to the page."""
    row = columns[key]
    if not isinstance(row, Table):
        page.fault(columns.at(key), f"{key} 应为一列的键值表")
        return None
    if not page.fits(row, key, COLUMN, MORE):
        return None
    if (row["type"] in ("choice", "choices")) != ("choices" in row):
        page.fault(row.at("type"), f"{key} 是单选、多选的须写“choices”，否则不写")
    needed: str | tuple[str, tuple[str, ...]] = row.get("needed", "")
    if needed not in ("", ALWAYS):
        other, equals, values = needed.partition("=")
        if not equals or other not in columns:
            page.fault(row.at("needed"), f"{key} 的“needed”应为 always，或者“本模板的列=值”，现为“{needed}”")
        needed = (other, tuple(values.split("|")))
    return Column(
        key, row["label"], row["type"], row.get("length"), needed, tuple(row.get("choices", ())), row.get("sealed", False),
        row.get("says", ""),
    )  # fmt: skip


def template(kind: str, on: date) -> Template | None:
    """The template of a kind for what was decided on a day; None where there is none, then nothing is checked."""
    return next((each for each in reversed(templates().get(kind, ())) if each.since <= on), None)


def public(columns: Mapping[str, Column]) -> dict[str, Column]:
    """The columns that everybody may read."""
    return {key: each for key, each in columns.items() if not each.sealed}

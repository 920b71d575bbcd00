"""Reads YAML so that every complaint can name its file and line; knows nothing of law."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml


class LawError(ValueError):
    """The law data are wrong or do not answer the question; the text says what, where and what now, for people."""


class Table(dict):
    """A YAML mapping that remembers the line on which each key stands."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[Any, int] = {}

    def at(self, key: Any) -> int:
        """The line of a key, or of the mapping when the key is missing."""
        return self.lines.get(key, self.line)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    pass


def _table(loader: yaml.SafeLoader, node: yaml.MappingNode) -> Table:
    table = Table(node.start_mark.line + 1)
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if isinstance(key, list | dict):
            raise yaml.constructor.ConstructorError(None, None, "键应为一个词，不是列表或者键值表", key_node.start_mark)
        if key in table:
            raise yaml.constructor.ConstructorError(None, None, f"“{key}”写了两次", key_node.start_mark)
        table[key] = loader.construct_object(value_node, deep=True)
        table.lines[key] = key_node.start_mark.line + 1
    return table


def _day(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> date:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        raise yaml.constructor.ConstructorError(None, None, f"没有“{node.value}”这一天", node.start_mark) from None


_Loader.add_constructor("tag:yaml.org,2002:map", _table)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _day)

Check = Callable[[Any], str]


def text(value: Any) -> str:
    return "" if isinstance(value, str) and value.strip() else "应为文字"


def day(value: Any) -> str:
    return "" if isinstance(value, date) and not isinstance(value, datetime) else "应为日期，如 2026-01-05"


def whole(value: Any) -> str:
    return "" if isinstance(value, int) and not isinstance(value, bool) and value > 0 else "应为大于零的整数"


def table(value: Any) -> str:
    return "" if isinstance(value, Table) and value else "应为非空的键值表"


def rows(value: Any) -> str:
    """A list of mappings."""
    good = isinstance(value, list) and value and all(isinstance(row, Table) for row in value)
    return "" if good else "应为非空的列表，每项是键值表"


def days(value: Any) -> str:
    return "" if isinstance(value, list) and not any(day(one) for one in value) else "应为日期的列表"


def texts(value: Any) -> str:
    """A list of words."""
    return "" if isinstance(value, list) and value and not any(text(one) for one in value) else "应为文字的列表"


def one_of(*choices: str) -> Check:
    return lambda value: "" if value in choices else f"应为{'、'.join(choices)}之一"


def either(first: Check, second: Check) -> Check:
    def check(value: Any) -> str:
        return first(value) and second(value) and f"{first(value)}，或{second(value)}"

    return check


@dataclass
class Page:
    """One YAML file and what is wrong with it."""

    name: str
    content: Any = None
    faults: list[str] = field(default_factory=list)

    def fault(self, line: int, words: str) -> None:
        self.faults.append(f"{self.name} 第{line}行：{words}")

    def fits(self, row: Table, where: str, needed: Mapping[str, Check], allowed: Mapping[str, Check]) -> bool:
        """Check a mapping's keys and values; every fault is noted, and the answer tells whether there was none."""
        before = len(self.faults)
        for key in needed:
            if key not in row:
                self.fault(row.line, f"{where} 缺少“{key}”")
        for key, value in row.items():
            check = needed.get(key) or allowed.get(key)
            if check is None:
                self.fault(row.at(key), f"{where} 有不认识的“{key}”")
            elif complaint := check(value):
                self.fault(row.at(key), f"{where} 的“{key}”{complaint}，现为“{value}”")
        return len(self.faults) == before


PROBLEMS = {
    "found character that cannot start any token": "这里有制表符，或者有不能放在开头的符号（@、`、%）；缩进只用空格，带符号的文字加引号",
    "could not find expected ':'": "缺少英文冒号和它后面的空格，或者用了中文冒号“：”；应写作“键: 值”",
    "did not find expected ',' or '}'": "花括号没有配对，或者两项之间缺少英文逗号",
    "did not find expected ',' or ']'": "方括号没有配对，或者两项之间缺少英文逗号",
    "did not find expected key": "缩进与同级的上一行没有对齐",
    "did not find expected '-' indicator": "列表的缩进与上一行没有对齐",
    "mapping values are not allowed in this context": "缩进没有对齐，键的后面用了中文冒号“：”，或者一行里有两个冒号；文字里有冒号的加引号",
    "found unexpected end of stream": "引号没有配对",
}
"""What a YAML reader says when a file is not well written, in words of somebody who wrote it."""


def problem(error: Exception) -> str:
    """What is wrong with the writing of a file, in Chinese where we know what the reader means."""
    told = str(getattr(error, "problem", None) or error)
    return PROBLEMS.get(told, told)


def line_of(error: Exception) -> int:
    """The line to look at: what lacks its end is to be sought where it begins, not where the reader gave up."""
    begun = getattr(error, "problem", None) in ("found unexpected end of stream", "could not find expected ':'")
    mark = getattr(error, "context_mark" if begun else "problem_mark", None)
    return mark.line + 1 if mark else 1


def read(path: Path, root: Path) -> Page:
    """Read one YAML file whose top is a mapping; a missing or broken file is a fault of the page, not an exception."""
    name = f"{root.name}/{path.relative_to(root).as_posix()}"
    try:
        return parsed(path.read_text(encoding="utf-8"), name)
    except (OSError, UnicodeDecodeError) as error:
        page = Page(name, Table(1))
        page.fault(1, f"读不出来：{error}")
        return page


def parsed(text: str, name: str) -> Page:
    """A YAML text whose top is a mapping; what is broken is a fault of the page, not an exception."""
    page = Page(name)
    try:
        page.content = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        page.fault(line_of(error), f"YAML 写法有误：{problem(error)}")
    if not page.faults and not isinstance(page.content, Table):
        page.fault(1, "整个文件应为键值表")
    if page.faults:
        page.content = Table(1)
    return page

"""The body of a paper as blocks, the one form that Word, preview and PDF share: parsing, JSON, HTML; no files."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import gcd

from laojian.papers.amounts import count_word

LINES = ("heading", "paragraph", "to", "right", "center", "note", "item", "question", "answer")
KINDS = (*LINES, "table", "sign", "page_sign", "seal", "copies", "head", "page", "qr")
DIRECTIVES = ("to", "right", "center", "note", "sign", "page-sign", "seal", "copies", "head", "page", "qr")
# Characters that Unicode guarantees will never mean anything: they carry a value's own |, < and line breaks through
# the markup, and mark where a value begins, so that nothing a person typed is read as markup.
LITERAL, BAR, LESS, BREAK = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
UNSEEN = re.compile(
    "[\ufdd0-\ufdef\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
OPEN = re.compile("〔待填：([^〔〕]*)〕")
# The last line of a cell that reads so is where somebody signs; it stands at the right.
SIGNED = re.compile("^签名|年　+月")
MOST_PARTS, HAIR = 60, 0.0002  # of the whole width: a word processor rounds each column to a twentieth of a point


class BlockError(ValueError):
    """Markup or JSON that is not a paper; the message is Chinese and names the line where there is one."""


@dataclass(frozen=True)
class Cell:
    """One table cell; `span` columns wide; its text may hold line breaks."""

    text: str
    span: int = 1


@dataclass(frozen=True)
class Block:
    """One piece of a paper. `rows`, `header` (first row repeats) and `widths` (relative) belong to tables only."""

    kind: str
    text: str = ""
    level: int = 0
    rows: tuple[tuple[Cell, ...], ...] = ()
    header: bool = False
    widths: tuple[int, ...] = ()


Blocks = tuple[Block, ...]


def tidy(text: str) -> str:
    """The text without invisible, direction-changing and control characters; ￥ as ¥ (some fonts draw U+FFE5 as $)."""
    lines = re.sub("\r\n|[\r\x85\u2028\u2029]", "\n", text).replace("\t", " ").replace("￥", "¥")
    return "\n".join(line.strip() for line in UNSEEN.sub("", lines).strip().split("\n"))


def literal(value: str) -> str:
    """The value made safe to stand anywhere in markup; `parse` gives it back exactly (after `tidy`)."""
    return LITERAL + tidy(value).replace("|", BAR).replace("<", LESS).replace("\n", BREAK)


def _plain(markup: str) -> str:
    text = re.sub(r"<br\s*/?>", "\n", markup)
    for mark, char in ((LITERAL, ""), (BAR, "|"), (LESS, "<"), (BREAK, "\n")):
        text = text.replace(mark, char)
    return tidy(text)


def _row(line: str) -> tuple[Cell, ...]:
    return tuple(Cell(_plain(cell)) for cell in line[1:-1].split("|"))


def _widths(line: str) -> tuple[int, ...] | None:
    if not re.fullmatch(r"\|(-+\|)+|\|(=+\|)+", line.replace(" ", "")):
        return None
    return relative(len(cell.strip()) for cell in line.strip("|").split("|"))


def relative(widths: Iterable[int]) -> tuple[int, ...]:
    """Column widths in lowest terms; `(1,)` for each column when all are equal.

    A word processor measures anew and rounds: widths that are small numbers but for a hair are those numbers."""
    given = tuple(widths)
    whole = sum(given)
    for parts in range(len(given), min(whole, MOST_PARTS + 1)):
        near = tuple(round(width * parts / whole) for width in given)
        if min(near) and all(
            abs(n * whole - width * parts) <= HAIR * parts * whole for n, width in zip(near, given, strict=True)
        ):
            return near
    least = gcd(*given) or 1
    return tuple(width // least for width in given)


def _tables(lines: list[tuple[int, str]]) -> list[Block]:
    """`| a | b |` lines as tables. A line of dashes under a row gives the widths of a table that begins with that row;
    a line of equal signs does too, and makes the row a header that repeats on every page."""
    parts: list[list[tuple[int, str]]] = [[]]
    for number, line in lines:
        if not line.endswith("|") or len(line) < 3:
            raise BlockError(f"第 {number} 行：表格行应当以 | 开头和结尾。")
        if _widths(line) and len(parts[-1]) > 1:
            parts.append([parts[-1].pop()])
        parts[-1].append((number, line))
    return [_table(part) for part in parts]


def _table(lines: list[tuple[int, str]]) -> Block:
    marks = [line for _, line in lines if _widths(line)]
    rows = [_row(line) for _, line in lines if not _widths(line)]
    columns = max(len(row) for row in rows) if rows else 0
    widths = _widths(marks[0]) if marks else (1,) * columns
    if not rows or len(widths) < columns:
        raise BlockError(f"第 {lines[0][0]} 行：表格没有内容，或者某一行的列数多于宽度行。")
    stretched = tuple(_stretch(row, len(widths)) for row in rows)
    return Block("table", rows=stretched, header=bool(marks) and "=" in marks[0], widths=widths)


def _stretch(row: tuple[Cell, ...], columns: int) -> tuple[Cell, ...]:
    """A row shorter than the table: its last cell takes the columns that remain."""
    return (*row[:-1], replace(row[-1], span=columns - len(row) + 1))


def _directive(number: int, line: str) -> Block:
    word, _, rest = line[1:].partition(" ")
    if word not in DIRECTIVES:
        raise BlockError(
            f"第 {number} 行：没有“@{word}”这种排版指令，可用的有 {'、'.join('@' + d for d in DIRECTIVES)}。"
        )
    text = _plain(rest)
    if word == "copies":
        count, _, more = text.partition(" ")
        if not count.isdecimal():
            raise BlockError(f"第 {number} 行：@copies 后面应当是份数，例如 @copies 3。")
        text = f"本文书一式{count_word(int(count))}份" + (f"，{more}" if more else "。")
    return Block(word.replace("-", "_"), text)


def _lines(number: int, line: str) -> list[Block]:
    """The block or blocks of one line of markup that is no table row."""
    if line.startswith("@"):
        return [_directive(number, line)]
    if mark := re.match(r"(#{1,3}) +", line):
        return [Block("heading", _plain(line[mark.end() :]), level=len(mark[1]))]
    for mark, kind in (("- ", "item"), ("问：", "question"), ("答：", "answer")):
        if line.startswith(mark):
            return [Block(kind, _plain(line[len(mark) :]))]
    return [Block("paragraph", part) for part in _plain(line).split("\n") if part]


def parse(markup: str) -> Blocks:
    """Markup (README of law/papers) as blocks; every line that is no table row is a block of its own.

    Values put in with `literal` are text and nothing else. Raises BlockError with the line number."""
    blocks: list[Block] = []
    table: list[tuple[int, str]] = []
    for number, raw in enumerate([*markup.split("\n"), ""], 1):
        line = raw.strip()
        if line.startswith("|"):
            table.append((number, line))
            continue
        if table:
            blocks.extend(_tables(table))
            table = []
        if line:
            blocks.extend(_lines(number, line))
    return tuple(blocks)


def to_json(blocks: Blocks) -> list[dict]:
    """The blocks as JSON values (for a JSONField); `from_json` gives them back equal."""
    out = []
    for block in blocks:
        kept = {key: value for key, value in vars(block).items() if value and key != "rows"}
        if block.kind == "table":
            kept["rows"] = [[[cell.text, cell.span] for cell in row] for row in block.rows]
        out.append(kept)
    return out


def from_json(data: list[dict]) -> Blocks:
    """Blocks from JSON; refuses unknown kinds and keys and rows of unequal width."""
    try:
        return tuple(_checked(dict(item)) for item in data)
    except (TypeError, ValueError, KeyError) as wrong:
        raise BlockError(f"保存的文书内容不完整，无法读取（{wrong}），请从上一版重新起草。") from wrong


def _checked(item: dict) -> Block:
    rows = tuple(tuple(Cell(tidy(text), int(span)) for text, span in row) for row in item.pop("rows", ()))
    widths = tuple(int(width) for width in item.pop("widths", ()))
    block = Block(**item, rows=rows, widths=widths)
    if block.kind not in KINDS or (block.kind == "table") != bool(rows):
        raise ValueError(f"没有“{block.kind}”这种内容块，或者表格没有行")
    if len({sum(cell.span for cell in row) for row in rows}) > 1 or any(c.span < 1 for row in rows for c in row):
        raise ValueError("表格各行列数不一致")
    return replace(block, text=tidy(block.text))


def texts(blocks: Blocks) -> list[str]:
    """Every piece of text in reading order, cells included."""
    return [t for block in blocks for t in ([block.text] if block.text else [c.text for r in block.rows for c in r])]


def unfilled(blocks: Blocks) -> list[str]:
    """What still reads 〔待填：…〕, each once in order: a paper with any of them may not be numbered."""
    return list(dict.fromkeys(found for text in texts(blocks) for found in OPEN.findall(text)))


FIXED = {"head": "发文机关标志", "seal": "落款印章", "sign": "签名栏", "page_sign": "逐页签名", "copies": "份数"}


def lost(drafted: Blocks, edited: Blocks) -> list[str]:
    """The parts a paper cannot do without that editing removed, as Chinese names; empty when all are still there."""
    had, has = ([block.kind for block in side] for side in (drafted, edited))
    return [label for kind, label in FIXED.items() if has.count(kind) < had.count(kind)]


def to_html(blocks: Blocks) -> str:
    """A preview: every text escaped, only h1–h3, p, ul, table and classes `paper-…`; no attribute comes from data."""
    return "\n".join(_html(block) for block in blocks)


def _text(text: str) -> str:
    shown = html.escape(text).replace("\n", "<br>")
    return OPEN.sub(r'<mark class="paper-open">〔待填：\1〕</mark>', shown)


def _html(block: Block) -> str:
    if block.kind == "heading":
        return f"<h{block.level}>{_text(block.text)}</h{block.level}>"
    if block.kind == "table":
        rows = list(block.rows)
        head = f"<thead>{_html_row(rows.pop(0), 'th scope=col')}</thead>" if block.header else ""
        return (
            f'<table class="paper-table">{head}<tbody>{"".join(_html_row(row, "td") for row in rows)}</tbody></table>'
        )
    said = {"question": "问：", "answer": "答：", "qr": "二维码："}.get(block.kind, "")
    return f'<p class="paper-{block.kind}">{said}{_text(block.text)}</p>'


def _html_row(row: tuple[Cell, ...], tag: str) -> str:
    end = tag.split()[0]
    spans = [f" colspan={cell.span}" if cell.span > 1 else "" for cell in row]
    return "<tr>" + "".join(f"<{tag}{s}>{_text(c.text)}</{end}>" for s, c in zip(spans, row, strict=True)) + "</tr>"

"""Reading pasted lists: a line is a row, its cells parted by tabs as a spreadsheet copies them, or by commas. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

TOLD = 10  # how many faulty rows are named; the rest are counted
DIGITS = 12  # of yuan before the point: what a column of money holds
YEAR_FIRST = str.maketrans({"年": "-", "月": "-", "日": "", "/": "-", ".": "-"})


class Wrong(ValueError):
    """A cell that cannot be read; the text says why, for people."""


Reader = Callable[[str], object]


def day(text: str) -> str:
    """A day as 2026-01-05, 2026/1/5 or 2026年1月5日, given as ISO text. Wrong: anything else."""
    try:
        year, month, dom = (int(part) for part in text.translate(YEAR_FIRST).split("-"))
        return date(year, month, dom).isoformat()
    except ValueError:
        raise Wrong(f"“{text}”不是日期，请写作 2026-01-05") from None


def yuan(text: str) -> str:
    """An amount above zero in yuan, given as text with its cents. Wrong: anything else."""
    try:
        amount = Decimal(text.replace(",", "").replace("，", "").removesuffix("元"))
        if (
            not amount.is_finite()
            or amount <= 0
            or amount.adjusted() >= DIGITS
            or amount != amount.quantize(Decimal("0.01"))
        ):
            raise InvalidOperation
    except InvalidOperation:
        raise Wrong(f"“{text}”不是金额，请写到分，如 1200.50（单位：元）") from None
    return str(amount.quantize(Decimal("0.01")))


def named(choices: Mapping[str, str]) -> Reader:
    """A reader of a label or key among these."""
    keys = {label: key for key, label in choices.items()} | {key: key for key in choices}

    def read(text: str) -> str:
        if text not in keys:
            raise Wrong(f"“{text}”不在“{'、'.join(choices.values())}”之中")
        return keys[text]

    return read


def words(longest: int) -> Reader:
    """A reader of text up to so many characters."""

    def read(text: str) -> str:
        if len(text) > longest:
            raise Wrong(f"“{text[:12]}……”超过 {longest} 个字")
        return text

    return read


def table(text: str, columns: Sequence[tuple[str, str, Reader, bool]]) -> tuple[list[dict], list[str]]:
    """The rows of a pasted list by column key, and what is wrong, row by row. Columns: (key, label, reader, required).

    A first line that repeats the labels is a heading and left out, blank lines too.
    """
    labels, rows, wrong = [label for _, label, _, _ in columns], [], []
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in line.replace("，", ",").split("\t" if "\t" in line else ",")]
        if not any(cells) or cells[: len(labels)] == labels:
            continue
        row, faults = one_row(cells, columns)
        rows.append(row)
        wrong += [f"第 {number} 行：{fault}" for fault in faults]
    return rows, wrong


def one_row(cells: Sequence[str], columns: Sequence[tuple[str, str, Reader, bool]]) -> tuple[dict, list[str]]:
    """One row by column key, and what is wrong with it."""
    row, faults = {}, []
    if len(cells) > len(columns):
        faults.append(f"多于 {len(columns)} 列（{'、'.join(label for _, label, _, _ in columns)}）")
    for (key, label, reader, required), cell in zip(columns, [*cells, *[""] * len(columns)], strict=False):
        if not cell and required:
            faults.append(f"缺少{label}")
        try:
            row |= {key: reader(cell)} if cell else {}
        except Wrong as fault:
            faults.append(f"{label}{fault}")
    return row, faults


def again(rows: Iterable[tuple], lying: Iterable[tuple]) -> Iterator[tuple[int, tuple]]:
    """The rows, with their place, that are already there or stand twice in the list."""
    seen = set(lying)
    for number, row in enumerate(rows, 1):
        if row in seen:
            yield number, row
        seen.add(row)


def shortened(wrong: Sequence[str]) -> list[str]:
    """The first faults in words, and how many more there are."""
    more = len(wrong) - TOLD
    return [*wrong[:TOLD], *([f"另有 {more} 处"] if more > 0 else [])]

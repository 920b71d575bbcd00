"""Lists of workers as Excel files: read (or pasted), given back with the faults beside the rows, and the blank form."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import BinaryIO

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from laojian.employers.identifiers import invented_identity_number
from laojian.evidence.archives import look_inside

from .claims import HEADING_WITHIN, LABELS, MOST_ROWS, NO_HEADING, Cell, Reading, Row, read_table

MOST_BYTES, MOST_UNPACKED = 20 << 20, 200 << 20
MOST_LINES, MOST_COLUMNS = MOST_ROWS + HEADING_WITHIN + 1, 60
BLANK_END = 200  # a worksheet may claim a million lines that somebody once formatted
WIDTHS = {
    "name": 12,
    "id_number": 22,
    "phone": 15,
    "trade": 12,
    "months": 24,
    "amount": 14,
    "card": 24,
    "bank": 24,
    "note": 24,
}
EXAMPLES = (
    ("张示例", invented_identity_number(1), "13800000001", "瓦工", "2026-05、06、08", 18600, "", "", "月份可以不连续"),
    (
        "李示例",
        invented_identity_number(2),
        "13800000002",
        "水电",
        "2026-06至2026-08",
        21300.5,
        "",
        "",
        "一段连续的月份",
    ),
)
ADVICE = (
    "一人一行；同一人有几段期间，可写在一格里，也可分几行写（月份不能重叠）。",
    "身份证号、银行卡号两列已设为文本，请不要改成数字，否则末几位会丢失。",
    "金额单位为元，最多两位小数；不要用公式。",
    "以下是示例，导入时只读“劳动者名单”一页。",
)
NOTHING = Cell()
# An unpaired quotation mark swallows the lines after it: better no line read than some lost.
QUOTES = "粘贴的{}有换行或不成对的引号，后面的行会被并进去。请去掉单元格里的换行和引号后重新粘贴。"
FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


def read_workbook(content: BinaryIO, on: date, year: int | None = None) -> Reading:
    """The workers in an .xlsx file, from the first worksheet with headings; see `claims.read_table`."""
    if problem := unsuitable(content):
        return Reading(problems=(problem,))
    content.seek(0)
    try:
        sheets = [list(islice(sheet_lines(sheet), MOST_LINES)) for sheet in workbook(content).worksheets]
    except (ValueError, KeyError, TypeError, AttributeError, OSError, SyntaxError, zipfile.BadZipFile):
        return Reading(problems=("这个 Excel 文件打不开，可能已损坏。请另存为 .xlsx 后重新上传。",))
    readings = [read_table(lines, on, year) for lines in sheets if lines]
    headed = [reading for reading in readings if reading.problems != (NO_HEADING,)]
    return next(iter(headed or readings), Reading(problems=("文件里没有内容，请下载模板填写。",)))


def workbook(content: BinaryIO) -> openpyxl.Workbook:
    """The workbook, to be read once from top to bottom; what it claims of its own size is not believed."""
    opened = openpyxl.load_workbook(content, read_only=True)
    for sheet in opened.worksheets:
        sheet.reset_dimensions()
    return opened


def unsuitable(content: BinaryIO) -> str:
    """Why a file is not read at all; empty when it is."""
    if content.seek(0, io.SEEK_END) > MOST_BYTES:
        return f"文件超过 {MOST_BYTES >> 20} MB。请只留工资明细，分几次导入。"
    content.seek(0)
    if content.read(2) != b"PK":
        return "这不是 .xlsx 文件。旧版 .xls 或 .csv 请用 Excel 打开，另存为 .xlsx 后重新上传。"
    sort, problems = look_inside(content)
    if problems:
        return f"这个 Excel 文件{problems[0]}"
    if sort != "xlsx":
        return "这不是 Excel 表格。请用 Excel 另存为 .xlsx 后重新上传。"
    content.seek(0)
    with zipfile.ZipFile(content) as packed:
        unpacked = sum(member.file_size for member in packed.infolist())
    return "文件里的内容太多。请只留工资明细，分几次导入。" if unpacked > MOST_UNPACKED else ""


def sheet_lines(sheet) -> Iterator[tuple[int, list[Cell]]]:
    """The lines of a worksheet with their numbers."""
    blank = 0
    for line, found in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        cells = [as_cell(each) for each in found]
        blank = 0 if any(cell.text for cell in cells) else blank + 1
        if blank > BLANK_END:
            return
        if not blank:
            yield line, cells


def as_cell(found) -> Cell:
    """A worksheet's cell as a person reads it."""
    value = found.value
    if value is None:
        return NOTHING
    if found.data_type == "f":
        return Cell(str(value), formula=True)
    if isinstance(value, (datetime, date)):
        return Cell(f"{value:%Y-%m}" if value.day == 1 else f"{value:%Y年%m月%d日}")  # Excel makes 2026-05 a date
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Cell(f"{Decimal(f'{value:.15g}'):f}", number=True)  # Excel itself keeps fifteen digits
    return typed(str(value))


def typed(text: str) -> Cell:
    """A text; one that begins like a formula is treated as one."""
    return Cell(text.strip(), formula=text.lstrip().startswith(("=", "＝")))


def read_pasted(text: str, on: date, year: int | None = None) -> Reading:
    """The workers in pasted text: tabs between the cells, or commas; the headings first. See `claims.read_table`."""
    text = text.lstrip("\ufeff")
    heading = text.lstrip().split("\n", 1)[0]
    mark = next((mark for mark in "\t,，" if mark in heading), "\t")
    try:
        lines = [[typed(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark)]
    except csv.Error:
        return Reading(problems=(QUOTES.format("内容里"),))
    for line, row in enumerate(lines, 1):
        if any("\n" in cell.text for cell in row):
            return Reading(problems=(QUOTES.format(f"第 {line} 行"),))
    reading = read_table(enumerate(lines, 1), on, year)
    return reading if reading.rows or reading.problems else Reading(problems=("没有粘贴内容。",))


def report_workbook(rows: Iterable[Row]) -> bytes:
    """The rows as they were typed with the outcome beside each; it can be corrected and imported again."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("导入结果")
    lay_out(sheet)
    sheet.column_dimensions[get_column_letter(len(LABELS) + 3)].width = 80
    sheet.append([bold(sheet, text) for text in (*LABELS.values(), "行号", "结果", "问题")])
    for row in rows:
        cells = [neutral(row.cells.get(name, Cell()).text) for name in LABELS]
        outcome = "不能导入" if row.errors else "可以导入"
        faults = "\n".join([*row.errors, *(f"（提醒）{text}" for text in row.warnings)])
        line = [*cells, row.line, outcome, neutral(faults)]
        sheet.append([marked(sheet, value) for value in line] if row.errors else line)
    return written(book)


def blank_workbook() -> bytes:
    """The form to fill in, with a second page that explains it."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("劳动者名单")
    lay_out(sheet)
    sheet.append([bold(sheet, label) for label in LABELS.values()])
    help_sheet = book.create_sheet("填写说明")
    lay_out(help_sheet)
    for sentence in ADVICE:
        help_sheet.append([sentence])
    help_sheet.append([bold(help_sheet, label) for label in LABELS.values()])
    for example in EXAMPLES:
        help_sheet.append(list(example))
    return written(book)


def lay_out(sheet) -> None:
    """Widths, the headings fixed in sight, and text columns for the numbers that are no amounts."""
    sheet.freeze_panes = "A2"
    for nth, name in enumerate(LABELS, 1):
        column = sheet.column_dimensions[get_column_letter(nth)]
        column.width = WIDTHS[name]
        column.number_format = "#,##0.00" if name == "amount" else "@"


def bold(sheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def marked(sheet, value) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value)
    cell.fill = PatternFill("solid", fgColor="FDECEA")
    return cell


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula, and that its file format can hold."""
    text = openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("�", text)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def written(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()

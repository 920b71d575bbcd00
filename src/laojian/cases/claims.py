"""The rows of a list of workers: which column is which, what each row says, and every fault in a sentence. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import islice

from laojian.employers.identifiers import Checked, check_bank_card, check_identity_number, check_phone
from laojian.employers.rules import check_name, folded

from .months import Unreadable, read_months

MOST_ROWS = 20_000
HEADING_WITHIN = 20
CENT, TOO_MUCH = Decimal("0.01"), Decimal(10) ** 10

# The first word of each line is the heading in our own template.
HEADINGS = {
    "name": "姓名 劳动者 劳动者姓名 工人姓名 农民工姓名 员工姓名 名字",
    "id_number": "身份证号 身份证号码 身份证 公民身份号码 证件号码 证件号",
    "phone": "联系电话 电话 电话号码 手机 手机号 手机号码 联系方式",
    "trade": "工种 岗位 工种岗位 职务 班组",
    "months": "欠薪期间 欠薪月份 欠薪时间 欠薪期间月份 拖欠月份 拖欠期间 月份 期间 所属期 工资月份",
    "amount": "金额 欠薪金额 欠付金额 拖欠金额 欠薪 欠款 欠款金额 欠发工资 欠发金额 拖欠工资 拖欠工资金额 未付工资 未付金额",
    "card": "银行卡号 银行卡 卡号 银行账号 账号 工资卡号",
    "bank": "开户行 开户银行 银行 银行名称 开户行名称",
    "note": "备注 说明",
}
FIELD_OF = {word: name for name, words in HEADINGS.items() for word in words.split()}
LABELS = {name: words.split()[0] for name, words in HEADINGS.items()}
REQUIRED = ("name", "months", "amount")
LONGEST = {"trade": 40, "bank": 60, "note": 120}
SUMS = {"合计", "总计", "小计", "共计"}
NO_HEADING = f"没有找到表头。第一行应写明各列名称：{'、'.join(LABELS.values())}（至少要有姓名、欠薪期间、金额）。"


@dataclass(frozen=True)
class Cell:
    """A cell as found: its text as a person reads it, and whether it is a formula or was kept as a number."""

    text: str = ""
    formula: bool = False
    number: bool = False


@dataclass(frozen=True)
class Row:
    """One row: the line it stands on, its cells as typed, what it says, and all that is wrong or odd with it."""

    line: int
    cells: Mapping[str, Cell]
    worker: Mapping[str, object] = field(default_factory=dict)
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def report(self) -> list[str]:
        """A sentence for each fault, with the line."""
        return [f"第 {self.line} 行：{text}" for text in (*self.errors, *(f"（提醒）{text}" for text in self.warnings))]


@dataclass(frozen=True)
class Reading:
    """A list as read. `problems` are of the whole of it; then there are no rows."""

    rows: tuple[Row, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def good(self) -> list[Row]:
        return [row for row in self.rows if not row.errors]

    @property
    def bad(self) -> list[Row]:
        return [row for row in self.rows if row.errors]

    @property
    def total(self) -> Decimal:
        """The sum of the good rows, in yuan."""
        return sum((row.worker["amount"] for row in self.good), Decimal(0))

    def claims(self) -> list[dict]:
        """The good rows as a step takes them (JSON); rows of one identity number are one worker."""
        joined: dict[object, dict] = {}
        for row in self.good:
            told = dict(row.worker)
            kept = joined.setdefault(told["id_number"] or row.line, told)
            if kept is not told:
                kept["months"] = sorted({*kept["months"], *told["months"]})
                kept["amount"] += told["amount"]
        return [told | {"amount": str(told["amount"])} for told in joined.values()]


def read_table(lines: Iterable[tuple[int, list[Cell]]], on: date, year: int | None = None) -> Reading:
    """Read numbered lines of cells as of the day `on`; months without a year belong to `year`. Blank lines and lines of
    sums are left out. Nothing at all in the lines: neither rows nor problems."""
    lines = ((line, cells) for line, cells in lines if any(cell.text for cell in cells))
    columns, begun = {}, False
    for _, cells in islice(lines, HEADING_WITHIN):
        begun = True
        if columns := headed(cells):
            break
    if not columns:
        return Reading(problems=(NO_HEADING,) if begun else ())
    if problem := misheaded(columns):
        return Reading(problems=(problem,))
    told = ((line, {name: cells[at[0]] for name, at in columns.items() if at[0] < len(cells)}) for line, cells in lines)
    rows = [
        read_row(line, cells, on, year) for line, cells in islice((row for row in told if meant(row[1])), MOST_ROWS + 1)
    ]
    if not rows:
        return Reading(problems=("表头下面没有内容。",))
    if len(rows) > MOST_ROWS:
        return Reading(problems=(f"超过 {MOST_ROWS} 行，请分几次导入。",))
    return Reading(tuple(without_repeats(rows)))


def headed(cells: list[Cell]) -> dict[str, list[int]]:
    """Which columns hold which field, if this line is the headings: it names people and at least one thing more."""
    columns: dict[str, list[int]] = {}
    for at, cell in enumerate(cells):
        heading = re.sub(r"[(\[【].*?[)\]】]|\W", "", folded(cell.text))
        if heading in FIELD_OF:
            columns.setdefault(FIELD_OF[heading], []).append(at)
    return columns if "name" in columns and len(columns) > 1 else {}


def misheaded(columns: Mapping[str, list[int]]) -> str:
    """What is wrong with the headings; empty when nothing is."""
    if missing := [LABELS[name] for name in REQUIRED if name not in columns]:
        return f"表头里没有找到“{'”“'.join(missing)}”一列，请补上后重新导入。"
    if double := [LABELS[name] for name, at in columns.items() if len(at) > 1]:
        return f"表头里有不止一列“{'”“'.join(double)}”，请只留要导入的一列。"
    return ""


def meant(cells: Mapping[str, Cell]) -> bool:
    """Whether a line is about a worker: not empty, and no line of sums."""
    return any(cell.text for cell in cells.values()) and folded(cells.get("name", Cell()).text) not in SUMS


def read_row(line: int, cells: Mapping[str, Cell], on: date, year: int | None) -> Row:
    """One row with all its faults at once."""
    worker, errors, warnings = {}, [], []
    for name, label in LABELS.items():
        cell = cells.get(name, Cell())
        if cell.formula:
            errors.append(f"{label}是公式，读不到结果，请复制该列，“选择性粘贴”为数值后重新导入。")
            continue
        checked = read_cell(name, label, cell, on, year)
        worker[name] = checked.value
        errors += checked.errors
        warnings += checked.warnings
    return Row(line, cells, worker, tuple(errors), tuple(warnings))


def read_cell(name: str, label: str, cell: Cell, on: date, year: int | None) -> Checked:
    """One cell by the rule of its column."""
    text = cell.text
    if name == "name":
        return check_name(text, label, 60)
    if name == "months":
        return read_period(cell, on, year)
    if name == "amount":
        return read_amount(text)
    if not text:
        return Checked("", (), ("没有身份证号，无法与其他投诉比对。",) if name == "id_number" else ())
    if name in LONGEST:
        return check_name(text, label, LONGEST[name])
    if name == "phone":
        return check_phone(text)
    if cell.number and len(text) > 15:
        return Checked("", (f"{label}被存成了数字，末几位已丢失。请把该列设为“文本”格式，重新填写后再导入。",))
    return check_identity_number(text, on) if name == "id_number" else check_bank_card(text)


def read_period(cell: Cell, on: date, year: int | None) -> Checked:
    """The months of a row, as a list."""
    if cell.number and re.fullmatch(r"\d{4}\.1", cell.text):
        return Checked(
            [], (f"欠薪期间“{cell.text}”被存成了数字，分不清是 1 月还是 10 月，请写成 2026-01 或 2026-10 的样子。",)
        )
    try:
        return Checked(read_months(cell.text, on, year))
    except Unreadable as unreadable:
        return Checked([], (f"{unreadable}。",))


def read_amount(text: str) -> Checked:
    """A sum in yuan: above zero, at most two decimals."""
    plain = re.sub(r"^[¥￥]|元$|,", "", folded(text))
    if not plain:
        return Checked(None, ("没有金额。",))
    try:
        if not re.fullmatch(r"[+-]?\d+(\.\d+)?", plain, re.ASCII):
            raise InvalidOperation
        amount = Decimal(plain)
    except InvalidOperation:
        return Checked(None, (f"金额“{text[:20]}”看不懂，请写成 18600.00（单位：元）。",))
    if amount <= 0:
        return Checked(None, (f"金额“{text}”应大于零。",))
    if amount >= TOO_MUCH:
        return Checked(None, (f"金额“{text[:20]}”过大，请核对单位是否为元。",))
    if amount != amount.quantize(CENT):
        return Checked(None, (f"金额“{text}”多于两位小数，请四舍五入到分。",))
    return Checked(amount.quantize(CENT))


def without_repeats(rows: list[Row]) -> list[Row]:
    """The rows, with an error on each that repeats an earlier one: the same identity number and a month in common."""
    first: dict[object, Row] = {}
    claimed: dict[tuple, int] = {}  # (who, month) → the first line that claims it
    return [compared(row, first, claimed) for row in rows]


def compared(row: Row, first: dict[object, Row], claimed: dict[tuple, int]) -> Row:
    """The row with what there is to say of the rows before it."""
    number, name, months = (row.worker.get(key) or "" for key in ("id_number", "name", "months"))
    who = number or (name, *months)
    other = first.setdefault(who, row)
    common = [month for month in months if (who, month) in claimed]
    lines = [claimed.setdefault((who, month), row.line) for month in months]
    if other is row:
        return row
    if not number:
        return replace(row, warnings=(*row.warnings, f"与第 {other.line} 行姓名、期间相同，请核对是否重复。"))
    if name != other.worker.get("name"):
        return replace(row, errors=(*row.errors, f"与第 {other.line} 行身份证号相同而姓名不同，请核对。"))
    if common:
        told = f"与第 {min(lines)} 行重复：同一身份证号，{'、'.join(common)} 两行都有。"
        return replace(row, errors=(*row.errors, told))
    return row

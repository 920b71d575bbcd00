"""Visits of earlier times taken in from a list, pasted or in Excel: each right row becomes a past visit, the rest are reported."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError

from laojian.cases.excel import MOST_COLUMNS, MOST_LINES, unsuitable, workbook
from laojian.employers.actions import register_employer
from laojian.employers.identifiers import check_credit_code, plain
from laojian.employers.models import Employer
from laojian.lawbook import GROUNDS, law
from laojian.procedure.step import Refused
from laojian.procedure.take import open_file, take

from .models import Visit

HEADINGS = {
    "name": "单位名称 检查对象 被检查单位 用人单位", "code": "统一社会信用代码 信用代码", "on": "检查日期 检查之日 日期",
    "ground": "检查来源 来源 检查类型", "items": "检查事项 事项", "codes": "检查结果 结果", "note": "检查情况 情况 备注",
    "document": "原始记录 记录编号 笔录编号", "people": "检查人员 参加人员",
}  # fmt: skip
LABELS = {name: words.split()[0] for name, words in HEADINGS.items()}
FIELD_OF = {word: name for name, words in HEADINGS.items() for word in words.split()}
NEEDED = ("name", "on", "ground", "items", "codes")
MOST = 2000
# What a damaged or invented workbook may raise while it is read.
UNREADABLE = (
    ValueError, KeyError, TypeError, AttributeError, OSError, IndexError, SyntaxError, OverflowError, zipfile.BadZipFile,
)  # fmt: skip
PARTS = str.maketrans({"；": "、", ";": "、", "，": "、", ",": "、", "\n": "、"})


@dataclass
class PastRow:
    """A row: its line, what it says, and what is wrong with it."""

    line: int
    cells: Mapping[str, str]
    told: dict = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


@dataclass
class PastList:
    """A list as it was read: its rows, or why it cannot be read at all."""

    rows: list[PastRow] = field(default_factory=list)
    problem: str = ""

    @property
    def good(self) -> list[PastRow]:
        """The rows that can be taken in."""
        return [row for row in self.rows if not row.errors]

    @property
    def bad(self) -> list[PastRow]:
        """The rows that cannot."""
        return [row for row in self.rows if row.errors]


def pasted(text: str) -> Iterator[list[str]]:
    """The lines of a pasted table."""
    heading = text.lstrip("\ufeff").lstrip().split("\n", 1)[0]
    mark = next((mark for mark in "\t,，" if mark in heading), "\t")
    yield from (
        [cell.strip() for cell in row] for row in csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=mark)
    )


def from_workbook(content: bytes) -> tuple[list[list[str]], str]:
    """The lines of the first worksheet, and why the file is not read, if it is not."""
    stream = io.BytesIO(content)
    if problem := unsuitable(stream):
        return [], problem
    stream.seek(0)
    try:
        sheet = workbook(stream).worksheets[0]
        found = sheet.iter_rows(max_col=MOST_COLUMNS, max_row=MOST_LINES, values_only=True)
        return [[as_text(value) for value in row] for row in found], ""
    except UNREADABLE:
        return [], "这个 Excel 文件打不开，可能已损坏。请另存为 .xlsx 后重新上传。"


def as_text(value: object) -> str:
    """A cell as a person reads it; a day as a day."""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    return "" if value is None else str(value).strip()


def read(lines: Iterable[list[str]], on: date) -> PastList:
    """The rows under their headings; a row without any text is none. `on`: no visit lies after it."""
    columns: list[str] = []
    found = PastList()
    for number, cells in enumerate(lines, 1):
        if not any(cells):
            continue
        if not columns:
            columns = [FIELD_OF.get("".join(cell.split()), "") for cell in cells]
            if missing := [LABELS[name] for name in NEEDED if name not in columns]:
                return PastList(problem=f"第一行应是表头，缺少：{'、'.join(missing)}。")
            continue
        told = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
        found.rows.append(checked(PastRow(number, told), on))
    if len(found.rows) > MOST:
        return PastList(problem=f"一次最多 {MOST} 行，请分几次导入。")
    return found if found.rows else PastList(problem="没有内容。")


def checked(row: PastRow, on: date) -> PastRow:
    """The row with what it says in the words of the law, and every fault."""
    cells, wrong = row.cells, row.errors
    wrong += [f"没有填写{LABELS[name]}" for name in NEEDED if not cells.get(name)]
    if cells.get("code") and (faults := check_credit_code(plain(cells["code"])).errors):
        wrong += faults
    day = day_of(cells.get("on", ""))
    if cells.get("on") and day is None:
        wrong.append(f"检查日期“{cells['on']}”应写作 2021-05-06")
    elif day and day > on:
        wrong.append(f"检查日期 {day} 晚于今天")
    ground = keyed(GROUNDS, cells.get("ground", ""), "检查来源", wrong)
    items = keyed({key: item.label for key, item in law().items.items()}, cells.get("items", ""), "检查事项", wrong)
    codes = keyed({key: code.label for key, code in law().results.items()}, cells.get("codes", ""), "检查结果", wrong)
    row.told = {"on": day, "ground": ground[:1], "items": items, "codes": codes}
    return row


def day_of(text: str) -> date | None:
    """A day as people write it; None for anything else."""
    plain_ = (
        text.replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").replace(".", "-").split(" ")[0]
    )
    try:
        return date(*(int(part) for part in plain_.split("-")))
    except (ValueError, TypeError, OverflowError):
        return None


def keyed(known: Mapping[str, str], text: str, label: str, wrong: list[str]) -> list[str]:
    """The keys of the labels in a cell, parted by 、; what is not known is told with what could be written."""
    by_label = {name: key for key, name in known.items()} | {key: key for key in known}
    found = []
    for part in filter(None, (each.strip() for each in text.translate(PARTS).split("、"))):
        # A label may itself hold the mark that parts them.
        key = by_label.get(part) or next(
            (key for key, name in known.items() if part in name.split("、") or part == name), None
        )
        if key is None:
            wrong.append(f"{label}没有“{part}”，可以写：{'；'.join(known.values())}")
        elif key not in found:
            found.append(key)
    return found


def enter(rows: Iterable[PastRow], *, by, at: datetime) -> list[PastRow]:
    """Take in the rows one by one, each by its own two steps; a row that is refused says why. Returns those that were taken in."""
    done = []
    for row in rows:
        employer = known(row)
        if employer is None or row.errors:
            continue
        given, told = plan_of(row, employer), row.told
        past = {"visited_on": told["on"], "codes": told["codes"], "note": row.cells.get("note", ""),
                "document": row.cells.get("document") or "补录清单", "people": people(row, by)}  # fmt: skip
        try:
            file = open_file("visit", "plan_visit", by=by, at=at, given=given)
            take(file.id, "enter_past", by=by, at=at, given=past)
        except Refused as refused:
            row.errors += [str(reason) for reason in refused.reasons]
        else:
            done.append(row)
    return done


def plan_of(row: PastRow, employer: Employer) -> dict:
    """What the first step asks of a visit that lies behind."""
    day, ground = row.told["on"], row.told["ground"][0]
    asked = {"employer": employer.pk, "ground": ground, "mode": "onsite", "items": row.told["items"], "from_on": day, "until_on": day,
             "past": True, "document": row.cells.get("document") or "补录清单"}  # fmt: skip
    return asked | ({"draw_number": row.cells.get("document") or "补录"} if ground == "draw" else {})


def people(row: PastRow, by) -> list[dict]:
    """Who took part, of the bureau itself."""
    names = row.cells.get("people", "").translate(PARTS).split("、")
    return [{"name": name.strip(), "department": by.bureau.name} for name in names if name.strip()]


def known(row: PastRow) -> Employer | None:
    """The employer of the row: by its code, else by its name; one with a sound code that nobody knows yet is registered."""
    code, name = plain(row.cells.get("code", "")), row.cells["name"]
    found = Employer.objects.filter(credit_code=code).first() if code else Employer.objects.filter(name=name).first()
    if found is None and code:
        try:
            found = register_employer({"name": name, "kind": "company", "credit_code": code, "region": ""})
        except ValidationError as refused:
            row.errors += refused.messages
    if found is None and not row.errors:
        row.errors.append("登记在册的单位中没有这个名称；请填写信用代码，或者先登记单位")
    elif found and repeated(row, found):
        row.errors.append("这次检查已经登记过")
    return found


def repeated(row: PastRow, employer: Employer) -> bool:
    """Whether a visit of the same employer on the same day and ground already stands."""
    return Visit.objects.filter(
        employer=employer, ground=row.told["ground"][0], began_at__date=row.told["on"], stands=True
    ).exists()

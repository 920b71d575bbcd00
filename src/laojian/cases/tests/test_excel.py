"""Lists of workers from Excel and pasted: headings by any usual name, every fault in a sentence, nothing lost in silence."""

import io
import time
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laojian.cases import claims, excel
from laojian.cases.claims import HEADING_WITHIN, LABELS, read_amount, read_table
from laojian.cases.excel import blank_workbook, neutral, read_pasted, read_workbook, report_workbook, typed
from laojian.employers.identifiers import invented_identity_number

ON = date(2026, 11, 22)
NUMBER = invented_identity_number(11)
HEADINGS = ["姓名", "身份证号", "联系电话", "工种", "欠薪期间", "金额", "银行卡号", "开户行", "备注"]
RIGHT = ["王示例", NUMBER, "13800000001", "瓦工", "2026-05、06、08", "18,600.00", "4111111111111111", "示例银行", "无"]


def workbook(*sheets: list[list]) -> io.BytesIO:
    book, target = openpyxl.Workbook(), io.BytesIO()
    for nth, rows in enumerate(sheets):
        sheet = book.worksheets[0] if nth == 0 else book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(target)
    return target


def read(*rows: list, **more):
    return read_workbook(workbook([HEADINGS, *rows]), ON, **more)


def changed(**cells) -> list:
    """The right row with some cells changed; LABELS stand in the order of HEADINGS."""
    return [cells.get(name, value) for name, value in zip(LABELS, RIGHT, strict=True)]


def errors(row: list) -> tuple[str, ...]:
    (only,) = read(row).rows
    return only.errors


def test_a_right_row():
    reading = read(RIGHT)
    assert reading.problems == () and [row.report for row in reading.rows] == [[]]
    assert reading.claims() == [
        {
            "name": "王示例",
            "id_number": NUMBER,
            "phone": "13800000001",
            "trade": "瓦工",
            "months": ["2026-05", "2026-06", "2026-08"],
            "amount": "18600.00",
            "card": "4111111111111111",
            "bank": "示例银行",
            "note": "无",
        }
    ]
    assert reading.total == Decimal("18600.00")


def test_headings_by_other_names_in_other_order_below_a_title():
    rows = [
        ["宝坻示例工地欠薪名册"],
        [],
        ["序号", "欠薪金额（元）", "姓 名", "身份证号码", "拖欠月份", "工种/岗位", "签字"],
        [1, 18600, "王示例", NUMBER, "5、6、8月", "瓦工", None],
        [None, 18600, "合 计"],
    ]
    reading = read_workbook(workbook([["封面"]], rows), ON, 2026)
    (row,) = reading.rows
    assert row.line == 4 and row.errors == () and row.worker["months"] == ["2026-05", "2026-06", "2026-08"]
    assert row.worker["amount"] == Decimal("18600.00") and row.worker["trade"] == "瓦工"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"name": ""}, "请填写姓名"),
        ({"name": "王\u202e示例"}, "姓名第 2 个字是看不见的格式字符"),
        ({"name": "=1+1"}, "姓名是公式，读不到结果"),
        ({"id_number": NUMBER[:17] + ("0" if NUMBER[17] != "0" else "1")}, "身份证号校验码不对"),
        ({"id_number": NUMBER[:16]}, "身份证号应为 18 位，现为 16 位"),
        ({"id_number": int(invented_identity_number(4)[:17] + "0")}, "身份证号被存成了数字，末几位已丢失"),
        ({"card": 4111111111111111}, "银行卡号被存成了数字"),
        ({"card": "无卡"}, "银行卡号应为 9 至 25 位数字"),
        ({"phone": "1380000"}, "手机号码应为 11 位，现为 7 位"),
        ({"months": ""}, "没有欠薪期间"),
        ({"months": "2026-12"}, "2026-12 晚于 2026-11-22"),
        ({"months": 2026.1}, "分不清是 1 月还是 10 月"),
        ({"months": "六月"}, "看不懂"),
        ({"amount": ""}, "没有金额"),
        ({"amount": "0"}, "应大于零"),
        ({"amount": -5}, "应大于零"),
        ({"amount": "18600.005"}, "多于两位小数"),
        ({"amount": "一万八"}, "看不懂，请写成 18600.00"),
        ({"amount": "1.86万"}, "看不懂"),
        ({"amount": 10**11}, "过大，请核对单位"),
        ({"amount": "=SUM(A1:A2)"}, "金额是公式，读不到结果"),
        ({"trade": "工" * 41}, "工种最多 40 个字"),
    ],
)
def test_each_fault_has_its_sentence(cells, said):
    assert [said in error for error in errors(changed(**cells))] == [True]


def test_all_faults_of_a_row_are_told_at_once_with_its_line():
    (row,) = read(changed(name="", amount="x", months="2026-12")).rows
    assert [text[:6] for text in row.report] == ["第 2 行："[:6]] * 3 and len(row.report) == 3


@pytest.mark.parametrize(
    ("cells", "said"),
    [({"id_number": ""}, "没有身份证号"), ({"card": "4111111111111112"}, "银行卡号校验位不符")],
)
def test_what_is_only_warned_of(cells, said):
    (row,) = read(changed(**cells)).rows
    assert row.errors == () and said in row.report[0] and "（提醒）" in row.report[0]


def test_an_odd_place_only_warns():
    first17 = "090115" + NUMBER[6:17]
    odd = next(first17 + end for end in "0123456789X" if not errors(changed(id_number=first17 + end)))
    assert "地区代码" in read(changed(id_number=odd)).rows[0].warnings[0]


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (datetime(2026, 5, 1), ["2026-05"]),  # noqa: DTZ001 - Excel knows no time zones
        (202605, ["2026-05"]),
        (2026.05, ["2026-05"]),
        ("2026-11", ["2026-11"]),
    ],
)
def test_what_excel_makes_of_months(months, expected):
    assert read(changed(months=months)).rows[0].worker["months"] == expected


@pytest.mark.parametrize(
    ("typed_as", "amount"),
    [
        (18600, "18600.00"),
        (18600.1, "18600.10"),
        (0.1 + 0.2, "0.30"),
        ("¥18，600.5元", "18600.50"),
        ("１２３", "123.00"),
    ],
)
def test_amounts(typed_as, amount):
    assert read(changed(amount=typed_as)).rows[0].worker["amount"] == Decimal(amount)


@given(st.decimals(Decimal("0.01"), Decimal("9999999999.99"), places=2))
def test_every_amount_is_read_exactly(amount):
    assert read_amount(f"{amount:,}").value == read_amount(str(amount)).value == amount


def test_repeats_are_told_and_parts_are_joined():
    other = invented_identity_number(12)
    reading = read(
        changed(months="2026-05、06", amount=100),
        changed(months="2026-06、07", amount=100),
        changed(months="2026-08", amount="50.5"),
        changed(name="李示例", months="2026-09"),
        changed(id_number=other, name="镕𬭎"),
        changed(id_number="", name="赵示例"),
        changed(id_number="", name="赵示例"),
    )
    assert [row.line for row in reading.bad] == [3, 5]
    assert "与第 2 行重复：同一身份证号，2026-06 两行都有" in reading.bad[0].errors[0]
    assert "与第 2 行身份证号相同而姓名不同" in reading.bad[1].errors[0]
    assert "与第 7 行姓名、期间相同" in reading.rows[6].warnings[1]
    joined = reading.claims()
    assert [(each["name"], each["months"], each["amount"]) for each in joined[:2]] == [
        ("王示例", ["2026-05", "2026-06", "2026-08"], "150.50"),
        ("镕𬭎", ["2026-05", "2026-06", "2026-08"], "18600.00"),
    ]
    assert len(joined) == 4 and sum(Decimal(each["amount"]) for each in joined) == reading.total


@pytest.mark.parametrize("mark", ["\t", ","])
def test_pasted(mark):
    text = "\ufeff" + mark.join(["姓名", "身份证号", "月份", "欠款"]) + "\r\n"
    text += mark.join(["王示例", NUMBER, "2026-05、06", "100.00"]) + "\r\n\r\n"
    text += mark.join(["赵示例", NUMBER[:-1], "2026-05", "=1+1"])
    reading = read_pasted(text, ON)
    assert [row.line for row in reading.rows] == [2, 4] and len(reading.good) == 1
    assert any("金额是公式" in error for error in reading.bad[0].errors)


def test_an_unpaired_quotation_mark_swallows_no_line_in_silence():
    text = f'姓名\t月份\t金额\n"王示例\t2026-05\t1\n赵示例\t2026-05\t2\n{"x" * 10}\t"\t'
    reading = read_pasted(text, ON)
    assert reading.rows == () and "第 2 行有换行或不成对的引号" in reading.problems[0]


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        (lambda: read_pasted("", ON), "没有粘贴内容"),
        (lambda: read_pasted("王示例\t1\n", ON), "没有找到表头"),
        (lambda: read_pasted("姓名\t身份证号\n王示例\t1", ON), "没有找到“欠薪期间”“金额”一列"),
        (lambda: read_pasted("姓名\t月份\t金额\t欠薪金额\n王示例\t2026-05\t1\t2", ON), "不止一列“金额”"),
        (lambda: read_pasted("姓名\t月份\t金额\n", ON), "表头下面没有内容"),
        (lambda: read_workbook(workbook([]), ON), "文件里没有内容"),
        (lambda: read_workbook(workbook([["x"]]), ON), "没有找到表头"),
        (lambda: read_workbook(io.BytesIO(b"a,b,c"), ON), "这不是 .xlsx 文件"),
        (lambda: read_workbook(io.BytesIO(b"PK\3\4 broken"), ON), "已损坏"),
        (lambda: read_workbook(holding({"word/document.xml": b""}), ON), "这不是 Excel 表格"),
        (lambda: read_workbook(holding({"xl/workbook.xml": b"<x/>"}), ON), "打不开，可能已损坏"),
        (lambda: read_workbook(holding({"xl/workbook.xml": b"", "xl/vbaProject.bin": b""}), ON), "带有宏"),
        (lambda: read_workbook(io.BytesIO(b"PK" + bytes(21 << 20)), ON), "超过 20 MB"),
    ],
)
def test_what_is_not_read_at_all(reading, said):
    assert reading().rows == () and said in "".join(reading().problems)


def holding(members: dict[str, bytes]) -> io.BytesIO:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return target


def test_a_sheet_that_lies_about_its_size_is_read_whole():
    target = io.BytesIO()
    with zipfile.ZipFile(workbook([HEADINGS, RIGHT])) as source, zipfile.ZipFile(target, "w") as packed:
        for name in source.namelist():
            packed.writestr(name, source.read(name).replace(b'ref="A1:I2"', b'ref="A1"'))
    assert len(read_workbook(target, ON).good) == 1


def many(count: int) -> list[list]:
    rows = [
        changed(name=f"示例{nth}", id_number=invented_identity_number(nth), amount=100 + nth % 7, card="")
        for nth in range(count)
    ]
    for nth in range(0, count, 10):
        rows[nth] = changed(name=f"示例{nth}", id_number="120115199001010000", amount="x", card="")
    return rows


def test_ten_thousand_rows_with_errors_in_some():
    rows = many(10_000)
    began = time.process_time()
    pasted = read_pasted("\n".join("\t".join(map(str, row)) for row in [HEADINGS, *rows]), ON)
    assert time.process_time() - began < 10
    assert (len(pasted.rows), len(pasted.good), len(pasted.bad)) == (10_000, 9_000, 1_000)
    assert [row.line for row in pasted.bad][:3] == [2, 12, 22]
    from_excel = read_workbook(workbook([HEADINGS, *rows]), ON)
    assert from_excel.claims() == pasted.claims() and len(from_excel.claims()) == 9_000
    assert [row.errors for row in from_excel.rows] == [row.errors for row in pasted.rows]


def test_too_many_rows_are_not_cut_in_silence(monkeypatch):
    monkeypatch.setattr(claims, "MOST_ROWS", 3)
    heading, row = "姓名\t月份\t金额\n", "王示例\t2026-05\t1\n"
    assert len(read_pasted(heading + row * 3, ON).rows) == 3
    reading = read_pasted(heading + row * 4, ON)
    assert reading.rows == () and "超过 3 行" in reading.problems[0]


def test_a_sheet_with_more_lines_than_are_read_is_refused_not_cut(monkeypatch):
    monkeypatch.setattr(claims, "MOST_ROWS", 3)
    monkeypatch.setattr(excel, "MOST_LINES", 3 + HEADING_WITHIN + 1)
    assert "超过 3 行" in read(*[RIGHT] * 100).problems[0]


def test_the_blank_form_is_empty_and_its_headings_are_read():
    form = io.BytesIO(blank_workbook())
    assert read_workbook(form, ON).problems == ("表头下面没有内容。",)
    book = openpyxl.load_workbook(form)
    sheet = book["劳动者名单"]
    assert [cell.value for cell in sheet[1]] == HEADINGS and sheet.column_dimensions["B"].number_format == "@"
    sheet.append(RIGHT)
    filled = io.BytesIO()
    book.save(filled)
    assert len(read_workbook(filled, ON).good) == 1


def test_the_examples_in_the_form_are_right():
    sheet = openpyxl.load_workbook(io.BytesIO(blank_workbook()))["填写说明"]
    lines = [
        (line, [typed("" if cell.value is None else str(cell.value)) for cell in row])
        for line, row in enumerate(sheet, 1)
    ]
    reading = read_table(lines, ON)
    assert len(reading.good) == 2 and not reading.bad


def test_the_report_shows_each_fault_beside_its_row_and_can_be_corrected_and_read_again():
    reading = read(RIGHT, changed(id_number=invented_identity_number(12), name="赵示例", amount="x"))
    sheet = openpyxl.load_workbook(io.BytesIO(report_workbook(reading.rows)))["导入结果"]
    assert [[cell.value for cell in row][-3:] for row in sheet] == [
        ["行号", "结果", "问题"],
        [2, "可以导入", None],
        [3, "不能导入", "金额“x”看不懂，请写成 18600.00（单位：元）。"],
    ]
    sheet["F3"] = 200
    corrected = io.BytesIO()
    sheet.parent.save(corrected)
    again = read_workbook(corrected, ON)
    assert [row.worker["amount"] for row in again.good] == [Decimal("18600.00"), Decimal("200.00")]


@pytest.mark.parametrize("evil", ["=cmd|' /C calc'!A1", "+1+1", "-2+3", "@SUM(1)", "＝1+1", "\t=1", "\r=1"])
def test_nothing_we_write_is_taken_for_a_formula(evil):
    reading = read(changed(name=evil, note=evil))
    book = openpyxl.load_workbook(io.BytesIO(report_workbook(reading.rows)))
    for row in book["导入结果"]:
        for cell in row:
            assert cell.data_type != "f" and not str(cell.value or "").startswith(tuple("=+-@＝＋－＠\t\r"))
    assert neutral(evil) == "'" + evil


def test_what_a_file_cannot_hold_is_replaced_not_a_crash():
    reading = read_pasted("姓名\t月份\t金额\n王\x01\x02\t2026-05\t1", ON)
    sheet = openpyxl.load_workbook(io.BytesIO(report_workbook(reading.rows)))["导入结果"]
    assert sheet["A2"].value == "王��" and "控制字符" in sheet["L2"].value


@given(st.text(max_size=200))
def test_any_pasted_text_is_answered_never_a_crash(text):
    reading = read_pasted(text, ON)
    assert bool(reading.rows) != bool(reading.problems)
    reading = read_pasted("姓名\t欠薪期间\t金额\t身份证号\n" + text, ON, 2026)
    assert bool(reading.rows) != bool(reading.problems)
    report_workbook(reading.rows)

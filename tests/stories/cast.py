"""Who and what the stories meet besides the officers of `tests/world.py`: employers on the register, workers on lists, files half done."""

from datetime import date, datetime, timedelta
from io import BytesIO

import openpyxl

from laojian.dossier.models import Dossier
from laojian.employers.actions import register_employer
from laojian.employers.identifiers import invented_credit_code, invented_identity_number
from laojian.papers.models import Paper
from laojian.people.acting import acting
from laojian.people.models import Certificate
from laojian.procedure.step import File
from laojian.procedure.take import open_file, take
from tests.world import SINCE, World, officer

DEBTOR, CONTRACTOR, LANDLORD = "宏示装饰工程（示例）有限公司", "津示建工（示例）集团有限公司", "示例物业服务有限公司"
CODES = {name: invented_credit_code(nth) for nth, name in enumerate((DEBTOR, CONTRACTOR, LANDLORD), 11)}
HEADINGS = ["姓名", "身份证号", "联系电话", "工种", "欠薪期间", "金额"]
WORKERS = [
    ["王示海", invented_identity_number(1), "13800000001", "瓦工", "2025-10、11、2026-01", "18600.00"],
    ["赵示堃", invented_identity_number(2), "13800000002", "水电", "2025-11至2026-01", "21300.00"],
    ["刘示玥", invented_identity_number(3), "13800000003", "木工", "2025-12、2026-01", "9450.00"],
    ["陈示镕", invented_identity_number(4), "13800000004", "油工", "2026-01", "6650.00"],
]
WRONG = [
    ["吴示例", "120100199001011234", "13800000005", "力工", "2026-01", "5000.00"],  # the check digit does not fit
    ["郑示例", invented_identity_number(6), "13800000006", "力工", "2027-05", "5000.00"],  # a month that has not come
    ["孙示例", invented_identity_number(7), "13800000007", "力工", "2026-01", "伍仟元"],  # no number
]


def pasted(*rows: list[str]) -> str:
    """Rows as a spreadsheet puts them on the clipboard."""
    return "\n".join("\t".join(row) for row in (HEADINGS, *rows))


def as_workbook(*rows: list[str]) -> bytes:
    """Rows as an Excel file."""
    book, target = openpyxl.Workbook(), BytesIO()
    for row in (HEADINGS, *rows):
        book.active.append(row)
    book.save(target)
    return target.getvalue()


def employers() -> dict:
    """Debtor, main contractor and landlord on the register."""
    told = [(DEBTOR, "company", "示海生"), (CONTRACTOR, "company", "津示强"), (LANDLORD, "company", "物示平")]
    return {
        name: register_employer({
            "name": name, "kind": kind, "credit_code": CODES[name], "region": "宝示区", "address": f"示例路 {nth} 号",
            "legal_rep": head, "legal_rep_post": "总经理", "phone": "022-00000001",
        })
        for nth, (name, kind, head) in enumerate(told, 11)
    }  # fmt: skip


def expired(world: World):
    """An inspector of the district whose certificate ended last year."""
    made = officer("chen", "陈监察", world.district, ["inspector"], certificate=False)
    Certificate.objects.create(
        officer=made, kind="enforcement", number="SL0000099", valid_from=SINCE, valid_to=date(2025, 12, 31)
    )
    return made


def complaint(world: World, at: datetime, firms: dict, name: str = "王示海", **more) -> File:
    """A complaint registered at the counter."""
    return open_file("general", "register", by=world.zhou, at=at, given={
        "kind": "complaint", "matter": "wages", "employer": firms[DEBTOR].pk, "summary": "自 2025 年 10 月起拖欠工资，讨要未果。",
        "request": "支付拖欠的工资", "name": name, "phone": "13800000001", **more,
    })  # fmt: skip


def investigating(world: World, at, day: str, firms: dict) -> File:
    """A case with four workers in the hands of 张监察 and 李监察, since one day."""
    file = complaint(world, at(day, 9), firms)
    rows = [
        {"name": name, "id_number": number, "phone": phone, "trade": trade, "months": months, "amount": amount}
        for (name, number, phone, trade, _, amount), months in zip(WORKERS, MONTHS, strict=True)
    ]
    take(file.id, "claim_workers", by=world.zhou, at=at(day, 9, 10), given={"rows": rows})
    return filed(world, at, day, file.id)


MONTHS = [["2025-10", "2025-11", "2026-01"], ["2025-11", "2025-12", "2026-01"], ["2025-12", "2026-01"], ["2026-01"]]


def file_of(officer) -> int:
    """The newest file that the officer sees."""
    with acting(officer.pk):
        return Dossier.objects.latest("id").pk


def papers_of(officer, file: int) -> list[int]:
    """The papers of a file, drafts included."""
    with acting(officer.pk):
        return list(Paper.objects.filter(dossier_id=file).order_by("id").values_list("pk", flat=True))


def paper_called(officer, file: int, code: str) -> int:
    """The newest paper of a file of one kind."""
    with acting(officer.pk):
        return Paper.objects.filter(dossier_id=file, code=code).latest("id").pk


def filed(world: World, at, day: str, file: int) -> File:
    """A file that was registered in the browser, filed and assigned."""
    take(file, "propose_filing", by=world.zhou, at=at(day, 9, 30), given={
        "matter": "wages", "began_on": "2025-10-01", "violation": "continuing", "opinion": "拟予立案", "in_competence": True,
    })  # fmt: skip
    take(file, "file", by=world.wang, at=at(day, 10), given={"opinion": "同意立案"})
    return take(
        file, "assign", by=world.wang, at=at(day, 10, 30), given={"lead": world.zhang.pk, "second": world.li.pk}
    )


def inquired(world: World, at, day: str, firms: dict) -> int:
    """A case in which the debtor was inquired and one piece of evidence taken, two days after it came in."""
    file = investigating(world, at, day, firms)
    respondent = file.parties[0]["id"]
    held = at(day, 15)
    take(file.id, "record_inquiry", by=world.zhang, at=held, given={
        "person": "示海生", "standing": "法定代表人", "party": respondent, "began_at": held - timedelta(minutes=50),
        "ended_at": held - timedelta(minutes=5), "place": "示例路 11 号", "shown": True, "questions": "问：欠多少？\n答：五万六千元。",
    })  # fmt: skip
    take(file.id, "add_evidence", by=world.zhang, at=at(day, 15, 10), given={
        "kind": "document", "title": "工资表", "proves": "欠薪的人数和月份", "provider": DEBTOR,
        "collected_on": day, "form": "checked_copy",
        "pages": 3, "collectors": [world.zhang.pk, world.li.pk],
    })  # fmt: skip
    return file.id

"""The demo's campaigns: one that is over, one that is going on, one whose plan waits."""

from datetime import date, time, timedelta

from laojian.cases.replay.walk import Cast, moment, workday
from laojian.employers.models import Employer
from laojian.procedure.take import open_file, take

DEPARTMENTS = ("人社部门", "市场监管部门", "住房城乡建设部门")
NAMES = ("示员甲", "示员乙", "示员丙", "示员丁")
NOTHING = "nothing"


class Told:
    """A campaign of one bureau, told step by step from a day on."""

    def __init__(self, cast: Cast, begins: date, length: int, name: str, subject: str):
        self.cast, self.begins, self.name = cast, begins, name
        self.hand, self.leader = cast.posts["inspector"][0], cast.posts["deputy"][0]
        given = {
            "name": name, "organiser": cast.bureau.name, "begins_on": begins, "ends_on": begins + timedelta(days=length),
            "departments": "\n".join(DEPARTMENTS), "subject": subject,
        }  # fmt: skip
        self.file = open_file("campaign", "prepare", by=self.hand, at=moment(begins, time(8, 30)), given=given)

    def go(self, verb: str, days: int, hour: int, by=None, **given) -> None:
        """Take a step so many days after the beginning."""
        at = moment(workday(self.begins + timedelta(days=days)), time(hour))
        self.file = take(self.file.id, verb, by=by or self.hand, at=at, given=given)

    def launch(self, employers: list[Employer]) -> list[str]:
        """Approved, set going, its targets entered; their names."""
        year = self.begins.year
        self.go("approve_plan", 0, 9, self.leader, opinion="同意")
        self.go(
            "launch",
            0,
            10,
            notice=f"{self.cast.bureau.short}通〔{year}〕{self.file.id % 9 + 1}号",
            launched_on=workday(self.begins),
        )
        rows = [{"kind": "employer", "name": each.name, "code": each.credit_code} for each in employers]
        rows += [{"kind": "project", "name": f"示范工程{n}号楼工地（示例）"} for n in (1, 2, 3)]
        self.go("add_targets", 0, 11, rows=rows)
        return [row["name"] for row in rows]

    def turn_out(self, days: int) -> None:
        """Everybody named turns out on a day."""
        on = workday(self.begins + timedelta(days=days)).isoformat()
        rows = [{"on": on, "department": department, "name": name} for department in DEPARTMENTS for name in NAMES]
        self.go("note_attendance", days, 16, rows=rows)

    def check(self, days: int, names: list[str], orders: int) -> None:
        """What was found on a day: nothing, but for some who are ordered to put it right."""
        on = workday(self.begins + timedelta(days=days)).isoformat()
        rows, word = (
            [{"target": name, "on": on, "what": NOTHING} for name in names[orders:]],
            f"{self.cast.bureau.short}改〔{on[:4]}〕",
        )
        for n, name in enumerate(names[:orders], 1):
            rows += [{"target": name, "on": on, "what": "wage_arrears"},
                     {"target": name, "on": on, "what": "order", "document": f"{word}{900 + n}号"}]  # fmt: skip
        self.go("note_results", days, 17, rows=rows)


def write(casts: dict[str, Cast], employers: dict[str, list[Employer]], today: date) -> int:
    """The campaigns; how many there are."""
    own = employers["宝示区"]
    past = Told(
        casts["district"],
        today - timedelta(days=150),
        60,
        "夏季根治欠薪专项行动（示例）",
        "在建项目和招用农民工的用人单位的工资支付",
    )
    names = past.launch(own[:17])
    past.turn_out(7)
    past.check(7, names, 4)
    past.go("report_campaign", 55, 9, result="检查对象全部检查完毕，责令改正的均已改正。")
    past.go("complete", 56, 9, past.leader, opinion="同意")
    going = Told(
        casts["district"],
        today - timedelta(days=20),
        70,
        "冬季根治欠薪专项行动（示例）",
        "在建项目工资支付、实名制和专户制度",
    )
    names = going.launch(own[20:32])
    going.turn_out(6)
    going.check(6, names[:6], 1)
    Told(
        casts["city"],
        workday(today - timedelta(days=4)),
        60,
        "清理整顿人力资源市场秩序专项行动（示例）",
        "人力资源服务机构、职业中介和劳务派遣单位",
    )
    return 3

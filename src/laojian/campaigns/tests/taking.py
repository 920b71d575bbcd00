"""Campaigns told in a few lines: prepared, approved, launched, and the lists of four campaigns of one year as the report counts them."""

from datetime import date, timedelta

from tests.world import at

from laojian.procedure.step import File
from laojian.procedure.take import open_file, take

PLAN = {
    "name": "示例夏季专项行动", "organiser": "示例市人力资源和社会保障局", "begins_on": "2020-07-01", "ends_on": "2020-09-30",
    "departments": "人社部门\n市场监管部门\n其他有关部门", "subject": "在建项目工资支付制度",
}  # fmt: skip


class Campaigning:
    """A campaign in the hands of the city's inspector, approved by its head."""

    def __init__(self, world, hand, head, **plan):
        self.hand, self.head, self.day = hand, head, plan.get("begins_on", PLAN["begins_on"])
        self.file: File = open_file("campaign", "prepare", by=hand, at=at(self.day, 8), given=PLAN | plan)
        self.minute = 0

    def do(self, verb: str, by=None, day: str | None = None, **given) -> File:
        """Take a step, a minute after the last."""
        self.minute += 1
        when = at(day or self.day, 9) + timedelta(minutes=self.minute)
        self.file = take(self.file.id, verb, by=by or self.hand, at=when, given=given)
        return self.file

    def launched(self):
        """On its way."""
        self.do("approve_plan", self.head, opinion="同意")
        self.do("launch", notice="示人社监通〔2020〕1号", launched_on=self.day)
        return self


def people(total: dict[str, int], begins: date, length: int, team: int = 12) -> list[dict]:
    """So many attendances by department, spread over the days, one person once a day."""
    rows = []
    for department, n in total.items():
        rows += [{"on": (begins + timedelta(days=k // team % length)).isoformat(), "department": department,
                  "name": f"示员{k % team}{'' if k < team * length else k // (team * length)}"} for k in range(n)]  # fmt: skip
    return rows


def named(kind: str, n: int, name: str) -> list[dict]:
    """So many targets of a kind."""
    return [{"kind": kind, "name": f"示{name}{k}（示例）"} for k in range(1, n + 1)]

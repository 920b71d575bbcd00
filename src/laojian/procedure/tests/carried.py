"""Files carried a few steps along the general procedure, for tests that need one standing somewhere."""

from datetime import date, timedelta

from tests.world import World, at

from laojian.procedure.step import File
from laojian.procedure.take import open_file, take

COMPLAINT = {
    "kind": "complaint", "matter": "wages", "respondent": "宏示装饰工程（示例）有限公司", "summary": "拖欠三个月工资", "name": "王示海",
}  # fmt: skip
FILING = {
    "matter": "wages",
    "began_on": "2025-10-01",
    "violation": "continuing",
    "opinion": "拟立案",
    "in_competence": True,
}


def registered(world: World, day: str, **more) -> File:
    """A complaint registered in the morning."""
    return open_file("general", "register", by=world.zhou, at=at(day), given=COMPLAINT | more)


def supplementing(world: World, day: str) -> File:
    """A complaint whose complainant was asked for more: the clock `supplement` runs."""
    file = registered(world, day)
    return take(file.id, "ask_supplement", by=world.zhou, at=at(day, 10), given={"items": "补充劳动合同"})


def filed(world: World, day: str) -> File:
    """A case filed on the day it came in: the clocks `investigate` and `conclude` run."""
    file = registered(world, day)
    take(file.id, "propose_filing", by=world.zhou, at=at(day, 10), given=FILING)
    return take(file.id, "file", by=world.wang, at=at(day, 11), given={"opinion": "同意"})


def investigating(world: World, day: str) -> File:
    """A case in the hands of 张监察 and 李监察."""
    file = filed(world, day)
    return take(file.id, "assign", by=world.wang, at=at(day, 12), given={"lead": world.zhang.pk, "second": world.li.pk})


def days_after(day: str, days: int) -> date:
    """A day so many days later."""
    return date.fromisoformat(day) + timedelta(days)

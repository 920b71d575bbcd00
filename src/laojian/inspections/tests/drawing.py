"""Draws carried to where a test needs them: employers, officers, and each step of the ceremony."""

from datetime import date

from tests.world import World, at, officer

from laojian.employers.identifiers import invented_credit_code
from laojian.employers.models import Employer
from laojian.inspections.models import Draw
from laojian.people.acting import acting
from laojian.procedure.step import File
from laojian.procedure.take import read, take

from .planned import published, task

REGION = "宝示区"
NUMBERS = "33 01 22 05 17 09 + 07"
STRATA = [{"label": "劳务派遣", "kind": "dispatch", "ratio": "50"}, {"label": "其他", "ratio": "10", "least": "2"}]
ANNOUNCED = {"source": "ssq", "issue": "2026060", "random_at": "2026-05-28T21:15"}


def employers(count: int, first: int = 0, kind: str = "company", **more) -> list[Employer]:
    """So many invented employers."""
    rows = [
        Employer(
            name=f"示例{kind}{n}有限公司", kind=kind, region=REGION, credit_code=invented_credit_code(n, "120115", "91"),
            address=f"{REGION}示例路 {n} 号", **more,
        )
        for n in range(first, first + count)
    ]  # fmt: skip
    return Employer.objects.bulk_create(rows)


def hands(world: World, count: int = 4) -> list:
    """More certified inspectors of the district, so that with 张监察 and 李监察 there are two more."""
    return [officer(f"hand{n}", f"示监察{n}", world.district, ["inspector"]) for n in range(count)]


def ordered(world: World, **more) -> File:
    """A draw that was just opened, for a task with two strata, of 4 and 30 employers."""
    employers(4, kind="dispatch")
    employers(30, first=100)
    hands(world)
    plan = published(world, 2026, task(strata=STRATA, **more))
    return opened(world, plan)


def opened(world: World, plan: File, day: str = "2026-05-20", task_id: int = 0) -> File:
    """One more draw of a plan."""
    given = {"task": task_id or plan.tasks[0]["id"]}
    take(plan.id, "order_draw", by=world.wang, at=at(day), given=given)
    return read_again(world, Draw.objects.order_by("-pk").first().pk, day)


def read_again(world: World, draw_id: int, day: str) -> File:
    """The draw's file as it now stands."""
    with acting(world.wang.pk):
        return read(draw_id, world.wang.pk, at(day, 23))


def frozen(world: World, file: File, day: str = "2026-05-21", **more) -> File:
    """The pools are fixed."""
    given = {"on": "2026-06-08", "neighbours": []} | more
    return take(file.id, "freeze_pools", by=world.wang, at=at(day), given=given)


def announced(world: World, file: File, day: str = "2026-05-22", **more) -> File:
    """The commitment is public."""
    return take(file.id, "announce", by=world.wang, at=at(day), given=ANNOUNCED | more)


def entered(world: World, file: File, day: str = "2026-05-29", **more) -> File:
    """The randomness was typed in by the head."""
    given = {"randomness": NUMBERS, "seen_at": "官方网站"} | more
    return take(file.id, "enter_randomness", by=world.wang, at=at(day), given=given)


def made(world: World, file: File, day: str = "2026-05-29", hour: int = 10) -> File:
    """An inspector compared the number, and drew."""
    return take(file.id, "run_draw", by=world.zhang, at=at(day, hour), given={"compared": True})


def paired(world: World, file: File, day: str = "2026-05-29", hour: int = 11) -> File:
    """Everybody drawn has two officers."""
    return take(file.id, "pair_officers", by=world.wang, at=at(day, hour), given={})


def through(world: World, until: str = "officers_paired", **more) -> File:
    """A draw from its opening to a state."""
    file = ordered(world, **more)
    for step in (frozen, announced, entered, made, paired):
        if file.state == until:
            break
        file = step(world, file)
    assert file.state == until, file.state
    return file


def day(text: str) -> date:
    return date.fromisoformat(text)

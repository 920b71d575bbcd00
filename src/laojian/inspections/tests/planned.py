"""Plans carried to where a test needs them."""

from tests.world import World, at

from laojian.procedure.step import File
from laojian.procedure.take import open_file, take

OPINION = {"opinion": "同意"}
WHOLE = {"label": "全部", "ratio": "5", "least": "2"}


def task(label: str = "劳动用工抽查", year: int = 2026, strata=(WHOLE,), **more) -> dict:
    """What a task is entered with."""
    return {
        "label": label, "others": "遵守劳动保障法律法规情况", "mode": "onsite", "targeted": "no", "strata": list(map(dict, strata)),
        "since": f"{year}-04-01", "until": f"{year}-11-30",
    } | more  # fmt: skip


def drafted(world: World, year: int = 2026, *tasks: dict, day: str = "") -> File:
    """A plan with these tasks, being written."""
    day = day or f"{year}-02-02"
    file = open_file("plan", "draft_plan", by=world.wang, at=at(day), given={"year": year})
    for n, given in enumerate(tasks or (task(year=year),)):
        file = take(file.id, "add_task", by=world.wang, at=at(day, 9, n + 1), given=given)
    return file


def published(world: World, year: int = 2026, *tasks: dict, day: str = "") -> File:
    """A plan that the public can read."""
    day = day or f"{year}-02-02"
    file = drafted(world, year, *tasks, day=day)
    return republished(world, file, day)


def republished(world: World, file: File, day: str, hour: int = 10) -> File:
    """A plan that is written becomes public."""
    take(file.id, "submit_plan", by=world.wang, at=at(day, hour), given=OPINION)
    take(file.id, "approve_plan", by=world.sun, at=at(day, hour, 10), given=OPINION)
    return take(file.id, "publish_plan", by=world.wang, at=at(day, hour, 20), given={})

"""Opening the visits of a draw, some at a time: whoever has one gets no second, and what was broken off goes on."""

from datetime import datetime

from django.db import transaction

from laojian.people.models import Officer
from laojian.procedure.step import File, Refused
from laojian.procedure.take import open_within, take

from . import officers
from .guards import waiting
from .models import Draw, Drawn

AT_ONCE = 20  # visits opened in one transaction


def open_some(file: File, row: Draw) -> tuple[int, int]:
    """Open the next visits; how many were opened, and how many the visit's own guards refused, each with its reason kept."""
    made = refused = 0
    for each in waiting(file.id).select_related("employer").order_by("stratum", "rank")[:AT_ONCE]:
        try:
            with transaction.atomic():
                each.visit_id = open_within(file, "visit", "plan_visit", planned(row, each)).id
            made += 1
        except Refused as why:
            each.refused, refused = str(why)[:400], refused + 1
        Drawn.objects.filter(pk=each.pk).update(visit=each.visit_id, refused=each.refused)
    return made, refused


def planned(row: Draw, each: Drawn) -> dict:
    """What the visit is planned with."""
    task, lead, second = row.task, *each.officers[: officers.TEAM]
    return {
        "employer": each.employer_id, "ground": "draw", "mode": task.mode, "items": task.items,
        "from_on": max(task.since, local_day(row)), "until_on": task.until, "lead": lead, "second": second,
        "draw_number": row.number, "rank": each.rank, "reason": f"{task.label}：{row.number}第 {each.rank} 位",
        "lent": officers.lent(row, each.officers),
    }  # fmt: skip


def local_day(row: Draw):
    """The day for which officers were chosen."""
    return officers.terms_of(row.officers.scope, []).on


def send_all(draw_id: int, by: Officer, at: datetime) -> int:
    """Take the step until nobody waits; how many steps it took. Each is a transaction of its own, so a kill loses none."""
    steps = 0
    while True:
        try:
            take(draw_id, "open_visits", by=by, at=at, given={})
        except Refused:
            return steps
        steps += 1

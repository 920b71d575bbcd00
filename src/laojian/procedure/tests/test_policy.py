"""Ninety days and the periods of investigation and decision: a bureau chooses how it holds them, and the files follow."""

from datetime import date

import pytest
from tests.world import at

from laojian.clocks.models import Deadline
from laojian.people.acting import acting
from laojian.people.actions import set_local
from laojian.people.queries import me_on
from laojian.procedure import timing
from laojian.procedure.step import File
from laojian.procedure.take import read, take
from laojian.web import present

from .carried import filed

pytestmark = pytest.mark.django_db
DAY, LATE = date(2026, 1, 4), "2026-06-08"
EVIDENCE = {"kind": "document", "title": "考勤表", "form": "copy", "collected_on": "2026-01-06"}


def chosen(world, value: str) -> None:
    told = {"since": DAY, "document": "示例办发〔2026〕9号（虚构）", "source": "示例"}
    set_local(me_on(world.admin, DAY), world.district, "decision_limit_policy", value, at=at("2026-01-04"), **told)


def stands(world, day: str) -> File:
    """A case filed on 5 January, after a step on 6 January, as it is read on a day."""
    file = filed(world, "2026-01-05")
    take(file.id, "assign", by=world.wang, at=at("2026-01-06"), given={"lead": world.zhang.pk, "second": world.li.pk})
    with acting(world.zhang.pk):
        return read(file.id, world.zhang.pk, at(day))


@pytest.mark.parametrize(
    ("value", "next_", "shown"),
    [("", "conclude", ["investigate", "conclude"]), ("strict", "conclude", ["investigate", "conclude"]),
     ("special", "investigate", ["investigate", "conclude"])],
)  # fmt: skip
def test_the_policy_says_which_period_warns(world, value, next_, shown):
    if value:
        chosen(world, value)
    file = stands(world, LATE)
    told = present.clocks(file, file.on)
    dates = dict(Deadline.objects.filter(dossier_id=file.id).values_list("key", "due_on"))
    first = next_ if dates["conclude"] < dates["investigate"] else "investigate"
    assert (file.dossier["due_clock"], file.dossier["due_on"]) == (first, dates[first].isoformat())
    mine = next(clock for clock in told if clock["key"] == "conclude")
    assert mine["overdue"] is (value != "special") and ("只作对照" in mine["left_text"]) is (value == "special")
    assert (told[-1]["key"] == "conclude") or value != "special"
    assert ("示例办发" in mine["note"]) is bool(value) and mine["note"]


@pytest.mark.parametrize("value", ["", "strict", "special"])
def test_whoever_passes_ninety_days_says_on_what_ground_whatever_was_chosen(world, value):
    if value:
        chosen(world, value)
    file = stands(world, LATE)
    decide = file.flow["decide_penalty"]
    reasons = [reason for reason in timing.lateness(file, decide, {}) if reason.basis == "apl-60"]
    assert len(reasons) == 1 and "适用依据" in str(reasons[0])
    assert ("示例办发" in str(reasons[0])) is bool(value)
    assert timing.lateness(file, decide, {"late_reason": "监察条例、实施规定另有规定"}) == []

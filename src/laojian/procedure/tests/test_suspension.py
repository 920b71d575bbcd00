"""The ledger of suspensions as steps use it: what stops, what is only shown, and that every date is counted again alike."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.world import at

from laojian.clocks.actions import resume, suspend
from laojian.clocks.models import Deadline, Suspension
from laojian.clocks.queries import recompute
from laojian.clocks.rules import recount, stands_still, suspendable, suspended
from laojian.lawbook import due
from laojian.procedure import timing
from laojian.procedure.take import read

from .carried import investigating

pytestmark = pytest.mark.django_db
START = "2026-01-05"


def again(world, file, day):
    """The file as another step would read it on that day."""
    return read(file.id, world.wang.pk, at(day))


def row(file, key):
    return next(clock for clock in file.clocks if clock["key"] == key)


def paused(world):
    """A case suspended on 2 March, as its step's action would do it."""
    file = again(world, investigating(world, START), "2026-03-02")
    suspend(suspendable(file.clocks), on=date(2026, 3, 2), ground="等待鉴定", approver_id=world.wang.pk)
    return file


def test_a_file_without_suspensions_is_told_as_before(world):
    file = investigating(world, START)
    assert all("suspended" not in clock for clock in file.clocks)
    assert {clock["key"] for clock in suspendable(file.clocks)} == {"investigate", "conclude"}


def test_what_stops_stands_still_and_what_is_shown_goes_on(world):
    for file in (paused(world), again(world, paused(world), "2026-03-09")):
        assert [suspended(row(file, key)) for key in ("investigate", "conclude")] == [True, True]
        assert [stands_still(row(file, key)) for key in ("investigate", "conclude")] == [True, False]
        assert suspendable(file.clocks) == []
        running = [clock for clock in file.clocks if not clock["ending"]]
        assert timing.nearest(running)["key"] == "conclude"
        assert timing.nearest([row(file, "investigate")]) == {}
    assert list(recompute()) == []


def test_a_clock_that_stands_still_is_not_late(world):
    file = again(world, paused(world), "2026-06-01")
    end = file.flow["end_investigation"]
    assert [clock["key"] for clock in timing.stopped(file, end)] == ["investigate"]
    assert timing.late(file, end) == []


def test_after_it_is_taken_up_the_period_ends_later_by_the_days_suspended(world):
    file = again(world, paused(world), "2026-03-16")
    assert set(resume(file.clocks, on=date(2026, 3, 16))) == {"investigate", "conclude"}
    stored = {clock.key: clock.due_on for clock in Deadline.objects.filter(dossier_id=file.id, ending="")}
    plain = {key: due(key, date(2026, 1, 5)).due_on for key in stored}
    assert plain == {"investigate": date(2026, 4, 3), "conclude": date(2026, 4, 5)}
    assert stored == {"investigate": date(2026, 4, 20), "conclude": date(2026, 4, 5)}
    read_again = again(world, file, "2026-03-17")
    assert {clock["key"]: clock["due_on"] for clock in read_again.clocks if not clock["ending"]} == {
        key: day.isoformat() for key, day in stored.items()
    }
    assert recount(row(read_again, "conclude")).shown_on == date(2026, 4, 19)
    assert list(recompute()) == []
    ledger = Suspension.objects.filter(deadline__key="investigate").get()
    assert (ledger.started_on, ledger.ended_on, ledger.was_due_on) == (
        date(2026, 3, 2), date(2026, 3, 15), date(2026, 4, 3),
    )  # fmt: skip


def test_a_case_may_be_suspended_twice_and_never_twice_at_once(world):
    file = again(world, paused(world), "2026-03-16")
    with pytest.raises(IntegrityError), transaction.atomic():
        suspend([row(file, "investigate")], on=date(2026, 3, 16), ground="再次", approver_id=world.wang.pk)
    file = again(world, file, "2026-03-16")
    resume(file.clocks, on=date(2026, 3, 16))
    file = again(world, file, "2026-03-23")
    suspend(suspendable(file.clocks), on=date(2026, 3, 23), ground="等待判决", approver_id=world.wang.pk)
    file = again(world, file, "2026-03-30")
    resume(file.clocks, on=date(2026, 3, 30))
    assert row(again(world, file, "2026-03-31"), "investigate")["due_on"] == "2026-04-27"
    assert list(recompute()) == []


def test_one_taken_up_on_the_same_day_has_stood_still_for_that_day(world):
    file = again(world, paused(world), "2026-03-02")
    resume(file.clocks, on=date(2026, 3, 2))
    assert row(file, "investigate")["due_on"] == "2026-04-07"
    assert list(recompute()) == []


def test_a_period_taken_up_again_keeps_its_suspensions(world):
    """A case sent back goes on with the first start; the days once suspended still do not count."""
    file = again(world, paused(world), "2026-03-16")
    resume(file.clocks, on=date(2026, 3, 16))
    kept = Deadline.objects.get(dossier_id=file.id, key="investigate")
    Deadline.objects.filter(pk=kept.pk).update(ending="stopped", ended_on=date(2026, 3, 20))
    kept.pk = None
    kept.save()
    newest = [clock for clock in again(world, file, "2026-03-23").clocks if clock["key"] == "investigate"][-1]
    assert newest["suspended"] == [["2026-03-02", "2026-03-15", "等待鉴定"]]
    assert list(recompute()) == []

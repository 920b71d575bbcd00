"""The clock as an actor: what lapses and what does not, provisional dates fixed once, every running date counted again."""

import logging
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from procrastinate.contrib.django import app
from tests.world import at

from laojian.clocks import queries
from laojian.clocks.models import Deadline
from laojian.clocks.queries import recompute
from laojian.dossier.models import Desk, Dossier
from laojian.lawbook import due
from laojian.people.acting import acting
from laojian.procedure.clockwork import each, lapse_due, nightly, settle
from laojian.procedure.step import Refused
from laojian.procedure.take import take
from laojian.record.models import Entry
from laojian.record.tests.chain import faults
from laojian.web.tasks import clocks_at_night

from .carried import filed, investigating, registered, supplementing

pytestmark = pytest.mark.django_db


def running(file_id: int) -> dict[str, tuple[str, bool]]:
    """The running clocks of a file: due date and whether it is provisional."""
    rows = Deadline.objects.filter(dossier_id=file_id, ending="")
    return {row.key: (row.due_on.isoformat(), row.provisional) for row in rows}


def dossier(world, file_id: int) -> Dossier:
    with acting(world.clock.pk):
        return Dossier.objects.get(pk=file_id)


def lapse(day: str) -> int:
    """What the night before this day's morning does."""
    return lapse_due(date.fromisoformat(day), at(day, 0, 10))


def test_a_period_lapses_on_the_day_after_its_last_and_only_once(world):
    file = supplementing(world, "2026-01-05")
    assert running(file.id) == {"supplement": ("2026-01-20", False)}
    assert lapse("2026-01-20") == 0
    assert lapse("2026-01-21") == 1
    assert lapse("2026-01-22") == 0
    assert running(file.id) == {}
    row = Deadline.objects.get(dossier_id=file.id, key="supplement")
    assert (row.ending, row.ended_on) == ("lapsed", date(2026, 1, 21))
    last = Entry.objects.filter(dossier_id=file.id).latest("seq")
    assert (last.verb, last.actor_name, last.to_state) == ("lapse_supplement", "期限", "not_supplemented")
    assert not dossier(world, file.id).open
    assert faults(file.id) == []


def test_the_authoritys_own_periods_never_lapse(world):
    file = filed(world, "2026-01-05")
    assert lapse("2026-12-01") == 0
    assert set(running(file.id)) == {"investigate", "conclude"}


def test_a_file_that_refuses_is_logged_and_stops_nothing(world, caplog):
    files = [supplementing(world, "2026-01-05") for _ in range(3)]
    reply = {"source": files[1].sources[0]["id"], "content": "已电话催促", "way": "phone"}
    take(files[1].id, "reply", by=world.zhou, at=at("2026-03-01"), given=reply)
    with caplog.at_level(logging.WARNING):
        assert lapse("2026-01-21") == 2
    assert [
        str(files[1].id) in record.getMessage() and "不得倒签" in record.getMessage() for record in caplog.records
    ] == [True]
    assert lapse("2026-03-02") == 1


def test_a_file_that_breaks_is_logged_and_stops_nothing(caplog):
    with caplog.at_level(logging.ERROR):
        assert each([(2, "verb"), (0, "verb"), (1, "verb")], lambda dossier_id, _: 2 / dossier_id) == 2
    assert "ZeroDivisionError" in caplog.text


def test_many_files_are_read_in_batches_and_none_is_left_out(world, monkeypatch):
    monkeypatch.setattr(queries, "BATCH", 3)
    files = [supplementing(world, f"2026-01-{5 + n % 3:02d}") for n in range(8)]
    assert lapse("2026-02-01") == len(files)
    assert Deadline.objects.filter(ending="").count() == 0


def test_without_next_years_calendar_a_case_goes_on_with_provisional_dates(world):
    file = investigating(world, "2026-11-23")
    assert file.state == "investigating"
    assert running(file.id) == {"investigate": ("2027-02-15", True), "conclude": ("2027-02-21", True)}
    assert list(recompute()) == []
    assert settle(at("2026-12-01")) == 0


def test_the_notice_fixes_provisional_dates_once_with_an_entry(world, announce):
    file = investigating(world, "2026-11-23")
    announce()
    expected = {key: due(key, date(2026, 11, 23)) for key in ("investigate", "conclude")}
    assert not any(each.provisional for each in expected.values())
    assert {each.key for each in recompute()} == set(expected)

    assert settle(at("2026-12-01")) == 1

    assert running(file.id) == {key: (each.due_on.isoformat(), False) for key, each in expected.items()}
    assert running(file.id) == {"investigate": ("2027-02-22", False), "conclude": ("2027-02-21", False)}
    entry = Entry.objects.filter(dossier_id=file.id).latest("seq")
    assert (entry.kind, entry.actor_name, entry.seq, entry.from_state) == (
        "settle",
        "期限",
        file.seq + 1,
        entry.to_state,
    )
    assert {row["key"]: (row["was"], row["due_on"]) for row in entry.effects["settled"]} == {
        "investigate": ("2027-02-15", "2027-02-22"),
        "conclude": ("2027-02-21", "2027-02-21"),
    }
    assert faults(file.id) == []
    stands = dossier(world, file.id)
    assert (stands.due_on, stands.due_clock) == (date(2027, 2, 21), "conclude")
    desks = Desk.objects.filter(dossier_id=file.id).values_list("officer_id", "due_on")
    assert sorted(desks) == sorted((hand.pk, date(2027, 2, 21)) for hand in (world.zhang, world.li))


def test_a_second_run_changes_nothing_and_the_file_goes_on(world, announce):
    file = investigating(world, "2026-11-23")
    announce()
    settle(at("2026-12-01"))
    entries, clocks = Entry.objects.count(), running(file.id)
    assert settle(at("2026-12-02")) == 0
    assert (Entry.objects.count(), running(file.id)) == (entries, clocks)
    assert list(recompute()) == []
    after = take(file.id, "ask_extension", by=world.zhang, at=at("2026-12-03"), given={"reason": "人数众多"})
    assert after.seq == entries + 1
    assert faults(file.id) == []


def test_nothing_is_fixed_at_a_moment_before_the_files_last_entry(world, announce, caplog):
    file = investigating(world, "2026-11-23")
    announce()
    with caplog.at_level(logging.WARNING):
        assert settle(at("2026-11-20")) == 0
    assert "不得倒签" in caplog.text
    settle(at("2026-12-01"))
    with pytest.raises(Refused, match="不得倒签"):
        take(file.id, "ask_extension", by=world.zhang, at=at("2026-11-30"), given={"reason": "人数众多"})


def test_a_right_does_not_end_on_a_provisional_day(world, announce):
    file = supplementing(world, "2026-12-18")
    assert running(file.id) == {
        "supplement": ("2027-01-04", True)
    }  # the last day, a Saturday, rolls into the unknown year
    assert lapse("2027-01-05") == 0
    announce()
    assert nightly(at("2027-01-05", 0, 10)) == (1, 1, [])
    assert dossier(world, file.id).state == "not_supplemented"
    assert faults(file.id) == []


def test_a_date_that_was_changed_by_hand_is_reported_and_left_alone(world):
    file = filed(world, "2026-01-05")
    tampered = Deadline.objects.filter(dossier_id=file.id, key="investigate")
    tampered.update(due_on=date(2026, 5, 1))
    (difference,) = recompute()
    assert (difference.dossier_id, difference.key) == (file.id, "investigate")
    assert "due_on 2026-05-01 → 2026-04-03" in str(difference)
    assert tampered.get().due_on == date(2026, 5, 1)


@pytest.mark.parametrize(
    ("column", "value"), [("version", date(2000, 1, 1)), ("length", 61), ("basis", "lsr-18"), ("key", "gone")]
)
def test_a_law_that_is_not_the_frozen_one_is_reported(world, column, value):
    file = filed(world, "2026-01-05")
    Deadline.objects.filter(dossier_id=file.id, key="investigate").update(**{column: value})
    assert [difference.dossier_id for difference in recompute()] == [file.id]


def test_an_extension_moves_the_files_next_date_and_is_counted_again_as_such(world):
    file = investigating(world, "2026-01-05")
    take(file.id, "ask_extension", by=world.zhang, at=at("2026-03-30"), given={"reason": "人数众多"})
    Deadline.objects.filter(dossier_id=file.id, key="conclude").delete()  # so that the extended clock is the nearest
    take(file.id, "extend_investigation", by=world.sun, at=at("2026-03-31"), given={"opinion": "同意"})
    extended = due("investigate", date(2026, 1, 5), extended=True)
    assert running(file.id) == {"investigate": (extended.due_on.isoformat(), False)}
    assert dossier(world, file.id).due_on == extended.due_on
    assert set(Desk.objects.filter(dossier_id=file.id).values_list("due_on", flat=True)) == {extended.due_on}
    assert list(recompute()) == []


def test_a_period_set_by_a_paper_is_counted_again_with_the_papers_length(world):
    file = registered(world, "2026-01-05")
    again = due("correct", date(2026, 1, 5), length=5, unit="working_day")
    Deadline.objects.create(
        dossier_id=file.id, key="correct", started_on=again.started_on, due_on=again.due_on, strict_on=again.strict_on,
        rolled_on=again.rolled_on, length=5, unit="working_day", version=again.version, basis=again.basis,
    )  # fmt: skip
    assert list(recompute()) == []
    Deadline.objects.filter(key="correct").update(length=6)
    assert [each.key for each in recompute()] == ["correct"]


def test_the_night_by_hand_tells_what_it_did_and_fails_on_a_difference(world, capsys):
    supplementing(world, "2026-01-05")
    call_command("nightly")
    assert "办理期满 1 步，重算不一致 0 处" in capsys.readouterr().out
    filed(world, "2026-01-05")
    Deadline.objects.filter(key="investigate").update(due_on=date(2099, 1, 1))
    with pytest.raises(CommandError, match="2099-01-01"):
        call_command("nightly")


def test_the_calendar_is_settled_by_its_command(world, announce, capsys):
    investigating(world, "2026-11-20")
    announce()
    call_command("settle_calendar")
    assert "放假安排已有至 2027 年；固定暂定期限 1 卷" in capsys.readouterr().out


def test_the_queue_does_the_nights_work_by_itself():
    ((task, _),) = [key for key in app.periodic_registry.periodic_tasks if key[0] == "nightly"]
    assert app.periodic_registry.periodic_tasks[task, ""].cron == "10 16 * * *"  # UTC: ten past midnight in China


def test_the_queues_job_fails_on_a_difference_when_the_rest_is_done(world):
    file = supplementing(world, "2026-01-05")
    filed(world, "2026-01-05")
    Deadline.objects.filter(key="investigate").update(due_on=date(2099, 1, 1))
    with pytest.raises(RuntimeError, match="2099-01-01"):
        clocks_at_night(timestamp=0)
    assert dossier(world, file.id).state == "not_supplemented"

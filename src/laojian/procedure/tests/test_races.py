"""Several at once, each with a connection of its own: one entry results, the other is told; no number is lost or given twice."""

import threading
from datetime import date
from functools import partial

import pytest
from django.db import connection
from tests.world import at

from laojian.dossier.models import Dossier
from laojian.intake.models import Source
from laojian.people.acting import acting
from laojian.procedure.clockwork import lapse_due, settle
from laojian.procedure.step import File, Refused
from laojian.procedure.take import carry, open_file, take
from laojian.record.models import Entry

from .carried import COMPLAINT, FILING, investigating, registered, supplementing
from .whole import halves

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8
PARTY = {"kind": "person", "role": "third", "name": "李示"}


def together(*deeds) -> list:
    """Do all these at the same moment, each in a thread with its own connection; what each returned or raised."""
    gate, results = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(n, deed):
        try:
            connection.ensure_connection()
            gate.wait(30)
            results[n] = deed()
        except Exception as raised:
            results[n] = raised
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def one_of_two(results) -> tuple[File, Refused]:
    """The one that was first and the refusal of the other."""
    first, second = sorted(results, key=lambda result: isinstance(result, Refused))
    assert isinstance(first, File), first
    assert isinstance(second, Refused), second
    return first, second


def test_two_officers_press_the_same_button_and_the_second_is_told_who_was_first(world):
    for _ in range(5):
        file = registered(world, "2026-01-05")

        def press(by, file=file):
            return take(file.id, "propose_filing", by=by, at=at("2026-01-05", 10), given=FILING)

        first, refused = one_of_two(together(partial(press, world.zhou), partial(press, world.zhang)))
        assert f"现处“待批准立案”，最近一步“拟予立案”由{first.actor['name']}办理" in str(refused)
        assert Entry.objects.filter(dossier_id=file.id, verb="propose_filing").count() == 1
        assert halves(file.id) == []


def test_the_same_step_that_moves_nothing_is_taken_once_by_two_who_saw_the_same_file(world):
    for _ in range(5):
        file = registered(world, "2026-01-05")

        def press(by, file=file):
            return take(file.id, "keep_party", by=by, at=at("2026-01-05", 10), given=PARTY, seen=file.seq)

        first, refused = one_of_two(together(partial(press, world.zhou), partial(press, world.zhang)))
        assert f"{first.actor['name']}已于 01-05 10:00 先行办理“登记当事人”" in str(refused)
        assert Entry.objects.filter(dossier_id=file.id).count() == 2
        assert halves(file.id) == []


def test_different_steps_on_one_file_wait_for_each_other_and_both_stand(world):
    file = registered(world, "2026-01-05")

    def keep(n):
        return take(file.id, "keep_party", by=world.zhou, at=at("2026-01-05", 10), given=PARTY | {"name": f"李示{n}"})

    assert sorted(after.seq for after in together(*(partial(keep, n) for n in range(THREADS)))) == list(
        range(2, THREADS + 2)
    )
    assert halves(file.id) == []


class BrokenOff(Exception):
    """Something fails after the number was taken."""


def break_off(world):
    """A registration that fails at its very end, when everything is written but not yet committed."""
    with acting(world.zhou.pk):
        new = Dossier.objects.create(
            flow="general", state="", bureau=world.district, district=world.district, opened_on=date(2026, 1, 5)
        )
        carry(new.pk, "register", by_id=world.zhou.pk, at=at("2026-01-05"), given=COMPLAINT)
        raise BrokenOff


def test_numbers_have_no_gap_though_eight_take_them_at_once_and_some_fail(world):
    def work(n):
        for turn in range(4):
            if (n + turn) % 3 == 0:
                with pytest.raises(BrokenOff):
                    break_off(world)
            open_file("general", "register", by=world.zhou, at=at("2026-01-05"), given=COMPLAINT)

    assert together(*(partial(work, n) for n in range(THREADS))) == [None] * THREADS
    numbers = Source.objects.values_list("number", flat=True)
    assert sorted(numbers) == sorted(f"宝人社监登〔2026〕{n}号" for n in range(1, 4 * THREADS + 1))
    assert Entry.objects.count() == 4 * THREADS


def test_case_numbers_have_no_gap_when_eight_cases_are_filed_at_once(world):
    files = [registered(world, "2026-01-05").id for _ in range(THREADS)]
    for file_id in files:
        take(file_id, "propose_filing", by=world.zhou, at=at("2026-01-05", 10), given=FILING)

    def approve(file_id):
        return take(file_id, "file", by=world.wang, at=at("2026-01-05", 11), given={"opinion": "同意"})

    numbers = {file.dossier["number"] for file in together(*(partial(approve, file_id) for file_id in files))}
    assert numbers == {f"宝人社监立〔2026〕{n}号" for n in range(1, THREADS + 1)}


def test_two_workers_of_the_night_let_each_period_lapse_once(world):
    files = [supplementing(world, "2026-01-05") for _ in range(THREADS)]
    done = together(*[partial(lapse_due, date(2026, 1, 21), at("2026-01-21", 0, 10))] * 3)
    assert sum(done) == len(files)
    assert [Entry.objects.filter(dossier_id=file.id, verb="lapse_supplement").count() for file in files] == [1] * len(
        files
    )
    assert [halves(file.id) for file in files] == [[]] * len(files)


def test_two_workers_fix_each_date_once(world, announce):
    files = [investigating(world, "2026-11-23") for _ in range(4)]
    announce()
    assert sum(together(*[partial(settle, at("2026-12-01"))] * 3)) == len(files)
    assert Entry.objects.filter(kind="settle").count() == len(files)
    assert [halves(file.id) for file in files] == [[]] * len(files)


def test_two_files_merged_into_each_other_at_once_end_as_one_or_stand_as_they_were(world):
    def merge(into, other):
        given = {"other": other.id, "reason": "同一单位同一事实"}
        return take(into.id, "merge", by=world.zhou, at=at("2026-01-05", 10), given=given)

    for _ in range(5):
        one, two = registered(world, "2026-01-05"), registered(world, "2026-01-05")
        done = together(partial(merge, one, two), partial(merge, two, one))
        refused = [str(result) for result in done if isinstance(result, Refused)]
        assert len(refused) >= 1 and len(refused) + sum(isinstance(result, File) for result in done) == 2, done
        assert all("正由他人办理" in text or "已并案" in text or "选择" in text for text in refused)
        assert [halves(file.id) for file in (one, two)] == [[], []]
        with acting(world.zhou.pk):
            assert Dossier.objects.filter(pk__in=[one.id, two.id], state="merged").count() == 2 - len(refused)

"""Two connections: the same batch sent twice at once, two phones at one visit, numbers asked for by two devices."""

import threading
import uuid

import pytest
from django.db import connection
from tests.visiting import VisitStory
from tests.world import at

from laojian.papers import numbers
from laojian.people.acting import acting
from laojian.record.models import Entry

from ..models import Batch, VisitLine
from ..sync import receive
from .test_sync import BEGUN, Phone

pytestmark = pytest.mark.django_db(transaction=True)


def together(*deeds):
    """Do all at once, each on a connection of its own; what each came to, errors too."""
    start, came = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(nth, deed):
        try:
            start.wait()
            came[nth] = deed()
        except Exception as wrong:
            came[nth] = wrong
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return came


def test_at_the_same_moment_nothing_is_taken_twice_and_nothing_is_lost(world):
    story = VisitStory(world).ready()
    one, two = Phone(story, world.zhang, "phone-1"), Phone(story, world.li, "phone-2")
    began = together(lambda: one.send("begin", **BEGUN), lambda: two.send("begin", **BEGUN))
    assert [each["ok"] for each in began] == [True, True], began

    rows, key = one.lines(), uuid.uuid4()
    sent = one.sent("lines", key=key, lines=rows)
    same = together(*[lambda: receive(sent, by=world.zhang, at=at("2026-03-09", 10))] * 3)
    assert same[0]["ok"] and same == [same[0]] * 3
    both = together(
        lambda: one.send("lines", lines=[row | {"at": "2026-03-09T09:45:00+08:00"} for row in rows]),
        lambda: two.send(
            "lines", now=("2026-03-09", 9, 59), lines=[row | {"at": "2026-03-09T09:46:00+08:00"} for row in rows]
        ),
    )
    assert [each["ok"] for each in both] == [True, True], both
    with acting(world.zhang.pk):
        verbs = list(
            Entry.objects.filter(dossier_id=story.file.id, kind="step").order_by("seq").values_list("verb", flat=True)
        )
    assert (verbs.count("begin_visit"), verbs.count("fill_checklist")) == (1, 3)
    assert VisitLine.objects.count() == 3 * len(rows) and Batch.objects.exclude(seq=None).count() == 5
    assert {row["by_id"] for row in story.fresh().lines} == {world.li.pk}


def test_two_devices_never_get_the_same_number(world):
    def asks(officer, device):
        def ask():
            with acting(officer.pk):
                rows = numbers.allot("spot_order", bureau_id=world.district.pk, year=2026, count=5, device=device,
                                     officer_id=officer.pk, at=at("2026-03-09"))  # fmt: skip
            return [row.number for row in rows]

        return ask

    came = together(asks(world.zhang, "phone-1"), asks(world.li, "phone-2"))
    assert sorted(nth for each in came for nth in each) == list(range(1, 11)), came
    assert numbers.missing(world.district.pk, "当改", 2026, "宝人社监") == []

"""Tracks beside a file: joined by two steps of the file's own table, never in a circle of locks, whole whatever is tried."""

from datetime import timedelta
from functools import partial
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.beside import OPEN, TOLD, noticed, told_briefly
from tests.casework import Story
from tests.world import at

from laojian.dossier.models import Dossier
from laojian.people.acting import acting
from laojian.people.models import Officer
from laojian.procedure.clockwork import lapse_due
from laojian.procedure.step import File, Refused, local
from laojian.procedure.take import FLOWS, offered, open_file, read, take, tracks_open
from laojian.record.models import Entry

from .filling import Filler
from .test_races import together
from .walking import OPENING, after, reachable
from .whole import halves

TRACKS = [flow for flow in FLOWS.values() if flow.joins]
each = pytest.mark.parametrize("flow", TRACKS, ids=[flow.name for flow in TRACKS])
STEPS = 50


def parents(flow):
    """The procedures whose table has the row that opens the track."""
    return [other for other in FLOWS.values() if flow.joins[0] in other.by_verb]


@each
def test_a_track_is_opened_and_closed_by_steps_that_leave_its_case_where_it_is(flow):
    assert parents(flow)
    for parent in parents(flow):
        opening, closing = (parent[verb] for verb in flow.joins)
        assert opening.target is None and closing.target is None
        assert closing.role == "procedure" and opening.role != "procedure"
        assert [step.role for step in flow.steps if OPENING in step.sources] == ["procedure"]


@each
def test_wherever_its_case_has_come_to_the_track_can_end(flow):
    for parent in parents(flow):
        opening, closing = (parent[verb] for verb in flow.joins)
        assert reachable(parent, *opening.sources) <= set(closing.sources)


@each
def test_every_end_of_a_track_is_told_by_the_spine_and_by_no_writer(flow):
    ends = {state.key for state in flow.states if state.final}
    assert ends and not any(after(step, s) not in ends for step in flow.steps for s in step.sources if s in ends)


@pytest.mark.django_db
def test_a_track_is_no_file_that_can_be_opened_alone(world):
    story = Story(world)
    told_briefly(story)
    with pytest.raises((Refused, Exception)):
        open_file("hearing", "receive_request", by=world.zhang, at=at("2026-04-08"), given={}, parent=story.file.id)


@pytest.mark.django_db(transaction=True)
def test_two_connections_that_move_case_and_track_at_once_never_wait_for_each_other(world):
    """Ending a track moves the case too, while somebody else moves the case and opens another track."""
    for _ in range(3):
        story = Story(world)
        told_briefly(story)
        hearing = noticed(story)
        moment = hearing.now + timedelta(minutes=5)

        def withdraw(hearing=hearing, moment=moment):
            return take(hearing.file.id, "withdraw_hearing", by=world.he, at=moment, given={"document": "撤回"})

        def keep(n, story=story, moment=moment):
            party = {"kind": "person", "role": "third", "name": f"李示{n}"}
            return take(story.file.id, "keep_party", by=world.zhang, at=moment, given=party)

        def setting(hearing=hearing, moment=moment):
            return take(hearing.file.id, "ask_avoidance", by=world.he, at=moment,
                        given={"person": "陈示东", "of": "host", "made_on": "2026-04-10", "reason": "相识"})  # fmt: skip

        done = together(withdraw, partial(keep, 1), partial(keep, 2), setting)
        assert all(isinstance(result, File | Refused) for result in done), done
        assert [halves(file) for file in (story.file.id, hearing.file.id)] == [[], []]
        assert tracks_open(story.fresh()) == []


@pytest.mark.django_db(transaction=True)
def test_a_step_on_a_track_sends_at_most_ten_statements(world):
    story = Story(world)
    told_briefly(story)
    hearing = noticed(story)
    given = {"person": "陈示东", "of": "host", "made_on": "2026-04-10", "reason": "相识"}
    for verb, by, more in (("ask_avoidance", world.he, given), ("keep_host", world.sun, {"opinion": "驳回"})):
        hearing.now += timedelta(minutes=5)
        with CaptureQueriesContext(connection) as captured:
            take(hearing.file.id, verb, by=by, at=hearing.now, given=more)
        sent = [query["sql"] for query in captured.captured_queries if query["sql"] not in ("BEGIN", "COMMIT")]
        assert len(sent) <= 10, "\n".join(sent)


class Beside:
    """A track and its case walked by chance; `told` is the story so far."""

    def __init__(self, world, flow, seed):
        story = Story(world)
        TOLD[flow.name](story)
        track = OPEN[flow.name](story)
        self.world, self.rng, self.at, self.told = world, Random(seed), track.now, []
        self.filler = Filler(self.rng, world)
        self.ids = (story.file.id, track.file.id)
        self.cast = list(Officer.objects.filter(bureau=world.district).order_by("pk"))

    def go(self):
        """Time passes, the clock acts, somebody takes a step that is offered, mostly on the track."""
        self.at += timedelta(days=self.rng.choice((0, 0, 0, 1, 2, 9)), minutes=self.rng.randint(1, 200))
        if self.rng.random() < 0.15:
            lapse_due(local(self.at).date(), self.at)
        file_id = self.ids[self.rng.random() < 0.85]
        for _ in range(10):
            by = self.rng.choice(self.cast)
            with acting(by.pk):
                file = read(file_id, by.pk, self.at)
                steps = [offer.step for offer in offered(file) if offer.ready]
                step = self.rng.choices(steps, [self.weight(file, s) for s in steps])[0] if steps else None
                given = self.filler.fill(file, step, self.at) if step else {}
                wrong = step.given.read(given, file, file.on)[1] if step else [""]
            if not wrong:
                return self.attempt(by, file_id, step, given)
        return None

    def weight(self, file, step):
        """How often a step is tried against the others: seldom what ends the track, often what a draft waits for."""
        if step.target and step.target != file.state:
            return 0.2 if file.flow.by_state[step.target].final and file.flow.joins else 8
        if step.verb in ("approve_paper", "issue_paper", "seal_paper"):
            return 4 if file.drafts or any(not paper["seals"] for paper in file.papers) else 0.1
        return 1

    def attempt(self, by, file_id, step, given):
        """Taken whole, or refused in words."""
        try:
            outcome = take(file_id, step.verb, by=by, at=self.at, given=given).state
        except Refused as refused:
            assert refused.reasons and all(reason.text for reason in refused.reasons)
            outcome = f"refused: {refused}"
        self.told.append(f"{self.at:%m-%d} {by.name} {step.verb}: {outcome}")


@each
@pytest.mark.django_db
def test_whatever_is_tried_on_a_track_it_and_its_case_stay_whole(world, flow):
    visited = set()
    for seed in range(3):
        walk = Beside(world, flow, seed)
        for _ in range(STEPS):
            walk.go()
            with acting(world.clock.pk):
                states = dict(Dossier.objects.filter(pk__in=walk.ids).values_list("pk", "state"))
            visited.add(states[walk.ids[1]])
        assert [halves(key) for key in walk.ids] == [[], []], "\n".join(walk.told)
        closed = Entry.objects.filter(dossier_id=walk.ids[0], verb=flow.joins[1]).count()
        assert bool(closed) == flow.by_state[states[walk.ids[1]]].final, "\n".join(walk.told)
    assert len(visited) > 3, sorted(visited)

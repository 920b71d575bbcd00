"""Random walks through the procedure: whatever is tried, lawful or not, the file stays whole and a refusal changes nothing."""

from datetime import timedelta
from random import Random

import pytest
from tests.beside import LINE_BY_LINE
from tests.world import World, at

from laojian.cases.tests.spots import FOUND
from laojian.dossier.models import Dossier
from laojian.people.acting import acting
from laojian.people.models import Officer
from laojian.procedure.clockwork import lapse_due
from laojian.procedure.step import File, Refused, Step, local
from laojian.procedure.take import FLOWS, offered, open_file, read, take

from .carried import COMPLAINT, FILING
from .filling import Filler
from .whole import halves

pytestmark = pytest.mark.django_db
STEPS = 60
PAPERWORK = ("fill_paper", "approve_paper", "issue_paper", "seal_paper")
ENDS = {state.key for state in FLOWS["general"].states if state.final} - {"archived"}
PASSED = LINE_BY_LINE
DETAILS = {
    "respondent_address": "示例路 8 号",
    "respondent_head": "赵示",
    "began_on": "2025-10-01",
    "phone": "13800000000",
    "respondent_code": "9112011500AHLJ0019",
    "address": "示例路 9 号",
}


class Walk:
    """One file, walked by chance; `told` is the story so far, for whoever has to understand a failure."""

    flow = "general"

    def __init__(self, world: World, seed: int):
        self.world, self.rng = world, Random(seed)
        self.filler, self.at, self.told = Filler(self.rng, world), at("2026-01-05"), []
        self.cast = [
            *Officer.objects.filter(bureau=world.district).order_by("pk"),
            world.city_reviewer,
            world.clock,
            world.public,
        ]
        self.posts = {by.pk: set(by.posts.values_list("role", flat=True)) for by in self.cast}
        self.id, self.seq = self.opened(), 1
        self.begin(seed % 4)

    @property
    def table(self):
        """The procedure that is walked."""
        return FLOWS[self.flow]

    def opened(self) -> int:
        """The file, just opened."""
        return open_file(self.flow, "register", by=self.world.zhou, at=self.at, given=COMPLAINT | DETAILS).id

    def begin(self, far: int) -> None:
        """Walk the first part straight: not at all, into the investigation, or to where a decision is due."""
        world, hands = self.world, {"lead": self.world.zhang.pk, "second": self.world.li.pk}
        filing = [("propose_filing", world.zhou, FILING), ("file", world.wang, {}), ("assign", world.wang, hands)]
        ending = [("add_evidence", world.zhang, {}), ("end_investigation", world.zhang, {"proposal": "no_penalty"}),
                  ("ask_review", world.zhang, {}), ("pass_review", world.zhao, PASSED)]  # fmt: skip
        for verb, by, own in (filing if far else []) + (ending if far == 3 else []):
            self.attempt(by, self.table[verb], self.filled(by, self.table[verb]) | own)
        assert self.seq == 1 + (3 if far else 0) + (4 if far == 3 else 0), self.told

    def filled(self, by: Officer, step: Step) -> dict:
        """Input for a step, by chance."""
        with acting(by.pk, dossier_id=self.id):
            return self.filler.fill(read(self.id, by.pk, self.at), step, self.at)

    def go(self) -> None:
        """Time passes; somebody does something: mostly what is offered, sometimes anything at all, sometimes it is night."""
        days = self.rng.randint(1, 8) if self.rng.random() < 0.12 else 0
        self.at += timedelta(days=days, minutes=self.rng.randint(0, 300))
        chance = self.rng.random()
        if chance < 0.08:
            done = lapse_due(local(self.at).date(), self.at)
            self.seq = self.stands()[1]  # a track that lapses moves its case too
            self.told.append(f"{self.at:%m-%d} the night: {done}")
        elif chance < 0.2:
            self.anything()
        else:
            self.able()

    def able(self) -> None:
        """Somebody takes a step that the page offers, with input that its form accepts if some can be found by chance."""
        waits = self.table.by_state[self.stands()[0]].waits
        awaited = [by for by in self.cast if self.posts[by.pk] & set(waits)] or self.cast
        for _ in range(12):
            by = self.rng.choice(awaited if self.rng.random() < 0.6 else self.cast)
            with acting(by.pk, dossier_id=self.id):
                file = read(self.id, by.pk, self.at)
                steps = [offer.step for offer in offered(file) if offer.ready]
                if not steps:
                    continue
                step = self.rng.choices(steps, [self.weight(file, each) for each in steps])[0]
                given = self.filler.fill(file, step, self.at)
                _, wrong = step.given.read(given, file, file.on)
            if not wrong:
                return self.attempt(by, step, given)
        return None

    def anything(self) -> None:
        """Anybody tries anything, lawful or not."""
        by, step = self.rng.choice(self.cast), self.rng.choice(self.table.steps)
        self.attempt(by, step, self.filled(by, step))

    def weight(self, file: File, step: Step) -> float:
        """How often a step is tried against the others."""
        if step.target not in (None, file.state):
            return 0.1 if step.target in ENDS else 8
        if step.verb in PAPERWORK:
            return (
                3
                if {"seal_paper": any(not paper["seals"] for paper in file.papers)}.get(step.verb, bool(file.drafts))
                else 0.1
            )
        return (
            6 if step.verb == "add_evidence" and not file.evidence["count"] else 0.3 if step.quiet or step.paper else 1
        )

    def attempt(self, by: Officer, step: Step, given: dict) -> None:
        """Press the button: the step is taken whole, or refused in words and nothing is changed."""
        try:
            after = take(self.id, step.verb, by=by, at=self.at, given=given)
            assert after.seq == self.seq + 1
            self.seq, outcome = after.seq, after.state
        except Refused as refused:
            assert refused.reasons and all(reason.text for reason in refused.reasons)
            outcome = f"refused: {refused}"
        self.told.append(f"{self.at:%m-%d} {by.name} {step.verb}: {outcome}")

    def stands(self) -> tuple[str, int]:
        """State and number of entries, as the database has them."""
        with acting(self.world.clock.pk):
            return Dossier.objects.values_list("state", "seq").get(pk=self.id)

    def on(self, visited: set[str]) -> None:
        """Walk on, and look after each step whether the file is whole."""
        whole = 0
        for _ in range(STEPS):
            state, seq = self.stands()
            assert seq == self.seq, "\n".join(self.told)
            if seq > whole:
                assert halves(self.id) == [], "\n".join(self.told)
            whole = seq
            visited.add(state)
            self.go()
        assert halves(self.id) == [], "\n".join(self.told)


class SpotWalk(Walk):
    """A file of the summary procedure, walked by chance: met with at ten in the morning, the rest as it comes."""

    flow = "summary"

    def opened(self) -> int:
        self.at = at("2026-01-05", 10)
        told = FOUND | {"second": self.world.li.pk, "found_at": self.at - timedelta(minutes=20)}
        return open_file(self.flow, "open_on_spot", by=self.world.zhang, at=self.at, given=told).id

    def begin(self, far: int) -> None:
        """Straight to where a penalty is decided, to where it is handed over, or not at all."""
        by, day = self.world.zhang, local(self.at).date()
        found = {"power": "obstruct-inspection", "corrected": "before_decision", "began_on": day, "ceased_on": day,
                 "amount": "2000", "reason": "当场改正", "whom": "", "said": [], "factors": []}  # fmt: skip
        steps = [("find_violation", found), ("hear_on_spot", {}), ("punish_on_spot", {})]
        for verb, own in steps[: (0, 2, 3, 3)[far]]:
            self.at += timedelta(minutes=5)
            self.attempt(by, self.table[verb], self.filled(by, self.table[verb]) | own)
        if far == 3:
            self.hand_over(by)
        assert self.stands()[0] == ("on_spot", "on_spot", "to_deliver", "delivered")[far], self.told

    def hand_over(self, by: Officer) -> None:
        """The decision is numbered, signed and handed over."""
        with acting(by.pk):
            draft = next(each["id"] for each in read(self.id, by.pk, self.at).drafts)
            party = read(self.id, by.pk, self.at).parties[0]["id"]
        for verb, own in (
            ("issue_paper", {"paper": draft}), ("seal_paper", {"paper": draft, "way": "signed"}),
            ("deliver_penalty", {"paper": draft, "party": party}),
        ):  # fmt: skip
            self.at += timedelta(minutes=5)
            self.attempt(by, self.table[verb], self.filled(by, self.table[verb]) | own)


SEEDS, SPOT_SEEDS = (0, 1, 2, 3, 4, 6, 7, 11), range(6)


@pytest.fixture(scope="module")
def visited():
    """The states that each walk came to, by its seed. Whoever looks back takes those walks that another worker took."""
    return {}


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_tried_the_file_stays_whole(world, visited, seed):
    Walk(world, seed).on(visited.setdefault(seed, set()))


def test_the_walks_came_to_many_places(world, visited):
    for seed in set(SEEDS) - set(visited):
        Walk(world, seed).on(visited.setdefault(seed, set()))
    places = set().union(*visited.values())
    assert len(places) > len(FLOWS["general"].states) / 3, sorted(places)


@pytest.fixture(scope="module")
def met():
    """The states that each walk through the summary procedure came to, by its seed."""
    return {}


@pytest.mark.parametrize("seed", SPOT_SEEDS)
def test_whatever_is_tried_on_the_spot_the_file_stays_whole(world, met, seed):
    SpotWalk(world, seed).on(met.setdefault(seed, set()))


def test_the_walks_on_the_spot_came_to_many_places(world, met):
    for seed in set(SPOT_SEEDS) - set(met):
        SpotWalk(world, seed).on(met.setdefault(seed, set()))
    assert {"on_spot", "to_deliver", "delivered", "converted"} <= set().union(*met.values())


def test_a_decision_whose_draft_was_voided_can_be_made_again(world):
    walk, decide = Walk(world, 3), FLOWS["general"]["decide_no_penalty"]
    walk.attempt(world.sun, decide, walk.filled(world.sun, decide))
    with acting(world.zhang.pk):
        (draft,) = [
            each for each in read(walk.id, world.zhang.pk, walk.at).drafts if each["code"] == "no_penalty_decision"
        ]
    walk.attempt(world.zhang, FLOWS["general"]["void_paper"], {"paper": draft["id"], "reason": "写错"})
    again = take(walk.id, "decide_no_penalty", by=world.sun, at=walk.at, given=walk.filled(world.sun, decide))
    assert (again.state, again.seq) == ("decided", walk.seq + 1), walk.told


def test_a_notice_whose_draft_was_voided_can_be_proposed_again(world):
    walk = Walk(world, 1)
    steps = FLOWS["general"]
    for verb, by, own in (
        ("add_evidence", world.zhang, {}),
        ("end_investigation", world.zhang, {"proposal": "treatment"}),
        ("propose_notice", world.zhang, {}),
        ("approve_notice", world.sun, {}),
    ):
        walk.attempt(by, steps[verb], walk.filled(by, steps[verb]) | own)
    with acting(world.zhang.pk):
        drafts = [each for each in read(walk.id, world.zhang.pk, walk.at).drafts if each["code"] == "treatment_notice"]
    for draft in drafts:
        walk.attempt(world.zhang, steps["void_paper"], {"paper": draft["id"], "reason": "写错"})
    walk.attempt(world.zhang, steps["renotify"], {"reason": "告知书写错，重新起草"})
    walk.attempt(world.zhang, steps["propose_notice"], walk.filled(world.zhang, steps["propose_notice"]))
    assert drafts and walk.stands()[0] == "notice_proposed", walk.told

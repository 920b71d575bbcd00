"""Whatever is tried on a visit, lawful or not, its file stays whole."""

from datetime import timedelta
from random import Random

import pytest
from tests.visiting import VisitStory, firm

from laojian.dossier.models import Dossier
from laojian.lawbook import law
from laojian.people.acting import acting
from laojian.people.models import Officer
from laojian.procedure.clockwork import lapse_due
from laojian.procedure.step import Refused, local
from laojian.procedure.take import offered, read, take
from laojian.procedure.tests.filling import Filler
from laojian.procedure.tests.whole import halves

pytestmark = pytest.mark.django_db
STEPS = 60


class Visiting(Filler):
    """One who fills in the forms of a visit."""

    def for_lines(self, step):
        """Lines of this visit's items; for a case, the problems that are offered."""
        if step.verb == "open_case":
            field = step.given(None, file=self.file, on=self.file.on).fields["lines"]
            return [key for key, _ in field.choices]
        rows = [
            (each["item"], line.key)
            for each in self.file.visit["items"]
            for line in law().item(each["item"]).versions[-1].standard
        ]
        note = self.rng.choice(["", "没有台账"])
        return [
            {"item": item, "line": line, "outcome": "problem" if note else "ok", "note": note}
            for item, line in rows[: self.rng.randint(1, len(rows))]
        ]

    def for_codes(self, step):
        return [self.rng.choice(["no_problem", "pending", "corrected", "unreachable", "transferred"])]

    def for_items(self, step):
        return ["wage-payment"] if step.verb == "revise_plan" else ["social-insurance"]

    def for_mode(self, step):
        return "onsite"

    def for_people(self, step):
        return [{"name": "甲示", "department": "示例市场监管局"}]

    def for_key(self, step):
        return None

    def for_until_on(self, step):
        return local(self.at).date() + timedelta(days=9)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_tried_on_a_visit_its_file_stays_whole(world, seed):
    story = VisitStory(world, firm(60 + seed))
    if seed == 1:
        story.plan(
            mode="written", ground="written", items=["wage-payment"], start_at=None, length=10, unit="working_day"
        )
    else:
        story.begun()
    rng, at, visited = Random(seed), story.now, set()
    filler, cast = Visiting(rng, world), list(Officer.objects.filter(bureau=world.district).order_by("pk"))
    for _ in range(STEPS):
        at += timedelta(days=rng.choice((0, 0, 0, 1, 9)), minutes=rng.randint(1, 200))
        if rng.random() < 0.1:
            lapse_due(local(at).date(), at)
        by = rng.choice(cast)
        with acting(by.pk):
            file = read(story.file.id, by.pk, at)
            steps = [offer.step for offer in offered(file) if offer.ready and offer.step.verb != "cancel_visit"]
            if not steps:
                continue
            step = rng.choices(steps, [6 if each.target not in (None, file.state) else 1 for each in steps])[0]
            given = filler.fill(file, step, at)
        try:
            visited.add(take(story.file.id, step.verb, by=by, at=at, given=given).state)
        except Refused as refused:
            assert refused.reasons and all(reason.text for reason in refused.reasons)
    assert halves(story.file.id) == [] and len(visited) > 1, visited
    with acting(world.clock.pk):
        grown = list(Dossier.objects.filter(parent_id=story.file.id).values_list("pk", flat=True))
    assert [halves(key) for key in grown] == [[] for _ in grown]

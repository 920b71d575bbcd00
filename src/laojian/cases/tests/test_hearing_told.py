"""Who is told of the right to a hearing: everyone while the local amount is not set, from the amount on when it is."""

from datetime import date
from decimal import Decimal

import pytest
from tests.casework import Story, ended, investigated, notified, opened, ordered

from laojian.cases.rules import hearing_told
from laojian.papers.models import Paper
from laojian.people.acting import acting

ON = date(2026, 3, 2)
ROW = {"document": "示例办发〔2026〕1号（虚构）", "source": "示例政府网", "by": "管理员", "on": "2026-01-05"}
BOTH = {
    "local": {
        "hearing_employer": {"2026-01-01": ROW | {"value": "10000"}},
        "hearing_citizen": {"2026-01-01": ROW | {"value": "2000"}},
    }
}
ONE = {"local": {"hearing_employer": BOTH["local"]["hearing_employer"]}}


@pytest.mark.parametrize(
    ("options", "fine", "kinds", "told"),
    [
        ({}, "2001", ["employer"], True),
        ({}, "0.01", ["person"], True),
        (BOTH, "9999.99", ["employer"], False),
        (BOTH, "10000", ["employer"], True),
        (BOTH, "2001", ["employer"], False),
        (BOTH, "2001", ["person"], True),
        (BOTH, "2001", ["employer", "controller"], True),
        (BOTH, None, ["employer"], True),
        (ONE, "100", ["employer"], False),
        (ONE, "100", ["person"], True),
    ],
)
def test_told_of_the_right_to_a_hearing(options, fine, kinds, told):
    assert hearing_told(options, fine and Decimal(fine), kinds, ON) is told


def noticed(world) -> Story:
    """A case whose notice of a fine of 8,000 yuan was served."""
    story = Story(world)
    for part in (opened, investigated, ordered, ended, notified):
        part(story)
    return story


def said(story: Story) -> str:
    with acting(story.world.zhang.pk):
        return str(Paper.objects.get(dossier_id=story.file.id, code="penalty_notice").body)


@pytest.mark.django_db
@pytest.mark.parametrize(("options", "told"), [({}, True), (BOTH, False)])
def test_notice_and_clock_tell_the_same(world, options, told):
    world.district.options = options
    world.district.save(update_fields=["options"])
    story = noticed(world)
    assert ("听证" in said(story)) is told
    assert bool(story.file.running("hearing_request")) is told and story.file.running("defense")

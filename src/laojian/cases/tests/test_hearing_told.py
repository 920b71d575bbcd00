"""Who is told of the right to a hearing: everyone while the local amount is not set, from the amount on when it is."""

from datetime import date
from decimal import Decimal

import pytest
from tests.casework import FACTS, VIOLATED, Story, investigated, opened

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


def noticed(world, fine: str) -> Story:
    """A case whose notice of a fine was served."""
    story = Story(world)
    for part in (opened, investigated):
        part(story)
    found = {"facts": FACTS, "violated": VIOLATED, "basis": "《劳动保障监察条例》第三十条", "discretion": "一般"}
    story.do(
        "end_investigation", world.zhang, evidence="询问笔录", proposal="penalty", proposed="罚款", fine=fine, **found
    )
    story.do("propose_notice", world.zhang, intended=f"罚款 {fine} 元。", fine=fine, **found)
    story.do("approve_notice", world.sun, opinion="同意")
    story.finish()
    story.serve(
        "serve_notice", "penalty_notice", story.party(), receiver="陈示东", relation="法定代表人", place="示例路 1 号"
    )
    return story


def said(story: Story) -> str:
    with acting(story.world.zhang.pk):
        return str(Paper.objects.get(dossier_id=story.file.id, code="penalty_notice").body)


@pytest.mark.django_db
@pytest.mark.parametrize(("options", "told"), [({}, True), (BOTH, False)])
def test_notice_and_clock_tell_the_same(world, options, told):
    world.district.options = options
    world.district.save(update_fields=["options"])
    story = noticed(world, "2001")
    assert ("听证" in said(story)) is told
    assert bool(story.file.running("hearing_request")) is told and story.file.running("defense")

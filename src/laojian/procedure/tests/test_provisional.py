"""A party's time that runs into a year without a calendar ends nobody's right, says what it waits for, and blocks no file for good."""

import pytest
from tests.casework import COMPLAINT, FACTS, VIOLATED, Story, investigated, opened
from tests.casework import ordered as disobeyed
from tests.world import at

from laojian.procedure.clockwork import nightly
from laojian.procedure.step import Refused

pytestmark = pytest.mark.django_db
HEAD = {"receiver": "陈示东", "relation": "法定代表人", "place": COMPLAINT["respondent_address"]}
UNTIL = "暂定，年度放假安排未公布.*放假安排公布并载入系统后"


@pytest.fixture
def ordered(world) -> Story:
    """An order served on 24 December 2026, with seven working days to obey it."""
    story = Story(world)
    opened(story)
    row = {"party": story.party(), "kind": "pay", "ground": "lsr-26", "demand": "支付工资", "amount": "36200.50"}
    story.do("order_correction", world.zhang, "2026-12-24", facts=FACTS, violated=VIOLATED, demand="支付工资", length=7,
             unit="working_day", addressees=[row], evidence="台账")  # fmt: skip
    story.finish()
    story.serve("serve_order", "correction_order", story.party(), **HEAD)
    return story


def test_nobody_has_disobeyed_an_order_on_a_day_that_may_still_move(ordered, world, announce):
    (clock,) = ordered.file.running("correct")
    assert (clock["due_on"], clock["provisional"]) == ("2027-01-04", True)
    found = {"result": "none", "note": "没有支付"}
    with pytest.raises(Refused, match=UNTIL):
        ordered.do("note_correction", world.zhang, "2027-01-08", **found)
    announce()
    assert nightly(at("2027-01-09", 0, 10))[:2] == (1, 1)
    ordered.do("note_correction", world.zhang, "2027-01-11", **found)
    assert ordered.file.running("correct") == []


def test_whoever_obeyed_need_not_wait_for_the_calendar(ordered, world):
    ordered.do("note_correction", world.zhang, "2026-12-28", result="all", note="已全部支付")
    assert ordered.file.running("correct") == []


@pytest.fixture
def told(world) -> Story:
    """A notice served on 28 December 2026."""
    story = Story(world)
    for part in (opened, investigated, disobeyed):
        part(story)
    story.do("find_violation", world.zhang, "2026-12-25", party=story.party(), power="refuse-order", began_on="2026-03-28",
             corrected="none", amount="8000", reason="责令后只支付了一小部分，其余拒不支付。")  # fmt: skip
    story.do("end_investigation", world.zhang, facts=FACTS, evidence="询问笔录", violated=VIOLATED, discretion="一般",
             basis="《劳动保障监察条例》第三十条", proposal="penalty", proposed="罚款", fine="8000", late_reason="等待审计")  # fmt: skip
    story.do("propose_notice", world.zhang, facts=FACTS, violated=VIOLATED, basis="《劳动保障监察条例》第三十条", intended="罚款 8000 元。",
             fine="8000", discretion="一般")  # fmt: skip
    story.do("approve_notice", world.sun, "2026-12-28", opinion="同意")
    story.finish()
    story.serve("serve_notice", "penalty_notice", story.party(), **HEAD)
    return story


def test_the_time_to_speak_waits_for_the_calendar_and_then_lapses_in_the_same_night(told, world, announce):
    assert [clock["provisional"] for key in ("defense", "hearing_request") for clock in told.file.running(key)] == [
        True,
        True,
    ]
    with pytest.raises(Refused, match=UNTIL):
        told.do("close_statement", world.zhang, "2027-01-12")
    announce()
    assert nightly(at("2027-01-13", 0, 10))[:2] == (1, 1)
    assert told.do("close_statement", world.zhang, "2027-01-13").state == "statement_closed"


def test_whoever_gave_up_the_right_in_writing_need_not_wait(told, world):
    told.do("waive", world.zhang, "2026-12-30", party=told.party(), document="放弃陈述申辩、听证声明书")
    assert told.do("close_statement", world.zhang).state == "statement_closed"

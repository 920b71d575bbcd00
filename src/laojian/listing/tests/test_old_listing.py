"""The list of 2018–2021: a year, two more for whoever did not correct; decided after 2021 it is the present list; old ones end in peace."""

from datetime import date

import pytest
from tests.casework import COMPANY, Story
from tests.listing import REASONS, everybody, old_case, order_of, proposed
from tests.world import at

from laojian.clocks.models import Deadline
from laojian.listing.models import Listing
from laojian.listing.queries import published
from laojian.procedure.clockwork import lapse_due
from laojian.procedure.step import Refused
from laojian.procedure.tests.whole import halves

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world):
    return old_case(world)


def refused(story, verb, by, day=None, **given) -> str:
    with pytest.raises(Refused) as found:
        story.do(verb, by, day, **given)
    return str(found.value)


def told_before(world, case, day="2021-11-02"):
    """Proposed, judged, told, under the rules of 2021."""
    told = proposed(world, case, day, flow="old_listing")
    told.do("judge_amount", world.sun, reached="yes", reason="三人各三个月，达到。")
    told.do("draft_listing_notice", world.zhang, opinion="请告知。")
    everybody(told, "serve_listing_notice", "listing_notice")
    told.do("propose_decision", world.zhang, opinion="请批准。")
    return told


def listed(world, case, day="2021-11-02"):
    told = told_before(world, case, day)
    told.do("decide_listing", world.sun, opinion="同意。")
    everybody(told, "serve_listing", "listing_decision")
    told.do("publish_listing", world.zhang, on=told.now.date().isoformat(), places="本局门户网站")
    return told


def due(told, key):
    return [c["due_on"] for c in told.fresh().running(key)]


def test_in_2021_the_time_to_list_ran_from_the_decision_and_the_listing_lasted_a_year(world, case):
    told = told_before(world, case)
    assert due(told, "old_blacklist_list") == ["2021-11-10"]
    told.do("decide_listing", world.sun, opinion="同意。")
    assert due(told, "old_blacklist_first") == ["2022-11-02"] and not due(told, "old_blacklist_again")
    assert halves(told.file.id) == []


def test_the_present_rules_list_nobody_before_2022_and_the_old_ones_nobody_after(world, case):
    story = Story(world, "listing")
    given = {"order": order_of(world, case).key, **REASONS}
    assert "2021-12-31 不施行" in refused(story, "propose_listing", world.zhang, "2021-12-31", **given)
    told = told_before(world, case, "2021-12-31")
    late = {"late_reason": "年末集中办理。"}
    assert "2022-01-04 不施行" in refused(told, "decide_listing", world.sun, "2022-01-04", opinion="同意", **late)
    told.do("decline_listing", world.sun, why="rules", reason="另按现行办法办理。", **late)
    anew = proposed(world, case, "2022-01-04")
    assert due(anew, "blacklist_decide") == ["2022-01-29"] and Listing.objects.count() == 2


def test_at_its_end_after_2021_an_old_listing_leaves_and_nothing_prolongs_it(world, case):
    told = listed(world, case)
    assert [row.name for row in published(date(2022, 11, 2))] == [COMPANY]
    lapse_due(date(2022, 11, 3), at("2022-11-03", 1))
    assert (
        told.fresh().state == "old_expired" and due(told, "blacklist_remove") and not due(told, "old_blacklist_remove")
    )
    assert "旧办法已经停止施行" in refused(told, "prolong_listing", world.sun, "2022-11-04", facts="没有改正")
    told.do("decide_removal", world.sun, opinion="列入期满。")
    told.do("remove_listing", world.zhang, on="2022-11-04", places="各网站")
    assert told.file.state == "listing_removed" and published(date(2022, 11, 5)) == [] and halves(told.file.id) == []


def test_while_the_old_rules_held_whoever_did_not_correct_stayed_for_two_years_more(world, case):
    told = listed(world, case)
    Listing.objects.update(since_on="2020-11-02", until_on="2021-11-02")
    Deadline.objects.filter(dossier_id=told.file.id, key="old_blacklist_first").update(due_on="2021-11-02")
    lapse_due(date(2021, 11, 3), at("2021-11-03", 1))
    assert due(told, "old_blacklist_remove") == ["2021-11-30"]
    assert "没有登记改正" in refused(told, "decide_removal", world.sun, "2021-11-04", opinion="移出")
    told.do("prolong_listing", world.sun, facts="至今没有改正。")
    assert due(told, "old_blacklist_again") == ["2023-11-04"] and told.file.state == "listing_in_force"


def test_subcontracting_lists_both_sides_under_the_old_rules_alone(world, case):
    given = {"condition": "subcontract", "giver": "示例分包合同"}
    told = proposed(world, case, "2021-11-02", flow="old_listing", **given)
    assert told.file.listing["condition"] == "subcontract"

"""What the visits of a campaign come to is counted from their own records, once, and nothing is forgotten."""

import pytest
from tests.visiting import VisitStory, firm

from laojian.campaigns.models import Attendance, Outcome, Target
from laojian.campaigns.queries import figures
from laojian.people.acting import acting
from laojian.procedure.step import Refused
from laojian.procedure.tests.whole import halves

from .taking import Campaigning

pytestmark = pytest.mark.django_db
ROSTER = {"labour_contract_roster": "没有建立职工名册", "labour_contract_withheld": "收取工装押金每人二百元"}


@pytest.fixture
def campaign(world):
    """A campaign of the district in spring, going on."""
    span = {"begins_on": "2026-02-02", "ends_on": "2026-04-30", "organiser": "示例市宝示区人力资源和社会保障局"}
    return Campaigning(world, world.zhang, world.sun, **span).launched()


def test_an_ended_visit_is_counted_with_whom_it_checked_who_took_part_and_what_was_found(world, campaign):
    clean, found = VisitStory(world, firm(31)), VisitStory(world, firm(32))
    clean.plan(ground="campaign", campaign=campaign.file.id)
    clean.do("approve_visit", world.wang, "2026-03-03", opinion="同意检查。")
    clean.finish()
    clean.ended()
    found.plan(ground="campaign", campaign=campaign.file.id)
    found.do("approve_visit", world.wang, "2026-03-03", opinion="同意检查。")
    found.finish()
    with pytest.raises(Refused, match="没有已经结束而尚未计入的检查"):
        Campaigning(world, world.zhang, world.sun, begins_on="2026-02-02", ends_on="2026-04-30").launched().do(
            "take_in_visits", own="人社部门"
        )
    found.ended(codes=("pending",), **ROSTER)
    with pytest.raises(Refused, match="还有 2 次已结束的检查没有计入"):
        campaign.do("report_campaign", day="2026-03-20", result="完成")
    campaign.do("take_in_visits", day="2026-03-20", own="人社部门")
    with acting(world.zhang.pk):
        told = {row.key: row.value for row in figures(campaign.file.id)}
    assert (
        told["targets:employer"] == 2 and told["attendance:人社部门"] == 2
    )  # two officers, one day, whatever the visits
    assert {row.violation for row in Outcome.objects.filter(kind="violation")} == {"withheld_id_or_deposit", "other"}
    assert set(Target.objects.values_list("visit", flat=True)) == {clean.file.id, found.file.id}
    assert set(Attendance.objects.values_list("name", flat=True)) == {"张监察", "李监察"}
    with pytest.raises(Refused, match="没有已经结束而尚未计入的检查"):
        campaign.do("take_in_visits", day="2026-03-21", own="人社部门")
    assert halves(campaign.file.id) == []

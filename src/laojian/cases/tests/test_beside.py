"""Beside the main line: who keeps away, what is kept, who may look into accounts, what goes to another authority."""

import pytest
from tests.world import at

from laojian.evidence.models import Custody
from laojian.people.acting import acting
from laojian.people.models import Bureau
from laojian.procedure.clockwork import lapse_due
from laojian.procedure.step import Refused

from .asides import avoided, disposed, handed_over, investigating, kept, queried

pytestmark = pytest.mark.django_db


def running(story, key):
    return [clock["due_on"] for clock in story.fresh().running(key)]


def test_a_request_is_decided_by_a_leader_within_three_working_days(world):
    story = investigating(world)
    asked = {"asked_by": "party", "applicant": "陈示东", "grounds": "有亲属关系", "received_on": "2026-03-10"}
    story.do("ask_avoidance", world.zhou, "2026-03-10", officer=world.zhang.pk, **asked)
    assert running(story, "avoid") == ["2026-03-13"]
    with pytest.raises(Refused, match="没有该岗位"):
        story.do("grant_avoidance", world.wang, request=story.file.avoidances[0]["id"], opinion="同意")
    story.do("list_evidence", world.zhang)  # the investigation goes on until it is decided
    story.do("refuse_avoidance", world.sun, request=story.file.avoidances[0]["id"], opinion="查无此事。")
    assert running(story, "avoid") == []


def test_whoever_must_keep_away_takes_no_step_and_is_replaced(world):
    story = avoided(world)
    with pytest.raises(Refused, match="已被决定回避"):
        story.do("add_evidence", world.zhang, kind="document", title="台账", proves="欠薪", provider="甲", form="copy",
                 collected_on="2026-03-11", collectors=[world.zhang.pk, world.li.pk])  # fmt: skip
    with pytest.raises(Refused, match="尚未更换"):
        story.do("order_correction", world.li, facts="欠薪", violated="第五十条", demand="支付", length=5, unit="day",
                 addressees=[{"party": story.party(), "kind": "pay", "ground": "lsr-26", "demand": "支付"}])  # fmt: skip
    with pytest.raises(Refused, match="另行指派"):
        story.do("reassign", world.wang, lead=world.li.pk, second=world.zhang.pk)
    story.do("ask_help", world.wang, officer=world.city_inspector.pk, role="inspector", document="宝人社函〔2026〕9号")
    story.do("reassign", world.wang, lead=world.li.pk, second=world.city_inspector.pk)
    story.do("list_evidence", world.li)


def test_two_requests_run_on_clocks_of_their_own(world):
    story = avoided(world)
    assert [a["granted"] for a in story.file.avoidances] == [True, False]
    assert {c["subject"]: c["ending"] for c in story.file.clocks if c["key"] == "avoid"} == {
        str(a["id"]): "stopped" for a in story.file.avoidances
    }


def test_nobody_decides_about_himself(world):
    story = investigating(world)
    asked = {"asked_by": "party", "applicant": "陈示东", "grounds": "有亲属关系", "received_on": "2026-03-10"}
    story.do("declare_conflict", world.sun, "2026-03-10", conflict="some", relation="与负责人是亲属")
    request = story.file.avoidances[0]["id"]
    with pytest.raises(Refused, match="不能决定本人的回避"):
        story.do("grant_avoidance", world.sun, request=request, opinion="同意")
    story.do("grant_avoidance", world.qian, request=request, opinion="同意")
    assert asked and story.file.avoidances[0]["granted"]


def test_nothing_is_kept_before_a_leader_approved(world):
    story = investigating(world)
    story.do("ask_keeping", world.zhang, "2026-03-10", party=story.party(), items="考勤表", reason="可能灭失", place="档案室",
             keeper="陈示东")  # fmt: skip
    keeping = story.file.keepings[0]["id"]
    with pytest.raises(Refused, match="没有已批准而未实施的登记保存"):
        story.do("keep", world.zhang, keeping=keeping, kept_at=story.now, present="陈示东", shown=True)
    with pytest.raises(Refused, match="没有该岗位"):
        story.do("approve_keeping", world.wang, keeping=keeping, opinion="同意")


def test_what_is_kept_enters_the_file_and_its_chain_of_custody(world):
    story = disposed(world)
    (keeping,) = story.file.keepings
    with acting(world.zhang.pk):
        links = list(
            Custody.objects.filter(evidence_id=keeping["evidence_id"]).order_by("id").values_list("act", flat=True)
        )
    assert (links, keeping["ending"], running(story, "register_keep")) == (["entered", "copied"], "copied", [])


def test_after_seven_working_days_it_is_free(world):
    story = kept(world)
    assert running(story, "register_keep") == ["2026-03-19"]
    assert lapse_due(at("2026-03-19").date(), at("2026-03-19")) == 0
    assert lapse_due(at("2026-03-20").date(), at("2026-03-20")) == 1
    (keeping,) = story.fresh().keepings
    assert (keeping["ending"], running(story, "register_keep")) == ("lapsed", [])


def test_a_district_asks_the_city_before_it_looks_into_accounts(world):
    story = investigating(world)
    story.do("ask_account_query", world.zhang, "2026-03-10", party=story.party(), matters="工程款", office="示例银行",
             reason="核实", migrant=True)  # fmt: skip
    with pytest.raises(Refused, match="无权自行批准"):
        story.do("grant_account_query", world.sun, opinion="同意")
    Bureau.objects.filter(pk=world.district.pk).update(level="city")
    with pytest.raises(Refused, match="由本机关负责人批准"):
        story.do("record_city_grant", world.zhang, document="x", approver="y", granted_on="2026-03-10")
    story.do("grant_account_query", world.sun, opinion="同意")
    with pytest.raises(Refused, match="没有待批准的查询申请"):
        story.do("grant_account_query", world.sun, opinion="同意")


def test_more_time_to_decide_is_given_once(world):
    story = queried(world)
    assert running(story, "decide") == ["2026-04-28"]
    with pytest.raises(Refused, match="已延长过一次"):
        story.do("extend_decision", world.sun, opinion="再延长", length=5, unit="working_day")


def test_a_file_handed_over_comes_back_with_its_first_dates(world):
    story = handed_over(world)
    assert (story.file.state, running(story, "investigate")) == ("handed_over", [])
    story.do("note_handed_over", world.zhang, "2026-03-13", received_on="2026-03-13", receiver="刘示")
    story.do("take_back", world.zhang, "2026-03-20", reason="经协商仍由本机关办理")
    filed = next(c for c in story.fresh().clocks if c["key"] == "investigate")
    assert running(story, "investigate") == [filed["due_on"]]
    with pytest.raises(Refused, match="尚未提出移送"):
        story.do("hand_over", world.sun, kind="organ", office="示例局", reason="不属于本机关")

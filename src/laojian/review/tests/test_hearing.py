"""A hearing beside its case: asked for in time, apart from those who investigated, announced early enough, and decided upon."""

import pytest
from tests.beside import HELD, REPORT, REQUEST, SETTING, after_hearing, held, noticed, requested, shown, told_briefly
from tests.casework import FACTS, VIOLATED, Story
from tests.world import at

from laojian.cases.tests.asides import meet
from laojian.evidence.models import Custody
from laojian.procedure.step import Refused
from laojian.procedure.take import tracks_open
from laojian.procedure.tests.whole import halves
from laojian.record.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(world):
    told_ = Story(world)
    told_briefly(told_)
    return told_


def decide(story, **more):
    fine = {"party": story.party(), "kind": "fine", "ground": "lsr-30", "demand": "缴纳罚款", "amount": "8000"}
    return story.do("decide_penalty", story.world.sun, facts=FACTS, violated=VIOLATED, basis="依据", decided="罚款。",
                    discretion="一般情节", addressees=[fine], major="yes", late_reason="等待听证", **more)  # fmt: skip


def test_a_hearing_runs_beside_its_case_and_its_case_tells_how_it_ended(story):
    hearing = held(story)
    assert (hearing.file.state, hearing.file.dossier["open"]) == ("hearing_ended", False)
    assert halves(hearing.file.id) == halves(story.file.id) == []
    outcome = Entry.objects.get(dossier_id=story.file.id, verb="hearing_closed").given["outcome"]
    assert outcome["held_on"] == "2026-04-24" and outcome["proposal"] == "maintain" and outcome["host"] == "何听证"
    assert Custody.objects.filter(act="presented", evidence__dossier_id=story.file.id).count() == 3
    after_hearing(story)
    meet(story, "2026-04-30")
    assert decide(story).state == "decided"


def test_while_the_hearing_is_open_the_case_waits(story):
    requested(story)
    assert tracks_open(story.fresh(), "hearing") == ["听证"]
    story.do("lapse_statement", story.world.clock, "2026-04-14")
    with pytest.raises(Refused, match="听证尚未结束"):
        story.do("close_statement", story.world.zhang)


def test_who_asks_too_late_is_refused_on_the_article(story):
    story.do("lapse_statement", story.world.clock, "2026-04-14")
    late = REQUEST | {"made_on": "2026-04-13", "party": story.party()}
    with pytest.raises(Refused, match="要求听证的期限至 2026-04-10") as refused:
        story.do("request_hearing", story.world.zhang, **late)
    assert [reason.basis for reason in refused.value.reasons] == ["apl-64"]


def test_a_request_posted_in_time_is_in_time_though_it_arrives_later(story):
    story.do("lapse_statement", story.world.clock, "2026-04-14")
    story.do("request_hearing", story.world.zhang, party=story.party(), **REQUEST | {"made_on": "2026-04-10"})
    assert story.beside("hearing").file.state == "hearing_requested"


def test_nobody_asks_twice(story):
    requested(story)
    with pytest.raises(Refused, match="已经要求听证"):
        story.do("request_hearing", story.world.zhang, party=story.party(), **REQUEST)


def test_a_waiver_ends_the_time_of_its_own_party_alone(story):
    w = story.world
    story.do("keep_party", w.zhang, kind="person", role="respondent", name="赵示", code="")
    story.serve(
        "serve_notice", "penalty_notice", story.party("赵示"), receiver="赵示", relation="本人", place="示例路 9 号"
    )
    story.do("waive", w.zhang, party=story.party(), document="放弃听证声明")
    left = [c["subject"].split(":")[1] for c in story.fresh().running("hearing_request")]
    assert left == [str(story.party("赵示"))]


def test_host_and_recorder_did_not_investigate(story):
    w, hearing = story.world, requested(story)
    hearing.do("accept_hearing", w.zhao, opinion="同意")
    with pytest.raises(Refused, match="记录员参与了本案调查"):
        hearing.do("appoint_host", w.sun, host=w.he.pk, recorder=w.li.pk, own=True)
    with pytest.raises(Refused, match="同一人"):
        hearing.do("appoint_host", w.sun, host=w.he.pk, recorder=w.he.pk, own=True)
    with pytest.raises(Refused):
        hearing.do("appoint_host", w.sun, host=w.he.pk, recorder=w.city_reviewer.pk, own=True)


def test_the_notice_leaves_the_time_that_the_law_demands(story):
    w, hearing = story.world, requested(story)
    hearing.do("accept_hearing", w.zhao, "2026-04-09", opinion="同意")
    hearing.do("appoint_host", w.sun, host=w.he.pk, recorder=w.zhou.pk, own=True)
    with pytest.raises(Refused, match="至迟须在 2026-04-07 送达通知"):
        hearing.do("notify_hearing", w.he, **SETTING | {"held_at": "2026-04-17T09:00"})
    hearing.do("notify_hearing", w.he, **SETTING | {"held_at": "2026-04-21T09:00"})
    hearing.finish("hearing_notice", by=w.he)
    hearing.now = at("2026-04-10", 9)
    with pytest.raises(Refused, match="2026-04-09 送达"):
        hearing.serve(
            "serve_hearing_notice", "hearing_notice", hearing.party(), by=w.he, receiver="陈示东", place="示例路"
        )


def test_nobody_but_the_host_presides_and_not_on_another_day(story):
    w, hearing = story.world, noticed(story)
    with pytest.raises(Refused, match="还没有到期"):
        hearing.do("hold_hearing", w.he, "2026-04-23", crossed=shown(hearing), **HELD)
    with pytest.raises(Refused, match="听证主持人办理"):
        hearing.do("hold_hearing", w.zhao, "2026-04-24", crossed=shown(hearing), **HELD)


def test_a_request_for_avoidance_is_decided_by_the_leader_first(story):
    w, hearing = story.world, noticed(story)
    hearing.do("ask_avoidance", w.he, person="陈示东", of="host", made_on="2026-04-10", reason="与主持人相识")
    hearing.now = at("2026-04-24", 11, 30)
    with pytest.raises(Refused, match="回避申请尚未决定"):
        hearing.do("hold_hearing", w.he, crossed=shown(hearing), **HELD)
    hearing.do("keep_host", w.sun, opinion="没有利害关系，驳回。")
    assert hearing.do("hold_hearing", w.he, crossed=shown(hearing), **HELD).state == "hearing_held"


def test_who_stays_away_without_reason_ends_the_hearing(story):
    w, hearing = story.world, noticed(story)
    gone = {"ground": "absent", "reason": "经通知没有到场，也没有说明理由。"}
    with pytest.raises(Refused, match="还没有到通知的举行时间"):
        hearing.do("terminate_hearing", w.he, "2026-04-23", **gone)
    hearing.do("terminate_hearing", w.he, "2026-04-24", **gone)
    assert hearing.file.state == "hearing_terminated" and tracks_open(story.fresh()) == []


def test_an_interrupted_hearing_is_set_and_notified_anew(story):
    w, hearing = story.world, noticed(story)
    hearing.do("pause_hearing", w.he, "2026-04-24", reason="当事人提出新的证据，须核实。")
    hearing.do("resume_hearing", w.he, "2026-05-06", opinion="已核实，恢复听证。")
    assert hearing.file.state == "hearing_set"


def test_the_report_waits_for_the_signed_record(story):
    w, hearing = story.world, noticed(story)
    hearing.now = at("2026-04-24", 11, 30)
    hearing.do("hold_hearing", w.he, crossed=shown(hearing), **HELD)
    with pytest.raises(Refused, match="还没有经当事人审核签名"):
        hearing.do("report_hearing", w.he, **REPORT)


def test_the_decision_rests_on_nothing_that_was_not_shown_at_the_hearing(story):
    held(story, 0)
    after_hearing(story)
    meet(story, "2026-04-30")
    with pytest.raises(Refused, match="没有在听证中出示、质证") as refused:
        decide(story)
    assert [reason.basis for reason in refused.value.reasons] == ["hear-16"]
    left = story.fresh().flow["decide_penalty"].given(file=story.file).fields["set_aside"].choices[0][0]
    assert decide(story, set_aside=[left]).state == "decided"


def test_what_the_hearing_makes_heavier_is_told_anew(story):
    w, hearing = story.world, noticed(story)
    hearing.now = at("2026-04-24", 11, 30)
    hearing.do("hold_hearing", w.he, crossed=shown(hearing), **HELD)
    hearing.finish("hearing_record", by=w.he)
    hearing.do("report_hearing", w.he, **REPORT | {"proposal": "heavier"})
    story.do("lapse_statement", w.clock, "2026-04-28")
    story.do("close_statement", w.zhang)
    story.do("reexamine", w.zhang, adopted="none", reasons="见听证报告。")
    with pytest.raises(Refused, match="重于已告知的内容"):
        story.do("ask_review", w.zhang, opinion="请审核")
    story.do("renotify", w.zhang, reason="发现新的拖欠事实", fine="12000")
    assert story.file.state == "to_notify"


def test_a_request_may_be_taken_back(story):
    hearing = noticed(story)
    hearing.do("withdraw_hearing", story.world.he, document="撤回听证申请书")
    assert tracks_open(story.fresh()) == [] and hearing.file.dossier["ended_on"] == "2026-04-10"


def test_a_request_that_is_none_is_refused_in_writing(story):
    hearing = requested(story)
    hearing.do("refuse_hearing", story.world.zhao, ground="party", reason="提出人没有代理权。")
    assert hearing.lacked["hearing_refusal"] == [] and tracks_open(story.fresh()) == []

"""Reconsideration and litigation beside a case: the body of the day, answers in time, and what follows for decision and enforcement."""

from datetime import timedelta

import pytest
from tests.beside import RESULT, answered, contested, decided_briefly, enforcing
from tests.casework import Story
from tests.publicising import made_public

from laojian.cases.relief import reliefs
from laojian.exchange.models import Outgoing
from laojian.procedure.step import Refused
from laojian.procedure.take import tracks_open
from laojian.procedure.tests.whole import halves

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(world):
    told = Story(world)
    decided_briefly(told)
    return told


def ended(story, verb, day="2026-07-06", **more):
    track = answered(story)
    track.do(verb, story.world.zhao, day, received_on=day, final_on=day, **RESULT, **more)
    story.now = track.now
    story.fresh()
    return track


def test_reconsideration_is_with_the_government_since_2024(story):
    with pytest.raises(Refused, match="2026-05-08 的复议机关是示例区人民政府") as refused:
        contested(story, office="示例市人力资源和社会保障局")
    assert [reason.basis for reason in refused.value.reasons] == ["arl-24"]
    contested(story)
    with pytest.raises(Refused, match="正在办理"):
        contested(story)


def test_the_time_to_answer_runs_from_the_copy(story):
    track = contested(story)
    track.do("note_relief_accepted", story.world.zhao, "2026-05-13", accepted_on="2026-05-12", copy_on="2026-05-13", way="summary",
             number="示例 1 号")  # fmt: skip
    running = {c["key"]: (c["started_on"], c["due_on"]) for c in track.file.clocks if not c["ending"]}
    assert running == {"reconsideration_answer_summary": ("2026-05-13", "2026-05-20"),
                       "reconsideration_decide_summary": ("2026-05-12", "2026-06-11")}  # fmt: skip
    with pytest.raises(Refused, match="早于申请（起诉）之日 2026-05-08"):
        track.do("submit_answer", story.world.zhao, on="2026-05-07", person="赵法制", materials="案卷")


def test_a_decision_that_is_upheld_can_be_taken_to_court_within_days(story):
    track = ended(story, "note_relief_upheld")
    assert tracks_open(story.file) == [] and halves(track.file.id) == halves(story.file.id) == []
    assert [c["due_on"] for c in story.file.running("suit_after_reconsideration")] == ["2026-07-21"]
    assert story.file.running("retract") == []
    story.do("open_relief", story.world.zhao, "2026-07-20", decision=story.paper("penalty_decision")["id"], party=story.party(),
             kind="suit", office="示例区人民法院", made_on="2026-07-20")  # fmt: skip
    assert story.file.running("suit_after_reconsideration") == []
    assert [each.get("result") for each in reliefs(story.file)] == ["upheld", None]


def test_what_was_published_of_a_decision_that_is_revoked_is_taken_back_at_once(story):
    made_public(story)
    ended(story, "note_relief_revoked", remake="no")
    gone = Outgoing.objects.filter(act="withdraw")
    assert {row.due_on.isoformat() for row in gone} == {story.file.running("retract")[0]["due_on"]} == {"2026-07-09"}
    assert {row.reason for row in gone} == {"宝政复决〔2026〕1 号：撤销"}


def test_a_decision_that_is_revoked_binds_nobody_and_can_be_made_again(story):
    ended(story, "note_relief_revoked", remake="yes")
    assert story.file.obligations == [] and story.file.running("retract")[0]["due_on"] == "2026-07-09"
    assert story.paper("penalty_decision")["voided"] == "宝政复决〔2026〕1 号撤销（确认无效）"
    with pytest.raises(Refused, match="没有可以复议、起诉的决定"):
        story.do(
            "open_relief",
            story.world.zhao,
            kind="suit",
            office="示例区人民法院",
            made_on="2026-07-06",
            party=story.party(),
        )
    story.do("note_retracted", story.world.zhang, "2026-07-07", on="2026-07-07", note="没有公示过。")
    story.do("take_up_again", story.world.sun, opinion="重新调查处理。")
    assert (story.file.state, halves(story.file.id)) == ("investigating", [])


def test_what_stands_is_not_taken_up_again(story):
    with pytest.raises(Refused, match="没有被撤销的决定"):
        story.do("take_up_again", story.world.sun, opinion="重新处理")


def test_a_fine_that_was_changed_is_the_new_sum(story):
    ended(story, "note_relief_changed", fine="5000")
    assert [str(o["amount"]) for o in story.file.obligations if o["kind"] == "fine"] == ["5000.00"]
    assert story.file.running("retract") and not story.paper("penalty_decision")["voided"]


def test_while_relief_is_pending_the_court_is_not_asked_and_afterwards_its_window_is_another(story):
    track = enforcing(story)
    story.now = track.now
    relief = answered(story)
    w, now = story.world, track.now
    track.do("propose_reminder", w.zhang, "2026-05-21", way="缴纳")
    track.finish("reminder")
    track.serve("serve_reminder", "reminder", track.party(), receiver="陈示东", relation="法定代表人", place="示例路")
    asking = {"subject": "罚款", "heard": "没有意见", "materials": "决定书"}
    with pytest.raises(Refused, match="还没有结果"):
        track.do("propose_application", w.zhang, "2026-06-10", **asking)
    relief.do("note_relief_upheld", w.zhao, "2026-07-06", received_on="2026-07-06", final_on="2026-07-06", **RESULT)
    with pytest.raises(Refused, match="起诉的期限至 2026-07-21") as refused:
        track.do("propose_application", w.zhang, "2026-07-21", **asking)
    assert [reason.basis for reason in refused.value.reasons] == ["all-45"]
    assert now + timedelta(days=1) < track.now
    with pytest.raises(Refused, match="申请法院强制执行的期限至 2026-10-21"):
        track.do("propose_application", w.zhang, "2026-10-22", **asking)
    track.do("propose_application", w.zhang, "2026-07-22", **asking)


def test_the_head_corrects_what_was_wrong(story):
    decision = story.paper("penalty_decision")["id"]
    with pytest.raises(Refused, match="由主要负责人办理"):
        story.do("correct_decision", story.world.sun, "2026-05-11", decision=decision, way="revoke", reason="主体有误")
    story.do("correct_decision", story.world.qian, decision=decision, way="change", reason="裁量有误", content="罚款减为 6000 元。",
             fine="6000")  # fmt: skip
    assert [str(o["amount"]) for o in story.file.obligations if o["kind"] == "fine"] == ["6000.00"]
    assert story.lacked["correction_decision"] == [] and story.file.running("retract")
    story.do("correct_decision", story.world.qian, decision=decision, way="revoke", reason="主体有误")
    assert story.file.obligations == []

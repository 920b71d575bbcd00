"""What a visit is held to: the record that was signed, the plan that was approved, officers who are free, sound input."""

from copy import deepcopy

import pytest
from tests.visiting import VisitStory, firm, publishing

from laojian.employers.models import Relation
from laojian.evidence.models import Evidence
from laojian.people.acting import acting
from laojian.procedure.step import Refused

from ..models import Attendance, VisitLine
from .test_visit import capped_at

pytestmark = pytest.mark.django_db
PIECE = {"kind": "document", "title": "考勤表", "proves": "用工情况", "provider": "单位", "form": "copy", "place": "单位办公室",
         "collected_on": "2026-03-09"}  # fmt: skip


def test_what_was_filled_in_after_the_record_was_made_is_not_frozen_by_its_signatures(world):
    story = VisitStory(world)
    story.checked()
    story.do("make_record", world.zhang, ended_at=story.now, present="陈示东")
    story.finish("inspection_record")
    story.do("fill_checklist", world.li, lines=story.rows(wage_payment_ledger="没有台账")[:2])
    with pytest.raises(Refused, match="检查表在笔录制作以后又有变更"):
        story.do("sign_record", world.zhang, confirmed=True)
    story.do("make_record", world.zhang, ended_at=story.now, present="陈示东")
    story.finish("inspection_record")
    assert story.do("sign_record", world.zhang, confirmed=True).state == "visit_recorded"


@pytest.mark.parametrize("verb", ["revise_plan", "add_items"])
def test_whoever_changed_the_plan_does_not_approve_it(world, verb):
    story = VisitStory(world)
    story.plan()
    told = {"items": ["social-insurance"]}
    if verb == "revise_plan":
        told |= {"mode": "onsite", "from_on": "2026-03-10", "until_on": "2026-03-20"}
    story.do(verb, world.wang, **told)
    with pytest.raises(Refused, match="您已办理本案"):
        story.do("approve_visit", world.wang, opinion="同意")
    assert story.do("approve_visit", world.sun, opinion="同意").state == "visit_approved"


def test_a_notice_of_an_earlier_plan_announces_nothing(world):
    story = VisitStory(world).ready()
    story.do("add_items", world.zhang, items=["social-insurance"])
    story.do("approve_visit", world.wang, opinion="同意。")
    with pytest.raises(Refused, match="通知书还没有成文、盖章"):
        story.begun()
    story.finish()
    told = {"began_at": "2026-03-09T09:30", "shown": True, "handed": True, "present": "陈示东"}
    assert story.do("begin_visit", world.zhang, **told).state == "on_visit"


def test_a_written_review_is_asked_for_by_the_notice_of_the_plan_that_was_approved(world):
    story = VisitStory(world)
    story.plan(mode="written", ground="written", items=["wage-payment"], start_at=None, length=10, unit="working_day")
    story.do("approve_visit", world.wang, "2026-03-03", opinion="同意。")
    story.finish()
    old = story.paper("written_review_notice")["id"]
    story.do("add_items", world.zhang, items=["social-insurance"])
    story.do("approve_visit", world.wang, opinion="同意。")
    party = story.file.parties[0]["id"]
    told = {
        "party": party,
        "method": "direct",
        "done_at": story.now,
        "receiver": "陈示东",
        "relation": "经理",
        "place": "单位",
    }
    with pytest.raises(Refused, match="按变更以前的计划起草"):
        story.do("serve_review", world.zhang, paper=old, **told)
    story.finish()
    with pytest.raises(Refused, match="按变更以前的计划起草"):
        story.do("serve_review", world.zhang, paper=old, **told)
    told = {"receiver": "陈示东", "relation": "经理", "place": "单位"}
    assert story.serve("serve_review", "written_review_notice", party, **told).state == "written_asked"


def test_the_cap_is_that_of_the_year_in_which_the_visit_is_to_be_made(world):
    first = VisitStory(world)
    first.ended()
    capped_at(publishing(world.district), 1)
    january = {"from_on": "2027-01-11", "until_on": "2027-01-20", "start_at": None}
    story = VisitStory(world, first.employer)
    capped_at(world.district, 1)
    story.plan("2026-12-21", **january)
    assert story.do("approve_visit", world.wang, "2026-12-22", opinion="同意").state == "visit_approved"
    again = VisitStory(world, first.employer)
    capped_at(world.district, 1)
    with pytest.raises(Refused, match="该单位2027年已有 1 次计入频次的检查"):
        again.plan("2026-12-21", separate_reason="另有事项", **january)


@pytest.mark.parametrize(("kind", "words"), [("kin", "近亲属关系"), ("interest", "直接利害关系")])
def test_whoever_declared_kinship_or_interest_does_not_inspect_that_employer(world, kind, words):
    story = VisitStory(world)
    tie = Relation.objects.create(officer=world.li, employer=story.employer, kind=kind, declared_on="2026-01-01")
    with pytest.raises(Refused, match=f"李监察申报过与该单位有{words}，应当回避"):
        story.plan()
    other = VisitStory(world, firm(22))
    other.plan()
    Relation.objects.filter(pk=tie.pk).update(employer=other.employer)
    with pytest.raises(Refused, match="应当回避"):
        other.do("reassign", world.wang, lead=world.zhang.pk, second=world.li.pk, reason="人手")
    Relation.objects.filter(pk=tie.pk).update(ended_on="2026-03-01")
    other.do("reassign", world.wang, lead=world.li.pk, second=world.zhang.pk, reason="人手")


def test_a_usual_contact_is_not_kept_from_a_visit(world):
    story = VisitStory(world)
    Relation.objects.create(officer=world.li, employer=story.employer, kind="contact", declared_on="2026-01-01")
    assert story.plan().state == "visit_planned"


LINE = {"item": "wage-payment", "line": "ledger", "outcome": "ok"}
UNSOUND = [
    {"item": ["wage-payment"]}, {"line": {"a": 1}}, {"outcome": ["ok"]}, {"outcome": {}}, {"item": "wage\x00payment"}, {"item": 5},
    {"note": "a\x00b"}, {"note": "\ud800"}, {"note": ["x"]}, {"note": 5}, {"outcome": "problem", "note": ["x"]},
    {"evidence": 5}, {"evidence": "5"}, {"evidence": [10**30]}, {"evidence": [-1]}, {"evidence": [True]}, {"evidence": [[1]]},
    {"evidence": {"1": 1}}, {"evidence": [999_999_999]}, {"at": "0001-01-01T00:00:00+08:00"}, {"at": ["x"]}, {"at": "2026-03-09"},
]  # fmt: skip


@pytest.mark.parametrize("wrong", UNSOUND, ids=str)
def test_a_line_that_cannot_be_kept_is_refused_in_words(world, wrong):
    story = VisitStory(world)
    story.begun()
    with pytest.raises(Refused) as refused:
        story.do("fill_checklist", world.zhang, lines=[deepcopy(LINE | wrong)])
    assert all(reason.text for reason in refused.value.reasons) and not VisitLine.objects.exists()


def test_a_line_shows_evidence_of_its_own_file_alone(world):
    own, other = VisitStory(world), VisitStory(world, firm(22))
    for story in (own, other):
        story.begun()
        story.do("add_evidence", world.zhang, collectors=[world.zhang.pk, world.li.pk], **PIECE)
    with acting(world.zhang.pk):
        piece, stray = (Evidence.objects.get(dossier_id=story.file.id).pk for story in (own, other))
    with pytest.raises(Refused, match="所附的证据不在本卷"):
        own.do("fill_checklist", world.zhang, lines=[LINE | {"evidence": [piece, stray]}])
    own.do("fill_checklist", world.zhang, lines=[LINE | {"evidence": [piece]}])
    assert VisitLine.objects.get().evidence == [piece]


def test_nobody_becomes_an_officer_who_took_part_by_being_named_one(world):
    story = VisitStory(world)
    told = {"name": "甲示", "department": "示例市场监管局"}
    story.begun(people=[told | {"officer": world.outsider.pk}])
    story.do("attend", world.zhang, people=[{"name": "乙示", "department": "示例住建委", "officer": 10**9}])
    assert set(Attendance.objects.filter(officer=None).values_list("name", flat=True)) == {"甲示", "乙示"}
    for wrong in ({"name": 5}, {"name": ["甲"]}, {"department": "a\x00"}, {"name": "  "}):
        with pytest.raises(Refused, match="请写明姓名和部门"):
            story.do("attend", world.zhang, people=[told | wrong])


def test_those_who_took_part_in_a_past_visit_are_names_too(world):
    story = VisitStory(world)
    story.plan(past=True, from_on="2021-05-06", until_on="2021-05-06", start_at=None)
    people = [{"name": "甲示", "department": "本局", "officer": world.outsider.pk}]
    story.do("enter_past", world.zhang, visited_on="2021-05-06", codes=["no_problem"], document="登记簿", people=people)
    assert Attendance.objects.get().officer is None

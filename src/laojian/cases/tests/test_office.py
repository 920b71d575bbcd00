"""The case stands still, the leaders discuss, penalties are filed with superiors, and orders are met in part."""

from datetime import date
from types import SimpleNamespace

import pytest
from tests.world import at

from laojian.cases.actions.deciding import too_small
from laojian.people.models import Bureau
from laojian.procedure.clockwork import lapse_due
from laojian.procedure.step import Refused

from .asides import LEADERS, SESSION, decide, discussed, investigating, resumed, reviewed, suspended

pytestmark = pytest.mark.django_db


def due(story, key):
    return next(c["due_on"] for c in story.fresh().clocks if c["key"] == key)


def test_nine_days_of_suspension_move_the_investigation_and_not_the_ninety_days(world):
    before = investigating(world)
    investigate, conclude = due(before, "investigate"), due(before, "conclude")
    story = resumed(world)
    assert (due(story, "investigate") > investigate, due(story, "conclude")) == (True, conclude)
    assert story.file.state == "investigating"


def test_a_suspended_case_is_nobodys_lapse(world):
    story = suspended(world)
    assert (story.file.state, story.file.dossier["due_clock"]) == ("suspended", "conclude")
    assert lapse_due(at("2026-03-20").date(), at("2026-03-20")) == 0


def test_the_units_head_proposes_and_does_not_approve(world):
    story = investigating(world)
    with pytest.raises(Refused, match="尚未提出中止"):
        story.do("suspend", world.sun, "2026-03-10", opinion="同意")
    asked = {"ground": "appraisal", "reason": "审计", "document": "示例局办案规定"}
    story.do("ask_suspension", world.wang, **asked)
    with pytest.raises(Refused, match="没有该岗位"):
        story.do("suspend", world.wang, opinion="同意")
    with pytest.raises(Refused, match="请填写"):
        story.do("ask_suspension", world.wang, **asked | {"document": ""})


def test_while_no_amount_is_set_somebody_judges_in_writing(world):
    story = reviewed(world)
    with pytest.raises(Refused, match="尚未设定"):
        decide(story)
    with pytest.raises(Refused, match="没有写明判断的理由"):
        decide(story, major="no")
    with pytest.raises(Refused, match="须经负责人集体讨论"):
        decide(story, major="yes")
    assert decide(story, major="no", major_reason="情节一般").state == "decided"


def test_leaders_discuss_after_the_review_and_the_minority_is_kept(world):
    story = discussed(world)
    record = next(d for d in story.fresh().drafts if d["code"] == "discussion_record")
    assert (
        story.file.state == "decided"
        and "少数意见" in story.body(record["id"])
        and "罚款减半" in story.body(record["id"])
    )


def test_too_few_leaders_or_the_handler_among_them_do_not_count(world):
    story = reviewed(world)
    with pytest.raises(Refused, match="尚未召集"):
        story.do("record_discussion", world.zhou, "2026-04-20", opinions=LEADERS, conclusion="agreed", **SESSION)
    story.do("call_discussion", world.qian, "2026-04-20", reason="重大", meet_at="2026-04-20T09:00", place="会议室")
    story.now = at("2026-04-20", 11)
    for rows, why in (
        (LEADERS[:2], "至少须有"),
        ([*LEADERS, LEADERS[0]], "写了两次"),
        ([*LEADERS, LEADERS[0] | {"name": "张监察"}], "只汇报、不表决"),
    ):
        with pytest.raises(Refused, match=why):
            story.do("record_discussion", world.zhou, opinions=rows, conclusion="agreed", **SESSION)


def test_a_discussion_that_disagrees_stops_the_decision(world):
    story = reviewed(world)
    story.do("call_discussion", world.qian, "2026-04-20", reason="重大", meet_at="2026-04-20T09:00", place="会议室")
    story.now = at("2026-04-20", 11)
    story.do("record_discussion", world.zhou, opinions=LEADERS, conclusion="otherwise", **SESSION)
    with pytest.raises(Refused, match="集体讨论不同意"):
        decide(story, major="yes")
    assert story.do("return_decision", world.sun, opinion="退回").state == "investigating"


def test_a_penalty_is_filed_with_the_superior_and_its_remarks_are_answered(world):
    story = discussed(world)
    assert due(story, "report_superior") == "2026-05-07"
    with pytest.raises(Refused, match="尚未报送备案"):
        story.do("note_filing", world.zhou, office="示例市局", on="2026-04-20")
    story.do("report_superior", world.zhang, "2026-04-22", sent_on="2026-04-22", way="platform", office=world.city.name)
    assert not story.fresh().running("report_superior")
    story.do(
        "note_filing_remark", world.zhou, "2026-04-23", office=world.city.name, on="2026-04-23", content="依据条款有误"
    )
    story.do("answer_filing_remark", world.zhang, content="已说明依据。")
    with pytest.raises(Refused, match="没有待答复"):
        story.do("answer_filing_remark", world.zhang, content="再说明。")


def test_a_bureau_that_need_not_report_runs_on_no_clock(world):
    Bureau.objects.filter(pk=world.district.pk).update(options={"report_superior": False})
    story = reviewed(world)
    decide(story, major="no", major_reason="情节一般")
    assert not story.fresh().running("report_superior")


def test_of_two_orders_one_is_met_and_the_fine_rests_on_the_other(world):
    story = investigating(world)
    party = story.party()
    rows = [
        {"party": party, "kind": "correct", "ground": "lsr-18", "demand": "支付工资"},
        {"party": party, "kind": "correct", "ground": "lsr-30", "demand": "提供书面用工材料"},
    ]
    story.do("order_correction", world.zhang, "2026-03-10", facts="欠薪", violated="第五十条", demand="改正", length=5, unit="day",
             addressees=rows)  # fmt: skip
    story.finish("correction_order")
    story.serve("serve_order", "correction_order", party, receiver="陈示东", relation="法定代表人", place="该公司")
    first = story.file.obligations[0]["id"]
    story.do(
        "note_correction",
        world.zhang,
        "2026-03-17",
        result="part",
        obligations=[first],
        note="工资付清，材料没有提供。",
    )
    assert [(bool(o["met_on"]), bool(o["unmet_on"])) for o in story.file.obligations] == [(True, False), (False, True)]


def filing_from(limit):
    row = {"document": "示例政发〔2026〕1号（虚构）", "source": "示例", "by": "管理员", "on": "2026-01-05"}
    told = {"report_days": {"2026-01-05": row | {"value": "15"}}}
    return {"local": told | ({"report_amount": {"2026-01-05": row | {"value": limit}}} if limit else {})}


@pytest.mark.parametrize(("limit", "small"), [("8000", False), ("8000.01", True), ("", False)])
def test_the_local_government_is_told_of_fines_from_its_own_amount_on(limit, small):
    file = SimpleNamespace(bureau={"options": filing_from(limit)}, on=date(2026, 4, 20))
    fine = {"addressees": [{"party": 1, "kind": "fine", "amount": "8000"}]}
    assert too_small(file, fine) == ({"report_government": None} if small else {})


def test_a_fine_that_is_too_small_for_the_local_government_is_told_to_the_superior_alone(world):
    Bureau.objects.filter(pk=world.district.pk).update(options=filing_from("8000.01"))
    story = reviewed(world)
    decide(story, major="no", major_reason="情节一般")
    assert not story.fresh().running("report_government") and story.file.running("report_superior")

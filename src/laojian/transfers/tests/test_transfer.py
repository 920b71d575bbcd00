"""A transfer to the police: four elements, sums by the law, the head alone, hours; meanwhile no fine is decided."""

import pytest
from tests.beside import APPROVED, HANDED, LINE_BY_LINE, REPORTED, owing, reported, suspected, told_briefly, with_police
from tests.casework import FACTS, VIOLATED, Story
from tests.world import at

from laojian.lawbook import law
from laojian.people.models import Bureau
from laojian.procedure.step import Refused
from laojian.procedure.take import tracks_open
from laojian.procedure.tests.whole import halves
from laojian.record.models import Entry

pytestmark = pytest.mark.django_db
NOTICE = {"document": "示例公立字 1 号", "reason": "见通知书"}


@pytest.fixture
def story(world):
    told = Story(world)
    owing(told)
    return told


def assessing(story):
    track = suspected(story)
    track.do("name_team", story.world.wang, lead=story.world.zhang.pk, second=story.world.li.pk)
    return track


def test_a_transfer_runs_beside_its_case_to_the_police(story):
    track = with_police(story)
    assert track.file.state == "with_police" and halves(track.file.id) == halves(story.file.id) == []
    assert [c["due_on"] for c in track.file.running("police_file")] == ["2026-04-06"]
    assert all(track.lacked[code] == [] for code in ("crime_report", "crime_approval", "crime_transfer", "crime_items"))
    told = Entry.objects.get(dossier_id=track.file.id, verb="report_crime").given
    assert told["total"] == "36200.50" and "本地标准未设定" in told["verdict"]
    assert any("一人" in line["line"] and "18,600.50元" in line["line"] for line in told["lines"])
    assert told["lines"][-1]["line"] == "逐人欠付：18,600.50元（3个月）、12,400.00元（2个月）、5,200.00元（1个月）"


@pytest.mark.parametrize("verb", ["report_crime", "approve_transfer", "refuse_transfer"])
def test_while_nobody_has_set_the_amount_whoever_judges_has_the_sums_in_sight(story, verb):
    track = assessing(story) if verb == "report_crime" else reported(story)
    form = track.file.flow[verb].given(file=track.fresh(), on=track.file.on)
    told = "".join(field.help_text for field in form.fields.values())
    assert "由人书面决定" in told and "18,600.50元（3个月）" in told
    unset = law().unset_at(verb, track.file.bureau["options"], track.file.on)
    assert {value.key for value in unset} == {"crime_one", "crime_many"}
    assert {value.unset for value in unset} == {"human_decision"}


def test_what_nobody_has_set_is_judged_in_writing(story):
    track = assessing(story)
    with pytest.raises(Refused, match="须由人书面判断") as refused:
        track.do(
            "report_crime", story.world.zhang, "2026-04-02", **REPORTED | {"amount": "computed", "amount_reason": ""}
        )
    assert [reason.basis for reason in refused.value.reasons] == ["spc2013-3"]


def test_what_a_bureau_has_set_decides(story):
    row = {"value": "19000", "document": "示例高法〔2026〕1号", "source": "示例", "by": "管理员", "on": "2026-01-01"}
    Bureau.objects.filter(pk=story.world.district.pk).update(options={"local": {"crime_one": {"2026-01-01": row}}})
    track = assessing(story)
    with pytest.raises(Refused, match="没有达到本地标准"):
        track.do("report_crime", story.world.zhang, "2026-04-02", **REPORTED)
    row["value"] = "18000"
    Bureau.objects.filter(pk=story.world.district.pk).update(options={"local": {"crime_one": {"2026-01-01": row}}})
    track.do("report_crime", story.world.zhang, "2026-04-02", **REPORTED | {"amount": "computed", "amount_reason": ""})
    assert track.file.state == "crime_reported"


def test_before_the_time_to_pay_is_over_nothing_is_reported(story):
    track = assessing(story)
    for clock in story.fresh().running("correct"):
        assert clock["due_on"] == "2026-03-27"
    track.now = at("2026-04-01", 15)
    with pytest.raises(Refused, match="不构成这一犯罪"):
        track.do("report_crime", story.world.zhang, **REPORTED | {"pay": "no"})
    with pytest.raises(Refused, match="不具备这一要件"):
        track.do("report_crime", story.world.zhang, **REPORTED | {"evading": "no"})


def test_without_an_order_that_was_served_and_workers_who_are_owed_there_is_no_crime(world):
    story = Story(world)
    told_briefly(story)
    story.do("open_transfer", world.zhang, party=story.party(), reason="逃匿")
    track = story.beside("transfer")
    track.do("name_team", world.wang, lead=world.zhang.pk, second=world.li.pk)
    with pytest.raises(Refused) as refused:
        track.do("report_crime", world.zhang, **REPORTED)
    assert {reason.basis for reason in refused.value.reasons} == {"spc2013-3", "spc2013-4"}


def test_the_head_alone_decides_within_three_days(story):
    track = reported(story)
    assert track.file.running("transfer_decide")[0]["due_on"] == "2026-04-05"
    with pytest.raises(Refused, match="由主要负责人办理"):
        track.do("approve_transfer", story.world.sun, "2026-04-03", **APPROVED)
    with pytest.raises(Refused, match="逾期办理须填写"):
        track.do("approve_transfer", story.world.qian, "2026-04-06", **APPROVED)
    track.do("refuse_transfer", story.world.qian, "2026-04-03", opinion="尚有支付能力，继续督促。")
    assert tracks_open(story.fresh()) == []
    outcome = Entry.objects.get(dossier_id=story.file.id, verb="transfer_closed").given["outcome"]
    assert outcome == {"result": "refused", "reason": "尚有支付能力，继续督促。", "fined": "no"}


def test_it_is_handed_over_within_hours_or_says_why_not(story):
    track, w = reported(story), story.world
    track.do("approve_transfer", w.qian, "2026-04-03", **APPROVED)
    with pytest.raises(Refused, match="还没有盖章"):
        track.do("hand_to_police", w.zhang, handed_at=track.now, **HANDED)
    track.finish("crime_transfer")
    late = at("2026-04-04", 9, 1)
    track.now = at("2026-04-04", 9)
    with pytest.raises(Refused, match="须在 2026-04-04 09:00 以前移送") as refused:
        track.do("hand_to_police", w.zhang, handed_at=late, **HANDED)
    assert [reason.basis for reason in refused.value.reasons] == ["xfer-5"]
    track.do("hand_to_police", w.zhang, handed_at=late, delay="公安机关当日未能接收", **HANDED)
    assert track.file.state == "with_police"


def fined(story):
    fine = {"party": story.party(), "kind": "fine", "ground": "lsr-30", "demand": "缴纳罚款", "amount": "8000"}
    return story.do("decide_penalty", story.world.sun, "2026-04-20", facts=FACTS, violated=VIOLATED, basis="依据", decided="罚款。",
                    discretion="一般情节", addressees=[fine], major="no", major_reason="情节一般。")  # fmt: skip


def test_meanwhile_no_fine_is_decided_and_none_beside_a_criminal_fine(world):
    story = Story(world)
    told_briefly(story)
    story.do("lapse_statement", world.clock, "2026-04-14")
    story.do("close_statement", world.zhang)
    story.do("reexamine", world.zhang, adopted="silent", reasons="没有提出意见。")
    story.do("ask_review", world.zhang, opinion="请审核。")
    story.do("open_transfer", world.zhang, party=story.party(), reason="逃匿")
    track = story.beside("transfer")
    story.do("pass_review", world.zhao, "2026-04-15", opinion="同意。", **LINE_BY_LINE)
    with pytest.raises(Refused, match="不得以罚款代替移送") as refused:
        fined(story)
    assert [reason.basis for reason in refused.value.reasons] == ["xfer-11"]
    track.do("stop_transfer", world.sun, "2026-04-20", opinion="已经付清。")
    assert fined(story).state == "decided"


def test_the_police_refuse_and_are_asked_again_in_time(story):
    track, w = with_police(story), story.world
    track.do("note_police_refused", w.zhang, "2026-04-06", received_on="2026-04-06", **NOTICE)
    asking = {"office": "示例市公安局宝示分局", "reason": "有逃匿的证据"}
    with pytest.raises(Refused, match="提出的期限至 2026-04-09，2026-04-10 已经逾期"):
        track.do("ask_police_again", w.zhang, "2026-04-10", asked_on="2026-04-10", late_reason="遗漏", **asking)
    track.do("ask_police_again", w.zhang, "2026-04-08", asked_on="2026-04-08", **asking)
    track.do("note_police_upheld", w.zhang, "2026-04-10", received_on="2026-04-10", **NOTICE)
    track.do("ask_prosecutor", w.zhang, "2026-04-12", asked_on="2026-04-12", **asking)
    track.do("note_police_filed", w.zhang, "2026-04-20", received_on="2026-04-20", **NOTICE)
    track.do("hand_over_goods", w.zhang, "2026-04-21", handed_on="2026-04-21", items="台账", receiver="钱示警")
    track.do(
        "note_judged",
        w.zhang,
        "2026-10-21",
        received_on="2026-10-20",
        document="示例刑初 1 号",
        convicted="yes",
        fined="yes",
        reason="判处罚金",
    )
    assert tracks_open(story.fresh()) == []
    assert Entry.objects.get(dossier_id=story.file.id, verb="transfer_closed").given["outcome"]["fined"] == "yes"


def test_the_police_may_take_longer(story):
    track, w = with_police(story), story.world
    track.do("note_police_longer", w.zhang, "2026-04-06", kind="clue", document="延长审查告知")
    assert [(c["key"], c["due_on"]) for c in track.file.clocks if not c["ending"]] == [
        ("police_file_clue", "2026-04-10")
    ]

"""Enforcement beside its case: time to pay, surcharge, reminder, and the court: not too early, not too late, signed by the head."""

from datetime import date
from decimal import Decimal

import pytest
from tests.beside import HEAD, TABLE, applied, decided_briefly, deferred, enforcing, reminded
from tests.casework import Story

from laojian.enforcement.rules import added, due_by, next_row
from laojian.lawbook import Pause
from laojian.procedure.step import Refused
from laojian.procedure.take import tracks_open
from laojian.procedure.tests.whole import halves
from laojian.record.models import Entry


@pytest.fixture
def story(world):
    told = Story(world)
    decided_briefly(told)
    return told


def pay(story, amount, day):
    fine = next(o["id"] for o in story.fresh().obligations if o["kind"] == "fine")
    story.do("register_payment", story.world.zhang, day, on=day, of="fine", way="ordered", payer=story.party(), amount=amount,
             obligation=fine, voucher="财政票据")  # fmt: skip


def test_what_is_due_by_instalments():
    assert [due_by(TABLE, date(2026, *day)) for day in ((6, 10), (6, 11), (7, 11))] == [0, 3000, 8000]
    assert next_row(TABLE, Decimal(2999))["due_on"] == "2026-06-10"
    assert next_row(TABLE, Decimal(3000))["due_on"] == "2026-07-10" and next_row(TABLE, Decimal(8000)) is None


def test_nobody_pays_a_surcharge_on_what_was_already_paid():
    due_on = date(2026, 5, 6)
    whole, _ = added([(Decimal(8000), date(2026, 5, 17))], due_on, [])
    parts, lines = added([(Decimal(3000), date(2026, 5, 6)), (Decimal(5000), date(2026, 5, 17))], due_on, [])
    assert (whole, parts, len(lines)) == (Decimal("2400.00"), Decimal("1500.00"), 1)
    paused, _ = added(
        [(Decimal(8000), date(2026, 5, 17))], due_on, [Pause(date(2026, 5, 7), date(2026, 5, 16), "instalments")]
    )
    assert paused == 0


@pytest.mark.django_db
def test_the_case_is_not_closed_while_it_is_enforced_and_is_when_it_was_performed(story):
    track = enforcing(story)
    with pytest.raises(Refused, match="执行分卷尚未办结"):
        story.do("propose_closing", story.world.zhang, result="罚款", performance="执行中")
    with pytest.raises(Refused, match="“缴纳罚款”尚未履行，尚欠 ¥8,000"):
        track.do("note_performed", story.world.zhang, "2026-05-12", on="2026-05-12", note="已缴")
    pay(story, "8000", "2026-05-12")
    track.do("note_performed", story.world.zhang, "2026-05-13", on="2026-05-12", note="已缴")
    assert tracks_open(story.fresh()) == [] and halves(track.file.id) == halves(story.file.id) == []
    outcome = Entry.objects.get(dossier_id=story.file.id, verb="enforcement_closed").given["outcome"]
    assert outcome["result"] == "performed" and outcome["party"] == story.party()


@pytest.mark.django_db
def test_only_what_was_served_and_is_unpaid_is_enforced_and_only_once(story):
    enforcing(story)
    decision = story.paper("penalty_decision")["id"]
    with pytest.raises(Refused, match="对该义务人的执行正在办理"):
        story.do("open_enforcement", story.world.zhang, decision=decision, party=story.party())
    story.do("keep_party", story.world.zhang, kind="person", role="third", name="赵示", code="")
    with pytest.raises(Refused, match="还没有送达该义务人"):
        story.do("open_enforcement", story.world.zhang, decision=decision, party=story.party("赵示"))


@pytest.mark.django_db
def test_instalments_are_the_whole_fine_and_nothing_else(story):
    track, w = enforcing(story), story.world
    asked = {"made_on": "2026-05-12", "reason": "周转困难", "proof": "流水"}
    wrong = {
        "各期合计 ¥3,000": [TABLE[0]],
        "截止日相同": [TABLE[0], TABLE[1] | {"due_on": "2026-06-10"}],
        "不在办理之日以后": [TABLE[0] | {"due_on": "2026-05-12"}, TABLE[1]],
    }
    for text, table in wrong.items():
        with pytest.raises(Refused, match=text):
            track.do("ask_deferral", w.zhang, "2026-05-12", table=table, **asked)


@pytest.mark.django_db
def test_the_window_for_the_court_moves_behind_the_instalments_only_where_they_end_later(story):
    track, w = enforcing(story), story.world
    before = track.file.running("court")[0]
    assert (before["started_on"], before["due_on"]) == ("2026-10-20", "2027-01-20")
    late = [TABLE[0], TABLE[1] | {"due_on": "2026-12-10"}]
    track.do("ask_deferral", w.zhang, "2026-05-12", made_on="2026-05-12", reason="周转困难", proof="流水", table=late)
    track.do("grant_deferral", w.sun, opinion="同意")
    assert [c["due_on"] for c in track.file.running("court")] == ["2027-03-10"]
    assert [c["due_on"] for c in track.file.running("instalment")] == ["2026-06-10"]
    pay(story, "3000", "2026-06-09")
    track.do("note_instalment", w.zhang, "2026-06-09", voucher="票据 1")
    assert [c["due_on"] for c in track.file.running("instalment")] == ["2026-12-10"]
    with pytest.raises(Refused, match="没有到期未缴的部分"):
        track.do("declare_default", w.zhang, opinion="未缴")


@pytest.mark.django_db
def test_an_instalment_that_was_not_paid_makes_the_whole_fine_due(story):
    track, w = deferred(story), story.world
    with pytest.raises(Refused, match="2026-06-10 以前应缴的 ¥3,000"):
        track.do("note_instalment", w.zhang, "2026-06-10", voucher="票据")
    track.do("declare_default", w.zhang, "2026-06-11", opinion="未缴")
    assert track.file.state == "collecting" and track.file.running("instalment") == []


@pytest.mark.django_db
def test_a_surcharge_begins_when_the_time_to_pay_is_over_and_tells_its_sum(story):
    track, w = enforcing(story), story.world
    given = {"announced": True, "opinion": "逾期"}
    with pytest.raises(Refused, match="缴款期限至 2026-05-06，计算至 2026-05-06 没有逾期"):
        track.do("decide_surcharge", w.sun, "2026-05-17", until_on="2026-05-06", **given)
    track.do("decide_surcharge", w.sun, "2026-05-17", until_on="2026-05-17", **given)
    entry = Entry.objects.get(dossier_id=track.file.id, verb="decide_surcharge")
    assert entry.given["amount"] == "2400.00" and any("计 10 天" in each["line"] for each in entry.given["lines"])
    assert track.lacked["surcharge_decision"] == []
    with pytest.raises(Refused, match="不能减免 ¥2,500"):
        track.do("remit_surcharge", w.sun, amount="2500", reason="已补救")
    track.do("remit_surcharge", w.sun, amount="400", reason="已补救")
    pay(story, "8000", "2026-05-18")
    with pytest.raises(Refused, match="应缴加处罚款 ¥2,000"):
        track.do("note_performed", w.zhang, "2026-05-19", on="2026-05-18", note="已缴")
    track.do("note_performed", w.zhang, "2026-05-19", on="2026-05-18", note="已缴", surcharge="2000")
    assert track.file.state == "performed"


@pytest.mark.django_db
def test_days_of_instalments_do_not_count_towards_the_surcharge(story):
    reminded(story)
    entry = Entry.objects.filter(verb="decide_surcharge").latest("pk")
    assert entry.given["amount"] == "3600.00"  # 05-07 to 05-12 and 06-12 to 06-20, 240 a day


@pytest.mark.django_db
def test_the_court_is_not_asked_before_the_reminder_and_the_time_for_relief_are_over(story):
    track, w = enforcing(story), story.world
    asking = {"subject": "罚款", "heard": "没有意见", "materials": "决定书"}
    with pytest.raises(Refused, match="须先到“已催告”"):
        track.do("propose_application", w.zhang, "2026-05-12", **asking)
    track.do("propose_reminder", w.zhang, "2026-05-12", way="缴纳")
    track.finish("reminder")
    track.serve("serve_reminder", "reminder", track.party(), **HEAD)
    with pytest.raises(Refused) as refused:
        track.do("propose_application", w.zhang, "2026-05-26", **asking)
    assert {reason.basis for reason in refused.value.reasons} == {"acl-54", "arl-20", "all-46"}
    with pytest.raises(Refused, match="起诉的期限至 2026-10-20"):
        track.do("propose_application", w.zhang, "2026-10-20", **asking)
    track.do("propose_application", w.zhang, "2026-10-21", **asking)
    with pytest.raises(Refused, match="由主要负责人办理"):
        track.do("sign_application", w.sun, opinion="同意")


@pytest.mark.django_db
def test_after_its_window_the_court_is_not_asked(story):
    track, w = reminded(story), story.world
    with pytest.raises(Refused, match="申请法院强制执行的期限至 2027-01-20，已经届满") as refused:
        track.do("propose_application", w.zhang, "2027-01-22", subject="罚款", heard="没有意见", materials="决定书")
    assert [reason.basis for reason in refused.value.reasons] == ["acl-53"]
    track.do("stop_enforcement", w.qian, ground="late", reason="申请期限已过。", late_reason="承办人交接遗漏")
    story.now = track.now
    story.fresh()
    with pytest.raises(Refused) as refused:  # what else a case needs to be closed is told elsewhere
        story.do("propose_closing", w.zhang, result="罚款 8000 元。", performance="终止执行。", ground="ended")
    assert not {reason.basis for reason in refused.value.reasons} & {"apl-66", "impl-40"}


@pytest.mark.django_db
def test_the_court_refuses_and_the_next_higher_court_is_asked_in_time(story):
    track, w = applied(story), story.world
    ruling = {"number": "示例行审 1 号", "reason": "不符合条件"}
    track.do("note_not_accepted", w.zhang, "2026-11-12", received_on="2026-11-12", **ruling)
    assert track.file.running("court_objection")[0]["due_on"] == "2026-11-27"
    with pytest.raises(Refused, match="申请复议的期限至 2026-11-27"):
        track.do("object_ruling", w.zhang, "2026-11-28", filed_on="2026-11-28", court="示例市中级人民法院", reason="不服",
                 late_reason="遗漏")  # fmt: skip
    track.do("object_ruling", w.zhang, "2026-11-20", filed_on="2026-11-20", court="示例市中级人民法院", reason="不服")
    track.do("note_overturned", w.zhang, "2026-12-01", received_on="2026-12-01", **ruling)
    track.do("note_ordered", w.zhang, "2026-12-08", received_on="2026-12-08", **ruling)
    track.do("end_execution", w.zhang, "2026-12-20", received_on="2026-12-20", **ruling)
    assert track.file.state == "court_ended" and tracks_open(story.fresh()) == []

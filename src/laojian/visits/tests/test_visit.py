"""A visit from its plan to the public page, and what is refused on the way."""

import pytest
from django.urls import reverse
from tests.visiting import VisitStory, firm, publishing
from tests.world import at

from laojian.lawbook import law
from laojian.people.acting import acting
from laojian.people.models import Certificate
from laojian.procedure.step import Refused
from laojian.procedure.take import open_file, read
from laojian.record.models import Entry

from ..models import Attendance, Visit, VisitLine

pytestmark = pytest.mark.django_db


def test_a_visit_is_planned_approved_made_recorded_published_and_laid_away(world):
    story = VisitStory(world)
    story.published()
    visit = story.visit()
    assert (story.file.state, visit["published_on"], visit["withdrawn_on"]) == ("visit_public", "2026-03-12", None)
    story.do("close_visit", world.zhang, opinion="没有发现问题，办结。")
    assert story.file.state == "visit_closed"


def test_publication_runs_from_the_day_on_which_the_visit_ended(world):
    story = VisitStory(world)
    story.ended()
    (clock,) = story.file.running("publish_other")
    assert (clock["started_on"], clock["due_on"], clock["length"]) == ("2026-03-09", "2026-04-07", 20)


def test_what_the_bureau_has_not_made_public_is_not_inspected(world):
    story = VisitStory(world)
    world.district.options = {}
    world.district.save()
    with pytest.raises(Refused, match="没有由示例市宝示区人力资源和社会保障局公布"):
        story.plan()


def test_before_publication_was_asked_for_nobody_had_to_publish(world):
    story = VisitStory(world)
    world.district.options = {}
    world.district.save()
    day = law().article("gbf54").valid_from
    story.plan(
        f"{day.year - 1}-12-02", from_on=f"{day.year - 1}-12-09", until_on=f"{day.year - 1}-12-20", start_at=None
    )
    assert story.file.state == "visit_planned"


def test_without_approval_nobody_sets_out(world):
    story = VisitStory(world)
    story.plan()
    with pytest.raises(Refused, match="须先到“已批准待检查”"):
        story.begun()


def test_whoever_planned_it_does_not_approve_it(world):
    story = VisitStory(world)
    story.plan(by=world.wang)
    with pytest.raises(Refused, match="您已办理本案“拟定检查”"):
        story.do("approve_visit", world.wang, opinion="同意")


def test_an_officer_without_certificate_is_neither_planned_nor_sent(world):
    story = VisitStory(world)
    Certificate.objects.filter(officer=world.li).update(valid_to="2026-03-05")
    story.ready()
    with pytest.raises(Refused, match="李监察没有在 2026-03-09 有效的执法证件"):
        story.begun()
    Certificate.objects.filter(officer=world.li).update(valid_to="2026-03-01")
    with pytest.raises(Refused, match="李监察没有在 2026-03-02 有效的执法证件"):
        VisitStory(world, firm(22)).plan()


def test_a_neighbour_joins_by_document_alone(world):
    lent = [{"officer": world.outsider.pk, "document": "示人社调〔2026〕1号"}]
    with pytest.raises(Refused):
        VisitStory(world).plan(second=world.outsider.pk)
    story = VisitStory(world, firm(22))
    story.plan(second=world.outsider.pk, lent=lent)
    assert story.fresh().hands[str(world.outsider.pk)][0] == "吴监察"


def test_without_the_sealed_notice_nobody_sets_out_except_on_a_report(world):
    story = VisitStory(world)
    story.plan()
    story.do("approve_visit", world.wang, "2026-03-03", opinion="同意检查。")
    with pytest.raises(Refused, match="通知书还没有成文、盖章"):
        story.begun()
    report = VisitStory(world, firm(22))
    report.plan(ground="report", document="宝人社监登〔2026〕1号", announced=False)
    report.do("approve_visit", world.wang, "2026-03-03", opinion="同意检查。")
    assert report.begun(handed=False).state == "on_visit"
    assert [row["code"] for row in report.file.drafts] == ["inspection_approval"]


def capped_at(bureau, times):
    """The bureau has set how often a year it visits one employer."""
    value = {"value": str(times), "document": "示例清单", "source": "示例", "by": "管理员", "on": "2026-01-01"}
    bureau.options = {**bureau.options, "local": {"visits_a_year": {"2026-01-01": value}}}
    bureau.save()


def test_one_employer_is_not_visited_more_often_than_it_may_be(world):
    first = VisitStory(world)
    first.ended()
    capped_at(publishing(world.district), 1)
    again = VisitStory(world, first.employer)
    capped_at(world.district, 1)
    with pytest.raises(Refused, match=r"已有 1 次计入频次的检查.*上限为 1 次"):
        again.plan()
    asked = VisitStory(world, first.employer)
    capped_at(world.district, 1)
    asked.plan(cap_reason="投诉集中，确需再查")
    with pytest.raises(Refused, match="须由分管负责人或者主要负责人批准"):
        asked.do("approve_visit", world.wang, opinion="同意", cap_reason="确需")
    with pytest.raises(Refused, match="请写明理由"):
        asked.do("approve_visit", world.sun, opinion="同意")
    assert asked.do("approve_visit", world.sun, opinion="同意", cap_reason="投诉集中").state == "visit_approved"


@pytest.mark.parametrize("ground", ["report", "assignment"])
def test_what_others_ask_for_is_never_blocked_and_never_counts(world, ground):
    first = VisitStory(world)
    first.ended()
    second = VisitStory(world, first.employer)
    capped_at(world.district, 1)
    second.plan(ground=ground, document="示例来文 1 号")
    third = VisitStory(world, first.employer)
    capped_at(world.district, 2)
    assert third.plan(separate_reason="另有事项").state == "visit_planned"


def test_while_nobody_has_set_a_cap_nothing_is_blocked(world):
    first = VisitStory(world)
    first.ended()
    assert VisitStory(world, first.employer).plan().state == "visit_planned"


def test_several_items_are_one_visit(world):
    first = VisitStory(world)
    first.plan()
    with pytest.raises(Refused, match="并入检查事项"):
        VisitStory(world, first.employer).plan(items=["social-insurance"])
    first.do("add_items", world.zhang, items=["social-insurance"])
    assert [each["item"] for each in first.file.visit["items"]] == [
        "wage-payment",
        "labour-contract",
        "social-insurance",
    ]
    assert (
        VisitStory(world, first.employer).plan(items=["social-insurance"], separate_reason="须由专人检查").state
        == "visit_planned"
    )


def test_joining_items_asks_for_approval_anew_and_voids_the_old_drafts(world):
    story = VisitStory(world)
    story.plan()
    story.do("approve_visit", world.wang, "2026-03-03", opinion="同意检查。")
    story.do("add_items", world.zhang, items=["social-insurance"])
    assert (story.file.state, story.file.drafts and story.fresh().drafts) == ("visit_planned", [])


def test_the_record_needs_every_line_and_is_frozen_by_signing(world):
    story = VisitStory(world)
    story.begun()
    story.do("fill_checklist", world.zhang, lines=story.rows()[:-1])
    with pytest.raises(Refused, match="还有 1 条没有检查"):
        story.do("make_record", world.zhang, ended_at=story.now)
    story.do("fill_checklist", world.li, lines=story.rows()[-1:])
    story.do("make_record", world.zhang, ended_at=story.now)
    with pytest.raises(Refused, match="笔录还没有成文"):
        story.do("sign_record", world.zhang, confirmed=True)
    story.finish("inspection_record")
    story.do("sign_record", world.zhang, confirmed=True)
    digest = story.visit()["record_digest"]
    assert len(digest) == 64
    story.do("supplement_record", world.zhang, content="事后收到考勤记录。", lines=story.rows()[:1])
    assert story.visit()["record_digest"] == digest
    with pytest.raises(Refused, match="不能办理“填写检查表”"):
        story.do("fill_checklist", world.zhang, lines=story.rows()[:1])


def test_two_phones_on_one_visit_lose_nothing_and_the_later_look_counts(world):
    story = VisitStory(world)
    story.begun()
    one, two = ({"item": "wage-payment", "line": "monthly", "outcome": o, "note": n, "at": f"2026-03-09T09:3{m}:00+08:00"}
                for o, n, m in (("problem", "拖欠一个月", 5), ("ok", "", 3)))  # fmt: skip
    story.now = at("2026-03-09", 10)
    story.do("fill_checklist", world.zhang, lines=[one], key="phone-1")
    story.do("fill_checklist", world.li, lines=[two], key="phone-2")  # found earlier, came in later
    assert [row["outcome"] for row in story.file.lines] == ["problem"]
    assert VisitLine.objects.filter(visit_id=story.file.id).count() == 2
    with pytest.raises(Refused, match="这一批检查情况已经登记"):
        story.do("fill_checklist", world.li, lines=[two], key="phone-2")


@pytest.mark.parametrize(
    ("codes", "notes", "words"),
    [
        (["no_problem"], {"wage_payment_ledger": "没有台账"}, "有 1 处发现问题"),
        (["pending"], {}, "没有发现问题的记录"),
        (["no_problem", "not_disclosed"], {}, "不能与其他结果并列"),
        (["unreachable"], {}, "没有实施完成"),
        (["case_filed"], {"wage_payment_ledger": "没有台账"}, "还没有转立案"),
        (["correction_ordered"], {"wage_payment_ledger": "没有台账"}, "还没有责令改正"),
    ],
)
def test_results_tell_what_was_found(world, codes, notes, words):
    story = VisitStory(world)
    with pytest.raises(Refused, match=words):
        story.ended(codes, **notes)


def test_from_a_finding_one_step_opens_a_case_that_takes_along_what_was_collected(world):
    story = VisitStory(world)
    story.recorded(wage_payment_ledger="没有编制工资支付台账")
    told = {"kind": "document", "title": "考勤表", "proves": "用工情况", "provider": "单位", "form": "copy", "collected_on": "2026-03-09",
            "collectors": [world.zhang.pk, world.li.pk], "place": "单位办公室"}  # fmt: skip
    story.do("add_evidence", world.zhang, **told)
    story.do("open_case", world.zhang, matter="wages", lines=["wage-payment:ledger"])
    with acting(world.zhang.pk):
        into = Entry.objects.get(dossier_id=story.file.id, verb="open_case").given["into"]
        case = read(into, world.zhang.pk, story.now)
    assert (case.flow.name, case.dossier["parent_id"], case.sources[0]["kind"]) == ("general", story.file.id, "patrol")
    assert "没有编制工资支付台账" in case.sources[0]["summary"] and case.evidence["count"] == 2
    story.do("conclude_visit", world.zhang, codes=["case_filed"], note="已转立案。", ended_on="2026-03-09")


def test_a_written_review_is_asked_for_reminded_handed_in_and_reviewed(world):
    story = VisitStory(world)
    story.plan(mode="written", ground="written", items=["wage-payment"], start_at=None, length=10, unit="working_day")
    story.do("approve_visit", world.wang, "2026-03-03", opinion="同意。")
    story.finish()
    with pytest.raises(Refused, match="本次为书面审查"):
        story.begun()
    party = story.file.parties[0]["id"]
    story.serve(
        "serve_review", "written_review_notice", party, receiver="陈示东", relation="经理", place="宝示区示例路 21 号"
    )
    assert [c["due_on"] for c in story.file.running("written_materials")] == ["2026-03-23"]
    story.do(
        "remind_written", world.zhang, "2026-03-24", way="电话", length=5, unit="working_day", missing="工资支付台账"
    )
    assert [c["due_on"] for c in story.file.running("written_materials")] == ["2026-03-31"]
    story.do("receive_written", world.zhang, "2026-03-30", received_on="2026-03-30", materials="工资支付台账")
    story.do("fill_checklist", world.zhang, lines=story.rows())
    assert story.do("review_written", world.zhang, reviewed_on="2026-03-30").state == "visit_recorded"
    story.do("conclude_visit", world.zhang, codes=["no_problem"], note="未发现问题。", ended_on="2026-03-30")


def test_whoever_refuses_is_noted_and_a_case_follows(world):
    story = VisitStory(world)
    story.begun()
    story.do("break_off", world.zhang, why="refused", tried="经理陈示东拒绝检查人员进入，并拒绝提供资料。")
    story.do("open_case", world.zhang, matter="wages", summary="拒绝、阻挠检查。")
    story.do("conclude_visit", world.zhang, codes=["uncooperative"], note="拒绝检查。", ended_on="2026-03-09")
    assert story.file.state == "visit_ended"


def test_what_is_wrong_is_corrected_and_taken_down(world):
    story = VisitStory(world)
    story.published()
    story.do("correct_result", world.wang, codes=["no_such_activity"], note="没有用工。", reason="登记有误")
    assert (story.file.state, story.visit()["published_on"]) == ("visit_ended", None)
    assert [row["code"] for row in story.file.results] == ["no_such_activity"]
    assert [c["started_on"] for c in story.file.running("publish_other")] == ["2026-03-12"]


def test_what_was_left_for_later_must_be_resolved_before_closing(world):
    story = VisitStory(world)
    story.published(codes=["pending"], wage_payment_ledger="没有台账")
    with pytest.raises(Refused, match="还没有登记后续处理"):
        story.do("close_visit", world.zhang, opinion="办结")
    result = story.file.results[0]["id"]
    story.do("resolve_result", world.zhang, result=result, codes=["corrected"], note="已补建台账。")
    assert story.do("close_visit", world.zhang, opinion="办结").state == "visit_closed"


@pytest.mark.parametrize("ground", ["patrol", "report", "assignment", "written"])
def test_nobody_reads_that_somebody_reported(world, client, ground):
    """A visit that came of a report reads like every other that was not drawn; what the note says stays in the file."""
    story = VisitStory(world)
    story.ended(codes=["pending"], wage_payment_ledger="没有台账")
    Visit.objects.update(ground=ground)
    story.fresh()
    story.do("publish_result", world.zhou, "2026-03-12", where="本机关公开页面")
    result = story.file.results[0]["id"]
    story.do(
        "resolve_result", world.zhang, result=result, codes=["corrected"], note="举报人确认已补发。", follow="已改正。"
    )
    page = client.get(reverse("public_inspections")).content.decode()
    assert "日常检查" in page and "已改正。" in page
    assert "举报" not in page and "投诉" not in page and "交办" not in page


def test_a_draw_opens_visits_within_its_own_step(world):
    story = VisitStory(world)
    story.plan(ground="draw", draw_number="宝人社监抽〔2026〕1号", rank=3)
    assert (story.file.visit["draw_number"], story.file.visit["object_rank"]) == ("宝人社监抽〔2026〕1号", 3)
    with pytest.raises(Refused, match="须有抽取编号"):
        VisitStory(world, firm(22)).plan(ground="draw")
    with pytest.raises(Refused, match="只有双随机抽查才有"):
        VisitStory(world, firm(23)).plan(draw_number="x")


def test_those_who_took_part_are_counted_once(world):
    story = VisitStory(world)
    others = [{"name": "甲示", "department": "示例市场监管局"}, {"name": "乙示", "department": "示例住建委"}]
    story.begun(people=others[:1])
    story.do("attend", world.zhang, people=others)
    assert sorted(Attendance.objects.values_list("name", flat=True)) == sorted(["张监察", "李监察", "甲示", "乙示"])


def test_an_unknown_employer_is_refused_in_words(world):
    publishing(world.district)
    given = {"employer": 999999, "ground": "patrol", "mode": "onsite", "items": ["wage-payment"], "from_on": "2026-03-09",
             "until_on": "2026-03-20", "lead": world.zhang.pk, "second": world.li.pk}  # fmt: skip
    with pytest.raises(Refused, match="没有这一家"):
        open_file("visit", "plan_visit", by=world.zhang, at=at("2026-03-02"), given=given)
    assert not Visit.objects.exists()

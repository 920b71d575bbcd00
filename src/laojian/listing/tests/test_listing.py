"""From an order not obeyed to the list and off it again: told before, decided in time, published, removed early or at the end."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from pypdf import PdfReader
from tests.casework import COMPANY, Story
from tests.listing import HEAD, decided, disobeyed_case, everybody, listed, notified, order_of, proposed
from tests.scans import photograph
from tests.world import at

from laojian.credit.records import facts_of
from laojian.dossier.models import Find
from laojian.employers.models import Employer
from laojian.evidence.store import keep_bytes
from laojian.exchange.models import Outgoing
from laojian.listing.models import Listing, Person
from laojian.listing.queries import published
from laojian.listing.rules import eligible, lasting
from laojian.papers.models import Paper
from laojian.people.acting import acting
from laojian.people.models import Bureau, Certificate
from laojian.procedure.clockwork import lapse_due
from laojian.procedure.step import Refused
from laojian.procedure.tests.whole import halves
from laojian.record.models import Entry

pytestmark = pytest.mark.django_db
SCAN = photograph(9)


@pytest.fixture
def case(world):
    return disobeyed_case(world)


def refused(story, verb, by, day=None, **given) -> str:
    with pytest.raises(Refused) as found:
        story.do(verb, by, day, **given)
    return str(found.value)


def due(told, key):
    return [c["due_on"] for c in told.fresh().running(key)]


def shown(day="2026-04-20"):
    return [row.name for row in published(date.fromisoformat(day))]


def corrected(told, day="2026-05-20"):
    told.do("note_listing_correction", told.world.zhang, day, corrected_on=day, proof="银行回单", verified=True)


def applied(told, day):
    told.do("apply_early", told.world.zhou, day, received_on=day, statement="已经付清。", promise=keep_bytes(SCAN))


# ── worked examples ──
@pytest.mark.parametrize(
    ("listed_on", "corrected_on", "first"),
    [
        ("2025-09-10", "2025-08-31", "2026-03-10"),
        ("2025-09-10", "2026-01-31", "2026-07-31"),
        ("2025-08-31", "2025-08-31", "2026-02-28"),
        ("2022-01-01", "2022-01-01", "2022-07-01"),
    ],
)
def test_six_months_run_from_the_correction_but_not_before_the_listing(listed_on, corrected_on, first):
    found = eligible(date.fromisoformat(corrected_on), date.fromisoformat(listed_on))
    assert found.due_on.isoformat() == first and found.explain()


@pytest.mark.parametrize(
    ("decided_on", "again", "until"),
    [
        ("2018-01-01", False, "2019-01-01"),
        ("2021-12-31", False, "2022-12-31"),
        ("2021-12-31", True, "2023-12-31"),
        ("2022-01-01", False, "2025-01-01"),
        ("2022-01-01", True, "2025-01-01"),
    ],
)
def test_a_listing_lasts_as_the_rules_of_its_decision_say(decided_on, again, until):
    assert lasting(date.fromisoformat(decided_on), again).due_on.isoformat() == until


def test_before_2018_nobody_was_listed():
    with pytest.raises(LookupError):
        lasting(date(2017, 12, 31))


# ── proposed, told, heard ──
def test_an_order_that_was_not_obeyed_waits_to_be_listed(world, case):
    order = order_of(world, case)
    assert (order.name, order.amount) == (COMPANY, Decimal("31000.50"))
    assert order.overdue_on == date(2026, 3, 27) and order.decide_by.due_on == date(2026, 4, 27)


def test_the_time_to_decide_runs_from_the_last_day_to_pay_and_is_lengthened_once(world, case):
    told = proposed(world, case)
    assert due(told, "blacklist_decide") == ["2026-04-27"]
    told.do("lengthen_listing", world.qian, opinion="责任人员下落不明，需要继续核实。")
    assert due(told, "blacklist_decide") == ["2026-05-27"]
    assert "延长过一次" in refused(told, "lengthen_listing", world.qian, opinion="再延长")


def test_nobody_is_listed_twice_for_one_order(world, case):
    order = order_of(world, case).key
    told = proposed(world, case)
    assert [p["name"] for p in told.file.persons] == [HEAD]
    again = Story(world, "listing")
    assert "已经为它办理过列入" in refused(
        again, "propose_listing", world.li, "2026-04-02", order=order, condition="amount", facts="同上"
    )


def test_while_no_amount_is_set_a_leader_judges_it_in_writing_and_never_the_proposer(world, case):
    told = proposed(world, case)
    assert "本地数额标准没有设定" in refused(told, "draft_listing_notice", world.zhang, opinion="请告知")
    told.do("judge_amount", world.sun, reached="no", reason="没有达到。")
    assert "书面认定没有达到" in refused(told, "draft_listing_notice", world.zhang, opinion="请告知")
    told.do("judge_amount", world.sun, reached="yes", reason="更正：三个月 18600.50 元，达到。")
    told.do("draft_listing_notice", world.zhang, opinion="请告知")
    assert [d["code"] for d in told.fresh().drafts] == ["listing_amount", "listing_amount", "listing_notice"]


def test_a_set_amount_answers_by_itself(world, case):
    row = {"value": "30000", "document": "示高法〔2026〕9号", "source": "示例", "by": "管理员", "on": "2026-01-05"}
    Bureau.objects.filter(pk=world.district.pk).update(options={"local": {"listing_amount": {"2026-01-05": row}}})
    told = proposed(world, case)
    assert "可以直接算出" in refused(told, "judge_amount", world.sun, reached="yes", reason="达到")
    told.do("draft_listing_notice", world.zhang, opinion="请告知")
    Bureau.objects.filter(pk=world.district.pk).update(
        options={"local": {"listing_amount": {"2026-01-05": row | {"value": "40000"}}}}
    )
    told.finish("listing_notice")
    assert told.fresh().state == "listing_telling"


def test_an_event_needs_its_record_and_no_amount(world, case):
    story = Story(world, "listing")
    given = {"order": order_of(world, case).key, "condition": "event", "facts": "引发群体性事件。"}
    assert "记录这一事件" in refused(story, "propose_listing", world.zhang, "2026-04-01", **given)
    story.do("propose_listing", world.zhang, event="示公（治）字〔2026〕8号", **given)
    story.do("draft_listing_notice", world.zhang, opinion="请告知")


def test_no_identity_number_and_no_telephone_enters_what_papers_repeat(world, case):
    story = Story(world, "listing")
    given = {"order": order_of(world, case).key, "condition": "amount", "facts": "联系电话 13900000000"}
    assert "电话或者证件号码" in refused(story, "propose_listing", world.zhang, "2026-04-01", **given)


def test_nothing_is_decided_before_everybody_was_told_and_the_time_to_object_is_over(world, case):
    told = proposed(world, case)
    told.do("name_person", world.zhang, name="陈示西", role="manager", reason="负责工地工资发放。")
    told.do("judge_amount", world.sun, reached="yes", reason="达到。")
    told.do("draft_listing_notice", world.zhang, opinion="请告知。")
    told.finish("listing_notice")
    told.do("serve_listing_notice", world.zhang, paper=told.paper("listing_notice")["id"], method="direct", addressee=COMPANY,
            receiver=HEAD, done_at=told.now.isoformat())  # fmt: skip
    assert due(told, "blacklist_object") == ["2026-04-09"]
    said = refused(told, "propose_decision", world.zhang, opinion="请批准")
    assert "还没有送达：陈示东、陈示西" in said and "还没有届满" in said


def test_an_objection_is_verified_in_five_working_days_and_who_is_right_is_not_listed(world, case):
    told = notified(proposed(world, case))
    told.do(
        "note_listing_objection", world.zhou, "2026-04-03", who=HEAD, received_on="2026-04-03", content="我已经离任。"
    )
    assert due(told, "blacklist_verify") == ["2026-04-13"]
    assert "已经提出过异议" in refused(
        told, "note_listing_objection", world.zhou, who=HEAD, received_on="2026-04-03", content="再说"
    )
    assert "异议还没有核实答复" in refused(told, "propose_decision", world.zhang, "2026-04-13", opinion="请批准")
    told.do("answer_listing_objection", world.li, "2026-04-13", who=HEAD, found="right", reason="已于一月离任。")
    assert "异议成立" in refused(told, "propose_decision", world.zhang, opinion="请批准")
    told.do("drop_person", world.zhang, person=told.file.persons[0]["id"], reason="异议成立")
    assert "还没有登记法定代表人" in refused(told, "propose_decision", world.zhang, opinion="请批准")


def test_an_objection_after_its_last_day_is_a_letter(world, case):
    told = notified(proposed(world, case))
    assert "异议期限已于 2026-04-09 届满" in refused(
        told, "note_listing_objection", world.zhou, "2026-04-10", who=COMPANY, received_on="2026-04-10", content="不服"
    )


def test_whoever_corrects_and_promises_before_the_decision_need_not_be_listed(world, case):
    told = notified(proposed(world, case))
    assert "没有登记" in refused(told, "decline_listing", world.sun, why="promise", reason="已改正")
    told.do("note_promise", world.zhou, "2026-04-08", corrected_on="2026-04-08", proof="回单", promise=keep_bytes(SCAN))
    told.do("decline_listing", world.sun, why="promise", reason="已全部付清并作出承诺。")
    assert told.file.state == "not_listed" and halves(told.file.id) == [] and not due(told, "blacklist_decide")


# ── decided, served, published, shared ──
def test_a_listing_is_told_decided_served_published(world, case):
    told = listed(world, case)
    assert told.file.state == "listing_in_force" and halves(told.file.id) == []
    assert due(told, "blacklist") == ["2029-04-13"] and shown() == [COMPANY]


def test_it_is_published_when_the_decision_reached_everybody(world, case):
    told = notified(proposed(world, case))
    told.do("propose_decision", world.zhang, "2026-04-13", opinion="请批准列入。")
    told.do("decide_listing", world.sun, opinion="同意列入。")
    assert f"还没有送达：{COMPANY}、{HEAD}" in refused(
        told, "publish_listing", world.zhang, on="2026-04-13", places="门户网站"
    )


def test_every_platform_is_told_and_only_the_sealed_one_reads_identity_numbers(world, case):
    told = proposed(world, case)
    Person.objects.filter(listing_id=told.file.id).update(id_number="110101199003077213")
    told = decided(notified(told))
    told.do("publish_listing", world.zhang, on="2026-04-13", places="本局门户网站")
    rows = list(Outgoing.objects.filter(dossier_id=told.file.id).order_by("platform", "key"))
    assert {row.platform for row in rows} == {"credit_china", "company", "sharing", "superior"} and len(rows) == 8
    assert not [row for row in rows if row.faults]
    with_number = {row.platform for row in rows if "110101199003077213" in str(row.payload)}
    assert with_number == {"sharing", "superior"}


def test_suspended_nobody_reads_of_it_here_or_elsewhere(world, case):
    told = listed(world, case)
    told.do("suspend_listing", world.zhang, "2026-05-06", document="宝政复停〔2026〕1号", reason="复议机关决定停止执行")
    assert shown() == []
    assert {o.act for o in newest(told)} == {"withdraw"}
    told.do("resume_listing", world.zhang, "2026-06-08", document="宝政复决〔2026〕2号", reason="复议维持")
    assert shown() == [COMPANY] and {o.act for o in newest(told)} == {"put"}


def newest(told):
    rows = Outgoing.objects.filter(dossier_id=told.file.id).order_by("platform", "key", "-version")
    return list({(row.platform, row.key): row for row in reversed(rows)}.values())


# ── off the list ──
def test_removed_early_six_months_after_the_correction_in_ten_working_days(world, case):
    told = listed(world, case)
    corrected(told)
    assert due(told, "blacklist_exit") == ["2026-11-20"]
    applied(told, "2026-11-02")
    assert due(told, "blacklist_exit_decide") == ["2026-11-23"]
    assert "起满6个月是 2026-11-20" in refused(told, "grant_early", world.sun, opinion="准予")
    told.do("refuse_early", world.sun, "2026-11-03", reason="还没有满六个月，2026年11月20日起可以再申请。")
    assert told.file.state == "listing_in_force" and shown() == [COMPANY]
    applied(told, "2026-11-20")
    told.do("grant_early", world.sun, "2026-11-23", opinion="已经改正并承诺。")
    assert shown() == [] and due(told, "blacklist_remove") == ["2026-12-07"]
    told.do("remove_listing", world.zhang, "2026-11-25", on="2026-11-25", places="信用中国（示例）")
    assert told.file.state == "listing_removed" and {o.kind for o in newest(told)} == {"removal"}
    assert len({o.key for o in newest(told)}) == 2 and not [o for o in newest(told) if o.faults]
    assert "原列入期到 2029-04-13" in refused(told, "close_listing", world.wang, opinion="办结")
    assert halves(told.file.id) == []


@pytest.mark.parametrize(
    ("kind", "liftable"), [("arrears", False), ("pending", True), ("convicted", True), ("other", True)]
)
def test_new_arrears_and_criminal_proceedings_bar_an_early_removal(world, case, kind, liftable):
    told = listed(world, case)
    corrected(told)
    told.do(
        "note_bar",
        world.zhang,
        "2026-08-03",
        kind=kind,
        on="2026-08-01",
        facts="又拖欠两名农民工工资",
        document="示例凭据",
    )
    applied(told, "2026-11-20")
    assert "又拖欠两名农民工工资" in refused(told, "grant_early", world.sun, opinion="准予")
    bar = told.file.bars[0]["id"]
    if liftable:
        told.do("lift_bar", world.sun, bar=bar, on="2026-11-20", reason="不起诉决定")
        told.do("grant_early", world.sun, opinion="准予")
    else:
        assert refused(told, "lift_bar", world.sun, bar=bar, on="2026-11-20", reason="没有了")


def test_without_correction_or_promise_nobody_leaves_early(world, case):
    told = listed(world, case)
    told.do("apply_early", world.zhou, "2026-11-20", received_on="2026-11-20", statement="请移出。")
    assert "没有登记改正" in refused(told, "grant_early", world.sun, opinion="准予")
    corrected(told, "2026-11-20")
    assert "书面承诺" in refused(told, "grant_early", world.sun, "2027-05-20", opinion="准予", late_reason="补正")


def test_false_material_puts_it_back_for_the_whole_period(world, case):
    told = listed(world, case)
    corrected(told)
    applied(told, "2026-11-20")
    told.do("grant_early", world.sun, opinion="已经改正。")
    told.do("remove_listing", world.zhang, "2026-11-25", on="2026-11-25", places="信用中国（示例）")
    told.do("restore_listing", world.sun, "2027-01-11", facts="回单系伪造，情节严重。", document="示例银行证明")
    assert told.file.state == "listing_decided" and due(told, "blacklist") == ["2030-01-11"]
    assert due(told, "blacklist_exit") == ["2027-07-11"]
    assert "还没有送达" in refused(told, "publish_listing", world.zhang, on="2027-01-11", places="门户网站")
    everybody(told, "serve_listing", "listing_restoration")
    told.do("publish_listing", world.zhang, on="2027-01-11", places="门户网站")
    assert shown("2027-01-12") == [COMPANY] and {o.kind for o in newest(told)} == {"listing"}


def test_three_years_after_the_decision_it_ends_by_itself(world, case):
    told = listed(world, case)
    Certificate.objects.update(valid_to="2030-12-31")
    lapse_due(date(2029, 4, 14), at("2029-04-14", 1))
    assert told.fresh().state == "removal_due" and due(told, "blacklist_remove") == ["2029-04-27"]
    told.do("remove_listing", world.zhang, "2029-04-16", on="2029-04-16", places="各网站")
    told.do("close_listing", world.wang, "2029-04-17", opinion="办结")
    assert told.file.state == "listing_closed" and halves(told.file.id) == []


def test_when_the_order_falls_nobody_reads_of_it_and_the_listing_is_revoked(world, case):
    told = listed(world, case)
    assert "仍然有效" in refused(
        told, "revoke_listing", world.sun, "2026-06-01", why="order", document="宝政复决〔2026〕1号", reason="撤销"
    )
    Paper.objects.filter(pk=told.file.listing["paper_id"]).update(voided="复议撤销")
    assert shown() == []
    told.do("revoke_listing", world.sun, why="order", document="宝政复决〔2026〕1号", reason="责令文书被撤销。")
    told.do("remove_listing", world.zhang, on="2026-06-01", places="各网站")
    assert Listing.objects.get().removal == "revoked" and halves(told.file.id) == []


# ── what everybody reads ──
def test_an_identity_number_stands_in_no_paper_no_public_page_and_no_open_platform(world, case, client):
    canary = "110101199003077213"
    told = proposed(world, case)
    told.do("name_person", world.zhang, name="陈示西", role="manager", id_number=canary, reason="负责工地工资发放。")
    told = decided(notified(told))
    told.do("publish_listing", world.zhang, on="2026-04-13", places="本局门户网站")
    assert canary not in client.get(reverse("public_lists")).content.decode()
    client.force_login(world.zhang)
    for name, args in (("dossier", [told.file.id]), ("listings", [])):
        assert canary not in client.get(reverse(name, args=args)).content.decode()
    with acting(world.zhang.pk):
        assert canary not in str(list(Paper.objects.filter(dossier_id=told.file.id).values()))
        assert canary not in str(list(Entry.objects.filter(dossier_id=told.file.id).values()))
        assert canary not in str(list(Find.objects.filter(dossier_id=told.file.id).values()))
    for paper in told.fresh().papers:
        assert canary not in "".join(
            page.extract_text() for page in PdfReader(io.BytesIO(told.pdf(paper["pdf"]))).pages
        )
    held = {o.platform for o in Outgoing.objects.all() if canary in str(o.payload)}
    assert held == {"sharing", "superior"}


def test_a_listing_is_a_fact_of_the_grade_until_it_is_removed_and_never_when_revoked(world, case):
    told = listed(world, case)
    employer = Employer.objects.create(
        name=COMPANY, credit_code=told.file.listing["code"], kind="company", region="宝示区"
    )
    Listing.objects.update(employer=employer)
    with acting(world.zhang.pk):
        assert [(f.kind, f.on.isoformat(), f.ended) for f in facts_of(employer.pk) if f.kind == "listed"] == [
            ("listed", "2026-04-13", None)
        ]
        Listing.objects.update(removal="early", removed_on="2026-11-25")
        assert [f.ended.isoformat() for f in facts_of(employer.pk) if f.kind == "listed"] == ["2026-11-25"]
        Listing.objects.update(removal="revoked", halted_on="2026-06-01", removed_on="2026-06-02")
        assert [f.reversed.isoformat() for f in facts_of(employer.pk) if f.kind == "listed"] == ["2026-06-01"]

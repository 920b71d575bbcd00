"""Every served decision is judged; what the law publishes is published, kept right, and gone the moment its decision falls."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.beside import answered, decided_briefly
from tests.casework import COMPANY, Story
from tests.publishing import publicised
from tests.world import at

from laojian.cases.models import Finding, Obligation
from laojian.people.acting import acting
from laojian.people.models import Bureau
from laojian.procedure.step import Refused
from laojian.procedure.tests.whole import halves
from laojian.publication.models import Verdict
from laojian.publication.queries import published, unjudged

pytestmark = pytest.mark.django_db
DAY = "2026-05-06"


@pytest.fixture
def case(world):
    """A penalty for obstruction, decided and served on 20 April 2026."""
    told = Story(world)
    decided_briefly(told)
    return told


def waiting(world):
    with acting(world.zhang.pk):
        return unjudged(world.district.pk, at(DAY).date())


def key(world) -> str:
    return waiting(world)[0].key


def begun(world, day=DAY):
    told = Story(world, "publication")
    told.do("open_round", world.zhang, day, until_on=day)
    return told


def refused(story, verb, by, **given) -> str:
    with pytest.raises(Refused) as found:
        story.do(verb, by, **given)
    return str(found.value)


INCLUDED = {"kind": "other", "reason": "性质恶劣", "facts": "拒不提供台账。", "handling": "罚款 8000 元。"}


def test_a_decision_is_judged_approved_published_and_everybody_reads_it(world, case, client):
    told = publicised(world)
    assert told.file.state == "round_public" and halves(told.file.id) == []
    page = client.get(reverse("public_violations"), {"q": COMPANY[:4]}).content.decode()
    assert COMPANY in page and "拒不提供工资支付台账" in page and "2026" in page
    assert waiting(world) == []
    assert [draft["code"] for draft in told.fresh().drafts] == ["publication_approval"]


def test_a_round_is_not_put_forward_while_a_decision_is_not_judged(world, case):
    told = begun(world)
    assert COMPANY in refused(told, "propose_round", world.zhang, opinion="请批准")
    told.do("leave_out", world.zhang, decision=key(world), reason="情节一般，没有劳动者受到损失。")
    told.do("propose_round", world.zhang, opinion="请批准")
    assert "没有列入公布" in refused(told, "approve_round", world.sun, opinion="同意")
    told.do("note_none", world.sun, opinion="本期没有")
    assert told.file.state == "round_none" and not told.file.running("publish_grave")


def test_nothing_is_published_before_its_notice_is_sealed(world, case):
    told = begun(world)
    told.do("include", world.zhang, decision=key(world), **INCLUDED)
    told.do("propose_round", world.zhang, opinion="请批准")
    told.do("approve_round", world.sun, opinion="同意")
    assert "成文盖章" in refused(told, "publish_round", world.zhang, on=DAY, places="本局网站")


def test_child_labour_is_published_however_grave_and_never_claimed_without_a_finding(world, case):
    told = begun(world)
    wrong = refused(told, "include", world.zhang, decision=key(world), **INCLUDED | {"kind": "child_labour"})
    assert "没有认定" in wrong
    Finding.objects.update(power="child-labour-use")
    assert "不论情节轻重" in refused(told, "leave_out", world.zhang, decision=key(world), reason="情节轻微")
    told.do("include", world.zhang, decision=key(world), **INCLUDED | {"kind": "child_labour"})


def test_what_reaches_the_bureaus_own_amount_is_published_and_unset_is_a_written_decision(world, case):
    Obligation.objects.filter(kind="fine").update(kind="pay", amount="50000")
    told = begun(world)
    chosen = key(world)
    row = {"value": "50000", "document": "示人社发〔2026〕9号", "source": "示例", "by": "管理员", "on": "2026-01-05"}
    Bureau.objects.filter(pk=world.district.pk).update(options={"local": {"grave_amount": {"2026-01-05": row}}})
    assert "示人社发〔2026〕9号" in refused(told, "leave_out", world.zhang, decision=chosen, reason="不大")
    Bureau.objects.filter(pk=world.district.pk).update(options={})
    told.do("leave_out", world.zhang, decision=chosen, reason="逐件判断：数额不大。")


@pytest.mark.parametrize("text", ["电话13900000000", "身份证 11010119900307721X 号"])
def test_what_everybody_reads_holds_no_telephone_and_no_identity_number(world, case, text):
    told = begun(world)
    assert "个人隐私" in refused(told, "include", world.zhang, decision=key(world), **INCLUDED | {"facts": text})


def test_a_decision_that_falls_is_shown_to_nobody_from_that_moment(world, case, client):
    told = publicised(world)
    told_off = {
        "received_on": "2026-06-01",
        "final_on": "2026-06-01",
        "document": "宝政复决〔2026〕1 号",
        "reason": "事实不清",
    }
    answered(case).do("note_relief_revoked", world.zhao, "2026-06-01", remake="no", **told_off)
    assert published() == [] and COMPANY not in client.get(reverse("public_violations")).content.decode()
    verdict = told.fresh().verdicts[0]["id"]
    told.do("note_fallen", world.zhang, "2026-06-01", verdict=verdict, on="2026-06-01", document="宝政复决〔2026〕1 号")
    assert {c["key"]: c["due_on"] for c in told.file.clocks if not c["ending"]} == {
        "retract": "2026-06-04", "grave_correct": "2026-06-15",
    }  # fmt: skip
    told.do("withdraw_public", world.zhang, "2026-06-02", verdict=verdict, origin="fallen", reason="处罚决定已被撤销")
    assert not told.file.running("retract") and not told.file.running("grave_correct")
    assert halves(told.file.id) == []


def test_an_objection_is_answered_in_fifteen_working_days_and_corrects_what_is_public(world, case):
    told = publicised(world)
    verdict = told.fresh().verdicts[0]["id"]
    told.do(
        "note_objection", world.zhou, "2026-05-11", verdict=verdict, received_on="2026-05-11", content="已经补交台账"
    )
    assert [c["due_on"] for c in told.file.running("grave_object")] == ["2026-06-01"]
    assert "正在复核" in refused(
        told, "note_objection", world.zhou, verdict=verdict, received_on="2026-05-11", content="再说"
    )
    told.do("answer_objection", world.sun, "2026-05-12", verdict=verdict, found="right", reason="台账于五月补交")
    told.do("correct_public", world.zhang, verdict=verdict, origin="objection", reason="异议成立", facts="曾拒不提供台账，后补交。",
            handling="罚款 8000 元。")  # fmt: skip
    assert published()[0].facts == "曾拒不提供台账，后补交。" and not told.file.running("grave_correct")


def test_a_decision_is_judged_once_for_a_party(world, case):
    told = publicised(world)
    row = Verdict.objects.get(round_id=told.file.id)
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    assert begun(world, "2026-05-07").file.verdicts == []


def test_a_bureau_of_province_rank_publishes_every_half_year_and_all_others_every_quarter(world):
    assert [c["due_on"] for c in begun(world).file.running("publish_grave")] == ["2026-06-30"]
    row = {"value": "half_year", "document": "", "source": "示例", "by": "管理员", "on": "2026-01-05"}
    Bureau.objects.filter(pk=world.district.pk).update(options={"local": {"publication_period": {"2026-01-05": row}}})
    told = begun(world, "2026-07-01")
    assert [(c["key"], c["due_on"]) for c in told.file.clocks] == [("publish_grave_province", "2026-12-31")]

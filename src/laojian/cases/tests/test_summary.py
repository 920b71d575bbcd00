"""The summary procedure: two certified inspectors, the party heard, a fine within the limit of its day, papers handed over at once."""

import pytest
from tests.world import at

from laojian.cases.queries import earlier_violations
from laojian.dossier.models import Dossier
from laojian.people.acting import acting
from laojian.people.models import Certificate
from laojian.procedure.step import Refused
from laojian.procedure.take import read
from laojian.procedure.tests.whole import halves

from .spots import COMPANY, deliver, delivered, heard, ordered, punish, punished, spotted

pytestmark = pytest.mark.django_db


def whom(reasons):
    return [reason.basis for reason in reasons]


def test_from_the_spot_to_the_archive(world):
    story = delivered(world)
    assert story.file.state == "delivered" and story.file.dossier["number"].startswith("宝人社监简〔2026〕")
    assert {c["key"] for c in story.file.clocks if not c["ending"]} == {"summary_filing", "pay", "reconsideration"}
    story.do("hand_in_copy", world.zhang, "2026-03-04", on="2026-03-04", numbers="当罚1号")
    fine = story.file.obligations[0]
    story.do("register_payment", world.zhou, "2026-03-10", on="2026-03-10", of="fine", way="voluntary", payer=story.party(),
             obligation=fine["id"], amount=fine["amount"], voucher="示例银行回单")  # fmt: skip
    story.do("close_on_spot", world.zhang, result="罚款已缴。", performance="履行完毕")
    assert story.file.state == "closed"
    story.do("archive", world.zhou, pages=6, retention="永久")
    assert story.file.state == "archived" and halves(story.file.id) == []


def test_the_second_inspector_is_another_one_and_certified(world):
    with pytest.raises(Refused, match="不在本卷可选的范围"):
        spotted(world, second=world.zhang.pk)
    Certificate.objects.filter(officer=world.li).update(valid_to="2026-03-01")
    with pytest.raises(Refused, match="有效的执法证件") as refused:
        spotted(world)
    assert "apl-42" in whom(refused.value.reasons)


@pytest.mark.parametrize(
    ("kind", "fine", "said"), [("employer", "3000.01", "3000"), ("person", "200.01", "200"), ("person", "201", "200")]
)
def test_a_fine_above_the_limit_goes_the_general_way(world, kind, fine, said):
    story = heard(world, kind=kind)
    with pytest.raises(Refused, match=f"超过当场处罚的最高数额 {said}元") as refused:
        punish(story, fine)
    assert "apl-51" in whom(refused.value.reasons)


@pytest.mark.parametrize(
    ("day", "fine", "basis"), [("2021-07-14", "1000.01", "apl1996-33"), ("2021-07-15", "3000.01", "apl-51")]
)
def test_the_limit_is_that_of_the_day(world, day, fine, basis):
    story = heard(world, day=day)
    with pytest.raises(Refused, match="超过当场处罚的最高数额") as refused:
        punish(story, fine)
    assert basis in whom(refused.value.reasons)


def test_nobody_is_punished_unheard_or_without_a_violation_found(world):
    story = spotted(world)
    with pytest.raises(Refused, match="尚未当场告知") as refused:
        punish(story, "2000")
    assert {"apl-62", "apl-40"} <= set(whom(refused.value.reasons))


def test_what_is_not_settled_on_the_day_is_not_settled_on_the_spot(world):
    story = heard(world)
    with pytest.raises(Refused, match="已不是当场"):
        punish(story, "2000", day="2026-03-03")
    story = punished(world)
    with pytest.raises(Refused, match="不是作出决定的当日交付"):
        deliver(story, "deliver_penalty", "spot_penalty", "2026-03-03")


def test_one_act_is_not_punished_twice(world):
    story = punished(world)
    with pytest.raises(Refused, match="已有当场处罚决定"):
        punish(story, "2000")


def test_who_refuses_to_sign_gets_the_paper_all_the_same(world):
    story = punished(world)
    with pytest.raises(Refused, match="见证人"):
        deliver(story, "deliver_penalty", "spot_penalty", method="left", refusal="拒绝签收")
    deliver(story, "deliver_penalty", "spot_penalty", method="left", refusal="拒绝签收", witness="赵示")
    assert story.file.state == "delivered"


def test_since_2024_reconsideration_comes_first_and_the_paper_says_so(world):
    story = heard(world)
    punish(story, "2000")
    draft = next(d for d in story.fresh().drafts if d["code"] == "spot_penalty")
    assert "未经行政复议，不得直接向人民法院起诉" in story.body(draft["id"])
    story = heard(world, day="2023-12-28")
    punish(story, "2000")
    draft = next(d for d in story.fresh().drafts if d["code"] == "spot_penalty")
    assert "不得直接向人民法院起诉" not in story.body(draft["id"])
    story.finish("spot_penalty")
    deliver(story, "deliver_penalty", "spot_penalty")
    assert story.file.running("suit") and story.file.running("reconsideration")


def test_cash_is_taken_only_for_a_small_fine_and_goes_on_in_two_working_days_each(world):
    story = delivered(world)
    fine = story.file.obligations[0]["id"]
    with pytest.raises(Refused, match="超过可以当场收缴的 100元"):
        story.do("take_cash", world.zhang, obligation=fine, amount="2000", ground="small", receipt_number="示例 0001")
    with pytest.raises(Refused, match="须由当事人提出"):
        story.do("take_cash", world.zhang, obligation=fine, amount="2000", ground="remote", receipt_number="示例 0001")
    story.do("take_cash", world.zhang, obligation=fine, amount="2000", ground="hard", receipt_number="示例 0001")
    assert story.file.obligations[0]["met_on"]
    assert [c["due_on"] for c in story.fresh().running("cash_in")] == ["2026-03-04"]
    with pytest.raises(Refused, match="存档联尚未交回"):
        story.do("close_on_spot", world.zhang, result="已收缴", performance="履行完毕")
    story.do("hand_in_cash", world.zhou, "2026-03-04", on="2026-03-04", voucher="交款单")
    assert [c["due_on"] for c in story.fresh().running("cash_bank")] == ["2026-03-06"]


def test_an_order_on_the_spot_runs_as_long_as_it_says(world):
    story = ordered(world)
    assert [c["due_on"] for c in story.file.running("correct")] == ["2026-03-09"]
    story.do("hand_in_copy", world.zhang, "2026-03-03", on="2026-03-03", numbers="当改1号")
    with pytest.raises(Refused, match="尚未届满"):
        story.do("note_correction", world.zhang, result="none", note="没有改")
    story.do("note_correction", world.zhang, "2026-03-06", result="all", note="已经公示。")
    assert story.do("close_on_spot", world.zhang, result="已改正。", performance="已改正").state == "closed"


def test_what_is_too_much_goes_on_in_a_file_of_the_general_procedure(world):
    story = spotted(world)
    story.do("convert", world.zhang, ground="limit", reason="拟罚款超过当场处罚的限额")
    assert story.file.state == "converted" and halves(story.file.id) == []
    with acting(world.zhang.pk):
        child = Dossier.objects.get(parent_id=story.file.id)
    assert (child.flow, child.state) == ("general", "acceptance_review") and child.title.startswith(COMPANY)


def test_what_was_found_on_the_spot_is_found_there_too(world):
    story = heard(world)
    story.do("convert", world.zhang, ground="limit", reason="拟罚款超过当场处罚的限额")
    with acting(world.zhang.pk):
        child = read(Dossier.objects.get(parent_id=story.file.id).pk, world.zhang.pk, story.now)
    assert halves(child.id) == halves(story.file.id) == []
    (before,), (now,) = story.file.findings, child.findings
    own = {"id", "seq", "party_id"}
    assert {k: v for k, v in now.items() if k not in own} == {k: v for k, v in before.items() if k not in own}
    assert now["party_id"] == child.parties[0]["id"] and now["id"] != before["id"]
    assert child.last("take_over_findings")[0] == now["seq"]


def contested(story, day="2026-04-01", **more):
    """Reconsideration of the penalty, taken up."""
    told = {"kind": "reconsideration", "office": "示例区人民政府", "made_on": day, "reason": "没有阻挠。"} | more
    paper, party = story.paper("spot_penalty")["id"], story.file.parties[0]["id"]
    story.do("open_relief", story.world.zhao, day, decision=paper, party=party, **told)
    track = story.beside("relief")
    track.do("note_relief_accepted", story.world.zhao, accepted_on=day, copy_on=day, way="summary", number="示例 1 号")
    track.do("submit_answer", story.world.zhao, on=day, person="赵法制", materials="案卷一册")
    return track


RESULT = {"document": "宝政复决〔2026〕2 号", "reason": "见决定书。"}


def test_a_penalty_on_the_spot_can_be_contested_and_changed(world):
    story = delivered(world)
    with pytest.raises(Refused, match="复议机关是示例区人民政府"):
        contested(story, office="示例市人力资源和社会保障局")
    track = contested(story)
    track.do(
        "note_relief_changed",
        world.zhao,
        "2026-04-20",
        received_on="2026-04-20",
        final_on="2026-04-20",
        fine="500",
        **RESULT,
    )
    story.now = track.now
    assert [str(o["amount"]) for o in story.fresh().obligations] == ["500.00"]
    assert story.file.running("suit_after_reconsideration") and story.file.running("retract")
    assert halves(story.file.id) == halves(track.file.id) == []


def test_a_penalty_on_the_spot_that_fell_binds_nobody_and_its_matter_goes_the_general_way(world):
    from laojian.employers.models import Employer

    firm = Employer.objects.create(name=COMPANY, kind="company", address="示例路 8 号")
    story = delivered(world, employer=firm.pk, respondent="")
    story.do("hand_in_copy", world.zhang, "2026-03-03", on="2026-03-03", numbers="当罚1号")
    with pytest.raises(Refused, match="已经当场处罚"):
        story.do("convert", world.zhang, ground="other", reason="重新处理")
    track = contested(story)
    track.do(
        "note_relief_revoked",
        world.zhao,
        "2026-04-20",
        received_on="2026-04-20",
        final_on="2026-04-20",
        remake="yes",
        **RESULT,
    )
    story.now = track.now
    assert story.fresh().obligations == [] and story.paper("spot_penalty")["voided"]
    with acting(world.zhang.pk):
        assert earlier_violations(firm.pk, at("2026-06-01").date()) == [], (
            "a decision that fell is no earlier violation"
        )
    story.do("convert", world.zhang, "2026-04-21", ground="other", reason="复议决定责令重新处理")
    assert story.file.state == "converted" and not story.file.running("reconsideration")
    assert halves(story.file.id) == []
    story.do("note_retracted", world.zhou, "2026-04-22", on="2026-04-22", note="没有公示过。")
    assert not story.file.running("retract")


def test_a_penalty_on_the_spot_is_corrected_by_the_bureau_even_in_the_archive(world):
    story = delivered(world)
    story.do("hand_in_copy", world.zhang, "2026-03-03", on="2026-03-03", numbers="当罚1号")
    fine = story.file.obligations[0]
    story.do("register_payment", world.zhou, "2026-03-10", on="2026-03-10", of="fine", way="voluntary", payer=story.party(),
             obligation=fine["id"], amount=fine["amount"], voucher="示例银行回单")  # fmt: skip
    story.do("close_on_spot", world.zhang, result="罚款已缴。", performance="履行完毕")
    story.do("archive", world.zhou, pages=6, retention="永久")
    wrong = {"decision": story.paper("spot_penalty")["id"], "way": "revoke", "reason": "认定的主体有误。"}
    with pytest.raises(Refused, match="由主要负责人办理"):
        story.do("correct_decision", world.zhang, "2026-05-11", **wrong)
    story.do("correct_decision", world.qian, "2026-05-11", **wrong)
    assert story.lacked["correction_decision"] == []
    story.finish("correction_decision")
    story.serve(
        "serve_paper", "correction_decision", story.party(), place="该公司", receiver="陈示东", relation="法定代表人"
    )
    assert story.paper("correction_decision")["services"] and halves(story.file.id) == []


def test_a_fine_that_is_not_paid_is_enforced_beside_the_file(world):
    story = delivered(world)
    with pytest.raises(Refused, match="已经交付各当事人"):
        deliver(story, "deliver_penalty", "spot_penalty")
    story.do("hand_in_copy", world.zhang, "2026-03-03", on="2026-03-03", numbers="当罚1号")
    decision = story.paper("spot_penalty")["id"]
    story.do(
        "open_enforcement",
        world.zhang,
        "2026-03-18",
        decision=decision,
        party=story.file.parties[0]["id"],
        reason="没有缴纳",
    )
    track = story.beside("enforcement")
    assert track.file.state == "collecting"
    with pytest.raises(Refused, match="执行分卷尚未办结"):
        story.do("close_on_spot", world.zhang, result="没有缴", performance="没有履行")
    track.do("stop_enforcement", world.qian, "2026-03-19", ground="gone", reason="主体消灭")
    story.fresh()
    assert (
        story.do("close_on_spot", world.zhang, "2026-03-20", result="终止执行。", performance="没有履行").state
        == "closed"
    )


def test_what_was_punished_on_the_spot_does_not_go_on_elsewhere(world):
    story = delivered(world)
    with pytest.raises(Refused):
        story.do("convert", world.zhang, ground="limit", reason="改判")


def test_a_penalty_on_the_spot_is_an_earlier_violation(world):
    from laojian.employers.models import Employer

    firm = Employer.objects.create(name=COMPANY, kind="company", address="示例路 8 号")
    delivered(world, employer=firm.pk, respondent="")
    with acting(world.zhang.pk):
        rows = earlier_violations(firm.pk, at("2026-06-01").date())
    assert [(row["decision"], int(row["amount"])) for row in rows] == [("punish_on_spot", 2000)]

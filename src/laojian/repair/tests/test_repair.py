"""A penalty is repaired when it was shown long enough, everything is done and a promise was made; then it is shown nowhere."""

import pytest
from tests.beside import decided_briefly
from tests.casework import COMPANY, Story
from tests.repairing import applied, penalty, repaired

from laojian.exchange.models import Outgoing
from laojian.papers.models import Paper
from laojian.procedure.step import Refused
from laojian.procedure.tests.whole import halves

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world):
    return penalty(world)


def refused(story, verb, by, day=None, **given) -> str:
    with pytest.raises(Refused) as found:
        story.do(verb, by, day, **given)
    return str(found.value)


def due(told, key):
    return [c["due_on"] for c in told.fresh().running(key)]


def newest() -> dict:
    """The newest version of everything on every platform."""
    rows = Outgoing.objects.order_by("version")
    return {(row.platform, row.key.split(":")[0]): row.act for row in rows}


def test_it_is_taken_up_in_three_working_days_decided_in_seven_and_lengthened_once(world, case):
    told = applied(world, case)
    assert due(told, "repair_accept") == ["2026-07-30"]
    told.do("accept_application", world.zhou, "2026-07-28", opinion="材料齐全。")
    assert due(told, "repair_decide") == ["2026-08-06"]
    told.do("extend_repair", world.sun, opinion="须向银行核实。")
    assert due(told, "repair_decide") == ["2026-08-20"]
    assert "延长过一次" in refused(told, "extend_repair", world.sun, opinion="再延长")
    assert halves(told.file.id) == []


def test_granted_it_is_shown_and_shared_nowhere(world, case):
    assert set(newest().values()) == {"put"}
    told = repaired(world, case)
    assert {act for (_, kind), act in newest().items() if kind == "penalty"} == {"withdraw"}
    assert {platform for (platform, kind) in newest() if kind == "repair"} == {"credit_china", "sharing"}
    assert due(told, "repair_answer") == ["2026-08-10"]
    told.do("note_feedback", world.zhou, "2026-08-03", on="2026-08-03", receipt="示例回执")
    told.do("close_repair", world.zhou, opinion="办结")
    assert told.file.state == "repair_closed" and halves(told.file.id) == []


def test_false_material_shows_it_again(world, case):
    told = repaired(world, case)
    told.do("revoke_repair", world.sun, "2026-08-05", reason="收据系伪造。")
    assert {act for (_, kind), act in newest().items() if kind == "penalty"} == {"put"}
    assert {act for (_, kind), act in newest().items() if kind == "repair"} == {"withdraw"}
    held = Outgoing.objects.filter(key__startswith="penalty:", platform="credit_china").order_by("-version").first()
    assert held.payload["CF_XDR_MC"] == COMPANY and not held.faults


def test_before_the_least_time_it_is_not_taken_up_and_after_the_longest_it_needs_none(world, case):
    told = applied(world, case, "2026-07-20")
    assert "2026-07-21 起才可以修复" in refused(told, "accept_application", world.zhou, opinion="受理")
    told.do("refuse_application", world.zhou, "2026-07-21", reason="没有满最短公示期。")
    late = applied(world, case, "2027-04-21")
    assert "自动停止" in refused(late, "accept_application", world.zhou, opinion="受理")


def test_what_is_not_performed_is_not_repaired(world):
    case = Story(world)
    decided_briefly(case)
    told = applied(world, case)
    told.do("accept_application", world.zhou, opinion="材料齐全。")
    told.do("check_repair", world.zhang, found="没有缴纳。")
    assert "没有履行完毕" in refused(told, "grant_repair", world.sun, opinion="准予")


def test_without_proof_and_promise_it_is_not_taken_up(world, case):
    told = applied(world, case, proof="", promise=False)
    said = refused(told, "accept_application", world.zhou, opinion="受理")
    assert "改正和履行义务的证明" in said and "信用承诺书" in said
    told.do("supplement_application", world.zhou, proof="罚款收据", promise=True)
    told.do("accept_application", world.zhou, opinion="材料齐全。")


def test_one_application_at_a_time_by_a_party_of_a_decision_of_this_bureau(world, case):
    applied(world, case)
    with pytest.raises(Refused, match="正在办理"):
        applied(world, case)
    with pytest.raises(Refused, match="没有处罚"):
        applied(world, case, applicant="别的示例公司")
    with pytest.raises(Refused, match="没有文号"):
        Story(world, "repair").do("note_application", world.zhou, "2026-07-27", number="无此号", received_on="2026-07-27",
                                  applicant=COMPANY, channel="window", held="plain", held_why="一般")  # fmt: skip


@pytest.mark.parametrize(
    ("decided", "held", "says"),
    [
        ("2019-06-30", "plain", "当时的公示期没有核到"),
        ("2023-04-30", "special", "不得提前修复"),
        ("2023-05-01", "grave", "按信用信息修复管理办法（试行）分为：不分档"),
        ("2026-03-31", "grave", "按信用信息修复管理办法（试行）分为：不分档"),
    ],
)
def test_the_class_is_one_of_the_rules_of_the_day_of_the_decision(world, case, decided, held, says):
    Paper.objects.filter(code="penalty_decision").update(issued_on=decided)
    with pytest.raises(Refused) as found:
        applied(world, case, held=held)
    assert says in str(found.value)


def test_the_letter_of_repair_goes_out_with_the_decision(world, case):
    text = str(Paper.objects.get(code="penalty_decision").body)
    assert "信用修复告知书" in text and "信用中国" in text and "轻微失信原则上不公示" in text


def test_whoever_looked_into_it_does_not_grant_it(world, case):
    told = applied(world, case)
    told.do("accept_application", world.zhou, opinion="材料齐全。")
    told.do("check_repair", world.zhang, found="罚款已缴。")
    told.do("return_repair", world.sun, opinion="请补充核实")
    told.do("check_repair", world.zhang, found="已向银行核实。")
    told.do("refuse_repair", world.sun, reason="承诺没有公开。")
    assert told.file.state == "repair_refused" and halves(told.file.id) == []
    assert applied(world, case, "2026-08-03").file.state == "repair_applied"

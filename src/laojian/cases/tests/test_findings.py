"""A fine rests on findings: through the same doors as the screens, told as small stories; and the pure sums beneath."""

import json
from datetime import date
from decimal import Decimal

import pytest
import yaml
from tests.world import at

from laojian.cases.findings import between, intended, order_state
from laojian.cases.penalty_guards import NOT_YET, ordered_first
from laojian.cases.replay.play import Play
from laojian.cases.replay.story import read_story
from laojian.procedure.step import File

pytestmark = pytest.mark.django_db
OPENED = [
    {"do": "登记", "day": date(2026, 3, 2), "来源": "self_found", "案由": "拖欠工资", "被投诉": "示例装饰有限公司", "反映事项": "拖欠工资"},
    {"do": "登记劳动者", "day": "silent", "劳动者明细": {"人数": 4, "合计": 40000, "月份": ["2026-01"]}},
    {"do": "拟予立案", "day": "silent", "违法行为起": date(2026, 1, 1), "违法状态": "继续", "others": "silent"},
    {"silent": ["批准立案", "指派承办", "询问"]},
    {"do": "补充证据", "day": "silent", "名称": "工资记录", "others": "silent"},
]  # fmt: skip
PAY = {"谁": "单位", "义务": "支付工资等待遇", "依据": "lsr-26", "要求": "支付工资", "金额": 40000}
ORDER = {
    "do": "责令改正",
    "day": date(2026, 3, 3),
    "受文人及义务": [PAY],
    "改正期限": 5,
    "期限单位": "个工作日",
    "others": "silent",
}
ORDERED = [ORDER, {"do": "送达责令改正", "day": date(2026, 3, 3)}]
UNHEEDED = [*ORDERED, {"do": "核实改正情况", "day": date(2026, 3, 11), "改正情况": "未改正", "others": "silent"}]
PAID = {"do": "登记付款", "day": "silent", "款项": "工资等待遇", "方式": "按指令（决定）支付", "金额": 40000}
HEARD = [{"silent": ["批准告知", "送达告知书", "结束陈述申辩", "复核陈述申辩", "送决定前审核"]}]
AGREED = {"do": "审核同意", "day": "silent", "others": "silent"}


def found(fine=None, **more):
    told = {
        "do": "认定违法",
        "day": "silent",
        "违法事项": "对经责令改正拒不改正",
        "违法行为开始": date(2026, 3, 11),
        "改正情况": "没有改正",
    }
    return told | ({"拟罚款": fine} if fine is not None else {}) | more


def ended(fine):
    return {"do": "调查终结", "day": "silent", "处理建议": "行政处罚", "拟罚款": fine, "others": "silent"}


def told_of(fine):
    return {"do": "拟告知", "day": "silent", "拟罚款": fine, "others": "silent"}


def decided(fine, **more):
    row = {"谁": "单位", "义务": "缴纳罚款", "依据": "lsr-30", "要求": "缴纳罚款", "金额": fine}
    return {"do": "决定行政处罚", "day": "silent", "受文人及义务": [row], "others": "silent"} | more


def refused(step, *articles):
    return step | {"expect": "refused", "article": list(articles)}


@pytest.fixture
def played(tmp_path):
    """A story played to its end; what is meant to be refused must be, on the articles named."""

    def play(*steps, **ends):
        path = tmp_path / "story.yaml"
        told = {"case": "x", "title": "示例", "steps": [*OPENED, *steps], "ends": ends}
        path.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
        return Play(read_story(path)).run()

    return play


DISCUSSED = [
    {"do": "召集集体讨论", "day": "silent", "others": "silent"},
    {"do": "记录集体讨论", "day": "silent", "结论": "同意处理建议", "others": "silent",
     "参会负责人的意见": [
         {"姓名": name, "职务": post, "意见": "同意", "发言要点": "同意减轻"}
         for name, post in (("钱示长", "局长"), ("孙示管", "副局长"), ("吴示管", "副局长"))
     ]},
]  # fmt: skip
MITIGATED = {"改正情况": "逾期，但在决定前改正", "裁量情节": ["主动消除或者减轻违法行为危害后果"]}


def test_a_thousand_for_refusing_passes_only_with_a_ground_a_reason_and_a_review(played):
    play = played(
        *UNHEEDED, PAID,
        refused(found(1000), "lsr-30"),
        refused(found(1000, **MITIGATED), "apl-32"),
        found(1000, **MITIGATED, 书面理由="逾期三日即主动全部付清"),
        ended(1000), told_of(1000), *HEARD,
        refused(AGREED, "apl-32"),
        AGREED | {"对减轻处罚的审核意见": "情节属实，同意减轻"},
        refused(decided(1000), "apl-57"),
        *DISCUSSED,
        decided(1000), decided_fine=1000,
    )  # fmt: skip
    (finding,) = play.walk.fresh().findings
    assert (finding["lowest"], finding["highest"], finding["amount"]) == (2000, 20000, 1000)
    assert finding["version"] == "2004-12-01" and finding["why"][0]["basis"] == "apl-37"


def test_the_maximum_after_payment_is_answered_in_writing_and_one_yuan_more_is_refused(played):
    reason = {"书面理由": "多次催告仍不支付"}
    played(
        *UNHEEDED,
        refused(found(20001, **reason), "lsr-30"),
        found(20000, **reason),
        ended(20000), refused(told_of(20001), "lsr-30"), told_of(20000), PAID, *HEARD, AGREED,
        refused(decided(20001), "lsr-30", "apl-45"),
        refused(decided(20000), "apl-32"),
        decided(20000, 当事人已经改正仍按上限罚款的理由="付款系由代付人垫付，当事人至今没有付出"),
        decided_fine=20000,
    )  # fmt: skip


def test_without_a_finding_nothing_is_told_and_nobody_is_fined(played):
    played(*UNHEEDED, ended(2000), refused(told_of(2000), "apl-40"))


def test_a_fine_waits_until_an_order_was_not_obeyed(played):
    early = refused(found(2000, 违法行为开始=date(2026, 1, 1)), "lsr-30")
    played(early, *ORDERED, early | {"day": date(2026, 3, 4)})


def test_what_was_paid_in_time_is_no_disobedience(played):
    paid = PAID | {"day": date(2026, 3, 5), "履行的义务": "支付工资"}
    checked = {"do": "核实改正情况", "day": date(2026, 3, 11), "改正情况": "全部改正", "others": "silent"}
    played(*ORDERED, paid, checked, refused(found(2000), "lsr-30"))


def test_a_finding_that_is_taken_back_no_longer_carries_a_fine(played):
    dropped = {"do": "撤回认定", "day": "silent", "认定": "示例装饰有限公司", "理由": "证据不足"}
    play = played(*UNHEEDED, found(2000), dropped, ended(2000), refused(told_of(2000), "apl-40"))
    assert play.walk.fresh().findings == []


def test_a_fine_just_above_two_thousand_waits_for_the_time_to_ask_for_a_hearing(played):
    """With the hearing amount unset the right to a hearing is told for every fine (apl-63): five working days, then the decision."""
    play = played(
        *UNHEEDED, found(2001), ended(2001), told_of(2001), {"silent": ["批准告知"]},
        {"do": "送达告知书", "day": date(2026, 3, 16)},
        refused({"do": "结束陈述申辩", "day": date(2026, 3, 23)}, "apl-64"),
        {"do": "结束陈述申辩", "day": date(2026, 3, 24)},
        {"silent": ["复核陈述申辩", "送决定前审核", "审核同意"]}, decided(2001), decided_fine=2001,
    )  # fmt: skip
    (asked,) = [clock for clock in play.walk.fresh().clocks if clock["key"] == "hearing_request"]
    assert (asked["length"], asked["unit"], asked["due_on"]) == (5, "working_day", "2026-03-23")


def added(sum_, **more):
    rows = [
        dict(PAY),
        {"谁": "单位", "义务": "加付赔偿金", "依据": "lcl-85", "要求": "加付赔偿金", "金额": sum_},
    ]  # fmt: skip
    told = {
        "do": "决定行政处理",
        "day": "silent",
        "受文人及义务": rows,
        "履行期限": 15,
        "期限单位": "日",
        "others": "silent",
    }
    return told | more


def to_treat(*orders):
    end = {"do": "调查终结", "day": "silent", "处理建议": "行政处理", "others": "silent"}
    return (*orders, end, {"do": "拟告知", "day": "silent", "others": "silent"}, *HEARD, AGREED)


def test_an_addition_to_wages_lies_between_half_and_the_whole_of_what_was_not_paid(played):
    outside = [refused(added(sum_), "lcl-85") for sum_ in (19999, 40001)]
    played(*to_treat(*UNHEEDED), *outside, added(20000), decided_compensate=20000)


def test_without_an_order_nothing_is_added(played):
    played(*to_treat(), refused(added(20000), "lcl-85"))


def test_what_was_paid_late_still_counts_for_the_addition(played):
    late = PAID | {"金额": 30000, "day": date(2026, 3, 12)}
    rest = added(20000)
    rest["受文人及义务"][0]["金额"] = 10000
    played(*to_treat(*UNHEEDED, late), rest, decided_compensate=20000, decided_pay=10000)


# ── the states of an order, and sums of several findings: no database ──

PAPER = {"id": 1, "nth": 3, "code": "correction_order", "voided": "", "services": [{"party_id": 1}]}


def file_with(met_on=None, ending="", checked=False, due="2026-03-10"):
    parts = {
        "papers": [PAPER], "obligations": [{"seq": 3, "met_on": met_on, "kind": "pay"}],
        "clocks": [{"key": "correct", "subject": "1:1", "due_on": due, "ending": ending}],
    }  # fmt: skip
    took = [[4, "note_correction", "核实改正情况", 1, "示", ""]] if checked else []
    return File(None, json.dumps(parts), took, "", {}, {}, at("2026-03-09"))


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ({}, "running"), ({"due": "2026-03-08"}, "unchecked"), ({"ending": "lapsed"}, "unchecked"),
        ({"ending": "stopped", "checked": True}, "disobeyed"), ({"met_on": "2026-03-10", "ending": "stopped"}, "obeyed"),
        ({"met_on": "2026-03-11", "ending": "lapsed", "checked": True}, "disobeyed"),
    ],
)  # fmt: skip
def test_how_an_order_stands(told, state):
    assert order_state(file_with(**told)) == state


@pytest.mark.parametrize(
    ("told", "state"), [({}, "running"), ({"ending": "lapsed"}, "unchecked"), ({"met_on": "2026-03-10"}, "obeyed")]
)
def test_nothing_is_added_before_a_payment_order_has_lapsed_unheeded(told, state):
    given = {"addressees": [{"kind": "compensate", "amount": "20000"}]}
    (reason,) = ordered_first(file_with(**told), None, given)
    assert (reason.text, reason.basis) == (NOT_YET[state], "lcl-85")


def a_finding(id_, lowest, highest, same_as=None, party=1, optional=False):
    return {"id": id_, "party_id": party, "same_as_id": same_as, "lowest": lowest, "floor": lowest, "highest": highest, "amount": lowest,
            "optional": optional, "power": "refuse-order", "version": "2004-12-01"}  # fmt: skip


def test_one_act_is_fined_once_by_the_heavier_provision_and_several_acts_add_up():
    one, other = a_finding(1, 2000, 20000), a_finding(2, 5000, 10000, same_as=1)
    assert (between([one, other], 1).lowest, between([one, other], 1).highest) == (2000, 20000)
    apart = between([one, a_finding(2, 5000, 10000)], 1)
    assert (apart.lowest, apart.highest) == (7000, 30000)
    assert intended([one, other]) == Decimal(5000) and intended([one, a_finding(2, 5000, 10000)]) == Decimal(7000)


def test_each_party_has_its_own_range():
    findings = [a_finding(1, 2000, 20000), a_finding(2, 10000, 30000, party=2)]
    assert [between(findings, party).highest for party in (1, 2)] == [20000, 30000]
    assert between(findings, 3) is None and between(findings).highest == 50000


def test_an_unnamed_highest_stays_unnamed_and_an_optional_fine_may_be_left_out():
    assert between([a_finding(1, 0, None), a_finding(2, 2000, 20000)], 1).highest is None
    some = between([a_finding(1, 2200, 11000, optional=True), a_finding(2, 2000, 20000)], 1)
    assert (some.floor, some.highest, some.optional) == (2000, 31000, False)
    assert between([a_finding(1, 2200, 11000, optional=True)], 1).optional

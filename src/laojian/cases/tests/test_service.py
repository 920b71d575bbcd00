"""Service that rests on a paper: by announcement on a sealed announcement, electronically on what the recipient signed."""

import pytest
from tests.casework import COMPANY, FACTS, PARTS, VIOLATED, Story, opened
from tests.world import at

from laojian.cases.forms.paper import Serving
from laojian.papers.models import Paper
from laojian.people.acting import acting
from laojian.procedure.step import Refused
from laojian.procedure.take import FLOWS

pytestmark = pytest.mark.django_db
COURSE = "3 月 12 日、13 日两次到登记住所送达，大门紧锁；邮寄被退回。"


@pytest.fixture
def order(world) -> Story:
    """A sealed correction order that reached nobody yet."""
    story = Story(world)
    opened(story)
    story.do("order_correction", world.zhang, "2026-03-12", facts=FACTS, violated=VIOLATED, demand="支付工资", length=15, unit="day",
             addressees=[{"party": story.party(), "kind": "pay", "ground": "lsr-26", "demand": "支付工资", "amount": "36200.50"}],
             evidence="台账")  # fmt: skip
    story.finish()
    return story


def announced(story, day="2026-03-16", **more):
    """The announcement, numbered and sealed."""
    about = {
        "paper": story.paper("correction_order")["id"],
        "party": story.party(),
        "reasons": "下落不明",
        "course": COURSE,
    }
    story.do("announce", story.world.zhang, day, **about | more)
    assert story.lacked["announcement"] == []
    story.finish("announcement")
    return story.paper("announcement")


def by_announcement(story, day="2026-03-17", **more):
    """The service entered on the day on which the announcement was put up."""
    given = {"paper": story.paper("correction_order")["id"], "party": story.party(), "method": "announced", "done_at": at(day, 8),
             "place": "本机关公告栏、官方网站"}  # fmt: skip
    return story.do("serve_order", story.world.zhang, day, **given | more)


def test_an_announced_order_counts_from_the_day_after_the_period(order):
    """Put up on 17 March 2026, thirty days end on 16 April; served on the 17th, and the fifteen days for correction begin then."""
    sheet = announced(order)
    assert sheet["number"] == "宝人社监公〔2026〕1号" and sheet["given"]["addressee"] == COMPANY
    by_announcement(order, announcement=sheet["id"])
    (service,) = order.paper("correction_order")["services"]
    assert service["effective_on"] == "2026-04-17" and service["why"][0] == COURSE and "30 日" in service["why"][1]
    (clock,) = order.file.running("correct")
    assert (clock["started_on"], clock["due_on"]) == (
        "2026-04-17",
        "2026-05-06",
    )  # 2 May is a holiday, work begins on the 6th


def test_nothing_is_served_by_announcement_without_its_announcement(order):
    with pytest.raises(Refused, match="须以盖章的送达公告为据"):
        by_announcement(order)
    sheet = announced(order)
    with pytest.raises(Refused, match="张贴或者刊登"):
        by_announcement(order, announcement=sheet["id"], place="")
    with pytest.raises(Refused, match="公告之日早于公告成文日期"):
        by_announcement(order, day="2026-03-17", announcement=sheet["id"], done_at=at("2026-03-13"))


def test_an_announcement_serves_for_nobody_else(order):
    order.do("keep_party", order.world.zhang, kind="main_contractor", role="liable", name="示例总承包（示例）有限公司")
    sheet = announced(order)
    with pytest.raises(Refused, match="另一份文书或者另一名受送达人"):
        by_announcement(order, announcement=sheet["id"], party=order.party("示例总承包（示例）有限公司"))


def test_an_unsealed_announcement_cannot_be_chosen(order):
    order.do("announce", order.world.zhang, "2026-03-16", paper=order.paper("correction_order")["id"], party=order.party(),
             reasons="下落不明", course=COURSE)  # fmt: skip
    with acting(order.world.zhang.pk):
        draft = Paper.objects.get(dossier_id=order.file.id, code="announcement")
    with pytest.raises(Refused, match="送达公告"):
        by_announcement(order, announcement=draft.pk)


def electronically(story, code):
    given = {"paper": story.paper(code)["id"], "party": story.party(), "method": "electronic", "done_at": story.now}
    return story.do("serve_decision", story.world.zhang, **given)


def asked(story, electronic, account=""):
    """The party is asked where to be served, and signs what it said."""
    story.do("confirm_address", story.world.zhang, party=story.party(), address="示例路 9 号", phone="13900000000",
             electronic=electronic, account=account)  # fmt: skip
    assert story.lacked["address_confirmation"] == []
    story.finish("address_confirmation")


@pytest.fixture
def decided(world) -> Story:
    """Penalty and treatment, sealed; nobody asked the party how it wants to be served."""
    story = Story(world)
    taken = story.do
    story.do = lambda verb, *args, **given: verb == "confirm_address" or taken(verb, *args, **given)
    for part in PARTS[:5]:
        part(story)
    story.do, party = taken, story.party()
    fine = {"party": party, "kind": "fine", "ground": "lsr-30", "demand": "缴纳罚款", "amount": "8000"}
    pay = {"party": party, "kind": "pay", "ground": "lsr-26", "demand": "支付尚欠的工资", "amount": "31000.50"}
    common = {"facts": FACTS, "violated": VIOLATED, "discretion": "属一般情节", "basis": "《劳动保障监察条例》第三十条"}
    story.do("decide_penalty", world.sun, "2026-04-20", decided="罚款 8000 元。", addressees=[fine], major="no", major_reason="情节一般。",
             **common)  # fmt: skip
    story.do("decide_treatment", world.sun, decided="支付工资。", addressees=[pay], length=15, unit="day", **common)
    story.finish()
    return story


def test_a_penalty_is_served_electronically_only_as_the_party_confirmed_in_writing(decided):
    story = decided
    with pytest.raises(Refused, match="没有受送达人签名、同意电子送达的送达地址确认书") as refused:
        electronically(story, "penalty_decision")
    assert {reason.basis for reason in refused.value.reasons} == {"apl-61"}
    with pytest.raises(Refused, match="请写明传真号、电子邮箱"):
        asked(story, "agreed")
    asked(story, "agreed", "示例@example.invalid")
    assert electronically(story, "penalty_decision").state == "performing"
    asked(story, "refused")  # what was said last counts
    with pytest.raises(Refused, match="没有受送达人签名"):
        electronically(story, "treatment_decision")


def test_no_case_closes_before_its_announced_decision_counts_as_served(decided, world):
    story = decided
    told = {"party": story.party(), "reasons": "下落不明", "course": COURSE}
    for code in ("penalty_decision", "treatment_decision"):
        story.do("announce", world.zhang, paper=story.paper(code)["id"], **told)
        story.finish("announcement")
        story.do("serve_decision", world.zhang, paper=story.paper(code)["id"], party=story.party(), method="announced",
                 announcement=story.paper("announcement")["id"], done_at=story.now, place="本机关公告栏")  # fmt: skip
    closing = {"result": "罚款", "performance": "已履行"}
    with pytest.raises(Refused, match="公告期未满，2026-05-21 才视为送达"):
        story.do("propose_closing", world.zhang, "2026-04-30", **closing)
    with pytest.raises(Refused) as later:
        story.do("propose_closing", world.zhang, "2026-05-21", **closing)
    assert not any("公告期" in str(reason) for reason in later.value.reasons)


def test_every_step_that_serves_asks_for_seal_and_paper():
    serving = [step for flow in FLOWS.values() for step in flow.steps if issubclass(step.given, Serving)]
    assert len(serving) >= 4
    assert [step.verb for step in serving if not {"sealed_first", "on_paper"} <= {*step.needs}] == []

"""Files of the summary procedure, told in parts."""

from datetime import timedelta

from tests.casework import COMPLAINT, Story
from tests.world import at

COMPANY = COMPLAINT["respondent"]
FACTS = "检查时该单位拒不提供用工名册，当场查明。"
FOUND = {
    "matter": "refusal", "place": "示例工业园 8 号", "respondent": COMPANY, "respondent_kind": "employer", "summary": FACTS,
    "respondent_code": COMPLAINT["respondent_code"], "respondent_address": "示例工业园 8 号", "shown": True,
}  # fmt: skip


def spotted(world, day="2026-03-02", kind="employer", **more) -> Story:
    """Two inspectors meet with a violation."""
    story = Story(world, "summary")
    story.now = at(day, 10)
    who = {"respondent_kind": kind} | ({"respondent": "赵示", "respondent_code": ""} if kind == "person" else {})
    told = FOUND | who | {"second": world.li.pk, "found_at": story.now - timedelta(minutes=20)} | more
    story.do("open_on_spot", world.zhang, **told)
    return story


def heard(world, **more) -> Story:
    """The violation is found, the party told and heard."""
    story = spotted(world, **more)
    story.do("find_violation", world.zhang, party=story.file.parties[0]["id"], power="obstruct-inspection", corrected="before_decision",
             began_on=story.file.on, ceased_on=story.file.on, amount="2000", reason="当场改正，从轻。")  # fmt: skip
    story.do("hear_on_spot", world.zhang, told=True, person="陈示东", content="没有意见。", adopted="silent")
    return story


def punish(story, fine, day=None, kind="fine"):
    """A penalty of so many yuan."""
    row = {"party": story.file.parties[0]["id"], "kind": kind, "ground": "lsr-30", "demand": "缴纳罚款", "amount": fine}
    return story.do("punish_on_spot", story.world.zhang, day, facts=FACTS, violated="《劳动保障监察条例》第十一条",
                    basis="《劳动保障监察条例》第三十条", discretion="当场改正", addressees=[row])  # fmt: skip


def punished(world, **more) -> Story:
    """The decision is on the preset form, numbered, signed, sealed."""
    story = heard(world, **more)
    punish(story, "2000")
    story.finish("spot_penalty")
    return story


def deliver(story, verb, code, day=None, **more):
    """The paper is handed over on the spot; no receipt but the copy that the party signed."""
    paper = story.paper(code)
    story.now = at(day) if day else story.now + timedelta(minutes=3)
    told = {
        "method": "direct",
        "done_at": story.now,
        "place": "现场",
        "receiver": "陈示东",
        "relation": "法定代表人",
    } | more
    return story.do(verb, story.world.zhang, str(story.now.date()) if day else None, paper=paper["id"],
                    party=story.file.parties[0]["id"], second_server="李监察", **told)  # fmt: skip


def delivered(world, **more) -> Story:
    """The decision is handed over."""
    story = punished(world, **more)
    deliver(story, "deliver_penalty", "spot_penalty")
    return story


def ordered(world) -> Story:
    """An order to put right, handed over."""
    story = spotted(world)
    row = {"party": story.file.parties[0]["id"], "kind": "correct", "ground": "lsr-18", "demand": "公示工资支付情况"}
    story.do("order_on_spot", world.zhang, facts=FACTS, violated="《保障农民工工资支付条例》第三十四条", demand="在工地显著位置公示。",
             addressees=[row], length=7, unit="day")  # fmt: skip
    story.finish("spot_order")
    deliver(story, "deliver_order", "spot_order")
    return story


SPOTS = (delivered, ordered)

"""Phases of demo files of the summary procedure: met with, decided, handed over, paid, closed, or turned into a case."""

from laojian.cases.replay.wording import respondent
from laojian.papers.actions import templates

from .journey import Journey, fill_open
from .phases import cited

FACTS = "检查时该单位无理阻挠，拒不让监察员进入作业场所，当场劝导后改正"
FINE = "2000"


def meet(j: Journey) -> None:
    """Two inspectors meet with it on a round."""
    second = j.walk.cast.posts["inspector"][1].pk
    j.go("open_on_spot", employer=j.employer.pk, matter="refusal", place=j.employer.address, summary=FACTS, second=second,
         found_at=j.at(), shown=True)  # fmt: skip


def settle_on_spot(j: Journey) -> None:
    """Told, heard, found, fined: all within the hour."""
    party, day = respondent(j.file), j.walk.now.date()
    j.go("hear_on_spot", told=True, person=j.employer.legal_rep, content="没有意见，愿意配合", adopted="silent")
    j.go("find_violation", party=party, power="obstruct-inspection", began_on=day, ceased_on=day, corrected="before_decision",
         amount=FINE, reason="当场改正，按最低数额处罚")  # fmt: skip
    row = {"party": party, "kind": "fine", "ground": "lsr-30", "demand": "缴纳罚款", "amount": FINE}
    j.go(
        "punish_on_spot",
        facts=FACTS,
        violated=cited("lsr-15"),
        basis=cited("lsr-30"),
        discretion="当场改正",
        addressees=[row],
    )


def hand_over_on_spot(j: Journey) -> None:
    """The decision is numbered, signed, handed over."""
    deliver(j, "deliver_penalty", "spot_penalty")


def direct_on_spot(j: Journey) -> None:
    """An order to put right instead of a penalty, handed over."""
    row = {"party": respondent(j.file), "kind": "correct", "ground": "lsr-18", "demand": "配合监察，提供用工资料"}
    j.go(
        "order_on_spot",
        facts=FACTS,
        violated=cited("lsr-15"),
        demand="提供职工名册和考勤记录",
        addressees=[row],
        length=7,
        unit="day",
    )
    deliver(j, "deliver_order", "spot_order")
    j.go("hand_in_copy", numbers="当场限期改正指令书", on=j.at().date())


def deliver(j: Journey, verb: str, code: str) -> None:
    """The draft becomes a paper that the party has in hand the same hour."""
    for draft in j.walk.drafts(code):
        j.walk.finish(draft, j.at(), fill_open)
    paper = next(p for p in j.walk.fresh().papers if p["code"] == code)
    second = j.walk.cast.posts["inspector"][1].name
    j.go(verb, paper=paper["id"], party=respondent(j.file), method="direct", done_at=j.at(), place="现场",
         receiver=j.employer.legal_rep or "负责人", relation="负责人", second_server=second)  # fmt: skip


def end_on_spot(j: Journey) -> None:
    """The copy is handed in, the fine comes in, the file is closed."""
    j.go("hand_in_copy", numbers=templates()["spot_penalty"].label, on=j.at().date())
    fine = next(o for o in j.file.obligations if o["kind"] == "fine")
    j.go("register_payment", 2, on=j.at(2).date(), of="fine", way="ordered", payer=respondent(j.file), obligation=fine["id"],
         amount=FINE, voucher="示例银行回单")  # fmt: skip
    j.go("close_on_spot", 1, result="罚款已缴纳，违法行为已当场改正", performance="履行完毕")


def lay_up(j: Journey) -> None:
    """Into the archive."""
    j.go("archive", 3, pages=8, retention="永久")


def turn(j: Journey) -> None:
    """It turns out to be too much for the spot."""
    j.go("convert", ground="unclear", reason="当场不能查清涉及的人数，须进一步调查")

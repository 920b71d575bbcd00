"""What the steps of a credit repair ask."""

from laojian.cases.forms.fields import CaseGiven, Day, Line, Prose, choice, tick
from laojian.lawbook.display import regimes

from .models import Repair


def held() -> list[tuple[str, str]]:
    """The classes of every regime; the guard says which belong to the day of the decision."""
    found: dict[str, list[str]] = {}
    for rules in regimes():
        for key, each in rules.classes.items():
            found.setdefault(key, []).append(each.label)
    return [(key, " / ".join(dict.fromkeys(labels))) for key, labels in found.items()]


class Applied(CaseGiven):
    """An application for repair of a penalty (credit36): the decision, how grave it is held, and what was handed in."""

    number = Line("处罚决定书文号", max_length=60)
    applicant = Line("申请人名称", max_length=120)
    channel = choice("来源", Repair.Channel.choices)
    received_on = Day("收到申请之日", past=True, now=True)
    held = choice("失信程度", held, help_text="分类表没有公布以前，由本机关逐件书面认定。")
    held_why = Prose("认定失信程度的理由", max_length=2000)
    proof = Prose("改正和履行义务的证明", required=False, max_length=4000, help_text="交了哪些材料；没有交的不填。")
    promise = tick("已提交公开作出的信用承诺书", required=False)


class Supplemented(CaseGiven):
    """What was missing has come."""

    proof = Prose("补交的证明", max_length=4000)
    promise = tick("已提交公开作出的信用承诺书", required=False)


class TurnedDown(CaseGiven):
    """Why not, told to the applicant in writing."""

    reason = Prose("理由", max_length=4000)


class Checked(CaseGiven):
    """What the bureau found when it looked."""

    found = Prose("核实情况", max_length=4000, help_text="违法行为是否改正、义务是否履行完毕、承诺是否公开。")


class FedBack(CaseGiven):
    """The credit platform has answered the applicant."""

    on = Day("反馈之日", past=True, now=True)
    receipt = Line("信用平台的回执", max_length=120)


class Revoked(CaseGiven):
    """The repair was got by false material or a promise that was not kept."""

    reason = Prose("弄虚作假或者违反承诺的情况", max_length=4000)

"""Why a step of a credit repair is refused."""

from collections.abc import Iterator, Mapping

from laojian.cases.guards import lengthened_once
from laojian.cases.tracks import steps
from laojian.lawbook.display import regime
from laojian.procedure.step import File, Reason, Step

from .queries import bound, decision, open_repair, showing, undone

Input = Mapping | None
Reasons = Iterator[Reason]


def decision_known(file: File, step: Step, given: Input) -> Reasons:
    """The application is about a penalty of this bureau that stands, by a party that it binds, and by nobody twice."""
    if given is None:
        return
    paper = decision(given["number"], file.dossier["bureau_id"])
    if paper is None:
        yield Reason(
            f"本机关没有文号为“{given['number']}”的有效处罚决定", "credit36", "谁认定谁修复：请核对文号，别的机关作出的转告申请人", "number"
        )  # fmt: skip
        return
    party = bound(paper, given["applicant"])
    if party is None:
        yield Reason(f"该决定没有处罚“{given['applicant']}”", "credit36", "请填写决定书上的当事人名称", "applicant")
    elif (other := open_repair(paper.pk, party.pk)) is not None:
        yield Reason(f"同一处罚的修复申请正在办理（{other.received_on} 收到）", "credit36", "请在原卷中补充", "number")


def class_of_its_day(file: File, step: Step, given: Input) -> Reasons:
    """The class is one of the regime of the day of the decision; before the first regime nothing was verified."""
    paper = decision(given["number"], file.dossier["bureau_id"]) if given else None
    if paper is None:
        return
    rules = regime(paper.issued_on)
    if rules is None:
        yield Reason(
            f"处罚决定于 {paper.issued_on} 作出，当时的公示期没有核到", "fgb527", "请按当时的规定由负责人书面决定，线下办理", "number"
        )  # fmt: skip
    elif given["held"] not in rules.classes:
        known = "、".join(each.label for each in rules.classes.values())
        yield Reason(
            f"处罚决定于 {paper.issued_on} 作出，按{rules.label}分为：{known}", rules.basis, "请改选失信程度", "held"
        )
    elif not rules.classes[given["held"]].repairable:
        yield Reason(f"“{rules.classes[given['held']].label}”不得提前修复", rules.basis, "到期自动停止公示", "held")


def material(file: File) -> tuple[bool, bool]:
    """Whether proof of correction and the public promise lie in the file."""
    told = [e.given for e in steps(file) if e.verb in ("note_application", "supplement_application")]
    return any(each.get("proof") for each in told), any(each.get("promise") for each in told)


def material_complete(file: File, step: Step, given: Input) -> Reasons:
    """What an application needs: proof of correction, and the promise (credit36)."""
    proof, promise = material(file)
    if not proof:
        yield Reason("没有改正和履行义务的证明", "credit36", "请通知申请人补交，办理“登记补充材料”")
    if not promise:
        yield Reason("没有公开作出的信用承诺书", "credit36", "请通知申请人补交，办理“登记补充材料”")


def shown_long_enough(file: File, step: Step, given: Input) -> Reasons:
    """The least time of showing is over, and the longest is not: what ended by itself needs no repair."""
    until = showing(file.repair)
    if file.on > until.until_on:
        yield Reason(f"公示已于 {until.until_on} 到期，自动停止", until.regime.basis, "请办理“不予受理”，告知申请人")
    if file.on < until.from_on:
        yield Reason(
            f"最短公示期没有满：{until.from_on} 起才可以修复", until.regime.basis, "；".join(until.explain()[:2])
        )


def duties_done(file: File, step: Step, given: Input) -> Reasons:
    """What the decision demands is performed (credit36)."""
    if left := undone(file.repair):
        yield Reason(f"决定的义务没有履行完毕：{'、'.join(left)}", "credit36", "请先在案件中登记缴纳、改正情况")


def complex_once(file: File, step: Step, given: Input) -> Reasons:
    """The time to decide is lengthened once, before it is over."""
    yield from lengthened_once(file, "repair_decide", "credit36")

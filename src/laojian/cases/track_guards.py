"""What must hold between a case and the tracks beside it: a hearing is asked for in time, waited for, and decided upon."""

from decimal import Decimal

from laojian.procedure.step import File, Reason, Step
from laojian.procedure.take import tracks_open

from .facts import steps_of
from .guards import Input, Reasons, decided_from, since
from .queries import pieces


def told(file: File) -> list:
    """The entries of the case, asked once."""
    return steps_of(file.id, file.seq)


def ended(file: File, verb: str) -> list[dict]:
    """What the tracks that ended by this step told, since the newest end of investigation, oldest first."""
    if not file.has_taken(verb):
        return []
    base = file.last("end_investigation")
    return [e.given for e in file.once(told) if e.verb == verb and (not base or e.seq > base[0])]


def assessed_once(file: File, step: Step, given: Input) -> Reasons:
    """One case, one review: a file is reviewed once for a year (apl-75)."""
    if given is None or not file.has_taken("open_assessment"):
        return
    if any(e.verb == "open_assessment" and e.given["year"] == given["year"] for e in file.once(told)):
        yield Reason(f"本卷已经列入 {given['year']} 年度评查", "apl-75", "一案一评，同一年度不重复评查", "year")


def hearing_in_time(file: File, step: Step, given: Input) -> Reasons:
    """A hearing is asked for by whom it was offered to, once, and within the time that runs from the notice (apl-64)."""
    if given is None:
        if not any(clock["key"] == "hearing_request" for clock in file.clocks):
            yield Reason("还没有告知当事人要求听证的权利", "apl-63", "请先办理“送达告知书”")
        return
    party = given["party"]
    name = next((p["name"] for p in file.parties if p["id"] == party), "")
    mine = [c for c in file.clocks if c["key"] == "hearing_request" and c["subject"].endswith(f":{party}")]
    if not mine:
        yield Reason(f"没有告知过{name}可以要求听证", "apl-63", "须先向其送达行政处罚事先告知书", "party")
    elif mine[-1]["ending"] == "stopped":
        yield Reason(f"{name}已经要求听证，或者已书面放弃", mine[-1]["basis"], "", "party")
    elif given["made_on"].isoformat() > mine[-1]["due_on"]:
        yield Reason(
            f"要求听证的期限至 {mine[-1]['due_on']}，{given['made_on']} 提出已经逾期，视为不要求听证", mine[-1]["basis"],
            "意见仍应听取，请办理“听取陈述申辩”", "made_on",
        )  # fmt: skip


def hearing_over(file: File, step: Step, given: Input) -> Reasons:
    """While a hearing is open the case waits for it (apl-65)."""
    if tracks_open(file, "hearing"):
        yield Reason("听证尚未结束", "apl-65", "请在听证分卷办完，或者由当事人撤回听证要求")


def reviewed_after_hearing(file: File, step: Step, given: Input) -> Reasons:
    """Where there was a hearing, the legal review comes after it (apl-58)."""
    held = any(each["state"] == "hearing_ended" for each in ended(file, "hearing_closed"))
    if held and not since(file, "pass_review", "hearing_closed"):
        yield Reason("经过听证的案件，须在听证之后、决定之前进行法制审核", "apl-58", "请送决定前审核")


def told_anew_if_heavier(file: File, step: Step, given: Input) -> Reasons:
    """Where the hearing ends in a proposal that is heavier than what was told, it is told again first (apl-44)."""
    found = ended(file, "hearing_closed")
    if (
        found
        and (found[-1]["outcome"] or {}).get("proposal") == "heavier"
        and not since(file, "renotify", "hearing_closed")
    ):
        yield Reason("听证后拟作出的决定重于已告知的内容", "apl-44", "须办理“重新告知”，再次听取意见")


def evidence_heard(file: File, step: Step, given: Input) -> Reasons:
    """After a hearing the decision rests on evidence that was shown and contested there, and on no other (hear-16)."""
    held = [each["outcome"] for each in ended(file, "hearing_closed") if each["state"] == "hearing_ended"]
    if not held or given is None:
        return
    shown = {key for outcome in held for key in outcome.get("presented", ())}
    for key, label in file.once(pieces).items():
        if key not in shown and key not in (given.get("set_aside") or ()):
            yield Reason(f"“{label}”没有在听证中出示、质证，不能作为处罚依据", "hear-16",
                         "不作为依据的，在“不作为依据的证据”中勾选；须作为依据的，重新告知后再次组织听证", "set_aside")  # fmt: skip


def enforceable(file: File, step: Step, given: Input) -> Reasons:
    """A decision is enforced against whom it binds, once it was served on that party and while it is not performed (impl-41)."""
    if given is None:
        if not any(not each["met_on"] and each["seq"] > decided_from(file) for each in file.obligations):
            yield Reason("没有尚未履行的义务", "impl-41")
        return
    paper = next(p for p in file.papers if p["id"] == given["decision"])
    bound = [o for o in file.obligations if o["seq"] == paper["nth"] and o["addressee_id"] == given["party"]]
    if not any(service["party_id"] == given["party"] for service in paper["services"]):
        yield Reason("这份决定还没有送达该义务人", "apl-61", "请先办理“送达决定”", "party")
    if not any(not each["met_on"] for each in bound):
        yield Reason("该义务人在这份决定中没有尚未履行的义务", "impl-41", "请核对决定书和义务人", "party")
    if (given["decision"], given["party"]) in running(file):
        yield Reason("对该义务人的执行正在办理", "impl-41", "请在执行分卷继续办理", "party")


def running(file: File) -> set[tuple[int, int]]:
    """(decision, party) of every enforcement that is open beside the case."""
    if not file.has_taken("open_enforcement"):
        return set()
    steps = file.once(told)
    over = {e.given["track"] for e in steps if e.verb == "enforcement_closed"}
    began = [e.given for e in steps if e.verb == "open_enforcement"]
    return {(each["decision"], each["party"]) for each in began if each["track"] not in over}


def enforcement_over(file: File, step: Step, given: Input) -> Reasons:
    """A case is not closed while a decision is being enforced (impl-40)."""
    if tracks_open(file, "enforcement"):
        yield Reason("执行分卷尚未办结", "impl-40", "请在执行分卷办理“履行完毕”或者登记法院的结果")


def obligations_met(file: File, step: Step, given: Input) -> Reasons:
    """Every obligation of the standing decisions is met, or its enforcement came to an end without performance."""
    given_up = {
        (each["outcome"]["decision"], each["outcome"]["party"])
        for each in ended(file, "enforcement_closed")
        if each["outcome"]["result"] != "performed"
    }
    papers = {paper["nth"]: paper["id"] for paper in file.papers}
    for each in file.obligations:
        if each["met_on"] or each["seq"] <= decided_from(file):
            continue
        if (papers.get(each["seq"]), each["addressee_id"]) not in given_up:
            rest = (
                f"，尚欠 ¥{Decimal(each['amount']) - Decimal(each['paid']):,.2f}" if each["amount"] is not None else ""
            )
            yield Reason(
                f"{each['addressee']}的义务“{each['demand'][:30]}”尚未履行{rest}", "apl-66",
                "请登记付款或者核实履行；拒不履行的办理“转入执行”",
            )  # fmt: skip


def transferred_once(file: File, step: Step, given: Input) -> Reasons:
    """One transfer at a time."""
    if tracks_open(file, "transfer"):
        yield Reason("本案移送公安正在办理", "xfer-3", "请在移送分卷继续办理")


def no_fine_beside_crime(file: File, step: Step, given: Input) -> Reasons:
    """No fine takes the place of a transfer, and none is added to a criminal fine (xfer-11, apl-35)."""
    if not any(row["kind"] == "fine" for row in (given or {}).get("addressees", [])):
        return
    if tracks_open(file, "transfer"):
        yield Reason("案件正在移送公安机关，不得以罚款代替移送", "xfer-11", "移送有了结果以后再决定罚款", "addressees")
    elif file.has_taken("transfer_closed"):
        found = [e.given["outcome"] for e in file.once(told) if e.verb == "transfer_closed"]
        if any(each["fined"] == "yes" for each in found):
            yield Reason("人民法院已经判处罚金，不再给予罚款", "apl-35", "请删去罚款", "addressees")

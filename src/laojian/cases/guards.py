"""What must hold before a step of a case: each guard reads the file and yields the reasons against, with article and remedy."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from laojian.intake.models import WAITING, Source
from laojian.lawbook import due, law, length_of
from laojian.procedure.step import File, Reason, Step, local

from .matters import matters
from .queries import earlier_violations, team

Reasons = Iterable[Reason]
Input = Mapping | None


def employer_named(file: File, step: Step, given: Input) -> Reasons:
    """A respondent is named (impl-18: a definite employer)."""
    if not any(p["role"] == "respondent" and p["name"] not in ("", "不明") for p in file.parties):
        yield Reason("没有明确的被投诉（检查）单位", "impl-18", "请先登记当事人，或者告知投诉人补正")


def within_two_years(file: File, step: Step, given: Input) -> Reasons:
    """The violation was found, reported or complained of within two years of its end (lsr-20); a continuing one has no end yet."""
    ceased = (given or {}).get("ceased_on")
    if not ceased or not file.sources:
        return
    first = min(day_of(s["received_at"]) for s in file.sources)
    limit = due("limit_inspect", ceased)
    if first > limit.due_on:
        yield Reason(
            f"违法行为 {ceased} 终了，{first} 才被发现或者投诉，已超过{length_of('limit_inspect', ceased)}（至 {limit.due_on}）",
            limit.basis,
            "依法不再查处的，办理“不予受理”；属连续、继续状态的，请核实终了之日", "ceased_on",
        )  # fmt: skip


def complained(file: File, step: Step, given: Input) -> Reasons:
    """Refusal for lapse of time needs a complaint as its object."""
    if not any(s["kind"] == Source.Kind.COMPLAINT for s in file.sources):
        yield Reason("不予受理针对投诉；举报和线索经核查不立案的，请办理“不属本机关职权”或“移送”", "impl-18")


def two_certified(file: File, step: Step, given: Input) -> Reasons:
    """Both officers hold the post of inspector here (or are lent) and a certificate valid on the day (apl-42, lsr-16)."""
    if given is None:
        return
    for field in ("lead", "second"):
        name, certified = file.once(team).get(given[field], ("", False))
        if not name:
            yield Reason(f"该人员不是{file.bureau['name']}的监察员", "apl-42", "请另选，或先办理“商请协助”", field)
        elif not certified:
            yield Reason(f"{name}没有在 {file.on} 有效的执法证件", "apl-42", "请先换发证件或者另行指派", field)


def nothing_to_pursue(file: File, step: Step, given: Input) -> Reasons:
    """Neither settlement nor withdrawal ends a violation that the bureau must pursue (lsr-14, lsr-18)."""
    matter = matters()[file.case["matter"]]
    owed = owing(file)
    if matter.pursue == "always":
        yield Reason(f"“{matter.label}”须依职权查处，不因和解或者撤回而终止", "lsr-10", "请继续立案审查")
    elif matter.pursue == "unpaid" and owed > 0:
        yield Reason(f"仍有 ¥{owed:,.2f} 未支付（含未撤回投诉的劳动者）", "lsr-10", "请登记付款，或者继续立案审查")


def owing(file: File) -> Decimal:
    """What is still owed: found less paid and enforced."""
    return Decimal(file.claims["found"]) - Decimal(file.claims["paid"]) - Decimal(file.claims["enforced"])


def all_withdrawn(file: File, step: Step, given: Input) -> Reasons:
    """Every complaint was withdrawn, and nothing else led to the file."""
    for source in file.sources:
        if not source["withdrawn_on"]:
            kind = Source.Kind(source["kind"]).label
            yield Reason(f"{kind} {source['number']} 没有撤回", "impl-18", "有其他来源的，不能因部分撤回而终止")


def sources_replied(file: File, step: Step, given: Input) -> Reasons:
    """Whoever waits for an answer has had it (mww-10); a merged source keeps its own."""
    for source in file.sources:
        if awaits(source):
            yield Reason(
                f"{Source.Kind(source['kind']).label} {source['number']} 尚未答复", "mww-10", "请先办理“答复来源”"
            )


def awaits(source: dict) -> bool:
    """Whether this source still waits for its answer; an anonymous tip has nobody to answer."""
    somebody = source["kind"] in WAITING or source["sealed"]
    return bool(somebody and not source["replied_on"])


def two_inspectors(file: File, step: Step, given: Input) -> Reasons:
    """Two officers handle the file (apl-42)."""
    if not (file.dossier["lead_id"] and file.dossier["second_id"]):
        yield Reason("承办人员少于两人", "apl-42", "请监察机构负责人指派")
    for each in file.avoidances:
        if each["granted"] and each["officer_id"] in (file.dossier["lead_id"], file.dossier["second_id"]):
            yield Reason(f"承办人{each['name']}已决定回避，尚未更换", "apl-43", "请监察机构负责人办理“调整承办人”")


def not_elsewhere(file: File, step: Step, given: Input) -> Reasons:
    """Nobody holds two inquiries at the same time (lsr-16: at least two inspectors at each)."""
    if given is None:
        return
    for held in file.inquiries:
        if moment(held["began_at"]) < given["ended_at"] and given["began_at"] < moment(held["ended_at"]):
            yield Reason(
                f"与“{held['person']}”的笔录时间重叠",
                "apl-42",
                "同一时间同一监察员不能制作两份笔录，请核对时间",
                "began_at",
            )
    if local(given["ended_at"]) > local(file.at):
        yield Reason("笔录结束时间晚于办理时间", "apl-47", "请按实际时间填写", "ended_at")


def evidence_listed(file: File, step: Step, given: Input) -> Reasons:
    """At least one piece of evidence stands in the list (apl-40, apl-46)."""
    if not file.evidence["count"]:
        yield Reason("卷内没有证据", "apl-46", "请先补充证据")


def respondent_heard(file: File, step: Step, given: Input) -> Reasons:
    """Each respondent was inquired, or it is written down why not."""
    if given is None or given.get("no_inquiry"):
        return
    heard = {held["party_id"] for held in file.inquiries}
    for party in file.parties:
        if party["role"] == "respondent" and party["id"] not in heard:
            yield Reason(f"{party['name']}尚无询问笔录", "lsr-15", "请补询问；无法询问的写明原因", "no_inquiry")


def correction_settled(file: File, step: Step, given: Input) -> Reasons:
    """No order is still unserved, and no time for correction is still running (lsr-18)."""
    for row in file.drafts:
        if row["code"] == "correction_order":
            yield Reason("限期改正指令书尚未成文送达", "lsr-18", "请办理成文、盖章、送达，或者作废草稿")
    for paper in file.papers:
        if paper["code"] == "correction_order" and not paper["services"] and not paper["voided"]:
            yield Reason(f"{paper['label']}{paper['number']}尚未送达", "impl-38", "请办理送达")
    for clock in file.running("correct"):
        yield Reason(
            f"责令改正期限至 {until(clock)}，尚未届满也未核实", clock["basis"], settles(clock) + "期满后核实改正情况"
        )


def until(clock: Mapping) -> str:
    """The last day of a period, with the mark that a coming notice may still move it."""
    return clock["due_on"] + ("（暂定，年度放假安排未公布）" if clock["provisional"] else "")


def settles(clock: Mapping) -> str:
    """When a provisional day becomes certain: nobody's right ends on a day that may still move."""
    return "放假安排公布并载入系统后，当夜确定届满之日；" if clock["provisional"] else ""


def pre_reviewed(file: File, step: Step, given: Input) -> Reasons:
    """Where the bureau reviews before the notice, that review was passed after the newest end of investigation."""
    if file.bureau["options"].get("review_before_notice") and not since(file, "pass_pre_review", "end_investigation"):
        yield Reason("本机关规定告知前须经法制审核", "apl-58", "请先送审")


def adverse(file: File, step: Step, given: Input) -> Reasons:
    """What is proposed burdens somebody, so that a notice is due."""
    if file.case["proposal"] not in ("penalty", "treatment", "both"):
        yield Reason("处理建议不是处罚或者行政处理，无须事先告知", "apl-44", "请直接送决定前审核")


def since(file: File, verb: str, after: str) -> bool:
    """Whether `verb` was taken after the newest `after`."""
    last, base = file.last(verb), file.last(after)
    return bool(last and (not base or last[0] > base[0]))


def statement_over(file: File, step: Step, given: Input) -> Reasons:
    """The time to speak and to ask for a hearing is over for everyone, or was given up in writing (apl-45, apl-62, apl-64)."""
    for key in ("defense", "hearing_request"):
        for clock in file.running(key):
            yield Reason(f"{'陈述申辩' if key == 'defense' else '申请听证'}期限至 {until(clock)}，尚未届满", clock["basis"],
                         settles(clock) + "期满后办理；当事人书面放弃的，登记放弃")  # fmt: skip
    yield from notices_served(file, step, given)


def notices_served(file: File, step: Step, given: Input) -> Reasons:
    """Every notice since the newest end of investigation reached every respondent."""
    for paper in file.papers:
        if paper["code"] in ("penalty_notice", "treatment_notice") and current(file, paper):
            for party in unserved(file, paper):
                yield Reason(f"{paper['label']}尚未送达{party}", "apl-44", "请办理送达")
    for row in file.drafts:
        if row["code"] in ("penalty_notice", "treatment_notice"):
            yield Reason(f"{row['label']}尚未成文", "apl-44", "请办理成文、盖章、送达，或者作废草稿")


def current(file: File, paper: dict) -> bool:
    """Whether a paper was drafted since the newest end of investigation, and still stands."""
    base = file.last("end_investigation")
    return not paper["voided"] and (not base or paper["nth"] > base[0])


def heard_if_adverse(file: File, step: Step, given: Input) -> Reasons:
    """Without notice, hearing of the party and re-examination no burdening decision can be made (apl-62, impl-34)."""
    if file.case["proposal"] in ("penalty", "treatment", "both") and not since(file, "reexamine", "end_investigation"):
        yield Reason("拟作出处罚（处理），尚未告知、听取陈述申辩并复核", "apl-62", "请先办理告知和复核")


def reviewer_qualified(file: File, step: Step, given: Input) -> Reasons:
    """The reviewer holds the legal professional qualification, or it is written down that this is not the first review (apl-58)."""
    if file.actor["id"] in (file.dossier["lead_id"], file.dossier["second_id"]):
        yield Reason("您是本案承办人，不能审核本案", "apl-58", "请由未参与办案的审核人员审核；人手不足的办理“商请协助”")
    if any(c["kind"] == "lawyer" for c in file.actor["certificates"]):
        return
    if given is not None and not given.get("qualification"):
        yield Reason(
            "没有登记法律职业资格",
            "apl-58",
            "初次从事法制审核须取得资格；非初次的请写明审核人资格情况",
            "qualification",
        )


def not_heavier(file: File, step: Step, given: Input) -> Reasons:
    """No heavier measure because the party spoke (apl-45)."""
    told = file.case["proposed_fine"]
    if given and given.get("fine") is not None and told is not None and given["fine"] > Decimal(told):
        yield Reason(
            f"复核后拟罚款高于已告知的 ¥{told}", "apl-45", "不得因陈述申辩加重；确有新事实的办理“重新告知”", "fine"
        )


def as_proposed(file: File, step: Step, given: Input) -> Reasons:
    """The decision is the one that was proposed, told and reviewed."""
    allowed = {
        "decide_penalty": ("penalty", "both"), "decide_treatment": ("treatment", "both"),
        "decide_no_penalty": ("no_penalty",), "revoke_filing": ("revocation",),
    }[step.verb]  # fmt: skip
    if file.case["proposal"] not in allowed:
        yield Reason("与经过告知和审核的处理建议不一致", "apl-57", "须变更的，请退回重新告知或者审核")


def first_violation(file: File, step: Step, given: Input) -> Reasons:
    """A first violation is one of an employer against whom no bureau has decided anything before (apl-33)."""
    if given is None or given.get("circumstance") != "first" or not file.dossier["employer_id"]:
        return
    for row in earlier_violations(file.dossier["employer_id"], file.on, besides=file.id):
        yield Reason(f"{row['bureau']}已于 {row['decided_on']} 对该单位的违法作出决定，不是初次违法", "apl-33",
                     "请改按其他情形认定", "circumstance")  # fmt: skip


def within_told(file: File, step: Step, given: Input) -> Reasons:
    """The fine is not above the one that the party was told of (apl-44, apl-45)."""
    told = file.case["proposed_fine"]
    fined = sum(
        (Decimal(str(r.get("amount") or 0)) for r in (given or {}).get("addressees", []) if r["kind"] == "fine"),
        Decimal(0),
    )
    if told is not None and fined > Decimal(told):
        yield Reason(
            f"罚款 ¥{fined:,.2f} 高于已告知的 ¥{told}", "apl-45", "请按告知数额决定，或者退回重新告知", "addressees"
        )


def addressees_known(file: File, step: Step, given: Input) -> Reasons:
    """Each addressee and debtor is a party of this file, and each ground is an article we know."""
    known = {party["id"] for party in file.parties}
    for row in (given or {}).get("addressees", []):
        if int(row["party"]) not in known or (row.get("debtor") and int(row["debtor"]) not in known):
            yield Reason("受文人或者债务人不是本案当事人", "apl-59", "请先登记当事人", "addressees")


def as_owed(file: File, step: Step, given: Input) -> Reasons:
    """Nobody is told to pay more wages than the ledger finds unpaid: the order covers the sum that is due (lsr-26)."""
    asked: dict[tuple, Decimal] = defaultdict(Decimal)
    for row in (given or {}).get("addressees", []):
        if row["kind"] == "pay" and row.get("amount") and file.claims["workers"]:
            asked[row["party"], row.get("debtor")] += Decimal(str(row["amount"]))
    for amount in asked.values():
        if amount > owing(file):
            yield Reason(
                f"要求支付 ¥{amount:,.2f}，多于台账查明尚欠的 ¥{owing(file):,.2f}", "lsr-26",
                "认定金额与支付金额须一致：请先更正台账，或者更正要求支付的金额", "addressees",
            )  # fmt: skip


def correction_over(file: File, step: Step, given: Input) -> Reasons:
    """That an order was not obeyed can be found only when the time it gave is over (lsr-18, lsr-30)."""
    if given is None and not any(p["code"] in ORDERS and p["services"] for p in file.papers):
        yield Reason("还没有送达的限期改正指令书", "lsr-18", "请先办理责令改正，成文、盖章后送达")
    if given is None or given["result"] == "all":
        return
    for clock in file.running("correct"):
        if clock["provisional"] or clock["due_on"] >= file.on.isoformat():
            yield Reason(f"责令改正期限至 {until(clock)}，尚未届满", clock["basis"],
                         settles(clock) + "期满后再认定未改正；已全部改正的写“全部改正”", "result")  # fmt: skip


ORDERS = ("correction_order", "spot_order")


def both_decided(file: File, step: Step, given: Input) -> Reasons:
    """Where penalty and treatment run together, both are decided before either is served."""
    if file.case["proposal"] == "both":
        for verb, label in (("decide_penalty", "行政处罚"), ("decide_treatment", "行政处理")):
            if not since(file, verb, "end_investigation"):
                yield Reason(f"{label}尚未决定", "apl-57", "请负责人一并决定后送达")


def decided_from(file: File) -> int:
    """The number of the entry that ended the investigation for the last time: decisions come after it."""
    base = file.last("end_investigation")
    return base[0] if base else 0


def decisions_served(file: File, step: Step, given: Input) -> Reasons:
    """Every decision was fixed, sealed and served on each of its addressees (apl-61, impl-38)."""
    for row in file.drafts:
        if row["code"] in DECISIONS:
            yield Reason(f"{row['label']}尚未成文送达", "apl-61", "请办理成文、盖章、送达")
    for paper in file.papers:
        if paper["code"] in DECISIONS and not paper["voided"]:
            for party in unserved(file, paper):
                yield Reason(f"{paper['label']}{paper['number']}尚未送达{party}", "apl-61", "请办理送达")
            for service in paper["services"]:
                if service["effective_on"] > file.on.isoformat():
                    yield Reason(
                        f"{paper['label']}{paper['number']}公告期未满，{service['effective_on']} 才视为送达{service['addressee']}",
                        "cpl-95", "请在视为送达之后办理",
                    )  # fmt: skip


DECISIONS = ("penalty_decision", "treatment_decision", "no_penalty_decision", "revocation")


def unserved(file: File, paper: dict) -> list[str]:
    """Names of the addressees whom a decision or order has not reached: those of its obligations, else the respondents."""
    served = {service["party_id"] for service in paper["services"]}
    bound = {o["addressee_id"]: o["addressee"] for o in file.obligations if o["seq"] == paper["nth"]}
    bound = bound or {p["id"]: p["name"] for p in file.parties if p["role"] == "respondent"}
    return [name for key, name in bound.items() if key not in served]


def extension_asked(file: File, step: Step, given: Input) -> Reasons:
    """An extension is asked for by the handler first (lsr-17)."""
    if not since(file, "ask_extension", "extend_investigation"):
        yield Reason("承办人尚未申请延长", "lsr-17", "请承办人先提出并写明理由")


def extended_once(file: File, step: Step, given: Input) -> Reasons:
    """Once, and before the period is over (lsr-17)."""
    yield from lengthened_once(file, "investigate", "lsr-17")


def lengthened_once(file: File, key: str, basis: str) -> Reasons:
    """A period that the law lets be lengthened is lengthened once, and before it is over."""
    label = law().clock(key).label
    for clock in file.running(key):
        if clock["extended"]:
            yield Reason(f"{label}已延长过一次", basis, "只规定延长一次")
        if clock["due_on"] < file.on.isoformat():
            yield Reason(f"{label}已于 {clock['due_on']} 届满，不能再批准延长", basis, "逾期办理须说明理由")
    if not file.running(key):
        yield Reason(f"没有正在进行的{label}", basis)


def day_of(text: str) -> date:
    """The day in China of a moment as the file holds it."""
    return local(moment(text)).date()


def moment(text: str) -> datetime:
    """A moment as the file holds it."""
    return datetime.fromisoformat(text)

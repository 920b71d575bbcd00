"""Why a step of a listing is refused."""

from collections.abc import Iterator, Mapping
from datetime import date

from laojian.cases.guards import lengthened_once
from laojian.lawbook import law, length_of
from laojian.procedure.step import File, Reason, Step, local
from laojian.publication.guards import PRIVATE

from .forms import addressees, named, subject
from .models import Listing
from .queries import meant, measured
from .rules import eligible

Input = Mapping | None
Reasons = Iterator[Reason]
TEXTS = ("facts", "reason", "statement")


def rules_hold(file: File, step: Step, given: Input) -> Reasons:
    """A listing is proposed and decided under the rules of the list that hold on that day (black-5, rsg16-5)."""
    if not law().article(step.basis).in_force(file.on):
        yield Reason(
            f"{file.on} 不施行{law().article(step.basis).cite}",
            step.basis,
            "请按当日施行的名单办法办理，本卷办理“不予列入”",
        )


def order_unpaid(file: File, step: Step, given: Input) -> Reasons:
    """Only of an order to pay whose time is over and that was not obeyed, and never twice for one (black-5)."""
    if given and meant(file, given["order"]) is None:
        yield Reason(
            "没有这样一份责令支付、期限已过、尚未付清的文书，或者已经为它办理过列入", step.basis,
            "请在“失信名单”页从待办的文书中选择；已经付清的，先在案卷登记付款", "order",
        )  # fmt: skip


def in_its_kind(file: File, step: Step, given: Input) -> Reasons:
    """Whether unlawful subcontracting lists both sides is told by the old rules alone (rsg16-5)."""
    if given and given["condition"] == "subcontract" and file.flow.name != "old_listing":
        yield Reason("现行办法没有这一列入情形", step.basis, "发包人、接受人各自符合条件的，分别拟列入", "condition")


def nothing_private(file: File, step: Step, given: Input) -> Reasons:
    """What papers and public pages repeat holds no telephone and no identity number."""
    for name in TEXTS:
        if given and (found := PRIVATE.search(given.get(name) or "")):
            yield Reason(f"含有疑似电话或者证件号码“{found[0][:3]}……”", step.basis, "会写进文书和公布，请删去", name)


def amount_open(file: File, step: Step, given: Input) -> Reasons:
    """A leader judges the sum only where the law and the local value give no answer (spc2013-3)."""
    found, _ = measured(file)
    if file.listing["condition"] != Listing.Condition.AMOUNT:
        yield Reason("本卷不是因为数额拟列入的", step.basis)
    elif found != "human":
        yield Reason("数额可以直接算出，不需要书面认定", step.basis, "算法见本卷“数额”")


def amount_reached(file: File, step: Step, given: Input) -> Reasons:
    """On account of its sum nobody is listed before the sum is one of the crime: by the local value, or in a leader's hand."""
    if file.listing["condition"] != Listing.Condition.AMOUNT:
        return
    found, _ = measured(file)
    if found in ("below", "local_below"):
        yield Reason("欠薪数额没有达到标准", step.basis, "请办理“不予列入”；已经付清的，核对工资台账")
    elif found == "human" and file.listing["judged"] != "yes":
        told = "书面认定没有达到" if file.listing["judged"] == "no" else "本地数额标准没有设定"
        yield Reason(
            f"{told}，不能以数额列入", step.basis, "请负责人先办理“认定数额”，写明理由；或者由管理员登记本地数额"
        )


def persons_named(file: File, step: Step, given: Input) -> Reasons:
    """All persons responsible are listed with the employer, at least its head (black-5)."""
    if not any(p["role"] == "head" for p in file.persons):
        yield Reason("还没有登记法定代表人（主要负责人）", step.basis, "请办理“登记责任人员”；其他责任人员也要登记全")


def told_all(file: File, step: Step, given: Input) -> Reasons:
    """Everybody who is to be listed was told before (black-6)."""
    left = [name for name in addressees(file) if name not in served(file, "listing_notice")]
    if left:
        yield Reason(f"列入告知书还没有送达：{'、'.join(left)}", step.basis, "请办理“送达列入告知书”")


def heard_out(file: File, step: Step, given: Input) -> Reasons:
    """Nothing is decided while somebody may still object, or has not been answered (black-6)."""
    open_ = [o["who"] for o in file.objections if not o["answered_on"]]
    if open_:
        yield Reason(f"异议还没有核实答复：{'、'.join(open_)}", step.basis, "请先办理“核实答复异议”")
    for clock in file.running("blacklist_object"):
        name = named(file, clock["subject"])
        if clock["due_on"] >= file.on.isoformat() and not any(o["who"] == name for o in file.objections):
            yield Reason(
                f"{name}的异议期限到 {clock['due_on']}，还没有届满", clock["basis"], "期满或者收到异议并答复后再办"
            )


def objection_unsuccessful(file: File, step: Step, given: Input) -> Reasons:
    """Whoever's objection was found right is not listed (black-6)."""
    right = [o["who"] for o in file.objections if o["found"] == "right"]
    if file.listing["name"] in right:
        yield Reason("用人单位的异议成立", step.basis, "请办理“不予列入”")
    wrong = [p["name"] for p in file.persons if p["name"] in right]
    if wrong:
        yield Reason(f"{'、'.join(wrong)}的异议成立", step.basis, "请办理“去掉责任人员”")


def objected_in_time(file: File, step: Step, given: Input) -> Reasons:
    """Once each, and by the last day to object; later words are taken as a petition (black-6)."""
    if not given:
        return
    if any(o["who"] == given["who"] for o in file.objections):
        yield Reason(f"{given['who']}已经提出过异议", step.basis, "补充的理由请一并核实", "who")
    clocks = [c for c in file.clocks if c["key"] == "blacklist_object" and c["subject"] == subject(file, given["who"])]
    if clocks and given["received_on"].isoformat() > max(c["due_on"] for c in clocks):
        last = max(c["due_on"] for c in clocks)
        yield Reason(
            f"异议期限已于 {last} 届满",
            clocks[-1]["basis"],
            "请作为一般来信处理；确有错误的，由本机关自行纠正",
            "received_on",
        )
    if given["who"] not in served(file, "listing_notice"):
        yield Reason(f"告知书还没有送达{given['who']}", step.basis, "请先登记送达", "who")


def decided_in_time(file: File, step: Step, given: Input) -> Reasons:
    """The time to decide is lengthened once, and before it is over (black-8)."""
    yield from lengthened_once(file, "blacklist_decide", step.basis)


def order_stands(file: File, step: Step, given: Input) -> Reasons:
    """Nobody is listed for an order that fell (black-16)."""
    if voided(file):
        yield Reason("责令支付的文书已经被撤销或者变更", step.basis, "请办理“不予列入”")


def why_not(file: File, step: Step, given: Input) -> Reasons:
    """What is said of why it is not listed stands in the file (black-6, black-7, black-16)."""
    if not given:
        return
    listing = file.listing
    if given["why"] == "promise" and not listing["promised_on"]:
        yield Reason("没有登记决定以前的改正和信用承诺", step.basis, "请先办理“登记改正和承诺”", "why")
    if given["why"] == "objection" and not any(o["found"] == "right" for o in file.objections):
        yield Reason("没有成立的异议", step.basis, "请选择实际的原因", "why")
    if given["why"] == "fallen" and not voided(file):
        yield Reason("责令支付的文书仍然有效", step.basis, "请选择实际的原因", "why")
    if given["why"] == "rules" and law().article("rsg16-5").in_force(file.on):
        yield Reason("名单办法没有变更", step.basis, "请选择实际的原因", "why")


def decision_served(file: File, step: Step, given: Input) -> Reasons:
    """It is published when the decision reached everybody whom it lists (black-8, black-9)."""
    code = "listing_restoration" if file.has_taken("restore_listing") else "listing_decision"
    left = [name for name in addressees(file) if name not in served(file, code)]
    if left:
        yield Reason(f"决定书还没有送达：{'、'.join(left)}", step.basis, "请办理“送达决定书”")


def early_ready(file: File, step: Step, given: Input) -> Reasons:
    """Corrected, listed for six months counted from the correction, and promised in writing (black-12)."""
    if not file.listing["corrected_on"]:
        yield Reason("没有登记改正", "black-12", "请先办理“登记改正”，或者不予提前移出")
        return
    corrected, since = (date.fromisoformat(file.listing[name]) for name in ("corrected_on", "since_on"))
    first = eligible(corrected, since)
    if file.on < first.due_on:
        yield Reason(
            f"自改正（{corrected}）并列入（{since}）起满{length_of('blacklist_exit', since)}是 {first.due_on}，还没有到",
            "black-12",
            "请不予提前移出，告知可以再申请的日期",
        )
    if not file.listing["promise"]:
        yield Reason("申请没有附书面承诺", "black-12", "请单位补交后重新申请，或者不予提前移出")


def not_barred(file: File, step: Step, given: Input) -> Reasons:
    """New arrears while listed, criminal proceedings, and what other law says keep it on the list (black-13)."""
    for bar in file.bars:
        if not bar["lifted_on"]:
            yield Reason(
                f"有不得提前移出的情形：{bar['facts'][:60]}（{bar['on']}，{bar['document']}）",
                "black-13",
                "请不予提前移出",
            )


def corrected_after(file: File, step: Step, given: Input) -> Reasons:
    """Nobody corrected before the last day to pay."""
    if given and given["corrected_on"].isoformat() <= file.listing["overdue_on"]:
        yield Reason(
            f"改正之日不晚于责令支付的最后一日 {file.listing['overdue_on']}",
            step.basis,
            "没有逾期的，请办理“不予列入”或者“撤销列入”",
            "corrected_on",
        )


def revoked_for(file: File, step: Step, given: Input) -> Reasons:
    """The ground on which a listing is revoked stands in the record (black-16)."""
    if given and given["why"] == "order" and not voided(file):
        yield Reason("责令支付的文书在案卷里仍然有效", step.basis, "请先在案卷登记撤销，或者选择实际的原因", "why")


def removed_early(file: File, step: Step, given: Input) -> Reasons:
    """Only an early removal can have rested on false material (black-15)."""
    if file.listing["removal"] != Listing.Removal.EARLY:
        yield Reason("本卷不是提前移出的", step.basis, "期满移出、撤销列入的不能恢复")


def nothing_to_restore(file: File, step: Step, given: Input) -> Reasons:
    """The file of an early removal stays open as long as the listing would have lasted: until then it can be restored (black-15)."""
    until = file.listing["until_on"]
    if file.listing["removal"] == Listing.Removal.EARLY and file.on.isoformat() <= until:
        yield Reason(f"提前移出的，原列入期到 {until}，此前发现虚假材料仍可恢复列入", step.basis, "期满以后再办结")


def served(file: File, code: str) -> set[str]:
    """To whom the newest paper of this kind that stands was served, with effect by today."""
    papers = [p for p in file.papers if p["code"] == code and not p["voided"]]
    day = local(file.at).date().isoformat()
    return {s["addressee"] for p in papers[-1:] for s in p["services"] if s["effective_on"] <= day}


def voided(file: File) -> bool:
    """Whether the order on which the listing rests fell since."""
    return bool(file.listing["fallen"])


def corrected_and_clean(file: File, step: Step, given: Input) -> Reasons:
    """Under the old rules it leaves at the end only when it corrected and did not do it again (rsg16).

    From 2022 on no rule prolongs a listing any more, and it ends with its period.
    """
    if not law().article("rsg16").in_force(file.on):
        return
    if not file.listing["corrected_on"]:
        yield Reason("没有登记改正", "rsg16", "请先办理“登记改正”，没有改正的办理“决定继续列入”")
    for bar in file.bars:
        yield Reason(f"列入期间再次拖欠：{bar['facts'][:60]}（{bar['on']}）", "rsg16", "请办理“决定继续列入”")


def prolonged_by_rules(file: File, step: Step, given: Input) -> Reasons:
    """Only while the old rules held did a listing go on for two years more (rsg16)."""
    if not law().article("rsg16").in_force(file.on):
        yield Reason(
            "旧办法已经停止施行，没有继续列入的规定",
            "black-11",
            "请办理“决定移出”；仍然符合现行条件的，按现行办法另行拟列入",
        )
    elif file.listing["corrected_on"] and not file.bars:
        yield Reason("已经改正，也没有再次拖欠", "rsg16", "请办理“决定移出”")

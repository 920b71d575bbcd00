"""What must hold on the spot: two certified officers, a party heard, a violation found, a fine within the limit, papers handed over."""

from datetime import date
from decimal import Decimal

from laojian.lawbook import law
from laojian.procedure.step import File, Reason, Step, local

from .findings import between
from .forms.fields import PEOPLE
from .guards import Input, Reasons, day_of, unserved
from .penalty_guards import fined, outside
from .queries import team

PUNISHED = ("fine", "warn")
ON_SPOT = ("spot_penalty", "spot_order")


def second_certified(file: File, step: Step, given: Input) -> Reasons:
    """The second officer is an inspector here with a certificate valid on the day: the summary procedure is no exception (apl-42)."""
    if given is None:
        return
    if given["second"] == file.actor["id"]:
        yield Reason("另一名监察员不能是您本人", "apl-42", "当场处理也须两名持证人员，请另选", "second")
    name, certified = file.once(team).get(given["second"], ("", False))
    if not certified:
        yield Reason(
            f"{name or '该人员'}没有在 {file.on} 有效的执法证件", "apl-42", "当场处理也须两名持证人员，请另选", "second"
        )


def still_on_spot(file: File, step: Step, given: Input) -> Reasons:
    """What is not settled on the day on which it was met with is not settled on the spot (apl-51, impl-33)."""
    opened = date.fromisoformat(file.dossier["opened_on"])
    if file.on > opened:
        yield Reason(f"本卷 {opened} 当场发现，已不是当场", "apl-51", "当日没有处理完毕的，请办理“转普通程序”")


def heard_on_spot(file: File, step: Step, given: Input) -> Reasons:
    """The party was told and heard first (apl-44, apl-45, apl-62)."""
    if not file.has_taken("hear_on_spot"):
        yield Reason("尚未当场告知并听取陈述申辩", "apl-62", "请先办理“当场告知和听取申辩”")


def within_limits(file: File, step: Step, given: Input) -> Reasons:
    """A warning, or a fine within the limit for a person or an entity, as the law stood on the day (apl-51)."""
    if given is None:
        return
    people = {p["id"]: p["kind"] in PEOPLE for p in file.parties}
    if any(row["kind"] not in PUNISHED for row in given["addressees"]):
        yield Reason(
            "当场处罚只能警告或者罚款", "apl-51", "其他处罚须转普通程序；责令改正另办“当场责令改正”", "addressees"
        )
    for party, fine in fined(given).items():
        key = "summary_person" if people.get(party) else "summary_entity"
        limit = law().rate(key, file.on)
        if fine > limit.amount:
            yield Reason(
                f"罚款 ¥{fine:,.2f} 超过当场处罚的最高数额 {law().rates[key].told(file.on)}", limit.basis,
                "请转普通程序；不得拆成几次处罚", "addressees",
            )  # fmt: skip
        if not fine:
            yield Reason("没有写明罚款数额", "apl-59", "请填写金额", "addressees")


def found_on_spot(file: File, step: Step, given: Input) -> Reasons:
    """Each who is punished was found to have violated the law, and the penalty is what that comes to (apl-40); less goes to review."""
    if given is None:
        if not file.findings:
            yield Reason("还没有认定违法行为，处罚没有依据", "apl-40", "请先办理“认定违法”，算出幅度")
        return
    people = {each["id"]: each["name"] for each in file.parties}
    for party in {int(row["party"]): 0 for row in given["addressees"]}:
        name, allowed = people.get(party, ""), between(file.findings, party)
        if allowed is None:
            yield Reason(f"没有认定{name}的违法行为，不能处罚", "apl-40", "请先办理“认定违法”", "addressees")
            continue
        fine = fined(given).get(party, Decimal(0))
        yield from outside(fine, allowed, name, "addressees")
        if allowed.mitigates(fine):
            yield Reason(
                f"对{name}的罚款低于法定最低，属减轻处罚，须经法制审核", "apl-58", "请办理“转普通程序”", "addressees"
            )


def warned_lawfully(file: File, step: Step, given: Input) -> Reasons:
    """A warning stands in the law that punishes what was found (apl-38)."""
    for row in (given or {}).get("addressees", []):
        own = [each for each in file.findings if each["party_id"] == int(row["party"])]
        if row["kind"] == "warn" and own and not any(warns(each) for each in own):
            yield Reason("所认定的违法行为，法律没有规定警告", "apl-38", "请改按法定的处罚种类决定", "addressees")


def warns(finding: dict) -> bool:
    """Whether the law that applies to a finding knows a warning."""
    version = law().power(finding["power"]).version(date.fromisoformat(finding["version"]))
    return any(measure.kind == "warn" for measure in version.measures)


def not_punished_yet(file: File, step: Step, given: Input) -> Reasons:
    """One act is not fined twice (apl-29)."""
    standing = [*file.drafts, *(p for p in file.papers if not p["voided"])]
    if any(paper["code"] == "spot_penalty" for paper in standing):
        yield Reason("本卷已有当场处罚决定", "apl-29", "草稿有误的，作废后重新决定；已经成文的，请当场交付")


def on_the_spot(file: File, step: Step, given: Input) -> Reasons:
    """What is decided on the spot is handed over on the spot: the same day (apl-52, impl-31)."""
    if given is None:
        return
    made = next((p for p in file.papers if p["id"] == given["paper"]), None)
    decided = made and next(row for row in file.took if row[0] == made["nth"])
    if decided and local(given["done_at"]).date() != day_of(decided[5]):
        yield Reason(
            "不是作出决定的当日交付", "apl-52", "当场决定须当场交付，请核对时间；没有当场交付的，转普通程序", "done_at"
        )


def cash_allowed(file: File, step: Step, given: Input) -> Reasons:
    """Cash is taken only for a small fine, or where it could not be had later, or where the party asks for it (apl-68, apl-69)."""
    if given is None:
        return
    owed = next(o for o in file.obligations if o["id"] == given["obligation"])
    limit = law().rate("cash_on_spot", file.on)
    if given["ground"] == "small" and Decimal(owed["amount"]) > limit.amount:
        told = law().rates["cash_on_spot"].told(file.on)
        yield Reason(f"罚款 ¥{Decimal(owed['amount']):,.2f} 超过可以当场收缴的 {told}", limit.basis,
                     "请告知当事人到指定银行缴纳；属其他情形的另选", "ground")  # fmt: skip
    if given["amount"] > Decimal(owed["amount"]) - Decimal(owed["paid"]):
        yield Reason("收缴金额多于尚欠的罚款", "apl-70", "请核对", "amount")


def copy_in(file: File, step: Step, given: Input) -> Reasons:
    """The archive copy is back (impl-32), and the cash at the bank (apl-71)."""
    made = any(p["code"] in ON_SPOT and not p["voided"] for p in file.papers)
    for key, what in COMES_BACK.items():
        for clock in file.running(key) if made else ():
            yield Reason(f"{what}（至 {clock['due_on']}）", clock["basis"], "请先登记")


COMES_BACK = {
    "summary_filing": "存档联尚未交回", "cash_in": "当场收缴的罚款尚未交机关", "cash_bank": "当场收缴的罚款尚未缴付银行",
}  # fmt: skip


def awaited(file: File, step: Step, given: Input) -> Reasons:
    """Only what is still to come back is told of as having come (impl-32, apl-71)."""
    if not any(file.running(key) for key in step.stops):
        yield Reason("没有须交回、缴付的", step.basis)


def left_to_deliver(file: File, step: Step, given: Input) -> Reasons:
    """Whoever has the paper does not get it again (apl-52)."""
    made = [p for p in file.papers if p["code"] in step.given.CODES and not p["voided"]]
    if made and not any(unserved(file, paper) for paper in made):
        yield Reason("文书已经交付各当事人", "apl-52")


def handed_over(file: File, step: Step, given: Input) -> Reasons:
    """Every order and decision was handed over (apl-52)."""
    for row in file.drafts:
        yield Reason(f"“{row['label']}”仍是草稿", "apl-52", "请成文、签名并当场交付，或者作废")
    for paper in file.papers:
        if not paper["voided"] and not paper["services"]:
            yield Reason(f"{paper['label']}{paper['number']}尚未交付", "apl-52", "请先登记当场交付")


def nothing_punished(file: File, step: Step, given: Input) -> Reasons:
    """What was punished on the spot is not punished again elsewhere (apl-29); a decision that reached nobody punished nobody."""
    if any(p["code"] == "spot_penalty" and p["services"] and not p["voided"] for p in file.papers):
        yield Reason(
            "已经当场处罚，不能再转普通程序", "apl-29", "同一违法行为不得给予两次罚款；决定确有错误的，先办理“纠正决定”"
        )

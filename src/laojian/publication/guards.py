"""Why a step of a publication is refused."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from laojian.lawbook import Set, law
from laojian.procedure.step import File, Reason, Step

from .kinds import kinds, suggested
from .queries import Served, to_judge

Input = Mapping | None
Reasons = Iterator[Reason]
PRIVATE = re.compile(r"(?<!\d)(1[3-9]\d{9}|\d{15}|\d{17}[\dXx])(?!\d)")  # a mobile number, an identity number


def chosen(file: File, given: Mapping) -> Served | None:
    """The decision that is judged."""
    return next((each for each in to_judge(file) if each.key == given["decision"]), None)


def must_be_public(file: File, step: Step, given: Input) -> Reasons:
    """What the law publishes however grave, or what reaches the bureau's own amount, is not left out: publishing is no choice (grave)."""
    each = chosen(file, given) if given else None
    if each is None:
        return
    for kind in suggested(tuple(each.powers)):
        if kind.always:
            yield Reason(f"“{kind.label}”不论情节轻重都应当公布", "grave", "请改办“列入公布”", "decision")
    limit = law().local("grave_amount", file.bureau["options"], file.on)
    if isinstance(limit, Set) and each.amount >= Decimal(limit.value):
        yield Reason(
            f"责令支付 ¥{each.amount:,.2f}，达到本机关设定的公布数额 ¥{Decimal(limit.value):,.2f}（{limit.document}）",
            "grave", "请改办“列入公布”", "decision",
        )  # fmt: skip


def of_its_kind(file: File, step: Step, given: Input) -> Reasons:
    """A kind that needs a finding is not told of a decision that found something else (child labour alone is certain)."""
    each = chosen(file, given) if given else None
    if each and kinds()[given["kind"]].always and kinds()[given["kind"]] not in suggested(tuple(each.powers)):
        yield Reason(f"该决定没有认定“{kinds()[given['kind']].label}”", "grave", "请按决定认定的事项选择情形", "kind")


def nothing_private(file: File, step: Step, given: Input) -> Reasons:
    """What everybody reads holds no telephone and no identity number."""
    for name in ("facts", "handling"):
        if given and (found := PRIVATE.search(given.get(name) or "")):
            yield Reason(
                f"含有疑似电话或者证件号码“{found[0][:3]}……”", "grave", "公布的内容不得有个人隐私，请删去", name
            )


def all_judged(file: File, step: Step, given: Input) -> Reasons:
    """A round is put forward when every decision has been judged: whoever fits is published, nobody is chosen (grave)."""
    if left := to_judge(file):
        names = "、".join(each.name for each in left[:5])
        yield Reason(f"还有 {len(left)} 件决定没有判断：{names}", "grave", "请逐件办理“列入公布”或者“不予公布”")


def something_public(file: File, step: Step, given: Input) -> Reasons:
    """There is something to publish."""
    if not any(v["kind"] for v in file.verdicts):
        yield Reason("本批没有列入公布的决定", "grave", "请办理“本期无应公布事项”")


def nothing_public(file: File, step: Step, given: Input) -> Reasons:
    """A round ends without publication only when nothing is to be published."""
    if some := [v["name"] for v in file.verdicts if v["kind"]]:
        yield Reason(f"已列入公布 {len(some)} 件：{'、'.join(some[:5])}", "grave", "请办理“向社会公布”")


def objected_once(file: File, step: Step, given: Input) -> Reasons:
    """One objection about one violation at a time."""
    if given and str(given["verdict"]) in {c["subject"] for c in file.running("grave_object")}:
        yield Reason("这一件的异议正在复核", "grave", "请先办理“答复异议”；补充的理由一并复核", "verdict")


def objections_answered(file: File, step: Step, given: Input) -> Reasons:
    """A round does not end while an objection is open."""
    if file.running("grave_object"):
        yield Reason("还有异议没有答复", "grave", "请先办理“答复异议”")


def notice_sealed(file: File, step: Step, given: Input) -> Reasons:
    """What is published is the notice under the bureau's seal, not a draft."""
    notice = next((p for p in reversed(file.papers) if p["code"] == "publication_notice" and not p["voided"]), None)
    if notice is None or not notice["seals"]:
        yield Reason("公告还没有成文盖章", "grave", "请先在文书里办理“文书成文”“登记盖章签名”")

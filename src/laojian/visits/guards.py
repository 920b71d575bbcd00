"""What must hold before a step of a visit: a published item, competence, two certified officers, approval, a signed record."""

from collections.abc import Iterator
from datetime import date

from laojian.cases.guards import Input, Reasons, addressees_known, correction_over, two_inspectors
from laojian.cases.power_guards import in_power, refused
from laojian.cases.queries import team
from laojian.cases.summary_guards import awaited, copy_in
from laojian.employers.queries import tied
from laojian.evidence.models import Evidence
from laojian.lawbook import law
from laojian.people.queries import carried
from laojian.people.rules import list_of_powers
from laojian.procedure.step import File, Reason, Step, local
from laojian.record.models import Entry

from .forms.ending import waiting
from .models import Visit
from .queries import open_visits, over_cap
from .rules import checklist, clash, for_plan, problems, untouched

__all__ = ["addressees_known", "awaited", "copy_in", "correction_over", "in_power", "two_inspectors"]

EXEMPT = (Visit.Ground.REPORT, Visit.Ground.ASSIGNMENT)  # asked for by others: never kept waiting for another visit


def chosen(file: File, given: Input) -> list[str]:
    """The items that a step plans, else those of the visit."""
    return list((given or {}).get("items") or ()) or [each["item"] for each in (file.visit or {}).get("items", ())]


def past(file: File, given: Input) -> bool:
    """Whether the visit lies behind and is only entered."""
    return bool((given or {}).get("past") or (file.visit or {}).get("past"))


def ground(file: File, given: Input) -> str:
    """The ground of the visit."""
    return (given or {}).get("ground") or (file.visit or {}).get("ground", "")


def items_fit(file: File, step: Step, given: Input) -> Reasons:
    """Each item is in force today, can be inspected in this mode, and is organised at the bureau's level."""
    mode = (given or {}).get("mode") or (file.visit or {}).get("mode")
    for key in [] if past(file, given) else chosen(file, given):
        item, version = law().item(key), law().item(key).at(file.on)
        if version is None:
            yield Reason(f"检查事项“{item.label}”在 {file.on} 没有施行的版本", "gbf54", "请另选事项", "items")
        elif mode and mode not in version.modes:
            wanted = "、".join(Visit.Mode(each).label for each in version.modes)
            yield Reason(
                f"“{item.label}”的检查方式是{wanted}，不能用{Visit.Mode(mode).label}", "gbf54", "请改选检查方式", "mode"
            )
        elif file.bureau["level"] not in version.levels:
            yield Reason(f"“{item.label}”不由本级机关组织检查", "gbf54", "请报有权的机关安排", "items")


def items_published(file: File, step: Step, given: Input) -> Reasons:
    """What the bureau has not made public on the day may not be inspected; before gbf54 nobody had to."""
    if past(file, given) or not law().article("gbf54").in_force(file.on):
        return
    profile = profile_of(file)
    for key in chosen(file, given):
        if not (profile and profile.public_item(key, file.on)):
            label = law().item(key).label
            yield Reason(f"检查事项“{label}”在 {file.on} 没有由{file.bureau['name']}公布", "gbf54",
                         "没有公布的事项不得检查；请先公布，并由系统管理员登记公布的清单", "items")  # fmt: skip


def profile_of(file: File):
    """The list of powers and published items of the file's bureau on the day; None when it has none."""
    return law().profiles.get(list_of_powers(file.bureau["level"], file.bureau.get("options") or {}, file.on))


def in_inspection_power(file: File, step: Step, given: Input) -> Reasons:
    """The bureau holds the power to inspect each item on the day: its own, assigned or entrusted (lsr-10, gbf54)."""
    if past(file, given):
        return
    versions = [law().item(key).at(file.on) for key in chosen(file, given)]
    yield from refused(file, [law().power(key) for key in dict.fromkeys(each.power for each in versions if each)])


def hands_certified(file: File, step: Step, given: Input) -> Reasons:
    """Both officers carry a certificate valid on the day, belong here or are assigned by a document, and need not withdraw.

    (apl-42, lsr-16, apl-43)
    """
    if given is None or past(file, given):
        return
    lent = {row["officer"]: row.get("document") for row in given.get("lent") or ()}
    hands = [key for key in (given.get("lead"), given.get("second")) if key]
    people, ties = carried(hands, file.on), tied(hands, given.get("employer") or file.dossier["employer_id"])
    for field in ("lead", "second"):
        name, number = people.get(given.get(field), ("该人员", None))
        here = file.once(team).get(given.get(field)) or lent.get(given.get(field))
        if not here:
            yield Reason(
                f"{name}不是{file.bureau['name']}的监察员，也没有调配文书", "gbf54", "请另选，或者写明调配的文书", field
            )
        elif not number:
            yield Reason(f"{name}没有在 {file.on} 有效的执法证件", "apl-42", "请先换发证件或者另行安排", field)
        if told := ties.get(given.get(field)):
            yield Reason(f"{name}申报过与该单位有{told}，应当回避", "apl-43",
                         "请另选检查人员；关系已经终止的，先在该人员的“抽查选派”页登记终止", field)  # fmt: skip


def second_certified_today(file: File, step: Step, given: Input) -> Reasons:
    """On the day of the visit both certificates are valid, not only on that of the plan (apl-42)."""
    for name, number in file.hands.values():
        if not number:
            yield Reason(
                f"{name}没有在 {file.on} 有效的执法证件", "apl-42", "请先换发证件，或者由负责人办理“调整检查人员”"
            )


def within_cap(file: File, step: Step, given: Input) -> Reasons:
    """No employer is visited more often than it may be, unless somebody says why and a head agrees; exempt grounds are free."""
    if given is None or past(file, given):
        return
    if not given.get("cap_reason") and not (file.visit or {}).get("cap_reason"):
        yield from excess(file, given)


def excess(file: File, given: Input) -> Iterator[Reason]:
    """Why this visit would be too many in the year in which it is to be made, if it would be."""
    employer = (given or {}).get("employer") or file.dossier["employer_id"]
    day = (given or {}).get("from_on") or date.fromisoformat(file.visit["from_on"])
    told = over_cap(
        [employer], chosen(file, given), ground(file, given), day, file.bureau.get("options") or {}, file.id
    )
    yield from told.values()


def excess_agreed(file: File, step: Step, given: Input) -> Reasons:
    """A visit beyond the cap is approved by a head of the bureau, in writing (gbf54)."""
    if given is None:
        return
    for reason in excess(file, given):
        if not {"deputy", "chief"} & {*file.actor["roles"]}:
            yield Reason(reason.text, reason.basis, "超过上限的检查须由分管负责人或者主要负责人批准")
        elif not given.get("cap_reason"):
            yield Reason(reason.text, reason.basis, "同意超过上限的，请写明理由", "cap_reason")


def joined_first(file: File, step: Step, given: Input) -> Reasons:
    """An employer with a visit planned or under way gets one for several items, not another (综合查一次); what others ask for is free."""
    if (
        given is None
        or past(file, given)
        or given["ground"] in (*EXEMPT, Visit.Ground.DRAW)
        or given.get("separate_reason")
    ):
        return
    for visit in open_visits(given["employer"], file.dossier["bureau_id"], file.id):
        what = "、".join(law().item(each["item"]).label for each in visit.items)
        yield Reason(
            f"本局对该单位已有{visit.get_ground_display()}（卷宗 {visit.pk}，{visit.from_on} 至 {visit.until_on}，{what}）", "gbf54",
            "请在该卷办理“并入检查事项”，一次查完；确须分开的，写明理由", "separate_reason",
        )  # fmt: skip


def employer_known(file: File, step: Step, given: Input) -> Reasons:
    """Whom the visit is about stands in the register, and is not without a name there."""
    if given is not None and file.once(lambda _: registered(given["employer"])) is None:
        yield Reason("登记在册的单位中没有这一家", "gbf54", "请重新查找后选择", "employer")


def registered(employer: int) -> int | None:
    """The employer's id where it stands in the register."""
    return Visit.employer.field.related_model.objects.filter(pk=employer).values_list("pk", flat=True).first()


def on_the_ground(file: File, step: Step, given: Input) -> Reasons:
    """A written review is no visit on the ground."""
    if file.visit and file.visit["mode"] == Visit.Mode.WRITTEN:
        yield Reason("本次为书面审查，不进入现场", "lsr-14", "请办理“送达书面审查通知”；须到现场的，退回修改计划")


def in_writing(file: File, step: Step, given: Input) -> Reasons:
    """Only a written review is asked for by letter."""
    if file.visit and file.visit["mode"] != Visit.Mode.WRITTEN:
        yield Reason("本次不是书面审查", "lsr-14", "请办理“开始检查”")


def noticed(file: File, step: Step, given: Input) -> Reasons:
    """The sealed notice was served, or is handed over on the spot; a check on a report goes without (gbf54)."""
    if not file.visit or file.visit["ground"] == Visit.Ground.REPORT or not law().article("gbf54").in_force(file.on):
        return
    notices = for_plan(file.papers, file.took, "inspection_notice")
    if not any(p["seals"] for p in notices):
        yield Reason("行政检查通知书还没有成文、盖章", "gbf54", "请在文书页办理成文、登记盖章")
    elif given is not None and not any(p["services"] for p in notices) and not given.get("handed"):
        yield Reason("行政检查通知书没有送达", "gbf54", "请先送达；当场出具的，请勾选", "handed")


def as_approved(file: File, step: Step, given: Input) -> Reasons:
    """The notice of a written review that is served was drafted for the plan as it was last approved (lsr-14)."""
    asked = [p for p in file.papers if p["code"] == "written_review_notice" and not p["voided"]]
    good = {p["id"] for p in for_plan(asked, file.took, "written_review_notice")}
    if asked and (not good if given is None else given["paper"] not in good):
        yield Reason("书面审查通知书是按变更以前的计划起草的", "lsr-14",
                     "请将重新批准后起草的通知书成文、盖章后送达", "paper" if given else "")  # fmt: skip


def not_ahead(file: File, step: Step, given: Input) -> Reasons:
    """Nothing is written down before it happened (apl-47)."""
    for name in ("began_at", "ended_at"):
        if given is not None and given.get(name) and local(given[name]) > local(file.at):
            yield Reason("填写的时间晚于办理时间", "apl-47", "请按实际时间填写", name)
    ended, began = given and given.get("ended_at"), (file.visit or {}).get("began_at")
    if ended and began and ended.isoformat() and local(ended) < local(type(ended).fromisoformat(began)):
        yield Reason("结束时间早于开始时间", "apl-47", "请核对", "ended_at")


def lines_of_the_visit(file: File, step: Step, given: Input) -> Reasons:
    """Each line belongs to an item of this visit, names evidence of this file, and was not taken before in the same batch."""
    if given is None:
        return
    known = {(row.item, row.standard.key) for row in checklist(file.visit["items"], (), law())}
    shown = {key for row in given.get("lines") or () for key in row.get("evidence") or ()}
    if shown and shown - {*Evidence.objects.filter(dossier_id=file.id, pk__in=shown).values_list("pk", flat=True)}:
        yield Reason("检查情况所附的证据不在本卷", "apl-46", "请先把证据登记入本卷，再附到检查情况", "lines")
    for row in given.get("lines") or ():
        if (row["item"], row["line"]) not in known:
            yield Reason(
                f"“{row['item']} {row['line']}”不是本次检查的标准", "gbf54", "请按本次检查的检查表填写", "lines"
            )
    if (
        given.get("key")
        and Entry.objects.filter(
            dossier_id=file.id, verb__in=("fill_checklist", "supplement_record"), given__key=given["key"]
        ).exists()
    ):
        yield Reason("这一批检查情况已经登记", "apl-47", "不必重复提交", "key")


def checklist_complete(file: File, step: Step, given: Input) -> Reasons:
    """The record tells of every line of the standard (gbf54)."""
    left = untouched(checklist(file.visit["items"], file.lines, law())) if file.visit else []
    if left:
        names = "、".join(f"{row.label}“{row.standard.text}”" for row in left[:3])
        yield Reason(
            f"检查表还有 {len(left)} 条没有检查或者待核实：{names}", "gbf54", "请先填写检查表；不涉及的写“不适用”"
        )


def record_signed(file: File, step: Step, given: Input) -> Reasons:
    """The record is fixed and the signed copy is back, a refusal with its witness (apl-55)."""
    made = [p for p in file.papers if p["code"] == "inspection_record" and not p["voided"]]
    if not made:
        yield Reason("现场检查笔录还没有成文", "apl-55", "请先办理“制作检查笔录”，成文后由各方签名")
    elif not made[-1]["seals"]:
        yield Reason("现场检查笔录没有签名", "apl-55", "请各方签名后登记；拒绝签名的注明情况并由见证人签名")
    filled = file.last("fill_checklist")
    if made and filled and filled[0] > made[-1]["nth"]:
        yield Reason("检查表在笔录制作以后又有变更", "apl-55", "请重新办理“制作检查笔录”，成文后由各方签名；原笔录留卷")
    for row in file.drafts:
        if row["code"] == "inspection_record":
            yield Reason("还有一份检查笔录是草稿", "apl-55", "请成文，或者作废")


def results_fit(file: File, step: Step, given: Input) -> Reasons:
    """The codes tell what the checklist found, and whether the visit could be made at all."""
    if given is None:
        return
    rows = problems(checklist(file.visit["items"], file.lines, law()))
    text = clash([law().result(key) for key in given["codes"]], len(rows), unmet(file))
    if text:
        yield Reason(text, "gbf118", "请核对检查表和结果", "codes")
    if "case_filed" in given["codes"] and not file.has_taken("open_case"):
        yield Reason("还没有转立案", "lsr-14", "请先办理“转立案”", "codes")
    if "correction_ordered" in given["codes"] and not ordered(file):
        yield Reason("还没有责令改正的文书", "lsr-18", "请先办理“责令改正”", "codes")


def unmet(file: File) -> bool:
    """Whether the visit could not be carried out."""
    return file.has_taken("break_off")


def ordered(file: File) -> bool:
    """Whether an order to put right was made in this file or in a case that grew out of it."""
    made = [*file.drafts, *(p for p in file.papers if not p["voided"])]
    return any(p["code"] == "spot_order" for p in made) or file.has_taken("open_case")


def something_pending(file: File, step: Step, given: Input) -> Reasons:
    """There is a result that was left for later."""
    if not waiting(file):
        yield Reason("没有待后续处理的结果", "gbf118")


def nothing_pending(file: File, step: Step, given: Input) -> Reasons:
    """A visit is closed only when nothing was left for later and no order is unanswered."""
    for row in waiting(file):
        yield Reason(f"结果“{law().result(row['code']).label}”还没有登记后续处理", "gbf118", "请先办理“登记后续处理”")
    for clock in file.running("correct"):
        yield Reason(f"责令改正期限至 {clock['due_on']}，尚未核实", clock["basis"], "请先办理“核实改正情况”")


def published_now(file: File, step: Step, given: Input) -> Reasons:
    """Only what is public can be taken down."""
    if file.visit and (not file.visit["published_on"] or file.visit["withdrawn_on"]):
        yield Reason("结果没有公示，或者已经撤回", "gbf118")


def is_past(file: File, step: Step, given: Input) -> Reasons:
    """Only what was planned as a past visit is entered as one: nothing that should be approved is waved through."""
    if file.visit and not file.visit["past"]:
        yield Reason("本卷不是补录的检查", "gbf54", "补录的检查请从“补录检查”登记")


def not_past(file: File, step: Step, given: Input) -> Reasons:
    """A visit that lies behind is not approved after the fact."""
    if file.visit and file.visit["past"]:
        yield Reason("补录的检查不再审批", "apl-47", "请办理“补录检查”")

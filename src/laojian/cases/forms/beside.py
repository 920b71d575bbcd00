"""What the steps beside the main line ask: avoidance, evidence registered and kept, extensions, bank accounts, experts, handing over."""

from django import forms

from laojian.procedure.step import ROLE_LABELS, File

from ..models import Avoidance, Keeping
from .fields import CaseGiven, Day, Line, Moment, Opinion, Prose, choice, parties, pick, tick
from .inquiry import UNITS


class AvoidanceAsked(CaseGiven):
    """A party asks, or an officer says, that an officer should keep away (impl-23, impl-24)."""

    officer = pick("应当回避的人员")
    asked_by = choice("提出方式", Avoidance.AskedBy.choices)
    applicant = Line("申请人", max_length=120, help_text="当事人申请的写当事人；本人提出的写本人姓名。")
    grounds = Prose("回避的理由", max_length=4000, help_text="写明与本案或者当事人的关系；书面申请作为证据入卷。")
    received_on = Day("收到申请之日", past=True, now=True)

    def offer(self, file: File) -> None:
        self.fields["officer"].choices = [("", "请选择"), *sorted(involved(file).items())]


def involved(file: File) -> dict[int, str]:
    """Who handles the file or took a step on it: officer id → name."""
    steps = file.flow.by_verb
    taken = {row[3]: row[4] for row in file.took if row[1] in steps and steps[row[1]].role not in ROLE_LABELS}
    return taken | {int(key): name for key, (name, _) in file.hands.items()}


class AvoidanceChosen(Opinion):
    """The leader's decision on one request, with its reasons."""

    request = pick("回避申请")

    field_order = ("request", "opinion")

    def offer(self, file: File) -> None:
        rows = [(a["id"], f"{a['name']}（{a['applicant']}提出）") for a in file.avoidances if a["granted"] is None]
        self.fields["request"].choices = rows


class NoConflict(CaseGiven):
    """Whoever works on the case says whether it concerns him or her (apl-43, lsr-16)."""

    conflict = choice("利害关系", [("none", "与本案及当事人没有利害关系"), ("some", "有利害关系，应当回避")])
    relation = Prose("关系说明", required=False, max_length=2000, help_text="有利害关系的必填。")

    def clean(self):
        given = super().clean()
        if given.get("conflict") == "some" and not given.get("relation"):
            self.add_error("relation", "有利害关系的，请写明是什么关系")
        return given


class KeepingAsked(CaseGiven):
    """Evidence that may be lost is to be registered and kept (apl-56): what, of whom, where, why."""

    party = pick("被登记保存的当事人")
    items = Prose("物品（每行一件）", max_length=4000, help_text="写名称、数量、特征，如：2026年1月至3月考勤表 3 册。")
    reason = Prose("可能灭失或者以后难以取得的理由", max_length=2000)
    place = Line("保存地点", max_length=120)
    keeper = Line("保管人", max_length=60)

    def offer(self, file: File) -> None:
        self.fields["party"].choices = parties(file)


class KeepingChosen(Opinion):
    """The leader decides on what was asked to be kept."""

    keeping = pick("登记保存申请")

    field_order = ("keeping", "opinion")

    def offer(self, file: File) -> None:
        self.fields["keeping"].choices = keepings(file, lambda k: not k["approved_on"])


def keepings(file: File, which) -> list[tuple[int, str]]:
    """The keepings that have not ended and are as `which` says, as choices."""
    return [(k["id"], k["items"].split("\n")[0][:40]) for k in file.keepings if not k["ending"] and which(k)]


class Kept(CaseGiven):
    """Things were registered and kept on the spot, list and notice handed over."""

    keeping = pick("已批准的登记保存")
    kept_at = Moment("登记保存时间", now=True)
    present = Line("在场人", max_length=60)
    shown = tick("已出示执法证件，当场清点，并交付通知书和清单")
    refused = Line("拒签情况", required=False, help_text="当事人拒绝在清单上签名的才填。")
    witness = Line("见证人", required=False, max_length=60)

    def offer(self, file: File) -> None:
        self.fields["keeping"].choices = keepings(file, lambda k: k["approved_on"] and not k["kept_on"])

    def clean(self):
        given = super().clean()
        if given.get("refused") and not given.get("witness"):
            self.add_error("witness", "当事人拒签的，由见证人签名")
        return given


class KeepingDisposed(CaseGiven):
    """What became of what was kept (apl-56): copied, returned, appraised, handed over, or released."""

    keeping = pick("登记保存的物品")
    ending = choice("处理方式", [pair for pair in Keeping.Ending.choices if pair[0] not in ("refused", "lapsed")])
    detail = Prose("处理情况", max_length=2000)
    to = Line("接收单位（接收人）", required=False, max_length=60)

    def offer(self, file: File) -> None:
        self.fields["keeping"].choices = keepings(file, lambda k: k["kept_on"])

    def clean(self):
        given = super().clean()
        if given.get("ending") in ("appraised", "handed_over") and not given.get("to"):
            self.add_error("to", "送交鉴定、移交的，请写明交给谁")
        return given


class Extended(Opinion):
    """A leader lengthens a period, by as much as he or she says (impl-37)."""

    length = forms.IntegerField(label="延长", min_value=1, max_value=365)
    unit = choice("单位", UNITS)

    field_order = ("opinion", "length", "unit")


class AccountQueryAsked(CaseGiven):
    """Accounts, houses or cars of a debtor of wages are to be looked into (mww-40)."""

    party = pick("被查询的当事人")
    matters = Prose("查询事项", max_length=2000, help_text="哪些账户、房产、车辆，哪一段时间。")
    office = Line("协助查询的单位", max_length=120, help_text="如：示例银行示例支行、不动产登记机构。")
    reason = Prose("查询理由", max_length=2000)
    migrant = tick("本案是拖欠农民工工资案件")

    def offer(self, file: File) -> None:
        self.fields["party"].choices = parties(file)


class CityGrant(CaseGiven):
    """The city bureau's answer to a district that asked to look into accounts."""

    document = Line("市级批准文号", max_length=80)
    approver = Line("批准的市级负责人", max_length=60)
    granted_on = Day("批准之日", past=True)


class Commission(CaseGiven):
    """An audit or an appraisal is given to somebody competent (lsr-15)."""

    kind = choice("委托事项", [("audit", "审计"), ("appraisal", "鉴定"), ("test", "检测")])
    office = Line("受托机构", max_length=120)
    scope = Prose("范围和要求", max_length=4000)
    reason = Prose("委托理由", max_length=2000)
    due_on = Day("要求完成之日", required=False)
    materials = Prose("移交的材料（每行一件）", required=False, max_length=4000)


class CommissionDone(CaseGiven):
    """The report came back: it enters the file as an expert opinion (apl-46)."""

    office = Line("出具机构", max_length=120)
    title = Line("报告名称", max_length=120)
    conclusion = Prose("结论", max_length=400)
    received_on = Day("收到之日", past=True, now=True)
    pages = forms.IntegerField(label="页数", required=False, min_value=1)


class HandOver(CaseGiven):
    """After filing it turns out to be another authority's business (lsr-18), or another bureau's (lsr-13, apl-25)."""

    kind = choice("移送情形", [("organ", "不属于劳动保障监察事项"), ("venue", "不属于本机关管辖")])
    office = Line("受移送机关", max_length=120)
    reason = Prose("移送理由", max_length=2000)
    materials = Prose("移送的材料（每行一件）", required=False, max_length=4000)


class HandedOver(CaseGiven):
    """The receiving authority's receipt."""

    received_on = Day("对方收到之日", past=True, now=True)
    receiver = Line("收件人", max_length=60)
    document = Line("回执文号", required=False, max_length=80)


class TakenBack(CaseGiven):
    """The other authority sent it back, or it belongs here after all."""

    reason = Prose("退回理由", max_length=2000)
    document = Line("退回文号", required=False, max_length=80)


class MassEvent(CaseGiven):
    """What the violation of this case caused, with the ground on which it is established."""

    sort = choice("种类", [("mass", "群体性事件"), ("extreme", "极端事件"), ("effect", "严重社会影响")])
    on = Day("发生之日", past=True)
    ground = Prose("认定依据", max_length=2000, help_text="依据哪个机关的通报、记录；登记以后计入单位的诚信等级。")

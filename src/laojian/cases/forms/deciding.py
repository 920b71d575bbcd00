"""What notice, statement, review, decision, performance and closing ask."""

from django import forms

from laojian.intake.models import Source
from laojian.procedure.step import File

from ..checklist import LINES, filled
from ..panel import catalogue, major_of
from ..queries import judged_major, pieces
from .fields import CaseGiven, Day, Line, Moment, Opinion, Prose, Yuan, choice, parties, pick, several
from .inquiry import PROPOSALS
from .rows import Addressed

GROUNDS = (
    ("performed", "履行完毕"), ("no_burden", "不予处罚、撤销立案的决定已经送达"), ("court", "人民法院裁定执行完毕、不予执行或者终结执行"),
    ("ended", "终结执行"), ("transferred", "移送有权机关已被立案"),
)  # fmt: skip


FOLLOWED = [("", "——"), ("all", "全部采纳，已经改正"), ("part", "部分采纳"), ("none", "不采纳")]


class ReviewAsked(Opinion):
    """The file goes to the reviewer: as which kind of major decision, and how an earlier opinion was followed (apl-58)."""

    ground = choice("属于哪一种重大执法决定", [], required=False, help_text="经过听证、达到数额的由系统认定，不必选。")
    followed = choice("对上次审核意见", FOLLOWED, required=False, help_text="被退回过的必填。")
    refusal = Prose(
        "不采纳的理由", required=False, max_length=4000, help_text="不采纳、部分采纳的必填，并报行政机关负责人。"
    )

    def offer(self, file: File) -> None:
        kinds = [row.label for row in catalogue(file) if row.by == "judged"]
        self.fields["ground"].choices = [("", "不属于"), *((label, label) for label in kinds)]


class Review(CaseGiven):
    """The reviewer's opinion, line by line (`procedure.md` §5.3); each line pass, fix, fail or not applicable, with a note.

    `apart` names the fields that stand beside what the file shows for their line.
    """

    LINES = tuple((key, label) for key, label, _ in LINES)
    MARKS = (("pass", "通过"), ("fix", "须改正"), ("fail", "不通过"), ("na", "不涉及"))
    OUTCOMES: tuple[tuple[str, str], ...] = ()

    apart = tuple(name for key, _ in LINES for name in (key, f"{key}_note"))
    field_order = (*apart, "qualification", "mitigation", "outcome", "opinion")

    opinion = Prose("审核意见")
    qualification = Line("审核人资格", required=False, max_length=60)
    mitigation = Prose(
        "对减轻处罚的审核意见", required=False, max_length=4000, help_text="拟罚款低于法定最低数额的必填。"
    )
    for _key, _label in LINES:
        locals()[_key] = choice(_label, MARKS, required=False, initial="pass")
        locals()[f"{_key}_note"] = Line(f"{_label}：说明", required=False, max_length=180)
    del _key, _label

    def clean(self):
        given = super().clean()
        bad = [label for key, label in self.LINES if given.get(key) == "fail"]
        if bad and self.passes:
            self.add_error("opinion", f"{'、'.join(bad)}不通过的，不能出具同意意见，请退回")
        return given

    passes = False


class Agreed(Review):
    """The reviewer agrees: no line may have failed, a line left open stands as the file shows it; of a major decision none is left open."""

    passes = True

    def clean(self):
        given = super().clean()
        if self.file is not None and (major := major_of(self.file, judged_major(self.file))):
            for key, label in self.LINES:
                if not given.get(key) and key not in self.errors:
                    self.add_error(key, f"本案属于重大执法决定（{major[0].label}），“{label}”须逐项填写，不能留空")
        shown = {line.key: line.mark for line in self.file.once(filled)} if self.file is not None else {}
        return given | {key: given.get(key) or shown.get(key) or "pass" for key, _ in self.LINES}


class Fixed(Review):
    """The reviewer agrees once something is put right, and looks again (`procedure.md` §5.4)."""

    OUTCOMES = (("fix", "改后同意"), ("change", "变更依据或者裁量"))
    outcome = choice("审核结论", OUTCOMES, required=False, initial="fix")

    def clean(self):
        given = super().clean()
        return given | {"outcome": given.get("outcome") or self.OUTCOMES[0][0]}


class SentBack(Fixed):
    """The reviewer sends the file back to the investigation (`procedure.md` §5.4)."""

    OUTCOMES = (
        ("supplement", "补充调查"), ("procedure", "补正程序"), ("disagree", "不同意"), ("transfer", "建议移送公安机关"),
    )  # fmt: skip
    outcome = choice("审核结论", OUTCOMES, required=False, initial="supplement")


class Notice(CaseGiven):
    """What the party is told before the decision: facts, reasons, basis, what is intended, and its rights (apl-44, apl-45, impl-34)."""

    facts = Prose("认定的事实", rows=5)
    violated = Line("违反的条款")
    basis = Line("处罚（处理）依据")
    intended = Prose("拟作出的决定")
    intended_treatment = Prose(
        "其中拟作出的行政处理", required=False, help_text="处罚、处理并用的另写；只有一种的不填。"
    )
    evidence = Prose("主要证据", required=False, max_length=4000, help_text="不填的，列出卷内全部证据。")
    fine = Yuan("拟罚款（元）", required=False)
    discretion = Prose("裁量理由", required=False)


class Statement(CaseGiven):
    """A statement or defence that the party made (apl-45)."""

    folded = ("ended_at", "code", "phone", "submitted", "recorder")

    party = pick("陈述人代表的当事人")
    person = Line("陈述申辩人", max_length=60)
    made_at = Moment("时间", now=True)
    way = choice("方式", [("oral", "口头"), ("written", "书面")])
    content = Prose("内容")
    ended_at = Moment("结束时间", required=False)
    place = Line("地点", required=False, max_length=120)
    standing = Line("与当事人的关系", required=False, max_length=60)
    code = Line("身份证件号", required=False, max_length=18)
    phone = Line("联系电话", required=False, max_length=20)
    submitted = Prose("提交的材料", required=False, max_length=4000)
    recorder = Line("记录人", required=False, max_length=60)

    def offer(self, file: File) -> None:
        self.fields["party"].choices = parties(file)


class Waiver(CaseGiven):
    """The party gave up its right in writing."""

    party = pick("当事人")
    document = Line("书面放弃声明", max_length=120)

    def offer(self, file: File) -> None:
        self.fields["party"].choices = parties(file)


class Reexamination(CaseGiven):
    """The written re-examination of what the party said; never to its disadvantage for having spoken (apl-45)."""

    adopted = choice("是否采纳", [("all", "采纳"), ("part", "部分采纳"), ("none", "不采纳"), ("silent", "未提出意见")])
    reasons = Prose("复核情况和理由", help_text="写明当事人提出的事实、理由和证据是否成立；不得因陈述申辩加重处罚。")
    fine = Yuan("复核后拟罚款（元）", required=False)


class Renotice(CaseGiven):
    """Why the notice has to be given again."""

    reason = Prose("变更的事实、依据或者内容")
    proposal = choice("变更后的处理建议", PROPOSALS, required=False)
    fine = Yuan("变更后拟罚款（元）", required=False)


class Decision(CaseGiven):
    """A decision: facts, basis, what each addressee must do, and the reasons for the measure."""

    folded = ("answer",)

    facts = Prose("认定的事实和证据", rows=6)
    violated = Line("违反的条款")
    basis = Line("决定依据")
    decided = Prose("决定内容")
    discretion = Prose("裁量和说理", help_text="认定违法时的计算和说理由系统写入决定书，这里写综合的理由。")
    adopted = Prose("陈述申辩采纳情况", required=False)
    addressees = Addressed("受文人及义务")
    length = forms.IntegerField(
        label="履行期限",
        required=False,
        min_value=1,
        max_value=365,
        help_text="自送达次日起算；罚款依法为{clock:pay}，不必填。",
    )
    unit = choice("期限单位", [("", "——"), ("day", "日"), ("working_day", "个工作日")], required=False)
    correct = Prose("同时责令改正的内容", required=False, max_length=4000)
    answer = Prose("当事人已经改正仍按上限罚款的理由", required=False, max_length=4000)
    set_aside = several("不作为依据的证据", help_text="经过听证的，没有在听证中出示、质证的证据在这里勾选。")

    def offer(self, file: File) -> None:
        super().offer(file)
        if file.has_taken("hearing_closed"):
            self.fields["set_aside"].choices = list(file.once(pieces).items())
        else:
            del self.fields["set_aside"]


WITHOUT = (
    ("", "——"), ("minor", "违法行为轻微并及时改正，没有造成危害后果"), ("first", "初次违法且危害后果轻微并及时改正"),
    ("no_fault", "当事人有证据足以证明没有主观过错"), ("unproved", "违法事实不能成立"), ("limitation", "超过处罚时效"),
)  # fmt: skip


class Ending(CaseGiven):
    """A decision without burden: no penalty, or revocation of the filing."""

    circumstance = choice(
        "情形", WITHOUT, required=False, help_text="按初次违法不予处罚的，系统核对该单位此前已决的违法。"
    )

    facts = Prose("认定的事实")
    basis = Line("依据")
    reason = Prose("理由")
    education = Prose("教育、建议情况", required=False)


class Performed(CaseGiven):
    """An obligation without money that was met."""

    obligation = pick("义务")
    on = Day("履行之日", past=True, now=True)
    note = Prose("核实情况", max_length=2000)

    def offer(self, file: File) -> None:
        self.fields["obligation"].choices = [(o["id"], o["demand"][:40]) for o in file.obligations if not o["met_on"]]


class Closing(CaseGiven):
    """The proposal to close: the result, and how it was carried out."""

    result = Prose("处理结果")
    performance = Prose("执行情况")
    ground = choice("结案情形", [("", "——"), *GROUNDS], required=False)


class Reply(CaseGiven):
    """The answer to one source."""

    source = pick("来源")
    content = Prose("答复内容", help_text="写处理结果和理由；投诉人凭查询码可以看到。")
    way = choice("方式", [("letter", "书面"), ("phone", "电话"), ("platform", "平台"), ("face", "当面")])

    def offer(self, file: File) -> None:
        open_ = (s for s in file.sources if not s["replied_on"])
        self.fields["source"].choices = [(s["id"], f"{s['number']} {Source.Kind(s['kind']).label}") for s in open_]

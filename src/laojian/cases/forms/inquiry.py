"""What investigation asks: letters, records, evidence, orders, extensions, the end of investigation."""

from django import forms

from laojian.evidence.forms import EvidenceForm, IdsField
from laojian.procedure.step import File

from .fields import SEXES, CaseGiven, Day, Line, Moment, Prose, Yuan, choice, parties, pick, tick, veiled
from .recorded import recordable
from .rows import Addressed

UNITS = [("day", "日"), ("working_day", "个工作日")]
PROPOSALS = [
    ("penalty", "行政处罚"), ("treatment", "行政处理"), ("both", "行政处罚并行政处理"),
    ("no_penalty", "不予行政处罚"), ("revocation", "撤销立案"),
]  # fmt: skip


class Letter(CaseGiven):
    """A letter of inquiry (调查询问书): who is to come, when, with which papers."""

    party = pick("受送达单位")
    come_at = Moment("到场时间")
    place = Line("到场地点", max_length=120)
    materials = Prose("须提供的材料", max_length=4000, help_text="每行一项，如：劳动合同、考勤记录、工资支付台账。")
    reason = Line("询问事由")
    who = Line("应当到场的人员", required=False)

    def offer(self, file: File) -> None:
        self.fields["party"].choices = parties(file)


class InquiryHeld(CaseGiven):
    """A record of inquiry, one person each, times to the minute (lsr-15, apl-55)."""

    folded = ("gender", "born_on", "code", "phone", "address", "workplace", "post", "avoidance", "added", "recorder")

    person = Line("被询问人", max_length=60)
    standing = Line("与本案关系", max_length=60)
    party = pick("代表的当事人", required=False)
    began_at = Moment("开始时间")
    ended_at = Moment("结束时间", now=True)
    place = Line("地点", max_length=120)
    shown = tick("已出示执法证件，并告知权利义务和申请回避的权利")
    questions = Prose(
        "问答", rows=14, help_text="每行以“问：”或者“答：”开头；出示证件、告知权利的开头几问由系统印上，不必再写。"
    )
    gender = choice("性别", SEXES, required=False)
    born_on = Day("出生日期", required=False, past=True)
    code = Line("身份证件号", required=False, max_length=18)
    phone = Line("联系电话", required=False, max_length=20)
    address = Line("住址", required=False, max_length=120)
    workplace = Line("工作单位", required=False, max_length=120)
    post = Line("职务或者工种", required=False, max_length=40)
    avoidance = Line("对权利义务和是否申请回避的回答", required=False)
    added = Line("对是否属实、有无补充的回答", required=False)
    recorder = Line("记录人", required=False, max_length=60)

    def offer(self, file: File) -> None:
        self.fields["party"].choices = [("", "无"), *parties(file)]

    def clean(self):
        given = CaseGiven.clean(self)  # the record of inspection borrows this method
        began, ended = given.get("began_at"), given.get("ended_at")
        if began and ended and ended <= began:
            self.add_error("ended_at", "结束时间须晚于开始时间")
        return given


class InspectionPlanned(CaseGiven):
    """An inspection that is to be approved and announced (gbf54): whom, about what, when and where."""

    party = pick("被检查单位")
    matters = Prose("检查事项", max_length=4000)
    method = Line("检查方式")
    start_at = Moment("检查时间")
    place = Line("检查地点", max_length=120)
    materials = Prose("需要准备的材料", required=False, max_length=4000, help_text="每行一项。")
    frequency = Line("年度频次核对", required=False, help_text="不填的，写因立案调查实施，不计入年度计划频次。")

    def offer(self, file: File) -> None:
        self.fields["party"].choices = parties(file)


class InspectionHeld(CaseGiven):
    """A record of inspection on the spot (检查笔录)."""

    folded = ("present_post", "taken", "comment", "recorder")

    party = pick("被检查单位")
    began_at = Moment("开始时间")
    ended_at = Moment("结束时间", now=True)
    place = Line("检查地点", max_length=120)
    present = Line("在场人", max_length=120)
    shown = tick("已出示执法证件，并告知检查事由、依据和权利义务")
    content = Prose("检查内容与方法")
    found = Prose("所见事实", rows=6, help_text="客观记录，不作评价。")
    present_post = Line("在场人职务", required=False, max_length=40)
    taken = Prose("提取的证据和编号", required=False, max_length=4000)
    comment = Line("当事人阅后意见", required=False)
    recorder = Line("记录人", required=False, max_length=60)

    def offer(self, file: File) -> None:
        self.fields["party"].choices = parties(file)

    clean = InquiryHeld.clean


class EvidenceAdded(CaseGiven, EvidenceForm):
    """Pieces of evidence, each with what it proves; files go in as ids of what was uploaded."""

    RECORDED = ("recorded", "began_at", "ended_at", "device")
    when = dict.fromkeys(RECORDED, "kind=audio_visual")

    files = IdsField(label="文件", required=False)
    recorded = pick(
        "哪一步的音像记录", required=False, help_text="没有列出的步骤，不用登记为音像记录；照样作为证据入卷。"
    )
    began_at = Moment("录制开始时间", required=False)
    ended_at = Moment("录制结束时间", required=False)
    device = Line("录制设备", required=False, max_length=80)

    def __init__(self, data=None, *, file=None, on=None, **options):
        self.file = file
        EvidenceForm.__init__(self, data, on=on, with_file=bool(data and data.get("files")), **options)
        for name in self.RECORDED:
            self.fields[name].when = self.when[name]
        self.fields["recorded"].choices = [("", "——"), *recordable(file)]

    def clean(self):
        given = EvidenceForm.clean(self)
        if given.get("recorded") and not self.with_file:
            self.add_error("recorded", "音像记录须连同文件入卷，请先选择文件")
        if given.get("recorded") and given.get("kind") != "audio_visual":
            self.add_error("recorded", "音像记录的证据种类是视听资料")
        if given.get("began_at") and given.get("ended_at") and given["ended_at"] <= given["began_at"]:
            self.add_error("ended_at", "结束时间须晚于开始时间")
        return given

    def record(self) -> dict:
        """A sealed piece's words stay out of the record, which more people read than the seal names (lsr-9)."""
        kept = super().record()
        return veiled(kept, ("kind", "form", "collected_on")) if kept.get("sealed") else kept


class Order(CaseGiven):
    """A correction order (限期改正指令书): facts, what is demanded of whom on which ground, and until when."""

    folded = ("evidence", "basis", "materials")

    facts = Prose("查明的违法事实", rows=5)
    violated = Line("违反的条款")
    demand = Prose("改正要求")
    addressees = Addressed(
        "受文人及义务",
        help_text="一人一项义务写一组；总包、建设单位等代他人清偿的，另写一组并选原债务人。同一人有两项义务的写两组。"
        "要求支付工资的，按台账尚欠的比例分到每名劳动者，逐人明细附在指令书后面。",
    )
    length = forms.IntegerField(
        label="改正期限", min_value=1, max_value=365, help_text="自送达次日起算，由本机关按情节确定。"
    )
    unit = choice("期限单位", UNITS)
    evidence = Prose("主要证据", required=False, max_length=4000, help_text="不填的，列出卷内全部证据。")
    basis = Line("责令改正的依据", required=False)
    materials = Prose("应当报送的改正材料（每行一项）", required=False, max_length=4000)


class Suggestion(CaseGiven):
    """A letter of suggestion (监察建议书): a tendency seen, and what is advised. It orders nothing."""

    party = pick("受文单位")
    problems = Prose("发现的问题", max_length=4000)
    advice = Prose("建议", max_length=4000)
    reply_on = Day("请其回复之日", required=False)

    def offer(self, file: File) -> None:
        self.fields["party"].choices = parties(file)


class Corrected(CaseGiven):
    """What was found when the time for correction was over, or earlier."""

    result = choice("改正情况", [("all", "全部改正"), ("part", "部分改正"), ("none", "未改正")])
    obligations = forms.TypedMultipleChoiceField(
        label="已履行的义务", required=False, coerce=int, choices=(), widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    note = Prose("核实情况")

    def offer(self, file: File) -> None:
        rows = [(o["id"], f"{o['addressee']}：{o['demand'][:40]}") for o in file.obligations if not o["met_on"]]
        self.fields["obligations"].choices = rows


class ExtensionAsked(CaseGiven):
    """Why the investigation needs more time (lsr-17)."""

    reason = Prose("情况复杂的理由", max_length=4000, help_text="须在期限届满前由行政机关负责人批准，只能延长一次。")
    remaining = Prose("尚需完成的调查", required=False, max_length=4000)


class Conclusion(CaseGiven):
    """The end of investigation: what is established, on what evidence, and what is proposed (impl-33)."""

    facts = Prose("查明事实", rows=5, help_text="时间、人数、月份、金额；以后的告知书、决定书由此带出。")
    evidence = Prose("主要证据")
    statement = Prose("被调查单位的陈述", required=False)
    violated = Line("违反的条款")
    basis = Line("处理依据")
    discretion = Prose("裁量情节和理由", required=False)
    proposal = choice("处理建议", PROPOSALS)
    proposed = Prose("建议内容")
    fine = Yuan("拟罚款（元）", required=False, help_text="建议处罚的必填；只给予警告的填 0。")
    no_inquiry = Prose("没有询问当事人的原因", required=False, max_length=2000, help_text="每名当事人都已询问的不填。")

    def clean(self):
        given = super().clean()
        if given.get("proposal") in ("penalty", "both") and given.get("fine") is None:
            self.add_error("fine", "建议处罚的，须写明拟罚款数额；只给予警告的填 0")
        return given

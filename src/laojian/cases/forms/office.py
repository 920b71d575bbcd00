"""What suspension, the discussion of the leaders, and the filing of penalties with superiors ask."""

from django import forms

from laojian.lawbook import Set, law
from laojian.procedure.step import File

from ..panel import suspension_grounds
from .deciding import Decision
from .fields import CaseGiven, Day, Line, Moment, Prose, choice
from .rows import Rows

MAJOR = [("", "——"), ("no", "不是"), ("yes", "是，须经集体讨论")]


class SuspensionAsked(CaseGiven):
    """Why the case must stand still, and the bureau's own rule that allows it (local-suspend); the one that is set is offered."""

    ground = choice("中止事由", [])
    reason = Prose("情况说明", max_length=2000)
    document = Line("本局制度的名称和文号", help_text="国家规定没有明文；没有本局制度的，不得中止。")

    def offer(self, file: File) -> None:
        self.fields["ground"].choices = list(suspension_grounds().items())
        found = law().local("suspension_grounds", file.bureau["options"], file.on)
        if isinstance(found, Set):
            self.fields["document"].initial = found.document
            self.fields["reason"].help_text = f"本局规定的事由：{found.value}"


class DiscussionCalled(CaseGiven):
    """The chief calls the leaders together (apl-57)."""

    reason = Prose("提请集体讨论的事项和理由", max_length=4000)
    meet_at = Moment("开会时间")
    place = Line("地点", max_length=120)


class Opinions(Rows):
    """Each leader who took part: name, post, for or against, and what he or she said."""

    noun = "名参会负责人"
    STANCES = [("agree", "同意"), ("against", "不同意"), ("other", "另有意见")]
    columns = [
        ("name", "姓名", None),
        ("post", "职务", None),
        ("stance", "意见", STANCES),
        ("demand", "发言要点", None),
    ]

    def row_problem(self, row: dict) -> str:
        if not all(row.get(key) for key in ("name", "post", "demand")) or row.get("stance") not in dict(self.STANCES):
            return "请写明姓名、职务、是否同意和发言要点"
        return ""


class DiscussionHeld(CaseGiven):
    """The record of the discussion: everybody's opinion, the minority's too, and the conclusion (apl-57)."""

    began_at = Moment("开始时间")
    ended_at = Moment("结束时间", now=True)
    place = Line("地点", max_length=120)
    host = Line("主持人", max_length=60)
    reporter = Line("汇报人", max_length=60, help_text="承办人汇报后回避，不参加表决。")
    report = Prose("汇报内容", max_length=4000)
    opinions = Opinions("参会负责人的意见")
    conclusion = choice("结论", [("agreed", "同意处理建议"), ("otherwise", "不同意，退回重新办理")])
    result = Prose("讨论结论", max_length=4000)
    recorder = Line("记录人", max_length=60)

    def clean(self):
        given = super().clean()
        began, ended = given.get("began_at"), given.get("ended_at")
        if began and ended and ended <= began:
            self.add_error("ended_at", "结束时间须晚于开始时间")
        return given


class Penalty(Decision):
    """A penalty: a decision that also says whether it is a major one, which the leaders must discuss (apl-57)."""

    rests_on = forms.TypedMultipleChoiceField(
        label="罚款所针对的未履行义务", required=False, coerce=int, choices=(), widget=forms.CheckboxSelectMultiple,
        help_text="责令的几项只有一部分没有履行的，勾选没有履行的那几项；不因拒不改正处罚的不选。",
    )  # fmt: skip
    major = choice("情节复杂或者违法行为重大", MAJOR, required=False, help_text="数额标准尚未设定的，由您书面判断。")
    major_reason = Prose("判断的理由", required=False, max_length=2000)

    def offer(self, file: File) -> None:
        super().offer(file)
        unmet = [o for o in file.obligations if o["unmet_on"] and not o["met_on"]]
        self.fields["rests_on"].choices = [(o["id"], f"{o['addressee']}：{o['demand'][:40]}") for o in unmet]


class Reported(CaseGiven):
    """A penalty was reported for filing (impl-46, local-record)."""

    sent_on = Day("报送之日", past=True, now=True)
    way = choice("报送方式", [("platform", "平台"), ("letter", "书面"), ("email", "电子邮件")])
    office = Line("报送机关", max_length=120)
    content = Prose("报送的内容", required=False, max_length=2000, help_text="不填的，写本案处罚决定书。")


class FilingReceipt(CaseGiven):
    """Whoever the penalty was reported to confirms it, or has nothing against it."""

    office = Line("备案机关", max_length=120)
    on = Day("收到回执之日", past=True, now=True)
    document = Line("回执文号", required=False, max_length=80)
    content = Prose("审查意见", required=False, max_length=2000)


class FilingRemark(CaseGiven):
    """Whoever the penalty was reported to asks that something be put right (apl-75)."""

    office = Line("备案机关", max_length=120)
    on = Day("收到之日", past=True, now=True)
    document = Line("文号", required=False, max_length=80)
    content = Prose("要求纠正的内容", max_length=4000)


class FilingAnswer(CaseGiven):
    """What was done about it."""

    content = Prose("纠正（说明）情况", max_length=4000)
    document = Line("答复文号", required=False, max_length=80)

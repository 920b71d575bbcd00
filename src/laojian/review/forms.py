"""What the steps of a hearing ask."""

from laojian.cases.forms.fields import CaseGiven, Day, Line, Moment, Prose, choice, pick, tick
from laojian.cases.forms.paper import Serving
from laojian.cases.forms.rows import Rows
from laojian.cases.queries import pieces
from laojian.people.models import Officer
from laojian.people.queries import holders
from laojian.procedure.step import File


class NoHearing(CaseGiven):
    """Why there is no hearing: the right does not exist, or not for whom it was asked."""

    ground = choice("情形", [("scope", "不属于听证范围"), ("party", "提出人不是当事人或者其代理人"), ("other", "其他")])
    reason = Prose("理由", max_length=4000)


class Appointment(CaseGiven):
    """Host and recorder, each a civil servant of this bureau who did not investigate (hear-5)."""

    host = pick("主持人")
    recorder = pick("记录员")
    own = tick("主持人、记录员都是本机关公务员，没有参与本案调查，与本案没有利害关系")
    opinion = Prose("意见", required=False, max_length=2000)

    def offer(self, file: File) -> None:
        bureau = file.dossier["bureau_id"]
        self.fields["host"].choices = [(o.pk, o.name) for o in holders(bureau, "hearing_officer", file.on)]
        staff = Officer.objects.filter(bureau_id=bureau, is_active=True, system=False).order_by("id")
        self.fields["recorder"].choices = list(staff.values_list("pk", "name"))


class Avoidance(CaseGiven):
    """Somebody asks that host or recorder step aside (apl-64)."""

    person = Line("申请人", max_length=60)
    of = choice("申请谁回避", [("host", "主持人"), ("recorder", "记录员")])
    made_on = Day("申请之日", past=True, now=True)
    reason = Prose("理由", max_length=4000)


class Setting(CaseGiven):
    """When and where the hearing takes place, open to the public or not, and who else is invited."""

    when = {"closed_reason": "openness=closed"}

    held_at = Moment("举行时间")
    place = Line("举行地点", max_length=120)
    openness = choice("是否公开", [("open", "公开举行"), ("closed", "不公开举行")])
    closed_reason = Line(
        "不公开的理由", required=False, help_text="涉及国家秘密、商业秘密或者个人隐私依法予以保密的，才不公开。"
    )
    third = Prose(
        "通知参加的第三人", required=False, max_length=2000, help_text="与处理结果有直接利害关系的人，每行一人。"
    )

    def clean(self):
        given = super().clean()
        if given.get("openness") == "closed" and not given.get("closed_reason"):
            self.add_error("closed_reason", "听证以公开为原则，不公开的须写明理由")
        return given


class ServingNotice(Serving):
    """Service of the notice of hearing."""

    CODES = ("hearing_notice",)


class Crossed(Rows):
    """Each piece of evidence that was shown, and what the parties said against it."""

    noun = "件证据"
    columns = [("piece", "证据", []), ("opinion", "质证意见", None)]

    def row_problem(self, row: dict) -> str:
        if row.get("piece") not in dict(self.widget.columns[0][2] or ()):
            return "请选择卷内的证据"
        return "" if row.get("opinion") else "请写明质证意见，没有异议的写“无异议”"


class Held(CaseGiven):
    """The record of the hearing in its seven parts (hear-14)."""

    folded = ("third_said", "discipline", "comment")

    began_at = Moment("开始时间")
    ended_at = Moment("结束时间", now=True)
    present = Prose(
        "到场人员", max_length=4000, help_text="每行一人：当事人（代理人）、调查人员、第三人、证人，写明身份。"
    )
    discipline = Prose(
        "宣布纪律、权利义务和是否申请回避", required=False, max_length=4000, help_text="不填的，印上通用的告知内容。"
    )
    charge = Prose("调查人员提出的事实、证据、依据和处罚建议", rows=5)
    asked = Prose("主持人询问和回答", rows=4)
    crossed = Crossed("逐件出示、质证", help_text="没有在这里出示、质证的证据，不得作为处罚依据。")
    defence = Prose("当事人的申辩", rows=4)
    third_said = Prose("第三人的意见", required=False)
    debate = Prose("相互辩论")
    last_words = Prose("当事人的最后陈述")
    comment = Line("阅看笔录后的意见", required=False)

    def offer(self, file: File) -> None:
        shown = list(file.once(of_case).items())
        self.fields["crossed"].widget.columns = [("piece", "证据", shown), ("opinion", "质证意见", None)]

    def clean(self):
        given = super().clean()
        began, ended = given.get("began_at"), given.get("ended_at")
        if began and ended and ended <= began:
            self.add_error("ended_at", "结束时间须晚于开始时间")
        return given


def of_case(file: File) -> dict[str, str]:
    """The evidence of the case beside which the hearing runs."""
    return pieces(file.parent)


class Paused(CaseGiven):
    """Why the hearing is interrupted."""

    reason = Prose("中止的理由", max_length=2000, help_text="如当事人提出新的事实须调查核实，或者不可抗力。")


class Terminated(CaseGiven):
    """Why the hearing ends without a report (apl-64)."""

    ground = choice("终止情形", [
        ("absent", "当事人及其代理人无正当理由拒不出席"), ("left", "当事人及其代理人未经许可中途退出"),
        ("gone", "当事人死亡或者终止，没有权利义务承受人"), ("other", "其他"),
    ])  # fmt: skip
    reason = Prose("经过和理由", max_length=4000)


class Withdrawn(CaseGiven):
    """The party takes its request back in writing."""

    document = Line("书面撤回声明", max_length=120)
    reason = Prose("理由", required=False, max_length=2000)


class Report(CaseGiven):
    """The host's written proposal to the head of the bureau (hear-17)."""

    facts = Prose("听证认定的事实和证据", rows=6)
    disputes = Prose("争议的问题和双方意见")
    proposal = choice("建议", [
        ("maintain", "按告知的内容决定"), ("lighter", "从轻、减轻处罚"), ("none", "不予处罚"),
        ("investigate", "补充调查"), ("heavier", "发现新的事实，拟重于告知的内容（须重新告知）"),
    ])  # fmt: skip
    opinion = Prose("处理意见和理由")

"""What the steps of a publication ask."""

from laojian.cases.forms.fields import CaseGiven, Day, Line, Prose, choice, pick
from laojian.procedure.step import File

from .kinds import kinds, suggested
from .queries import to_judge

ORIGINS = [
    ("objection", "异议成立"),
    ("changed", "决定被变更"),
    ("fallen", "决定被撤销、确认违法或者无效"),
    ("error", "公布有误"),
]


class Opened(CaseGiven):
    """Up to which day the decisions are looked through."""

    until_on = Day(
        "决定送达截止", past=True, now=True, help_text="到这一天为止送达、以前没有判断过的决定，都要逐件判断。"
    )


class Judged(CaseGiven):
    """One decision of those that are to be judged."""

    decision = choice("决定", [])

    def offer(self, file: File) -> None:
        super().offer(file)
        self.fields["decision"].choices = [(each.key, each.title) for each in to_judge(file)]


def hint(file: File) -> str:
    """Which kinds the findings of the decisions point to."""
    found = [(each.name, suggested(tuple(each.powers))) for each in to_judge(file)]
    told = [f"{name}：{'、'.join(kind.label.split('，')[0] for kind in rows)}" for name, rows in found if rows]
    return "认定的事项提示——" + "；".join(told) if told else ""


class Included(Judged):
    """A major violation: of which kind, why, and what everybody will read (grave)."""

    kind = choice("属于哪一种情形", [])
    reason = Prose("判断的理由", max_length=2000, help_text="数额、人数、时间、情节、影响。")
    facts = Prose("主要违法事实", max_length=2000, help_text="对外公布，不写劳动者姓名、电话、证件号码和举报投诉人。")
    handling = Prose("处理情况", max_length=2000, help_text="对外公布，写明决定和履行情况。")

    def offer(self, file: File) -> None:
        super().offer(file)
        self.fields["kind"].choices = [(key, kind.label) for key, kind in kinds().items()]
        self.fields["kind"].help_text = hint(file)


class LeftOut(Judged):
    """Not a major violation, and why."""

    reason = Prose("不属于重大违法的理由", max_length=2000)


class Taken(CaseGiven):
    """One verdict of the round, taken back before it is approved."""

    verdict = pick("哪一件")
    reason = Line("重新判断的理由")

    def offer(self, file: File) -> None:
        super().offer(file)
        self.fields["verdict"].choices = [
            (v["id"], f"{v['name']}（{'公布' if v['kind'] else '不公布'}）") for v in file.verdicts
        ]


class Published(CaseGiven):
    """Where it is published."""

    on = Day("公布之日", past=True, now=True)
    places = Line("公布的网站、报刊", max_length=400, help_text="门户网站和主要报刊、电视等媒体。")


class Public(CaseGiven):
    """One of those that are public."""

    verdict = pick("哪一件")

    def offer(self, file: File) -> None:
        super().offer(file)
        standing = [v for v in file.verdicts if v["kind"] and not v["withdrawn_on"]]
        self.fields["verdict"].choices = [(v["id"], v["name"]) for v in standing]


class Objected(Public):
    """The employer objects in writing (grave)."""

    received_on = Day("收到异议之日", past=True, now=True)
    content = Prose("异议的内容", max_length=4000)


class Answered(CaseGiven):
    """What the review of an objection found."""

    verdict = pick("哪一件的异议")
    found = choice("复核结果", [("wrong", "异议不成立，维持公布"), ("right", "异议成立，更正或者撤下")])
    reason = Prose("理由", max_length=4000)

    def offer(self, file: File) -> None:
        super().offer(file)
        open_ = {c["subject"] for c in file.running("grave_object")}
        self.fields["verdict"].choices = [(v["id"], v["name"]) for v in file.verdicts if str(v["id"]) in open_]


class Corrected(Public):
    """What is public is put right."""

    origin = choice("原因", ORIGINS)
    facts = Prose("主要违法事实", max_length=2000)
    handling = Prose("处理情况", max_length=2000)
    reason = Line("理由")


class Fell(Public):
    """The decision was changed or fell: from then on the time to correct runs (grave, apl-48)."""

    on = Day("决定被变更、撤销之日", past=True, now=True)
    document = Line("文号", max_length=80)


class Withdrawn(Public):
    """What is public is taken down, and everybody is told why."""

    origin = choice("原因", ORIGINS)
    reason = Line("撤下的理由", max_length=400, help_text="对外说明。")


class Ended(CaseGiven):
    """Nothing of the round is public any more."""

    reason = Line("理由")

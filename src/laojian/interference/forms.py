"""What the register of interference asks. Nothing of it stands readable in the record of steps: it lies in the guarded rows alone."""

from laojian.cases.forms.fields import CaseGiven, Day, Line, Moment, Prose, choice, pick
from laojian.people.models import Officer
from laojian.procedure.step import File

from .models import Approach


class Recorded(CaseGiven):
    """Who asked what, how, about which case (`procedure.md` §11)."""

    when = {"document": "kind=official", "subject": "category=internal,leader,relative"}
    sealed = ("case", "happened_at", "kind", "channel", "category", "person", "subject", "unit", "relation", "demand", "content",
              "response", "witness", "document")  # fmt: skip

    case = Line("案号", max_length=40)
    kind = choice("性质", Approach.Kind.choices)
    happened_at = Moment("发生时间")
    channel = choice("方式", Approach.Channel.choices)
    category = choice("人员类别", Approach.Category.choices)
    person = Line("姓名", max_length=60)
    subject = pick(
        "是本系统哪一名人员", required=False, help_text="选了以后，本人和他所在机关的负责人都看不到这条登记。"
    )
    unit = Line("单位、职务", required=False, max_length=120)
    relation = Line("与本案、当事人的关系", required=False, max_length=120)
    demand = choice("要求", Approach.Demand.choices)
    content = Prose("原话、内容", max_length=4000, help_text="口头的尽量记原话。")
    response = Prose("您怎样回应", max_length=4000)
    witness = Line("在场人", required=False, max_length=120)
    document = Line("文号", required=False, max_length=80, help_text="有文号的正式指示、监督意见不算干预，写明文号。")

    def offer(self, file: File | None) -> None:
        found = Officer.objects.filter(system=False).select_related("bureau").order_by("bureau_id", "id")
        self.fields["subject"].choices = [
            ("", "——"),
            *((o.pk, f"{o.name}（{o.bureau.name if o.bureau else '—'}）") for o in found),
        ]

    def clean(self):
        given = super().clean()
        if given.get("kind") == "official" and not given.get("document"):
            self.add_error("document", "正式指示须写明文号；没有文号的口头要求按干预或者过问登记")
        if given.get("category") == "internal" and not given.get("subject"):
            self.add_error("subject", "本机关人员请从名单里选，系统才能对本人和他的负责人不显示这条登记")
        return given


class Handled(CaseGiven):
    """What became of it."""

    sealed = ("result", "document", "retaliation", "on")

    on = Day("处理之日", past=True, now=True)
    result = Prose(
        "对当事人员的处理", max_length=4000, help_text="核实情况，谈话提醒、通报、移送等；查无实据的也写明。"
    )
    document = Line("处理文号", required=False, max_length=80)
    retaliation = Prose("登记人受到打击报复的情况和处理", required=False, max_length=4000)

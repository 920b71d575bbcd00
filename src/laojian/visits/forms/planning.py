"""What planning and approval of a visit ask: whom, on which ground, which items, when, by whom."""

from datetime import date

from django import forms

from laojian.cases.forms.fields import CaseGiven, Day, Line, Moment, Prose, choice, pick, several, tick
from laojian.cases.forms.inquiry import UNITS
from laojian.cases.queries import team
from laojian.dossier.models import Dossier
from laojian.lawbook import law
from laojian.procedure.step import File

from ..models import Visit

WRITTEN = "mode=written"


class Planned(CaseGiven):
    """What a plan says besides whom it is about; the items that are in force on the day are offered."""

    folded = ("document", "separate_reason", "cap_reason")
    when = {"length": WRITTEN, "unit": WRITTEN}

    mode = choice("检查方式", Visit.Mode.choices)
    items = several("检查事项", required=True)
    from_on = Day("计划检查起", now=True)
    until_on = Day("计划检查止")
    start_at = Moment("拟检查时间", required=False, help_text="书面审查不填；没有约定时间的，按计划检查起。")
    place = Line("检查地点", required=False, max_length=200, help_text="不填的，按登记的住所。")
    materials = Prose("需要准备、报送的材料", required=False, max_length=4000, help_text="每行一项，印在通知书上。")
    length = forms.IntegerField(label="报送期限", required=False, min_value=1, max_value=365)
    unit = choice("期限单位", UNITS, required=False)
    document = Line("依据文书", required=False, help_text="交办件、投诉举报登记、行动方案的名称和文号。")
    reason = Prose("检查事由", required=False, max_length=2000)
    cap_reason = Prose(
        "超过频次上限的理由", required=False, max_length=2000, help_text="超过上限的必填，须负责人批准。"
    )
    separate_reason = Prose("不并入已有检查的理由", required=False, max_length=2000)

    def offer(self, file: File) -> None:
        self.fields["items"].choices = offered(file.on)

    def clean(self):
        given = super().clean()
        first, last = given.get("from_on"), given.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", "计划检查止早于计划检查起，请核对")
        if given.get("mode") == Visit.Mode.WRITTEN and not (given.get("length") and given.get("unit")):
            self.add_error("length", "书面审查须写明报送期限和单位")
        return given


def offered(on: date) -> list[tuple[str, str]]:
    """The inspection items in force on a day as choices."""
    return [(key, item.label) for key, item in law().items.items() if item.at(on)]


class VisitPlanned(Planned):
    """A visit as it is planned by hand, by a draw or by a campaign. `past`: it lies behind and is entered for the statistics."""

    folded = (*Planned.folded, "draw_number", "rank", "lent", "campaign", "past")
    when = {**Planned.when, "draw_number": "ground=draw", "rank": "ground=draw"}

    employer = forms.IntegerField(label="检查对象", widget=forms.HiddenInput)
    ground = choice("检查来源", Visit.Ground.choices)
    announced = tick("事先通知检查对象", required=False)
    lead = pick("主检人员", required=False)
    second = pick("另一名检查人员", required=False)
    campaign = forms.IntegerField(label="专项行动", required=False, widget=forms.HiddenInput)
    draw_number = Line("抽取编号", required=False, max_length=60)
    rank = forms.IntegerField(label="抽取顺位", required=False, min_value=1)
    lent = forms.JSONField(label="调配的检查人员", required=False, widget=forms.HiddenInput)
    past = tick("补录以前的检查", required=False)

    def offer(self, file: File) -> None:
        super().offer(file)
        others = [(row["officer"], row.get("document", "")) for row in self.lent_rows()]
        hands = [(key, name + "（没有有效的执法证件）" * (not valid)) for key, (name, valid) in file.once(team).items()]
        self.fields["lead"].choices = self.fields["second"].choices = [("", "请选择"), *hands, *others]

    def lent_rows(self) -> list[dict]:
        """The officers of other bureaus that a draw assigns, each with the document that allows it."""
        rows = (self.data or {}).get("lent") or []
        return [row for row in rows if isinstance(row, dict) and row.get("officer")] if isinstance(rows, list) else []

    def clean_campaign(self):
        wanted = self.cleaned_data["campaign"]
        if wanted and not Dossier.objects.filter(pk=wanted).exists():
            raise forms.ValidationError("没有这个专项行动的卷宗")
        return wanted

    def clean(self):
        given = super().clean()
        if not given.get("past") and not (given.get("lead") and given.get("second")):
            self.add_error("second", "检查人员须为两人，请选择主检和另一名检查人员")
        if given.get("lead") and given.get("lead") == given.get("second"):
            self.add_error("second", "主检和另一名检查人员须为两人")
        if given.get("ground") == Visit.Ground.DRAW and not given.get("draw_number"):
            self.add_error("draw_number", "双随机抽查须有抽取编号；没有抽取的，请按实际来源登记")
        if given.get("ground") != Visit.Ground.DRAW and given.get("draw_number"):
            self.add_error("draw_number", "只有双随机抽查才有抽取编号")
        if given.get("ground") in (Visit.Ground.ASSIGNMENT, Visit.Ground.REPORT) and not given.get("document"):
            self.add_error("document", "请写明交办件或者投诉举报登记的名称和文号")
        return given


class PlanRevised(Planned):
    """The plan anew; whom it is about and on which ground stays."""


class ItemsAdded(CaseGiven):
    """More items for a visit that is not yet made: one visit for several items (综合查一次)."""

    items = several("并入的检查事项", required=True)
    reason = Line("说明", required=False)

    def offer(self, file: File) -> None:
        held = {each["item"] for each in file.visit["items"]}
        self.fields["items"].choices = [row for row in offered(file.on) if row[0] not in held]


class VisitApproved(CaseGiven):
    """Approval of the inspection, and why it may be more often than the cap."""

    opinion = Prose("意见", max_length=2000, help_text="写明同意与否和理由；随审批表入卷。")
    cap_reason = Prose(
        "同意超过频次上限的理由", required=False, max_length=2000, help_text="超过上限的必填，须由负责人写明。"
    )


class VisitHands(CaseGiven):
    """Two officers, one of them in charge (apl-42)."""

    lead = pick("主检人员")
    second = pick("另一名检查人员")
    reason = Line("调整的原因")

    def offer(self, file: File) -> None:
        hands = [(key, name + "（没有有效的执法证件）" * (not valid)) for key, (name, valid) in file.once(team).items()]
        self.fields["lead"].choices = self.fields["second"].choices = [("", "请选择"), *hands]

    def clean(self):
        given = super().clean()
        if given.get("lead") and given.get("lead") == given.get("second"):
            self.add_error("second", "主检和另一名检查人员须为两人")
        return given

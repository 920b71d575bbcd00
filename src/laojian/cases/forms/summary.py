"""What the steps of the summary procedure ask: everything happens on the spot, in one visit (apl-51, apl-52, impl-31, impl-32)."""

from collections.abc import Mapping

from django import forms

from laojian.lawbook import law
from laojian.papers.models import Service
from laojian.procedure.step import File

from ..matters import matters
from ..models import Party
from ..queries import team
from .fields import CaseGiven, Day, Line, Moment, Prose, Yuan, choice, parties, pick, tick
from .inquiry import UNITS
from .paper import Serving
from .rows import Addressed


class SpotOpened(CaseGiven):
    """A violation met with on the spot: against whom, what, and who the second inspector is (apl-42 holds here too)."""

    found_at = Moment("发现时间", now=True)
    place = Line("地点", max_length=120)
    matter = choice("案由", ())
    second = pick("另一名监察员")
    employer = forms.IntegerField(label="用人单位（登记在册）", required=False, widget=forms.HiddenInput)
    respondent = Line("当事人", required=False, max_length=120)
    respondent_kind = choice("主体类型", Party.Kind.choices, required=False)
    respondent_code = Line("信用代码或身份证号", required=False, max_length=18)
    respondent_address = Line("住所或经营地址", required=False)
    respondent_head = Line("法定代表人或主要负责人", required=False, max_length=60)
    respondent_post = Line("职务", required=False, max_length=40)
    summary = Prose("查见的事实", help_text="时间、地点、人数、行为；事实确凿、当场能够查清的才适用简易程序。")
    shown = tick("两名监察员已出示执法证件")

    def offer(self, file: File) -> None:
        self.offer_people({key: name for key, (name, _) in file.once(team).items() if key != file.actor["id"]})

    def offer_people(self, hands: Mapping[int, str]) -> None:
        """The matters, and who may be the second inspector: officer id → name."""
        self.fields["matter"].choices = [("", "请选择"), *((m.key, m.label) for m in matters().values())]
        self.fields["second"].choices = [("", "请选择"), *hands.items()]

    def clean(self):
        given = super().clean()
        if not given.get("employer") and not given.get("respondent"):
            self.add_error("respondent", "请写明当事人")
        return given


class SpotHeard(CaseGiven):
    """What the party was told, and what it said, before anything was decided (apl-44, apl-45, apl-52)."""

    told = tick("已当场告知拟处罚的内容、事实、理由、依据和陈述、申辩的权利")
    person = Line("陈述申辩人", max_length=60)
    content = Prose("陈述申辩的内容", max_length=4000, help_text="没有意见的，写“没有意见”。")
    adopted = choice(
        "是否采纳", [("all", "采纳"), ("part", "部分采纳"), ("none", "不采纳"), ("silent", "没有提出意见")]
    )
    reasons = Prose("采纳与否的理由", required=False, max_length=2000)


class SpotOrder(CaseGiven):
    """An order to put right on the spot, on the preset form (impl-31)."""

    facts = Prose("违法事实", rows=4)
    violated = Line("违反的条款")
    demand = Prose("改正要求")
    addressees = Addressed("受文人及义务")
    length = forms.IntegerField(label="改正期限", min_value=1, max_value=365)
    unit = choice("期限单位", UNITS)


class SpotPenalty(CaseGiven):
    """A penalty on the spot: a warning, or a fine within the limit (apl-51)."""

    facts = Prose("违法事实和证据", rows=4)
    violated = Line("违反的条款")
    basis = Line("处罚依据")
    addressees = Addressed("受处罚人及处罚")
    discretion = Prose("裁量理由", required=False, max_length=2000)
    correct = Prose("同时责令改正的内容", required=False, max_length=2000)

    def offer(self, file: File) -> None:
        super().offer(file)
        told = {key: law().rates[key].told(file.on) for key in ("summary_person", "summary_entity")}
        limits = f"罚款对个人最高 {told['summary_person']}，对单位最高 {told['summary_entity']}；超过的转普通程序。"
        self.fields["addressees"].help_text = limits


class SpotServing(Serving):
    """The paper is handed over on the spot; whoever refuses to sign gets it all the same, and that is noted (apl-52)."""

    def offer(self, file: File) -> None:
        super().offer(file)
        del self.fields["announcement"]
        self.fields["method"].choices = [pair for pair in Service.Method.choices if pair[0] in ("direct", "left")]
        self.fields["party"].choices = [("", "请选择"), *parties(file)]


class SpotPenaltyServed(SpotServing):
    """The decision."""

    CODES = ("spot_penalty",)


class SpotOrderServed(SpotServing):
    """The order."""

    CODES = ("spot_order",)


class CopyHandedIn(CaseGiven):
    """The archive copy reached the bureau (impl-32)."""

    on = Day("交回之日", past=True, now=True)
    numbers = Line("文书编号", max_length=120)


CASH = (
    ("small", "罚款在可以当场收缴的数额以内"), ("hard", "不当场收缴事后难以执行"),
    ("remote", "边远、水上、交通不便地区，当事人提出当场缴纳"),
)  # fmt: skip


class CashTaken(CaseGiven):
    """A fine taken on the spot, against a receipt of the treasury (apl-68 … apl-70)."""

    obligation = pick("缴纳的罚款")
    amount = Yuan("收缴金额（元）")
    ground = choice("当场收缴的情形", CASH)
    asked = tick("当事人提出当场缴纳，并已签字", required=False, help_text="边远地区当场收缴的，须当事人提出。")
    receipt_number = Line("财政专用票据号", max_length=80)

    def offer(self, file: File) -> None:
        rows = [o for o in file.obligations if o["kind"] == "fine" and not o["met_on"]]
        self.fields["obligation"].choices = [(o["id"], f"{o['addressee']} ¥{o['amount']}") for o in rows]

    def clean(self):
        given = super().clean()
        if given.get("ground") == "remote" and not given.get("asked"):
            self.add_error("asked", "边远地区当场收缴，须由当事人提出")
        return given


class CashMoved(CaseGiven):
    """The cash went on: to the bureau, or from there to the bank (apl-71)."""

    on = Day("交付之日", past=True, now=True)
    voucher = Line("凭证", max_length=120)


class Conversion(CaseGiven):
    """Why this cannot be dealt with on the spot (apl-51, impl-33)."""

    ground = choice("转普通程序的情形", [
        ("limit", "拟罚款超过当场处罚的数额"), ("unclear", "事实一时查不清，或者当事人有较大争议"),
        ("hearing", "须告知听证或者法制审核"), ("other", "其他"),
    ])  # fmt: skip
    reason = Prose("理由", max_length=2000)


class SpotClosing(CaseGiven):
    """What came of it."""

    result = Prose("处理结果", max_length=2000)
    performance = Prose("执行情况", max_length=2000)

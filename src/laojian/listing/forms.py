"""What the steps of a listing ask."""

from django import forms

from laojian.cases.forms.fields import CaseGiven, Day, Line, Prose, Scan, choice, pick, tick
from laojian.cases.forms.paper import Serving, announced
from laojian.employers.identifiers import check_identity_number
from laojian.procedure.step import File

from .models import Bar, Listing, Person

WHY_NOT = [
    ("promise", "决定以前已经改正并作出信用承诺"),
    ("objection", "异议成立"),
    ("unmet", "不符合列入条件"),
    ("fallen", "责令支付的文书被撤销"),
    ("rules", "施行了新的名单办法，另按新办法办理"),
]
REVOKED = [
    ("order", "责令支付的文书被撤销"),
    ("relief", "复议、诉讼撤销列入决定"),
    ("error", "列入确有错误"),
]


class Proposed(CaseGiven):
    """The order or decision that was not obeyed, and on which condition its addressee is to be listed (black-5)."""

    when = {"event": "condition=event", "giver": "condition=subcontract"}

    order = Line("责令支付的文书", widget=forms.HiddenInput)
    condition = choice("列入情形", Listing.Condition.choices)
    event = Line("群体性、极端事件的记录", required=False, help_text="文书名称、文号、日期。")
    giver = Line("发包、转包、分包关系的证据", required=False, help_text="发包人和接受人都要分别列入。")
    facts = Prose("列入事由", max_length=2000, help_text="告知书、决定书照此写明；不写劳动者姓名和证件号码。")

    def clean(self):
        given = super().clean()
        if given.get("condition") == "event" and not given.get("event"):
            self.add_error("event", "请写明记录这一事件的文书")
        if given.get("condition") == "subcontract" and not given.get("giver"):
            self.add_error("giver", "请写明发包、转包、分包关系的证据")
        return given


class Named(CaseGiven):
    """A person who answers for the arrears."""

    sealed = ("id_number",)

    name = Line("姓名", max_length=60)
    role = choice("责任", Person.Role.choices)
    id_number = Line(
        "身份证号", required=False, max_length=18, help_text="只报送不对外公开的共享平台，任何公布都不显示。"
    )
    reason = Prose("承担责任的事实", max_length=2000)

    def clean_id_number(self):
        text = self.cleaned_data["id_number"]
        if text and (wrong := check_identity_number(text, self.on).errors):
            raise forms.ValidationError("".join(wrong))
        return text


class Dropped(CaseGiven):
    """A person who does not answer after all."""

    person = pick("哪一名")
    reason = Line("理由")

    def offer(self, file: File) -> None:
        super().offer(file)
        self.fields["person"].choices = [(p["id"], p["name"]) for p in file.persons]


class Judged(CaseGiven):
    """Whether the sum is one of the crime, of a leader, while nobody has set the local amount (spc2013-3)."""

    reached = choice("是否达到数额标准", [("yes", "达到"), ("no", "没有达到")])
    reason = Prose("认定的理由", max_length=2000, help_text="逐人数额、月数和人数，参照的标准及其来源。")


class ServingOn(Serving):
    """Service on the employer or a person of the listing."""

    party = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["addressee"] = choice("受送达人", [])
        self.order_fields(["paper", "method", "announcement", "addressee"])
        if self.file is not None:
            self.fields["addressee"].choices = [(name, name) for name in addressees(self.file)]

    def offer(self, file: File) -> None:
        own = [p for p in file.papers if p["code"] in self.CODES and not p["voided"]]
        self.fields["paper"].choices = [(p["id"], f"{p['label']} {p['number']}") for p in own]
        rows = [p for p in file.papers if p["code"] == "announcement" and p["seals"]]
        self.fields["announcement"].choices = [("", "——"), *((p["id"], announced(p)) for p in rows)]


class ServingListingNotice(ServingOn):
    """Service of the notice before the decision."""

    CODES = ("listing_notice",)


class ServingListing(ServingOn):
    """Service of a decision against which relief may be asked for (black-18)."""

    CODES = ("listing_decision", "early_refusal", "listing_restoration")


class ServingAnswer(ServingOn):
    """Service of what else goes out."""

    CODES = ("listing_reply", "early_removal", "listing_revocation")


def addressees(file: File) -> list[str]:
    """Whom the papers of a listing are for: the employer, then every person."""
    return list(dict.fromkeys([file.listing["name"], *(p["name"] for p in file.persons)]))


def subject(file: File, name: str) -> str:
    """The short word under which clocks run for somebody of the listing: the person's id, 0 for the employer."""
    return str(next((p["id"] for p in file.persons if p["name"] == name and name != file.listing["name"]), 0))


def named(file: File, word: str) -> str:
    """Whom such a word means; empty where the person was dropped since."""
    return next((name for name in addressees(file) if subject(file, name) == word), "")


class Objected(CaseGiven):
    """Somebody who was told objects (black-6)."""

    who = choice("提出异议的人", [])
    received_on = Day("收到异议之日", past=True, now=True)
    content = Prose("异议的内容和证据", max_length=4000)

    def offer(self, file: File) -> None:
        super().offer(file)
        self.fields["who"].choices = [(name, name) for name in addressees(file)]


class Verified(CaseGiven):
    """What the verification of an objection found."""

    who = choice("哪一名的异议", [])
    found = choice("核实结果", [("wrong", "异议不成立"), ("right", "异议成立")])
    reason = Prose("核实的经过、结果和理由", max_length=4000)

    def offer(self, file: File) -> None:
        super().offer(file)
        self.fields["who"].choices = [(o["who"], o["who"]) for o in file.objections if not o["answered_on"]]


class Promised(CaseGiven):
    """It corrected before the decision and promises in writing (black-7)."""

    corrected_on = Day("改正之日", past=True, now=True)
    proof = Line("改正的凭证", help_text="支付凭证、劳动者签收表等，写明名称和日期。")
    promise = Scan("信用承诺书扫描件")


class Lengthened(CaseGiven):
    """The time to decide is lengthened once, of complicated facts (black-8)."""

    opinion = Prose("延长的理由", max_length=2000)


class Declined(CaseGiven):
    """It is not listed, and why."""

    why = choice("原因", WHY_NOT)
    reason = Prose("理由", max_length=2000)


class Published(CaseGiven):
    """Where the listing is published (black-9)."""

    on = Day("公布之日", past=True, now=True)
    places = Line("公布的网站", max_length=400)


class CorrectionNoted(CaseGiven):
    """The arrears are paid (black-12)."""

    corrected_on = Day("改正之日", past=True, now=True, help_text="全部付清之日，不是报送凭证之日。")
    proof = Line("改正的凭证")
    verified = tick("已向劳动者核实")


class BarNoted(CaseGiven):
    """What keeps it from an early removal (black-13)."""

    kind = choice("情形", Bar.Kind.choices)
    on = Day("发生之日", past=True, now=True)
    facts = Prose("事实", max_length=2000)
    document = Line("凭据", max_length=120)


class BarLifted(CaseGiven):
    """What kept it does so no more."""

    bar = pick("哪一项")
    on = Day("消除之日", past=True, now=True)
    reason = Prose("事实和凭据", max_length=2000)

    def offer(self, file: File) -> None:
        super().offer(file)
        self.fields["bar"].choices = [
            (b["id"], Bar.Kind(b["kind"]).label) for b in file.bars if b["kind"] != "arrears" and not b["lifted_on"]
        ]


class Applied(CaseGiven):
    """The employer asks to be removed early (black-12)."""

    received_on = Day("收到申请之日", past=True, now=True)
    statement = Prose("申请的事实和理由", max_length=4000)
    promise = Scan("不再拖欠的书面承诺扫描件", required=False)


class RefusedEarly(CaseGiven):
    """It stays on the list, and why (black-14)."""

    reason = Prose("不予提前移出的理由", max_length=2000)


class Suspended(CaseGiven):
    """Reconsideration or the court suspends the decision, or lets it go on (arl-42)."""

    document = Line("文书名称、文号", max_length=120)
    reason = Line("理由", max_length=400)


class Revoked(CaseGiven):
    """The decision to list is taken back (black-16)."""

    why = choice("原因", REVOKED)
    document = Line("文书名称、文号", max_length=120)
    reason = Prose("理由", max_length=2000)


class Removed(CaseGiven):
    """It is on the list no more, here and wherever it was published (black-17)."""

    on = Day("移出之日", past=True, now=True)
    places = Line("已告知停止公布的网站", max_length=400)


class Restored(CaseGiven):
    """The early removal rested on false material: it is taken back, and the period begins anew (black-15)."""

    facts = Prose("查实的虚假材料和情节", max_length=2000)
    document = Line("凭据", max_length=120)


class Prolonged(CaseGiven):
    """It has not corrected, or did it again: under the old rules it stays (rsg16)."""

    facts = Prose("没有改正或者再犯的事实", max_length=2000)

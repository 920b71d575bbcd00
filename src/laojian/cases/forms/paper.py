"""What the steps on papers ask: fill, edit, approve, number, seal, serve."""

from collections.abc import Mapping

from django import forms

from laojian.lawbook import worded
from laojian.papers.actions import templates
from laojian.papers.models import Seal, Service
from laojian.procedure.step import File, local

from .fields import CaseGiven, Line, Moment, Prose, Scan, choice, papers, parties, pick, tick


class PaperChosen(CaseGiven):
    """A draft of the file."""

    paper = pick(
        "文书", error_messages={"invalid_choice": "不是本卷的草稿：已经成文编号或者作废的文书不能再改，可以另行起草"}
    )
    opinion = Prose("意见", required=False, max_length=2000)

    def offer(self, file: File) -> None:
        self.fields["paper"].choices = [(p["id"], f"{p['label']}（草稿）") for p in file.drafts]


class PaperIssued(PaperChosen):
    """A draft that is fixed: under the next number, or under one that a device was given ahead (id of papers.Allotted)."""

    number = forms.IntegerField(label="预领文号", required=False, widget=forms.HiddenInput)


class PaperFilled(PaperChosen):
    """What a draft still lacks: values by name, and the draft is filled anew from the file."""

    values = forms.JSONField(label="补填内容", required=False)  # empty: filled anew from the file as it stands

    def clean_values(self):
        values = self.cleaned_data["values"] or {}
        if not isinstance(values, dict) or not all(isinstance(each, str | int) for each in values.values()):
            raise forms.ValidationError("应为逐项填写的文字")
        return values


class PaperEdited(PaperChosen):
    """The draft's text as edited in Word, already read back into blocks."""

    body = forms.JSONField(label="正文")


class PaperVoided(PaperChosen):
    """A draft that is not wanted any more."""

    reason = Line("作废理由")


class Sealing(CaseGiven):
    """The register of seals and signatures: the sealed or signed copy comes back as a scan."""

    when = {"refused": "way=signed,glass", "witness": "way=signed,glass"}

    paper = pick("文书")
    way = choice("方式", Seal.Way.choices)
    file = Scan("盖章（签名）件扫描件", help_text="PDF 或者照片；送达、归档都以这一份为准。")
    refused = Line("拒签情况", required=False, help_text="当事人拒绝签名的才填，并由见证人签名。")
    witness = Line("见证人", required=False, max_length=60)

    def offer(self, file: File) -> None:
        self.fields["paper"].choices = [(p["id"], f"{p['label']} {p['number']}") for p in file.papers if not p["seals"]]

    def clean(self):
        given = super().clean()
        if given.get("refused") and not given.get("witness"):
            self.add_error("witness", worded("当事人拒签的，须注明情况并由见证人签名（{cite:apl-55}）"))
        return given


class Serving(CaseGiven):
    """One service of one paper on one addressee (cpl-87 and following)."""

    CODES: tuple[str, ...] = ()
    when = {
        "refusal": "method=left", "witness": "method=left", "recorded": "method=left", "announcement": "method=announced",
        "reason": "method=entrusted,forwarded", "relation": "method=direct,post",
    }  # fmt: skip

    paper = pick("送达文书")
    method = choice(
        "送达方式",
        Service.Method.choices,
        help_text="电子送达须有受送达人签名的送达地址确认书；公告送达须有盖章的送达公告。",
    )
    announcement = pick("送达公告", required=False)
    party = pick("受送达当事人", required=False)
    addressee = Line(
        "受送达人（非当事人）", required=False, max_length=120, help_text="送给投诉人等不在上面列表中的人时填写。"
    )
    done_at = Moment("送达时间", now=True, help_text="签收、到达或者公告之日起算期限，写到分。")
    place = Line("送达地点", required=False, max_length=120, help_text="公告送达的，写公告张贴或者刊登在哪里。")
    receiver = Line(
        "签收人",
        required=False,
        max_length=60,
        help_text="单位：法定代表人、负责人或者收件人；个人：本人或者同住成年家属。",
    )
    relation = Line("与受送达人关系", required=False, max_length=40)
    refusal = Line("拒收事由", required=False)
    witness = Line("见证人", required=False, max_length=60)
    recorded = tick("已拍照、录像记录送达过程", required=False)
    reason = Prose("委托（转交）的原因和经过", required=False, max_length=2000)
    second_server = Line("另一名送达人", required=False, max_length=60)
    receipt = Scan("送达回证扫描件", required=False)

    def offer(self, file: File) -> None:
        self.fields["paper"].choices = papers(file, *self.CODES)
        self.fields["party"].choices = [("", "——"), *parties(file)]
        rows = [p for p in file.papers if p["code"] == "announcement" and p["seals"]]
        self.fields["announcement"].choices = [("", "——"), *((p["id"], announced(p)) for p in rows)]

    def clean(self):
        given = super().clean()
        if not given.get("party") and not given.get("addressee"):
            self.add_error("party", "请写明受送达人")
        method = given.get("method")
        if method == "left" and not (given.get("witness") or given.get("recorded")):
            self.add_error("witness", worded("留置送达须有见证人，或者以拍照、录像记录送达过程（{cite:cpl-89}）"))
        if method == "announced" and not given.get("place"):
            self.add_error("place", worded("请写明公告张贴或者刊登在哪里（{cite:cpl-95}）"))
        if method in ("entrusted", "forwarded") and not given.get("reason"):
            self.add_error("reason", "须在案卷中记明原因和经过")
        if method == "direct" and not given.get("receiver"):
            self.add_error("receiver", worded("直接送达须有签收人（{cite:cpl-87,cpl-88}）"))
        if given.get("done_at") and self.on and local(given["done_at"]).date() > self.on:
            self.add_error("done_at", "送达时间晚于办理之日，请核对")
        return given


def announced(paper: Mapping) -> str:
    """An announcement by its number, the paper it announces and for whom."""
    return f"{paper['number']}（{paper['given']['title']}，{paper['given']['addressee']}）"


class ServingOrder(Serving):
    """Service of a correction order."""

    CODES = ("correction_order",)


class ServingNotice(Serving):
    """Service of a notice before the decision."""

    CODES = ("penalty_notice", "treatment_notice")


class ServingDecision(Serving):
    """Service of a decision."""

    CODES = ("penalty_decision", "treatment_decision", "no_penalty_decision", "revocation")


ON_SPOT = ("spot_penalty", "spot_order")  # handed over by steps of their own
DECISIONS = (*ServingDecision.CODES, "spot_penalty")


class ServingLetter(Serving):
    """Service of any other paper that goes out."""

    def offer(self, file: File) -> None:
        super().offer(file)
        own = {*ServingOrder.CODES, *ServingNotice.CODES, *ServingDecision.CODES, *ON_SPOT}
        rows = [p for p in file.papers if p["code"] not in own and templates()[p["code"]].serve]
        self.fields["paper"].choices = [(p["id"], f"{p['label']} {p['number']}") for p in rows]


class Announcement(CaseGiven):
    """An announcement instead of service: of which paper, for whom, why no other way is open, and what was tried (cpl-95)."""

    paper = pick("公告送达的文书")
    party = pick("受送达当事人", required=False)
    addressee = Line("受送达人（非当事人）", required=False, max_length=120)
    reasons = Prose("公告送达的原因", max_length=500, help_text="如：下落不明。印在公告上，接在“因”字后面。")
    course = Prose(
        "已经试过的送达方式和经过",
        max_length=2000,
        help_text="何时、用什么方式、为什么没有送到；记入案卷，不印在公告上。",
    )
    content = Prose("文书的主要内容", required=False, max_length=4000, help_text="公告中摘要写明的，才填。")

    def offer(self, file: File) -> None:
        rows = [p for p in file.papers if templates()[p["code"]].serve and p["seals"]]
        self.fields["paper"].choices = [(p["id"], f"{p['label']} {p['number']}") for p in rows]
        self.fields["party"].choices = [("", "——"), *parties(file)]

    def clean(self):
        given = super().clean()
        if not given.get("party") and not given.get("addressee"):
            self.add_error("party", "请写明受送达人")
        return given


class AddressConfirmed(CaseGiven):
    """Where papers are to be served, as the recipient says at first contact, and whether electronically (apl-61, cpl-90)."""

    when = {"account": "electronic=agreed"}

    party = pick("受送达当事人", required=False)
    recipient = Line("受送达人（非当事人）", required=False, max_length=120, help_text="投诉人等不在上面列表中的人。")
    relation = Line("在本案中的地位", required=False, max_length=40)
    address = Line("送达地址", max_length=200)
    postcode = Line("邮政编码", required=False, max_length=6)
    receiver = Line("指定代收人", required=False, max_length=60)
    phone = Line("联系电话", max_length=20)
    electronic = choice("是否同意电子送达", [("agreed", "同意"), ("refused", "不同意")])
    account = Line("电子送达地址", required=False, max_length=120, help_text="传真号、电子邮箱等，受送达人自己指定的。")

    def offer(self, file: File) -> None:
        self.fields["party"].choices = [("", "——"), *parties(file)]

    def clean(self):
        given = super().clean()
        if not given.get("party") and not given.get("recipient"):
            self.add_error("party", "请写明受送达人")
        if given.get("electronic") == "agreed" and not given.get("account"):
            self.add_error("account", "同意电子送达的，请写明传真号、电子邮箱等地址")
        return given

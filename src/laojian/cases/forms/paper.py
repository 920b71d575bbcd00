"""What the steps on papers ask: fill, edit, approve, number, seal, serve."""

from django import forms

from laojian.lawbook import worded
from laojian.papers.models import Service
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

    when = {"refused": "way=signed", "witness": "way=signed"}

    paper = pick("文书")
    way = choice("方式", [("scan", "盖章后扫描回传"), ("electronic", "电子印章"), ("signed", "签名后扫描回传")])
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
        "refusal": "method=left", "witness": "method=left", "recorded": "method=left", "confirmed": "method=electronic",
        "reason": "method=entrusted,announced,forwarded", "relation": "method=direct,post",
    }  # fmt: skip

    paper = pick("送达文书")
    method = choice("送达方式", Service.Method.choices)
    party = pick("受送达当事人", required=False)
    addressee = Line(
        "受送达人（非当事人）", required=False, max_length=120, help_text="送给投诉人等不在上面列表中的人时填写。"
    )
    done_at = Moment("送达时间", now=True, help_text="签收、到达或者公告之日起算期限，写到分。")
    place = Line("送达地点", required=False, max_length=120)
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
    confirmed = tick("当事人已签送达地址（电子送达）确认书", required=False)
    reason = Prose("公告（委托、转交）的原因和经过", required=False, max_length=2000)
    second_server = Line("另一名送达人", required=False, max_length=60)
    receipt = Scan("送达回证扫描件", required=False)

    def offer(self, file: File) -> None:
        self.fields["paper"].choices = papers(file, *self.CODES)
        self.fields["party"].choices = [("", "——"), *parties(file)]

    def clean(self):
        given = super().clean()
        if not given.get("party") and not given.get("addressee"):
            self.add_error("party", "请写明受送达人")
        method = given.get("method")
        if method == "left" and not (given.get("witness") or given.get("recorded")):
            self.add_error("witness", worded("留置送达须有见证人，或者以拍照、录像记录送达过程（{cite:cpl-89}）"))
        if method == "electronic" and not given.get("confirmed"):
            self.add_error("confirmed", worded("电子送达须经当事人同意并签订确认书（{cite:apl-61}）"))
        if method in ("announced", "entrusted", "forwarded") and not given.get("reason"):
            self.add_error("reason", worded("须在案卷中记明原因和经过（{cite:cpl-95}）"))
        if method == "direct" and not given.get("receiver"):
            self.add_error("receiver", worded("直接送达须有签收人（{cite:cpl-87,cpl-88}）"))
        if given.get("done_at") and self.on and local(given["done_at"]).date() > self.on:
            self.add_error("done_at", "送达时间晚于办理之日，请核对")
        return given


class ServingOrder(Serving):
    """Service of a correction order."""

    CODES = ("correction_order",)


class ServingNotice(Serving):
    """Service of a notice before the decision."""

    CODES = ("penalty_notice", "treatment_notice")


class ServingDecision(Serving):
    """Service of a decision."""

    CODES = ("penalty_decision", "treatment_decision", "no_penalty_decision", "revocation")


class ServingLetter(Serving):
    """Service of any other paper that goes out."""

    def offer(self, file: File) -> None:
        super().offer(file)
        own = {*ServingOrder.CODES, *ServingNotice.CODES, *ServingDecision.CODES}
        rows = [p for p in file.papers if p["code"] not in own]
        self.fields["paper"].choices = [(p["id"], f"{p['label']} {p['number']}") for p in rows]

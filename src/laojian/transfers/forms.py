"""What the steps of a transfer to the police ask."""

from decimal import Decimal

from laojian.cases.forms.fields import CaseGiven, Day, Line, Moment, Opinion, Prose, choice
from laojian.cases.tracks import said
from laojian.procedure.step import File

from .queries import each_owed, measured

UNCHOSEN = ("", "请选择")  # an element is affirmed by whoever reports it, never by the page


class CrimeReport(CaseGiven):
    """The written report of the two officers: the four elements of the crime, each with its evidence (xfer-5, spc2013-1 … spc2013-4)."""

    when = {"amount_reason": "amount=reached,below"}

    pay = choice(
        "一、拖欠的是劳动报酬",
        [UNCHOSEN, ("yes", "是"), ("no", "不是")],
        help_text="工资、奖金、津贴、加班工资等；{says:spc2013-1}。",
    )
    pay_proof = Prose("证据（劳动报酬）", max_length=4000)
    evading = choice("二、逃避支付或者有能力支付而不支付", [
        UNCHOSEN, ("flight", "转移财产、逃匿、毁账等逃避支付"), ("able", "有能力支付而不支付"), ("no", "都不是"),
    ])  # fmt: skip
    evading_proof = Prose("证据（逃避支付、支付能力）", max_length=4000)
    amount = choice(
        "三、数额较大",
        [
            UNCHOSEN,
            ("computed", "依已定的数额标准"),
            ("reached", "本地标准未设定：认为达到"),
            ("below", "认为没有达到"),
        ],
    )
    amount_reason = Prose("对数额的书面判断和理由", required=False, max_length=4000, help_text="本地标准未设定的必填。")
    order_proof = Prose(
        "四、经责令支付仍不支付的证据", max_length=4000, help_text="责令文书及送达情况；逃匿的，张贴、拍照录像的情况。"
    )
    facts = Prose("案件情况", rows=6)
    opinion = Prose("专案组意见", max_length=4000)

    def offer(self, file: File) -> None:
        result = file.once(measured)
        if result:
            lines = (*(line.text for line in (*result.steps, *result.warnings)), each_owed(file))
            self.fields["amount"].wide = True
            self.fields["amount"].help_text = f"{result.verdict}{'；'.join(lines)}。"


class Approved(CaseGiven):
    """The head of the bureau approves: to which police, with a copy to which prosecutor, with which things (xfer-5, xfer-6)."""

    office = Line("受移送的公安机关", max_length=120, help_text="同级公安机关。")
    prosecutor = Line("抄送的人民检察院", max_length=120)
    items = Prose("涉案物品和材料清单", max_length=4000, help_text="每行一件；没有涉案物品的列明材料。")
    opinion = Prose("意见", max_length=2000)

    def offer(self, file: File) -> None:
        self.fields["opinion"].help_text = checked(file)


class NotApproved(Opinion):
    """The head of the bureau does not approve, in writing, with the sums in sight (xfer-5)."""

    def offer(self, file: File) -> None:
        self.fields["opinion"].help_text = f"写明不移送的理由。{checked(file)}"


def checked(file: File) -> str:
    """The sums as the report has them, in one sentence; empty before there is one."""
    told = said(file, "report_crime")
    if not told:
        return ""
    return f"报告核对：累计欠付 ¥{Decimal(told['total']):,.2f}。{told['verdict']}{told['lines'][-1]['line']}。"


class Handed(CaseGiven):
    """Handed to the police, with a copy to the prosecutor (xfer-5, xfer-7)."""

    handed_at = Moment("移送时间", now=True)
    receiver = Line("公安机关签收人", max_length=60)
    copied_on = Day("抄送人民检察院之日", past=True, now=True)
    receipt = Line("回执文号或者说明", max_length=120)
    delay = Prose("逾期移送的理由", required=False, max_length=2000, help_text="超过{clock:transfer_hand}的必填。")


class Longer(CaseGiven):
    """The police take longer to examine (mps2015)."""

    kind = choice("情形", [("clue", "线索需要查证"), ("grave", "重大、疑难、复杂，经公安机关负责人批准")])
    document = Line("公安机关的告知", max_length=120)


class Notice(CaseGiven):
    """A notice that was received on a day."""

    received_on = Day("收到之日", past=True, now=True)
    document = Line("文书名称、文号", max_length=120)
    reason = Prose("内容和理由", max_length=4000)


class Asked(CaseGiven):
    """The police or the prosecutor are asked to look again."""

    asked_on = Day("提出之日", past=True, now=True)
    office = Line("受理机关", max_length=120)
    reason = Prose("理由", max_length=4000)


class Materials(CaseGiven):
    """Things and materials were handed over."""

    handed_on = Day("移交之日", past=True, now=True)
    items = Prose("移交的物品、材料", max_length=4000)
    receiver = Line("接收人", max_length=60)


class Judged(CaseGiven):
    """The judgement: conviction or acquittal, and whether a criminal fine was imposed: then none is imposed by the bureau (apl-35)."""

    received_on = Day("收到之日", past=True, now=True)
    document = Line("判决书文号", max_length=120)
    convicted = choice(
        "判决", [("yes", "有罪"), ("no", "无罪")], help_text="判决有罪的计入诚信等级（被追究刑事责任）；无罪的不计。"
    )
    fined = choice("是否判处罚金", [("yes", "判处罚金"), ("no", "没有判处罚金")])
    reason = Prose("判决结果", max_length=4000)

    def clean(self):
        given = super().clean()
        if given.get("convicted") == "no" and given.get("fined") == "yes":
            self.add_error("fined", "判决无罪的，不会判处罚金，请核对判决书")
        return given

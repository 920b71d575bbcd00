"""What the steps of enforcement ask."""

from datetime import date
from decimal import Decimal, InvalidOperation

from laojian.cases.forms.fields import CaseGiven, Day, Line, Moment, Prose, Yuan, choice, tick
from laojian.cases.forms.paper import Serving
from laojian.cases.forms.rows import Rows


class Instalments(Rows):
    """Until when how much is to be paid, in the order of the days."""

    noun = "期"
    columns = [("due_on", "缴纳截止日（如 2026-09-30）", None), ("amount", "金额（元）", None)]

    def row_problem(self, row: dict) -> str:
        try:
            date.fromisoformat(str(row.get("due_on")))
            amount = Decimal(str(row.get("amount")).replace(",", ""))
        except (ValueError, InvalidOperation):
            return "请写明截止日和金额"
        if not amount.is_finite() or amount <= 0 or amount != amount.quantize(Decimal("0.01")):
            return "金额应大于零，最多两位小数"
        row["amount"] = str(amount)
        return ""

    def clean(self, value):
        rows = super().clean(value)
        return sorted(rows, key=lambda row: row["due_on"])


class Deferral(CaseGiven):
    """The party asks in writing to pay later or in parts (apl-66); later in one sum is a table of one row."""

    made_on = Day("申请之日", past=True, now=True)
    reason = Prose("经济困难的情况", max_length=4000)
    proof = Line("证明材料", max_length=200)
    table = Instalments("缴纳计划", help_text="延期一次缴清的只写一期；各期之和须等于尚欠的罚款。")


class Surcharged(CaseGiven):
    """A surcharge is decided up to a day (apl-72)."""

    until_on = Day("计算至", past=True, now=True)
    announced = tick("决定书已经写明逾期加处罚款的标准")
    opinion = Prose("意见", max_length=2000)


class Remitted(CaseGiven):
    """A part of the surcharge is let off because the party made amends; the fine itself never is (acl-42)."""

    amount = Yuan("减免金额（元）")
    reason = Prose("当事人采取的补救措施和减免理由", max_length=4000)


class Reminder(CaseGiven):
    """The reminder to perform: how, and which sum (acl-35)."""

    way = Prose("履行方式", max_length=2000, help_text="如何缴款、支付或者改正。")


class ServingReminder(Serving):
    """Service of the reminder."""

    CODES = ("reminder",)


class Heard(CaseGiven):
    """What the party said to the reminder, and whether it is right (acl-36)."""

    person = Line("陈述申辩人", max_length=60)
    made_at = Moment("时间", now=True)
    content = Prose("内容")
    found = choice("复核", [("right", "成立，予以采纳"), ("part", "部分成立"), ("wrong", "不成立")])
    reasons = Prose("复核理由", max_length=4000)


class Application(CaseGiven):
    """The application to the court: what is to be enforced, and where the party has property (acl-55)."""

    court = Line("申请的法院", required=False, max_length=120, help_text="不填的，为本机关所在地有管辖权的法院。")
    subject = Prose("申请执行的标的", max_length=4000)
    heard = Prose("当事人的意见和催告情况", max_length=4000)
    assets = Prose("财产线索", required=False, max_length=4000)
    materials = Prose("附送材料", max_length=2000, help_text="每行一件：决定书、送达回证、催告书等。")


class Filed(CaseGiven):
    """The application was handed in."""

    filed_on = Day("递交之日", past=True, now=True)
    receipt = Line("法院的收件凭证", max_length=120)


class Accepted(CaseGiven):
    """The court took the application up."""

    accepted_on = Day("受理之日", past=True, now=True)
    number = Line("法院案号", max_length=60)


class Ruled(CaseGiven):
    """A ruling of the court: its number and the day on which it was received."""

    received_on = Day("收到裁定之日", past=True, now=True)
    number = Line("裁定书文号", max_length=60)
    reason = Prose("裁定内容和理由", max_length=4000)


class Objection(CaseGiven):
    """The next higher court is asked."""

    filed_on = Day("申请之日", past=True, now=True)
    court = Line("上一级法院", max_length=120)
    reason = Prose("理由", max_length=4000)


class Told(CaseGiven):
    """Something happened on a day, for a reason."""

    on = Day("日期", past=True, now=True)
    reason = Prose("情况和理由", max_length=4000)


class Paid(CaseGiven):
    """The instalment that was due is paid."""

    voucher = Line("缴款凭证", max_length=120)


class Performed(CaseGiven):
    """All was performed: the surcharge that was decided is paid too."""

    on = Day("履行完毕之日", past=True, now=True)
    surcharge = Yuan("已缴的加处罚款（元）", required=False)
    voucher = Line("缴款凭证", required=False, max_length=120)
    note = Prose("核实情况", max_length=2000)


class Stopped(CaseGiven):
    """Enforcement ends without performance (acl-40)."""

    ground = choice("情形", [
        ("gone", "义务人死亡或者终止，没有财产也没有义务承受人"), ("object", "执行标的灭失"), ("revoked", "据以执行的决定被撤销、变更"),
        ("late", "申请法院强制执行的期限已过"), ("other", "其他"),
    ])  # fmt: skip
    reason = Prose("情况和理由", max_length=4000)

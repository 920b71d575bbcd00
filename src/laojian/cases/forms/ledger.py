"""What the steps on workers, their ledger and payments ask."""

import re
from decimal import Decimal

from django import forms

from laojian.procedure.step import File

from ..models import Obligation, Payment
from ..months import Unreadable, read_months
from ..queries import claimed
from .fields import CaseGiven, Day, Line, Yuan, choice, parties, pick
from .rows import Rows

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


class Workers(CaseGiven):
    """Workers with what was found unpaid: rows as JSON, each {name, id_number, phone, trade, months, amount, bank, card}."""

    sealed = ("rows",)

    rows = forms.JSONField(label="劳动者明细")
    source = pick("随哪件投诉提出", required=False)
    kind = choice("金额性质", [("found", "查明（主张）")], required=False, initial="found")

    def offer(self, file: File) -> None:
        self.fields["source"].choices = [("", "不区分"), *((s["id"], s["number"]) for s in file.sources)]

    def clean_rows(self):
        rows = self.cleaned_data["rows"]
        if not isinstance(rows, list) or not rows:
            raise forms.ValidationError("没有可登记的劳动者")
        for number, row in enumerate(rows, 1):
            try:
                if not row["name"] or Decimal(str(row["amount"])) < 0:
                    raise ValueError
                if not all(MONTH.fullmatch(month) for month in row.get("months", [])):
                    raise ValueError
            except (KeyError, TypeError, ValueError, ArithmeticError):
                raise forms.ValidationError(f"第 {number} 行须有姓名、不为负的金额和形如 2026-05 的月份") from None
        return rows


class LedgerChange(CaseGiven):
    """A change of one worker's ledger: what was found anew, coordinated, or corrected by a line of opposite sign."""

    worker = pick("劳动者")
    kind = choice("金额性质", [("found", "查明"), ("coordinated", "协调确认")])
    amount = forms.DecimalField(
        label="金额（元，可为负）",
        max_digits=14,
        decimal_places=2,
        help_text="补记写正数；多记了要冲减的，前面加负号。原来的记录不改动。",
    )
    months = Line("月份", required=False, help_text="如 2026-01、02、04")
    reason = Line("说明", max_length=120)

    def offer(self, file: File) -> None:
        self.fields["worker"].choices = [("", "请选择"), *workers(file)]

    def clean_months(self):
        text = self.cleaned_data["months"]
        try:
            return "、".join(read_months(text, self.on)) if text else ""
        except Unreadable as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


class Shares(Rows):
    """How a payment is shared: worker and amount, line by line, or {worker: amount}; empty: in proportion to what is owed."""

    noun = "名劳动者"
    columns = [("worker", "劳动者", []), ("amount", "分得金额（元）", None)]

    def offer(self, workers: list[tuple[int, str]]) -> None:
        """The workers who can be chosen."""
        self.widget.columns = [(key, label, workers if key == "worker" else None) for key, label, _ in self.columns]

    def clean(self, value):
        if isinstance(value, dict):
            value = [{"worker": key, "amount": amount} for key, amount in value.items()]
        return {int(row["worker"]): Decimal(str(row["amount"]).replace(",", "")) for row in super().clean(value)}

    def row_problem(self, row: dict) -> str:
        try:
            amount = Decimal(str(row["amount"]).replace(",", ""))
            return "" if int(row["worker"]) and amount.is_finite() and amount > 0 else "金额应大于零"
        except (KeyError, ValueError, ArithmeticError):
            return "须选劳动者并填写金额"


class Pay(CaseGiven):
    """A payment that arrived: who paid, for what, how it is shared among the workers."""

    on = Day("到账日期", past=True, now=True)
    of = choice("款项", Payment.Of.choices)
    payer = pick("付款人", help_text="出租方等代付人不在列表中的，请先登记当事人，身份选“代付人”。")
    way = choice("方式", Payment.Way.choices)
    amount = Yuan("金额（元）")
    obligation = pick("履行的义务", required=False)
    voucher = Line("凭证", required=False, max_length=120, help_text="银行回单、代发清单等的名称和编号")
    shares = Shares("逐人金额", required=False, help_text="不填的，按各人尚欠金额的比例分配。")

    def offer(self, file: File) -> None:
        self.fields["payer"].choices = [("", "请选择"), *parties(file)]
        self.fields["shares"].offer(workers(file))
        self.fields["obligation"].choices = [("", "未指明")] + [
            (o["id"], f"{Obligation.Kind(o['kind']).label} {o['addressee']}")
            for o in file.obligations
            if not o["met_on"]
        ]


def workers(file: File) -> list[tuple[int, str]]:
    """The file's workers as choices."""
    return [(row["id"], row["name"]) for row in file.once(claimed)["workers"]]

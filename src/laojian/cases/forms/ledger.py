"""What the steps on workers, their ledger and payments ask."""

import re
from decimal import Decimal

from django import forms

from laojian.procedure.step import File

from ..models import Obligation, Payment, Worker
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

    worker = forms.IntegerField(label="劳动者")
    kind = choice("金额性质", [("found", "查明"), ("coordinated", "协调确认")])
    amount = forms.DecimalField(label="金额（元，可为负）", max_digits=14, decimal_places=2)
    months = Line("月份", required=False)
    reason = Line("说明")


class Shares(Rows):
    """How a payment is shared: worker and amount, line by line, or {worker: amount}; empty: in proportion to what is owed."""

    columns = [("worker", "劳动者", []), ("amount", "金额（元）", None)]

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

    on = Day("到账日期", past=True)
    of = choice("款项", Payment.Of.choices)
    way = choice("方式", Payment.Way.choices)
    payer = pick("付款人")
    obligation = pick("履行的义务", required=False)
    amount = Yuan("金额（元）")
    voucher = Line("凭证", required=False, max_length=120)
    shares = forms.JSONField(
        label="逐人金额", required=False
    )  # {worker id: amount}; empty: in proportion to what is owed

    def offer(self, file: File) -> None:
        self.fields["payer"].choices = parties(file)
        workers = Worker.objects.filter(dossier_id=file.id).order_by("id").values_list("pk", "name")
        self.fields["shares"].widget.columns = [("worker", "劳动者", list(workers)), ("amount", "金额（元）", None)]
        self.fields["obligation"].choices = [("", "未指明")] + [
            (o["id"], f"{Obligation.Kind(o['kind']).label} {o['addressee']}")
            for o in file.obligations
            if not o["met_on"]
        ]

"""A field of several rows, such as addressees with what each must do: groups of inputs on the page, a list of mappings in the data."""

import json
from decimal import Decimal

from django import forms

from laojian.lawbook import law

from ..models import Obligation

SPARE = 1
WIDE = ("demand", "ground")


class RowsWidget(forms.Widget):
    """One group of inputs a row; empty rows are left out. Data given as a list (replay, API) pass unchanged.

    The page may add rows (`data-rows`); without JavaScript there are always SPARE empty ones.
    """

    template_name = "cases/rows.html"
    use_fieldset = True

    def __init__(self, columns: list[tuple[str, str, list | None]], noun: str = "行", attrs=None):
        super().__init__(attrs)
        self.columns, self.noun = columns, noun  # columns: (name, label, choices or None for text)

    def id_for_label(self, id_):
        return ""

    def get_context(self, name, value, attrs):
        rows = json.loads(value) if isinstance(value, str) and value else value or []
        lines = [*rows, *({} for _ in range(SPARE if rows else SPARE + 1))]
        told = [
            {"legend": f"第 {n} {self.noun}", "cells": self.cells(name, n - 1, row)} for n, row in enumerate(lines, 1)
        ]
        return super().get_context(name, value, attrs) | {"rows": told, "noun": self.noun}

    def cells(self, name: str, n: int, row: dict) -> list[dict]:
        """The inputs of one row."""
        return [
            {
                "name": f"{name}-{n}-{key}", "label": label, "value": "" if row.get(key) is None else row.get(key), "wide": key in WIDE,
                "decimal": key == "amount",
                "choices": None if choices is None else [
                    {"key": each, "text": text, "chosen": str(each) == str(row.get(key) or "")} for each, text in choices
                ],
            }
            for key, label, choices in self.columns
        ]  # fmt: skip

    def value_from_datadict(self, data, files, name):
        if name in data:
            return data[name]
        rows, n = [], 0
        while any(f"{name}-{n}-{key}" in data for key, _, _ in self.columns):
            row = {key: data.get(f"{name}-{n}-{key}", "").strip() for key, _, _ in self.columns}
            n += 1
            if any(row.values()):
                rows.append({key: value for key, value in row.items() if value})
        return rows

    def value_omitted_from_data(self, data, files, name):
        return name not in data and f"{name}-0-{self.columns[0][0]}" not in data


class Rows(forms.JSONField):
    """Rows of named values; what each must hold is checked by `row_problem`."""

    columns: list[tuple[str, str, list | None]] = []
    noun = "行"

    def __init__(self, label: str, required: bool = True, **kwargs):
        super().__init__(label=label, required=required, widget=RowsWidget(self.columns, self.noun), **kwargs)

    def bound_data(self, data, initial):
        return data

    def prepare_value(self, value):
        return value

    def clean(self, value):
        rows = super().clean(value)
        if rows in (None, "", []):
            return []
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise forms.ValidationError("应为逐行填写的内容")
        for number, row in enumerate(rows, 1):
            if problem := self.row_problem(row):
                raise forms.ValidationError(f"第 {number} {self.noun}：{problem}")
        return rows

    def row_problem(self, row: dict) -> str:
        """What is wrong with a row, in Chinese; empty when nothing is."""
        return ""


class Addressed(Rows):
    """Addressees of an order or decision: whom, what duty, on which ground of liability, for whose debt, how much."""

    noun = "名受文人"
    columns = [
        ("party", "受文人", []), ("kind", "义务", Obligation.Kind.choices), ("amount", "金额（元）", None),
        ("ground", "依据", []), ("demand", "要求", None), ("debtor", "原债务人（代他人清偿的填）", []),
    ]  # fmt: skip

    def offer(self, parties: list[tuple[int, str]], grounds: list[tuple[str, str]]) -> None:
        """The parties and the grounds that can be chosen."""
        choices = {"party": parties, "debtor": parties, "ground": grounds}
        self.widget.columns = [(key, label, choices.get(key, others)) for key, label, others in self.columns]

    def clean(self, value):
        rows = super().clean(value)
        if not rows:
            raise forms.ValidationError("至少写明一名受文人及其义务")
        return rows

    def row_problem(self, row: dict) -> str:
        try:
            sound = row["kind"] in Obligation.Kind.values and row["demand"] and int(row["party"])
            amount = Decimal(str(row.get("amount") or 0).replace(",", ""))
        except (KeyError, TypeError, ValueError, ArithmeticError):
            return "请选受文人、义务，写明要求；金额为数字"
        if not sound:
            return "请选受文人、义务，写明要求"
        if row.get("ground") not in law().articles:
            return "请选承担义务的依据，如先行清偿、责令支付"
        if not amount.is_finite() or amount < 0 or amount != amount.quantize(Decimal("0.01")):
            return "金额不能为负，最多两位小数"
        row["amount"] = str(amount) if row.get("amount") not in (None, "") else ""
        return ""

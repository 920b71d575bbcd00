"""A field of several rows, such as addressees with what each must do: a table on the page, a list of mappings in the data."""

import json
from decimal import Decimal

from django import forms
from django.utils.html import format_html, format_html_join

from laojian.lawbook import law

from ..models import Obligation

SPARE = 2


class RowsWidget(forms.Widget):
    """A table with one line of inputs a row; empty lines are left out. Data given as a list (replay, API) pass unchanged."""

    def __init__(self, columns: list[tuple[str, str, list | None]], attrs=None):
        super().__init__(attrs)
        self.columns = columns  # (name, label, choices or None for text)

    def render(self, name, value, attrs=None, renderer=None):
        rows = json.loads(value) if isinstance(value, str) and value else value or []
        lines = [*rows, *({} for _ in range(max(1, SPARE - len(rows) + 1)))]
        heads = format_html_join("", '<th scope="col">{}</th>', ((label,) for _, label, _ in self.columns))
        body = format_html_join("", "<tr>{}</tr>", ((self.cells(name, n, row),) for n, row in enumerate(lines)))
        return format_html('<table class="grid" id="{}"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>',
                           (attrs or {}).get("id", f"id_{name}"), heads, body)  # fmt: skip

    def cells(self, name: str, n: int, row: dict):
        """One line of inputs, each labelled by its column and line."""
        return format_html_join("", "<td>{}</td>", ((self.control(f"{name}-{n}-{key}", f"第 {n + 1} 行{label}", choices, row.get(key)),)
                                                    for key, label, choices in self.columns))  # fmt: skip

    @staticmethod
    def control(name: str, label: str, choices: list | None, value):
        """One input."""
        if choices is None:
            return format_html('<input type="text" name="{}" aria-label="{}" value="{}">', name, label, "" if value is None else value)
        options = format_html_join("", '<option value="{}"{}>{}</option>', (
            (key, " selected" if str(key) == str(value or "") else "", text) for key, text in [("", "——"), *choices]
        ))  # fmt: skip
        return format_html('<select name="{}" aria-label="{}">{}</select>', name, label, options)

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

    def __init__(self, label: str, required: bool = True, **kwargs):
        super().__init__(label=label, required=required, widget=RowsWidget(self.columns), **kwargs)

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
                raise forms.ValidationError(f"第 {number} 行：{problem}")
        return rows

    def row_problem(self, row: dict) -> str:
        """What is wrong with a row, in Chinese; empty when nothing is."""
        return ""


class Addressed(Rows):
    """Addressees of an order or decision: whom, what duty, on which ground of liability, for whose debt, how much."""

    columns = [
        ("party", "受文人", []), ("kind", "义务", Obligation.Kind.choices), ("ground", "依据（条款代号）", None),
        ("demand", "要求", None), ("amount", "金额（元）", None), ("debtor", "原债务人", []),
    ]  # fmt: skip

    def offer(self, parties: list[tuple[int, str]]) -> None:
        """The parties that can be chosen."""
        self.widget.columns = [(key, label, parties if choices == [] else choices) for key, label, choices in self.columns]

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
            return "须选受文人、义务并写明要求；金额为数字"
        if not sound:
            return "须选受文人、义务并写明要求"
        if row.get("ground") not in law().articles:
            return f"没有“{row.get('ground', '')}”这一依据，请填条款代号，如 mww-30（先行清偿）、lsr-26（责令支付）"
        if not amount.is_finite() or amount < 0 or amount != amount.quantize(Decimal("0.01")):
            return "金额不能为负，最多两位小数"
        row["amount"] = str(amount) if row.get("amount") not in (None, "") else ""
        return ""

"""From the words of a story to what a step's form takes: labels for names, names for rows, 〔公告未载明〕 for what nobody said."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from django import forms

from laojian.procedure.step import File, Step, local

from ..forms.rows import Addressed, Rows
from ..models import Obligation
from .story import NOT_SAID, SILENT

ROW_WORDS = {
    "谁": "party", "义务": "kind", "依据": "ground", "要求": "demand", "金额": "amount", "债务人": "debtor",
}  # fmt: skip
WORKER_WORDS = {
    "姓名": "name",
    "工种": "trade",
    "月份": "months",
    "金额": "amount",
    "身份证号": "id_number",
    "电话": "phone",
}
BRACKET = re.compile(r"（[^（）]*）$")
LEAST_RECORD = timedelta(minutes=8)  # what a record of inquiry takes when nobody says


class WordingError(ValueError):
    """The story uses a word that the step does not know."""


def spoken(step: Step, told: Mapping, file: File | None, at: datetime, others: bool) -> tuple[dict, list[str]]:
    """What the form is given, and the labels of all fields of which nothing is said.

    `others`: required fields that are not mentioned at all are silent too.
    """
    form = step.given(None, file=file, on=local(at).date())
    if file is None:
        form.offer(None)  # the first step's choices do not depend on a file
    given, unsaid = {}, []
    for word, value in told.items():
        name = named(form, word)
        field = form.fields[name]
        if value == SILENT:
            unsaid.append(short(field.label or name))
            given[name] = silence(field, name, at)
        else:
            given[name] = worded(field, value, file)
    if others:
        for name, field in form.fields.items():
            if name not in given and field.required:
                unsaid.append(short(field.label or name))
                given[name] = silence(field, name, at)
    return given, unsaid


def named(form: forms.Form, word: str) -> str:
    """The field by its name or by its label, the part in brackets left off."""
    for name, field in form.fields.items():
        if word == name or word in names_of(field.label):
            return name
    labels = "、".join(short(field.label or name) for name, field in form.fields.items())
    raise WordingError(f"本步骤没有“{word}”这一项，可写：{labels}")


def names_of(label) -> set[str]:
    """What a label may be called in a story: whole, without the bracket at its end, up to its first bracket."""
    return {str(label), short(label or ""), str(label or "").split("（")[0]}


def short(label: str) -> str:
    """A label without what stands in brackets after it."""
    return BRACKET.sub("", str(label))


def worded(field: forms.Field, value, file: File | None):
    """One value: a choice by its label, a row by its name, an addressee by what it is called."""
    if isinstance(field, Addressed):
        return [addressed(row, file) for row in value]
    if isinstance(field, Rows):
        return [by_column(field, row) for row in value]
    if isinstance(field, forms.MultipleChoiceField):
        return [chosen(field, each, file) for each in value]
    if isinstance(field, forms.ChoiceField) and not isinstance(value, bool):
        return chosen(field, value, file)
    if isinstance(field, forms.JSONField) and isinstance(value, list):
        return [obligation_of(each, file) if isinstance(each, str) else worker(each) for each in value]
    return value


def by_column(field: Rows, row: Mapping) -> dict:
    """One row of a field of rows: its columns by their labels, choices too."""
    made = {}
    for word, value in row.items():
        key, choices = next(
            (key, choices) for key, label, choices in field.columns if word == key or word in names_of(label)
        )
        made[key] = next((one for one, label in choices or () if str(value) in names_of(label)), str(value))
    return made


def chosen(field: forms.ChoiceField, value, file: File | None):
    """The key of a choice; “单位” is the respondent."""
    if value == "单位" and file is not None and any(p["id"] == respondent(file) for p in file.parties):
        value = respondent(file)
    for key, label in flat(field.choices):
        if value == key or str(value) == str(key) or str(value) in names_of(label):
            return key
    begun = [key for key, label in flat(field.choices) if str(label).startswith(str(value))]
    if len(begun) == 1:
        return begun[0]
    told = "、".join(str(label) for key, label in flat(field.choices) if key != "")
    raise WordingError(f"“{field.label}”没有“{value}”这一选项，可写：{told}")


def flat(choices) -> list[tuple]:
    """Choices without their headings."""
    return [one for key, label in choices for one in (label if isinstance(label, list | tuple) else [(key, label)])]


def respondent(file: File) -> int:
    """The id of the first respondent."""
    return next((p["id"] for p in file.parties if p["role"] == "respondent"), 0)


def party_of(name: str, file: File) -> int:
    """A party of the file by its name; “单位” is the respondent."""
    if name == "单位":
        return respondent(file)
    found = next((p["id"] for p in file.parties if p["name"] == name), None)
    if found is None:
        raise WordingError(f"本案没有名为“{name}”的当事人，请先登记")
    return found


def addressed(row: Mapping, file: File) -> dict:
    """One addressee of an order or decision, in words: {谁, 义务, 依据, 要求, 金额, 债务人}."""
    made = {ROW_WORDS.get(word, word): value for word, value in row.items()}
    kinds = {kind.label: kind.value for kind in Obligation.Kind}
    made["party"] = party_of(str(made.get("party", "单位")), file)
    made["kind"] = kinds.get(made.get("kind"), made.get("kind"))
    if made.get("debtor"):
        made["debtor"] = party_of(made["debtor"], file)
    if made.get("amount") == SILENT:
        del made["amount"]
    return {key: NOT_SAID if value == SILENT else value for key, value in made.items()}


def obligation_of(demand: str, file: File) -> int:
    """An obligation of the file by the beginning of what it demands."""
    found = next((o["id"] for o in file.obligations if o["demand"].startswith(demand) and not o["met_on"]), None)
    if found is None:
        raise WordingError(f"没有尚未履行的义务“{demand}”")
    return found


def worker(row: Mapping) -> dict:
    """One worker in words: {姓名, 工种, 月份, 金额}."""
    made = {WORKER_WORDS.get(word, word): value for word, value in row.items()}
    return {"months": [], **made}


def crowd(told: Mapping) -> tuple[list[dict], list[str]]:
    """Rows for workers of whom only number and total are known: {人数, 合计, 月份}; shared evenly to the cent, and said so."""
    count, total = told.get("人数"), told.get("合计")
    unsaid = ["姓名"]
    if count == SILENT:
        count, unsaid = 1, ["姓名", "人数"]
    if total == SILENT:
        total, unsaid = 0, [*unsaid, "金额"]
    elif count > 1:
        unsaid.append("逐人金额（按人均列，只有合计可靠）")
    sums = evenly(Decimal(str(total)), count)
    months = told.get("月份") or []
    if months == SILENT:
        months, unsaid = [], [*unsaid, "月份"]
    return [
        {"name": f"{NOT_SAID}{nth}", "amount": str(sum_), "months": months} for nth, sum_ in enumerate(sums, 1)
    ], unsaid


def evenly(total: Decimal, count: int) -> list[Decimal]:
    """A total in equal parts to the cent; the first carry the cents left over."""
    cents, extra = divmod(int(total * 100), count)
    return [Decimal(cents + (1 if nth < extra else 0)) / 100 for nth in range(count)]


def silence(field: forms.Field, name: str, at: datetime):
    """What stands for something of which nothing is said: the mark for a text, the step's own moment, the least number."""
    if isinstance(field, forms.DateTimeField):
        return at - LEAST_RECORD if name == "began_at" else at - timedelta(minutes=1)
    if isinstance(field, forms.DateField):
        return local(at).date()
    if isinstance(field, forms.BooleanField):
        return True
    if isinstance(field, forms.DecimalField | forms.IntegerField):
        return field.min_value or 0
    if isinstance(field, forms.ChoiceField):
        return next(key for key, _ in flat(field.choices) if key != "")
    if isinstance(field, forms.JSONField):
        raise WordingError(f"“{field.label}”不能写 silent，请写明")
    return NOT_SAID

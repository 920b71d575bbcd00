"""Invented facts: one for every name that the vocabulary has, so that a template can want nothing."""

from laojian.papers.template import Template
from laojian.papers.vocabulary import Group, Many, Schema

MONEY = {
    "amount",
    "fine",
    "found",
    "ordered",
    "coordinated",
    "paid",
    "enforced",
    "owed",
    "compensation",
    "surcharge",
    "total",
}
SAID = {
    "questions": "问：你叫什么名字？\n答：我叫镕喆堃。\n问：被欠多少工资？\n答：18600.50元。",
    "unit": "day",
    "length": 60,
}
NASTY = '<b>丁</b> | #eval("1+1") @seal 甲 {{ 7*7 }} {% x %} \\frac $x$ *_`'


def value(name: str, schema: Schema, at: str = "2026-12-01") -> object:
    """A plausible value for a name: by its ending a day, a moment or a sum, else its own label."""
    if isinstance(schema, Group):
        return {key: value(key, below, at) for key, below in schema.names.items()}
    if isinstance(schema, Many):
        return [value(name, schema.item, at), value(name, schema.item, at)]
    if name in SAID:
        return SAID[name]
    if name == "on" or name.endswith("_on"):
        return at
    if name == "at" or name.endswith("_at"):
        return f"{at}T09:05:00+08:00"
    if name in MONEY or name.endswith("_fine"):
        return "1234.50"
    return "" if name == "provisional" else f"某{schema.label}"


# The steps whose words some paper repeats.
BEFORE = ("ask_extension", "pass_review", "propose_closing", "hear_on_spot")


def complete(template: Template, at: str = "2026-12-01") -> dict:
    """Facts in which nothing that the template may ask is absent."""
    facts = {name: value(name, schema, at) for name, schema in template.schema.names.items() if name != "sheet"}
    clocks = template.schema.names["clocks"].open_
    facts["clocks"] = {
        key: value(key, clocks, at)
        for key in (*("accept", "supplement", "investigate", "investigate_before", "decide", "conclude", "correct"),)
    }
    earlier = template.schema.names["earlier"].open_
    facts["earlier"] = {verb: value(verb, earlier, at) for verb in BEFORE}
    return facts

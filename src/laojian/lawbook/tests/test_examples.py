"""The worked examples of law/examples/clocks.yaml, which a lawyer can check by hand, come out as written."""

from datetime import date

import pytest
import yaml

from laojian.lawbook import Pause, due, folder, law

EXAMPLES = yaml.safe_load((folder() / "examples/clocks.yaml").read_text(encoding="utf-8"))
ASKED = {"clock", "from", "extended", "length", "unit", "pauses"}
EXPECTED = {"due", "strict", "rolled", "skipped", "version", "provisional", "days", "missed"}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["says"])
def test_example(example):
    asked = (example.get("extended", False), example.get("length"), example.get("unit"))
    pauses = [Pause(**each) for each in example.get("pauses", ())]
    found = due(example["clock"], example["from"], *asked, pauses=pauses)
    answers = {
        "due": found.due_on,
        "strict": found.strict_on,
        "rolled": found.rolled_on,
        "skipped": len(found.skipped),
        "version": found.version,
        "provisional": found.provisional,
        "days": (found.due_on - example.get("since", found.started_on)).days,
        "missed": None,
    }
    assert set(example) <= ASKED | EXPECTED | {"says", "since"} and "due" in example
    assert {key: answers[key] for key in EXPECTED - {"missed"} if key in example} == {
        key: example[key] for key in EXPECTED - {"missed"} if key in example
    }
    assert example.get("missed", date.max) > max(found.due_on, found.rolled_on)
    text = "\n".join(found.explain())
    assert str(found.due_on) in text and law().article(found.basis).cite in text
    assert ("暂定" in text) is found.provisional


def test_there_are_enough_examples_at_the_edges():
    """At year ends, on days worked in exchange, and on both sides of a new version."""
    assert len({example["says"] for example in EXAMPLES}) == len(EXAMPLES) >= 40
    days = [(example["from"], example["due"]) for example in EXAMPLES]
    assert any(first.year < last.year for first, last in days)
    workdays = {
        day for first, last in days for day in (first, last) if day.weekday() >= 5 and law().calendar.is_workday(day)
    }
    assert workdays, "no example begins or ends on a weekend that is worked"
    keys = {example["clock"] for example in EXAMPLES}
    turned = {
        key
        for key in keys
        if len({law().clock(e["clock"]).version(e["from"]) for e in EXAMPLES if e["clock"] == key}) > 1
    }
    assert turned, "no period is asked in two versions"


def test_examples_reach_every_unit_holder_and_direction():
    """A kind of counting without an example would be unproved."""
    clocks = [law().clock(example["clock"]) for example in EXAMPLES]
    versions = [clock.version(example["from"]) for clock, example in zip(clocks, EXAMPLES, strict=True)]
    assert {version.unit for version in versions} >= {"working_day", "day", "month", "year", "given"}
    assert {clock.holder for clock in clocks} == {"party", "authority"}
    assert any(clock.backward for clock in clocks) and any(not clock.rolls for clock in clocks)
    effects = {v.suspension.effect for v, example in zip(versions, EXAMPLES, strict=True) if "pauses" in example}
    assert effects == {"stops", "shows"} and {"yearly", "quarterly"} <= {version.unit for version in versions}

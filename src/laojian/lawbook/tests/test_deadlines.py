"""The eight published limits and sums of law/examples/deadlines.yaml come out as they were judged."""

from datetime import date
from decimal import Decimal

import pytest
import yaml

from laojian.lawbook import due, folder, law, surcharge
from laojian.lawbook.applicable import penalty
from laojian.lawbook.facts import facts

EXAMPLES = yaml.safe_load((folder() / "examples/deadlines.yaml").read_text(encoding="utf-8"))
FIELDS = {"due": "due_on", "rolled": "rolled_on"}


def periods(rows):
    for row in rows:
        found = due(row["clock"], row["from"], length=row.get("length"), unit=row.get("unit"))
        wrong = {key: row[key] for key in FIELDS if key in row and getattr(found, FIELDS[key]) != row[key]}
        assert not wrong, (row, found)
        assert row.get("missed", date.max) > max(found.due_on, found.rolled_on)


def sums(rows):
    for row in rows:
        found = surcharge(Decimal(row["principal"]), row["due"], row["paid"])
        assert (found.amount, found.capped_on) == (Decimal(row["amount"]), row.get("capped")), row


def units(rows):
    for row in rows:
        told = {
            key: law().clock(key).version(row["at"]).unit
            for unit in ("working_day", "day")
            for key in row.get(unit, ())
        }
        assert told == {key: unit for unit in ("working_day", "day") for key in row.get(unit, ())}


def fine(row):
    found = penalty(row["power"], facts(row["told"], row["at"]))[0]
    assert (found.amount, found.objections) == (Decimal(row["amount"]), [])
    assert row.get("warns") in {said.basis for said in found.warnings} | {None}


JUDGED = {"due": periods, "surcharge": sums, "units": units, "penalty": fine}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["case"])
def test_a_published_limit_comes_out(example):
    told = example.keys() - {"case", "source", "says"}
    assert told and told <= JUDGED.keys() and example["source"] in ("worked", "agency", "judgment", "commentary")
    for key in told:
        JUDGED[key](example[key])


def test_all_eight_are_there():
    assert len({example["case"] for example in EXAMPLES}) == 8

"""docs/glossary.md and the code say the same words: nothing new, renamed or removed on one side only."""

from pathlib import Path

from django.apps import apps
from django.db.models import Choices

from laojian.lawbook import law, powers, profiles
from laojian.lawbook.calendar import KINDS
from laojian.lawbook.wages import CALCULATORS
from laojian.lawbook.wages.leaving import ENDINGS
from laojian.procedure.step import ROLE_LABELS
from laojian.procedure.take import FLOWS

GLOSSARY = Path(__file__).resolve().parents[1] / "docs" / "glossary.md"


def sections() -> dict[str, list[list[str]]]:
    """The rows of each table, by the code's word that ends its heading: [Chinese, `code`, English]."""
    told: dict[str, list[list[str]]] = {}
    for part in GLOSSARY.read_text(encoding="utf-8").split("\n### ")[1:]:
        heading, *lines = part.splitlines()
        rows = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
        told[heading.rpartition("· ")[2].strip("` ")] = rows[2:]
    return told


def choices() -> dict[str, list[tuple[str, str]]]:
    """Every enumeration of ours as {room.Model.Name: [(word, label), …]}."""
    found, waiting = {}, [Choices]
    while waiting:
        each = waiting.pop()
        waiting += each.__subclasses__()
        if each.__module__.startswith("laojian."):
            found[f"{each.__module__.split('.')[1]}.{each.__qualname__}"] = each.choices
    return found


def in_code() -> dict[str, list[tuple[str, str]]]:
    """Every list of words that officers or developers meet: (code word, label)."""
    flows = {f"{flow.name}.states": [(state.key, state.label) for state in flow.states] for flow in FLOWS.values()}
    flows |= {f"{flow.name}.steps": [(step.verb, step.label) for step in flow.steps] for flow in FLOWS.values()}
    clocks = [(key, clock.label) for key, clock in law().clocks.items()]
    words = {
        f"powers.{name}": list(getattr(powers, name).items()) for name in ("POWER_KINDS", "KINDS", "BASES", "SUMS")
    }
    words["wages.CALCULATORS"] = [(each.key, each.label) for each in CALCULATORS]
    words |= {"wages.ENDINGS": list(ENDINGS.items()), "calendar.KINDS": list(KINDS.items())}
    words["profiles.MODES"] = list(profiles.MODES.items())
    return choices() | flows | words | {"law.clocks": clocks, "procedure.ROLE_LABELS": list(ROLE_LABELS.items())}


def test_there_are_words_to_compare():
    assert {"people.Role", "intake.Source.Kind", "cases.Party.Kind", "cases.Obligation.Kind"} <= set(choices())
    assert "clerk" in dict(in_code()["people.Role"]) and "register" in dict(in_code()["general.steps"])


def test_every_list_of_words_has_its_table_and_no_table_is_left_over():
    assert set(sections()) == {*in_code(), "models"}


def test_every_word_stands_under_its_label_and_no_word_is_left_over():
    told = {key: sorted((row[1], row[0]) for row in rows) for key, rows in sections().items() if key != "models"}
    code = {key: sorted((word, str(label)) for word, label in rows) for key, rows in in_code().items()}
    assert told == code


def test_every_noun_of_the_database_is_explained():
    ours = {f"{m._meta.app_label}.{m.__name__}" for m in apps.get_models() if m.__module__.startswith("laojian.")}
    assert {row[1] for row in sections()["models"]} == ours


def test_every_word_is_explained_in_english():
    assert [(key, row[1]) for key, rows in sections().items() for row in rows if not (len(row) == 3 and row[2])] == []

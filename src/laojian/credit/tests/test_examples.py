"""The worked examples of law/examples/grading.yaml, by the rules told one by one and by the expression; and what came after a run."""

from datetime import date, timedelta

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from laojian.credit.grading import Told, grade, in_force
from laojian.credit.schemes import grading, schemes
from laojian.lawbook.book import folder

from .test_grading import run

EXAMPLES = yaml.safe_load((folder() / "examples" / "grading.yaml").read_text(encoding="utf-8"))
RUN = date(2026, 3, 2)


def facts(row: dict) -> list[Told]:
    # YAML reads the bare key `on` as true
    return [
        Told(f["kind"], f.get("on", f.get(True)), f["case"], f.get("ended"), f.get("reversed")) for f in row["facts"]
    ]


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row["case"])
def test_a_worked_example_comes_out_as_written_on_both_ways(row):
    scheme, on = schemes()[row["scheme"]], row.get("on", row.get(True))
    letter, rule = grade(facts(row), scheme, on)
    assert (letter, rule.key if rule else "") == (row["grade"], row["rule"])
    assert run([(1, fact) for fact in facts(row)], 1, scheme, on) == {1: (row["grade"], row["rule"])}


def test_every_condition_has_an_example():
    assert {rule.key for scheme in schemes().values() for rule in scheme.rules} == {row["rule"] for row in EXAMPLES} - {
        ""
    }


FACT = st.builds(
    Told, st.sampled_from(list(grading()[0])), st.dates(RUN - timedelta(days=500), RUN + timedelta(days=300)), st.integers(1, 5),
    st.none() | st.dates(RUN, RUN + timedelta(days=300)),
)  # fmt: skip


@settings(max_examples=200)
@given(st.lists(FACT, max_size=8), st.integers(0, 300), st.sampled_from(list(schemes().values())))
def test_after_a_run_a_grade_only_falls_while_no_decision_falls(rows, days, scheme):
    at_run = in_force(rows, scheme, RUN, RUN)[0]
    then, later = (in_force(rows, scheme, RUN, RUN + timedelta(days=n))[0] for n in (days, days + 30))
    assert scheme.order.index(at_run) <= scheme.order.index(then) <= scheme.order.index(later)


def test_what_came_since_lowers_and_its_fall_restores():
    order = Told("order", date(2026, 5, 6), 1)
    national = schemes()["national"]
    assert [in_force([order], national, RUN, day)[0] for day in (date(2026, 5, 5), date(2026, 5, 6))] == ["A", "B"]
    fallen = Told("order", date(2026, 5, 6), 1, None, date(2026, 6, 1))
    assert [in_force([fallen], national, RUN, day)[0] for day in (date(2026, 5, 31), date(2026, 6, 1))] == ["B", "A"]

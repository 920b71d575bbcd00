"""The estimate: its interval holds the truth as often as it says, unknown is not zero, more inspections do not widen it."""

from math import exp
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laojian.credit.estimate import (
    POOLED,
    Stratum,
    at_most,
    bounds,
    expected_width,
    guess,
    pooled,
    total,
    where_next,
)
from laojian.inspections.rules import LEVEL, choose, estimate

KEY = ("建筑业", "small")


def chance(x: int, n: int, bad: int, size: int) -> float:
    """The chance of exactly x."""
    return exp(choose(bad, x) + choose(size - bad, n - x) - choose(size, n))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_the_truth_the_interval_holds_it_at_least_as_often_as_it_says(data):
    size = data.draw(st.integers(1, 120))
    of, bad = data.draw(st.integers(1, size)), data.draw(st.integers(0, size))
    held = 0.0
    for x in range(max(0, of - (size - bad)), min(of, bad) + 1):
        low, high = bounds(x, of, size, LEVEL)
        if low <= bad <= high:
            held += chance(x, of, bad, size)
    assert held >= LEVEL - 1e-9


def test_the_sum_over_simulated_registers_holds_the_truth_at_least_as_often_as_it_says():
    rng, held, tries = Random(6), 0, 400
    for _ in range(tries):
        rows, truth = [], 0
        for n in range(5):
            size, share = rng.randrange(30, 400), rng.choice((0.0, 0.02, 0.1, 0.4))
            register = [rng.random() < share for _ in range(size)]
            of = rng.randrange(0, 25)
            sample = rng.sample(range(size), of)
            found = sum(register[i] for i in sample)
            truth += sum(register) - found
            rows.append(Stratum((str(n), ""), of, found, size - of))
        told = total(rows)
        held += told.low <= truth <= told.high
    assert held / tries >= LEVEL


def test_the_worked_example_and_a_register_without_end_agree_with_the_interval_of_a_share():
    assert bounds(3, 20, 200, LEVEL) == (8, 73)
    low, high = bounds(3, 20, 1_000_000, LEVEL)
    share = estimate(3, 20)
    assert low / 1e6 == pytest.approx(share.low, abs=1e-4) and high / 1e6 == pytest.approx(share.high, abs=1e-4)
    assert at_most(20, 20, 5, 25) == pytest.approx(1) and bounds(2, 10, 10, LEVEL) == (2, 2)  # all were seen


def test_nobody_inspected_is_unknown_and_not_zero():
    unknown = guess(Stratum(KEY, 0, 0, 80))
    assert (unknown.likely, unknown.low, unknown.high) == (None, 0, 80)
    both = total([Stratum(KEY, 0, 0, 80), Stratum(("农业", ""), 30, 3, 100)])
    assert both.high >= 80 + guess(Stratum(KEY, 30, 3, 100)).high and both.likely == pytest.approx(10)
    assert total([Stratum(KEY, 0, 0, 80)]).likely is None


@pytest.mark.parametrize("row", [Stratum(KEY, 3, 4, 10), Stratum(KEY, 3, -1, 10), Stratum(KEY, 3, 1, -1)])
def test_numbers_that_cannot_be_are_refused(row):
    with pytest.raises(ValueError):
        guess(row)


STRATA = st.builds(
    lambda of, share, left: Stratum(KEY, of, round(of * share), left),
    st.integers(0, 40),
    st.floats(0, 1),
    st.integers(5, 500),
)


@settings(max_examples=80, deadline=None)
@given(STRATA, st.integers(0, 20))
def test_more_inspections_never_widen_the_interval_in_expectation(row, more):
    assert expected_width(row, more + 5) <= expected_width(row, more) + 1e-6


@given(st.lists(STRATA, max_size=8), st.integers(1, 30))
def test_putting_small_strata_together_loses_nobody_and_leaves_unknown_ones_unknown(rows, least):
    rows = [Stratum((str(n), ""), row.inspected, row.found, row.left) for n, row in enumerate(rows)]
    found = pooled(rows, least)
    for name in ("inspected", "found", "left"):
        assert sum(getattr(row, name) for row in found) == sum(getattr(row, name) for row in rows)
    assert [row for row in found if not row.known] == [row for row in rows if not row.known]
    together = next((row for row in found if row.key == POOLED), None)
    assert together is None or len(together.parts) > 1
    assert {key for row in found for key in row.parts or (row.key,)} == {row.key for row in rows}


@settings(max_examples=40, deadline=None)
@given(st.lists(STRATA, min_size=1, max_size=5), st.integers(0, 40))
def test_the_next_inspections_are_laid_out_within_budget_and_register(rows, budget):
    told = where_next(rows, budget, 5)
    assert sum(one.more for one in told) <= budget
    assert all(0 < one.more <= one.row.left and one.narrower > 0 for one in told)
    assert [one.narrower for one in told] == sorted((one.narrower for one in told), reverse=True)


def test_they_go_where_most_is_unknown_first():
    known, blank, tiny = Stratum(("a", ""), 200, 10, 1000), Stratum(("b", ""), 0, 0, 1000), Stratum(("c", ""), 0, 0, 5)
    told = where_next([known, blank, tiny], 40, 5)
    assert told[0].row is blank and told[0].more >= 35

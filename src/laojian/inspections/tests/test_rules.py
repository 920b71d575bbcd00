"""Numbers to draw, and what share of all probably offends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laojian.inspections import rules


@pytest.mark.parametrize(
    ("ratio", "least", "size", "expected"),
    [("5", None, 37, 2), ("5", None, 6, 1), ("1", 2, 50, 2), ("100", None, 9, 9), ("5", 10, 4, 4), ("0", 3, 50, 3)],
)
def test_the_ratio_is_a_least_and_rounds_up(ratio, least, size, expected):
    assert rules.minimum({"ratio": ratio, "least": least}, size) == expected


def test_a_plan_may_draw_more_but_never_fewer_nor_more_than_there_are():
    row = {"ratio": "5", "number": 5}
    assert [rules.number(row, size) for size in (37, 200, 3)] == [5, 10, 3]


@pytest.mark.parametrize(
    ("found", "of", "low", "high"),
    # Worked: beta quantiles; 0 of n has the closed form 1 − 0.025^(1/n), n of n its mirror image.
    [
        (3, 20, 0.0321, 0.3789),
        (0, 10, 0.0, 0.3085),
        (10, 10, 0.6915, 1.0),
        (1, 1, 0.025, 1.0),
        (50, 150, 0.2586, 0.4149),
    ],
)
def test_the_interval_is_that_of_clopper_and_pearson(found, of, low, high):
    told = rules.estimate(found, of)
    assert (told.low, told.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))
    assert told.rate == found / of


def test_without_a_sample_nothing_is_known():
    told = rules.estimate(0, 0)
    assert (told.rate, told.low, told.high) == (None, 0.0, 1.0)


def test_more_findings_than_inspections_is_an_error():
    with pytest.raises(ValueError):
        rules.estimate(3, 2)


@given(st.integers(1, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_holds_the_share_found_and_mirrors(pair):
    found, of = pair
    told, mirror = rules.estimate(found, of), rules.estimate(of - found, of)
    assert 0 <= told.low <= told.rate <= told.high <= 1
    assert told.low == pytest.approx(1 - mirror.high, abs=1e-9)

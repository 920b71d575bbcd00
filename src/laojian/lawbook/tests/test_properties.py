"""What must hold of every period of the law, whatever the day: order of starts, and the same answer to the same question."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from laojian.lawbook import due, folder, law, load
from laojian.lawbook.clocks import Clock, Version

DAYS = st.dates(date(2018, 1, 1), date(2026, 6, 30))
COUNTED = sorted(key for key, clock in law().clocks.items() if any(v.unit != "given" for v in clock.versions))


def version_on(clock: Clock, on: date) -> Version:
    """The version of the day, where it has a length of its own."""
    version = clock.at(on)
    assume(version is not None and version.unit != "given")
    return version


def asked(version: Version, on: date) -> date:
    """The start as the unit wants it: a moment for hours."""
    return datetime(on.year, on.month, on.day, 9, 30) if version.unit == "hour" else on  # noqa: DTZ001


@given(st.sampled_from(COUNTED), DAYS, st.integers(0, 90))
def test_within_one_version_a_later_start_never_ends_earlier(key, on, later):
    clock = law().clock(key)
    version = version_on(clock, on)
    assume(clock.at(on + timedelta(later)) is version)
    first, second = (due(key, asked(version, day)) for day in (on, on + timedelta(later)))
    assert first.strict_on <= second.strict_on and first.due_on <= second.due_on


@given(st.sampled_from(COUNTED), DAYS)
def test_forward_ends_after_its_start_and_backward_before(key, on):
    clock = law().clock(key)
    version = version_on(clock, on)
    found = due(key, asked(version, on))
    assert found.strict_on < on if clock.backward else found.strict_on >= on
    assert found.rolled_on >= found.strict_on and (clock.rolls or found.rolled_on == found.strict_on)


@pytest.fixture(scope="module")
def another():
    """The law read a second time."""
    return load(folder())


@given(key=st.sampled_from(COUNTED), on=DAYS)
def test_the_same_question_has_the_same_answer_whenever_it_is_asked(another, key, on):
    start = asked(version_on(law().clock(key), on), on)
    first, second = due(key, start), due(key, start, book=another)
    assert first == due(key, start) == second and first.explain() == second.explain()

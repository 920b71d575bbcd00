"""The shape of every procedure, read from its table: nothing dangles, nobody is stuck, and every clock that starts can end."""

from collections import Counter

import pytest

from laojian.lawbook import law
from laojian.papers.actions import templates
from laojian.people.models import Role
from laojian.procedure.step import ROLE_LABELS
from laojian.procedure.take import FLOWS

from .walking import OPENING, after, clocks, keepers, reachable, running_in, steps_from, stopping, unending

pytestmark = pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS.keys())
ROLES = {*Role.values, *ROLE_LABELS}


def strays(flow, names):
    """(verb, word) of every word that a step uses and nobody knows; `names` gives (words used, words known) of a step."""
    return [
        (step.verb, word) for step in flow.steps for used, known in [names(step)] for word in used if word not in known
    ]


def test_between_the_opening_and_the_end_lies_work(flow):
    """No step opens and ends a file at once, and there is a way that takes at least one step between the two."""
    finals = {state.key for state in flow.states if state.final}
    ending = {step.verb for step in flow.steps for s in step.sources if s not in finals and after(step, s) in finals}
    opening = {step.verb for step in steps_from(flow, OPENING)}
    assert opening and ending and not opening & ending
    assert {step.verb for step in flow.steps} - opening - ending != set()


def test_a_verb_names_one_step(flow):
    assert [verb for verb, n in Counter(step.verb for step in flow.steps).items() if n > 1] == []
    assert [key for key, n in Counter(state.key for state in flow.states).items() if n > 1] == []


def test_steps_begin_and_end_in_known_states(flow):
    known = {OPENING, *flow.by_state}
    assert strays(flow, lambda step: ((*step.sources, *filter(None, [step.target])), known)) == []
    assert all(step.sources for step in flow.steps)


def test_a_file_is_opened_by_exactly_one_step(flow):
    assert len(steps_from(flow, OPENING)) == 1
    assert all(step.target for step in steps_from(flow, OPENING))


def test_every_state_can_be_reached(flow):
    assert set(flow.by_state) - reachable(flow, OPENING) == set()


def test_a_state_is_final_exactly_when_no_step_leaves_it(flow):
    left = {s for step in flow.steps for s in step.sources if after(step, s) != s}
    assert {state.key for state in flow.states if state.final} == set(flow.by_state) - left


def test_from_every_state_some_end_can_be_reached(flow):
    finals = {state.key for state in flow.states if state.final}
    assert [key for key in flow.by_state if not finals & reachable(flow, key)] == []


def test_a_state_that_waits_for_somebody_gives_him_a_step_that_leads_on(flow):
    leads = {(s, role) for step in flow.steps for s in step.sources if after(step, s) != s for role in step.roles}
    assert [(s.key, role) for s in flow.states for role in s.waits if (s.key, role) not in leads] == []
    assert [s.key for s in flow.states if not s.final and not s.waits] == []


def test_every_step_has_somebody_who_may_take_it(flow):
    assert strays(flow, lambda step: (step.roles, ROLES)) == []
    assert [step.verb for step in flow.steps if not step.roles] == []
    assert [s.verb for s in flow.steps if len(s.roles) > 1 and set(s.roles) & set(ROLE_LABELS)] == []


def test_every_article_stands_in_the_law(flow):
    assert strays(flow, lambda step: ((step.basis,), law().articles)) == []


def test_every_clock_stands_in_the_law(flow):
    assert strays(flow, lambda step: ((*step.starts, *step.stops, *step.reopens), law().clocks)) == []


def test_clocks_count_days_because_deadlines_are_kept_as_days(flow):
    hourly = {key for key, clock in law().clocks.items() if any(v.unit == "hour" for v in clock.versions)}
    assert hourly and clocks(flow) & hourly == set()


def test_every_guard_paper_and_earlier_step_that_is_named_exists(flow):
    assert strays(flow, lambda step: (step.needs, flow.guards)) == []
    assert strays(flow, lambda step: (filter(None, [step.paper]), templates())) == []
    assert strays(flow, lambda step: (step.barred, flow.by_verb)) == []


def test_every_writer_belongs_to_a_step(flow):
    assert set(flow.actions) - set(flow.by_verb) == set()


def test_clocks_that_are_ended_or_reopened_were_started(flow):
    started = {key for step in flow.steps for key in step.starts}
    assert strays(flow, lambda step: ((*step.stops, *step.reopens), started)) == []


def test_a_clock_starts_from_a_date_that_the_step_asks(flow):
    asked = {s.verb: (s.starts_from, {"at", *s.given.base_fields}) for s in flow.steps}
    assert [verb for verb, (word, known) in asked.items() if word not in known] == []


def test_a_step_that_can_be_late_asks_why(flow):
    late = {key for key, clock in law().clocks.items() if clock.holder == "authority"}
    dumb = [
        s.verb
        for s in flow.steps
        if "clock" not in s.roles and late & set(s.stops) and "late_reason" not in s.given.base_fields
    ]
    assert dumb == []


def test_every_clock_that_is_started_can_be_ended_wherever_it_runs(flow):
    assert {key: states for key in clocks(flow) if (states := sorted(unending(flow, key)))} == {}


def test_no_file_ends_with_a_clock_that_nothing_will_end(flow):
    """Where a file can come to its end with a clock running, the clock lapses there by its own step."""
    finals = {state.key for state in flow.states if state.final}
    left = {
        (key, state)
        for key in clocks(flow)
        for state in running_in(flow, key) & finals
        if not any("clock" in step.roles and state in step.sources for step in stopping(flow, key))
    }
    assert left == set()


def test_a_period_that_lapses_does_so_wherever_it_runs(flow):
    """A period with a step of the clock never stands past its day in a state in which that step cannot be taken."""
    stuck = {
        (key, state)
        for key in clocks(flow)
        if (lapses := [step for step in stopping(flow, key) if "clock" in step.roles])
        for state in running_in(flow, key)
        if not any(state in step.sources for step in lapses)
    }
    assert stuck == set()


def test_a_clock_that_a_step_keeps_can_still_be_ended(flow):
    """A step that lets a clock run on leads to where a step can end it; that the guards then wait for it, the walk shows."""
    kept = {(step.verb, key) for step in keepers(flow) for key in step.stops}
    ends = {(verb, key) for verb, key in kept if any(flow[verb].target in each.sources for each in stopping(flow, key))}
    assert kept == ends


def test_labels_are_for_people(flow):
    assert [step.verb for step in flow.steps if step.label.isascii()] == []
    assert [state.key for state in flow.states if state.label.isascii() or state.public.isascii()] == []
    assert {state.stage for state in flow.states} == set(flow.stages)

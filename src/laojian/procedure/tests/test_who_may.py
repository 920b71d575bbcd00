"""Who may do what when, derived from the table: every step × state × post, and every other ground on which the table refuses."""

import pytest

from laojian.procedure import take
from laojian.procedure.step import ROLE_LABELS
from laojian.procedure.take import FLOWS

from .invented import ME, ROLES, SOMEBODY, VALID, actor, foreseen, invented, over, said, without_guards

ALL = [(flow, step) for flow in FLOWS.values() for step in flow.steps]
PEOPLES = [(flow, step) for flow, step in ALL if step.role not in ROLE_LABELS]
NOBODYS = [(flow, step) for flow, step in ALL if step.role in ROLE_LABELS]
CLOCKS = [(flow, step) for flow, step in ALL if "clock" in step.roles]
SHARED = [(flow, step) for flow, step in PEOPLES if "inspector" in step.roles and len(step.roles) > 1]


def each(rows):
    """One test for each of these steps."""
    assert rows
    return pytest.mark.parametrize(
        ("flow", "step"), [pytest.param(*row, id=f"{row[0].name}-{row[1].verb}") for row in rows]
    )


def states(flow):
    """Every state, and that of a file which is not opened yet."""
    return ("", *flow.by_state)


def surprises(flow, step) -> list[tuple]:
    """Where the procedure and its table disagree about a step: (state, post, said, foreseen)."""
    bare, found = without_guards(flow), []
    clocks = [over(step)] if "clock" in step.roles else []
    for state in states(flow):
        for role in ROLES:
            file = invented(bare, state, actor(role), clocks=clocks)
            answer, expected = said(file, step), foreseen(step, state, role)
            if answer != expected:
                found.append((state, role, answer, expected))
    return found


@each(ALL)
def test_every_post_in_every_state_gets_exactly_the_answers_of_the_table(flow, step):
    assert surprises(flow, step) == []


@pytest.mark.parametrize("name", ["may_not", "misplaced"])
def test_this_test_sees_when_the_procedure_stops_asking(monkeypatch, name):
    monkeypatch.setattr(take, name, lambda *_: take.Reason("") if name == "misplaced" else ())
    assert all(surprises(flow, step) for flow, step in ALL)


@each(PEOPLES)
def test_whoever_took_a_step_that_bars_this_one_may_not_take_it(flow, step):
    for verb in flow.by_verb:
        for who in (ME, SOMEBODY):
            for role in step.roles:
                file = invented(without_guards(flow), step.sources[0], actor(role), took=[(verb, who)])
                assert said(file, step) == ({"barred"} if verb in step.barred and who == ME else set()), (
                    verb,
                    who,
                    role,
                )


@each(PEOPLES)
@pytest.mark.parametrize(
    "certificate",
    [
        pytest.param([], id="none"),
        pytest.param([VALID | {"valid_to": "2026-11-01"}], id="expired the day before"),
        pytest.param([VALID | {"valid_from": "2026-11-03"}], id="not yet valid"),
        pytest.param([VALID | {"revoked_on": "2026-11-02"}], id="revoked that day"),
        pytest.param([VALID | {"kind": "lawyer"}], id="a lawyer's"),
    ],
)
def test_only_an_inspector_needs_a_certificate_that_is_valid_on_the_day(flow, step, certificate):
    for role in step.roles:
        file = invented(without_guards(flow), step.sources[0], actor(role, certificates=certificate))
        assert said(file, step) == ({"certificate"} if role == "inspector" else set()), role


@each(PEOPLES)
@pytest.mark.parametrize(
    ("hands", "free"),
    [((None, None), True), ((SOMEBODY, 9), False), ((SOMEBODY, ME), True), ((ME, SOMEBODY), True)],
    ids=["nobody handles it", "others handle it", "second", "lead"],
)
def test_an_inspector_acts_on_files_of_his_own_or_of_nobody(flow, step, hands, free):
    for role in step.roles:
        file = invented(without_guards(flow), step.sources[0], actor(role), hands=hands)
        assert said(file, step) == (set() if free or role != "inspector" else {"not handling"}), role


@each(SHARED)
def test_an_inspector_who_holds_another_post_that_may_needs_neither(flow, step):
    for role in set(step.roles) - {"inspector"}:
        by = actor(role, roles=["inspector", role], certificates=[])
        assert said(invented(without_guards(flow), step.sources[0], by, hands=(SOMEBODY, 9)), step) == set()


@each(PEOPLES)
def test_a_post_lent_by_letter_counts_for_this_file(flow, step):
    for role in step.roles:
        by = actor("nobody", lent=[{"role": role, "document": "示人社函〔2026〕1号"}])
        file = invented(without_guards(flow), step.sources[0], by)
        assert said(file, step) == set()
        assert "商请协助 示人社函〔2026〕1号" in take.post_of(file, step)


@each(ALL)
def test_a_step_is_not_dated_before_the_last_one(flow, step):
    for role in step.roles:
        before = invented(without_guards(flow), step.sources[0], actor(role)).at.replace(month=10)
        clocks = [over(step) | {"due_on": "2026-09-01"}] if "clock" in step.roles else []
        file = invented(
            without_guards(flow),
            step.sources[0],
            actor(role),
            took=[(flow.steps[0].verb, SOMEBODY)],
            at=before,
            clocks=clocks,
        )
        assert said(file, step) == {"backdated"}


@each(CLOCKS)
def test_the_clock_ends_only_what_is_over_for_certain(flow, step):
    over_by_name = {
        "nothing runs": [],
        "due today": [over(step) | {"due_on": "2026-11-02"}],
        "provisional": [over(step) | {"provisional": True}],
        "ended": [over(step) | {"ending": "stopped"}],
    }
    for name, clocks in over_by_name.items():
        file = invented(without_guards(flow), step.sources[0], actor("clock"), clocks=clocks)
        assert said(file, step) == {"nothing over"}, name


@each(NOBODYS)
def test_a_step_of_nobody_may_be_taken_within_another_step(flow, step):
    file = invented(without_guards(flow), step.sources[0], actor("clerk"), clocks=[over(step)] if step.stops else [])
    assert said(file, step) == {"triggered"}
    file.within = True
    assert said(file, step) == set()

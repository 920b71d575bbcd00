"""A table that does not rest on the law is refused in words that name procedure, step and key."""

from dataclasses import replace

import pytest
from django.core import checks as django_checks

from laojian.lawbook import law
from laojian.procedure.checks import faults, tables_rest_on_the_law, untold
from laojian.procedure.take import FLOWS


def changed(verb: str, **more):
    """The general procedure with one step changed."""
    flow = FLOWS["general"]
    return replace(flow, name="changed", steps=tuple(replace(s, **more) if s.verb == verb else s for s in flow.steps))


def test_the_tables_in_use_are_sound_and_are_looked_at_when_the_platform_starts():
    assert [fault for flow in FLOWS.values() for fault in faults(flow)] == []
    assert tables_rest_on_the_law in django_checks.registry.registry.get_checks()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"starts": ("investigate", "avoid_nobody")}, "用到的期限“avoid_nobody”在 law/clocks 中没有"),
        ({"starts": ("limit_penalty_grave",)}, "（limit_penalty_grave），但没有任何步骤停止它"),
        ({"basis": "impl-99"}, "引用的法条“impl-99”在 law/articles.yaml 中没有"),
    ],
)
def test_what_does_not_rest_on_the_law_is_told(more, says):
    (fault,) = faults(changed("file", **more))
    assert fault.startswith("普通程序的步骤“批准立案”（file）") and says in fault


def test_a_clock_whose_only_ending_was_taken_out_is_told():
    told = list(faults(changed("archive", stops=())))
    assert [fault for fault in told if "“归档期限”（archive）" in fault and "“批准结案”（close）" in fault]


def test_a_local_value_tells_on_steps_that_exist(monkeypatch):
    assert list(untold()) == [] and any(value.tells for value in law().local_values.values())
    monkeypatch.setitem(
        law().local_values, "odd", replace(law().local_values["visits_a_year"], key="odd", tells=("fly",))
    )
    (fault,) = untold()
    assert "odd" in fault and "“fly”" in fault

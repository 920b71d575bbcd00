"""Walks over a flow's table: where a file can come to, and where it can come to with a clock still running."""

import inspect
from collections.abc import Iterator

from laojian.procedure.step import Flow, Step

OPENING = ""  # the state of a file before its first step


def after(step: Step, state: str) -> str:
    """The state after a step taken in a state."""
    return step.target or state


def steps_from(flow: Flow, state: str) -> list[Step]:
    """The steps that begin in a state."""
    return [step for step in flow.steps if state in step.sources]


def reachable(flow: Flow, *starts: str, without: frozenset[str] = frozenset()) -> set[str]:
    """The states in which a file can stand that starts here, when these steps are never taken."""
    found, queue = set(starts), list(starts)
    while queue:
        state = queue.pop()
        ways = {after(step, state) for step in steps_from(flow, state) if step.verb not in without}
        queue += ways - found
        found |= ways
    return found


def clocks(flow: Flow) -> set[str]:
    """The clocks that the flow's steps start."""
    return {key for step in flow.steps for key in (*step.starts, *step.reopens)}


def stopping(flow: Flow, key: str) -> list[Step]:
    """The steps that end a clock."""
    return [step for step in flow.steps if key in step.stops]


def running_in(flow: Flow, key: str) -> set[str]:
    """The states in which a file can stand while the clock runs: every way on that takes no step which ends the clock."""
    starts = [after(step, s) for step in flow.steps if key in (*step.starts, *step.reopens) for s in step.sources]
    return reachable(flow, *starts, without=frozenset(step.verb for step in stopping(flow, key)))


def unending(flow: Flow, key: str) -> Iterator[str]:
    """The states in which the clock can run and from which no way leads to a step that ends it."""
    for state in running_in(flow, key):
        if not any(set(step.sources) & reachable(flow, state) for step in stopping(flow, key)):
            yield state


def keepers(flow: Flow) -> list[Step]:
    """The steps whose writers let a clock run on that the table would end (`Effects.keeps`), as their source says."""
    return [flow[verb] for verb, action in flow.actions.items() if "keeps=" in inspect.getsource(action)]

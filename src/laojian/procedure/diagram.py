"""docs/flow.md: every procedure drawn and told from its table. Its wording stands in diagram.txt."""

from pathlib import Path

from jinja2 import Environment, StrictUndefined

from laojian.lawbook import law
from laojian.lawbook.clocks import HOLDERS, amount
from laojian.papers.actions import templates
from laojian.people.models import Role

from .step import ROLE_LABELS, Flow, State, Step
from .take import FLOWS, cite

WORDS = Path(__file__).with_name("diagram.txt")
ROLES = {**{role.value: role.label for role in Role}, **ROLE_LABELS}


def document() -> str:
    """All procedures as Markdown: a state diagram (Mermaid), the states, the steps, the periods; and the periods nobody uses."""
    words = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)
    words.filters |= {
        "role": ROLES.__getitem__,
        "cite": cite,
        "clock": lambda key: law().clock(key).label,
        "paper": lambda code: templates()[code].label if code else "",
    }
    used = {key for flow in FLOWS.values() for step in flow.steps for key in step.starts}
    unused = [clock for key, clock in law().clocks.items() if key not in used]
    tell = words.from_string(WORDS.read_text(encoding="utf-8"))
    return tell.render(
        flows=FLOWS.values(),
        unused=unused,
        **{f.__name__: f for f in (ways, origins, begins, promises, earlier, clocks)},
    )


def ways(flow: Flow) -> dict[tuple[str, str], list[str]]:
    """The labels of the steps from one state to another, by the two states."""
    found: dict[tuple[str, str], list[str]] = {}
    for step in flow.steps:
        for source in step.sources if step.target else ():
            found.setdefault((source, step.target), []).append(step.label)
    return found


def origins(flow: Flow, step: Step) -> str:
    """Where a step begins, in words: whole stages as such, and almost everywhere as what is left out."""
    inside = told(flow, [state for state in flow.states if state.key in step.sources])
    outside = told(flow, [state for state in flow.states if state.key not in step.sources])
    return (inside if len(inside) <= len(outside) + 6 else f"各状态，但{outside}除外") or "（新卷）"


def told(flow: Flow, states: list[State]) -> str:
    """States in words; where all states of a stage are meant, the stage."""
    stages = {each.stage: {s.key for s in flow.states if s.stage == each.stage} for each in states}
    whole = {stage for stage, keys in stages.items() if len(keys) > 1 and keys <= {s.key for s in states}}
    return "、".join(dict.fromkeys(f"【{s.stage}】" if s.stage in whole else s.label for s in states))


def begins(step: Step) -> str:
    """The periods that a step starts or takes up again, in words."""
    return "、".join(
        [law().clock(key).label for key in step.starts] + [f"恢复{law().clock(key).label}" for key in step.reopens]
    )


def promises(flow: Flow, step: Step) -> list[str]:
    """What each guard of a step demands: the first line of its docstring."""
    return [(flow.guards[name].__doc__ or name).splitlines()[0] for name in step.needs]


def earlier(flow: Flow, step: Step) -> list[str]:
    """The steps whose taker may not take this one."""
    return [flow[verb].label for verb in step.barred]


def clocks(flow: Flow) -> list[tuple[str, ...]]:
    """Each period the flow starts: label, key, whose it is, its length today in the law, article, begun and ended by what."""
    rows = []
    for key in dict.fromkeys(key for step in flow.steps for key in step.starts):
        clock, version = law().clock(key), law().clock(key).versions[-1]
        begun = [step.label for step in flow.steps if key in step.starts]
        ended = [
            f"{step.label}（期满）" if "clock" in step.roles else step.label for step in flow.steps if key in step.stops
        ]
        length = amount(version.length, version.unit)
        rows.append(
            (
                clock.label,
                f"`{key}`",
                HOLDERS[clock.holder],
                length,
                cite(clock.basis),
                "、".join(begun),
                "、".join(ended),
            )
        )
    return rows

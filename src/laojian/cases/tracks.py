"""What every track beside a case shares: the steps on its papers, its facts, what its own record and its case's have said."""

from collections.abc import Mapping
from functools import cache
from types import ModuleType

from laojian.papers.fill import asked
from laojian.procedure.step import Action, Effects, File, Flow, Guard, State, Step

from . import forms as ask
from . import paper_guards
from .actions import ACTIONS
from .calls import calls
from .course import approvals
from .facts import clocks, steps_of

PAPERWORK = (
    "fill_paper",
    "edit_paper",
    "approve_paper",
    "issue_paper",
    "void_paper",
    "seal_paper",
    "announce",
    "serve_paper",
)
DRAFTS = {"announce": "announcement"}


def paperwork(states: tuple[State, ...], hands: str, bosses: str = "chief deputy unit_head") -> tuple[Step, ...]:
    """The rows by which the papers of a track are filled, approved, numbered, sealed and served, wherever it stands."""
    every = tuple(state.key for state in states)
    rows = (
        ("fill_paper", "补填文书", f"{hands} {bosses}", "apl-59", (), ask.PaperFilled),
        ("edit_paper", "修改文书", f"{hands} {bosses}", "apl-59", (), ask.PaperEdited),
        ("approve_paper", "批准文书", bosses, "impl-33", ("others_draft",), ask.PaperChosen),
        ("issue_paper", "文书成文", hands, "apl-59", ("complete_text",), ask.PaperIssued),
        ("void_paper", "作废草稿", hands, "apl-59", (), ask.PaperVoided),
        ("seal_paper", "登记盖章签名", hands, "apl-59", (), ask.Sealing),
        ("announce", "拟送达公告", hands, "cpl-95", (), ask.Announcement),
        ("serve_paper", "送达其他文书", hands, "cpl-87", ("sealed_first", "on_paper"), ask.ServingLetter),
    )
    return tuple(
        Step(verb, label, every, None, role, basis, needs=needs, given=given, quiet=True, paper=DRAFTS.get(verb))
        for verb, label, role, basis, needs, given in rows
    )


def track(
    name: str, label: str, states: tuple[State, ...], steps: tuple[Step, ...], rules: ModuleType,
    actions: Mapping[str, Action], joins: tuple[str, str],
) -> Flow:  # fmt: skip
    """A flow that runs beside a case: opened and closed by these two steps of the case, its stages those of its states."""
    guards: dict[str, Guard] = {
        key: value for room in (paper_guards, rules) for key, value in vars(room).items() if callable(value)
    }
    own = {verb: ACTIONS[verb] for verb in PAPERWORK} | {"reassign": reassign} | dict(actions)
    verbs = {step.verb for step in steps}
    return Flow(
        name=name, label=label, states=states, steps=steps, guards=guards, facts=facts, parts={}, calls=calls, joins=joins,
        actions={verb: action for verb, action in own.items() if verb in verbs},
        stages=tuple(dict.fromkeys(state.stage for state in states)),
    )  # fmt: skip


def reassign(file: File, given: Mapping) -> Effects:
    """The track's two inspectors."""
    return Effects(dossier={"lead_id": given["lead"], "second_id": given["second"]})


def steps(file: File) -> list:
    """The entries of the file's steps, in order. One statement, asked once."""
    return file.once(_steps)


def _steps(file: File) -> list:
    return steps_of(file.id, file.seq)


def said(file: File, *verbs: str) -> dict:
    """What the newest of these steps was given; empty when none was taken."""
    return next((entry.given for entry in reversed(steps(file)) if entry.verb in verbs), {})


def facts(file: File, given: Mapping, seq: int = 0) -> dict:
    """The case's facts, and of the track itself its clocks, who approved what, and what its steps said."""
    seq = seq or file.seq
    own = cache(lambda: steps_of(file.id, seq) if file.took else [])
    above = file.parent.flow.facts(file.parent, given)
    return above | {
        "clocks": cache(lambda: asked(above["clocks"]) | clocks(file, {})),
        "approvals": cache(lambda: [*asked(above["approvals"]), *approvals(file, own())]),
        "earlier": cache(lambda: asked(above["earlier"]) | {entry.verb: entry.given for entry in own()}),
        "given": given,
    }

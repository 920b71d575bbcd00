"""The check of law/review against procedures and papers: a step or paper that nobody knows would never be looked at."""

from collections.abc import Iterator

from django.core import checks

from laojian.lawbook import law
from laojian.lawbook.scoring import Look
from laojian.papers.actions import templates
from laojian.procedure.take import FLOWS

STEPS = ("verbs", "by", "since", "after", "only_with")


def schemes_name_what_exists(**_) -> list[checks.Error]:
    """One error for each unknown word, with the file and line where it stands."""
    return [checks.Error(fault, id="laojian.E003") for fault in faults()]


def faults() -> Iterator[str]:
    """Steps that no procedure has and papers that nobody makes; a scheme for procedures that are not there yet is let be."""
    verbs = {step.verb for flow in FLOWS.values() for step in flow.steps}
    for scheme in law().scoring.values():
        if not set(scheme.flows) & set(FLOWS):
            continue
        yield from (f"law/review/{scheme.key}.yaml 用到的步骤“{verb}”没有哪个程序有" for verb in
                    (*scheme.decisions, *scheme.sampling.always) if verb not in verbs)  # fmt: skip
        for version in scheme.versions:
            for line in (*version.vetoes, *version.lines):
                yield from (
                    f"{line.key} 的“only”写了“{verb}”，没有哪个程序有这一步骤"
                    for verb in line.only
                    if verb not in verbs
                )
                for look in line.looks:
                    yield from unknown(look, verbs)


def unknown(look: Look, verbs: set[str]) -> Iterator[str]:
    """The unknown words of one row."""
    for name in STEPS:
        yield from (
            f"{look.place}：“{name}”写了“{verb}”，没有哪个程序有这一步骤"
            for verb in getattr(look, name)
            if verb not in verbs
        )
    for name in ("codes", "besides"):
        yield from (
            f"{look.place}：“{name}”写了“{code}”，没有这种文书"
            for code in getattr(look, name)
            if code not in templates()
        )
    if look.track and look.track not in FLOWS:
        yield f"{look.place}：“track”写了“{look.track}”，没有这种分卷"

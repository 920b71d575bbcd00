"""What must hold before a penalty is made public: it was served, it fits the template, nothing private is in it."""

from laojian.exchange.rules import faults
from laojian.exchange.templates import template
from laojian.procedure.step import File, Step

from .guards import Input, Reason, Reasons
from .publicity import columns, penalties, punished

FIELDS = {"CF_WFXW": "acts", "CF_SY": "facts", "CF_NR": "content", "CF_GSJZQ": "severity"}
TEAM = "队"  # the last character of what is a team's name, not an authority's


def penalty_served(file: File, step: Step, given: Input) -> Reasons:
    """A penalty is made public after it was served."""
    if not penalties(file):
        yield Reason("没有已经送达、仍然有效的处罚决定", step.basis, "请先送达决定书")


def public_fits(file: File, step: Step, given: Input) -> Reasons:
    """Every column that the platforms ask is there and right; each that is not is named, with what to do."""
    if given is None or given["publish"] != "yes":
        return
    paper = next(p for p in penalties(file) if p["id"] == given["decision"])
    told = template("penalty", file.on)
    seen = set()
    for party in punished(file, paper):
        content = columns(file, paper, party, given)
        for fault in faults(told.columns, content) if told else ():
            if str(fault) not in seen:
                seen.add(str(fault))
                yield Reason(str(fault), told.basis, "", FIELDS.get(fault.column, ""))
        if content["CF_CFJG"].endswith(TEAM) and TEAM not in seen:
            seen.add(TEAM)
            yield Reason(f"“{content['CF_CFJG']}”不是执法主体", told.basis if told else step.basis,
                         "请系统管理员在“本地数值”登记执法主体的全称")  # fmt: skip

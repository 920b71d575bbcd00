"""The interview (约谈) of those responsible at an employer of grade C: recorded, its commitments followed, closed (rsg1)."""

from laojian.procedure.statements import row
from laojian.procedure.step import File, Flow, State, Step

from . import interviews_forms as ask
from .interviews_actions import ACTIONS
from .titles_guards import credit_employer

S = State
STATES = (
    S("interview_recorded", "待落实承诺", "约谈", ("unit_head",), "已经约谈"),
    S("interview_closed", "约谈办结", "落实", (), "约谈办结", final=True),
)
HANDS, STAY, LAW = "inspector unit_head deputy chief", None, "rsg1"

STEPS = (
    Step("record_interview", "登记约谈", ("",), "interview_recorded", HANDS, LAW, needs=("credit_employer",), given=ask.Held),
    Step("note_commitment", "登记承诺落实情况", ("interview_recorded",), STAY, HANDS, LAW, given=ask.Followed, quiet=True),
    Step("close_interview", "约谈办结", ("interview_recorded",), "interview_closed", "unit_head deputy chief", LAW, given=ask.Followed),
)  # fmt: skip

TOLD = row("i", "employer_id held_at place person post officers reason minutes commitments done_by outcome")
PARTS = {"interview": f"(SELECT {TOLD} FROM credit_interview i WHERE i.dossier_id = d.id)"}


def facts(file: File, given) -> dict:
    """No paper is made of an interview."""
    return {"given": given}


INTERVIEW = Flow(
    name="interview", label="约谈", states=STATES, steps=STEPS, guards={"credit_employer": credit_employer}, actions=ACTIONS, facts=facts,
    parts=PARTS, stages=("约谈", "落实"),
)  # fmt: skip

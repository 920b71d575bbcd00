"""The title of harmony as a small flow: entered as it was granted, reviewed when something is on record, revoked, run out (tjharmony)."""

from laojian.procedure.statements import row
from laojian.procedure.step import File, Flow, State, Step

from . import titles_forms as ask
from .titles_actions import ACTIONS
from .titles_guards import GUARDS

S = State
STATES = (
    S("title_held", "称号有效", "称号", ("unit_head",), "称号有效"),
    S("title_revoked", "称号已撤销", "终止", (), "称号已撤销", final=True),
    S("title_expired", "称号已到期", "终止", (), "称号已到期", final=True),
)
HANDS, HEADS, STAY, LAW = "clerk inspector unit_head", "unit_head deputy chief", None, "tjharmony"

STEPS = (
    Step("grant_title", "登记和谐企业称号", ("",), "title_held", HANDS, LAW, needs=("credit_employer", "title_not_yet"),
         given=ask.Granted),
    Step("review_title", "复核称号", ("title_held",), STAY, HEADS, LAW, given=ask.Reviewed),
    Step("revoke_title", "登记撤销称号", ("title_held",), "title_revoked", HEADS, LAW, needs=("revoked_after_grant",),
         given=ask.Revoked),
    Step("expire_title", "登记称号到期", ("title_held",), "title_expired", HANDS, LAW, needs=("title_over",), quiet=True),
)  # fmt: skip

TOLD = row("t", "employer_id level granted_on document valid_to revoked_on revocation reason reviewed_on")
PARTS = {"title": f"(SELECT {TOLD} FROM credit_title t WHERE t.dossier_id = d.id)"}


def facts(file: File, given) -> dict:
    """No paper is made of a title."""
    return {"given": given}


TITLE = Flow(
    name="title", label="和谐企业称号", states=STATES, steps=STEPS, guards=GUARDS, actions=ACTIONS, facts=facts, parts=PARTS,
    stages=("称号", "终止"),
)  # fmt: skip

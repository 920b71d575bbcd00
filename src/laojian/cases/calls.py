"""Whom a case waits for besides the post of its state: whoever must approve a draft or an extension that was asked for."""

from collections.abc import Mapping

from laojian.papers.actions import approved, templates
from laojian.procedure.step import Effects, File, Step

from .guards import since

HANDLED = ("approve_paper", "issue_paper", "void_paper")  # steps after which their draft waits for nobody


def calls(file: File, step: Step, given: Mapping, effects: Effects) -> set[str]:
    """The posts on whose desks the file lies, after this step, until they have approved."""
    handled = given.get("paper") if step.verb in HANDLED else None
    waiting = [(row["code"], row["approval"]) for row in file.drafts if row["id"] != handled]
    waiting += [(code, {}) for code in (step.paper, *(code for code, _ in effects.papers)) if code]
    roles = {templates()[code].approver for code, approval in waiting if not approved(templates()[code], approval)}
    asked = step.verb == "ask_extension" or (
        file.has_taken("ask_extension") and since(file, "ask_extension", "extend_investigation")
    )
    return roles | ({"deputy", "chief"} if asked and step.verb != "extend_investigation" else set())

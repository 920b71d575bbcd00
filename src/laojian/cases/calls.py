"""Whom a case waits for besides the post of its state: whoever must approve a draft, or decide on what was asked."""

from collections.abc import Mapping

from laojian.papers.actions import approved, templates
from laojian.procedure.step import Effects, File, Step

HANDLED = ("approve_paper", "issue_paper", "void_paper")  # steps after which their draft waits for nobody
ASKED = {  # what was asked, and by which steps a leader answers
    "ask_extension": ("extend_investigation",),
    "ask_avoidance": ("grant_avoidance", "refuse_avoidance"),
    "ask_keeping": ("approve_keeping", "refuse_keeping"),
    "ask_account_query": ("grant_account_query", "record_city_grant"),
    "ask_hand_over": ("hand_over",),
    "ask_suspension": ("suspend",),
}
LEADERS = {"deputy", "chief"}


def calls(file: File, step: Step, given: Mapping, effects: Effects) -> set[str]:
    """The posts on whose desks the file lies, after this step, until they have approved."""
    handled = given.get("paper") if step.verb in HANDLED else None
    waiting = [(row["code"], row["approval"]) for row in file.drafts if row["id"] != handled]
    waiting += [(code, {}) for code in (step.paper, *(code for code, _ in effects.papers)) if code]
    unfollowed = LEADERS if given.get("followed") in ("part", "none") else set()  # the head is told of it (apl-58)
    roles = unfollowed | {
        templates()[code].approver for code, approval in waiting if not approved(templates()[code], approval)
    }
    return roles | (
        LEADERS if any(unanswered(file, step.verb, verb, answers) for verb, answers in ASKED.items()) else set()
    )


def unanswered(file: File, now: str, asked: str, answers: tuple[str, ...]) -> bool:
    """Whether something that was asked still waits for its answer after the step `now`."""
    if now == asked or now in answers:
        return now == asked
    last, answer = file.last(asked), file.last(*answers)
    return bool(last and (not answer or last[0] > answer[0]))

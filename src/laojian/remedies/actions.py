"""Writers of reconsideration and litigation: which clocks run, and the outcome for the case."""

from collections.abc import Mapping

from laojian.cases.tracks import said
from laojian.procedure.step import Action, Effects, File

CLOCKS = {
    ("reconsideration", "ordinary"): {"reconsideration_answer": "copy_on", "reconsideration_decide": "accepted_on"},
    ("reconsideration", "summary"): {
        "reconsideration_answer_summary": "copy_on",
        "reconsideration_decide_summary": "accepted_on",
    },
    ("suit", "ordinary"): {"suit_answer": "copy_on"},
    ("suit", "summary"): {"suit_answer": "copy_on"},
}  # which clock runs from which day


def accepted(file: File, given: Mapping) -> Effects:
    """The time to answer, and that of the body to decide, as the procedure has them."""
    running = CLOCKS[said(file, "begin_relief")["kind"], given["way"]]
    every = {key for keys in CLOCKS.values() for key in keys}
    return Effects(clocks={key: {"from": given[running[key]]} if key in running else None for key in every})


def ended(result: str) -> Action:
    """The writer of a step with which relief ends: the case learns about which decision, and what became of it."""

    def end(file: File, given: Mapping) -> Effects:
        about = {name: said(file, "begin_relief")[name] for name in ("decision", "party", "kind", "made_on")}
        told = {"result": result, "received_on": given["received_on"].isoformat(), "document": given["document"]}
        told["final_on"] = (given.get("final_on") or given["received_on"]).isoformat()
        if given.get("fine") is not None:
            told["fine"] = str(given["fine"])
        return Effects(
            outcome=about | told | {"remake": given.get("remake") or "no", "reason": given.get("reason") or ""}
        )

    return end


ACTIONS: dict[str, Action] = {
    "note_relief_accepted": accepted,
    "note_relief_refused": ended("not_accepted"),
    "withdraw_relief": ended("withdrawn"),
    "note_relief_upheld": ended("upheld"),
    "note_relief_changed": ended("changed"),
    "note_relief_revoked": ended("revoked"),
    "note_relief_unlawful": ended("unlawful"),
    "note_relief_settled": ended("settled"),
}

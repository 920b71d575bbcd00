"""What the record of a case tells of reconsideration and litigation about its decisions: pending, ended how, final since when."""

from collections.abc import Mapping

from laojian.procedure.step import File

from .facts import steps_of

FALLEN = ("revoked",)  # after these the decision is void
BLAMED = {
    "revoked": "撤销",
    "changed": "变更",
    "unlawful": "确认违法或者无效",
}  # then what was published is withdrawn (apl-48)
TO_COURT = (
    "upheld",
    "changed",
    "unlawful",
    "not_accepted",
)  # after these reconsiderations the court can be asked (all-45)


def reliefs(file: File) -> list[Mapping]:
    """Every relief that was asked for, oldest first: {decision, party, kind, made_on, …} and, where it ended, {result, final_on, …}.

    One statement, asked once; none where nobody ever asked.
    """
    return file.once(_reliefs) if file.has_taken("open_relief") else []


def _reliefs(file: File) -> list[Mapping]:
    steps = steps_of(file.id, file.seq)
    ends = {e.given["track"]: e.given["outcome"] for e in steps if e.verb == "relief_closed"}
    return [e.given | (ends.get(e.given["track"]) or {}) for e in steps if e.verb == "open_relief"]


def about(file: File, decision: int, party: int) -> list[Mapping]:
    """Those about one decision by one party."""
    return [each for each in reliefs(file) if (each["decision"], each["party"]) == (decision, party)]

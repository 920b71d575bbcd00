"""Writers of a transfer: the sums frozen into report and letter, the clocks of the police, the outcome for the case."""

from collections.abc import Mapping

from laojian.cases.guards import day_of
from laojian.cases.tracks import said
from laojian.lawbook import cited
from laojian.procedure.step import Action, Effects, File

from .queries import each_owed, measured, ordered_until


def name_team(file: File, given: Mapping) -> Effects:
    """The two officers of the group."""
    return Effects(dossier={"lead_id": given["lead"], "second_id": given["second"]})


def report(file: File, given: Mapping) -> Effects:
    """The sums with every reason, as they were on the day."""
    result, until = measured(file, given["evading"]), ordered_until(file)
    lines = [
        f"{line.text}（{cited(line.basis)}）" if line.basis else line.text for line in (*result.steps, *result.warnings)
    ]
    lines.append(each_owed(file))
    return Effects(given={
        "party": suspect(file), "total": str(result.amount), "verdict": result.verdict, "until_on": until.isoformat(),
        "lines": [{"line": line} for line in lines],
    })  # fmt: skip


def suspect(file: File) -> int:
    """The party whom the transfer is about."""
    return said(file, "begin_transfer")["party"]


def approve(file: File, given: Mapping) -> Effects:
    """Letter and list are drafted with what was reported."""
    told = said(file, "report_crime")
    about = {"party": suspect(file), "facts": told["facts"], "total": told["total"], "reported": told["opinion"]}
    return Effects(given=about | {"approved": "yes"}, papers=[("crime_transfer", {}), ("crime_items", {})])


def refuse(file: File, given: Mapping) -> Effects:
    """Why the head of the bureau does not approve is kept (xfer-5)."""
    told = said(file, "report_crime")
    about = {"party": suspect(file), "facts": told["facts"], "total": told["total"], "reported": told["opinion"]}
    return Effects(
        given=about | {"approved": "no"}, outcome={"result": "refused", "reason": given["opinion"], "fined": "no"}
    )


def longer(file: File, given: Mapping) -> Effects:
    """One of the two longer periods runs, from when the police took the case."""
    began = {"from": day_of(said(file, "hand_to_police")["handed_at"])}
    return Effects(clocks={key: began if key.endswith(given["kind"]) else None for key in LONGER})


LONGER = ("police_file_clue", "police_file_grave")


def ended(result: str) -> Action:
    """The writer of a step with which the transfer ends: the case learns how."""

    def end(file: File, given: Mapping) -> Effects:
        told = {
            "result": result,
            "reason": given.get("reason") or given.get("opinion") or "",
            "fined": given.get("fined") or "no",
        }
        return Effects(outcome=told)

    return end


ACTIONS: dict[str, Action] = {
    "name_team": name_team,
    "report_crime": report,
    "approve_transfer": approve,
    "refuse_transfer": refuse,
    "note_police_longer": longer,
    "resume_case": ended("not_filed"),
    "note_returned": ended("returned"),
    "note_judged": ended("judged"),
    "stop_transfer": ended("stopped"),
}

"""What must hold before a step of reconsideration and litigation: what ended has an order of days."""

from laojian.cases.guards import Input, Reasons
from laojian.cases.tracks import said
from laojian.procedure.step import File, Reason, Step


def after_it_was_lodged(file: File, step: Step, given: Input) -> Reasons:
    """Nothing is answered or decided before it was asked for."""
    made = said(file, "begin_relief")["made_on"]
    for name in ("accepted_on", "copy_on", "received_on", "on", "final_on"):
        day = (given or {}).get(name)
        if day and day.isoformat() < made:
            yield Reason(f"{day} 早于申请（起诉）之日 {made}", "apl-47", "请核对日期", name)


def changes_a_fine(file: File, step: Step, given: Input) -> Reasons:
    """Only a fine that the decision imposed on the applicant can be changed."""
    if not given or given.get("fine") is None:
        return
    about = said(file, "begin_relief")
    nth = next(p["nth"] for p in file.parent.papers if p["id"] == about["decision"])
    bound = [o for o in file.parent.obligations if o["seq"] == nth and o["addressee_id"] == about["party"]]
    if not any(o["kind"] == "fine" for o in bound):
        yield Reason("这份决定没有对申请人罚款", "apl-59", "请不要填写变更后的罚款", "fine")

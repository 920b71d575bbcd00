"""Writers of what befalls a decision after it was made: it falls, or its fine is changed, by relief or by the bureau itself."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from laojian.papers.models import Paper
from laojian.procedure.step import Effects, File

from ..course import named
from ..models import Obligation
from ..reading import BINDING
from ..relief import BLAMED, FALLEN, TO_COURT
from .ledger import take_back
from .publicity import retract

WAYS = {"revoke": "撤销", "change": "变更"}


def fell(file: File, decision: int, why: str) -> None:
    """The decision binds nobody any more; it stays in the file, marked (apl-75, impl-39)."""
    paper = next(p for p in file.papers if p["id"] == decision)
    Paper.objects.filter(pk=decision).update(voided=why[:200])
    if paper["code"] in BINDING:
        take_back(file, paper["nth"])


def change_fine(file: File, decision: int, fine: Decimal, party: int | None = None) -> None:
    """The fine of a decision is another sum from now on; met where as much was paid already."""
    nth = next(p["nth"] for p in file.papers if p["id"] == decision)
    for each in file.obligations:
        if each["seq"] == nth and each["kind"] == "fine" and party in (None, each["addressee_id"]):
            met = file.on if Decimal(str(each["paid"])) >= fine else None
            Obligation.objects.filter(pk=each["id"]).update(amount=fine, met_on=met)


def relief_closed(file: File, given: Mapping) -> Effects:
    """What was decided on the decision takes effect on the case: it falls, or its fine is changed; the next periods run."""
    told = given["outcome"]
    received = {"from": date.fromisoformat(told["received_on"])}
    if told["result"] in FALLEN:
        fell(file, told["decision"], f"{told['document']}撤销（确认无效）")
    elif told.get("fine") is not None:
        change_fine(file, told["decision"], Decimal(told["fine"]), told["party"])
    if told["result"] in BLAMED:
        why = f"{told['document']}：{BLAMED[told['result']]}"
        retract(file, told["decision"], why, date.fromisoformat(told["received_on"]))
    suit = told["kind"] == "reconsideration" and told["result"] in TO_COURT
    subject = {"subject": f"{told['decision']}:{told['party']}"}
    return Effects(clocks={
        "suit_after_reconsideration": received | subject if suit else None,
        "retract": received if told["result"] in BLAMED else None,
    })  # fmt: skip


def correct(file: File, given: Mapping) -> Effects:
    """The bureau itself takes back or changes what was wrong, and tells the parties (apl-75, impl-39)."""
    paper = next(p for p in file.papers if p["id"] == given["decision"])
    if given["way"] == "revoke":
        fell(file, given["decision"], f"本机关自行撤销：{given['reason']}")
    elif given.get("fine") is not None:
        change_fine(file, given["decision"], given["fine"])
    retract(file, given["decision"], f"本机关自行{WAYS[given['way']]}：{given['reason']}", file.on)
    return Effects(given={"named": named(paper), "made_on": paper["issued_on"]})


ACTIONS = {"relief_closed": relief_closed, "correct_decision": correct}

"""Writers of what leaves the platform about a penalty: sent with the step that decides it, withdrawn with the one that fells it."""

from collections.abc import Mapping
from datetime import date

from laojian.exchange.actions import send, withdraw
from laojian.exchange.models import Kind, Outgoing
from laojian.lawbook import due
from laojian.procedure.step import Effects, File

from ..publicity import columns, key_of, lasting, penalties, punished


def decide_publication(file: File, given: Mapping) -> Effects:
    """The penalty on each party goes to every platform that takes penalties; of one that is not made public nothing stays there."""
    paper = next(p for p in penalties(file) if p["id"] == given["decision"])
    parties = {key_of(paper["id"], party["id"]): party for party in punished(file, paper)}
    if given["publish"] != "yes":
        for key in parties:
            withdraw(key, f"不予公示：{given['reason']}", file.at)
        return Effects()
    last = due("push_credit", date.fromisoformat(paper["issued_on"]))
    for key, party in parties.items():
        send(
            file.id,
            Kind.PENALTY,
            key,
            columns(file, paper, party, given),
            at=file.at,
            due_on=last.due_on,
            why=last.explain(),
        )
    until = lasting(paper, given["severity"]).until_on
    return Effects(given={"keys": list(parties), "until_on": until.isoformat()})


def retract(file: File, decision: int, why: str, since: date) -> None:
    """What was sent about a decision that fell or was changed is taken back, with the reason; the time runs from that day (apl-48)."""
    sent = Outgoing.objects.filter(dossier_id=file.id, key__startswith=key_of(decision, 0)[:-1])
    last = due("retract", since)
    for key in sorted(set(sent.values_list("key", flat=True))):
        withdraw(key, why, file.at, due_on=last.due_on, why=last.explain())


ACTIONS = {"decide_publication": decide_publication}

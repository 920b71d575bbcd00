"""Writers of a credit repair."""

from collections.abc import Mapping

from laojian.cases.actions.inquiry import lengthened
from laojian.cases.publicity import key_of
from laojian.exchange.actions import send, withdraw
from laojian.exchange.models import Kind, Outgoing
from laojian.exchange.rules import slashed
from laojian.papers.actions import next_number
from laojian.procedure.step import Effects, File

from .models import Repair
from .queries import bound, decision, showing

WORD = "信修"  # in the number of an application


def apply(file: File, given: Mapping) -> Effects:
    """The application with its number, beside the case whose penalty it is about."""
    paper = decision(given["number"], file.dossier["bureau_id"])
    party = bound(paper, given["applicant"])
    Repair.objects.create(
        dossier_id=file.id, paper=paper, party=party, name=party.name, code=party.code, number=paper.number,
        decided_on=paper.issued_on, held=given["held"], held_why=given["held_why"], channel=given["channel"],
        received_on=given["received_on"],
    )  # fmt: skip
    year = file.on.year
    number = f"{file.bureau['short']}{WORD}〔{year}〕{next_number(file.dossier['bureau_id'], WORD, year)}号"
    title = f"信用修复：{party.name}"
    about = {"title": title, "number": number, "parent_id": paper.dossier_id, "employer_id": party.employer_id}
    return Effects(dossier=about, words=f"{title}|{number}|{paper.number}")


def extend(file: File, given: Mapping) -> Effects:
    """More time for what is complex (credit36)."""
    return lengthened(file, "repair_decide", given["opinion"])


def grant(file: File, given: Mapping) -> Effects:
    """Showing, sharing and use end from now on."""
    Repair.objects.filter(pk=file.id).update(granted_on=file.on)
    told = file.repair
    withdraw(key_of(told["paper_id"], told["party_id"]), "信用修复：停止公示、共享和使用", file.at)
    content = {"name": told["name"], "code": told["code"], "number": told["number"], "granted_on": slashed(file.on)}
    send(file.id, Kind.REPAIR, f"repair:{file.id}", content, at=file.at, due_on=None)
    return Effects()


def end(file: File, given: Mapping) -> Effects:
    """The application is ended; another may be made."""
    Repair.objects.filter(pk=file.id).update(open=False)
    return Effects(dossier={"ended_on": file.on, "open": False})


def revoke(file: File, given: Mapping) -> Effects:
    """The penalty is shown again."""
    Repair.objects.filter(pk=file.id).update(revoked_on=file.on, open=False)
    withdraw(f"repair:{file.id}", f"撤销修复：{given['reason']}", file.at)
    again(file, key_of(file.repair["paper_id"], file.repair["party_id"]))
    return Effects(dossier={"ended_on": file.on, "open": False})


def again(file: File, key: str) -> None:
    """What was sent of the penalty before the repair is sent again, as far as its time of showing still runs."""
    last = Outgoing.objects.filter(key=key, act=Outgoing.Act.PUT).order_by("-version")
    fullest = max(last, key=lambda row: len(row.payload), default=None)
    if fullest is not None and file.on <= showing(file.repair).until_on:
        send(fullest.dossier_id, fullest.kind, key, fullest.payload, at=file.at, due_on=None)


ACTIONS = {
    "note_application": apply, "extend_repair": extend, "grant_repair": grant, "refuse_application": end, "refuse_repair": end,
    "withdraw_application": end, "revoke_repair": revoke, "close_repair": end,
}  # fmt: skip

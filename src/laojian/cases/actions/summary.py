"""Writers of the summary procedure."""

from collections.abc import Mapping

from laojian.lawbook import law
from laojian.papers.actions import next_number
from laojian.procedure.step import Effects, File, local
from laojian.procedure.take import carry, open_within

from ..matters import matters
from ..models import Case, Obligation, Payment
from . import correcting, finding, inquiry, ledger, opening, paper, publicity, tracks
from .deciding import archive

WORD = "简"  # in the number of a case dealt with on the spot


def open_on_spot(file: File, given: Mapping) -> Effects:
    """A case of its own kind: numbered at once, in the hands of the two who met with it."""
    party, matter = opening.named_party(file, given), matters()[given["matter"]]
    found_on, year = local(given["found_at"]).date(), file.on.year
    Case.objects.create(
        dossier_id=file.id, matter=matter.key, began_on=found_on, found_on=found_on, facts=given["summary"]
    )
    number = f"{file.bureau['short']}{WORD}〔{year}〕{next_number(file.dossier['bureau_id'], WORD, year)}号"
    title = f"{party.name} {matter.label}（当场处理）"
    return Effects(
        dossier={"title": title, "number": number, "filed_on": file.on, "employer_id": party.employer_id,
                 "lead_id": file.actor["id"], "second_id": given["second"]},
        words=f"{title}|{number}",
    )  # fmt: skip


def bind(file: File, given: Mapping) -> Effects:
    """Order or penalty binds its addressees."""
    return Effects(given=ledger.bind(file, given))


def handed(file: File, given: Mapping) -> dict:
    """The service of a paper on the spot: unless there is a receipt, the copy that the party signed is one."""
    made = next(p for p in file.papers if p["id"] == given["paper"])
    return paper.serve(file, {**given, "receipt": given.get("receipt") or made["seals"][-1]["file"]})


def deliver_order(file: File, given: Mapping) -> Effects:
    """The time for correction runs from the handing over (lsr-18)."""
    done = handed(file, given)
    told = done["paper"]["given"]
    clock = {"from": done["on"], "subject": done["subject"], "length": int(told["length"]), "unit": told["unit"]}
    return Effects(clocks={"correct": clock}, given={"effective_on": done["on"].isoformat()})


def deliver(file: File, given: Mapping) -> Effects:
    """Terms run from the handing over; against a penalty on the spot reconsideration comes first where the law says so (arl-23)."""
    done = handed(file, given)
    clock = {"from": done["on"], "subject": done["subject"]}
    fined = any(o["kind"] == "fine" for o in file.obligations if o["seq"] == done["paper"]["nth"])
    first = law().article("arl-23").in_force(done["on"])
    clocks = {"pay": clock if fined else None, "reconsideration": clock, "suit": None if first else clock}
    warned = [o["id"] for o in file.obligations if o["kind"] == "warn" and o["seq"] == done["paper"]["nth"]]
    Obligation.objects.filter(pk__in=warned).update(met_on=done["on"], note="警告自交付时生效")
    return Effects(clocks=clocks, given={"effective_on": done["on"].isoformat()})


def take_cash(file: File, given: Mapping) -> Effects:
    """A fine paid on the spot is a payment like any other; the cash runs on a clock of its own."""
    owed = next(o for o in file.obligations if o["id"] == given["obligation"])
    payment = Payment.objects.create(
        dossier_id=file.id, seq=file.seq + 1, on=file.on, of=Payment.Of.FINE, way=Payment.Way.ORDERED, payer_id=owed["addressee_id"],
        obligation_id=owed["id"], amount=given["amount"], voucher=given["receipt_number"],
    )  # fmt: skip
    ledger.settle(file, payment)
    return Effects(given={"payment": payment.pk})


def convert(file: File, given: Mapping) -> Effects:
    """A file of the general procedure goes on from here, with this one as its parent; what was found goes with it."""
    party = next(p for p in file.parties if p["role"] == "respondent")
    described = {
        "respondent": party["name"], "respondent_kind": party["kind"], "respondent_code": party["code"],
        "respondent_address": party["address"], "respondent_head": party["legal_rep"], "respondent_post": party["post"],
    }  # fmt: skip
    known = {"employer": party["employer_id"]} if party["employer_id"] else described
    told = {"kind": "self_found", "matter": file.case["matter"], "summary": file.case["facts"], "received_at": file.at}
    opened = open_within(file, "general", "register", known | told | {"began_on": file.case["began_on"]})
    if file.findings:
        carry(opened.id, "take_over_findings", by_id=file.actor["id"], at=file.at, within=True, given={"of": file.id})
    return Effects(dossier={"ended_on": file.on, "open": False}, given={"into": opened.id})


def close(file: File, given: Mapping) -> Effects:
    """The case is closed."""
    return Effects(dossier={"ended_on": file.on})


ACTIONS = {
    "open_on_spot": open_on_spot,
    "order_on_spot": bind,
    "punish_on_spot": bind,
    "deliver_order": deliver_order,
    "deliver_penalty": deliver,
    "take_cash": take_cash,
    "register_payment": ledger.pay,
    "note_correction": inquiry.note_correction,
    "add_evidence": inquiry.add_evidence,
    "find_violation": finding.find_violation,
    "drop_finding": finding.drop_finding,
    "convert": convert,
    "open_assessment": tracks.ACTIONS["open_assessment"],
    "open_enforcement": tracks.ACTIONS["open_enforcement"],
    "open_relief": tracks.ACTIONS["open_relief"],
    **correcting.ACTIONS,
    **publicity.ACTIONS,
    "close_on_spot": close,
    "archive": archive,
    "fill_paper": paper.fill,
    "approve_paper": paper.approve,
    "issue_paper": paper.issue,
    "void_paper": paper.void,
    "seal_paper": paper.seal,
    "serve_paper": paper.serve_letter,
}

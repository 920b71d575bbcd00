"""Writers of the steps of a listing; what other platforms are told is written with the step that says it."""

from collections.abc import Mapping
from datetime import date

from django.db import connection

from laojian.cases.actions.inquiry import lengthened
from laojian.cases.actions.paper import serve
from laojian.exchange.actions import send, withdraw
from laojian.exchange.models import Kind
from laojian.exchange.rules import slashed
from laojian.papers.actions import next_number
from laojian.procedure.step import Effects, File, Reason, Refused

from .forms import subject
from .models import Bar, Listing, Objection, Person
from .queries import earlier, meant
from .rules import begun, lasting

WORD = "名单"  # in the number of a listing
ROWS = {"0": "用人单位"}


def row(file: File):
    """The listing's own row."""
    return Listing.objects.filter(pk=file.id)


def propose(file: File, given: Mapping) -> Effects:
    """The listing with its number; the time to decide runs from the last day to pay, under the old rules from the decision."""
    turn(given["order"])
    order = meant(file, given["order"])
    if order is None:
        raise Refused([Reason("已经有人为这份文书办理了列入", "black-5", "请到“失信名单”页查看", "order")])
    Listing.objects.create(
        dossier_id=file.id, case_id=order.case, paper_id=order.paper, party_id=order.party, employer_id=order.employer,
        name=order.name, code=order.code, address=order.address, overdue_on=order.overdue_on, amount=order.amount,
        condition=given["condition"], facts=given["facts"], again=earlier(order.code, order.name, file.id),
    )  # fmt: skip
    if order.head:
        Person.objects.create(listing_id=file.id, seq=file.seq + 1, name=order.head, role=Person.Role.HEAD,
                              reason=f"{order.name}的法定代表人（主要负责人）")  # fmt: skip
    year = file.on.year
    number = f"{file.bureau['short']}{WORD}〔{year}〕{next_number(file.dossier['bureau_id'], WORD, year)}号"
    title = f"{order.name}拖欠农民工工资失信名单"
    return Effects(
        dossier={"title": title, "number": number, "employer_id": order.employer}, words=f"{title}|{number}|{order.code}",
        clocks={"blacklist_decide": {"from": begun(order.overdue_on)}, "old_blacklist_list": {"from": order.issued_on}},
        given={"paper": order.paper, "case": order.case, "party": order.party},
    )  # fmt: skip


def turn(key: str) -> None:
    """Whoever lists for this order second waits until the first is done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('listing ' || %s, 0))", [key])


def name_person(file: File, given: Mapping) -> Effects:
    """A person who is listed with the employer."""
    told = {name: given.get(name) or "" for name in ("name", "role", "id_number", "reason")}
    made = Person.objects.create(listing_id=file.id, seq=file.seq + 1, **told)
    return Effects(given={"person": made.pk})


def drop_person(file: File, given: Mapping) -> Effects:
    """Somebody who is not listed after all."""
    Person.objects.filter(pk=given["person"], listing_id=file.id).update(dropped_seq=file.seq + 1)
    return Effects()


def judge_amount(file: File, given: Mapping) -> Effects:
    """The leader's own hand on the sum."""
    row(file).update(judged=given["reached"])
    return Effects()


def serve_notice(file: File, given: Mapping) -> Effects:
    """Whoever received the notice may object for five working days (black-6)."""
    done = serve(file, given)
    who = subject(file, given["addressee"])
    return Effects(
        clocks={"blacklist_object": {"from": done["on"], "subject": who}},
        given={"effective_on": done["on"].isoformat()},
    )


def note_objection(file: File, given: Mapping) -> Effects:
    """The objection ends its own period; the time to verify runs from its receipt (black-6)."""
    made = Objection.objects.create(
        listing_id=file.id, seq=file.seq + 1, who=given["who"], received_on=given["received_on"]
    )
    who = subject(file, given["who"])
    return Effects(
        stops=(who,),
        clocks={"blacklist_verify": {"from": given["received_on"], "subject": who}},
        given={"objection": made.pk},
    )


def answer_objection(file: File, given: Mapping) -> Effects:
    """What the verification found is told to whoever objected."""
    Objection.objects.filter(listing_id=file.id, who=given["who"], answered_on=None).update(
        found=given["found"], answered_on=file.on
    )
    return Effects(stops=(subject(file, given["who"]),))


def note_promise(file: File, given: Mapping) -> Effects:
    """It corrected before the decision, and promised (black-7)."""
    row(file).update(promised_on=given["corrected_on"], corrected_on=given["corrected_on"], promise=given["promise"])
    return Effects()


def lengthen(file: File, given: Mapping) -> Effects:
    """The time to decide, once more as long (black-8)."""
    return lengthened(file, "blacklist_decide", given["opinion"])


def decide(file: File, given: Mapping) -> Effects:
    """On the list from today, for as long as the rules of today say (black-11, rsg16)."""
    last = lasting(file.on, file.listing["again"])
    row(file).update(decided_on=file.on, since_on=file.on, until_on=last.due_on)
    other = "old_blacklist_first" if file.listing["again"] else "old_blacklist_again"
    return Effects(given={"until_on": last.due_on.isoformat()}, clocks={other: None})


def decline(file: File, given: Mapping) -> Effects:
    """Not listed; the file ends with its reason."""
    row(file).update(declined=given["why"])
    return Effects(dossier={"ended_on": file.on, "open": False})


def serve_decision(file: File, given: Mapping) -> Effects:
    """The periods of relief run from service (black-18)."""
    done = serve(file, given)
    clock = {"from": done["on"], "subject": f"{done['paper']['id']}:{subject(file, given['addressee'])}"}
    return Effects(clocks={"reconsideration": clock, "suit": clock}, given={"effective_on": done["on"].isoformat()})


def serve_answer(file: File, given: Mapping) -> Effects:
    """A paper whose service starts no period."""
    return Effects(given={"effective_on": serve(file, given)["on"].isoformat()})


def publish(file: File, given: Mapping) -> Effects:
    """Everybody can read it, and the platforms are told (black-9, black-10)."""
    row(file).update(published_on=given["on"], places=given["places"], halted_on=None)
    tell(file, given["on"])
    return Effects()


def note_correction(file: File, given: Mapping) -> Effects:
    """The six months after which it may be removed early run from the later of correction and listing (black-12)."""
    row(file).update(corrected_on=given["corrected_on"])
    return Effects(
        clocks={"blacklist_exit": {"from": max(given["corrected_on"], date.fromisoformat(file.listing["since_on"]))}}
    )


def note_bar(file: File, given: Mapping) -> Effects:
    """What keeps it from an early removal (black-13)."""
    told = {name: given[name] for name in ("kind", "on", "facts", "document")}
    return Effects(given={"bar": Bar.objects.create(listing_id=file.id, seq=file.seq + 1, **told).pk})


def lift_bar(file: File, given: Mapping) -> Effects:
    """It keeps it no more."""
    Bar.objects.filter(pk=given["bar"], listing_id=file.id).update(lifted_on=given["on"])
    return Effects()


def apply_early(file: File, given: Mapping) -> Effects:
    """The application is there; fifteen working days run from its receipt (black-14)."""
    row(file).update(applied_on=given["received_on"], promise=given.get("promise") or "")
    return Effects()


def leaving(why: str):
    """The writer of a step after which the listing is to be removed within ten working days (black-17)."""

    def left(file: File, given: Mapping) -> Effects:
        row(file).update(removal=why, halted_on=file.on)
        return Effects()

    return left


def expire(file: File, given: Mapping) -> Effects:
    """The period is over: the time to remove runs from its last day (black-17)."""
    row(file).update(removal=Listing.Removal.EXPIRED, halted_on=file.on)
    last = {"from": date.fromisoformat(file.listing["until_on"])}
    return Effects(clocks={"blacklist_remove": last, "old_blacklist_remove": last})


def suspend(file: File, given: Mapping) -> Effects:
    """While the decision is suspended, nobody reads of it, here or elsewhere (arl-42, all-56)."""
    row(file).update(halted_on=file.on)
    for key in keys(file):
        withdraw(key, f"停止执行列入决定：{given['reason']}", file.at)
    return Effects()


def resume(file: File, given: Mapping) -> Effects:
    """It goes on; what was taken back is told again."""
    row(file).update(halted_on=None)
    tell(file, date.fromisoformat(file.listing["published_on"]))
    return Effects()


def remove(file: File, given: Mapping) -> Effects:
    """On the list no more; every platform is told, under the name under which it was told of the listing (black-17)."""
    row(file).update(removed_on=given["on"])
    why = Listing.Removal(file.listing["removal"]).label
    for key, told in subjects(file).items():
        content = {
            "name": told["name"],
            "number": file.dossier["number"],
            "removed_on": slashed(given["on"]),
            "why": why,
        }
        send(file.id, Kind.REMOVAL, key, content, at=file.at, due_on=None)
    return Effects()


def restore(file: File, given: Mapping) -> Effects:
    """On the list again, for the whole period from today (black-15)."""
    last = lasting(file.on)
    row(file).update(
        since_on=file.on, until_on=last.due_on, removal="", removed_on=None, published_on=None, halted_on=None
    )
    corrected = file.listing["corrected_on"]
    return Effects(
        given={"until_on": last.due_on.isoformat()},
        clocks={"blacklist_exit": {"from": file.on} if corrected else None},
    )


def prolong(file: File, given: Mapping) -> Effects:
    """Under the old rules whoever did not correct, or did it again, stays for two years more (rsg16)."""
    last = lasting(file.on, again=True)
    row(file).update(until_on=last.due_on, halted_on=None, removal="", again=True)
    return Effects(given={"until_on": last.due_on.isoformat()})


def close(file: File, given: Mapping) -> Effects:
    """The file of the listing is done."""
    return Effects(dossier={"ended_on": file.on, "open": False})


def keys(file: File) -> list[str]:
    """The names under which the listing and its persons leave the platform."""
    return list(subjects(file))


def subjects(file: File) -> dict[str, dict]:
    """Who is listed, by the name under which it leaves the platform."""
    listing = file.listing
    own = {"name": listing["name"], "code": listing["code"], "role": ROWS["0"], "id_number": ""}
    rows = {f"listing:{file.id}:0": own}
    for each in file.persons:
        rows[f"listing:{file.id}:{each['id']}"] = {
            "name": each["name"], "code": listing["code"], "role": Person.Role(each["role"]).label, "id_number": each["id_number"],
        }  # fmt: skip
    return rows


def tell(file: File, on: date) -> None:
    """The platforms are told of everybody who is listed."""
    listing = file.listing
    for key, who in subjects(file).items():
        content = {
            **who, "employer": listing["name"], "number": file.dossier["number"], "facts": listing["facts"],
            "condition": Listing.Condition(listing["condition"]).label, "bureau": file.bureau["name"],
            "since_on": slashed(date.fromisoformat(listing["since_on"])), "until_on": slashed(date.fromisoformat(listing["until_on"])),
            "published_on": slashed(on),
        }  # fmt: skip
        send(
            file.id,
            Kind.LISTING,
            key,
            {name: value for name, value in content.items() if value},
            at=file.at,
            due_on=None,
        )


EARLY, REVOKED = Listing.Removal.EARLY, Listing.Removal.REVOKED
ACTIONS = {
    "propose_listing": propose, "name_person": name_person, "drop_person": drop_person, "judge_amount": judge_amount,
    "serve_listing_notice": serve_notice, "note_listing_objection": note_objection, "answer_listing_objection": answer_objection,
    "note_promise": note_promise, "lengthen_listing": lengthen, "decide_listing": decide, "decline_listing": decline,
    "serve_listing": serve_decision, "serve_listing_answer": serve_answer, "publish_listing": publish,
    "note_listing_correction": note_correction, "note_bar": note_bar, "lift_bar": lift_bar, "apply_early": apply_early,
    "grant_early": leaving(EARLY), "revoke_listing": leaving(REVOKED), "end_listing_period": expire,
    "suspend_listing": suspend, "resume_listing": resume, "remove_listing": remove, "restore_listing": restore,
    "prolong_listing": prolong, "close_listing": close,
}  # fmt: skip

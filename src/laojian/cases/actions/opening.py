"""Writers of registration, acceptance, filing and assignment. Each returns the effects on the file itself."""

from collections.abc import Mapping

from django.db import OperationalError

from laojian.dossier.models import Access, Dossier
from laojian.employers.identifiers import plain as compact
from laojian.intake.actions import add_source, move_sources
from laojian.intake.models import WAITING, Source
from laojian.papers.actions import next_number
from laojian.procedure.step import Effects, File, Reason, Refused, local
from laojian.procedure.take import carry

from ..matters import matters
from ..models import Case, LedgerLine, Party, Payment, Worker

# From the register of employers, as it stands on this day.
PARTY = """INSERT INTO cases_party (dossier_id, kind, role, employer_id, name, code, address, legal_rep, post, phone)
SELECT %s, CASE kind WHEN 'branch' THEN 'branch' WHEN 'dispatch' THEN 'agency' WHEN 'agency' THEN 'agency'
                     WHEN 'unlicensed' THEN 'workshop' ELSE 'employer' END,
  'respondent', id, name, coalesce(credit_code, ''), address, legal_rep, legal_rep_post, phone
FROM employers_employer WHERE id = %s RETURNING *"""


def register(file: File, given: Mapping) -> Effects:
    """A new file: its first source, its respondent, its case; complaints run on the clock of acceptance, the rest on that of filing."""
    source = add_source(file, given)
    respondent = named_party(file, given)
    matter = matters()[given["matter"]]
    Case.objects.create(
        dossier_id=file.id, matter=matter.key, began_on=given.get("began_on"), found_on=local(source.received_at).date()
    )
    title = f"{respondent.name if respondent else '单位不明'} {matter.label}案"
    complaint = source.kind == Source.Kind.COMPLAINT
    start = {"from": local(source.received_at).date()}
    return Effects(
        dossier={"title": title, "employer_id": respondent.employer_id if respondent else None},
        clocks={"accept": start if complaint else None, "file": None if complaint else start},
        given={"source": source.pk, "number": source.number},
        words=f"{title}|{source.number}",
        papers=taken_down(given),
    )


def taken_down(given: Mapping) -> list[tuple[str, dict]]:
    """The record of a complaint made by word of mouth (impl-13)."""
    return [("complaint_record", {})] if given.get("oral") else []


def named_party(file: File, given: Mapping) -> Party | None:
    """The respondent: from the register, or as described."""
    if given.get("employer"):
        party = next(iter(Party.objects.raw(PARTY, [file.id, given["employer"]])), None)
        if party is None:
            raise Refused([Reason("登记在册的单位中没有这一家", remedy="请重新查找后选择", field="employer")])
        return party
    name = given.get("respondent") or ""
    if not name or name == "不明":
        return None
    return Party.objects.create(
        dossier_id=file.id, kind=given.get("respondent_kind") or Party.Kind.EMPLOYER, role=Party.Role.RESPONDENT, name=name,
        code=compact(given.get("respondent_code") or ""), address=given.get("respondent_address") or "",
        legal_rep=given.get("respondent_head") or "", post=given.get("respondent_post") or "",
    )  # fmt: skip


def join_source(file: File, given: Mapping) -> Effects:
    """One more source on a file that stands."""
    source = add_source(file, given)
    return Effects(given={"source": source.pk, "number": source.number}, papers=taken_down(given))


def merge(file: File, given: Mapping) -> Effects:
    """Take another file's sources and workers in; that file takes its own last step in the same transaction."""
    hold(given["other"])
    moved = move_sources(given["other"], file.id)
    Worker.objects.filter(dossier_id=given["other"]).update(dossier_id=file.id)
    LedgerLine.objects.filter(dossier_id=given["other"]).update(dossier_id=file.id)
    move_parties(given["other"], file.id)
    # Last, so that the state which the joined file's entry seals is the one it is left in.
    carry(given["other"], "join", by_id=file.actor["id"], at=file.at, within=True,
          given={"into": file.id, "reason": given["reason"]})  # fmt: skip
    return Effects(given={"sources": moved})


def move_parties(from_id: int, to_id: int) -> None:
    """Parties follow the merged file unless they stand here already; payments follow, paid by whoever stands for the payer."""
    here = {(party.name, party.code): party for party in Party.objects.filter(dossier_id=to_id)}
    for party in Party.objects.filter(dossier_id=from_id):
        if same := here.get((party.name, party.code)):
            Payment.objects.filter(payer=party).update(payer=same)
        else:
            Party.objects.filter(pk=party.pk).update(dossier_id=to_id)
    Payment.objects.filter(dossier_id=from_id).update(dossier_id=to_id)


def hold(other: int) -> None:
    """Lock the file that is to be joined. Never waits for it: two files merged into each other would wait for ever."""
    try:
        Dossier.objects.select_for_update(nowait=True).get(pk=other)
    except OperationalError as busy:
        raise Refused([Reason("要并入的卷宗正由他人办理", "impl-18", "请稍后刷新再办", "other")]) from busy


def join(file: File, given: Mapping) -> Effects:
    """The file ends, merged into another, of which it is a child from now on."""
    return Effects(dossier={"parent_id": given["into"], "ended_on": file.on, "open": False})


def propose_filing(file: File, given: Mapping) -> Effects:
    """The proposal pins matter and state of the violation."""
    Case.objects.filter(pk=file.id).update(
        matter=given["matter"],
        began_on=given["began_on"],
        ceased_on=given.get("ceased_on"),
        violation=given["violation"],
    )
    respondent = next(p for p in file.parties if p["role"] == "respondent")
    return Effects(dossier={"title": f"{respondent['name']} {matters()[given['matter']].label}案"})


def file_case(file: File, given: Mapping) -> Effects:
    """Approval is the day of filing (impl-19): the case gets its number."""
    year = file.on.year
    number = f"{file.bureau['short']}立〔{year}〕{next_number(file.dossier['bureau_id'], '立', year)}号"
    return Effects(dossier={"number": number, "filed_on": file.on}, words=f"{file.dossier['title']}|{number}")


def end_early(file: File, given: Mapping) -> Effects:
    """The file ends without being filed."""
    return Effects(dossier={"ended_on": file.on, "open": False})


def turn_away(code: str):
    """The file ends, and every complainant and informant is told in writing why and where to go (impl-18)."""

    def ended(file: File, given: Mapping) -> Effects:
        return Effects(dossier={"ended_on": file.on, "open": False}, papers=told_to(file, code, *WAITING))

    return ended


def transfer(file: File, given: Mapping) -> Effects:
    """The file goes to the authority in charge; whoever brought it is told where it went."""
    gone = {"forwarded_on": file.on.isoformat()}
    told = [(code, own | gone) for code, own in told_to(file, "out_of_scope_notice", *WAITING)]
    return Effects(dossier={"ended_on": file.on, "open": False}, papers=told)


def ask_supplement(file: File, given: Mapping) -> Effects:
    """Every complainant is told what is missing."""
    return Effects(papers=told_to(file, "supplement_notice", Source.Kind.COMPLAINT))


def told_to(file: File, code: str, *kinds: str) -> list[tuple[str, dict]]:
    """One paper for each source of these kinds that still stands."""
    return [(code, {"source": s["id"]}) for s in file.sources if s["kind"] in kinds and not s["withdrawn_on"]]


def withdraw(file: File, given: Mapping) -> Effects:
    """One complaint is withdrawn; what the bureau must pursue goes on."""
    Source.objects.filter(pk=given["source"], dossier_id=file.id).update(
        withdrawn_on=file.on, withdrawal=given["reason"]
    )
    return Effects()


def change_contact(file: File, given: Mapping) -> Effects:
    """The complainant is reached at another number."""
    Source.objects.filter(pk=given["source"], dossier_id=file.id).update(phone=given["phone"])
    return Effects()


def assign(file: File, given: Mapping) -> Effects:
    """The two inspectors of the file; at the first assignment each complainant is told of filing and handlers (impl-18)."""
    first = [] if file.has_taken("assign") else told_to(file, "acceptance_notice", Source.Kind.COMPLAINT)
    return Effects(dossier={"lead_id": given["lead"], "second_id": given["second"]}, papers=first)


def ask_help(file: File, given: Mapping) -> Effects:
    """Somebody from another bureau holds a post for this file alone, by letter."""
    Access.objects.create(
        dossier_id=file.id, officer_id=given["officer"], role=given["role"], document=given["document"], since=file.on
    )
    return Effects()


def keep_party(file: File, given: Mapping) -> Effects:
    """A party added, or its particulars corrected."""
    columns = {
        name: given[name] or "" for name in ("kind", "role", "name", "code", "address", "legal_rep", "post", "phone")
    }
    if given.get("party"):
        Party.objects.filter(pk=given["party"], dossier_id=file.id).update(**columns)
        return Effects(given={"party": given["party"]})
    return Effects(given={"party": Party.objects.create(dossier_id=file.id, **columns).pk})

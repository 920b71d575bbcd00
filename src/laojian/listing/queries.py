"""Reads on the list: which orders were not obeyed, who is on the list now, what a listing tells its papers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import Q, QuerySet

from laojian.cases.course import approvals
from laojian.cases.facts import bureau, clocks, steps_of
from laojian.cases.models import LedgerLine
from laojian.lawbook import Set, due, law
from laojian.lawbook.counting import Due
from laojian.lawbook.wages.result import Result
from laojian.procedure.statements import row
from laojian.procedure.step import File
from laojian.transfers.queries import against_the_crime, owing, verdict

from .models import Listing, Person
from .rules import begun

# The last order or decision to pay wages of a case to a party whose time is over and that was not obeyed in full, of a party that
# is on no listing for this case: the same arrears are one ground, however often they were ordered to be paid.
UNPAID = """
SELECT DISTINCT ON (p.dossier_id, a.id) p.id AS paper, p.label, p.number, p.code AS kind, p.issued_on, p.dossier_id, a.id AS party,
  a.employer_id, a.name, a.code, a.address, a.legal_rep, max(c.due_on) AS overdue_on,
  least((SELECT sum(o.amount - coalesce((SELECT sum(m.amount) FROM cases_payment m WHERE m.obligation_id = o.id), 0))
         FROM cases_obligation o WHERE o.dossier_id = p.dossier_id AND o.seq = p.nth AND o.kind = 'pay' AND o.addressee_id = a.id
           AND o.met_on IS NULL),
        (SELECT CASE WHEN bool_or(w.kind = 'found') THEN sum(w.amount * CASE w.kind WHEN 'found' THEN 1 WHEN 'paid' THEN -1
                WHEN 'enforced' THEN -1 ELSE 0 END) END FROM cases_ledgerline w WHERE w.dossier_id = p.dossier_id)) AS amount
FROM cases_obligation b JOIN dossier_dossier d ON d.id = b.dossier_id
JOIN papers_paper p ON p.dossier_id = b.dossier_id AND p.nth = b.seq AND p.voided = '' AND p.code = ANY(%(codes)s)
JOIN cases_party a ON a.id = b.addressee_id
JOIN clocks_deadline c ON c.dossier_id = d.id AND c.key IN ('correct', 'perform') AND c.subject = p.id || ':' || a.id
WHERE d.bureau_id = %(bureau)s AND b.kind = 'pay' AND b.met_on IS NULL AND c.due_on < %(on)s
  AND NOT EXISTS (SELECT FROM listing_listing l WHERE l.case_id = p.dossier_id AND l.party_id = a.id AND l.declined <> 'rules')
GROUP BY p.id, a.id ORDER BY p.dossier_id, a.id, max(c.due_on) DESC, p.id DESC"""
NEWEST = f"SELECT * FROM ({UNPAID}) u ORDER BY u.overdue_on DESC, u.paper DESC, u.party LIMIT %(most)s"
ORDERS = ("correction_order", "treatment_decision")
LISTING = row(
    "l",
    """case_id paper_id party_id employer_id name code address overdue_on amount condition facts judged promised_on declined again
    decided_on since_on until_on published_on places applied_on promise corrected_on halted_on removal removed_on""",
)
PERSON = row("p", "id seq name role id_number reason")
OBJECTION = row("o", "id seq who received_on found answered_on")
BAR = row("b", "id seq kind on facts document lifted_on")
PARTS = {
    "listing": f"""(SELECT {LISTING} || jsonb_build_object('fallen', o.voided <> '')
        FROM listing_listing l JOIN papers_paper o ON o.id = l.paper_id WHERE l.dossier_id = d.id)""",
    "persons": f"""(SELECT coalesce(jsonb_agg({PERSON} ORDER BY p.id), '[]') FROM listing_person p
        WHERE p.listing_id = d.id AND p.dropped_seq IS NULL)""",
    "objections": f"""(SELECT coalesce(jsonb_agg({OBJECTION} ORDER BY o.id), '[]') FROM listing_objection o
        WHERE o.listing_id = d.id)""",
    "bars": f"(SELECT coalesce(jsonb_agg({BAR} ORDER BY b.id), '[]') FROM listing_bar b WHERE b.listing_id = d.id)",
}


@dataclass(frozen=True)
class Disobeyed:
    """An order that its addressee did not obey in time: `amount` in yuan is what is still unpaid of it."""

    paper: int
    label: str
    number: str
    paper_code: str
    issued_on: date
    case: int
    party: int
    employer: int | None
    name: str
    code: str
    address: str
    head: str
    overdue_on: date
    amount: Decimal

    @property
    def key(self) -> str:
        """What the form names it by."""
        return f"{self.paper}-{self.party}"

    @property
    def decide_by(self) -> Due:
        """Until when it is to be decided by the present rules (black-8)."""
        return due("blacklist_decide", begun(self.overdue_on))


def disobeyed(bureau_id: int, on: date, most: int = 100) -> list[Disobeyed]:
    """The orders of a bureau to pay wages that were not obeyed by a day and are on no listing, newest first. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, {"bureau": bureau_id, "codes": list(ORDERS), "on": on, "most": most})
        return [Disobeyed(*found) for found in cursor.fetchall()]


def meant(file: File, key: str) -> Disobeyed | None:
    """The order that a form names by its key, of the file's bureau."""
    return next((each for each in disobeyed(file.dossier["bureau_id"], file.on, 10_000) if each.key == key), None)


def owed(case: int) -> tuple:
    """What each worker of the case is still owed, and for how many months. One statement."""
    lines = LedgerLine.objects.filter(dossier_id=case).order_by("id")
    return owing(lines.values_list("worker_id", "kind", "amount", "months"))


def measured(file: File) -> tuple[str, Result | None]:
    """Whether the arrears reach the amount: reached, below, local_below, human (nobody has set it), and how that comes about."""
    return file.once(_measured)


def _measured(file: File) -> tuple[str, Result | None]:
    workers, options = owed(file.listing["case_id"]), file.bureau.get("options") or {}
    if not workers:
        return "below", None
    found = against_the_crime(workers, options, file.on, date.fromisoformat(file.listing["overdue_on"]))
    own = law().local("listing_amount", options, file.on)
    if isinstance(own, Set):
        return ("reached" if sum(each.amount for each in workers) >= Decimal(own.value) else "local_below"), found
    return verdict(found), found


def shown(on: date) -> QuerySet[Listing]:
    """Who is publicly on the list on a day: published, neither suspended nor removed, not past its period, its order standing."""
    rows = Listing.objects.filter(published_on__isnull=False, halted_on=None, removed_on=None, until_on__gte=on)
    return rows.filter(paper__voided="").order_by("-published_on", "-dossier_id")


def published(on: date, after: tuple[date, int] | None = None, size: int = 30, words: str = "") -> list[Listing]:
    """A page of the public list, newest first, after a key (day, id), with its persons; one more than `size` tells of more."""
    rows = shown(on)
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(code=words))
    if after:
        rows = rows.filter(Q(published_on__lt=after[0]) | Q(published_on=after[0], dossier_id__lt=after[1]))
    return list(rows.prefetch_related("persons")[: size + 1])


def earlier(code: str, name: str, besides: int) -> bool:
    """Whether the employer was on the list before: known by its credit code, else by its name."""
    same = Q(code=code) if code else Q(name=name)
    return Listing.objects.filter(same, decided_on__isnull=False).exclude(pk=besides).exists()


def facts(file: File, given: Mapping, seq: int = 0) -> dict:
    """Bureau, listing, its persons, clocks and approvals, for its papers. Identity numbers never stand in them."""
    told, order = file.listing or {}, ordered(file)
    return {
        "bureau": bureau(file),
        "dossier": {"number": file.dossier["number"], "title": file.dossier["title"], "opened_on": file.dossier["opened_on"]},
        "listing": {
            **{key: told.get(key) for key in ("name", "code", "address", "overdue_on", "facts", "decided_on", "since_on", "until_on",
                                              "published_on", "corrected_on", "removed_on", "promised_on", "amount")},
            "condition": Listing.Condition(told["condition"]).label if told else None, **order,
            "persons": [
                {"name": p["name"], "role": Person.Role(p["role"]).label, "reason": p["reason"]} for p in file.persons
            ],
        },
        "clocks": clocks(file, given), "approvals": approvals(file, steps_of(file.id, seq or file.seq)), "given": given,
    }  # fmt: skip


ORDER = "SELECT label, number, issued_on FROM papers_paper WHERE id = %s"


def ordered(file: File) -> dict:
    """The order that was not obeyed, as the papers name it."""
    if not file.listing:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(ORDER, [file.listing["paper_id"]])
        label, number, issued = cursor.fetchone()
    return {"order": f"《{label}》（{number}）", "ordered_on": issued.isoformat()}

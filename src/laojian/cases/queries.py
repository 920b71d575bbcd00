"""Reads on a case: the claim table at any date, who may handle a file, earlier violations across bureaus."""

from datetime import date
from decimal import Decimal

from django.db import connection

from laojian.dossier.queries import inspectors
from laojian.evidence.models import Evidence
from laojian.lawbook import years_of
from laojian.procedure.step import File
from laojian.record.models import Entry

from .models import LedgerLine
from .rules import owed_of, spans

KINDS = ("found", "coordinated", "ordered", "paid", "enforced")


def team(file: File) -> dict[int, tuple[str, bool]]:
    """Who may handle the file on the day of the step: officer id → name and whether certified. One statement."""
    return inspectors(file.id, file.dossier["bureau_id"], file.on)


RECORDS = ("inquiry_record", "inspection_record")  # papers that are evidence themselves (apl-46)


def pieces(file: File) -> dict[str, str]:
    """What can be shown as evidence, by key: pieces (e…) in their order, then records of inquiry and inspection (p…). One query.

    Sealed pieces never stand among them.
    """
    rows = Evidence.objects.filter(dossier_id=file.dossier["id"], sealed=False).order_by("ordinal")
    found = {f"e{pk}": f"{ordinal}. {title}" for pk, ordinal, title in rows.values_list("pk", "ordinal", "title")}
    records = [paper for paper in file.papers if paper["code"] in RECORDS and not paper["voided"]]
    return found | {
        f"p{p['id']}": f"{p['label']}（{p['given'].get('person') or p['given'].get('present')}）" for p in records
    }


CLAIMS = """
SELECT w.id, w.name, w.trade, w.source_id AS source, count(l.id) AS lines,
  coalesce(sum(l.amount) FILTER (WHERE l.kind = 'found'), 0) AS found,
  coalesce(sum(l.amount) FILTER (WHERE l.kind = 'coordinated'), 0) AS coordinated,
  coalesce(sum(l.amount) FILTER (WHERE l.kind = 'ordered'), 0) AS ordered,
  coalesce(sum(l.amount) FILTER (WHERE l.kind = 'paid'), 0) AS paid,
  coalesce(sum(l.amount) FILTER (WHERE l.kind = 'enforced'), 0) AS enforced,
  string_agg(array_to_string(l.months, ' '), ' ') FILTER (WHERE l.kind = 'found' AND l.amount > 0) AS months,
  array_agg(p.name ORDER BY l.id) FILTER (WHERE p.name IS NOT NULL) AS payers,
  sum(l.amount) FILTER (WHERE l.kind = 'ordered' AND l.amount > 0 AND l.seq = %(seq)s) AS demanded,
  string_agg(array_to_string(l.months, ' '), ' ') FILTER (WHERE l.kind = 'ordered' AND l.seq = %(seq)s) AS demanded_months
FROM cases_worker w
LEFT JOIN cases_ledgerline l ON l.worker_id = w.id AND (%(on)s::date IS NULL OR l.on <= %(on)s)
LEFT JOIN cases_payment m ON m.id = l.payment_id
LEFT JOIN cases_party p ON p.id = m.payer_id
WHERE w.dossier_id = %(id)s GROUP BY w.id ORDER BY w.id"""


def claim_table(dossier_id: int, on: date | None = None, seq: int = 0) -> dict:
    """The claim table at a date: rows per worker with months, sums, payers and what is owed; totals derived from the rows.

    `demanded` is what the file's entry `seq` ordered for the worker, for `demanded_months`; None where it ordered nothing.
    One statement, whatever the number of workers.
    """
    with connection.cursor() as cursor:
        cursor.execute(CLAIMS, {"id": dossier_id, "on": on, "seq": seq})
        names = [column.name for column in cursor.description]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    rows = [
        row | {"months": spans((row["months"] or "").split()), "demanded_months": spans((row["demanded_months"] or "").split()),
               "owed": owed_of(row), "payers": "、".join(dict.fromkeys(row["payers"] or ()))}
        for row in found
        if row.pop("lines") or on is None
    ]  # fmt: skip
    totals = {kind: sum((row[kind] for row in rows), Decimal(0)) for kind in (*KINDS, "owed")}
    return {"workers": rows, "count": len(rows), **totals}


LEDGER_ENTRIES = """
SELECT l.kind, l.seq, count(*) AS lines, sum(l.amount) AS amount, e.label, e.at, e.actor_name
FROM cases_ledgerline l JOIN record_entry e ON e.dossier_id = l.dossier_id AND e.seq = l.seq
WHERE l.dossier_id = %s GROUP BY l.kind, l.seq, e.label, e.at, e.actor_name ORDER BY l.kind, l.seq"""


def ledger_entries(dossier_id: int) -> list[dict]:
    """Which entries wrote the ledger's lines: kind, lines and sum of each, with its label, moment and who took it. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(LEDGER_ENTRIES, [dossier_id])
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def claimed(file: File) -> dict:
    """The claim table as the step finds it, at its newest."""
    return claim_table(file.id)


def ledger_lines(file: File) -> list[tuple]:
    """The ledger as the step finds it, in order: (worker, kind, amount, months, day) of each line. One statement."""
    lines = LedgerLine.objects.filter(dossier_id=file.id).order_by("id")
    return list(lines.values_list("worker_id", "kind", "amount", "months", "on"))


def unpaid_on(file: File, day: date) -> Decimal:
    """What the ledger, as it stands now, shows unpaid at the end of a day: later payments do not lessen it."""
    found = Decimal(0)
    for _, kind, amount, _, on in file.once(ledger_lines):
        found += amount if kind == "found" else -amount if kind in ("paid", "enforced") and on <= day else 0
    return found


def said_last(file: File, *verbs: str) -> dict:
    """What was entered with the newest of these steps; empty when none was taken. One statement."""
    last = file.last(*verbs)
    found = (
        Entry.objects.filter(dossier_id=file.id, seq=last[0]).values_list("given", flat=True).first() if last else None
    )
    return found or {}


def judged_major(file: File) -> str:
    """The kind of major decision that the handler named when sending the file to review. One statement."""
    return said_last(file, "ask_review", "ask_pre_review").get("ground", "")


def passed_with(file: File, name: str) -> bool:
    """Whether the newest legal review that was passed said something under this name. One statement."""
    return bool(said_last(file, "pass_review").get(name))


def earlier_violations(employer_id: int, on: date, besides: int = 0) -> list[dict]:
    """Decided violations of an employer in every bureau of the system, facts only: bureau, day, matter, kind, amount, article.

    One statement; the database function opens no file and returns nothing that would tell who complained.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM earlier_violations(%s, %s, %s)", [employer_id, on, years_of("look_back", on)])
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [row for row in rows if row["dossier_id"] != besides]

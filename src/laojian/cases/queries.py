"""Reads on a case: the claim table at any date, balances, earlier violations across bureaus."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import Sum

from laojian.dossier.queries import inspectors
from laojian.procedure.step import File

from .models import LedgerLine, Worker
from .rules import owed_of, spans

KINDS = ("found", "coordinated", "ordered", "paid", "enforced")


def team(file: File) -> dict[int, tuple[str, bool]]:
    """Who may handle the file on the day of the step: officer id → name and whether certified. One statement."""
    return inspectors(file.id, file.dossier["bureau_id"], file.on)


def balances(dossier_id: int, on: date | None = None) -> dict[int, dict[str, Decimal]]:
    """Per worker, the sum of each kind of ledger line, up to and including a day (all days when None)."""
    lines = LedgerLine.objects.filter(dossier_id=dossier_id)
    if on is not None:
        lines = lines.filter(on__lte=on)
    sums: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for worker, kind, total in (
        lines.values_list("worker_id", "kind").annotate(total=Sum("amount")).order_by("worker_id")
    ):
        sums[worker][kind] = total
    return sums


def claim_table(dossier_id: int, on: date | None = None) -> dict:
    """The claim table at a date: rows per worker with months, sums, payers and what is owed; totals derived from the rows.

    Three queries, whatever the number of workers.
    """
    sums = balances(dossier_id, on)
    months: dict[int, set[str]] = defaultdict(set)
    payers: dict[int, dict[str, None]] = defaultdict(dict)
    lines = LedgerLine.objects.filter(dossier_id=dossier_id).select_related("payment__payer").order_by("id")
    for line in lines.filter(on__lte=on) if on else lines:
        if line.kind == LedgerLine.Kind.FOUND and line.amount > 0:
            months[line.worker_id].update(line.months)
        if line.payment:
            payers[line.worker_id][line.payment.payer.name] = None
    rows = []
    for worker in Worker.objects.filter(dossier_id=dossier_id).order_by("id"):
        own = {kind: sums[worker.pk].get(kind, Decimal(0)) if worker.pk in sums else Decimal(0) for kind in KINDS}
        if worker.pk not in sums and on is not None:
            continue
        rows.append({
            "id": worker.pk, "name": worker.name, "trade": worker.trade, "months": spans(list(months[worker.pk])),
            **own, "owed": owed_of(own), "payers": "、".join(payers[worker.pk]), "source": worker.source_id,
        })  # fmt: skip
    totals = {kind: sum((row[kind] for row in rows), Decimal(0)) for kind in (*KINDS, "owed")}
    return {"workers": rows, "count": len(rows), **totals}


def earlier_violations(employer_id: int, on: date, besides: int = 0, years: int = 2) -> list[dict]:
    """Decided violations of an employer in every bureau of the system, facts only: bureau, day, matter, kind, amount, article.

    One statement; the database function opens no file and returns nothing that would tell who complained.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM earlier_violations(%s, %s, %s)", [employer_id, on, years])
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [row for row in rows if row["dossier_id"] != besides]

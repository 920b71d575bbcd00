"""Writers of workers, their ledger and payments. Nothing here is ever changed: a correction is a line of opposite sign."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.db import connection

from laojian.employers.identifiers import plain as compact
from laojian.procedure.step import Effects, File, Reason, Refused

from ..models import LedgerLine, Obligation, Payment, Worker
from ..queries import claimed, ledger_lines
from ..rules import demanded, owed_of, shared, standing


def claim(file: File, given: Mapping) -> Effects:
    """Workers with what each says is unpaid: one worker and one line of the ledger a row."""
    rows = given["rows"]
    workers = Worker.objects.bulk_create(
        Worker(
            dossier_id=file.id, source_id=given.get("source"), name=row["name"], id_number=compact(row.get("id_number") or ""),
            phone=compact(row.get("phone") or ""), trade=row.get("trade") or "", bank=row.get("bank") or "",
            card=compact(row.get("card") or ""),
        )
        for row in rows
    )  # fmt: skip
    LedgerLine.objects.bulk_create(
        LedgerLine(
            worker=worker, dossier_id=file.id, seq=file.seq + 1, on=file.on, kind=given.get("kind") or "found",
            months=sorted(row.get("months") or []), amount=Decimal(str(row["amount"])),
        )
        for worker, row in zip(workers, rows, strict=True)
    )  # fmt: skip
    total = sum((Decimal(str(row["amount"])) for row in rows), Decimal(0))
    return Effects(given={"workers": len(workers), "total": str(total), "first": workers[0].pk})


def change(file: File, given: Mapping) -> Effects:
    """One line on one worker: found anew, coordinated, or a correction."""
    if not Worker.objects.filter(pk=given["worker"], dossier_id=file.id).exists():
        raise Refused([Reason("本案没有这名劳动者", field="worker")])
    LedgerLine.objects.create(
        worker_id=given["worker"], dossier_id=file.id, seq=file.seq + 1, on=file.on, kind=given["kind"],
        amount=given["amount"], months=(given.get("months") or "").replace("、", " ").split(), note=given["reason"][:120],
    )  # fmt: skip
    return Effects()


BIND = """
WITH bound AS (
  INSERT INTO cases_obligation (dossier_id, seq, kind, addressee_id, debtor_id, ground, demand, amount, note)
  SELECT %(id)s, %(seq)s, x.kind, x.party, x.debtor, x.ground, x.demand, x.amount, ''
  FROM jsonb_to_recordset(%(demands)s::jsonb)
    AS x(n int, kind text, party bigint, debtor bigint, ground text, demand text, amount numeric)
  ORDER BY x.n RETURNING id, kind),
lines AS (
  INSERT INTO cases_ledgerline (worker_id, dossier_id, seq, "on", kind, months, amount, obligation_id, note)
  SELECT x.worker, %(id)s, %(seq)s, %(on)s, 'ordered', x.months, x.amount, (SELECT min(id) FROM bound WHERE kind = 'pay'), x.note
  FROM jsonb_to_recordset(%(lines)s::jsonb) AS x(n int, worker bigint, months text[], amount numeric, note text) ORDER BY x.n)
SELECT array_agg(id ORDER BY id) FROM bound"""


def bind(file: File, given: Mapping) -> dict:
    """What an order or decision demands of each addressee; wages are ordered worker by worker. For the entry: ids, number of lines."""
    demands = [
        {"n": n, "kind": row["kind"], "party": int(row["party"]), "debtor": int(row["debtor"]) if row.get("debtor") else None,
         "ground": row["ground"], "demand": row["demand"], "amount": str(row["amount"]) if row.get("amount") else None}
        for n, row in enumerate(given["addressees"])
    ]  # fmt: skip
    lines = ordered(file, [row for row in demands if row["kind"] == Obligation.Kind.PAY])
    told = {"demands": json.dumps(demands), "lines": json.dumps([{"n": n} | line for n, line in enumerate(lines)])}
    with connection.cursor() as cursor:
        cursor.execute(BIND, {"id": file.id, "seq": file.seq + 1, "on": file.on} | told)
        (ids,) = cursor.fetchone()
    return {"obligations": ids or [], "lines": len(lines)}


def ordered(file: File, wages: Sequence[Mapping]) -> list[dict]:
    """What these demands order in wages, shared out over the workers still owed.

    An earlier order that is still unpaid is taken over: a line of opposite sign ends it, so that no sum is ordered twice.
    """
    if not wages:
        return []
    lines = [line[:4] for line in file.once(ledger_lines)]
    sums, months = tallied(lines)
    owed = {worker: owed_of(each) for worker, each in sums.items() if owed_of(each) > 0}
    total, asked = sum(owed.values(), Decimal(0)), demanded(wages)
    shares = shared(total if asked is None else min(asked, total), owed)
    ended = standing(line[:3] for line in lines) if shares else {}
    made = [{"worker": key, "months": [], "amount": str(-amount), "note": TAKEN_OVER} for key, amount in ended.items()]
    return made + [
        {"worker": key, "months": sorted(months[key]), "amount": str(amount), "note": ""}
        for key, amount in shares.items()
    ]


TAKEN_OVER = "尚未支付的部分由新的指令（决定）承接"


def tallied(lines: Iterable[tuple]) -> tuple[dict, dict]:
    """Sums by worker and kind, and the months found for each worker."""
    sums: dict[int, dict] = defaultdict(lambda: defaultdict(Decimal))
    months: dict[int, set] = defaultdict(set)
    for worker, kind, amount, told in lines:
        sums[worker][kind] += amount
        if kind == LedgerLine.Kind.FOUND:
            months[worker].update(told)
    return sums, months


TAKE_BACK = """
INSERT INTO cases_ledgerline (worker_id, dossier_id, seq, "on", kind, months, amount, obligation_id, note)
SELECT worker_id, dossier_id, %(seq)s, %(on)s, kind, months, -amount, obligation_id, '文书草稿作废，原责令支付不再算'
FROM cases_ledgerline WHERE dossier_id = %(id)s AND seq = %(nth)s AND kind = 'ordered' ORDER BY id"""


def take_back(file: File, nth: int) -> None:
    """What the file's entry `nth` ordered is ordered no more, and what it had taken over stands again: its paper was voided."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE_BACK, {"id": file.id, "seq": file.seq + 1, "on": file.on, "nth": nth})


def pay(file: File, given: Mapping) -> Effects:
    """A payment arrives: kept with payer and way, shared among the workers, and set against what was demanded."""
    payment = Payment.objects.create(
        dossier_id=file.id, seq=file.seq + 1, on=given["on"], of=given["of"], way=given["way"], payer_id=given["payer"],
        obligation_id=given.get("obligation"), amount=given["amount"], voucher=given.get("voucher") or "",
    )  # fmt: skip
    if payment.of == Payment.Of.WAGES:
        share_out(file, payment, given.get("shares"))
    settle(file, payment)
    return Effects(given={"payment": payment.pk})


def share_out(file: File, payment: Payment, told: Mapping | None) -> None:
    """A line of the ledger for each worker who gets something: as told, or in proportion to what is owed."""
    owed = {row["id"]: row["owed"] for row in file.once(claimed)["workers"]}
    if told:
        shares = {int(key): Decimal(str(value)) for key, value in told.items()}
        over = [key for key, value in shares.items() if value > owed.get(key, 0)]
        if over or sum(shares.values()) != payment.amount:
            text = "逐人金额之和与付款金额不一致" if not over else "有人的付款多于其尚欠金额"
            raise Refused([Reason(text, "mww-3", "请核对付款明细", "shares")])
    else:
        try:
            shares = shared(payment.amount, owed)
        except ValueError as wrong:
            raise Refused([Reason(str(wrong), "mww-3", "请核对金额；多付部分不计入", "amount")]) from wrong
    kind = LedgerLine.Kind.ENFORCED if payment.way == Payment.Way.ENFORCED else LedgerLine.Kind.PAID
    LedgerLine.objects.bulk_create(
        LedgerLine(
            worker_id=key, dossier_id=file.id, seq=payment.seq, on=payment.on, kind=kind, amount=value, payment=payment
        )
        for key, value in shares.items()
    )


def settle(file: File, payment: Payment) -> None:
    """Obligations that are paid in full are met; when no worker is owed anything, every demand to pay wages is."""
    with connection.cursor() as cursor:
        cursor.execute(MET, {"id": file.id, "on": payment.on, "wages": payment.of == Payment.Of.WAGES})


MET = """
UPDATE cases_obligation o SET met_on = %(on)s WHERE o.dossier_id = %(id)s AND o.met_on IS NULL AND (
  o.amount <= (SELECT sum(m.amount) FROM cases_payment m WHERE m.obligation_id = o.id)
  OR %(wages)s AND o.kind = 'pay' AND NOT EXISTS (
    SELECT FROM cases_ledgerline l WHERE l.dossier_id = %(id)s GROUP BY l.worker_id
    HAVING sum(CASE l.kind WHEN 'found' THEN l.amount WHEN 'paid' THEN -l.amount WHEN 'enforced' THEN -l.amount ELSE 0 END) > 0))"""

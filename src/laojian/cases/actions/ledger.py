"""Writers of workers, their ledger and payments. Nothing here is ever changed: a correction is a line of opposite sign."""

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


def order_wages(file: File, bound: Sequence[Obligation]) -> int:
    """What an order or decision demands in wages, shared out over the workers still owed; returns how many lines were written.

    An earlier order that is still unpaid is taken over: a line of opposite sign ends it, so that no sum is ordered twice.
    """
    wages = [each for each in bound if each.kind == Obligation.Kind.PAY]
    if not wages:
        return 0
    lines = [line[:4] for line in file.once(ledger_lines)]
    sums, months = tallied(lines)
    owed = {worker: owed_of(each) for worker, each in sums.items() if owed_of(each) > 0}
    total = sum(owed.values(), Decimal(0))
    asked = demanded({"party": o.addressee_id, "debtor": o.debtor_id, "amount": o.amount} for o in wages)
    shares = shared(total if asked is None else min(asked, total), owed)
    ended = standing(line[:3] for line in lines) if shares else {}
    common = {
        "dossier_id": file.id,
        "seq": file.seq + 1,
        "on": file.on,
        "kind": LedgerLine.Kind.ORDERED,
        "obligation": wages[0],
    }
    made = [LedgerLine(worker_id=key, amount=-amount, note=TAKEN_OVER, **common) for key, amount in ended.items()]
    made += [
        LedgerLine(worker_id=key, amount=amount, months=sorted(months[key]), **common) for key, amount in shares.items()
    ]
    return len(LedgerLine.objects.bulk_create(made))


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

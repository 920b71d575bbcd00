"""Sums of a claim ledger and their sharing, pure, exact to the cent; and who is told of the right to a hearing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_DOWN, Decimal

from laojian.lawbook import Unset, law, length_of
from laojian.lawbook.words import years_of

FOREVER = "永久"  # the class of files that are never destroyed
CENT = Decimal("0.01")
NATURAL = ("person", "workshop", "controller", "landlord")  # kinds of party that are, or may be, citizens


def shared(amount: Decimal, owed: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """Share a payment in proportion to what each is owed, to the cent; the cents left over go to the largest remainders.

    Raises ValueError when more is paid than is owed. Worked example: 100 over {1: 100, 2: 200} → {1: 33.33, 2: 66.67}.
    """
    total = sum(owed.values(), Decimal(0))
    if amount > total:
        raise ValueError(f"付款 ¥{amount:,.2f} 多于尚欠 ¥{total:,.2f}")
    exact = {key: amount * sum_ / total for key, sum_ in owed.items() if sum_ > 0} if total else {}
    shares = {key: value.quantize(CENT, ROUND_DOWN) for key, value in exact.items()}
    left = int((amount - sum(shares.values(), Decimal(0))) / CENT)
    for key in sorted(exact, key=lambda key: (shares[key] - exact[key], key))[:left]:
        shares[key] += CENT
    return {key: value for key, value in shares.items() if value}


def owed_of(sums: Mapping[str, Decimal]) -> Decimal:
    """What is still owed to a worker: found, less paid and enforced."""
    return sums.get("found", Decimal(0)) - sums.get("paid", Decimal(0)) - sums.get("enforced", Decimal(0))


def demanded(rows: Iterable[Mapping]) -> Decimal | None:
    """What an order or decision demands in wages, every debt counted once; None when it names no sum, so that all owed is meant.

    `rows` are those of 支付: {party, debtor, amount}. Who pays for another's debt (先行清偿, 垫付) adds nothing to it: a debt
    is what its debtor must pay, or what somebody else must pay for it where that is more.
    Worked example: 甲 100; 总包 100 for 甲; 乙 30 → 130.
    """
    sums: dict[tuple, Decimal] = defaultdict(Decimal)
    for row in rows:
        if row.get("amount") in (None, ""):
            return None
        sums[row.get("debtor") or row["party"], row["party"]] += Decimal(str(row["amount"]))
    debts: dict[object, Decimal] = defaultdict(Decimal)
    for (debtor, _), amount in sums.items():
        debts[debtor] = max(debts[debtor], amount)
    return sum(debts.values(), Decimal(0))


def standing(lines: Iterable[tuple[int, str, Decimal]]) -> dict[int, Decimal]:
    """What is ordered for each worker and not paid yet, from the lines (worker, kind, amount) in the order of their entry."""
    left: dict[int, Decimal] = defaultdict(Decimal)
    for worker, kind, amount in lines:
        if kind == "ordered":
            left[worker] += amount
        elif kind in ("paid", "enforced"):
            left[worker] = max(left[worker] - amount, Decimal(0))
    return {worker: amount for worker, amount in left.items() if amount > 0}


def spans(months: list[str]) -> str:
    """Months in words as a table shows them: 2026-05、06、08 or 2026-06至08; contiguous runs are joined."""
    runs: list[list[tuple[int, int]]] = []
    for month in sorted(set(months)):
        year, number = int(month[:4]), int(month[5:])
        if runs and runs[-1][-1] == ((year, number - 1) if number > 1 else (year - 1, 12)):
            runs[-1].append((year, number))
        else:
            runs.append([(year, number)])
    texts, shown = [], None
    for run in runs:
        (y1, m1), (y2, m2) = run[0], run[-1]
        first = f"{m1:02d}" if shown == y1 else f"{y1}-{m1:02d}"
        last = "" if len(run) == 1 else f"至{m2:02d}" if y2 == y1 else f"至{y2}-{m2:02d}"
        texts.append(first + last)
        shown = y2
    return "、".join(texts)


def hearing_told(options: Mapping, fine: Decimal | None, kinds: Iterable[str], on: date) -> bool:
    """Whether the notice of a penalty tells of the right to a hearing (apl-63).

    `kinds` are those of the parties who are to be fined. It is told with every fine while the local amount is not set, from
    the amount on when it is, and with every penalty that is no fine: to tell too much harms nobody, to tell too little voids.
    """
    if fine is None:
        return True
    amounts = (law().local("hearing_citizen" if kind in NATURAL else "hearing_employer", options, on) for kind in kinds)
    return any(isinstance(found, Unset) or fine >= found.value for found in amounts)


def retention_classes(on: date) -> dict[str, int]:
    """The classes of retention in force on a day, as they are written on the cover: words → years; none below what the law asks."""
    told = {length_of(key, on): years_of(key, on) for key in ("retain_usual", "retain_long")}
    return {words: max(years, years_of("retain_least", on)) for words, years in told.items()}


def kept_until(archived_on: date, years: int) -> date:
    """The last day on which a file must be kept: the years are counted from the first day of the year after."""
    return date(archived_on.year + years, 12, 31)

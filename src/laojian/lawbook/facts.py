"""The facts of a violation from which a penalty is reckoned: who, how many, how long, how much, corrected when. Pure."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from laojian.lawbook.powers import SUMS, WHOM
from laojian.lawbook.reading import LawError

CORRECTED = {
    "": "未查明",
    "none": "没有改正",
    "in_time": "自行改正，或者在责令期限内改正",
    "before_decision": "逾期，但在决定前改正",
}
ORDERS = {
    "none": "没有送达责令改正",
    "running": "责令改正期限未满",
    "unchecked": "责令改正期满，尚未核实",
    "obeyed": "责令期限内已全部改正",
    "disobeyed": "责令期满没有全部改正",
}
_SPAN = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})\s*(?:至|到|~|—|－)\s*(\d{4}-\d{1,2}-\d{1,2})")
_MONTHS = re.compile(r"(\d+(?:\.\d+)?)\s*(?:个月)?")
MOST_MONTHS = 1200


@dataclass(frozen=True)
class Stretch:
    """One unbroken stretch of time, months rounded up by itself. `told` is how it was said."""

    told: str
    months: int

    def __str__(self) -> str:
        counted = f"{self.months}个月"
        return counted if self.told == counted else f"{self.told}（{counted}）"


@dataclass(frozen=True)
class Group:
    """People to whom one rate applies; `stretches` are those of each of them, never joined. `per_head` None: not chosen."""

    people: int
    per_head: Decimal | None = None
    label: str = ""
    stretches: tuple[Stretch, ...] = ()

    @property
    def months(self) -> int:
        """Months of one person, each stretch rounded up by itself."""
        return sum(stretch.months for stretch in self.stretches)


@dataclass(frozen=True)
class Facts:
    """What was found. Sums in yuan by the words of SUMS; `factors` by the keys of law/discretion/tiers.yaml.

    `acted_on` is the day whose law the act falls under (its end, where it lasted), `on` the day of the reckoning.
    `amount` is the fine intended, None when the reckoning is to propose one; `chosen` are the numbers, from 1, of the
    measures that stand under a condition and are taken; `reason` is what was written about the sum.
    """

    acted_on: date
    on: date
    whom: str = ""
    groups: tuple[Group, ...] = ()
    sums: Mapping[str, Decimal] = None
    persons: int = 0
    corrected: str = ""
    order: str = "none"
    said: frozenset[str] = frozenset()
    grounds: tuple[str, ...] = ()
    factors: Mapping[str, int | bool] = None
    chosen: tuple[int, ...] = ()
    amount: Decimal | None = None
    reason: str = ""

    @property
    def people(self) -> int:
        """Workers wronged, all groups together."""
        return sum(group.people for group in self.groups)


def months_of(first: date, last: date) -> int:
    """Months from a day to a day, both included, a part of a month counting whole: 2024-03-14 to 2024-06-19 is 4."""
    if last < first:
        raise LawError(f"时间段 {first} 至 {last} 的起止颠倒")
    months = max((last.year - first.year) * 12 + last.month - first.month, 1)
    while months > 1 and _end(first, months - 1) >= last:
        months -= 1
    return months if _end(first, months) >= last else months + 1


def _end(first: date, months: int) -> date:
    """The last day of so many months from a day on: the day before its like, or the month's last where it has none."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    length = monthrange(year, month + 1)[1]
    return (
        date(year, month + 1, first.day) - timedelta(days=1) if first.day <= length else date(year, month + 1, length)
    )


def stretches(text: str) -> tuple[Stretch, ...]:
    """Stretches as people write them: “2+5”, “2024-03-14至2024-06-19；3个月”. LawError says which part it cannot read."""
    found = []
    for part in filter(None, (each.strip() for each in re.split(r"[；;，,、+＋\n]", text))):
        if span := _SPAN.fullmatch(part):
            found.append(Stretch(part, months_of(_day(span[1]), _day(span[2]))))
        elif (told := _MONTHS.fullmatch(part)) and Decimal(0) < Decimal(told[1]) <= MOST_MONTHS:
            found.append(Stretch(f"{told[1]}个月", -(-Decimal(told[1]) // 1).__int__()))
        else:
            raise LawError(f"时间段“{part}”看不懂：请写月数（如 2+5），或者起止日期（如 2024-03-14至2024-06-19）")
    return tuple(found)


def _day(text: str) -> date:
    try:
        return date(*map(int, text.split("-")))
    except ValueError:
        raise LawError(f"没有“{text}”这一天") from None


def facts(told: Mapping, on: date) -> Facts:
    """Facts from plain values, as the form, the command and the kept record tell them. LawError when one cannot be read.

    {acted_on, groups: [{people, per_head, label, stretches}], sums: {word: yuan}, persons, whom, corrected, order, said,
    grounds, factors, chosen, amount, reason}; what is not told is not known.
    """
    strange = set(told) - set(Facts.__dataclass_fields__)
    if strange:
        raise LawError(f"事实里有不认识的“{'、'.join(sorted(strange))}”")
    for name, known in (("whom", {"", *WHOM}), ("corrected", CORRECTED), ("order", ORDERS)):
        if told.get(name, "") not in known and name in told:
            raise LawError(f"“{name}”应为{'、'.join(filter(None, known))}之一，现为“{told[name]}”")
    if unknown := set(told.get("sums") or ()) - set(SUMS):
        raise LawError(f"“sums”不认识“{'、'.join(sorted(unknown))}”，可写{'、'.join(SUMS)}")
    return Facts(
        acted_on=_date(told.get("acted_on"), on), on=on, whom=told.get("whom", ""),
        groups=tuple(_group(row) for row in told.get("groups") or ()),
        sums={word: money(value, SUMS[word]) for word, value in (told.get("sums") or {}).items()},
        persons=count(told.get("persons") or 0, "责任人员"), corrected=told.get("corrected", ""), order=told.get("order", "none"),
        said=frozenset(told.get("said") or ()), grounds=tuple(told.get("grounds") or ()), factors=dict(told.get("factors") or {}),
        chosen=tuple(int(each) for each in told.get("chosen") or ()),
        amount=None if told.get("amount") in (None, "") else money(told["amount"], "罚款"), reason=told.get("reason", ""),
    )  # fmt: skip


def _group(row: Mapping) -> Group:
    rate = row.get("per_head")
    return Group(
        people=count(row.get("people"), "人数", least=1),
        per_head=None if rate in (None, "") else money(rate, "每人罚款"), label=str(row.get("label") or ""),
        stretches=stretches(str(row.get("stretches") or "")),
    )  # fmt: skip


def _date(value, otherwise: date) -> date:
    return value if isinstance(value, date) else _day(value) if value else otherwise


def money(value, name: str) -> Decimal:
    """A sum in yuan, not negative, at most two decimals. LawError otherwise."""
    try:
        sum_ = Decimal(str(value).replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise LawError(f"{name}“{value}”不是金额") from None
    if not sum_.is_finite() or sum_ < 0 or sum_ != sum_.quantize(Decimal("0.01")):
        raise LawError(f"{name}“{value}”不能为负，最多两位小数")
    return sum_


def count(value, name: str, least: int = 0) -> int:
    """A whole number of people. LawError otherwise."""
    text = str(value if value is not None else "").strip()
    if not text.isdecimal() or len(text) > 9 or int(text) < least or int(text) > 1_000_000:
        raise LawError(f"{name}“{text}”应为整数" + (f"，不少于 {least}" if least else ""))
    return int(text)

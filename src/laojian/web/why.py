"""Why: the lines behind a date, a sum, an obligation or a fact, for the unfold beside it. Pure; the reads come from elsewhere."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from laojian.cases.models import LedgerLine, Obligation
from laojian.lawbook import law, length_of
from laojian.lawbook.articles import CONFIDENCE
from laojian.lawbook.penalties import span
from laojian.lawbook.shelf import clock_told
from laojian.lawbook.words import version_of


@lru_cache(maxsize=2048)
def article_lines(key: str, on: date) -> tuple[str, str]:
    """An article as an unfold tells it: its citation, and after it what it says, since when, how far it was checked."""
    found = law().article(key)
    until = f"至 {found.valid_to}" if found.valid_to else "起"
    stands = "" if found.in_force(on) else f"，{on} 不施行"
    return found.cite, f"{found.says}（{found.valid_from} {until}施行{stands}；{CONFIDENCE[found.confidence]}）"


@lru_cache(maxsize=2048)
def period(key: str, on: date) -> tuple[str, ...]:
    """A period's rule on a day: how long, from what to what, which version."""
    clock, version = law().clock(key), version_of(key, on)
    told = clock_told(clock, version)
    return (
        f"{clock.label}：{told.text}",
        *((f"说明：{told.note}",) if told.note else ()),
        f"规定的版本：{told.span}；{told.checked}",
    )


def sums(rows: Iterable[Mapping]) -> list[str]:
    """The ledger's sums, each from the entries that wrote its lines: who, when, by which step, how many lines, how much."""
    found: dict[str, list[Mapping]] = {}
    for row in rows:
        found.setdefault(row["kind"], []).append(row)
    lines = []
    for kind, parts in found.items():
        total = sum((part["amount"] for part in parts), Decimal(0))
        wrote = "；".join(
            f"{part['at']:%Y-%m-%d} {part['label']}（{part['actor_name']}）{part['lines']} 笔 ¥{part['amount']:,.2f}"
            for part in parts
        )
        lines.append(f"{LedgerLine.Kind(kind).label} ¥{total:,.2f}：{wrote}")
    return [*lines, "尚欠＝查明－已付－执行到位；更正记为反向的一笔，原来的不改"] if lines else []


def obligations(rows: Iterable[Mapping], entries: Mapping[int, object]) -> list[dict]:
    """What each addressee must do, how far it is done, and who decided it when, on which ground."""
    told = []
    for row in rows:
        entry = entries.get(row["seq"])
        lines = [f"{entry.at:%Y-%m-%d} {entry.label}（{entry.actor_name}），记录第 {entry.seq} 条"] if entry else []
        lines.append(f"要求：{row['demand']}")
        if row["amount"] is not None:
            paid = Decimal(row["paid"])
            lines.append(
                f"应付 ¥{Decimal(row['amount']):,.2f}，已登记到账 ¥{paid:,.2f}，尚欠 ¥{Decimal(row['amount']) - paid:,.2f}"
            )
        lines += [f"履行完毕：{row['met_on']} {row['note']}"] if row["met_on"] else []
        told.append({
            "kind_label": Obligation.Kind(row["kind"]).label, "addressee": row["addressee"], "amount": row["amount"], "paid": row["paid"],
            "met_on": row["met_on"], "ground": row["ground"], "lines": lines,
        })  # fmt: skip
    return told


def earlier(found: int, on: date) -> list[str]:
    """How far back earlier violations were looked for, and what counts as one."""
    counted = f"本系统各机关已作出决定的 {found} 件，不含本案，只列事实"
    return [f"自 {on} 向前看{length_of('look_back', on)}", counted]


def findings(rows: Iterable[Mapping], entries: Mapping[int, object]) -> list[dict]:
    """What was found against whom, with the fine and how it was reckoned on the day; never reckoned again here."""
    tiers = {tier.key: tier.label for tier in law().discretion.scheme.tiers}
    told = []
    for row in rows:
        power, entry = law().power(row["power"]), entries.get(row["seq"])
        lines = [f"{entry.at:%Y-%m-%d} {entry.label}（{entry.actor_name}），记录第 {entry.seq} 条"] if entry else []
        lines += [f"{step['text']}（{step['cite']}）" if step["cite"] else step["text"] for step in row["why"]]
        told.append({
            "label": power.label, "party": row["party"], "amount": row["amount"], "tier": tiers.get(row["tier"], ""),
            "range": "未定数额" if row["highest"] is None else span(row["lowest"], row["highest"]),
            "version": row["version"], "on": max(row["version"], row["acted_on"]), "reason": row["reason"], "lines": lines,
            "ground": power.version(date.fromisoformat(row["version"])).basis[0],
        })  # fmt: skip
    return told

"""What a finding rests on: the facts as told and as the file shows them, the reckoning, and between what sums a party's fines lie."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from laojian.lawbook import law
from laojian.lawbook.applicable import penalty
from laojian.lawbook.facts import Facts, facts, months_of
from laojian.lawbook.grounded import Said
from laojian.lawbook.penalties import Penalty
from laojian.procedure.step import File

ENDLESS = Decimal("Infinity")


def told(given: Mapping, on: date, order: str) -> dict:
    """The facts of a finding as they are kept: what the form says and how the orders stand, in plain values."""
    began, ceased = given["began_on"], given.get("ceased_on")
    until = max(began, min(ceased or on, on))
    factors = {"months": months_of(began, until)} | dict.fromkeys(given.get("factors") or (), True)
    sums = {row["of"]: row["amount"] for row in given.get("sums") or ()}
    amount = given.get("amount")
    kept = {
        "acted_on": until.isoformat(), "whom": given["whom"], "groups": given.get("groups") or [], "sums": sums,
        "persons": given.get("persons"), "corrected": given["corrected"], "order": order, "said": list(given.get("said") or ()),
        "grounds": list(given.get("grounds") or ()), "factors": factors, "chosen": given.get("chosen") or [],
        "amount": None if amount is None else str(amount), "reason": given.get("reason") or "",
    }  # fmt: skip
    return {name: value for name, value in kept.items() if value not in (None, "", [], {})}


def reckoned(file: File, given: Mapping) -> tuple[dict, Penalty, Said]:
    """The facts as kept, the penalty on them, and why the version applies. LawError where there is none."""
    kept = told(given, file.on, order_state(file))
    made, why = penalty(given["power"], facts(kept, file.on))
    return kept, made, why


def again(finding: Mapping, on: date) -> tuple[Facts, Penalty]:
    """What a finding would come to on another day: to see whether the law has changed since, never to replace it. LawError."""
    found = facts(finding["facts"], on)
    return found, penalty(finding["power"], found)[0]


def order_state(file: File) -> str:
    """How the correction orders of the file stand, by the words of lawbook.facts.ORDERS; one not obeyed in time counts first."""
    found = {one_order(file, paper) for paper in file.papers if paper["code"] == "correction_order" and served(paper)}
    return next((state for state in ("disobeyed", "running", "unchecked", "obeyed") if state in found), "none")


def served(paper: Mapping) -> bool:
    """Whether a paper stands and reached somebody."""
    return bool(paper["services"]) and not paper["voided"]


def one_order(file: File, paper: Mapping) -> str:
    """How one served order stands. What is done after its last day was not done in time."""
    bound = [o for o in file.obligations if o["seq"] == paper["nth"]]
    clocks = [c for c in file.clocks if c["key"] == "correct" and c["subject"].startswith(f"{paper['id']}:")]
    due = max((c["due_on"] for c in clocks), default="")
    if bound and all(o["met_on"] and (not due or o["met_on"] <= due) for o in bound):
        return "obeyed"
    if any(not c["ending"] for c in clocks):
        return "running" if due >= file.on.isoformat() else "unchecked"
    checks = [row for row in file.took if row[1] == "note_correction" and row[0] > paper["nth"]]
    return "disobeyed" if checks else "unchecked"


def lapsed_on(file: File) -> date | None:
    """The last day of the newest served order that was not obeyed in time; None when there is none."""
    days = [
        max(c["due_on"] for c in file.clocks if c["key"] == "correct" and c["subject"].startswith(f"{paper['id']}:"))
        for paper in file.papers
        if paper["code"] == "correction_order" and served(paper) and one_order(file, paper) == "disobeyed"
        and any(c["key"] == "correct" and c["subject"].startswith(f"{paper['id']}:") for c in file.clocks)
    ]  # fmt: skip
    return date.fromisoformat(max(days)) if days else None


def corrected(file: File) -> bool:
    """Whether the file shows that what was ordered has been done, late or not: all paid, or every order met."""
    ordered = [o for o in file.obligations if o["kind"] in ("pay", "correct", "refund") and not decides(file, o)]
    found, gone = (
        Decimal(str(file.claims["found"])),
        Decimal(str(file.claims["paid"])) + Decimal(str(file.claims["enforced"])),
    )
    paid = found > 0 and gone >= found
    return paid or (bool(ordered) and all(o["met_on"] for o in ordered))


def decides(file: File, obligation: Mapping) -> bool:
    """Whether an obligation stands in a decision, not in an order."""
    return any(row[0] == obligation["seq"] and row[1].startswith("decide_") for row in file.took)


@dataclass(frozen=True)
class Range:
    """Between which sums a fine may lie: `floor` on the grounds found, `lowest` and `highest` by law (None: the law names none).

    `optional`: there may be no fine at all.
    """

    floor: Decimal
    lowest: Decimal
    highest: Decimal | None
    optional: bool
    basis: str

    def mitigates(self, fine: Decimal) -> bool:
        """Whether such a fine is one below what the law sets as the least."""
        return 0 < fine < self.lowest


def between(findings: Iterable[Mapping], party: int | None = None) -> Range | None:
    """The range of a party's findings (of all without one) added up; of several on one act the one with the highest fine (apl-29)."""
    acts: dict[int, list[Mapping]] = {}
    for each in findings:
        if party in (None, each["party_id"]):
            acts.setdefault(each["same_as_id"] or each["id"], []).append(each)
    if not acts:
        return None
    counted = [max(act, key=lambda each: (most(each), dec(each["lowest"]))) for act in acts.values()]
    needed = [each for each in counted if not each["optional"]]
    least = needed or [min(counted, key=lambda each: dec(each["lowest"]))]
    return Range(
        floor=added(least, "floor"), lowest=added(least, "lowest"), optional=not needed, basis=basis_of(counted[0]),
        highest=None if any(each["highest"] is None for each in counted) else added(counted, "highest"),
    )  # fmt: skip


def added(findings: Iterable[Mapping], name: str) -> Decimal:
    """A sum of the findings added up."""
    return sum((dec(each[name]) for each in findings), Decimal(0))


def intended(findings: Iterable[Mapping]) -> Decimal:
    """The fine intended by the findings of all parties; of several on one act only the highest."""
    acts: dict[int, Decimal] = {}
    for each in findings:
        act = each["same_as_id"] or each["id"]
        acts[act] = max(acts.get(act, Decimal(0)), dec(each["amount"]))
    return sum(acts.values(), Decimal(0))


def most(finding: Mapping) -> Decimal:
    """The highest fine of a finding; without end where the law names none."""
    return ENDLESS if finding["highest"] is None else dec(finding["highest"])


def dec(value) -> Decimal:
    """A sum as the file holds it."""
    return Decimal(str(value))


def basis_of(finding: Mapping) -> str:
    """The penalising article of a finding, in the version that applies."""
    version = law().power(finding["power"]).version(date.fromisoformat(finding["version"]))
    return version.penalised[0] if version.penalised else ""

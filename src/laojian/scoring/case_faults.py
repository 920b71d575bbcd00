"""What can be wrong with a file that establishes a violation: sources, evidence, sums, findings, decisions. Pure, like `faults.py`.

Each rule looks at parts of the file by name; a file whose flow has no such part has no such flaw.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from laojian.cases.guards import ORDERS, awaits
from laojian.cases.panel import triggers
from laojian.cases.rules import demanded, hearing_told
from laojian.intake.models import Source
from laojian.lawbook import Set, law
from laojian.lawbook.scoring import Look

from .facts import Did, Facts, Flaw

Flaws = Iterable[Flaw]
PAIR = 2
LIABLE = ("respondent", "liable")


def source_lacks(facts: Facts, look: Look) -> Flaws:
    """A source that does not say what it should."""
    for source in facts.part("sources"):
        for name, label in look.fields:
            if not source.get(name):
                yield Flaw(f"来源 {source['number']} 没有登记{label}", entry=1)


def informant_open(facts: Facts, look: Look) -> Flaws:
    """Who reported stands in the open part of the file."""
    for source in facts.part("sources"):
        if source["kind"] == Source.Kind.TIP and any(
            source.get(name) for name in ("name", "id_number", "phone", "address")
        ):
            yield Flaw(f"举报 {source['number']} 的举报人信息没有密封", entry=1)


def unanswered(facts: Facts, look: Look) -> Flaws:
    """A source that waits for its answer."""
    for source in facts.part("sources"):
        if awaits(source):
            yield Flaw(f"{Source.Kind(source['kind']).label} {source['number']} 没有答复", entry=1)


def too_few(facts: Facts, look: Look) -> Flaws:
    """A record or a piece of evidence taken by one officer alone."""
    for held in facts.part("inquiries"):
        if len(held["inspectors"]) < PAIR:
            wrote = (did.seq for did in facts.steps if (did.given or {}).get("inquiry") == held["id"])
            yield Flaw(f"“{held['person']}”的笔录由不足两名执法人员制作", entry=next(wrote, 1))
    for piece in facts.evidence:
        if not piece["from_complainant"] and len(piece["collectors"]) < PAIR:
            yield Flaw(f"证据 {piece['ordinal']}“{piece['title']}”由不足两名执法人员收集", evidence=piece["id"])


def undecided_avoidance(facts: Facts, look: Look) -> Flaws:
    """A request for avoidance on which nobody decided."""
    for each in facts.part("avoidances"):
        if each["granted"] is None:
            yield Flaw(f"对{each['name']}的回避申请没有决定", entry=each["seq"])


def evidence_lacks(facts: Facts, look: Look) -> Flaws:
    """A piece of evidence that does not say what it should, a copy not compared, electronic data without a note of extraction."""
    for piece in facts.evidence:
        wrong = [f"没有注明{label}" for name, label in look.fields if not piece.get(name)]
        wrong += ["是复制件，没有与原件核对"] * (piece["form"] == "copy")
        wrong += ["没有提取说明"] * (piece["kind"] == "electronic" and not piece["extraction"])
        for text in wrong:
            yield Flaw(f"证据 {piece['ordinal']}“{piece['title']}”{text}", evidence=piece["id"])


def sums_differ(facts: Facts, look: Look) -> Flaws:
    """What was demanded is more than the ledger found, or workers are named without a sum."""
    ledger = facts.parts.get("claims") or {}
    if not ledger.get("workers"):
        return
    total = Decimal(str(ledger["found"]))
    if not total:
        yield Flaw("登记了劳动者，没有逐人的金额", entry=next((d.seq for d in facts.taken("claim_workers")), 0))
    rows = [
        {**o, "party": o["addressee_id"], "debtor": o["debtor_id"]}
        for o in facts.part("obligations")
        if o["kind"] == "pay"
    ]
    for seq in dict.fromkeys(row["seq"] for row in rows):
        asked = demanded(row for row in rows if row["seq"] == seq)
        if asked is not None and asked > total:
            yield Flaw(f"要求支付 ¥{asked:,.2f}，台账查明 ¥{total:,.2f}", entry=seq)


def kept_unapproved(facts: Facts, look: Look) -> Flaws:
    """Something was kept before anybody approved."""
    for kept in facts.part("keepings"):
        if kept["kept_on"] and not (kept["approved_on"] and kept["approved_on"] <= kept["kept_on"]):
            yield Flaw(f"{kept['kept_on']} 登记保存，没有先经批准", entry=kept["seq"])


def beyond_power(facts: Facts, look: Look) -> Flaws:
    """A violation was found under a power that the bureau did not hold."""
    for row in facts.part("findings"):
        if row["power"] in facts.powers:
            yield Flaw(f"认定“{law().power(row['power']).label}”，不在本机关的权责清单之内", entry=row["seq"])


def unfounded(facts: Facts, look: Look) -> Flaws:
    """A decision without any evidence, or a fine on somebody of whom no violation was found."""
    for did in facts.taken(*look.verbs):
        if not facts.evidence and not facts.part("inquiries"):
            yield Flaw(f"{did.on} “{did.label}”，卷内没有证据", entry=did.seq)
        accused = {row["party_id"] for row in facts.part("findings")}
        for row in fines(facts, did):
            if row["addressee_id"] not in accused:
                yield Flaw(f"对{row['addressee']}罚款，没有认定它的违法行为", entry=did.seq)


def fines(facts: Facts, did: Did) -> list[Mapping]:
    """The fines that a step imposed."""
    return [o for o in facts.part("obligations") if o["kind"] == "fine" and o["seq"] == did.seq]


def wrong_party(facts: Facts, look: Look) -> Flaws:
    """Something is demanded of somebody who is no party, or neither respondent nor liable."""
    people = {party["id"]: party for party in facts.part("parties")}
    for row in facts.part("obligations"):
        if people.get(row["addressee_id"], {}).get("role") not in LIABLE:
            yield Flaw(f"{row['addressee']}不是被查处或者承担责任的当事人", entry=row["seq"])


def not_in_force(facts: Facts, look: Look) -> Flaws:
    """Something is demanded on an article that was not in force on the day."""
    days = {did.seq: did.on for did in facts.steps}
    for row in facts.part("obligations"):
        article, on = law().articles.get(row["ground"]), days.get(row["seq"], facts.on)
        if article is None or not article.in_force(on):
            cite = article.cite if article else row["ground"]
            yield Flaw(f"对{row['addressee']}依据{cite}，{on} 不施行", entry=row["seq"])


def out_of_range(facts: Facts, look: Look) -> Flaws:
    """A fine above the highest, or below the least, of what was found against the party."""
    for did in facts.taken(*look.verbs)[-1:]:
        for key in dict.fromkeys(row["addressee_id"] for row in fines(facts, did)):
            own = [row for row in fines(facts, did) if row["addressee_id"] == key]
            total = sum((Decimal(str(row["amount"] or 0)) for row in own), Decimal(0))
            acts = [row for row in facts.part("findings") if row["party_id"] == key and not row["same_as_id"]]
            tops = [row["highest"] for row in facts.part("findings") if row["party_id"] == key]
            least = sum((Decimal(str(row["floor"])) for row in acts if not row["optional"]), Decimal(0))
            if acts and None not in tops and total > sum((Decimal(str(top)) for top in tops), Decimal(0)):
                yield Flaw(f"对{own[0]['addressee']}罚款 ¥{total:,.2f}，高于认定的法定幅度", entry=did.seq)
            elif acts and total < least:
                yield Flaw(f"对{own[0]['addressee']}罚款 ¥{total:,.2f}，低于可以低至的 ¥{least:,.2f}", entry=did.seq)


def fined(facts: Facts, did: Did) -> Decimal:
    """What a step fined altogether."""
    return sum((Decimal(str(row["amount"] or 0)) for row in fines(facts, did)), Decimal(0))


def heavier(facts: Facts, look: Look) -> Flaws:
    """The fine is above the one that the newest notice told."""
    for did in facts.taken(*look.verbs)[-1:]:
        told = [
            each
            for each in facts.taken("propose_notice", "renotify")
            if each.seq < did.seq and (each.given or {}).get("fine")
        ]
        amount, before = fined(facts, did), Decimal(str(told[-1].given["fine"])) if told else None
        if before is not None and amount > before:
            yield Flaw(f"罚款 ¥{amount:,.2f}，高于告知的 ¥{before:,.2f}", entry=did.seq)


def hearing_untold(facts: Facts, look: Look) -> Flaws:
    """A fine of which the right to a hearing had to be told, and no time to ask for it ever ran."""
    kinds = [party["kind"] for party in facts.part("parties") if party["role"] == "respondent"]
    for did in facts.taken(*look.verbs)[-1:]:
        amount = fined(facts, did)
        must = amount and hearing_told(facts.options, amount, kinds, did.on)
        if must and not any(clock["key"] == "hearing_request" for clock in facts.part("clocks")):
            yield Flaw(f"罚款 ¥{amount:,.2f}，没有告知听证权利", entry=did.seq)


def hearing_left(facts: Facts, look: Look) -> Flaws:
    """A hearing was asked for and was not over when the decision was made."""
    for did in facts.taken(*look.verbs)[-1:]:
        asked = [each for each in facts.taken("request_hearing") if each.seq < did.seq]
        over = [each for each in facts.taken("hearing_closed") if each.seq < did.seq]
        if len(asked) > len(over):
            yield Flaw("当事人要求听证，听证没有结束就作出了决定", entry=did.seq)


def undiscussed(facts: Facts, look: Look) -> Flaws:
    """A penalty that the leaders had to discuss and did not."""
    for did in facts.taken(*look.verbs)[-1:]:
        limit = law().local("discussion_amount", facts.options, did.on)
        so = {
            "mitigated": any(Decimal(str(f["amount"])) < Decimal(str(f["lowest"])) for f in facts.part("findings")),
            "amount": isinstance(limit, Set) and fined(facts, did) >= limit.value,
            "judged": (did.given or {}).get("major") == "yes",
        }
        must = [t.label for t in triggers() if (facts.taken(*t.steps) if t.by == "step" else so[t.by])]
        if must and not any(each.seq < did.seq for each in facts.taken("record_discussion")):
            yield Flaw(f"{'、'.join(must)}，没有集体讨论", entry=did.seq)


def unreckoned(facts: Facts, look: Look) -> Flaws:
    """A finding whose fine does not say how it was reckoned."""
    for row in facts.part("findings"):
        if row["amount"] and not row["why"]:
            yield Flaw(f"认定“{law().power(row['power']).label}”没有裁量的计算过程", entry=row["seq"])


def order_left(facts: Facts, look: Look) -> Flaws:
    """A correction order that was served and never checked."""
    for paper in facts.papers:
        checked = any(each.seq > paper["nth"] for each in facts.taken("note_correction"))
        if paper["code"] in ORDERS and paper["services"] and not paper["voided"] and not checked:
            yield Flaw(f"{paper['label']}{paper['number']}送达后没有核实改正情况", paper=paper["id"])


def paid_late(facts: Facts, look: Look) -> Flaws:
    """A fine paid after its last day, and nothing was done about the surcharge."""
    ends = [clock["due_on"] for clock in facts.part("clocks") if clock["key"] == "pay"]
    for row in facts.part("obligations"):
        if row["kind"] == "fine" and row["met_on"] and ends and row["met_on"] > max(ends) and not facts.taken(*look.by):
            yield Flaw(f"{row['addressee']} {row['met_on']} 才缴清罚款，没有办理加处", entry=row["seq"])


FAULTS: dict[str, Callable[[Facts, Look], Flaws]] = {
    rule.__name__: rule
    for rule in (
        source_lacks, informant_open, unanswered, too_few, undecided_avoidance, evidence_lacks, sums_differ, kept_unapproved,
        beyond_power, unfounded, wrong_party, not_in_force, out_of_range, heavier, hearing_untold, hearing_left, undiscussed,
        unreckoned, order_left, paid_late,
    )
}  # fmt: skip

"""What can be wrong with any file: one function for each rule of law/review/. Facts and the row in, flaws out; pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime

from laojian.clocks.rules import stands_still
from laojian.lawbook import law
from laojian.lawbook.scoring import Look
from laojian.procedure.step import local

from .facts import Did, Facts, Flaw

Flaws = Iterable[Flaw]


def late(facts: Facts, look: Look) -> Flaws:
    """A period of the authority that ended, or still runs, past its last day."""
    for clock in facts.part("clocks"):
        if (
            clock["key"] not in look.clocks
            or clock["provisional"]
            or clock["ending"] == "lapsed"
            or stands_still(clock)
        ):
            continue
        ended, today = clock["ended_on"] if clock["ending"] else "", facts.on.isoformat()
        if (ended or today) > clock["due_on"]:
            word = f"{ended} 才办" if ended else "还没有办"
            did = next((each for each in facts.steps if clock["key"] in each.late), None)
            text = f"“{law().clock(clock['key']).label}”至 {clock['due_on']} 届满，{word}"
            yield Flaw(text, entry=did.seq if did else 0, clock=clock["id"], basis=clock["basis"])


def late_unexplained(facts: Facts, look: Look) -> Flaws:
    """A step that ended a period too late and does not say why."""
    for did in facts.steps:
        for key in did.late:
            if key in look.clocks and did.given is not None and not did.given.get("late_reason"):
                yield Flaw(f"{did.on} “{did.label}”超过“{law().clock(key).label}”，没有说明理由", entry=did.seq)


def lacks(facts: Facts, look: Look) -> Flaws:
    """A step (the newest, or each) whose entry does not say what it should."""
    dids = facts.taken(*look.verbs)
    for did in dids if look.each else dids[-1:]:
        for name, label in look.fields if did.given is not None else ():
            if did.given.get(name) in (None, "", [], {}, False):
                yield Flaw(f"{did.on} “{did.label}”没有写明{label}", entry=did.seq)


def not_before(facts: Facts, look: Look) -> Flaws:
    """A step that was taken without another before it, or not since a third that makes it due anew."""
    for did in facts.taken(*look.verbs):
        base = max((each.seq for each in facts.taken(*look.since) if each.seq < did.seq), default=0)
        if not any(base < each.seq < did.seq for each in facts.taken(*look.by)):
            yield Flaw(f"{did.on} “{did.label}”：{look.says}", entry=did.seq)


def left_undone(facts: Facts, look: Look) -> Flaws:
    """A step that said one thing of several, after which another had to follow and did not."""
    for did in facts.taken(*look.verbs)[-1:]:
        if (did.given or {}).get(look.field) in look.of and not facts.taken(*look.by):
            yield Flaw(look.says, entry=did.seq)


def same_hand(facts: Facts, look: Look) -> Flaws:
    """Somebody took a step after a hand in what it looks at."""
    before = {did.actor_id for did in facts.taken(*look.by)}
    for did in facts.taken(*look.verbs):
        if did.actor_id in before:
            yield Flaw(f"{did.on} “{did.label}”（{did.actor}）：{look.says}", entry=did.seq)


def uncertified(facts: Facts, look: Look) -> Flaws:
    """Somebody acted without a certificate that was valid on the day."""
    for did in facts.taken(*look.verbs):
        if not did.certificate and did.given is not None:
            yield Flaw(f"{did.on} “{did.label}”（{did.actor}）：{look.says}", entry=did.seq)


def unqualified(facts: Facts, look: Look) -> Flaws:
    """A reviewer who is no lawyer, and of whom nothing else is written down."""
    for did in facts.taken(*look.verbs):
        if did.given is not None and did.actor_id not in facts.lawyers and not did.given.get(look.field):
            yield Flaw(f"{did.on} “{did.label}”（{did.actor}）：{look.says}", entry=did.seq)


def papers_of(facts: Facts, look: Look) -> Iterator[Mapping]:
    """The fixed papers that the row is about, as far as they were drafted before what it waits for."""
    since = facts.last(*look.after)
    for paper in facts.papers:
        wanted = (not look.codes or paper["code"] in look.codes) and paper["code"] not in look.besides
        if wanted and not paper["voided"] and (not look.after or paper["nth"] < since.seq):
            yield paper


def named(paper: Mapping) -> str:
    """A paper in words."""
    return f"{paper['label']}{paper.get('number') or ''}"


def unwritten(facts: Facts, look: Look) -> Flaws:
    """A step drafted a paper that was never fixed, though the file has gone on."""
    since = facts.last(*look.after) or (facts.steps[-1] if facts.steps else None)
    for did in facts.steps:
        for code in set(look.codes).intersection(did.drafted):
            fixed = any(p["code"] == code and p["nth"] >= did.seq and not p["voided"] for p in facts.papers)
            if not fixed and since and did.seq < since.seq:
                draft = next((d for d in facts.drafts if d["code"] == code and d["nth"] == did.seq), {})
                word = "仍是草稿，没有成文" if draft else "没有成文的文书"
                label = draft.get("label") or facts.labels.get(code, code)
                yield Flaw(f"{did.on} “{did.label}”的{label}{word}", entry=did.seq, paper=draft.get("id", 0))


def draft_left(facts: Facts, look: Look) -> Flaws:
    """Drafts that were neither fixed nor voided."""
    since = facts.last(*look.after)
    for draft in facts.drafts:
        if draft["code"] not in look.besides and (not since or draft["nth"] < since.seq):
            yield Flaw(f"{draft['label']}仍是草稿，没有成文也没有作废", entry=draft["nth"], paper=draft["id"])


def unsigned(facts: Facts, look: Look) -> Flaws:
    """A fixed paper that nobody sealed or signed, and should have been."""
    for paper in papers_of(facts, look):
        if paper["wants_seal"] and not paper["seals"]:
            yield Flaw(f"{named(paper)}没有盖章、签名的扫描件", entry=paper["nth"], paper=paper["id"])


def unserved(facts: Facts, look: Look) -> Flaws:
    """A fixed paper that did not reach each of those it is addressed to."""
    for paper in papers_of(facts, look):
        reached = {service["party_id"] for service in paper["services"]}
        bound = {o["addressee_id"]: o["addressee"] for o in facts.part("obligations") if o["seq"] == paper["nth"]}
        bound = bound or {p["id"]: p["name"] for p in facts.part("parties") if p["role"] == "respondent"}
        for key, name in bound.items():
            if key not in reached:
                yield Flaw(f"{named(paper)}没有送达{name}", entry=paper["nth"], paper=paper["id"])


def no_receipt(facts: Facts, look: Look) -> Flaws:
    """A service without its receipt, or by one officer alone."""
    for paper in papers_of(facts, look):
        for service in paper["services"]:
            if service["method"] in ("announced", "post", "electronic"):
                continue
            if not service["receipt"]:
                yield Flaw(f"{named(paper)}送达{service['addressee']}没有送达回证", paper=paper["id"])
            if len(service["servers"]) < PAIR:
                yield Flaw(f"{named(paper)}送达{service['addressee']}的送达人少于两人", paper=paper["id"])


PAIR = 2


def backdated(facts: Facts, look: Look) -> Flaws:
    """A paper, seal or service dated before what it rests on."""
    days = {did.seq: did.on.isoformat() for did in facts.steps}
    for paper in facts.papers:
        if paper["voided"]:
            continue
        if paper["issued_on"] < days.get(paper["nth"], ""):
            yield Flaw(f"{named(paper)}的成文日期早于起草它的步骤", entry=paper["nth"], paper=paper["id"])
        if any(str(seal["on"]) < paper["issued_on"] for seal in paper["seals"]):
            yield Flaw(f"{named(paper)}的盖章日期早于成文日期", paper=paper["id"])
        if any(day_of(service["done_at"]).isoformat() < paper["issued_on"] for service in paper["services"]):
            yield Flaw(f"{named(paper)}的送达时间早于成文日期", paper=paper["id"])


def approved_late(facts: Facts, look: Look) -> Flaws:
    """A paper that was approved after it had been fixed."""
    fixed: dict[int, Did] = {}
    for did in facts.steps:
        paper = (did.given or {}).get("paper")
        if did.verb == "issue_paper":
            fixed[paper] = did
        elif did.verb == "approve_paper" and paper in fixed:
            yield Flaw(f"{did.on} 才批准已经成文的文书", entry=did.seq, paper=paper)


def recorded_late(facts: Facts, look: Look) -> Flaws:
    """What happened was entered more than so many days later."""
    for did in facts.steps:
        for name, label in look.fields:
            if text := (did.given or {}).get(name):
                happened = day_of(str(text))
                if happened < did.on and days_between(happened, did.on, look.unit) > look.within:
                    yield Flaw(f"{happened} {label}，{did.on} 才登记“{did.label}”", entry=did.seq)


def day_of(text: str) -> date:
    """The day in China of a moment or a day, as the record holds it."""
    moment = datetime.fromisoformat(text)
    return local(moment).date() if moment.tzinfo else moment.date()


def days_between(first: date, last: date, unit: str) -> int:
    """How many days after the first the last is, in this unit."""
    return law().calendar.workdays_between(first, last) if unit == "working_day" else (last - first).days


FAULTS: dict[str, Callable[[Facts, Look], Flaws]] = {
    rule.__name__: rule
    for rule in (
        late, late_unexplained, lacks, not_before, left_undone, same_hand, uncertified, unqualified, unwritten, draft_left, unsigned,
        unserved, no_receipt, backdated, approved_late, recorded_late,
    )
}  # fmt: skip

"""What came before a step, as its page shows it: what was said last, and what the form begins with, so that nobody types it twice."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from django.forms import Field
from django.utils.timezone import now

from laojian.cases.checklist import filled
from laojian.cases.findings import basis_of, intended, order_state
from laojian.cases.forms.fields import Moment, Scan
from laojian.cases.grounds import grounds
from laojian.cases.guards import owing
from laojian.cases.matters import matters
from laojian.cases.tracks import said as said_in
from laojian.lawbook import law
from laojian.papers.actions import templates
from laojian.people.models import Officer
from laojian.procedure.step import File, Step, local
from laojian.record.models import Entry
from laojian.review.forms import of_case

from .present import moment_of

SAID = ("end_investigation", "propose_notice", "renotify", "reexamine", "order_correction", "note_correction")
CARRIED = (
    "facts",
    "violated",
    "basis",
    "discretion",
    "evidence",
)  # said once, and again by each later step until changed
RENAMED = {"intended": ("intended", "proposed"), "decided": ("intended", "proposed"), "adopted": ("reasons",)}
LABELS = {"late_reason": "逾期说明"}
FROZEN = {"vetoed": "成立的否决项", "lost": "扣分项"}  # what a step found out by itself, besides what was typed


def brief(file: File) -> list[dict]:
    """What whoever decides must have in sight: what the step that brought the file here said, and what is proposed. Two queries."""
    moved = [each for each in file.took if each[1] in file.flow.by_verb and file.flow[each[1]].target == file.state]
    last = Entry.objects.filter(dossier_id=file.id, seq=moved[-1][0]).first() if moved else None
    rows = [("承办人员", "、".join(names(file)))] + (said(file, last) if last else [])
    case = (file.tells("case") and file.case) or {}
    told = {label for label, _ in rows}
    more = [("查明事实", case.get("facts")), ("拟罚款（元）", case.get("proposed_fine"))]
    rows += [(label, str(text)) for label, text in more if text and label not in told]
    return [{"label": label, "text": text} for label, text in rows if text]


def names(file: File) -> list[str]:
    """The names of the two inspectors. One query when there are any."""
    ids = [key for key in (file.dossier["lead_id"], file.dossier["second_id"]) if key]
    found = Officer.objects.in_bulk(ids) if ids else {}
    return [found[key].name for key in ids]


def said(file: File, entry: Entry) -> list[tuple[str, str]]:
    """What was entered with a step, by the labels of its form; ids of rows, scans and particulars of people are left out."""
    form = file.flow[entry.verb].given(file=file, on=file.on)
    private = {*form.sealed, *getattr(form, "COMPLAINANT", ()), *getattr(form, "ORAL", ())}
    rows = [("上一步", f"{entry.label}，{entry.actor_name}，{local(entry.at):%Y-%m-%d %H:%M}")]
    for name, field in form.fields.items():
        value = entry.given.get(name)
        if name in private or isinstance(field, Scan):
            continue
        if value is True or (isinstance(value, str) and value):
            rows.append((field.label, in_words(field, value)))
    return rows + [(label, entry.given[name]) for name, label in FROZEN.items() if entry.given.get(name)]


def in_words(field: Field, value: str | bool) -> str:
    """What was entered in a field, as people say it."""
    if value is True:
        return "是"
    if isinstance(field, Moment):
        return f"{moment_of(value):%Y-%m-%d %H:%M}"
    return str(dict(getattr(field, "choices", ())).get(value, value))


def first_values(file: File, step: Step, query: Mapping) -> dict:
    """What the form begins with: this moment where one is asked, what earlier steps said, what the link names."""
    fields = step.given.base_fields
    moment = local(now()).replace(second=0, microsecond=0)
    at_once = {
        name: moment if isinstance(field, Moment) else file.on
        for name, field in fields.items()
        if getattr(field, "now", False)
    }
    maker = MAKERS.get(step.verb)
    known = at_once | by_matter(file) | carried(file, fields) | (maker(file, step) if maker else {})
    named = {name: value for name, value in query.items() if name in fields}
    return {name: value for name, value in known.items() if name in fields and value not in (None, "")} | named


def by_matter(file: File) -> dict:
    """The articles that a matter usually violates, and on which it is dealt with."""
    case = file.case if file.tells("case") else None
    if not case:
        return {}
    matter = matters()[case["matter"]]
    cites = {"violated": matter.violated, "basis": matter.penalty}
    told = {name: "、".join(law().article(key).cite for key in keys) for name, keys in cites.items()}
    return told | {
        "matter": matter.key,
        "began_on": case["began_on"],
        "ceased_on": case["ceased_on"],
        "fine": case["proposed_fine"],
    }


def carried(file: File, fields: Mapping) -> dict:
    """What earlier steps said under the same name or its forerunner. One query when the form asks for any of it."""
    wanted = {name: RENAMED.get(name, (name,)) for name in fields if name in CARRIED or name in RENAMED}
    if not wanted:
        return {}
    entries = list(Entry.objects.filter(dossier_id=file.id, kind="step", verb__in=SAID).order_by("seq"))
    values = {}
    for entry in entries:
        for name, sources in wanted.items():
            values[name] = next((entry.given[each] for each in sources if entry.given.get(each)), values.get(name))
    return {name: value for name, value in values.items() if value}


def respondent(file: File) -> int | None:
    """The first party against whom the file is directed."""
    return next((party["id"] for party in file.parties if party["role"] == "respondent"), None)


def ordering(file: File, step: Step) -> dict:
    """An order begins with the respondent: to pay what is owed, or to put things right."""
    owed = owing(file)
    row = {
        "party": respondent(file),
        "kind": "pay",
        "ground": "lsr-26",
        "demand": "支付拖欠的工资",
        "amount": str(owed),
    }
    if not owed:
        row = {"party": respondent(file), "kind": "correct", "ground": "lsr-18", "demand": "改正上述违法行为"}
    return {"addressees": [row], "unit": "working_day", "basis": ""}


def finding(file: File, step: Step) -> dict:
    """A finding begins with the respondent, the days of the case, and the power that its matter usually calls for."""
    wanted = set(matters()[file.case["matter"]].penalty)
    usual = [p.key for p in law().powers.values() if p.kind == "penalty" and wanted & set(p.versions[-1].penalised)]
    unheeded = [REFUSED] if order_state(file) == "disobeyed" else []
    people = file.claims["workers"]
    return {
        "party": respondent(file), "power": (usual + unheeded)[0] if usual or unheeded else "", "whom": "employer",
        "groups": [{"people": people}] if people else [],
    }  # fmt: skip


REFUSED = "refuse-order"  # the power that an order not obeyed calls for


def penalising(file: File, step: Step) -> dict:
    """A penalty begins with the fine that was told, or with what was found of each party."""
    told = file.case["proposed_fine"]
    parties = list(dict.fromkeys(each["party_id"] for each in file.findings)) or [respondent(file)]
    rows = []
    for party in parties:
        own = [each for each in file.findings if each["party_id"] == party]
        fine = told if told is not None and len(parties) == 1 else intended(own)
        ground = basis_of(own[0]) if own and basis_of(own[0]) in grounds() else ""
        rows += (
            [{"party": party, "kind": "fine", "demand": "缴纳罚款", "ground": ground, "amount": str(fine)}]
            if fine
            else []
        )
    return {"addressees": rows}


def treating(file: File, step: Step) -> dict:
    """A treatment decision begins with what the orders demanded and nobody did."""
    rows = [
        {"party": o["addressee_id"], "kind": o["kind"], "ground": o["ground"], "demand": o["demand"], "debtor": o["debtor_id"],
         "amount": o["amount"] and str(min(Decimal(str(o["amount"])) - Decimal(str(o["paid"])), owing(file)))}
        for o in file.obligations if not o["met_on"]
    ]  # fmt: skip
    return {"addressees": rows, "unit": "day"}


def serving(file: File, step: Step) -> dict:
    """A service begins with the newest sealed paper that has not reached all it binds, and whom it has not reached."""
    codes = getattr(step.given, "CODES", ())
    other = next((name for key, name in zip((file.dossier["lead_id"], file.dossier["second_id"]), names(file), strict=False)
                  if key != file.actor["id"]), "")  # fmt: skip
    for paper in reversed(file.papers):
        served = {service["party_id"] for service in paper["services"]}
        bound = [o["addressee_id"] for o in file.obligations if o["seq"] == paper["nth"]]
        wanted = [party for party in bound or [paper["given"].get("party") or respondent(file)] if party not in served]
        if paper["seals"] and wanted and (paper["code"] in codes if codes else templates()[paper["code"]].serve):
            return {"paper": paper["id"], "party": wanted[0], "second_server": other}
    return {"second_server": other}


def announcing(file: File, step: Step) -> dict:
    """An announcement begins with the newest sealed paper that has not reached somebody."""
    found = serving(file, step)
    return {name: found[name] for name in ("paper", "party") if name in found}


def confirming(file: File, step: Step) -> dict:
    """A confirmation of address begins with the respondent as the file knows it."""
    party = next((party for party in file.parties if party["role"] == "respondent"), None)
    return {"party": party["id"], "address": party["address"], "phone": party["phone"]} if party else {}


def paying(file: File, step: Step) -> dict:
    """A payment begins with the respondent and the one demand that is open."""
    open_ = [o["id"] for o in file.obligations if not o["met_on"] and o["kind"] == "pay"]
    return {"payer": respondent(file), "obligation": open_[0] if len(open_) == 1 else None}


def facing(file: File, step: Step) -> dict:
    """Whoever is heard speaks for the respondent, unless it is said otherwise."""
    return {"party": respondent(file)}


def on_spot(make: Callable[[File, Step], dict]) -> Callable[[File, Step], dict]:
    """On the spot the facts are those with which the file was opened."""
    return lambda file, step: make(file, step) | {"facts": file.case["facts"]}


def cashing(file: File, step: Step) -> dict:
    """Cash begins with the one fine that is open."""
    open_ = [o for o in file.obligations if o["kind"] == "fine" and not o["met_on"]]
    return {"obligation": open_[0]["id"], "amount": open_[0]["amount"]} if len(open_) == 1 else {}


def presenting(file: File, step: Step) -> dict:
    """A hearing begins at the hour that was set, and with every piece of evidence of its case, none of which may be forgotten."""
    setting = said_in(file, "notify_hearing")
    began = {"began_at": moment_of(setting["held_at"])} if setting else {}
    return began | {"crossed": [{"piece": key} for key in file.once(of_case)]}


def reviewing(file: File, step: Step) -> dict:
    """A review begins with what the file shows for each line."""
    return {line.key: line.mark or "pass" for line in file.once(filled)}


MAKERS: Mapping[str, Callable[[File, Step], dict]] = {
    "order_correction": ordering, "find_violation": finding, "decide_penalty": penalising, "decide_treatment": treating,
    "register_payment": paying, "order_on_spot": on_spot(ordering), "punish_on_spot": on_spot(penalising), "take_cash": cashing,
    **dict.fromkeys(("serve_order", "serve_notice", "serve_decision", "serve_paper", "deliver_order", "deliver_penalty"), serving),
    "announce": announcing, "confirm_address": confirming, "hold_hearing": presenting,
    **dict.fromkeys(("pass_pre_review", "return_pre_review", "pass_review", "fix_review", "return_review"), reviewing),
    **dict.fromkeys(("call_in", "record_inquiry", "record_inspection", "hear_statement", "waive", "request_hearing"), facing),
}  # fmt: skip

"""What a case tells its papers, in the words of law/papers/vocabulary.yaml. What costs a query is a function, asked only when read."""

import json
from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from django.db import connection

from laojian.employers.identifiers import mask_name
from laojian.evidence.models import Evidence
from laojian.intake.models import Source
from laojian.lawbook import law
from laojian.lawbook.applicable import ASKED
from laojian.lawbook.words import joined
from laojian.papers.filters import ended
from laojian.people.queries import carried
from laojian.procedure.step import File, local

from . import course
from .forms.paper import DECISIONS
from .matters import matters
from .models import Case, Obligation, Party, Payment
from .queries import RECORDS, claim_table
from .rules import hearing_told

CLOCK = ("started_on", "due_on", "provisional", "basis", "length", "unit")
DECIDED = ("decide_penalty", "decide_treatment", "decide_no_penalty", "revoke_filing")


def facts(file: File, given: Mapping, seq: int = 0) -> dict:
    """The facts of a file for a paper that its entry `seq` drafted (0: the newest). An informant's name never stands in them."""
    seq = seq or file.seq
    lying = cache(lambda: taken_and_kept(file.id, seq) if file.took else ([], []))
    steps = cache(lambda: lying()[0])
    table = cache(lambda: claims(file, seq))
    respondents = [p for p in file.parties if p["role"] == "respondent"]
    bound = [o for o in file.obligations if o["seq"] == seq]
    addressees = addressed(file, given, respondents, bound)
    return {
        "bureau": bureau(file),
        "dossier": dossier(file),
        "case": cache(lambda: case(file, steps())),
        "employer": employer(respondents[0]) if respondents else {},
        "parties": [party(row) for row in file.parties if row["role"] in ("respondent", "liable")],
        "addressees": addressees,
        "addressee": addressees[0] if addressees else {},
        "bound": [obligation(file, row) for row in bound],
        "findings": [finding(row) for row in file.findings],
        "obligations": [obligation(file, row) for row in file.obligations],
        "sources": [source(row) for row in file.sources],
        "officers": cache(lambda: officers(file)),
        "claims": table,
        "wages": cache(lambda: wages(file, table())),
        "payments": cache(lambda: payments(file)),
        "evidence": cache(lambda: evidence(file, lying()[1], given.get("set_aside") or ())),
        "clocks": clocks(file, given),
        "approvals": cache(lambda: course.approvals(file, steps())),
        "earlier": cache(lambda: {e.verb: e.given for e in steps()}),
        "orders": cache(lambda: course.orders(file, steps())),
        "notices": course.notices(file),
        "statements": cache(lambda: course.statements(steps())),
        "events": cache(lambda: course.events(steps())),
        "given": given,
    }  # fmt: skip


TAKEN_AND_KEPT = """
SELECT (SELECT coalesce(jsonb_agg(jsonb_build_object('seq', e.seq, 'verb', e.verb, 'label', e.label, 'at', e.at, 'given', e.given,
          'actor_name', e.actor_name, 'actor_post', e.actor_post) ORDER BY e.seq), '[]')
        FROM record_entry e WHERE e.dossier_id = %(id)s AND e.kind = 'step' AND e.seq <= %(seq)s)::text,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'ordinal', v.ordinal, 'title', v.title, 'kind', v.kind,
          'proves', v.proves, 'pages', v.pages, 'provider', v.provider, 'collected_by', v.collected_by, 'form', v.form,
          'collected_on', v.collected_on) ORDER BY v.ordinal), '[]')
        FROM evidence_evidence v WHERE v.dossier_id = %(id)s AND NOT v.sealed)::text"""


class Taken(NamedTuple):
    """A step that was taken, as papers tell of it."""

    seq: int
    verb: str
    label: str
    at: datetime
    given: dict
    actor_name: str
    actor_post: str


def taken_and_kept(dossier_id: int, seq: int) -> tuple[list[Taken], list[dict]]:
    """The file's steps up to this one and its evidence, sealed pieces never, each in order. One statement for both."""
    with connection.cursor() as cursor:
        cursor.execute(TAKEN_AND_KEPT, {"id": dossier_id, "seq": seq})
        steps, pieces = (json.loads(text) for text in cursor.fetchone())
    return [Taken(**row | {"at": datetime.fromisoformat(row["at"])}) for row in steps], pieces


def steps_of(dossier_id: int, seq: int) -> list[Taken]:
    """The file's steps up to this one, in order."""
    return taken_and_kept(dossier_id, seq)[0]


def bureau(file: File) -> dict:
    """The bureau as its papers name it; the body of reconsideration is that of the day of the paper (arl-24)."""
    row, place = file.bureau, file.bureau["arbitration"] or {}
    two = not law().article("arl-24").in_force(file.on) and row["parent_id"]
    return {
        "name": row["name"], "short": row["short"], "word": row["short"], "address": row["address"], "phone": row["phone"],
        "reconsideration": row["reconsideration"], "court": row["court"], "fine_bank": row["fine_bank"],
        "superior": row["superior"] if two else None,
        "arbitration": place.get("name"), "query_url": row["options"].get("query_url"),
        "arbitration_address": "，电话 ".join(filter(None, (place.get("address"), place.get("phone")))),
        "supervision_phone": row["options"].get("supervision_phone"), "postcode": row["options"].get("postcode"),
    }  # fmt: skip


def dossier(file: File) -> dict:
    """Number, title, matter, outcome and the days of the file."""
    row = file.dossier
    made = [p for p in file.papers if p["code"] in DECISIONS and not p["voided"]]
    state = file.flow.by_state[row["state"]]
    return {
        "number": row["number"], "title": row["title"], "opened_on": row["opened_on"], "filed_on": row["filed_on"],
        "cause": matters()[file.case["matter"]].label if file.case else "",
        "received_at": file.sources[0]["received_at"] if file.sources else None,
        "outcome": "；".join(f"{p['label']}（{p['number']}）" for p in made) or (state.label if state.final else ""),
        "ended_on": day(file, "end_investigation"), "decided_on": day(file, *DECIDED), "closed_on": day(file, "close"),
        "archived_on": day(file, "archive"),
    }  # fmt: skip


def day(file: File, *verbs: str) -> str | None:
    """The day on which one of these steps was last taken."""
    row = file.last(*verbs)
    return local(datetime.fromisoformat(row[5])).date().isoformat() if row else None


def case(file: File, steps: list[Taken]) -> dict:
    """The violation and what is proposed, as the newest step has it."""
    row, fined = file.case, [p["kind"] for p in file.parties if p["role"] == "respondent"]
    told = course.newest(steps, "end_investigation", "propose_notice", "renotify")
    return {
        "facts": told.get("facts") or row["facts"], "evidence": told.get("evidence"), "violated": told.get("violated"),
        "basis": told.get("basis"), "discretion": told.get("discretion"),
        "intended": "".join(ended(told[n]) for n in ("intended", "intended_treatment") if told.get(n)) or told.get("proposed"),
        "statement": told.get("statement"),
        "proposal": course.PROPOSED.get(row["proposal"]), "proposed_fine": row["proposed_fine"],
        "hearing_told": hearing_told(file.bureau["options"], row["proposed_fine"], fined, file.on) or None,
        "violation_label": Case.Violation(row["violation"]).label if row["violation"] else None,
        "began_on": row["began_on"], "ceased_on": row["ceased_on"], "found_on": row["found_on"],
    }  # fmt: skip


def employer(row: dict) -> dict:
    """The first respondent as the employer of the case."""
    names = ("name", "code", "address", "legal_rep", "phone")
    return {n: row[n] for n in names} | {"legal_rep_post": row["post"], "kind": Party.Kind(row["kind"]).label}


def party(row: dict) -> dict:
    """A party as papers describe it."""
    return employer(row) | {
        "id": row["id"], "kind": row["kind"], "kind_label": Party.Kind(row["kind"]).label,
        "role": Party.Role(row["role"]).label,
    }  # fmt: skip


def clocks(file: File, given: Mapping) -> dict:
    """The clocks by key, the newest of each; with an extension, the period as it was before too."""
    rows = {
        c["key"]: {
            "label": law().clock(c["key"]).label,
            **{n: c[n] for n in CLOCK},
            "basis": law().article(c["basis"]).cite,
        }
        for c in file.clocks
    }
    if given.get("was"):
        was = {"due_on": given["was"], "provisional": given.get("was_provisional")}
        rows["investigate_before"] = rows["investigate"] | was
    return rows


def addressed(file: File, given: Mapping, respondents: list[dict], bound: list[dict]) -> list[dict]:
    """To whom a paper goes: those whom it binds, else the party that the step names, else every respondent."""
    wanted = {o["addressee_id"] for o in bound} or ({given["party"]} if given.get("party") else set())
    return [party(row) for row in file.parties if row["id"] in wanted] or [party(row) for row in respondents]


def obligation(file: File, row: dict) -> dict:
    """What one addressee must do, on which ground, for whose debt, and how far it is done."""
    people = {each["id"]: each for each in file.parties}
    debtor = people.get(row["debtor_id"])
    return {
        "kind": row["kind"], "kind_label": Obligation.Kind(row["kind"]).label, "addressee": row["addressee"],
        "code": people[row["addressee_id"]]["code"], "debtor": debtor["name"] if debtor else None,
        "ground": law().article(row["ground"]).cite, "demand": row["demand"].rstrip("。；"), "amount": row["amount"],
        "met_on": row["met_on"], "note": row["note"],
    }  # fmt: skip


def finding(row: dict) -> dict:
    """A violation found, as papers tell it: by which provisions, and how its fine was reached; illustrative tiers are not told."""
    power, scheme = law().power(row["power"]), law().discretion.scheme
    version = power.version(date.fromisoformat(row["version"]))
    shown = [line["text"] for line in row["why"][1:] if not (scheme.illustrative and line["basis"] == scheme.basis)]
    told = [*shown, row["reason"].rstrip("。；")] if row["reason"] else shown
    return {
        "party": row["party"], "label": power.label, "violated": joined(law().article(key).cite for key in version.violated),
        "basis": joined(law().article(key).cite for key in version.penalised), "amount": row["amount"],
        "reasoning": "；".join(text for text in told if not text.startswith(ASKED)),
    }  # fmt: skip


def source(row: dict) -> dict:
    """A source as papers may show it: an informant never, a complainant by name (only papers to the complainant leave with it)."""
    kind = Source.Kind(row["kind"])
    told = {n: row[n] for n in ("id", "number", "received_at", "replied_on", "summary", "request", "document")}
    told |= {"kind": row["kind"], "kind_label": kind.label}
    if kind == Source.Kind.TIP:
        return told | {"who": "（举报人信息另行密封）", "to": "举报人"}
    person = {n: row[n] for n in ("id_number", "phone", "address")}
    if kind == Source.Kind.COMPLAINT:
        return told | person | {"who": row["name"], "to": row["name"]}
    return told | person | {"who": row["name"] or "—", "to": row["name"] or f"{kind.label}来件单位"}


def officers(file: File) -> list[dict]:
    """The two inspectors, the one in charge first, with the certificate valid on the day."""
    ids = [key for key in (file.dossier["lead_id"], file.dossier["second_id"]) if key]
    new = [key for key in ids if str(key) not in file.hands]
    people = file.hands | {str(key): told for key, told in (carried(new, file.on) if new else {}).items()}
    told = [people[str(key)] for key in ids]
    return [{"name": name, "certificate": number, "post": "劳动保障监察员"} for name, number in told]


def claims(file: File, seq: int) -> dict:
    """The claim table on the day; empty when there are no workers."""
    return claim_table(file.id, file.on, seq) if file.claims["workers"] else {"workers": [], "count": 0}


def wages(file: File, table: dict) -> dict:
    """What a paper demands worker by worker: what its own step ordered, else what each is still owed.

    The employer reads it: whoever complained and did not agree to be named stands there masked (lsr-12).
    """
    silent = {s["id"] for s in file.sources if s["kind"] == Source.Kind.COMPLAINT and not s["consent_on"]}
    told = [row | {"name": mask_name(row["name"])} if row["source"] in silent else row for row in table["workers"]]
    rows = [
        row | {"months": row["demanded_months"], "amount": row["demanded"]}
        for row in told
        if row["demanded"] is not None
    ]
    if not rows:
        rows = [row | {"amount": row["owed"]} for row in told if row["owed"] > 0]
    return {"workers": rows, "count": len(rows), "amount": sum((row["amount"] for row in rows), Decimal(0))}


def payments(file: File) -> list[dict]:
    """Every payment that arrived, with payer, debtor and voucher."""
    rows = Payment.objects.filter(dossier_id=file.id).select_related("payer", "obligation__debtor").order_by("on", "id")
    return [
        {"on": row.on.isoformat(), "of_label": row.get_of_display(), "way_label": row.get_way_display(),
         "payer": row.payer.name, "amount": row.amount, "voucher": row.voucher,
         "debtor": row.obligation.debtor.name if row.obligation and row.obligation.debtor else None}
        for row in rows
    ]  # fmt: skip


def evidence(file: File, kept: list[dict], besides: Collection[str] = ()) -> list[dict]:
    """The pieces of evidence in their order, and after them the records of inquiry and inspection.

    `besides` are pieces on which the paper does not rest, as `queries.pieces` names them.
    """
    pieces = [
        {"number": row["ordinal"], "name": row["title"], "kind_label": Evidence.Kind(row["kind"]).label,
         "proves": row["proves"].rstrip("。；"), "count": f"{row['pages']}页" if row["pages"] else "1份",
         "source": row["provider"], "provider": row["collected_by"], "form": Evidence.Form(row["form"]).label,
         "collected_at": row["collected_on"]}
        for row in kept
        if f"e{row['id']}" not in besides
    ]  # fmt: skip
    records = [p for p in file.papers if p["code"] in RECORDS and f"p{p['id']}" not in besides]
    return pieces + [testimony(paper) for paper in records]


def testimony(paper: dict) -> dict:
    """A record of inquiry or inspection as a piece of evidence: numbered nowhere, it lies in the file by itself (apl-46)."""
    told = paper["given"]
    who = told.get("person") or told.get("present") or ""
    proves = f"{who}就本案事实所作的陈述" if told.get("person") else "检查时现场的情况"
    kind = "party" if told.get("party") else "witness"
    return {
        "name": f"{paper['label']}（{who}）", "count": "1份", "proves": proves, "source": who, "form": "原件",
        "kind_label": Evidence.Kind(kind if told.get("person") else "scene").label, "collected_at": told.get("ended_at"),
    }  # fmt: skip

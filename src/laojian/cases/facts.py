"""What a case tells its papers: the file as read, the claim table, the officers, the approvals, in the words of the templates."""

from collections.abc import Mapping
from datetime import datetime

from laojian.intake.models import Source
from laojian.lawbook import law
from laojian.people.models import Certificate, Officer
from laojian.procedure.step import File, local
from laojian.record.models import Entry

from .matters import matters
from .models import Party
from .queries import claim_table


def facts(file: File, given: Mapping) -> dict:
    """The facts of a file for its papers. Names of informants and, to outsiders, of complainants never stand in them."""
    respondent = next((p for p in file.parties if p["role"] == "respondent"), {})
    steps = list(Entry.objects.filter(dossier_id=file.id, kind="step").order_by("seq"))
    return {
        "bureau": bureau(file),
        "dossier": dossier(file),
        "employer": {"name": respondent.get("name"), "code": respondent.get("code"), "address": respondent.get("address"),
                     "legal_rep": respondent.get("legal_rep"), "legal_rep_post": respondent.get("post"),
                     "phone": respondent.get("phone")},
        "parties": [party(file, row) for row in file.parties if row["role"] in ("respondent", "liable")],
        "addressee": addressee(file, given, respondent),
        "sources": [source(file, row) for row in file.sources],
        "officers": officers(file),
        "claims": claims(file),
        "clocks": {c["key"]: {"label": law().clock(c["key"]).label, **{n: c[n] for n in CLOCK}} for c in file.clocks},
        "approvals": approvals(steps),
        "earlier": {e.verb: e.given for e in steps},
        "given": given,
    }  # fmt: skip


CLOCK = ("started_on", "due_on", "provisional", "basis", "length", "unit")


def bureau(file: File) -> dict:
    """The bureau as its papers name it; the body of reconsideration is that of the day of the paper (arl-24)."""
    row = file.bureau
    place = row["arbitration"] or {}
    return {
        "name": row["name"], "short": row["short"], "word": row["short"], "address": row["address"], "phone": row["phone"],
        "reconsideration": row["reconsideration"], "court": row["court"], "fine_bank": row["fine_bank"],
        "arbitration": place.get("name"), "arbitration_address": place.get("address"),
    }  # fmt: skip


def dossier(file: File) -> dict:
    """Number, title, matter and the days of the file."""
    row = file.dossier
    matter = matters()[file.case["matter"]].label if file.case else ""
    first = file.sources[0]["received_at"] if file.sources else None
    return {
        "number": row["number"] or (file.sources[0]["number"] if file.sources else ""), "title": row["title"],
        "cause": matter, "received_at": first, "opened_on": row["opened_on"], "filed_on": row["filed_on"],
        "ended_on": day(file, "end_investigation"), "decided_on": day(file, *DECIDED), "closed_on": day(file, "close"),
        "archived_on": day(file, "archive"),
    }  # fmt: skip


DECIDED = ("decide_penalty", "decide_treatment", "decide_no_penalty", "revoke_filing")


def day(file: File, *verbs: str) -> str | None:
    """The day on which one of these steps was last taken."""
    row = file.last(*verbs)
    return local_day(row[5]) if row else None


def local_day(text: str) -> str:
    """The day in China of a moment as the record holds it."""
    return local(datetime.fromisoformat(text)).date().isoformat()


def party(file: File, row: dict) -> dict:
    """A party, with the ground on which it is liable where an order or decision says so."""
    bound = next((o for o in reversed(file.obligations) if o["addressee_id"] == row["id"]), None)
    names = {each["id"]: each["name"] for each in file.parties}
    return {
        "id": row["id"], "name": row["name"], "kind": row["kind"], "kind_label": Party.Kind(row["kind"]).label,
        "role": Party.Role(row["role"]).label, "code": row["code"], "address": row["address"], "legal_rep": row["legal_rep"],
        "legal_rep_post": row["post"], "phone": row["phone"], "ground": law().article(bound["ground"]).cite if bound else None,
        "debtor": names.get(bound["debtor_id"]) if bound else None,
    }  # fmt: skip


def addressee(file: File, given: Mapping, respondent: dict) -> dict:
    """Whom the paper is addressed to: the party that the step names, else the respondent."""
    row = next((p for p in file.parties if p["id"] == given.get("party")), respondent)
    return party(file, row) if row else {}


def source(file: File, row: dict) -> dict:
    """A source as papers may show it: an informant never, a complainant by name (these papers do not leave the bureau)."""
    kind = Source.Kind(row["kind"])
    return {
        "id": row["id"], "number": row["number"], "kind_label": kind.label, "received_at": row["received_at"],
        "replied_on": row["replied_on"],
        "who": "（举报人信息另行密封）" if kind == Source.Kind.TIP else row["name"] or "—",
    }


def officers(file: File) -> list[dict]:
    """The two inspectors, the one in charge first, with the certificate valid on the day."""
    ids = [key for key in (file.dossier["lead_id"], file.dossier["second_id"]) if key]
    if not ids:
        return []
    people = Officer.objects.in_bulk(ids)
    valid = Certificate.objects.filter(officer_id__in=ids, valid_from__lte=file.on, valid_to__gte=file.on)
    numbers = {c.officer_id: c.number for c in valid.exclude(kind=Certificate.Kind.LAWYER)}
    return [{"name": people[key].name, "certificate": numbers.get(key), "post": "劳动保障监察员"} for key in ids]


def claims(file: File) -> dict:
    """The claim table on the day; empty when there are no workers."""
    return claim_table(file.id, file.on) if file.claims["workers"] else {"workers": [], "count": 0}


def approvals(steps: list[Entry]) -> list[dict]:
    """Who took which step with what opinion so far, in order, with post and moment; each sheet takes those it names."""
    return [
        {"verb": e.verb, "label": e.label, "opinion": e.given.get("opinion"), "name": e.actor_name,
         "post": e.actor_post, "at": e.at.isoformat()}
        for e in steps
    ]  # fmt: skip


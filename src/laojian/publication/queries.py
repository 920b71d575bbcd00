"""Reads on publication: what a round has to judge, what is public now, what has to be taken down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import Q, QuerySet

from laojian.cases.course import approvals
from laojian.cases.facts import bureau, clocks, steps_of
from laojian.procedure.statements import row
from laojian.procedure.step import File

from .kinds import kinds
from .models import Verdict

DECIDED = ("penalty_decision", "treatment_decision")
# A decision counts for the party on whom it was served, from the day on which the service took effect.
SERVED = """
SELECT p.id, p.label, p.number, p.dossier_id, a.id, a.employer_id, a.name, a.code, a.address, a.legal_rep, min(v.effective_on),
  coalesce((SELECT sum(o.amount) FROM cases_obligation o WHERE o.dossier_id = p.dossier_id AND o.seq = p.nth AND o.kind = 'pay'
            AND o.addressee_id = a.id), 0),
  ARRAY(SELECT DISTINCT f.power FROM cases_finding f WHERE f.dossier_id = p.dossier_id AND f.party_id = a.id AND f.dropped_seq IS NULL)
FROM papers_paper p JOIN dossier_dossier d ON d.id = p.dossier_id JOIN papers_service v ON v.paper_id = p.id
JOIN cases_party a ON a.id = v.party_id
WHERE d.bureau_id = %(bureau)s AND p.code = ANY(%(codes)s) AND p.voided = ''
  AND v.effective_on <= %(until)s
  AND NOT EXISTS (SELECT FROM publication_verdict j WHERE j.paper_id = p.id AND j.party_id = a.id)
GROUP BY p.id, a.id ORDER BY min(v.effective_on), p.id, a.id"""
ROUND = row("r", "until_on published_on places")
VERDICT = row(
    "j",
    "id seq paper_id party_id employer_id kind reason name code address head facts handling withdrawn_on withdrawal",
)
PARTS = {
    "round": f"(SELECT {ROUND} FROM publication_round r WHERE r.dossier_id = d.id)",
    "verdicts": f"""(SELECT coalesce(jsonb_agg({VERDICT} ORDER BY j.id), '[]') FROM publication_verdict j WHERE j.round_id = d.id)""",
}


@dataclass(frozen=True)
class Served:
    """A decision served on a party that no round has judged: `amount` in yuan is what it orders to pay, `powers` what was found."""

    paper: int
    label: str
    number: str
    dossier: int
    party: int
    employer: int | None
    name: str
    code: str
    address: str
    head: str
    on: date
    amount: Decimal
    powers: list[str]

    @property
    def key(self) -> str:
        """What the form names it by."""
        return f"{self.paper}-{self.party}"

    @property
    def title(self) -> str:
        """The decision in words."""
        return f"{self.name}　{self.label} {self.number}（{self.on} 送达）"


def unjudged(bureau_id: int, until: date) -> list[Served]:
    """The decisions of a bureau that took effect by a day and that no round has judged, oldest first. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(SERVED, {"bureau": bureau_id, "codes": list(DECIDED), "until": until})
        return [Served(*found) for found in cursor.fetchall()]


def to_judge(file: File) -> list[Served]:
    """What the round still has to judge. One statement, asked once."""
    return file.once(_to_judge)


def _to_judge(file: File) -> list[Served]:
    return unjudged(file.dossier["bureau_id"], date.fromisoformat(file.round["until_on"]))


def shown() -> QuerySet[Verdict]:
    """What is public: published, not taken down, and its decision stands; a decision that fell shows nothing from that moment."""
    public = Q(round__published_on__isnull=False, withdrawn_on=None, paper__voided="") & ~Q(kind="")
    return Verdict.objects.filter(public).select_related("round").order_by("-round__published_on", "-id")


def published(after: tuple[date, int] | None = None, size: int = 30, words: str = "") -> list[Verdict]:
    """A page of what is public, newest first, after a key (day, id); one more than `size` tells that there are more."""
    rows = shown()
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(code=words))
    if after:
        rows = rows.filter(Q(round__published_on__lt=after[0]) | Q(round__published_on=after[0], id__lt=after[1]))
    return list(rows[: size + 1])


def fallen(round_id: int) -> set[int]:
    """The published verdicts of a round whose decision fell since, and which are not taken down yet."""
    rows = Verdict.objects.filter(round_id=round_id, withdrawn_on=None).exclude(Q(paper__voided="") | Q(kind=""))
    return set(rows.values_list("id", flat=True))


def facts(file: File, given: Mapping, seq: int = 0) -> dict:
    """Bureau, round, what is published and what is left out, for its papers."""
    told = [
        {"kind": kinds()[v["kind"]].label if v["kind"] else "", "paper": "", **{k: v[k] for k in v if k not in ("id", "seq", "kind")}}
        for v in file.verdicts
    ]  # fmt: skip
    return {
        "bureau": bureau(file),
        "dossier": {"number": file.dossier["number"], "title": file.dossier["title"], "opened_on": file.dossier["opened_on"]},
        "publication": {**file.round, "published": [v for v in told if v["kind"]], "left": [v for v in told if not v["kind"]]},
        "clocks": clocks(file, given), "approvals": approvals(file, steps_of(file.id, seq or file.seq)), "given": given,
    }  # fmt: skip

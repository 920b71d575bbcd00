"""Reads on credit repair: the decision, what of it is still to be done, from when it can be repaired."""

from collections.abc import Mapping
from datetime import date

from laojian.cases.course import approvals
from laojian.cases.facts import bureau, clocks, steps_of
from laojian.cases.models import Obligation, Party
from laojian.lawbook.display import Shown, shown
from laojian.papers.models import Paper
from laojian.procedure.statements import row
from laojian.procedure.step import File

from .models import Repair

REPAIR = row(
    "r",
    """paper_id party_id name code number decided_on held held_why channel received_on granted_on revoked_on open""",
)
PARTS = {"repair": f"(SELECT {REPAIR} FROM repair_repair r WHERE r.dossier_id = d.id)"}


def decision(number: str, bureau_id: int) -> Paper | None:
    """The penalty decision of this number in this bureau that stands. One statement."""
    rows = Paper.objects.filter(number=number.strip(), code__in=("penalty_decision", "spot_penalty"), voided="")
    return rows.filter(dossier__bureau_id=bureau_id).select_related("dossier").first()


def bound(paper: Paper, name: str) -> Party | None:
    """Whom of this name the decision binds."""
    owed = Obligation.objects.filter(dossier_id=paper.dossier_id, seq=paper.nth, addressee__name=name.strip())
    first = owed.select_related("addressee").first()
    return first.addressee if first else None


def undone(repair: Mapping) -> list[str]:
    """What the decision demands and is not performed, in words. One statement."""
    paper = Paper.objects.get(pk=repair["paper_id"])
    rows = Obligation.objects.filter(
        dossier_id=paper.dossier_id, seq=paper.nth, addressee_id=repair["party_id"], met_on=None
    )
    return [each.demand or each.get_kind_display() for each in rows.exclude(kind=Obligation.Kind.WARN)]


def showing(repair: Mapping) -> Shown:
    """From when this penalty can be repaired and until when it is shown."""
    return shown(date.fromisoformat(str(repair["decided_on"])), repair["held"])


def open_repair(paper: int, party: int) -> Repair | None:
    """The application about this decision by this party that is not ended."""
    return Repair.objects.filter(paper_id=paper, party_id=party, open=True).first()


def facts(file: File, given: Mapping, seq: int = 0) -> dict:
    """Bureau and application, for its papers."""
    told = file.repair
    until = showing(told)
    return {
        "bureau": bureau(file),
        "dossier": {"number": file.dossier["number"], "title": file.dossier["title"], "opened_on": file.dossier["opened_on"]},
        "repair": {**told, "class": until.of.label, "from_on": until.from_on.isoformat(), "until_on": until.until_on.isoformat(),
                   "basis": until.regime.basis},
        "addressee": {"name": told["name"], "code": told["code"]},
        "clocks": clocks(file, given), "approvals": approvals(file, steps_of(file.id, seq or file.seq)), "given": given,
    }  # fmt: skip

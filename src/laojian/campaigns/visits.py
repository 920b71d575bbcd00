"""What the visits of a campaign come to, read from their own records: who took part, whom they checked, what was found and ordered."""

from collections.abc import Iterable
from datetime import date

from laojian.dossier.models import Dossier
from laojian.employers.models import Employer
from laojian.lawbook import law
from laojian.papers.models import Paper
from laojian.procedure.step import File, local
from laojian.visits.models import Visit, VisitLine

from .models import Outcome, Target
from .violations import violations

KINDS = {Employer.Kind.AGENCY: Target.Kind.AGENCY, Employer.Kind.DISPATCH: Target.Kind.DISPATCH}
LETTERS = {
    "spot_order": Outcome.Kind.ORDER,
    "correction_order": Outcome.Kind.ORDER,
    "suggestion_letter": Outcome.Kind.SUGGESTION,
}
OTHER = "other"


def ended(file: File) -> list[Visit]:
    """The visits of the campaign that have ended and whose results were not taken in yet. One statement, asked once."""
    return file.once(_ended)


def _ended(file: File) -> list[Visit]:
    taken = Target.objects.filter(dossier_id=file.id, visit__isnull=False).values("visit")
    rows = Visit.objects.filter(campaign_id=file.id, stands=True, ended_on__isnull=False).exclude(pk__in=taken)
    return list(rows.select_related("employer").prefetch_related("attendance").order_by("ended_on", "pk"))


def went_on(visit: Visit) -> date:
    """The day on which the visit began, else the day on which it ended."""
    return local(visit.began_at).date() if visit.began_at else visit.ended_on


def target_of(visit: Visit) -> Target:
    """The employer of a visit as a target; those who have more visits than one are told apart by their day."""
    return Target(
        kind=KINDS.get(visit.employer.kind, Target.Kind.EMPLOYER), name=visit.employer.name, code=visit.employer.credit_code or "",
        employer_id=visit.employer_id, visit_id=visit.pk, checked_on=visit.ended_on,
    )  # fmt: skip


def found_in(visits: Iterable[Visit]) -> dict[int, list[str]]:
    """The kinds of violations that each visit found, by its file, each once: by the power that its standard's line names. One statement."""
    by_id, newest = {visit.pk: visit for visit in visits}, {}
    lines = VisitLine.objects.filter(visit_id__in=by_id).order_by("at", "id")
    for row in lines:
        newest[row.visit_id, row.item, row.line] = row
    found: dict[int, list[str]] = {key: [] for key in by_id}
    for row in newest.values():
        kind = kind_of(by_id[row.visit_id], row) if row.outcome == VisitLine.Outcome.PROBLEM else ""
        if kind and kind not in found[row.visit_id]:
            found[row.visit_id].append(kind)
    return found


def kind_of(visit: Visit, row: VisitLine) -> str:
    """The kind of violation of a line: the first whose powers answer it."""
    version = next((each["version"] for each in visit.items if each["item"] == row.item), visit.from_on.isoformat())
    line = law().item(row.item).version(date.fromisoformat(version)).line(row.line)
    return next((key for key, each in violations().items() if line and line.power in each.powers), OTHER)


def letters_of(visits: Iterable[Visit]) -> list[tuple[int, Paper]]:
    """The orders and letters that went out on the visits' own files and on the cases that grew out of them. Two statements."""
    ids = [visit.pk for visit in visits]
    grown = dict(Dossier.objects.filter(parent_id__in=ids).values_list("id", "parent_id"))
    papers = Paper.objects.filter(
        dossier_id__in=[*ids, *grown], code__in=LETTERS, issued_on__isnull=False, voided=""
    ).order_by("id")
    return [(grown.get(paper.dossier_id, paper.dossier_id), paper) for paper in papers]

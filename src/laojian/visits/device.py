"""What an officer's device needs of a day: the visits that can be made, each with what it rests on and its checklist.

Of a report nothing is told, not even that there is one: whoever stands beside the telephone may be the employer (lsr-9).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q

from laojian.lawbook import GROUNDS
from laojian.procedure.step import File, local

from .models import Batch, Visit, VisitLine
from .rules import for_plan

READY, UNDER_WAY, SIGNED = "visit_approved", "on_visit", "visit_recorded"
OPEN = (READY, UNDER_WAY, SIGNED)
TOLD = frozenset(GROUNDS) - {"report"}
NOTICE = "inspection_notice"


def visits_of(officer_id: int, on: date) -> list[Visit]:
    """The officer's visits on the spot that can be made on the day or are under way, those begun or set for the day first.

    To be asked within `acting`. One statement.
    """
    mine = Q(dossier__lead=officer_id) | Q(dossier__second=officer_id)
    due = Q(dossier__state__in=(UNDER_WAY, SIGNED)) | Q(from_on__lte=on, until_on__gte=on)
    rows = Visit.objects.filter(mine, due, dossier__state__in=OPEN, mode=Visit.Mode.ONSITE, past=False)
    found = rows.select_related("dossier", "employer", "dossier__lead", "dossier__second")
    return sorted(found.order_by(F("start_at").asc(nulls_last=True), "pk"), key=lambda each: not today(each, on))


def today(visit: Visit, on: date) -> bool:
    """Whether the visit is under way or set for the day."""
    return visit.dossier.state != READY or bool(visit.start_at and local(visit.start_at).date() == on)


def ground(visit_ground: str) -> str:
    """The ground in words; of a report, nothing."""
    return GROUNDS[visit_ground] if visit_ground in TOLD else ""


@dataclass(frozen=True)
class Rest:
    """What a visit rests on, as it is shown on the spot: the approval, and the notice with how it was served."""

    approved: str
    notice: dict | None
    served: str


def rest(file: File) -> Rest:
    """Approval and notice of a visit."""
    took = file.last("approve_visit")
    papers = [p for p in for_plan(file.papers, file.took, NOTICE) if p["seals"]]
    notice = papers[-1] if papers else None
    served = notice["services"][-1]["effective_on"] if notice and notice["services"] else ""
    return Rest(f"{took[4]} {local_day(took[5])} 批准" if took else "", notice, served)


def local_day(moment: str) -> str:
    """The day in China of a moment as ISO text."""
    return local(datetime.fromisoformat(moment)).date().isoformat()


def answers(visit_id: int) -> dict[tuple[str, str], list[VisitLine]]:
    """Everything that was found of each line, newest first: the first counts, the others stay readable. One statement."""
    found: dict[tuple[str, str], list[VisitLine]] = {}
    for row in VisitLine.objects.filter(visit_id=visit_id).select_related("by").order_by("-at", "-id"):
        found.setdefault((row.item, row.line), []).append(row)
    return found


def batches(visit_id: int) -> Iterable[Batch]:
    """What devices sent, newest first, with the clock of each. One statement."""
    return Batch.objects.filter(visit_id=visit_id).select_related("officer").order_by("-received_at")


def brought(file: File) -> list[str]:
    """What to bring: certificates, sealed papers that are not yet handed over, and what an inspector writes with without power."""
    notice = rest(file)
    papers = (
        [f"行政检查通知书 {notice.notice['number']}（盖章件，一式两份）"] if notice.notice and not notice.served else []
    )
    return ["两名检查人员的执法证件", *papers, "执法记录仪", "备用：空白检查笔录、当场限期改正指令书（盖章、编号）"]

"""Reads on a campaign: its figures, each a count of rows, and the rows behind each."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from .models import Attendance, Outcome, Target
from .violations import violations


@dataclass(frozen=True)
class Figure:
    """One figure of a campaign: `key` is also that of its records; `part` says whether it is contained in the one above."""

    key: str
    label: str
    value: object
    unit: str
    part: bool = False


def figures(dossier_id: int) -> list[Figure]:
    """The campaign's figures in the order of its report. Three statements."""
    out = counted(Attendance.objects.filter(dossier_id=dossier_id), "department")
    whom = counted(Target.objects.filter(dossier_id=dossier_id, checked_on__isnull=False), "kind")
    came = standing(dossier_id).values("kind", "violation").annotate(n=Count("id"), sum=Sum("amount")).order_by()
    kinds = {kind: sum(row["n"] for row in came if row["kind"] == kind) for kind in Outcome.Kind}
    refund = sum(row["sum"] or 0 for row in came)
    found = {row["violation"]: row["n"] for row in came if row["kind"] == Outcome.Kind.VIOLATION}
    told = [Figure("attendance", "出动执法人员", sum(out.values()), "人次")]
    told += [Figure(f"attendance:{name}", name, n, "人次", True) for name, n in out.items()]
    told += [Figure("targets", "检查对象", sum(whom.values()), "个")]
    told += [Figure(f"targets:{kind}", Target.Kind(kind).label, n, "个", True) for kind, n in whom.items()]
    told += [Figure("violation", "违法案件", kinds[Outcome.Kind.VIOLATION], "件")]
    told += [
        Figure(f"violation:{key}", each.label, found[key], "件", True)
        for key, each in violations().items()
        if key in found
    ]
    told += [
        Figure(kind.value, kind.label, kinds[kind], "件")
        for kind in (Outcome.Kind.ORDER, Outcome.Kind.SUGGESTION, Outcome.Kind.CLOSURE)
    ]
    return [*told, Figure("refund", "责令退还费用", refund, "元")]


def counted(rows: QuerySet, column: str) -> dict[str, int]:
    """How many rows there are of each value, most first. One statement."""
    found = rows.values_list(column).annotate(n=Count("id")).order_by("-n", column)
    return dict(found)


def standing(dossier_id: int) -> QuerySet[Outcome]:
    """What came of the checks and was not taken back."""
    return Outcome.objects.filter(dossier_id=dossier_id, dropped_seq=None)


def behind(dossier_id: int, key: str) -> QuerySet:
    """The rows behind a figure, oldest first. LookupError: no such figure."""
    kind, _, part = key.partition(":")
    if kind == "attendance":
        rows = Attendance.objects.filter(dossier_id=dossier_id)
        return (rows.filter(department=part) if part else rows).order_by("on", "id")
    if kind == "targets":
        rows = Target.objects.filter(dossier_id=dossier_id, checked_on__isnull=False)
        return (rows.filter(kind=part) if part else rows).order_by("checked_on", "id")
    if kind in Outcome.Kind:
        rows = standing(dossier_id).filter(Q(violation=part) if part else Q(), kind=kind)
        return rows.select_related("target").order_by("on", "id")
    raise LookupError(key)


def unchecked(dossier_id: int) -> int:
    """How many targets have no result yet. One statement."""
    return Target.objects.filter(dossier_id=dossier_id, checked_on=None).count()

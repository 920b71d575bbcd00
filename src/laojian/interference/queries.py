"""Reads on the register: only what the database shows to whoever asks."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from laojian.procedure.statements import row
from laojian.procedure.step import File

from .models import Approach, Consequence

APPROACH = row("a", """dossier_id recorder_id organ_id subject_id kind case happened_at channel category person unit relation demand content
    response witness document recorded_at""")  # fmt: skip
CONSEQUENCE = row("c", "id seq on result document retaliation by_name")
PARTS = {
    "approach": f"(SELECT {APPROACH} FROM interference_approach a WHERE a.dossier_id = d.id)",
    "consequences": f"""(SELECT coalesce(jsonb_agg({CONSEQUENCE} ORDER BY c.id), '[]')
        FROM interference_consequence c WHERE c.dossier_id = d.id)""",
}

QUARTERS = (1, 4, 7, 10)  # the months in which they begin


def facts(file: File, given: Mapping, seq: int = 0) -> dict:
    """No paper of the flow tells what was recorded."""
    return {"given": given}


def quarter(on: date) -> tuple[date, date]:
    """First day of the quarter of a day, and of the next one."""
    begun = [month for month in QUARTERS if month <= on.month]
    later = [month for month in QUARTERS if month > on.month]
    following = date(on.year, later[0], 1) if later else date(min(on.year + 1, date.max.year), 1, 1)
    return date(on.year, begun[-1], 1), following


def named(first: date) -> str:
    """The quarter that begins on this day, in words."""
    return f"{first.year} 年第 {QUARTERS.index(first.month) + 1} 季度"


def between(first: date, until: date) -> list[Approach]:
    """What the viewer may see of the approaches recorded from a day on, before another; the database decides."""
    return list(
        Approach.objects.filter(recorded_at__date__gte=first, recorded_at__date__lt=until)
        .select_related("dossier")
        .order_by("recorded_at")
    )


def figures(rows: list[Approach]) -> list[tuple[str, int]]:
    """How many of each kind, how many handled, in how many cases; what is official does not count as interference."""
    kinds, cases = (
        Counter(each.kind for each in rows),
        {each.case for each in rows if each.kind != Approach.Kind.OFFICIAL},
    )
    done = Consequence.objects.filter(dossier_id__in=[each.pk for each in rows]).values("dossier_id").distinct().count()
    counted = [(label, kinds[key]) for key, label in Approach.Kind.choices]
    return [*counted, ("涉及案件", len(cases)), ("已经处理", done)]

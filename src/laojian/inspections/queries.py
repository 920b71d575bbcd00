"""Reads on plans and draws: lists, what a page tells of one, and what the public may read. Statements do not grow with rows."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from laojian.people.access import Scope
from laojian.people.models import Officer
from laojian.people.queries import bureaus_of
from laojian.visits.models import Visit

from .models import Draw, Drawn, Plan, Task


def line(scope: Scope) -> Q:
    """The plans and draws of the viewer's line."""
    return Q() if scope.level == "city" else Q(bureau__in=bureaus_of(scope).values("pk"))


def plans_of(scope: Scope, size: int = 60) -> list[Plan]:
    """The plans that the viewer may see, the newest year first, with their files. One statement."""
    return list(
        Plan.objects.filter(line(scope)).select_related("dossier", "bureau").order_by("-year", "bureau_id")[:size]
    )


def draws_of(scope: Scope, before: int = 0, size: int = 30) -> list[Draw]:
    """The newest draws that the viewer may see, with files and tasks; `before` is the id of the last one shown. One statement."""
    rows = counted(Draw.objects.filter(line(scope))).select_related("dossier", "bureau", "task__plan")
    return list((rows.filter(pk__lt=before) if before else rows).order_by("-pk")[:size])


def counted(rows: QuerySet[Draw]) -> QuerySet[Draw]:
    """Draws with how many were drawn, have a visit, and were replaced."""
    return rows.annotate(
        count=Count("drawn"), visits=Count("drawn__visit"), replaced=Count("drawn__replaced_by"),
    )  # fmt: skip


def tasks_of(plan_id: int, version: int) -> list[Task]:
    """The tasks of a version. One statement."""
    return list(Task.objects.filter(plan=plan_id, version=version))


def draws_of_plan(plan_id: int) -> list[Draw]:
    """The draws of a plan with their files. One statement."""
    rows = counted(Draw.objects.filter(task__plan=plan_id)).select_related("dossier", "task")
    return list(rows.order_by("pk"))


def drawn_of(draw_id: int) -> list[Drawn]:
    """Who was drawn, in the order of the draw, with employer and visit. One statement."""
    rows = Drawn.objects.filter(draw=draw_id).select_related("employer", "visit", "replaced_by__employer")
    return list(rows.order_by("pk"))


def replaceable(draw_id: int) -> QuerySet[Drawn]:
    """Whose place another can take: nobody was there yet, and nobody has taken it. A visit that was cancelled is none."""
    visited = Visit.objects.filter(stands=True).exclude(began_at=None, ended_on=None)
    return Drawn.objects.filter(draw=draw_id, replaced_by=None).exclude(visit__in=visited.values("pk"))


def names(ids: Iterable[int]) -> dict[int, str]:
    """The officers of these ids by name. One statement, none without any."""
    wanted = set(ids)
    return dict(Officer.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def drawn_by_officer(bureau_ids: Iterable[int], year: int) -> list[tuple[int, int]]:
    """How many employers of a year's draws each officer was sent to: (officer, how many), most first. One statement."""
    teams = Drawn.objects.filter(
        draw__bureau__in=list(bureau_ids),
        draw__task__plan__year=year,
        replaced_by=None,
        draw__ending__in=["", "closed"],
    ).values_list("officers", flat=True)
    counts: dict[int, int] = {}
    for team in teams:
        for officer in team:
            counts[officer] = counts.get(officer, 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


# ── what everybody may read: these tables are without row-level security, and are read without a user ──


def public_plans() -> list[Plan]:
    """The plans that were published, newest first."""
    return list(
        Plan.objects.filter(published_version__isnull=False).select_related("bureau").order_by("-year", "bureau_id")
    )


def public_draws(before: int = 0, size: int = 50) -> list[Draw]:
    """Every draw by its number, so that a gap would show; the newest first."""
    rows = Draw.objects.select_related("bureau", "task__plan").order_by("-pk")
    return list((rows.filter(pk__lt=before) if before else rows)[:size])


@dataclass(frozen=True)
class Standing:
    """Where a draw stands, as the public is told: a word, a sentence, a colour."""

    word: str
    text: str
    tone: str = "blue"


def standing(row: Draw) -> Standing:
    """Where a draw stands, from what is public of it alone."""
    if row.ending == "aborted":
        return Standing("已作废", f"本次抽取已作废，理由：{row.reason}", "")
    if row.ending == "failed":
        return Standing("失败", f"盐值没有公开，不能验证，本次抽取失败。理由：{row.reason}", "amber")
    if row.salt:
        return Standing("可以验证", "盐值和数据包已公开，任何人都可以重新抽取一遍核对。", "green")
    if row.drawn_at:
        return Standing("检查中", "已抽取，检查实施完毕以后公开盐值和名单；在此以前公开会让被抽中的单位事先知道。")
    if row.randomness:
        return Standing("待抽取", "随机数已产生，尚未抽取。")
    if row.announced_at:
        return Standing("等待随机数", "名录库、数量和盐值的承诺已经固定并公布，随机数尚未产生，现在没有人知道结果。")
    return Standing("准备中", "尚未公布承诺。")

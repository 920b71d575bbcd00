"""The writers of an annual plan and its versions."""

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction

from laojian.procedure.step import Action, Effects, File, Reason, Refused
from laojian.procedure.take import open_within

from .models import Plan, Task
from .plan_forms import scope_of, strata_of, words


def draft(file: File, given: Mapping) -> Effects:
    """The plan of a year, to be published by the day that the law names in that year."""
    year = given["year"]
    title = given.get("title") or f"{file.bureau['name']}{year}年度双随机抽查计划"
    try:
        with transaction.atomic():
            Plan.objects.create(dossier_id=file.id, bureau_id=file.dossier["bureau_id"], year=year, title=title)
    except IntegrityError as twice:
        raise Refused(
            [Reason(f"他人刚刚开始编制 {year} 年度抽查计划", "tjrandom", "请打开该计划继续编制", "year")]
        ) from twice
    return Effects(
        dossier={"title": title, "number": f"{file.bureau['short']}抽查计划〔{year}〕"},
        clocks={"plan_publish": {"from": date(year, 1, 1)}}, words=title,
    )  # fmt: skip


def add_task(file: File, given: Mapping) -> Effects:
    """The next task of the version in hand."""
    task = Task.objects.create(
        plan_id=file.id, version=file.plan["version"], ordinal=max((row["ordinal"] for row in file.tasks), default=0) + 1,
        label=given["label"], items=given["items"], others=words(given.get("others") or ""), mode=given["mode"],
        targeted=given["targeted"] == "yes",
        scope=scope_of(given), strata=strata_of(given["strata"]), since=given["since"], until=given["until"],
        lead=given.get("lead") or "", partners=words(given.get("partners") or ""), note=given.get("note") or "",
    )  # fmt: skip
    return Effects(given={"written": task.pk})


def drop_task(file: File, given: Mapping) -> Effects:
    """The task leaves the draft; no draw was made for it, since the draft was never published."""
    Task.objects.filter(pk=given["task"], plan=file.id, version=file.plan["version"]).delete()
    return Effects()


def publish(file: File, given: Mapping) -> Effects:
    """The version in hand is what the public reads from now on."""
    plan = Plan.objects.get(pk=file.id)
    reason = plan.versions[-1]["reason"] if plan.versions and "published_on" not in plan.versions[-1] else ""
    kept = [row for row in plan.versions if "published_on" in row]
    plan.versions = [*kept, {"version": plan.version, "reason": reason, "published_on": file.on.isoformat()}]
    plan.published_version, plan.published_on = plan.version, plan.published_on or file.on
    plan.save(update_fields=["versions", "published_version", "published_on"])
    return Effects()


def change(file: File, given: Mapping) -> Effects:
    """A new version begins as a copy of the published one, with its reason; the old one stays public meanwhile."""
    plan = Plan.objects.get(pk=file.id)
    plan.version += 1
    plan.versions = [*plan.versions, {"version": plan.version, "reason": given["reason"]}]
    plan.save(update_fields=["version", "versions"])
    rows = list(Task.objects.filter(plan=plan, version=plan.published_version))
    for row in rows:
        row.pk, row.version = None, plan.version
    Task.objects.bulk_create(rows)
    return Effects()


def keep(file: File, given: Mapping) -> Effects:
    """The change is given up: the published version holds."""
    plan = Plan.objects.get(pk=file.id)
    Task.objects.filter(plan=plan, version=plan.version).delete()
    plan.version = plan.published_version
    plan.versions = [row for row in plan.versions if "published_on" in row]
    plan.save(update_fields=["version", "versions"])
    return Effects()


def order_draw(file: File, given: Mapping) -> Effects:
    """A draw for the task is opened, with the next number of the bureau and year."""
    opened = open_within(file, "draw", "open_draw", {"task": given["task"]})
    return Effects(given={"draw": opened.id, "number": opened.dossier["number"]})


def close(file: File, given: Mapping) -> Effects:
    """The year is over."""
    return Effects(dossier={"ended_on": file.on, "open": False})


ACTIONS: dict[str, Action] = {
    "draft_plan": draft,
    "add_task": add_task,
    "drop_task": drop_task,
    "publish_plan": publish,
    "change_plan": change,
    "keep_plan": keep,
    "order_draw": order_draw,
    "close_plan": close,
}

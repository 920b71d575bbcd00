"""推算：how many of those whom nobody has examined probably offend, told in sentences, drawn, and each figure with its records."""

from datetime import date

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from laojian.credit.estimate import Next, Stratum, guess, pooled, total, where_next
from laojian.credit.levels import version_on
from laojian.credit.sample import strata, tried, unexamined, unexamined_of
from laojian.credit.schemes import scheme_on
from laojian.inspections.rules import LEVEL
from laojian.visits.supervision import supervision

from ..access import OFFICER, access

HERE = "推算和下一步"
ROWS = 100  # of a list of employers
WIDE = 200  # of a drawn interval
TOGETHER = "检查家数少的各层合并"
WORDS = {"left": "没有检查过的A级单位", "inspected": "随机抽中、检查过的", "found": "其中发现问题的"}


def region_of(request) -> str:
    """The viewer's region; a city sees every one."""
    return "" if request.me.scope.level == "city" else request.me.bureau.region


@access(OFFICER)
@require_safe
def credit_estimate(request):
    """The estimate for the viewer's region as of today."""
    region, today, sizing = region_of(request), localdate(), supervision().sizing
    every = strata(unexamined(region, today), tried(region, today))
    rows = pooled(every, sizing.least)
    whole, after = total(rows), where_next([row for row in rows if row.left], sizing.budget, sizing.batch)
    more = {one.row.key: one for one in after}
    blank = [row for row in rows if not row.known]
    shown = sorted(rows, key=lambda row: (row.known is False, -row.left))
    return render(request, "credit/estimate.html", {
        "crumbs": [{"label": HERE, "url": ""}], "region": region or "全市",
        "months": version_on(today).months, "level": f"{100 * LEVEL:.0f}％",
        "scheme": scheme_on(today), "whole": whole, "likely": None if whole.likely is None else round(whole.likely),
        "sample": {"inspected": sum(row.inspected for row in rows), "found": sum(row.found for row in rows)},
        "blank": {"rows": len(blank), "left": sum(row.left for row in blank)}, "least": sizing.least,
        "budget": sum(one.more for one in after),
        "rows": [drawn(row, more.get(row.key)) for row in shown], "wide": WIDE,
        "pooled": [label(key) for row in rows for key in row.parts],
        "next": [{"label": TOGETHER if one.row.parts else label(one.row.key), "more": one.more, "narrower": round(one.narrower),
                  "left": one.row.left} for one in after],
        "plan_url": reverse("inspections"), "how": how(today),
    })  # fmt: skip


def how(today: date) -> list[str]:
    """How it is reckoned, for whoever unfolds it."""
    scheme, sizing = scheme_on(today), supervision().sizing
    return [
        f"没有检查过的A级单位：等级用现行的，有“{scheme.label}”的用它；还没有评过的，按它试算",
        f"其中核实程度为 {version_on(today).otherwise.key} 的，按登记的行业和职工人数分层",
        "抽查的样本：不定向抽取抽中、没有递补、检查已经实施完毕的，而且检查当时也没有人检查过、没有查处记录；定向抽取、投诉检查、专项检查都不算",
        f"每一层的范围：Clopper–Pearson 精确区间（有限总体，超几何分布），把握至少 {100 * LEVEL:.0f}％，宁宽勿窄",
        "合计的范围：各层按 Bonferroni 不等式放宽以后相加，所以合计的把握不低于单独一层，也宁宽勿窄",
        f"抽查不足 {sizing.least} 家的层合并推算；一家也没有抽查过的层不合并，写“不知道”，全部计入上限",
        f"接下来查哪里：每次增加 {sizing.batch} 家，放到预计让范围缩小最多的层，直到 {sizing.budget} 家用完；"
        "每层以后会查出多少，按已经查出的比例估计",
        "限度：抽中而没有实施检查的不在样本里；同一层在不同任务中抽取比例相差很大时，推算会有偏差",
    ]


def label(key: tuple[str, str]) -> str:
    """A stratum in words."""
    sizes = {size: told for size, told, _ in supervision().sizing.sizes}
    return f"{key[0] or '行业未登记'}，{sizes.get(key[1], '人数未登记')}"


def drawn(row: Stratum, after: Next | None) -> dict:
    """A row of the table: its figures with the way to their records, and its interval as it is drawn."""
    told = guess(row)
    scale = WIDE / row.left if row.left else 0
    keys = row.parts or (row.key,)
    name = TOGETHER if row.parts else label(row.key)
    counts = [
        {"n": getattr(row, of), "label": WORDS[of], "url": "" if row.parts else address(keys[0], of)} for of in WORDS
    ]
    return {
        "label": name, "parts": [{"label": label(key), "url": address(key, "left")} for key in row.parts], "counts": counts,
        "known": row.known, "low": told.low, "high": told.high, "likely": None if told.likely is None else round(told.likely),
        "x": f"{told.low * scale:.1f}", "width": f"{max(2, told.width * scale):.1f}", "dot": f"{(told.likely or 0) * scale:.1f}",
        "more": after.more if after else 0,
        "picture": f"{name}：{row.left} 家中 {told.low} 至 {told.high} 家" if row.known else f"{name}：不知道",
    }  # fmt: skip


def address(key: tuple[str, str], of: str) -> str:
    """Where the records behind a figure of a stratum are."""
    return f"{reverse('credit_estimate_records')}?{urlencode({'industry': key[0], 'size': key[1], 'of': of})}"


@access(OFFICER)
@require_safe
def credit_estimate_records(request):
    """The records behind one figure: employers, or inspections."""
    key, of = (request.GET.get("industry", ""), request.GET.get("size", "")), request.GET.get("of", "")
    if of not in WORDS or key[1] not in ("", *(size for size, _, _ in supervision().sizing.sizes)) or "\0" in key[0]:
        raise Http404
    region, today = region_of(request), localdate()
    after = int(text) if (text := request.GET.get("after", "")).isascii() and text.isdecimal() and len(text) < 18 else 0  # fmt: skip
    found = employers(region, today, key, after) if of == "left" else inspections(region, today, key, of)
    more = len(found) > ROWS and of == "left"
    shown = found[:ROWS] if of == "left" else found
    return render(request, "credit/estimate_records.html", {
        "crumbs": [{"label": HERE, "url": reverse("credit_estimate")}, {"label": WORDS[of], "url": ""}],
        "title": f"{label(key)}：{WORDS[of]}", "rows": shown, "inspected": of != "left",
        "next_url": f"{address(key, of)}&after={shown[-1]['id']}" if more else "",
    })  # fmt: skip


def employers(region: str, today: date, key: tuple[str, str], after: int) -> list[dict]:
    """Those whom nobody has examined."""
    return [
        {"id": pk, "name": name, "workers": workers, "url": reverse("employer", args=[pk])}
        for pk, name, workers in unexamined_of(region, today, key, after, ROWS + 1)
    ]


def inspections(region: str, today: date, key: tuple[str, str], of: str) -> list[dict]:
    """The inspections that were made at random of such, or those that found something."""
    rows = [each for each in tried(region, today) if each.key == key and (of == "inspected" or each.found)]
    return [
        {"id": each.seen.row.employer_id, "name": each.seen.row.employer.name, "workers": each.seen.row.employer.workers,
         "url": reverse("employer", args=[each.seen.row.employer_id]), "ended_on": each.seen.visit.ended_on, "found": each.found,
         "visit_url": reverse("dossier", args=[each.seen.visit.pk]), "number": each.seen.row.draw.number}
        for each in rows
    ]  # fmt: skip

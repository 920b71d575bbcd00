"""Grades: the yearly runs, who got which grade, one employer's grades fact by fact, and an objection to one of them."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from laojian.credit.contacts import levels_by_grade, levels_of
from laojian.credit.flow import GRADING
from laojian.credit.grading import Told, uncounted
from laojian.credit.levels import version_on
from laojian.credit.models import Grade, Grading
from laojian.credit.objection_flow import OBJECTION
from laojian.credit.records import excluded, facts_of
from laojian.credit.schemes import Scheme, grading, of_text, schemes
from laojian.credit.strata import of_level
from laojian.credit.trials import rule_words
from laojian.dossier.queries import page, visible_to
from laojian.employers.models import Employer
from laojian.lawbook.articles import CONFIDENCE
from laojian.people.actions import deed
from laojian.procedure.step import File
from laojian.procedure.take import read

from .. import present
from ..access import OFFICER, access
from ..opening import opening
from ..own import OWN
from .credit_levels import level_shown
from .dossiers import crumbs, key_of, link

SIZE, ROWS = 30, 100
HERE = "年度评价"
LODGERS = ("clerk", "inspector", "unit_head")


@access(OFFICER)
@require_safe
def gradings(request):
    """年度评价: the runs that the viewer may see, newest first."""
    found = page(request.me.scope, Q(flow=GRADING.name), order=("-id",), after=key_of(request, False), size=SIZE)
    files, today = found[:SIZE], localdate()
    return render(request, "credit/gradings.html", {
        "crumbs": [{"label": HERE, "url": ""}], "dossiers": [present.row(file, today) for file in files],
        "new_url": reverse("grading_new") if request.me.scope.holds("inspector", "unit_head") else "",
        "trials_url": reverse("trials"), "next_url": link(request, f"~{files[-1].pk}") if len(found) > SIZE else "",
    })  # fmt: skip


@access("inspector", "unit_head")
def grading_new(request):
    """Begin a run; refused, everything typed is still there."""
    made = opening(request, GRADING.name, on=localdate())
    if made.file:
        return redirect("dossier", made.file.id)
    return render(request, "credit/grading_new.html", {
        "crumbs": [{"label": HERE, "url": reverse("gradings")}, {"label": "开始", "url": ""}], "form": made.form,
        "reasons": made.reasons, "cancel_url": reverse("gradings"),
    }, status=made.status)  # fmt: skip


def cards(file: File, request) -> dict:
    """What a run shows of its own: how many of each grade, each number with its employers, and the pinned rules."""
    run = Grading.objects.get(pk=file.id)
    scheme, total = of_text(run.rules), sum(run.counts.values())
    rows = [
        {"grade": letter, "n": run.counts.get(letter, 0), "part": 100 * run.counts.get(letter, 0) / total if total else 0,
         "url": f"{reverse('grading_grades', args=[file.id])}?{urlencode({'grade': letter})}"}
        for letter in scheme.order
    ]  # fmt: skip
    return {"run": run, "scheme": scheme, "rows": rows, "total": total} | verified(run, scheme)


def verified(run: Grading, scheme: Scheme) -> dict:
    """Each grade by level of evidence as of today, each number with its employers; and of the best without a title how many nobody saw."""
    today, best = localdate(), scheme.otherwise[0]
    told, keys = levels_by_grade(run.pk, today), version_on(today).every
    here = reverse("grading_grades", args=[run.pk])
    table = [
        {"grade": letter, "cells": [
            {"level": each.key, "n": told.get((letter, each.key), 0),
             "url": f"{here}?{urlencode({'grade': letter, 'level': each.key})}"} for each in keys]}
        for letter in scheme.order if any(key[0] == letter for key in told)
    ]  # fmt: skip
    whole, unseen = sum(n for key, n in told.items() if key[0] == best), told.get((best, keys[-1].key), 0)
    return {"levels": keys, "table": table, "best": {"grade": best, "n": whole, "unseen": unseen,
            "part": 100 * unseen / whole if whole else 0}, "estimate_url": reverse("credit_estimate"), "today": today}  # fmt: skip


OWN[GRADING.name] = ("credit/grading_cards.html", cards)


def objected(file: File, request) -> dict:
    """What an objection shows of its own: the fact, the reason, what was found, and the way to the employer's grades."""
    told = file.objection
    return {
        "told": told, "kind": grading()[0][told["kind"]].label,
        "url": reverse("credit_employer", args=[file.dossier["employer_id"]]),
    }  # fmt: skip


OWN[OBJECTION.name] = ("credit/objection_cards.html", objected)


@access(OFFICER)
@require_safe
def grading_grades(request, dossier_id: int):
    """Who has a grade by a run, a page by key."""
    file = read(dossier_id, request.me.officer.pk, now())
    if file.flow is not GRADING:
        raise Http404
    run, letter, after = Grading.objects.get(pk=dossier_id), request.GET.get("grade", ""), number_of(request, "after")
    scheme = of_text(run.rules)
    wanted, level = Grade.objects.filter(run=run, grade=letter, until_on=None), request.GET.get("level", "")
    if level in {each.key for each in version_on(localdate()).every}:
        wanted = wanted.filter(employer__in=Employer.objects.filter(of_level([level])))
    else:
        level = ""
    rows = wanted.filter(employer__gt=after).select_related("employer")
    rows = list(rows.order_by("employer")[: ROWS + 1])
    levels = levels_of([row.employer_id for row in rows[:ROWS]], localdate())
    more = (
        f"?{urlencode({'grade': letter, 'level': level, 'after': rows[ROWS - 1].employer_id})}"
        if len(rows) > ROWS
        else ""
    )
    return render(request, "credit/grading_grades.html", {
        "crumbs": crumbs(file, f"{letter} 级"), "grade": letter, "level": level, "next_url": more,
        "n": wanted.count() if level else run.counts.get(letter, 0),
        "rows": [{"name": row.employer.name, "code": row.employer.credit_code, "why": rule_words(scheme, row.rule),
                  "since": row.since_on, "level": levels[row.employer_id],
                  "url": reverse("credit_employer", args=[row.employer_id])} for row in rows[:ROWS]],
    })  # fmt: skip


def number_of(request, name: str) -> int:
    """A number of the address; nonsense is none."""
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 18 else 0


@access(OFFICER)
@require_safe
def credit_employer(request, employer_id: int):
    """One employer's grades: by each scheme since when, on which rule and facts, what does not count and why, and the history."""
    employer = Employer.objects.filter(pk=employer_id).first()
    if employer is None:
        raise Http404
    today, told = localdate(), facts_of(employer_id, whole=True)
    gone = {(row.case_id, row.kind, row.on): row for row in excluded(employer_id)}
    seen = set(visible_to(request.me.scope).filter(pk__in={fact.case for fact in told}).values_list("pk", flat=True))
    rows = (
        Grade.objects.filter(employer=employer, since_on__isnull=False)
        .select_related("run")
        .order_by("-since_on", "-id")
    )
    history = list(rows)
    lodges = request.me.scope.holds(*LODGERS)
    deed(
        request.me, "look_grade", "查看诚信等级的依据", now(), kind="look", employer=employer.pk, subject=employer.name
    )
    return render(request, "credit/employer.html", {
        "crumbs": [{"label": "用人单位", "url": reverse("employers")},
                   {"label": employer.name, "url": reverse("employer", args=[employer_id])}, {"label": "诚信等级", "url": ""}],
        "employer": employer, "level": level_shown(employer_id, today),
        "standing": [unfolded(row, told, gone, seen, lodges, today) for row in history if row.until_on is None],
        "history": [{"scheme": schemes_label(row), "grade": row.grade, "since": row.since_on, "until": row.until_on,
                     "by": row.get_by_display(), "ended_by": row.get_ended_by_display(), "url": reverse("dossier", args=[row.run_id]),
                     "why": rule_words(of_text(row.run.rules), row.rule)} for row in history],
        "none": [each.label for key, each in schemes().items() if key not in {row.scheme for row in history}],
    })  # fmt: skip


def schemes_label(row: Grade) -> str:
    """The scheme of a grade in words, as its run pinned it."""
    return of_text(row.run.rules).label


def unfolded(row: Grade, told: list[Told], gone: dict, seen: set[int], lodges: bool, today) -> dict:
    """A grade in force with its rule and article, and every fact with whether it counts and why not."""
    scheme = of_text(row.run.rules)
    rule = next((each for each in scheme.rules if each.key == row.rule), None)
    kinds = {kind for each in scheme.rules for kind in each.kinds}
    lines = [counted(fact, row, scheme, gone, today) for fact in told if fact.kind in kinds]
    for line in lines:
        fact = line["fact"]
        line["url"] = reverse("dossier", args=[fact.case]) if fact.case in seen else ""
        given = urlencode({"grade": row.pk, "fact": f"{fact.case}|{fact.kind}|{fact.on}"})
        line["object_url"] = f"{reverse('objection_new')}?{given}" if lodges and not line["why"] else ""
    return {
        "scheme": scheme, "grade": row.grade, "since": row.since_on, "by": row.get_by_display(), "told_on": row.told_on,
        "why": rule_words(scheme, row.rule), "rule": rule, "confidence": CONFIDENCE[rule.confidence] if rule else "",
        "first": row.run.first_on, "last": row.run.cut_off_on, "lines": [line for line in lines if not line["why"]],
        "left": [line for line in lines if line["why"]], "told": explained(row, scheme),
    }  # fmt: skip


def explained(row: Grade, scheme: Scheme) -> list[str]:
    """How the grade comes about, in sentences."""
    run = row.run
    return [
        f"评价之日 {run.on}，看 {run.first_on} 至 {run.cut_off_on} 的记录，规则摘要 {run.digest[:12]}",
        "条件自上而下逐条核对，最先符合的决定等级：" + "；".join(f"{each.grade} {each.label}" for each in scheme.rules),
        f"都不符合的是 {scheme.otherwise[0]}：{scheme.otherwise[1]}",
        "评价以后送达的决定只会使等级下降，被撤销的恢复；"
        f"轻微并及时改正、撤销立案的{'计入' if scheme.minor else '不计入'}查处次数",
    ]


def counted(fact: Told, row: Grade, scheme: Scheme, gone: dict, today) -> dict:
    """A fact with why it does not count for this grade; empty where it does, by the run's records or by those since."""
    out = gone.get((fact.case, fact.kind, fact.on))
    ways = {rule.window for rule in scheme.rules if fact.kind in rule.kinds}
    windows = (scheme.window(row.run.on), scheme.since(row.run.on, today))
    whys = [uncounted(fact, way, window) for way in ways for window in windows]
    why = f"异议成立，{out.since_on} 起排除" if out else ("" if "" in whys else whys[0])
    return {"fact": fact, "label": grading()[0][fact.kind].label, "on": fact.on, "why": why}


@access(*LODGERS)
def objection_new(request):
    """Enter an employer's objection to one fact."""
    sent = request.POST if request.method == "POST" else request.GET
    key = sent.get("grade", "")
    grade = (
        Grade.objects.select_related("employer").filter(pk=int(key) if key.isdecimal() and len(key) < 18 else 0).first()
    )
    if grade is None:
        raise Http404
    made = opening(request, OBJECTION.name, grade=grade.pk, fact=sent.get("fact", ""), received_on=localdate())
    if made.file:
        return redirect("dossier", made.file.id)
    made.form.fields["grade"].choices = [(grade.pk, f"{grade.employer.name} {grade.grade}")]
    back = reverse("credit_employer", args=[grade.employer_id])
    case, _, rest = sent.get("fact", "").partition("|")
    kind = grading()[0].get(rest.partition("|")[0])
    return render(request, "credit/objection_new.html", {
        "crumbs": [{"label": grade.employer.name, "url": back}, {"label": "提出异议", "url": ""}], "form": made.form,
        "reasons": made.reasons, "cancel_url": back, "employer": grade.employer, "kind": kind.label if kind else "",
        "day": rest.partition("|")[2], "case": case,
    }, status=made.status)  # fmt: skip

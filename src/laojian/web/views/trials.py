"""试算: rules tried over the register against others: who would change and why, as a table and a picture."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from laojian.cases.forms.fields import Day, Prose
from laojian.credit.models import Trial, TrialChange
from laojian.credit.schemes import of_text, schemes, written
from laojian.credit.trials import begin, flows, rule_words
from laojian.lawbook import LawError
from laojian.people.actions import deed
from laojian.procedure.step import Given

from ..access import access
from .grades import number_of

LEADERS = ("unit_head", "deputy", "chief")
ROWS, RECENT = 50, 20
HEIGHT, WIDTH, GAP, LEAST = 320, 640, 14, 3  # of the picture


class Tried(Given):
    """Which rules against which."""

    on = Day("评价之日", past=True, now=True)
    before = Prose("原规则", max_length=20_000, rows=14)
    after = Prose(
        "新规则", max_length=20_000, rows=14, help_text="可以直接改；写法与 law/grading.yaml 相同，有误的按行指出。"
    )

    def clean(self):
        given = super().clean()
        for name in ("before", "after"):
            try:
                if given.get(name):
                    of_text(given[name])
            except LawError as wrong:
                for line in str(wrong).splitlines():
                    self.add_error(name, line)
        return given


@access(*LEADERS)
def trials(request):
    """Begin a trial, and those of late."""
    keys = list(schemes())
    first = request.GET.get("before") if request.GET.get("before") in keys else keys[0]
    then = request.GET.get("after") if request.GET.get("after") in keys else keys[-1]
    today = localdate()
    initial = {"on": today, "before": written(first), "after": written(then)}
    form = Tried(request.POST or None, on=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        trial = begin(request.me.officer, now(), given["on"], given["before"], given["after"])
        deed(
            request.me,
            "try_rules",
            "试算等级规则",
            now(),
            kind="deed",
            trial=trial.pk,
            before=trial.before,
            after=trial.after,
        )
        return redirect("trial", trial.pk)
    recent = Trial.objects.filter(bureau=request.me.bureau).order_by("-id")[:RECENT]
    return render(request, "credit/trials.html", {
        "crumbs": [{"label": "年度评价", "url": reverse("gradings")}, {"label": "试算", "url": ""}], "form": form,
        "recent": recent, "cancel_url": reverse("gradings"),
        "pairs": [{"label": f"{schemes()[a].label} → {schemes()[b].label}", "url": f"?{urlencode({'before': a, 'after': b})}"}
                  for a in keys for b in keys],
    }, status=422 if form.errors else 200)  # fmt: skip


@access(*LEADERS)
@require_safe
def trial(request, trial_id: int):
    """What a trial came to: the picture, the numbers, and who changes, a page by key."""
    found = Trial.objects.filter(pk=trial_id, bureau=request.me.bureau).first()
    if found is None:
        raise Http404
    first, then = of_text(found.before_rules), of_text(found.after_rules)
    cells, cell = flows(found), request.GET.get("cell", "")
    was, _, becomes = cell.partition(">")
    rows = TrialChange.objects.filter(trial=found, employer__gt=number_of(request, "after")).select_related("employer")
    rows = list((rows.filter(before=was, after=becomes) if cell else rows).order_by("employer")[: ROWS + 1])
    more = f"?{urlencode({'cell': cell, 'after': rows[ROWS - 1].employer_id})}" if len(rows) > ROWS else ""
    return render(request, "credit/trial.html", {
        "crumbs": [{"label": "试算", "url": reverse("trials")}, {"label": f"第 {found.pk} 次", "url": ""}], "trial": found,
        "first": first, "then": then, "picture": drawn(cells, first.order, then.order), "cell": cell, "next_url": more,
        "cells": [{"was": a, "now": b, "n": n, "same": a == b, "url": f"?{urlencode({'cell': f'{a}>{b}'})}#who"} for a, b, n in cells],
        "changed": sum(n for a, b, n in cells if a != b), "total": sum(n for _, _, n in cells),
        "rows": [{"name": row.employer.name, "url": reverse("credit_employer", args=[row.employer_id]), "was": row.before,
                  "now": row.after, "was_why": rule_words(first, row.before_rule), "now_why": rule_words(then, row.after_rule)}
                 for row in rows[:ROWS]],
    })  # fmt: skip


def drawn(cells: list[tuple[str, str, int]], left: tuple[str, ...], right: tuple[str, ...]) -> dict:
    """The picture: a column of grades on each side, a band between two as wide as the root of how many go that way.

    Roots, because nine in ten stay where they are: else nobody would see who moves.
    """
    wide = {(a, b): max(LEAST, n**0.5) for a, b, n in cells}
    most = max(1.0, sum(wide.values()))
    scale = (HEIGHT - GAP * max(len(left), len(right))) / most
    starts, ends = {}, {}
    for table, order, side in ((starts, left, 0), (ends, right, 1)):
        y = 0.0
        for letter in order:
            size = sum(width for pair, width in wide.items() if pair[side] == letter) * scale
            table[letter] = [y, size, y]
            y += size + GAP
    bands = []
    for a, b, n in cells:
        width = wide[a, b] * scale
        y, z = starts[a][2], ends[b][2]
        starts[a][2], ends[b][2] = y + width, z + width
        bands.append({"path": band(y, z, width), "same": a == b, "told": f"{a} → {b}：{n:,} 家"})
    return {
        "bands": bands, "width": WIDTH, "height": HEIGHT, "said": "；".join(each["told"] for each in bands),
        "left": [{"label": k, "y": round(y, 1), "size": round(size, 1), "text": round(y + size / 2 + 5, 1)}
                 for k, (y, size, _) in starts.items() if size],
        "right": [{"label": k, "y": round(y, 1), "size": round(size, 1), "text": round(y + size / 2 + 5, 1)}
                  for k, (y, size, _) in ends.items() if size],
    }  # fmt: skip


def band(y: float, z: float, width: float) -> str:
    """The outline of a band from a height on the left to one on the right."""
    a, b, middle = 60, WIDTH - 60, WIDTH / 2
    return (
        f"M{a} {y:.1f}C{middle} {y:.1f} {middle} {z:.1f} {b} {z:.1f}V{z + width:.1f}"
        f"C{middle} {z + width:.1f} {middle} {y + width:.1f} {a} {y + width:.1f}Z"
    )

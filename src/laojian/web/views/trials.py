"""试算: rules tried over the register against others: who would change and why, as a table and a picture."""

from django import forms
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from laojian.cases.forms.fields import Day, Prose
from laojian.credit.models import Trial, TrialChange
from laojian.credit.schemes import Scheme, of_text, schemes, written
from laojian.credit.trials import begin, flows, reasons, rule_words
from laojian.lawbook import LawError
from laojian.people.actions import deed
from laojian.procedure.step import Given

from ..access import access
from .grades import number_of

LEADERS = ("unit_head", "deputy", "chief")
ROWS, RECENT, LONGEST = 50, 20, 20_000
HEIGHT, WIDTH, GAP, LEAST = 320, 640, 14, 3  # of the picture


class Tried(Given):
    """Which rules against which."""

    on = Day("评价之日", past=True, now=True)
    before = Prose("原规则", max_length=LONGEST, rows=14)
    after = Prose(
        "新规则",
        max_length=LONGEST,
        rows=14,
        required=False,
        help_text="可以直接改；写法与 law/grading.yaml 相同，有误的按行指出。",
    )
    file = forms.FileField(
        label="或者上传规则文件（.yaml）", required=False,
        help_text="只写一种办法；上传的代替上面的新规则，先照样核对，有误的按行指出。只用来试算，不会改动现行规则。",
    )  # fmt: skip

    def clean_file(self):
        """The text of the file takes the place of what was typed, and is shown there whatever becomes of it."""
        sent = self.cleaned_data["file"]
        if not sent:
            return ""
        if sent.size > LONGEST:
            raise forms.ValidationError(
                f"文件有 {sent.size:,} 字节，规则文件不超过 {LONGEST:,} 字节，请核对是不是选错了文件"
            )
        try:
            told = sent.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError("文件不是 UTF-8 编码的文本，请另存为 UTF-8 编码的 .yaml 文件再上传") from None
        if "\0" in told or not told.strip():
            raise forms.ValidationError("文件是空的，或者不是文本，请核对是不是选错了文件")
        self.data = self.data | {"after": told}
        self.cleaned_data["after"] = told
        return sent.name

    def clean(self):
        given = super().clean()
        if not given.get("after") and "file" not in self.errors:
            self.add_error("after", "请写新规则，或者上传规则文件")
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
    form = Tried(request.POST.dict() or None, files=request.FILES or None, on=today, initial=initial)
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
            file=given["file"],
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
    cells, cell = flows(found), printable(request, "cell")
    was, _, becomes = cell.partition(">")
    rows = TrialChange.objects.filter(trial=found, employer__gt=number_of(request, "after")).select_related("employer")
    rows = rows.filter(before=was, after=becomes) if cell else rows
    why = printable(request, "why")
    rows = rows.filter(before_rule=why.partition(">")[0], after_rule=why.partition(">")[2]) if ">" in why else rows
    rows = list(rows.order_by("employer")[: ROWS + 1])
    asked = {"cell": cell, "why": why}
    more = f"?{urlencode(asked | {'after': rows[ROWS - 1].employer_id})}#who" if len(rows) > ROWS else ""
    return render(request, "credit/trial.html", {
        "crumbs": [{"label": "试算", "url": reverse("trials")}, {"label": f"第 {found.pk} 次", "url": ""}], "trial": found,
        "first": first, "then": then, "picture": drawn(cells, first.order, then.order), "cell": cell, "next_url": more,
        "cells": [{"was": a, "now": b, "n": n, "same": a == b, "url": address(f"{a}>{b}")} for a, b, n in cells],
        "reasons": causes(found, first, then), "spans": [(each.label, *each.span(found.on)) for each in (first, then)],
        "changed": sum(n for a, b, n in cells if a != b), "total": sum(n for _, _, n in cells),
        "rows": [{"name": row.employer.name, "url": reverse("credit_employer", args=[row.employer_id]), "was": row.before,
                  "now": row.after, "was_why": rule_words(first, row.before_rule), "now_why": rule_words(then, row.after_rule)}
                 for row in rows[:ROWS]],
    })  # fmt: skip


def printable(request, name: str) -> str:
    """What an address asks under a name; empty where it holds what no text of ours does."""
    text = request.GET.get(name, "")
    return text if text.isprintable() else ""


def causes(trial: Trial, first: Scheme, then: Scheme) -> list[dict]:
    """Why grades differ: from which rule to which, in words, and the way to the employers."""
    return [
        {"was": row["before"], "now": row["after"], "n": row["n"],
         "was_why": rule_words(first, row["before_rule"]), "now_why": rule_words(then, row["after_rule"]),
         "url": address(f"{row['before']}>{row['after']}", f"{row['before_rule']}>{row['after_rule']}")}
        for row in reasons(trial)
    ]  # fmt: skip


def address(cell: str, why: str = "") -> str:
    """Where those are who went from one grade to another, by one rule and another."""
    return f"?{urlencode({'cell': cell} | ({'why': why} if why else {}))}#who"


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

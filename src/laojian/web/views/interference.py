"""The register of interference: recorded by whoever handles cases; lists show only what the database shows to the viewer."""

from datetime import date

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from laojian.interference.flow import ANYBODY, INTERFERENCE
from laojian.interference.models import Approach
from laojian.interference.queries import between, figures, named, quarter
from laojian.papers.actions import body, templates
from laojian.papers.blocks import from_json
from laojian.papers.pdf import to_pdf
from laojian.procedure.step import File

from .. import present
from ..access import OFFICER, access
from ..opening import opening
from ..own import OWN

HERE = "干预过问登记"
NO_DAY = {"invalid": "不是一个日期，请按 2026-11-22 的样子填写。"}


class When(forms.Form):
    """Of which quarter."""

    on = forms.DateField(
        label="哪一天所在的季度", required=False, widget=forms.DateInput(attrs={"type": "date"}), error_messages=NO_DAY
    )


def asked(request) -> tuple[When, date, date]:
    """The form, the first day of the quarter and of the next; nonsense: the quarter of today."""
    form = When({"on": request.GET.get("on") or localdate().isoformat()})
    on = (form.cleaned_data.get("on") if form.is_valid() else None) or localdate()
    return form, *quarter(on)


@access(OFFICER)
@require_safe
def interference(request):
    """What the viewer recorded, or as discipline organ received, in a quarter; for everybody else there is nothing."""
    form, first, until = asked(request)
    rows = between(first, until)
    return render(request, "interference/list.html", {
        "crumbs": [{"label": HERE, "url": ""}], "form": form, "clear_url": reverse("interference"), "quarter": named(first),
        "rows": [told(each) for each in rows], "figures": figures(rows) if request.me.scope.holds("discipline") else [],
        "new_url": reverse("interference_new") if request.me.scope.holds(*ANYBODY.split()) else "",
        "summary_url": reverse("interference_summary") + f"?on={first}" if request.me.scope.holds("discipline") and rows else "",
    })  # fmt: skip


def told(each: Approach) -> dict:
    """A row of the register."""
    return {
        "at": each.recorded_at, "case": each.case, "person": each.person, "unit": each.unit, "kind": each.get_kind_display(),
        "demand": each.get_demand_display(), "state": INTERFERENCE.by_state[each.dossier.state].label,
        "tone": present.tone(INTERFERENCE, each.dossier.state), "url": reverse("dossier", args=[each.pk]),
    }  # fmt: skip


@access(*ANYBODY.split())
def interference_new(request):
    """Record who asked what; refused, everything typed is still there."""
    made = opening(request, INTERFERENCE.name, case=request.GET.get("case", ""))
    if made.file:
        return redirect("dossier", made.file.id)
    made.form.offer(None)
    return render(request, "interference/new.html", {
        "crumbs": [{"label": HERE, "url": reverse("interference")}, {"label": "登记", "url": ""}], "form": made.form,
        "reasons": made.reasons, "cancel_url": reverse("interference"),
    }, status=made.status)  # fmt: skip


@access("discipline")
@require_safe
def interference_summary(request):
    """The summary of a quarter as a paper, made when it is asked for and kept in no file."""
    _, first, until = asked(request)
    rows = between(first, until)
    lines = [f"{each.recorded_at:%Y-%m-%d} {each.case}：{each.person}（{each.unit or '—'}）{each.get_kind_display()}，"
             f"{each.get_demand_display()}" for each in rows]  # fmt: skip
    bureau = request.me.bureau
    facts = {
        "bureau": {"name": bureau.name, "short": bureau.short}, "step": {"on": localdate().isoformat(), "at": now().isoformat()},
        "given": {"period": named(first), "organ": f"{bureau.name}纪检监察机构", "rows": "\n".join(lines) or "没有登记",
                  "figures": "\n".join(f"{label} {count} 件" for label, count in figures(rows))},
    }  # fmt: skip
    code = "interference_summary"
    content = to_pdf(from_json(body(code, facts)), templates()[code], number="", issued_on=localdate())
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="interference-{first}.pdf"'
    return answer


def cards(file: File, request) -> dict:
    """What the page of one approach shows."""
    row = file.approach
    words = {
        "kind": Approach.Kind,
        "channel": Approach.Channel,
        "category": Approach.Category,
        "demand": Approach.Demand,
    }
    facts = [
        ("案号", row["case"]), ("发生时间", row["happened_at"]), ("人员", f"{row['person']} {row['unit']}"),
        *((Approach._meta.get_field(name).verbose_name, kinds(row[name]).label) for name, kinds in words.items()),
        ("与本案的关系", row["relation"]), ("原话、内容", row["content"]), ("怎样回应", row["response"]), ("在场人", row["witness"]),
        ("文号", row["document"]),
    ]  # fmt: skip
    return {"facts": [(label, text) for label, text in facts if text], "consequences": file.consequences}


OWN[INTERFERENCE.name] = ("interference/cards.html", cards)

"""The public side of a written review: its employer hands in what was asked for, with the code of the notice."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache

from laojian.evidence.actions import keep_upload
from laojian.evidence.forms import FilesField
from laojian.people.acting import acting
from laojian.procedure.step import File, Reason, Refused
from laojian.procedure.take import read, take
from laojian.record.models import Entry
from laojian.visits.models import Visit

from .access import PUBLIC, access
from .inspections import known
from .queries import visited

OPEN = "written_asked"


class Papers(forms.Form):
    """What the employer hands in."""

    title = forms.CharField(label="这是什么材料", max_length=100)
    files = FilesField(label="照片或文件")


@never_cache
@access(PUBLIC)
def hand_in(request: HttpRequest, token: str):
    """What is asked for and until when; each upload enters the file. Without the code, or when nothing is asked, the page of the code."""
    visit, _ = known(request, token)
    if visit is None:
        return redirect("check_visit", token[:16])
    with acting(visited().pk, dossier_id=visit.pk):
        file = read(visit.pk, visited().pk, now())
        told = asked(file, visit)
    if file.state != OPEN:
        return redirect("check_visit", visit.token)
    form, reasons = Papers(request.POST or None, request.FILES or None), []
    if request.method == "POST" and form.is_valid():
        reasons = kept(visit, form)
        if not reasons:
            messages.success(request, "已收到。还有其他材料的，可以继续报送。")
            return redirect("hand_in", visit.token)
    return render(request, "portal/hand_in.html", told | {
        "bureau": visit.bureau, "form": form, "reasons": [{"text": str(r), "article": r.basis} for r in reasons],
        "back_url": reverse("check_visit", args=[visit.token]),
    }, status=422 if reasons or form.errors else 200)  # fmt: skip


def kept(visit: Visit, form: Papers) -> list[Reason]:
    """Keep the files and take the step; why not, if it is refused."""
    by, at = visited(), now()
    try:
        files = [keep_upload(upload, by=by, at=at) for upload in form.cleaned_data["files"]]
        given = {"title": form.cleaned_data["title"], "files": [file.pk for file in files]}
        take(visit.pk, "hand_in", by=by, at=at, given=given)
    except Refused as refused:
        return list(refused.reasons)
    except forms.ValidationError as wrong:
        return [Reason(text) for text in wrong.messages]
    return []


def asked(file: File, visit: Visit) -> dict:
    """What the page tells: what is asked for, the last day, the last reminder, and what this page has taken in."""
    entries = Entry.objects.filter(dossier_id=file.id, verb__in=("hand_in", "remind_written")).order_by("seq")
    rows = list(entries.values("verb", "at", "given"))
    reminded = [row for row in rows if row["verb"] == "remind_written"]
    clock = next(iter(file.running("written_materials")), None)
    return {
        "number": file.dossier["number"], "materials": visit.materials.splitlines(), "clock": clock, "today": localdate().isoformat(),
        "missing": reminded[-1]["given"].get("missing", "").splitlines() if reminded else [],
        "handed": [{"at": row["at"], "title": row["given"]["title"]} for row in rows if row["verb"] == "hand_in"],
    }  # fmt: skip

"""办案记录: who did, saw and changed what; and whether the record of a file is still what was written."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from laojian.dossier.models import Dossier
from laojian.dossier.queries import visible_to
from laojian.papers.models import Paper
from laojian.people.acting import acting
from laojian.people.actions import deed
from laojian.people.forms import Day
from laojian.people.queries import Me, bureaus_of
from laojian.procedure.statements import reread
from laojian.procedure.step import SHANGHAI
from laojian.procedure.take import FLOWS
from laojian.record.models import Entry
from laojian.record.proofs import places
from laojian.record.queries import as_hashed, entries_page
from laojian.record.rules import digest_text, faults

from .. import present
from ..access import OFFICER, access
from ..export import workbook
from .dossiers import link, short
from .proofs import READERS

SIZE, EXPORTED = 50, 5000
HEADINGS = ["时间", "何人", "当时岗位", "证号", "种类", "做了什么", "说明", "对象", "依据", "摘要"]
VERIFIED = "verified"
NOT_A_DAY = {"invalid": "不是一个日期，请按 2026-11-22 的样子填写。"}


class Filters(forms.Form):
    """How the record is narrowed."""

    who = forms.CharField(label="何人", required=False, max_length=60)
    kind = forms.ChoiceField(label="种类", required=False, choices=[("", "全部"), *Entry.Kind.choices])
    since = forms.DateField(label="自", required=False, widget=Day, error_messages=NOT_A_DAY)
    until = forms.DateField(label="至", required=False, widget=Day, error_messages=NOT_A_DAY)
    dossier = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def conditions(self) -> list[Q]:
        """The filters as conditions; wrong input filters nothing and is told at its field."""
        self.full_clean()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        found = [Q(actor_name__contains=asked["who"])] if "who" in asked else []
        if "kind" in asked:
            found.append(Q(kind=asked["kind"]))
        if "since" in asked:
            found.append(Q(at__gte=midnight(asked["since"])))
        if "until" in asked:
            found.append(Q(at__lt=midnight(asked["until"] + timedelta(days=1))))
        return found


def midnight(day: date) -> datetime:
    """The first moment of a day in China."""
    return datetime.combine(day, time.min, SHANGHAI)


@access(OFFICER)
@require_safe
def record(request):
    """The record of the viewer's line, or of one file that the viewer may see; the same list as a workbook."""
    dossier = chosen(request.me, request.GET.get("dossier", ""))
    verified = request.session.pop(VERIFIED, None) if dossier and VERIFIED in request.session else None
    return page(request, dossier, verified if verified and verified["dossier"] == dossier.pk else None)


def chosen(me: Me, dossier_id: str) -> Dossier | None:
    """The file whose record is asked for; without one, only those who answer for the record go on."""
    if dossier_id:
        return visible_to(me.scope).get(pk=int(dossier_id) if dossier_id.isdecimal() and len(dossier_id) < 19 else 0)
    if not me.scope.holds(*READERS):
        raise PermissionDenied
    return None


def page(request, dossier: Dossier | None, verified: dict | None):
    """The list, by key."""
    form = Filters(request.GET)
    conditions = form.conditions() + ([Q(dossier_id=dossier.pk)] if dossier else [])
    if request.GET.get("export") == "xlsx":
        every = found_of(request.me, dossier, conditions, 0, EXPORTED)[:EXPORTED]
        return workbook("办案记录", HEADINGS, [cells(row) for row in rows(every, dossier)])
    after = request.GET.get("after", "")
    found = found_of(request.me, dossier, conditions, int(after) if after.isdecimal() and len(after) < 19 else 0, SIZE)
    file = (
        {"title": dossier.title, "number": named(dossier), "url": reverse("dossier", args=[dossier.pk])}
        if dossier
        else None
    )
    above = (
        [{"label": "卷宗", "url": reverse("dossiers")}, {"label": file["number"], "url": file["url"]}] if file else []
    )
    return render(request, "record/entries.html", {
        "crumbs": [*above, {"label": "办案记录", "url": ""}], "form": form, "dossier": file,
        "clear_url": reverse("record") + (f"?dossier={dossier.pk}" if dossier else ""),
        "entries": rows(found[:SIZE], dossier), "export_url": link(request, "", export="xlsx"),
        "previous_url": link(request, "") if after else "", "next_url": link(request, str(found[SIZE - 1].pk)) if len(found) > SIZE else "",
        "heads_url": reverse("heads"), "verified": verified, "verify_url": reverse("record_verify", args=[dossier.pk]) if dossier else "",
    })  # fmt: skip


def found_of(me: Me, dossier: Dossier | None, conditions: list[Q], after: int, size: int) -> list[Entry]:
    """A file's entries, in whichever bureau they were written; else those of the viewer's line."""
    every = dossier is not None or me.scope.level == "city"
    bureaus = None if every else list(bureaus_of(me.scope).values_list("pk", flat=True))
    return entries_page(bureaus, *conditions, after=after, size=size)


def named(dossier: Dossier) -> str:
    """A file as a list names it."""
    return dossier.number or f"登记 {dossier.pk}"


def rows(entries: list[Entry], dossier: Dossier | None) -> list[dict]:
    """Entries as rows; of the files only those that the viewer may see are named, and one file's papers. Three queries at most."""
    papers = dict(Paper.objects.filter(dossier=dossier).values_list("id", "label")) if dossier else {}
    files = Dossier.objects.in_bulk({entry.dossier_id for entry in entries if entry.dossier_id})
    sealed = places(entry.pk for entry in entries)
    return [
        {
            "at": entry.at, "actor": entry.actor_name, "post": entry.actor_post, "certificate": entry.actor_certificate,
            "kind": entry.kind, "kind_label": entry.get_kind_display(), "verb_label": entry.label,
            "detail": present.told(entry, papers).removeprefix(" · "), "article": entry.basis, "mark": short(entry.hash),
            "place": sealed.get(entry.pk), "proof_url": reverse("record_proof", args=[entry.pk]),
            **subject(entry, files.get(entry.dossier_id)),
        }
        for entry in entries
    ]  # fmt: skip


def subject(entry: Entry, file: Dossier | None) -> dict:
    """What an entry is about: a file, an officer, an employer."""
    if file:
        return {"subject": named(file), "subject_url": reverse("dossier", args=[file.pk])}
    if entry.dossier_id:
        return {"subject": f"卷宗 {entry.dossier_id}（已不在您可查看的范围）", "subject_url": ""}
    return {"subject": entry.given.get("subject", "本人"), "subject_url": ""}


def cells(row: dict) -> list:
    """A row of the list as cells."""
    at = row["at"].astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    return [at, row["actor"], row["post"], row["certificate"], row["kind_label"], row["verb_label"], row["detail"], row["subject"],
            row["article"], row["mark"]]  # fmt: skip


@access(OFFICER)
@require_POST
def record_verify(request, dossier_id: int):
    """Recompute every hash of a file's record and of the file itself, say what differs, and record that it was verified."""
    with acting(request.me.officer.pk):
        dossier = visible_to(request.me.scope).get(pk=dossier_id)
        wrong = list(differences(dossier))
        deed(request.me, "verify_record", "核验记录", now(), kind="look", dossier_id=dossier.pk, faults=wrong[:20])
    text = f"共 {dossier.seq} 步，逐条摘要、前后接续和卷宗现状都与写入时一致。"
    if wrong:
        text = f"发现 {len(wrong)} 处，请立即报告执法监督和系统管理员。"
    request.session[VERIFIED] = {
        "dossier": dossier.pk,
        "ok": not wrong,
        "at": now().isoformat(),
        "text": text,
        "faults": wrong[:50],
    }
    return redirect(f"{reverse('record')}?dossier={dossier.pk}")


def differences(dossier: Dossier) -> Iterable[str]:
    """What of a file's record, or of the file, is not as it was written."""
    entries = list(Entry.objects.filter(dossier_id=dossier.pk).order_by("id"))
    yield from faults([as_hashed(entry) for entry in entries], dossier.seq)
    newest = max((entry for entry in entries if entry.seq is not None), key=lambda entry: entry.seq, default=None)
    with connection.cursor() as cursor:
        cursor.execute(reread(FLOWS[dossier.flow]), {"id": dossier.pk})
        text = cursor.fetchone()[0]
    if newest and digest_text(text) != newest.state_hash:
        yield f"卷宗现状与最近一步“{newest.label}”之后的不一致，有内容未经办理步骤被改动"

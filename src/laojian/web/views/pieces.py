"""One piece of evidence: seen or played in the page with its moments, downloaded as it was kept, with its chain of custody."""

from datetime import timedelta

from django.db import connection
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from laojian.evidence.downloads import seen, sent
from laojian.evidence.masking import MASKABLE
from laojian.evidence.models import Evidence, MaskedCopy
from laojian.evidence.queries import evidence_of, moments_of, open_file, recorded_in
from laojian.procedure.step import File
from laojian.procedure.take import objections, read
from laojian.record.models import Entry

from ..access import OFFICER, access
from ..looks import look
from .claims import titled
from .dossiers import crumbs

AGAIN = timedelta(minutes=10)  # a player asks many times for one look


def piece(request, evidence_id: int) -> Evidence:
    """A piece that this viewer may see, in a file that this viewer may see."""
    found = Evidence.objects.filter(pk=evidence_id).values_list("dossier_id", flat=True).first()
    rows = evidence_of(found, request.me.officer.pk).filter(pk=evidence_id) if found else Evidence.objects.none()
    one = rows.first()
    if one is None:
        raise Http404
    return one


@access(OFFICER)
@require_safe
def evidence_item(request, evidence_id: int):
    """One piece of evidence: what it proves, itself where a page can show it, its moments, its chain of custody."""
    one = piece(request, evidence_id)
    file = read(one.dossier_id, request.me.officer.pk, now())
    return render(request, "evidence/item.html", {
        "crumbs": crumbs(file, f"证据 {one.ordinal}"), "dossier": titled(file), "item": told(one), "player": player(request, one),
        "marking": marking(file, one), "hand_url": step_url(file, "hand_on_evidence", one), 
        "copies": copies(one), "mask_url": mask_url(file, one),
        "custody": [
            {"at": row.at, "text": row.get_act_display(), "detail": f"{row.by_name} {row.to} {row.note}", "kind": "file", "article": ""}
            for row in one.custody.all()
        ],
        "looks": [
            {"at": row.at, "text": row.label, "detail": f"{row.actor_name} {row.actor_post}", "kind": "look", "article": ""}
            for row in looks(one)
        ],
    })  # fmt: skip


def told(one: Evidence) -> dict:
    """What was entered of the piece."""
    recording = recorded_in(one.pk)
    return {
        "number": one.ordinal, "title": one.title, "kind_label": one.get_kind_display(), "source": one.provider,
        "taken_at": one.collected_on, "taken_place": one.place, "by": one.collected_by, "form": one.get_form_display(),
        "proves": one.proves, "extraction": one.extraction, "name": one.file.name if one.file else "",
        "size_text": f"{one.file.size:,} 字节" if one.file else "没有电子文件", "hash": one.file.sha256 if one.file else "",
        "download_url": reverse("evidence_file", args=[one.pk]) if one.file else "", "recording": recording,
    }  # fmt: skip


def player(request, one: Evidence) -> dict:
    """What the page shows of the file itself; empty where it cannot. `?t=` is the second from which it plays."""
    if not one.file or not seen(one.file):
        return {}
    asked = request.GET.get("t", "")
    moments = [
        {"at": clocked(row.seconds), "seconds": row.seconds, "note": row.note, "by": row.by_name, "step": row.step_label,
         "url": f"{reverse('evidence_item', args=[one.pk])}?t={row.seconds}#player"}
        for row in moments_of(one.pk)
    ]  # fmt: skip
    kind = one.file.mime.split("/")[0]
    start = f"#t={int(asked)}" if asked.isdecimal() and len(asked) < 7 and kind != "image" else ""
    return {"kind": kind, "url": reverse("evidence_play", args=[one.pk]) + start, "moments": moments}


def clocked(seconds: int) -> str:
    """A moment as a player shows it: 1:02:03."""
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def marking(file: File, one: Evidence) -> dict:
    """The form by which a moment is marked; empty where the viewer may not."""
    url = step_url(file, "mark_moment", one)
    if not url or not one.file or not one.file.mime.startswith(("audio/", "video/")) or one.sealed:
        return {}
    form = file.flow["mark_moment"].given(file=file, on=file.on)
    return {"url": reverse("step", args=[file.id, "mark_moment"]), "form": form, "piece": one.pk,
            "back": reverse("evidence_item", args=[one.pk])}  # fmt: skip


def step_url(file: File, verb: str, one: Evidence) -> str:
    """The page of a step on this piece; empty where the viewer may not take it now."""
    step = file.flow.by_verb.get(verb)
    if step is None or objections(file, step, None):
        return ""
    back = reverse("evidence_item", args=[one.pk])
    return f"{reverse('step', args=[file.id, verb])}?piece={one.pk}&back={back}"


def mask_url(file: File, one: Evidence) -> str:
    """The page on which a masked copy is made; empty where none can be."""
    able = one.file and one.file.mime in MASKABLE and step_url(file, "mask_evidence", one)
    return reverse("evidence_mask", args=[one.pk]) if able else ""


def copies(one: Evidence) -> list[dict]:
    """The masked copies beside the original."""
    rows = MaskedCopy.objects.filter(evidence=one).select_related("file").order_by("id")
    return [
        {"name": row.file.name, "why": row.why, "by": row.by_name, "at": row.at, "hash": row.file.sha256,
         "url": reverse("evidence_masked", args=[one.pk, row.pk])}
        for row in rows
    ]  # fmt: skip


def looks(one: Evidence):
    """Who looked at the piece, newest first."""
    rows = Entry.objects.filter(dossier_id=one.dossier_id, kind="look", given__evidence=one.pk)
    return rows.order_by("-at")[:50]


@access(OFFICER)
@require_safe
def evidence_file(request, evidence_id: int):
    """The file as it was kept; the look is recorded."""
    return given_out(request, evidence_id, "下载证据", shown=False)


@access(OFFICER)
@require_safe
def evidence_play(request, evidence_id: int):
    """The file for the page's own player, whole or in the range asked for; the look is recorded, once for all its requests."""
    return given_out(request, evidence_id, "查看证据", shown=True)


def one_at_a_time(officer: int, evidence: int) -> None:
    """A player asks for several stretches at once: the second request waits until the first has written the look."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('look ' || %s, 0))", [f"{officer}:{evidence}"])


def given_out(request, evidence_id: int, what: str, shown: bool):
    """The file's bytes, with the look on record."""
    one = piece(request, evidence_id)
    read(one.dossier_id, request.me.officer.pk, now())
    if one.file is None:
        raise Http404
    mine = Entry.objects.filter(actor_id=request.me.officer.pk, kind="look", given__evidence=one.pk, given__shown=True)
    if shown:
        one_at_a_time(request.me.officer.pk, one.pk)
    if not shown or not mine.filter(dossier_id=one.dossier_id, at__gte=now() - AGAIN).exists():
        look(request.me, one.dossier_id, f"{what} {one.ordinal}", evidence=one.pk, **({"shown": True} if shown else {}))
    kept, content = open_file(one.file_id)
    return sent(kept, content, request.headers.get("Range", ""), shown=shown)

"""The recordings of the bureau's cameras: what came in, what was refused and why, until when each is kept, which case has it."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST, require_safe

from laojian.evidence.cameras import hold
from laojian.evidence.downloads import sent
from laojian.evidence.models import CameraFile, Evidence
from laojian.evidence.queries import files_held, open_file
from laojian.evidence.rules import amount
from laojian.record.actions import write

from ..access import access

HANDS = ("inspector", "unit_head")
PAGE = 50


@access(*HANDS)
@require_safe
def cameras(request):
    """Fifty at a time, the newest first; `?before=` goes on from one."""
    rows = CameraFile.objects.filter(bureau=request.me.officer.bureau_id).select_related("file").order_by("-id")
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 16:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    cases = dict(
        Evidence.objects.filter(file__in=[row.file_id for row in shown if row.file_id]).values_list("file_id", "pk")
    )
    lying = files_held([row.file_id for row in shown if row.file_id])
    return render(request, "evidence/cameras.html", {
        "rows": [told(row, cases.get(row.file_id), row.file_id in lying) for row in shown],
        "next": f"{reverse('cameras')}?before={shown[-1].pk}" if len(found) > PAGE else "",
    })  # fmt: skip


def told(row: CameraFile, evidence_id: int | None, lies: bool) -> dict:
    """One file as the page tells it; `lies` in some case, be it as a piece that the viewer may not see."""
    over = row.kept_to < localdate() and not row.hold and not lies
    return {
        "name": row.name, "device": f"{row.get_source_display()} {row.device}", "began_at": row.began_at, "ended_at": row.ended_at,
        "said": row.device_said, "offset": row.offset_seconds, "size": amount(row.size), "problem": row.problem,
        "kept_to": row.kept_to, "over": over, "hold": row.hold, "hold_url": reverse("camera_hold", args=[row.pk]),
        "evidence_url": reverse("evidence_item", args=[evidence_id]) if evidence_id else "",
        "play_url": reverse("camera_play", args=[row.pk]) if row.file_id and not lies else "", "id": row.pk,
    }  # fmt: skip


def mine(request, camera_id: int) -> CameraFile:
    """A file of the viewer's own bureau."""
    row = CameraFile.objects.filter(pk=camera_id, bureau=request.me.officer.bureau_id).select_related("file").first()
    if row is None:
        raise Http404
    return row


@access(*HANDS)
@require_safe
def camera_play(request, camera_id: int):
    """A recording that lies in no case yet; once it is evidence it is seen there. The look is recorded."""
    row = mine(request, camera_id)
    if row.file is None or files_held([row.file_id]):
        raise Http404
    note(request, "look", "look", f"查看记录仪录像 {row.pk}", camera=row.pk)
    return sent(*open_file(row.file_id), request.headers.get("Range", ""), shown=True)


@access(*HANDS)
@require_POST
def camera_hold(request, camera_id: int):
    """Keep a recording beyond its time, with the reason on record; an empty reason ends it."""
    mine(request, camera_id)
    with transaction.atomic():
        row = hold(camera_id, request.POST.get("why", "").replace("\x00", ""), bureau_id=request.me.officer.bureau_id)
        note(request, "deed", "hold_camera", "延长保存" if row.hold else "解除延长保存", camera=row.pk, why=row.hold)
    return redirect("cameras")


def note(request, kind: str, verb: str, label: str, **given) -> None:
    """The entry of a look or deed that concerns no case."""
    me = request.me
    write(
        kind=kind, bureau_id=me.officer.bureau_id, verb=verb, label=label, at=now(), actor_id=me.officer.pk,
        actor_name=me.officer.name, actor_post=f"{me.bureau} {'、'.join(me.posts)}",
        actor_certificate=me.certificate.number if me.certificate else "", given=given,
    )  # fmt: skip

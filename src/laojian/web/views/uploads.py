"""Uploads in pieces: announced, received piece by piece, finished into the file by a step, or given up. Answers are JSON."""

import re

from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST

from laojian.evidence import pieces
from laojian.evidence.models import Upload
from laojian.people.acting import acting
from laojian.procedure.step import Refused
from laojian.procedure.take import objections, read

from ..access import access
from .evidence import given_of, taken
from .steps import reasons_of

HANDS = ("clerk", "inspector")
WHOLE = re.compile(r"\d{1,15}")


def refused(wrong: Refused | ValidationError, status: int = 422) -> JsonResponse:
    """Every reason, as one text."""
    return JsonResponse({"ok": False, "text": "；".join(map(str, reasons_of(wrong))), "url": ""}, status=status)


def misplaced(wrong: pieces.Misplaced) -> JsonResponse:
    """Where the upload stands."""
    return JsonResponse({"ok": False, "received": wrong.received, "text": "从已收到的地方接着传"}, status=409)


def number(text: str) -> int:
    """A whole number as sent; -1 when it is none, which fits nothing."""
    return int(text) if WHOLE.fullmatch(text) else -1


def mine(request, upload_id: int) -> Upload:
    """The officer's own upload, in a file that he or she may still see."""
    upload = Upload.objects.filter(pk=upload_id, officer=request.me.officer).first()
    if upload is None:
        raise Http404
    with acting(request.me.officer.pk):
        read(upload.dossier_id, request.me.officer.pk, now())
    return upload


@access(*HANDS)
@require_POST
def upload_begin(request, dossier_id: int):
    """Announce a file; the answer says how much of it is here, and the digests by which the sender knows it again."""
    by, at = request.me.officer, now()
    with acting(by.pk):
        file = read(dossier_id, by.pk, at)
        against = objections(file, file.flow["add_evidence"], None) if "add_evidence" in file.flow.by_verb else None
    if against is None:
        raise Http404
    if against:
        return refused(Refused(against))
    name, sizes = request.POST.get("name", ""), [number(request.POST.get(key, "")) for key in ("size", "modified")]
    try:
        upload = pieces.begin(dossier_id, name, *sizes, by=by, at=at)
    except ValidationError as wrong:
        return refused(wrong)
    digests = bytes(upload.digests).hex()
    return JsonResponse({
        "ok": True, "received": upload.received, "piece": pieces.PIECE,
        "digests": [digests[at : at + 64] for at in range(0, len(digests), 64)],
        "url": reverse("upload_piece", args=[upload.pk]), "finish": reverse("upload_finish", args=[upload.pk]),
        "drop": reverse("upload_drop", args=[upload.pk]),
    })  # fmt: skip


@access(*HANDS)
@require_http_methods(["PUT"])
def upload_piece(request, upload_id: int):
    """Receive one piece: where it begins in the address, its SHA-256 in a header, its bytes as the body."""
    mine(request, upload_id)
    try:
        content = request.read(pieces.PIECE + 1)
        upload = pieces.receive(
            upload_id, number(request.GET.get("at", "")), content, request.headers.get("X-Digest", ""),
            by=request.me.officer, at=now(),
        )  # fmt: skip
    except Upload.DoesNotExist as wrong:
        raise Http404 from wrong
    except pieces.Misplaced as wrong:
        return misplaced(wrong)
    except ValidationError as wrong:
        return refused(wrong)
    return JsonResponse({"ok": True, "received": upload.received})


@access(*HANDS)
@require_POST
def upload_finish(request, upload_id: int):
    """Enter the whole file by a step; when the form is refused, the file stays here and is not sent again."""
    upload = mine(request, upload_id)
    try:
        kept = pieces.finish(upload_id, request.POST.get("whole", ""), by=request.me.officer, at=now())
        one = taken(request, upload.dossier_id, given_of(request), [kept.pk], upload.name)
    except pieces.Misplaced as wrong:
        return misplaced(wrong)
    except (Refused, ValidationError) as wrong:
        return refused(wrong)
    return JsonResponse(one)


@access(*HANDS)
@require_POST
def upload_drop(request, upload_id: int):
    """Give up an upload that is not finished; a browser goes back to the page of evidence."""
    upload = mine(request, upload_id)
    if upload.file_id is None:
        pieces.drop(upload_id, by=request.me.officer)
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return JsonResponse({"ok": True})
    return redirect("evidence_upload", upload.dossier_id)

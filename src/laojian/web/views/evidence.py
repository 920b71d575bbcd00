"""Evidence comes in, is looked at with its chain of custody, and is sent as it was kept."""

from django.core.exceptions import ValidationError
from django.forms import CheckboxSelectMultiple
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now

from laojian.cases.forms import EvidenceAdded
from laojian.evidence.actions import keep_upload
from laojian.evidence.forms import UploadForm
from laojian.evidence.models import CameraFile
from laojian.evidence.queries import waiting
from laojian.evidence.rules import amount
from laojian.people.acting import acting
from laojian.people.queries import holders
from laojian.procedure.step import Refused
from laojian.procedure.take import objections, read, take

from .. import present
from ..access import access
from .claims import titled
from .dossiers import crumbs
from .steps import reasons_of

LIMIT = "收图片、PDF、Word、Excel、录音录像和压缩包；录像单个不超过 8 GB，大文件断网后可以接着传。"
ASKED = (
    *(
        "kind",
        "title",
        "proves",
        "provider",
        "from_complainant",
        "collected_on",
        "collectors",
        "place",
        "form",
        "pages",
    ),
    *("extraction", "recorded", "began_at", "ended_at", "device", "sealed"),
)


@access("clerk", "inspector")
def evidence_upload(request, dossier_id: int):
    """Files are kept one by one, hashed on arrival; each that is refused says why, and nothing of it stays."""
    if request.method == "POST":
        return received(request, dossier_id)
    return asked(request, dossier_id)


def asked(request, dossier_id: int, data=None, results=(), reasons=(), status: int = 200):
    """The page that asks for evidence, with what was typed."""
    file = read(dossier_id, request.me.officer.pk, now())
    if "add_evidence" not in file.flow.by_verb:
        raise Http404
    form = EvidenceAdded(data, file=file, on=file.on, initial=first(file))
    for name in [name for name in form.fields if name not in ASKED]:
        del form.fields[name]
    if camera := camera_of(request):
        form.initial |= {"kind": "audio_visual", "form": "original", "title": camera.name.rpartition(".")[0],
                         "provider": camera.device,
                         "began_at": camera.began_at, "ended_at": camera.ended_at, "device": camera.device}  # fmt: skip
    inspectors = holders(file.dossier["bureau_id"], "inspector", file.on).values_list("pk", "name")
    form.fields["collectors"].widget = CheckboxSelectMultiple(choices=list(inspectors))
    against = [*reasons, *objections(file, file.flow["add_evidence"], None)]
    return render(request, "evidence/upload.html", {
        "crumbs": crumbs(file, "补充证据"), "dossier": titled(file), "form": form, "file_field": UploadForm()["files"],
        "limit_text": LIMIT, "camera": camera_of(request), "begin_url": reverse("upload_begin", args=[dossier_id]),
        "unfinished": unfinished(dossier_id, request.me.officer.pk), "results": results,
        "reasons": [present.reason(each) for each in against],
    }, status=status)  # fmt: skip


def unfinished(dossier_id: int, officer_id: int) -> list[dict]:
    """What this officer began to upload to this file and did not finish."""
    return [
        {"name": row.name, "received": amount(row.received), "size": amount(row.size), "at": row.touched_at,
         "drop": reverse("upload_drop", args=[row.pk])}
        for row in waiting(dossier_id, officer_id)
    ]  # fmt: skip


def camera_of(request) -> CameraFile | None:
    """The recording of the bureau's camera that is to be entered, by its number on the page of cameras."""
    asked = request.POST.get("camera") or request.GET.get("camera") or ""
    if not asked.isdecimal() or len(asked) > 15:
        return None
    return CameraFile.objects.filter(pk=int(asked), bureau=request.me.officer.bureau_id).exclude(file=None).first()


def first(file) -> dict:
    """What the form begins with: today, a checked copy, and the two inspectors, or before there are any the complainant."""
    hands = [key for key in (file.dossier["lead_id"], file.dossier["second_id"]) if key]
    return {
        "collected_on": file.on,
        "form": "checked_copy",
        "kind": "document",
        "collectors": hands,
        "from_complainant": not hands,
    }


def received(request, dossier_id: int):
    """Keep what came, and enter it by a step."""
    given = given_of(request)
    results, reasons = [], []
    camera = camera_of(request)
    for upload in request.FILES.getlist("files") or [camera]:
        try:
            results.append(entered(request, dossier_id, given, upload))
        except (Refused, ValidationError) as refused:
            reasons = reasons_of(refused)
            name = upload.name if upload else "没有文件"
            results.append({"name": name, "ok": False, "text": "；".join(str(each) for each in reasons), "url": ""})
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        one = results[0]
        return JsonResponse({"ok": one["ok"], "text": one["text"], "url": one["url"]}, status=200 if one["ok"] else 422)
    failed = not all(one["ok"] for one in results)
    with acting(request.me.officer.pk):
        return asked(
            request, dossier_id, given if failed else None, results, reasons if failed else (), 422 if failed else 200
        )


def entered(request, dossier_id: int, given: dict, upload) -> dict:
    """One file (or a piece without a file) entered in the dossier."""
    if isinstance(upload, CameraFile):
        return taken(request, dossier_id, given, [upload.file_id], upload.name)
    kept = [keep_upload(upload, by=request.me.officer, at=now()).pk] if upload else []
    return taken(request, dossier_id, given, kept, upload.name if upload else given.get("title", ""))


def given_of(request) -> dict:
    """What was filled in about the evidence."""
    given = {name: request.POST.get(name, "") for name in ASKED if request.POST.get(name)}
    return given | {"collectors": request.POST.getlist("collectors")}


def taken(request, dossier_id: int, given: dict, kept: list[int], name: str) -> dict:
    """Kept files entered by a step, as the page tells it."""
    after = take(dossier_id, "add_evidence", by=request.me.officer, at=now(), given=given | {"files": kept})
    return {
        "name": name,
        "ok": True,
        "text": f"已入卷，本卷共 {after.evidence['count']} 件证据",
        "url": reverse("dossier", args=[dossier_id]),
    }

"""A masked copy is made on a page that shows the original, page by page, and lies beside it from then on."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from laojian.evidence.actions import keep_masked
from laojian.evidence.downloads import sent
from laojian.evidence.masking import MASKABLE, NotMaskable, one_page
from laojian.evidence.models import Evidence, MaskedCopy
from laojian.evidence.queries import open_file
from laojian.people.acting import acting
from laojian.procedure.step import Reason, Refused
from laojian.procedure.take import objections, read, take

from .. import present
from ..access import OFFICER, access
from ..looks import look
from .claims import titled
from .dossiers import crumbs
from .pieces import piece
from .steps import reasons_of

HANDS = ("clerk", "inspector", "archivist")


def maskable(request, evidence_id: int) -> Evidence:
    """A piece of which a masked copy can be made."""
    one = piece(request, evidence_id)
    if one.file is None or one.file.mime not in MASKABLE:
        raise Http404
    return one


@access(*HANDS)
def evidence_mask(request, evidence_id: int):
    """GET shows a page of the original and asks for the areas; POST makes the copy and enters it by a step."""
    if request.method == "POST":
        return made(request, evidence_id)
    return asked(request, evidence_id)


def asked(request, evidence_id: int, data=None, reasons=(), status: int = 200):
    """The page, with what was typed."""
    one = maskable(request, evidence_id)
    file = read(one.dossier_id, request.me.officer.pk, now())
    form = (
        file.flow["mask_evidence"].given(data, file=file, on=file.on) if "mask_evidence" in file.flow.by_verb else None
    )
    if form is None:
        raise Http404
    nth = int(asked_page) if (asked_page := request.GET.get("page", "1")).isdecimal() else 1
    try:
        with open_file(one.file_id)[1] as content:
            count = one_page(content, one.file.mime, nth)[1]
    except NotMaskable as wrong:
        count, reasons = 0, [*reasons, Reason(str(wrong))]
    against = [*reasons, *objections(file, file.flow["mask_evidence"], None)]
    url = reverse("evidence_mask", args=[one.pk])
    return render(request, "evidence/mask.html", {
        "crumbs": crumbs(file, "制作遮盖副本"), "dossier": titled(file), "form": form, "nth": nth, "count": count,
        "item": {"number": one.ordinal, "title": one.title, "url": reverse("evidence_item", args=[one.pk])},
        "page_url": reverse("evidence_page", args=[one.pk, nth]), "reasons": [present.reason(each) for each in against],
        "earlier": f"{url}?page={nth - 1}" if nth > 1 else "", "later": f"{url}?page={nth + 1}" if nth < count else "",
    }, status=status)  # fmt: skip


def made(request, evidence_id: int):
    """Make the copy; refused, what was typed comes back."""
    by, at = request.me.officer, now()
    given = {name: request.POST.get(name, "") for name in ("areas", "why")}
    with acting(by.pk):
        one = maskable(request, evidence_id)
        file = read(one.dossier_id, by.pk, at)
        against = objections(file, file.flow["mask_evidence"], None) if "mask_evidence" in file.flow.by_verb else []
    try:
        if against:
            raise Refused(against)
        if not given["why"].strip():
            raise ValidationError({"why": "请写明遮盖的原因"})
        with acting(by.pk):
            kept = keep_masked(evidence_id, given["areas"], by=by, at=at)
        take(one.dossier_id, "mask_evidence", by=by, at=at, given=given | {"piece": one.pk, "file": kept.pk})
    except (Refused, ValidationError) as refused:
        with acting(by.pk):
            return asked(request, evidence_id, given | {"piece": one.pk, "file": 0}, reasons_of(refused), 422)
    return redirect("evidence_item", evidence_id)


@access(*HANDS)
@require_safe
def evidence_page(request, evidence_id: int, nth: int):
    """A page of the original as a picture, for choosing areas; the look is recorded."""
    one = maskable(request, evidence_id)
    read(one.dossier_id, request.me.officer.pk, now())
    try:
        with open_file(one.file_id)[1] as content:
            picture = one_page(content, one.file.mime, nth)[0]
    except NotMaskable as wrong:
        raise Http404 from wrong
    look(request.me, one.dossier_id, f"查看证据 {one.ordinal} 第 {nth} 页", evidence=one.pk)
    return HttpResponse(picture, content_type="image/jpeg", headers={"Cache-Control": "private, no-store"})


@access(OFFICER)
@require_safe
def evidence_masked(request, evidence_id: int, copy_id: int):
    """A masked copy as it was made; the look is recorded."""
    one = piece(request, evidence_id)
    read(one.dossier_id, request.me.officer.pk, now())
    row = MaskedCopy.objects.filter(pk=copy_id, evidence=one).first()
    if row is None:
        raise Http404
    look(request.me, one.dossier_id, f"下载证据 {one.ordinal} 遮盖副本", evidence=one.pk)
    return sent(*open_file(row.file_id), request.headers.get("Range", ""))

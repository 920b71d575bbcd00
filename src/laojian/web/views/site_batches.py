"""Where a phone sends what was done without a network: batches, each answered once and for all, and numbers given out ahead."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import JsonResponse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from laojian.evidence import pieces
from laojian.evidence.actions import keep_upload
from laojian.evidence.models import File as Kept
from laojian.evidence.models import Upload
from laojian.papers import numbers
from laojian.people.acting import acting
from laojian.people.actions import deed
from laojian.procedure.step import Reason, Refused
from laojian.procedure.take import cite
from laojian.visits import sync
from laojian.visits.forms import NumbersWanted, Sent
from laojian.visits.models import Batch

from ..access import access
from .steps import reasons_of


def refused(reasons: list[Reason], status: int = 422, **more) -> JsonResponse:
    """Every reason with its article and what to do now."""
    told = [{"text": str(each), "cite": cite(each.basis)} for each in reasons]
    return JsonResponse({"ok": False, "reasons": told, **more}, status=status)


def wrong(form) -> list[Reason]:
    """What is wrong with a form as reasons."""
    return [Reason(f"{form.fields[name].label}：{text}" if name in form.fields else text)
            for name, texts in form.errors.items() for text in texts]  # fmt: skip


@access("inspector")
@require_POST
def site_batch(request, dossier_id: int):
    """Take one batch of a visit. A repeat gets the first answer; a refused one is kept, and says why."""
    form, by, at = Sent(request.POST), request.me.officer, now()
    with acting(by.pk):
        sync.visit_file(dossier_id, by.pk, at)
    if not form.is_valid():
        return refused(wrong(form))
    told = form.cleaned_data
    before = sync.known(told["key"], dossier_id, by)
    if before and before.seq is not None:
        return JsonResponse(before.answer)
    try:
        files = kept(request, told, before)
        sent = sync.Sent(
            told["key"], dossier_id, told["kind"], told["given"], told["device"], told["told_at"], told["offset"], files
        )
        return JsonResponse(sync.receive(sent, by=by, at=now()))
    except (pieces.Misplaced, Upload.DoesNotExist):
        return JsonResponse({"ok": False, "again": True}, status=409)
    except (Refused, ValidationError) as no:
        return refused(reasons_of(no), kept=isinstance(no, Refused) and not isinstance(no, sync.Stray))


def kept(request, told: dict, before: Batch | None) -> list[Kept]:
    """The bytes that belong to the batch: sent with it, in pieces before it, or kept when it was refused before."""
    by, at = request.me.officer, now()
    if told["upload"]:
        return [pieces.finish(told["upload"], told["whole"], by=by, at=at)]
    if before and before.answer.get("files"):
        rows = Kept.objects.filter(pk__in=before.answer["files"], uploaded_by=by)
        return sorted(rows, key=lambda row: before.answer["files"].index(row.pk))
    return [keep_upload(each, by=by, at=at) for each in request.FILES.getlist("file")]


@access("inspector")
@require_POST
def site_numbers(request):
    """Numbers of orders on the spot for a device: the next ones, or what is left of them void; both are on record."""
    form, me, at = NumbersWanted(request.POST), request.me, now()
    if not form.is_valid():
        return refused(wrong(form))
    told, by, bureau = form.cleaned_data, me.officer.pk, me.bureau
    with transaction.atomic():
        if told["count"]:
            try:
                rows = numbers.allot(
                    sync.ORDER, bureau_id=bureau.pk, year=localdate().year, count=told["count"], device=told["device"],
                    officer_id=by, at=at,
                )  # fmt: skip
            except numbers.TooMany:
                return refused(
                    [Reason(f"本机未用的文书号不能超过 {numbers.MOST} 个", "impl-31", "用完或者交回以后再领")]
                )
        else:
            rows = numbers.give_back(by, told["device"], told["reason"], at)
        said = [numbers.written(bureau.short, sync.ORDER, row) for row in rows]
        if rows:
            verb, label = ("allot_numbers", "预领文书号") if told["count"] else ("void_numbers", "作废预领文书号")
            deed(me, verb, label, at, device=told["device"], numbers=said, reason=told["reason"])
        held = numbers.open_numbers(by, told["device"])
        return JsonResponse(
            {"ok": True, "numbers": [{"id": n.pk, "text": numbers.written(bureau.short, sync.ORDER, n)} for n in held]}
        )

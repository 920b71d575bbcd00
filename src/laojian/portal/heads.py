"""The record's heads for everybody: whoever keeps one can later hold the record to it. No personal data: sizes and hashes."""

from datetime import timedelta

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from laojian.record import notes
from laojian.record.models import Head
from laojian.record.proofs import Unproved, consistency_path, head_document, head_note
from laojian.record.script import packed

from .access import PUBLIC, access
from .queries import office

SHOWN = 60  # days back


@access(PUBLIC)
@require_safe
def heads(request):
    """The newest head, and the last of each day before."""
    newest = Head.objects.order_by("-id").prefetch_related("witnesses").first()
    recent = Head.objects.filter(at__gte=now() - timedelta(days=SHOWN))
    daily = recent.order_by("at__date", "-id").distinct("at__date").values("id")
    days = list(Head.objects.filter(id__in=daily).prefetch_related("witnesses").order_by("-id"))
    return render(request, "portal/heads.html", {
        "bureau": office(), "newest": newest and told(newest),
        "days": [told(head, before) for head, before in zip(days, [*days[1:], None], strict=False)],
        "script_url": reverse("verify_script"),
    })  # fmt: skip


def told(head: Head, before: Head | None = None) -> dict:
    """A head as the page tells it; with the day's before it, the proof that it continues that one."""
    note, path = head_note(head), ""
    if before is not None and before.size <= head.size:
        path = f"{reverse('consistency')}?first={before.size}&second={head.size}"
    return {
        "at": head.at, "size": head.size, "root": note.root, "digest": note.digest, "log": note.log, "key": head.key,
        "mark": notes.mark(head.key), "witnesses": [each.name for each in head.witnesses.all()], "path_url": path,
        "url": reverse("head", args=[head.pk]),
    }  # fmt: skip


@access(PUBLIC)
@require_safe
def head(request, head_id: int):
    """A head with its signatures, to keep."""
    one = get_object_or_404(Head, pk=head_id)
    return attached(head_document(one).encode(), f"head-{one.size}.txt", "text/plain; charset=utf-8")


@access(PUBLIC)
@require_safe
def consistency(request):
    """The proof that the tree of `second` leaves continues that of `first`, for two sizes that heads were signed for."""
    asked = [request.GET.get(name, "") for name in ("first", "second")]
    if not all(each.isdecimal() and len(each) < 19 for each in asked):
        raise Http404
    first, second = map(int, asked)
    if first > second or Head.objects.filter(size__in={first, second}).values("size").distinct().count() < len(
        {first, second}
    ):
        raise Http404
    try:
        path = [each.hex() for each in consistency_path(first, second)]
    except Unproved as wrong:
        raise Http404 from wrong
    answer = JsonResponse({"first": first, "second": second, "path": path})
    answer["Content-Disposition"] = f'attachment; filename="consistency-{first}-{second}.json"'
    return answer


@access(PUBLIC)
@require_safe
def verify_script(request):
    """The small script by which anybody verifies."""
    return attached(packed(), "verify.pyz", "application/zip")


def attached(content: bytes, name: str, kind: str) -> HttpResponse:
    """Bytes as a file to keep."""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})

"""The proof of one entry, to keep and to verify elsewhere; its signed receipt while it is not yet under a head."""

import json

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from laojian.dossier.queries import visible_to
from laojian.people.queries import Me, bureaus_of
from laojian.record.models import Entry
from laojian.record.proofs import Unproved, proof, receipt
from laojian.record.signing import SigningError

from ..access import OFFICER, access

READERS = ("supervision", "auditor", "chief", "deputy")


@access(OFFICER)
@require_safe
def record_proof(request, entry_id: int):
    """The proof as a file; else the receipt; else a page that says why there is neither."""
    entry = readable(request.me, entry_id)
    try:
        told = json.dumps(proof(entry), ensure_ascii=False, indent=1)
        return kept(told, f"proof-{entry.pk}.json", "application/json")
    except Unproved:
        pass
    try:
        return kept(receipt(entry), f"receipt-{entry.pk}.txt", "text/plain; charset=utf-8")
    except (Unproved, SigningError) as wrong:
        back = reverse("record") + (f"?dossier={entry.dossier_id}" if entry.dossier_id else "")
        return render(request, "message.html", {
            "crumbs": [{"label": "办案记录", "url": back}, {"label": "存在证明", "url": ""}], "title": "暂时没有证明",
            "text": f"{wrong}。", "tone": "warn", "links": [{"label": "回到办案记录", "url": back, "first": True}],
        })  # fmt: skip


def readable(me: Me, entry_id: int) -> Entry:
    """The entry, where the viewer may read it: of a file that may be seen, or of the line of those who answer for the record."""
    entry = get_object_or_404(Entry, pk=entry_id)
    if entry.dossier_id:
        visible_to(me.scope).get(pk=entry.dossier_id)
        return entry
    own_line = me.scope.level == "city" or bureaus_of(me.scope).filter(pk=entry.bureau_id).exists()
    if not (me.scope.holds(*READERS) and own_line):
        raise Http404
    return entry


def kept(text: str, name: str, kind: str) -> HttpResponse:
    """Text as a file to keep."""
    return HttpResponse(text, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})

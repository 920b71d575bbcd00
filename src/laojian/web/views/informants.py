"""Who reported: shown by the database to the named readers only, and each look is recorded."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from laojian.intake.models import Informant, Source
from laojian.procedure.take import read

from ..access import OFFICER, access
from ..looks import look
from .dossiers import crumbs


@access(OFFICER)
@require_safe
def informant(request, source_id: int):
    """The sealed particulars of an informant, for a reader of the seal; for anybody else there is no such page."""
    sealed = Informant.objects.filter(pk=source_id).first()
    source = Source.objects.filter(pk=source_id).first()
    if sealed is None or source is None:
        raise Http404
    file = read(source.dossier_id, request.me.officer.pk, now())
    look(request.me, source.dossier_id, "查看举报人信息", source=source.pk)
    facts = [("姓名", sealed.name), ("联系电话", sealed.phone), ("身份证号", sealed.id_number), ("其他", sealed.note)]
    return render(request, "intake/informant.html", {
        "crumbs": crumbs(file, "举报人（密封）"), "source": source, "facts": facts,
        "dossier": {"title": file.dossier["title"], "url": reverse("dossier", args=[file.id])},
    })  # fmt: skip

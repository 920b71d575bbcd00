"""The archive's downloads: one package of a file, and the copy that a party's lawyer may read. Each is on record."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.utils.timezone import localtime, now
from django.views.decorators.http import require_safe

from laojian.archive.copies import copy_for
from laojian.archive.package import Full, package
from laojian.archive.rules import COPY, PACKAGE
from laojian.procedure.take import read
from laojian.record.models import Entry

from ..access import access
from ..looks import look
from .papers import pdf


@access(*PACKAGE)
@require_safe
def case_package(request, dossier_id: int):
    """The file whole as one package (案卷包); the digest of its manifest stands in the record. A full disk is told, nothing is left."""
    file = read(dossier_id, request.me.officer.pk, now())
    if file.flow.joins or not file.tells("parties"):
        raise Http404
    try:
        content, digest = package(file, localtime().isoformat(timespec="seconds"))
    except Full:
        messages.error(request, "存储空间不足，案卷包没有做成，也没有留下半份。请管理员清出空间后重试。")
        return redirect("dossier", dossier_id)
    except FileNotFoundError as lost:
        messages.error(
            request,
            f"卷内有文件不在存储中（{str(lost)[:80]}），案卷包没有做成。请管理员用“记录核验”查明是哪一件，从备份找回。",
        )
        return redirect("dossier", dossier_id)
    look(request.me, dossier_id, "下载案卷包", manifest=digest)
    return FileResponse(
        content, as_attachment=True, filename=f"案卷包-{dossier_id}.zip", content_type="application/zip"
    )


@access(*COPY)
@require_safe
def reading_copy(request, dossier_id: int, entry_id: int):
    """The copy that an entry of 提供阅卷副本 gave, made from the file for the party that it names."""
    file = read(dossier_id, request.me.officer.pk, now())
    entry = Entry.objects.filter(dossier_id=dossier_id, pk=entry_id, verb="lend_copy").first()
    if entry is None:
        raise Http404
    look(request.me, dossier_id, "打印阅卷副本", entry=entry.seq)
    return pdf(copy_for(file, entry.given.get("party")), f"copy-{dossier_id}-{entry.seq}")

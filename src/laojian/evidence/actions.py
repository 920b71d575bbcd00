"""The only writers of files, evidence and custody. Each raises ValidationError in sentences, having written nothing."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.base import File as Content
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q
from django.utils.timezone import localdate

from laojian.people.models import Officer
from laojian.people.queries import carried

from .forms import EvidenceForm
from .masking import NotMaskable, areas_told, masked
from .models import Custody, Evidence, File
from .queries import files_held
from .rules import LARGEST, amount, check_file, shown
from .store import CHUNK, store
from .uploads import NO_ROOM, StoredUpload
from .waiting import Arrival, mark, unmark


def keep_upload(upload: Content, *, by: Officer, at: datetime) -> File:
    """Judge an upload and keep it for good. A refused one is gone when this returns."""
    if isinstance(upload, StoredUpload) and upload.arrival is None:
        raise ValidationError(no_room(upload.name))
    arrival = arrived(upload)
    try:
        if isinstance(upload, StoredUpload) and not upload.whole:
            sentence = f"“{shown(upload.name)}”有 {amount(upload.size)}，最大 {amount(LARGEST)}。请分成几个文件后上传。"
            raise ValidationError(sentence)
        verdict = check_file(upload.name, arrival.content, arrival.size)
        if verdict.problems:
            raise ValidationError(list(verdict.problems))
        mark(store(), arrival.sha256)
        size, digest = arrival.size, arrival.keep()
    except OSError as wrong:
        raise roomless(wrong, upload.name) from wrong
    finally:
        arrival.drop()
    return told_of(digest, size=size, mime=verdict.mime, name=upload.name, uploaded_by=by, at=at)


def told_of(digest: str, **columns) -> File:
    """The row of kept bytes; until it is there for good, a mark lets the night take them away again."""
    row = File.objects.create(sha256=digest, **columns)
    transaction.on_commit(lambda: unmark(store(), digest))
    return row


def roomless(wrong: OSError, name: str) -> Exception:
    """A full disk as a sentence; any other fault as it is."""
    return ValidationError(no_room(name)) if wrong.errno in NO_ROOM else wrong


def no_room(name: str) -> str:
    """What to say when the disk is full."""
    return f"服务器的存储空间已满，没有收下“{shown(name)}”。请告知系统管理员腾出空间，再重新上传。"


def arrived(upload: Content) -> Arrival:
    """The upload's bytes in the store's waiting room; those that came another way are taken there now."""
    if isinstance(upload, StoredUpload):
        return upload.arrival
    arrival = store().arrival()
    for chunk in upload.chunks(CHUNK):
        arrival.write(chunk)
    return arrival


def attach(dossier_id: int, file_ids: list[int], given: Mapping, by: Officer, at: datetime) -> list[Evidence]:
    """Enter pieces of evidence: one for each file, or one without a file. `given` is what EvidenceForm asks.

    To be called within a step, whose lock on the dossier keeps the numbers without gap. Only files are taken that `by`
    uploaded and that lie in no other dossier: nobody reads a foreign file by naming its id.
    """
    form = EvidenceForm(given, on=localdate(at), with_file=bool(file_ids))
    if form.errors:
        raise ValidationError(form.errors.as_data())
    told = form.cleaned_data
    files = attachable(dossier_id, file_ids, by)
    sealed = told["sealed"]
    told |= {"collected_by": collectors_told(told), "readers": sorted({by.pk, *told["readers"]}) if sealed else []}
    title = told.pop("title")
    last = last_ordinal(dossier_id, sealed)
    pieces = [
        Evidence(
            dossier_id=dossier_id, ordinal=last + nth, file=file, title=titled(title, file, nth, len(files)), **told
        )
        for nth, file in enumerate(files or [None], 1)
    ]
    try:
        Evidence.objects.bulk_create(pieces)
    except IntegrityError as clash:  # the step's transaction is lost with it
        raise ValidationError("同一卷宗刚刚由他人登记了证据，请刷新后重新提交。") from clash
    Custody.objects.bulk_create([link(piece, Custody.Act.ENTERED, by, at) for piece in pieces])
    return pieces


def attachable(dossier_id: int, file_ids: list[int], by: Officer) -> list[File]:
    """The files in the order given, each one free to be entered in this dossier: one's own, or of the bureau's cameras."""
    own = Q(uploaded_by=by) | Q(camera__bureau__in=Officer.objects.filter(pk=by.pk).values("bureau"))
    wanted = File.objects.filter(own, pk__in=file_ids)
    theirs = set(wanted.values_list("pk", flat=True))
    alike = File.objects.filter(sha256__in=wanted.values("sha256"))
    rows = list(alike.annotate(held_in=F("evidence__dossier_id"), held_as=F("evidence__ordinal"))) if file_ids else []
    found = {file.pk: file for file in rows if file.pk in theirs}
    lying = files_held(list(found))
    if missing := [file_id for file_id in file_ids if file_id not in found]:
        raise ValidationError(f"有 {len(missing)} 个文件不是您上传的或已不存在，请重新上传。")
    for file in rows:
        if file.held_in == dossier_id:
            raise ValidationError(f"“{file.name}”与第 {file.held_as} 号证据内容完全相同，不必重复入卷。")
        if (file.held_in or file.pk in lying) and file.pk in found:
            raise ValidationError(f"“{file.name}”已经入卷，请重新上传后再入本卷。")
    if len({file.sha256 for file in found.values()}) < len(file_ids):
        raise ValidationError("选中的文件里有内容完全相同的，请去掉重复的再提交。")
    return [found[file_id] for file_id in file_ids]


def last_ordinal(dossier_id: int, sealed: bool) -> int:
    """The last number given; the database tells it also to who may not see the sealed pieces."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_evidence(%s, %s)", [dossier_id, sealed])
        return cursor.fetchone()[0]


def collectors_told(told: Mapping) -> str:
    """The collectors' names and certificates on that day, frozen as text."""
    found = carried(told["collectors"], told["collected_on"])
    if missing := [pk for pk in told["collectors"] if pk not in found]:
        raise ValidationError({"collectors": f"收集人中有 {len(missing)} 人不在人员名册，请重新选择。"})
    rows = (found[pk] for pk in told["collectors"])
    return "、".join(f"{name}（{number}）" if number else name for name, number in rows)


def titled(title: str, file: File | None, nth: int, count: int) -> str:
    """The piece's own title: the given one, numbered when it serves several files; without one, the file's name."""
    if not title:
        return file.name.rpartition(".")[0][:120]
    return f"{title[:110]}（{nth}）" if count > 1 else title


def keep_masked(evidence_id: int, areas: str, *, by: Officer, at: datetime) -> File:
    """Make and keep a masked copy of a picture or PDF. Its name tells nothing of the original's, which may name somebody."""
    piece = Evidence.objects.select_related("file").get(pk=evidence_id)
    try:
        chosen = areas_told(areas)
        with store().open(piece.file.sha256) as content:
            made = masked(content, piece.file.mime, chosen)
    except NotMaskable as wrong:
        raise ValidationError({"areas": str(wrong)}) from wrong
    ending = {"image/jpeg": "jpg", "image/png": "png"}.get(piece.file.mime, "pdf")
    return keep_upload(ContentFile(made, name=f"证据{piece.ordinal}遮盖副本.{ending}"), by=by, at=at)


def hand_on(evidence_id: int, act: str, *, by: Officer, at: datetime, to: str = "", note: str = "") -> Custody:
    """Add a link to the chain of custody: handed over, taken out, copied, presented, returned."""
    piece = Evidence.objects.get(pk=evidence_id)
    if act == Custody.Act.HANDED_OVER and not to.strip():
        raise ValidationError({"to": "移交要写明交给谁。"})
    row = link(piece, act, by, at, to.strip(), note.strip())
    row.full_clean()
    row.save()
    return row


def link(piece: Evidence, act: str, by: Officer, at: datetime, to: str = "", note: str = "") -> Custody:
    """One link of the chain, not yet written."""
    return Custody(evidence=piece, act=act, at=at, by_id=by.pk, by_name=by.name, to=to, note=note)

"""The only writers of uploads in pieces: begun, received piece by piece, finished, given up, cleaned away by the night.

A piece is acknowledged when it is safe on disk and its row is committed, in that order: after a kill the row says how much
counts, and what lies behind it on disk is overwritten. ValidationError in sentences; nothing acknowledged is ever undone.
"""

import hashlib
import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Sum

from laojian.people.models import Officer

from .actions import no_room, roomless, told_of
from .models import File, Upload
from .rules import amount, announced_problems, check_file, shown
from .store import store
from .waiting import PART, mark, marked, sync, unmark, waiting_room

PIECE = 4 << 20
SPARE = 1 << 30  # the disk is never filled to the brim by what is only announced
STALE = timedelta(days=7)


class Misplaced(Exception):
    """A piece that is not the next one, or came damaged; `received` says from where on to send."""

    def __init__(self, received: int):
        super().__init__(received)
        self.received = received


def part(upload: Upload) -> Path:
    """Where the bytes wait."""
    return store().arriving / f"{PART}{upload.pk}"


def begin(dossier_id: int, name: str, size: int, modified: int, *, by: Officer, at: datetime) -> Upload:
    """A new upload, or the one of the same file that was cut off. ValidationError: not taken, too much, or no room."""
    told = {"officer": by, "dossier_id": dossier_id, "name": name, "size": size, "modified": modified, "file": None}
    if found := Upload.objects.filter(**told).first():
        return found
    if problems := announced_problems(name, size):
        raise ValidationError(problems)
    mine = promised(Upload.objects.filter(officer=by))
    if mine + size > settings.UPLOAD_QUOTA:
        raise ValidationError(
            f"您还有 {amount(mine)} 没有传完，连同这个文件（{amount(size)}）超过每人 {amount(settings.UPLOAD_QUOTA)} 的限额。"
            "请先传完或者放弃未传完的文件。"
        )
    free = shutil.disk_usage(waiting_room(store())).free
    if promised(Upload.objects.all()) + size + SPARE > free:
        raise ValidationError(no_room(name))
    return Upload.objects.get_or_create(**told, defaults={"began_at": at, "touched_at": at})[0]


def promised(uploads) -> int:
    """How many bytes are still to come."""
    return uploads.filter(file=None).aggregate(all=Sum(F("size") - F("received")))["all"] or 0


@transaction.atomic
def receive(upload_id: int, offset: int, content: bytes, digest: str, *, by: Officer, at: datetime) -> Upload:
    """One piece, safe when this returns. Misplaced: it is not the next one, or damaged. ValidationError: no room."""
    upload = Upload.objects.select_for_update().get(pk=upload_id, officer=by, file=None)
    if offset != upload.received or len(content) != min(PIECE, upload.size - offset) or not content:
        raise Misplaced(upload.received)
    found = hashlib.sha256(content).digest()
    if found.hex() != digest:
        raise Misplaced(upload.received)
    try:
        written(part(upload), offset, content)
    except OSError as wrong:
        raise roomless(wrong, upload.name) from wrong
    upload.received, upload.digests, upload.touched_at = offset + len(content), bytes(upload.digests) + found, at
    upload.save(update_fields=["received", "digests", "touched_at"])
    return upload


def written(path: Path, offset: int, content: bytes) -> None:
    """Put a piece at its place and make it safe; what a killed process left behind that place is cut off."""
    waiting_room(store())
    fresh = not path.exists()
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o640)
    try:
        os.ftruncate(handle, offset)
        rest = memoryview(content)
        while rest:
            rest = rest[os.pwrite(handle, rest, offset + len(content) - len(rest)) :]
        os.fsync(handle)
    finally:
        os.close(handle)
    if fresh:
        sync(path.parent)


def finish(upload_id: int, whole: str, *, by: Officer, at: datetime) -> File:
    """The file, once all of it is here, is what the sender's digests say, and is of a sort that we take.

    `whole` is the SHA-256 of all pieces' digests in their order. Asked again, it answers the same file.
    """
    upload = Upload.objects.select_related("file").get(pk=upload_id, officer=by)
    if upload.file:
        return upload.file
    if upload.received != upload.size:
        raise Misplaced(upload.received)
    digests = bytes(upload.digests)
    if hashlib.sha256(digests).hexdigest() != whole:
        raise ValidationError(f"“{shown(upload.name)}”收到的各段与原文件不一致，请放弃后从头上传。")
    path = part(upload)
    sha256, pieces = read_back(path)
    if pieces != digests:
        raise ValidationError(
            f"“{shown(upload.name)}”在服务器的磁盘上损坏了，请放弃后从头上传，并告知系统管理员检查磁盘。"
        )
    with path.open("rb") as content:
        verdict = check_file(upload.name, content, upload.size)
    if verdict.problems:
        drop(upload_id, by=by)
        raise ValidationError(list(verdict.problems))
    try:
        mark(store(), sha256)
        store().put(path, sha256)
    except OSError as wrong:
        raise roomless(wrong, upload.name) from wrong
    return entered(upload, sha256, verdict.mime, by, at)


def entered(upload: Upload, sha256: str, mime: str, by: Officer, at: datetime) -> File:
    """The row of the whole file; of two that finish at once, one writes it."""
    with transaction.atomic():
        locked = Upload.objects.select_for_update().get(pk=upload.pk)
        if not locked.file_id:
            locked.file = told_of(sha256, size=upload.size, mime=mime, name=upload.name, uploaded_by=by, at=at)
            locked.save(update_fields=["file"])
        transaction.on_commit(lambda: part(upload).unlink(missing_ok=True))
    return locked.file


def read_back(path: Path) -> tuple[str, bytes]:
    """The SHA-256 of what lies on disk, and those of its pieces one after the other. Constant memory."""
    whole, pieces = hashlib.sha256(), bytearray()
    with path.open("rb") as content:
        while piece := content.read(PIECE):
            whole.update(piece)
            pieces += hashlib.sha256(piece).digest()
    return whole.hexdigest(), bytes(pieces)


def drop(upload_id: int, *, by: Officer) -> None:
    """Give up an upload; its space comes back."""
    with transaction.atomic():
        upload = Upload.objects.select_for_update().get(pk=upload_id, officer=by, file=None)
        gone = part(upload)
        upload.delete()
        transaction.on_commit(lambda: gone.unlink(missing_ok=True))


def clean(at: datetime) -> int:
    """The night's work: stale uploads, parts without a row, kept bytes whose row never came. Returns how many went."""
    stale = list(Upload.objects.filter(touched_at__lt=at - STALE, file=None))
    for upload in stale:
        drop(upload.pk, by=upload.officer)
    Upload.objects.filter(touched_at__lt=at - STALE).exclude(file=None).delete()
    parts = list(waiting_room(store()).glob(f"{PART}*"))  # looked for before their rows: an upload may begin meanwhile
    waiting = {f"{PART}{pk}" for pk in Upload.objects.filter(file=None).values_list("pk", flat=True)}
    left = [path for path in parts if path.name not in waiting]
    for path in left:
        path.unlink(missing_ok=True)
    orphans = [sha256 for sha256 in marked(store()) if not File.objects.filter(sha256=sha256).exists()]
    for sha256 in marked(store()):
        if sha256 in orphans:
            store().remove(sha256)
        unmark(store(), sha256)
    store().sweep()
    return len(stale) + len(left) + len(orphans)

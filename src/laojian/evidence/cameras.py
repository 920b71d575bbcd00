"""Body and reception-room cameras: their files are imported from a folder, each with its result, as often as one likes.

A file that is here already is passed over, so that an import that was cut off is simply begun again. The device's clock is
corrected by its offset; what the device itself said is kept beside it.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.files.base import File as Content
from django.db import transaction

from laojian.lawbook import due
from laojian.people.models import Bureau, Officer

from .actions import keep_upload
from .models import CameraFile
from .rules import extension

SHANGHAI = ZoneInfo("Asia/Shanghai")
KEPT = {CameraFile.Source.BODY: "recording_keep", CameraFile.Source.ROOM: "room_recording_keep"}
STAMP = re.compile(r"(?<!\d)(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)[-_T. ]?(\d\d)[-_.:]?(\d\d)[-_.:]?(\d\d)(?!\d)")
OFFSET = re.compile(r"([+-]?)(\d{1,2}):(\d{2}):(\d{2})")
TAKEN = ("mp4", "mov", "3gp", "m4a", "mp3", "wav", "amr", "jpg", "jpeg")


def offset_told(text: str) -> timedelta:
    """How far the device's clock is ahead (+) or behind (-), as 时:分:秒. ValidationError: it is none."""
    found = OFFSET.fullmatch(text.strip())
    if not found:
        raise ValidationError(f"“{text}”应写作 +时:分:秒，设备比标准时间快的写 +，慢的写 -，如 +00:03:20")
    sign, hours, minutes, seconds = found.groups()
    length = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds))
    return -length if sign == "-" else length


def begun(path: Path) -> tuple[datetime, datetime | None]:
    """When a recording began and ended by its device's clock: as its name tells, else as the file system does."""
    last = datetime.fromtimestamp(path.stat().st_mtime, SHANGHAI).replace(microsecond=0)
    if found := STAMP.search(path.stem):
        try:
            first = datetime(*map(int, found.groups()), tzinfo=SHANGHAI)
        except ValueError:
            return last, None
        return first, last if timedelta() < last - first < timedelta(days=1) else None
    return last, None


def bring_in(
    folder: Path, *, bureau: Bureau, source: str, device: str, offset: timedelta, by: Officer, at: datetime
) -> Iterator[tuple[CameraFile, bool]]:
    """Import a folder's files in their order; for each its row, and whether it is new. One that fails stops no other."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and extension(path.name) in TAKEN):
        said, ended = begun(path)
        told = {
            "bureau": bureau,
            "device": device,
            "name": path.name[:200],
            "size": path.stat().st_size,
            "device_said": said,
        }
        found = CameraFile.objects.filter(**told).first()
        if found and found.file_id:
            yield found, False
            continue
        began, over = said - offset, ended and ended - offset
        row = found or CameraFile(**told)
        row.source, row.offset_seconds, row.began_at, row.ended_at = source, int(offset.total_seconds()), began, over
        row.kept_to = due(KEPT[CameraFile.Source(source)], (over or began).astimezone(SHANGHAI).date()).due_on
        row.by, row.at = by, at
        keep(row, path)
        yield row, True


def keep(row: CameraFile, path: Path) -> None:
    """The bytes and the row, or the row with the reason why there are no bytes."""
    try:
        with path.open("rb") as content, transaction.atomic():
            row.file, row.problem = keep_upload(Content(content, name=path.name), by=row.by, at=row.at), ""
            row.save()
    except ValidationError as wrong:
        row.file, row.problem = None, "；".join(wrong.messages)[:400]
        row.save()


def hold(camera_id: int, why: str, *, bureau_id: int) -> CameraFile:
    """Keep a recording beyond its time for a reason, or let it go again when the reason is empty."""
    row = CameraFile.objects.get(pk=camera_id, bureau_id=bureau_id)
    row.hold = why.strip()[:200]
    row.save(update_fields=["hold"])
    return row

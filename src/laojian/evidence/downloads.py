"""How a kept file is sent: as an attachment, never interpreted by the browser, whole or in the range asked for."""

import re
from typing import BinaryIO

from django.http import FileResponse, HttpResponse

from .models import File
from .store import CHUNK

RANGE = re.compile(r"bytes=(\d*)-(\d*)")


class Stretch:
    """A part of an open file, read like a file of its own."""

    def __init__(self, content: BinaryIO, first: int, length: int):
        self.content, self.left = content, length
        content.seek(first)

    def read(self, size: int = -1) -> bytes:
        chunk = self.content.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(chunk)
        return chunk

    def close(self) -> None:
        self.content.close()


def sent(file: File, content: BinaryIO, asked: str = "", shown: bool = False) -> HttpResponse:
    """The response that sends a file; `asked` is the Range header. Whether it may be had, the caller has decided.

    `shown`: played or seen in the page, where it is sound or picture; anything else is only ever an attachment.
    """
    try:
        first, last = stretch(asked, file.size)
    except ValueError:
        content.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
    part = (first, last) != (0, file.size - 1)
    response = FileResponse(
        Stretch(content, first, last - first + 1),
        as_attachment=not (shown and seen(file)),
        filename=file.name,
        content_type=file.mime,
        status=206 if part else 200,
    )
    response.block_size = CHUNK
    if part:
        response["Content-Range"] = f"bytes {first}-{last}/{file.size}"
    response["Content-Length"] = last - first + 1
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = f'"{file.sha256}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def seen(file: File) -> bool:
    """Whether a page shows it by itself: sound, moving picture, photograph."""
    return file.mime.startswith(("audio/", "video/")) or file.mime in ("image/jpeg", "image/png")


def stretch(asked: str, size: int) -> tuple[int, int]:
    """First and last byte of a single range (RFC 9110); of all when none is asked. ValueError: none such."""
    found = RANGE.fullmatch(asked.strip())
    if not found or found.groups() == ("", ""):
        return 0, size - 1
    first, last = found.groups()
    if not first:
        if int(last) == 0:
            raise ValueError(asked)
        return max(0, size - int(last)), size - 1
    end = min(int(last), size - 1) if last else size - 1
    if int(first) > end:
        raise ValueError(asked)
    return int(first), end

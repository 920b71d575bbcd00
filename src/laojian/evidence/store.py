"""Where the bytes of files lie: found by their SHA-256, written once, never overwritten. Knows nothing of dossiers."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from .waiting import CHUNK, Store

__all__ = ["CHUNK", "keep_bytes", "store"]


def store() -> Store:
    """The store of this installation: a folder, or an object storage where one is set."""
    return made(settings.STORE_S3, Path(settings.MEDIA_ROOT))


@cache
def made(s3: str, root: Path) -> Store:
    """The store, made once. The client of an object storage is loaded only where there is one."""
    if s3:
        return import_string("laojian.evidence.s3.S3Store")(s3, root)
    return import_string("laojian.evidence.folder.FolderStore")(root)


def keep_bytes(content: bytes) -> str:
    """Keep bytes made here, such as a paper's PDF, and return their digest."""
    arrival = store().arrival()
    arrival.write(content)
    return arrival.keep()

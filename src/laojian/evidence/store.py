"""Where the bytes of files lie: found by their SHA-256, written once, never overwritten. Knows nothing of dossiers."""

import hashlib
import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings

CHUNK = 1 << 20
ABANDONED_SECONDS = 3600  # an arrival that nobody has written to for so long was cut off by a killed process


class Arrival(Protocol):
    """Bytes on their way in. Digest and size are of what was written so far; `content` reads it back from the start."""

    size: int

    @property
    def sha256(self) -> str: ...
    @property
    def content(self) -> BinaryIO: ...
    def write(self, chunk: bytes) -> None: ...
    def keep(self) -> str:
        """Put the bytes in the store for good, safe on disk, and return their digest."""

    def drop(self) -> None:
        """Leave nothing behind. After `keep` this does nothing."""


class Store(Protocol):
    """What a store must do; one in an object storage (S3) does the same."""

    def arrival(self) -> Arrival: ...
    def open(self, sha256: str) -> BinaryIO:
        """The bytes, seekable. Raises FileNotFoundError."""

    def whole(self, sha256: str) -> bool:
        """Whether the bytes are there and still have this digest."""


class FolderStore:
    """A store in a folder: ab/cd…, one file per digest, beside `arriving/` for what is not whole yet."""

    def __init__(self, root: Path):
        self.root = Path(root)

    def arrival(self) -> "FolderArrival":
        arriving = self.root / "arriving"
        arriving.mkdir(parents=True, exist_ok=True, mode=0o750)
        sweep(arriving)
        return FolderArrival(self, arriving)

    def path(self, sha256: str) -> Path:
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise FileNotFoundError(sha256)
        return self.root / sha256[:2] / sha256[2:]

    def open(self, sha256: str) -> BinaryIO:
        return self.path(sha256).open("rb")

    def whole(self, sha256: str) -> bool:
        try:
            with self.open(sha256) as content:
                return hashlib.file_digest(content, "sha256").hexdigest() == sha256
        except FileNotFoundError:
            return False


class FolderArrival:
    """A temporary file that removes itself unless it is kept: also when the request fails and it is only forgotten."""

    def __init__(self, store: FolderStore, folder: Path):
        self.store, self.size = store, 0
        self._digest = hashlib.sha256()
        self._file = tempfile.NamedTemporaryFile(dir=folder, buffering=CHUNK)  # noqa: SIM115

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    @property
    def content(self) -> BinaryIO:
        self._file.seek(0)
        return self._file

    def write(self, chunk: bytes) -> None:
        self._file.write(chunk)
        self._digest.update(chunk)
        self.size += len(chunk)

    def keep(self) -> str:
        final = self.store.path(self.sha256)
        self._file.flush()
        os.fsync(self._file.fileno())
        os.chmod(self._file.name, 0o440)
        final.parent.mkdir(mode=0o750, exist_ok=True)
        with suppress(FileExistsError):  # the same bytes are there already
            os.link(self._file.name, final)  # atomic, and unlike rename it never replaces what is there
        sync(final.parent), sync(self.store.root)
        self.drop()
        return self.sha256

    def drop(self) -> None:
        if not self._file.closed:
            self._file.close()


def sync(folder: Path) -> None:
    """Make the entries of a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(arriving: Path) -> None:
    """Remove what killed processes left behind; arrivals still being written are never that old."""
    last_touch = time.time() - ABANDONED_SECONDS
    for left in os.scandir(arriving):
        with suppress(FileNotFoundError):  # it was kept or dropped this moment
            if left.stat().st_mtime < last_touch:
                os.unlink(left.path)


def store() -> Store:
    """The store of this installation."""
    return FolderStore(Path(settings.MEDIA_ROOT))


def keep_bytes(content: bytes) -> str:
    """Keep bytes made here, such as a paper's PDF, and return their digest."""
    arrival = store().arrival()
    arrival.write(content)
    return arrival.keep()

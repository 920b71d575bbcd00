"""What a store of bytes does, and the waiting room that each has: a folder of this machine for what is not whole yet."""

import hashlib
import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Protocol

CHUNK = 1 << 20
PART, MARK = "part-", "mark-"  # names in the waiting room that outlive a request
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
    """What a store must do. A folder (`FolderStore`) and an object storage (`s3.S3Store`) do the same."""

    arriving: Path  # the waiting room: a folder of this machine, whichever store the bytes go to

    def arrival(self) -> Arrival: ...
    def put(self, path: Path, sha256: str) -> None:
        """Keep what lies whole at this path of the waiting room. OSError when there is no room; then nothing is kept."""

    def open(self, sha256: str) -> BinaryIO:
        """The bytes, seekable. Raises FileNotFoundError."""

    def has(self, sha256: str) -> bool: ...
    def whole(self, sha256: str) -> bool:
        """Whether the bytes are there and still have this digest."""

    def remove(self, sha256: str) -> None:
        """Give the space back. Only for what no row tells of; nothing when it is not there."""

    def sweep(self) -> None:
        """Give back the space of what was cut off on its way from the waiting room."""


def folded(sha256: str) -> str:
    """Where in a store the bytes of this digest lie. FileNotFoundError: it is no digest."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise FileNotFoundError(sha256)
    return f"{sha256[:2]}/{sha256[2:]}"


def intact(store: Store, sha256: str) -> bool:
    """Whether the store's bytes are there and still have this digest; reads them all."""
    try:
        with store.open(sha256) as content:
            return hashlib.file_digest(content, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False


class WaitingArrival:
    """A temporary file that removes itself unless it is kept: also when the request fails and it is only forgotten."""

    def __init__(self, store: Store):
        self.store, self.size = store, 0
        waiting_room(store)
        sweep(store.arriving)
        self._digest = hashlib.sha256()
        self._file = tempfile.NamedTemporaryFile(dir=store.arriving, buffering=CHUNK)  # noqa: SIM115

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
        self._file.flush()
        os.fsync(self._file.fileno())
        self.store.put(Path(self._file.name), self.sha256)
        self.drop()
        return self.sha256

    def drop(self) -> None:
        if not self._file.closed:
            with suppress(OSError):  # a full disk refuses what is still in the buffer, which nobody wants any more
                self._file.close()


def waiting_room(store: Store) -> Path:
    """The store's waiting room, made when it is not there yet."""
    store.arriving.mkdir(parents=True, exist_ok=True, mode=0o750)
    return store.arriving


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
        if left.name.startswith((PART, MARK)):
            continue  # parts wait for their sender, marks for the night
        with suppress(FileNotFoundError):  # it was kept or dropped this moment
            if left.stat().st_mtime < last_touch:
                os.unlink(left.path)


def mark(store: Store, sha256: str) -> None:
    """Note that these bytes are about to be kept for a row that is not there yet: `marked` finds them when it never comes."""
    note = waiting_room(store) / (MARK + sha256)
    if note.exists() or not store.has(sha256):
        note.touch()
        sync(store.arriving)


def unmark(store: Store, sha256: str) -> None:
    """The row is there, or the bytes are gone."""
    (store.arriving / (MARK + sha256)).unlink(missing_ok=True)


def marked(store: Store) -> list[str]:
    """Digests whose row should have been written an hour ago."""
    last_touch = time.time() - ABANDONED_SECONDS
    notes = [note for note in os.scandir(waiting_room(store)) if note.name.startswith(MARK)]
    return [note.name.removeprefix(MARK) for note in notes if note.stat().st_mtime < last_touch]

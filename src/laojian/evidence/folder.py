"""The store in a folder: one file per digest, written once. Copying what is new is its backup."""

import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from .waiting import WaitingArrival, folded, intact, sync


class FolderStore:
    """A store in a folder: ab/cd…, one file per digest, beside `arriving/` for what is not whole yet."""

    def __init__(self, root: Path):
        self.root = Path(root)
        self.arriving = self.root / "arriving"

    def arrival(self) -> "WaitingArrival":
        return WaitingArrival(self)

    def path(self, sha256: str) -> Path:
        return self.root / folded(sha256)

    def put(self, path: Path, sha256: str) -> None:
        final = self.path(sha256)
        os.chmod(path, 0o440)
        final.parent.mkdir(mode=0o750, exist_ok=True)
        with suppress(FileExistsError):  # the same bytes are there already
            os.link(path, final)  # atomic, and unlike rename it never replaces what is there
        sync(final.parent), sync(self.root)

    def open(self, sha256: str) -> BinaryIO:
        return self.path(sha256).open("rb")

    def has(self, sha256: str) -> bool:
        return self.path(sha256).exists()

    def whole(self, sha256: str) -> bool:
        return intact(self, sha256)

    def remove(self, sha256: str) -> None:
        self.path(sha256).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Nothing half-sent lies here."""

"""The store on a real folder: written once, never overwritten, nothing left of what was not kept."""

import gc
import hashlib
import os
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laojian.evidence.store import ABANDONED_SECONDS, FolderStore


@pytest.fixture
def folder(tmp_path):
    return FolderStore(tmp_path / "files")


def put(folder: FolderStore, *chunks: bytes) -> str:
    arrival = folder.arrival()
    for chunk in chunks:
        arrival.write(chunk)
    return arrival.keep()


def lying(folder: FolderStore) -> list[str]:
    return sorted(str(path.relative_to(folder.root)) for path in folder.root.rglob("*") if path.is_file())


def test_kept_bytes_are_found_by_their_digest(folder):
    digest = put(folder, b"abc", b"", b"def")
    assert digest == hashlib.sha256(b"abcdef").hexdigest()
    assert folder.open(digest).read() == b"abcdef" and folder.whole(digest)
    assert lying(folder) == [f"{digest[:2]}/{digest[2:]}"]


@given(chunks=st.lists(st.binary(max_size=50), max_size=6))
def test_chunks_make_no_difference(tmp_path_factory, chunks):
    folder = FolderStore(tmp_path_factory.mktemp("files"))
    assert put(folder, *chunks) == put(folder, b"".join(chunks)) == hashlib.sha256(b"".join(chunks)).hexdigest()
    assert len(lying(folder)) == 1


def test_what_is_there_is_never_overwritten(folder):
    digest = put(folder, b"abc")
    before = folder.path(digest).stat()
    assert put(folder, b"abc") == digest
    after = folder.path(digest).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns) and after.st_mode & 0o222 == 0


def test_what_is_dropped_or_forgotten_leaves_nothing(folder):
    arrival = folder.arrival()
    arrival.write(b"abc" * 1_000_000)
    assert len(lying(folder)) == 1
    arrival.drop(), arrival.drop()
    assert lying(folder) == []
    forgotten = folder.arrival()
    forgotten.write(b"abc")
    del forgotten
    gc.collect()
    assert lying(folder) == []


def test_what_a_killed_process_left_is_swept_by_the_next_arrival(folder):
    put(folder, b"abc")
    left, fresh = folder.root / "arriving/left", folder.root / "arriving/fresh"
    left.write_bytes(b"half"), fresh.write_bytes(b"half")
    old = time.time() - ABANDONED_SECONDS - 5
    os.utime(left, (old, old))
    folder.arrival().drop()
    assert not left.exists() and fresh.exists()


def test_damage_is_seen(folder):
    digest = put(folder, b"abc")
    path = folder.path(digest)
    path.chmod(0o640)
    path.write_bytes(b"abd")
    assert not folder.whole(digest) and not folder.whole("0" * 64)


@pytest.mark.parametrize("digest", ["../../etc/passwd", "ab", "", "g" * 64, "A" * 64, "../" + "a" * 61])
def test_only_a_digest_is_an_address(folder, digest):
    with pytest.raises(FileNotFoundError):
        folder.open(digest)


def test_the_same_bytes_from_many_at_once(folder):
    ready, digests = threading.Barrier(8), []

    def one():
        ready.wait()
        digests.append(put(folder, b"x" * 100_000))

    threads = [threading.Thread(target=one) for _ in range(8)]
    [thread.start() for thread in threads], [thread.join() for thread in threads]
    assert len(digests) == 8 and len(set(digests)) == 1 and len(lying(folder)) == 1

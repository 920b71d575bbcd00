"""The store on a real folder, and on a real S3 server where one is named: written once, nothing left of what was not kept.

`.ci/s3` starts a server and names it by LAOJIAN_TEST_S3; without it the tests of the bucket are skipped.
"""

import gc
import hashlib
import os
import threading
import time
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laojian.evidence import waiting
from laojian.evidence.folder import FolderStore
from laojian.evidence.s3 import S3Store
from laojian.evidence.waiting import ABANDONED_SECONDS

SERVER = os.environ.get("LAOJIAN_TEST_S3", "")


@pytest.fixture(params=["folder", "s3"])
def bytes_store(request, tmp_path):
    """Each kind of store, empty."""
    if request.param == "folder":
        return FolderStore(tmp_path / "files")
    if not SERVER:
        pytest.skip("no S3 server named by LAOJIAN_TEST_S3")
    return bucket(tmp_path)


def bucket(tmp_path) -> S3Store:
    made = S3Store(SERVER.rsplit("/", 1)[0] + f"/tests-{uuid.uuid4().hex}?region=us-east-1", tmp_path / "files")
    made.client.create_bucket(Bucket=made.bucket)
    return made


@pytest.fixture
def folder(tmp_path):
    return FolderStore(tmp_path / "files")


def put(store, *chunks: bytes) -> str:
    arrival = store.arrival()
    for chunk in chunks:
        arrival.write(chunk)
    return arrival.keep()


def lying(store) -> list[str]:
    """Whatever lies anywhere: kept, or in the waiting room."""
    root = store.arriving.parent
    found = [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()]
    if isinstance(store, S3Store):
        found += [row["Key"] for row in store.client.list_objects_v2(Bucket=store.bucket).get("Contents", [])]
    return sorted(found)


def test_kept_bytes_are_found_by_their_digest(bytes_store):
    digest = put(bytes_store, b"abc", b"", b"def")
    assert digest == hashlib.sha256(b"abcdef").hexdigest()
    assert bytes_store.open(digest).read() == b"abcdef" and bytes_store.whole(digest) and bytes_store.has(digest)
    assert lying(bytes_store) == [f"{digest[:2]}/{digest[2:]}"]


def test_any_stretch_of_it_can_be_read(bytes_store):
    whole = os.urandom(3 << 20)
    with bytes_store.open(put(bytes_store, whole)) as content:
        assert content.seek(0, 2) == len(whole) and content.read() == b""
        for at, length in ((0, 10), (len(whole) - 5, 100), (1 << 20, 1 << 20), (7, 2 << 20)):
            assert content.seek(at) == at and content.read(length) == whole[at : at + length]


def test_one_of_many_parts_is_whole(bytes_store):
    chunk = os.urandom(1 << 20)
    digest = put(bytes_store, *[chunk] * 40)
    assert bytes_store.whole(digest) and len(lying(bytes_store)) == 1


def test_the_same_bytes_twice_lie_there_once(bytes_store):
    assert put(bytes_store, b"abc") == put(bytes_store, b"abc") and len(lying(bytes_store)) == 1


def test_what_is_removed_is_gone(bytes_store):
    digest = put(bytes_store, b"abc")
    bytes_store.remove(digest), bytes_store.remove(digest), bytes_store.sweep()
    assert not bytes_store.has(digest) and not bytes_store.whole(digest) and lying(bytes_store) == []
    with pytest.raises(FileNotFoundError):
        bytes_store.open(digest)


def test_marked_bytes_are_told_an_hour_later(bytes_store):
    digest = hashlib.sha256(b"abc").hexdigest()
    waiting.mark(bytes_store, digest)
    put(bytes_store, b"abc")
    assert waiting.marked(bytes_store) == []
    note = next(bytes_store.arriving.glob("mark-*"))
    old = time.time() - ABANDONED_SECONDS - 5
    os.utime(note, (old, old))
    bytes_store.arrival().drop()
    assert waiting.marked(bytes_store) == [digest]
    waiting.unmark(bytes_store, digest)
    waiting.mark(bytes_store, digest)  # the bytes are there already, whoever kept them
    assert lying(bytes_store) == [f"{digest[:2]}/{digest[2:]}"]


@pytest.mark.skipif(not SERVER, reason="no S3 server named by LAOJIAN_TEST_S3")
def test_a_storage_that_does_not_answer_is_a_fault_and_not_an_absence(tmp_path):
    gone = S3Store("http://a:b@127.0.0.1:1/nowhere", tmp_path)
    with pytest.raises(OSError, match="对象存储") as fault:
        gone.has("0" * 64)
    assert not isinstance(fault.value, FileNotFoundError)


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


def test_what_is_dropped_or_forgotten_leaves_nothing(bytes_store):
    arrival = bytes_store.arrival()
    arrival.write(b"abc" * 1_000_000)
    assert len(lying(bytes_store)) == 1
    arrival.drop(), arrival.drop()
    assert lying(bytes_store) == []
    forgotten = bytes_store.arrival()
    forgotten.write(b"abc")
    del forgotten
    gc.collect()
    assert lying(bytes_store) == []


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
def test_only_a_digest_is_an_address(bytes_store, digest):
    with pytest.raises(FileNotFoundError):
        bytes_store.open(digest)


def test_the_same_bytes_from_many_at_once(folder):
    ready, digests = threading.Barrier(8), []

    def one():
        ready.wait()
        digests.append(put(folder, b"x" * 100_000))

    threads = [threading.Thread(target=one) for _ in range(8)]
    [thread.start() for thread in threads], [thread.join() for thread in threads]
    assert len(digests) == 8 and len(set(digests)) == 1 and len(lying(folder)) == 1

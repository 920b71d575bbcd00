"""Uploads in pieces: nothing acknowledged is lost, nothing half is visible, space comes back; by kill and by a full disk."""

import hashlib
import os
import signal
import subprocess
import sys
import time
import tracemalloc
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from laojian.evidence import pieces, waiting
from laojian.evidence.models import File, Upload
from laojian.evidence.pieces import Misplaced, begin, clean, drop, finish, part, receive
from laojian.evidence.store import store

from .conftest import AT

VIDEO = b"\0\0\0\x20ftypisom" + bytes(20)  # how an MP4 begins
SMALL = 1000


@pytest.fixture
def small(monkeypatch):
    """Pieces of a thousand bytes."""
    monkeypatch.setattr(pieces, "PIECE", SMALL)


def recording(size: int) -> bytes:
    return VIDEO + os.urandom(size - len(VIDEO))


def begun(dossier, content: bytes, by, name: str = "现场.mp4") -> Upload:
    return begin(dossier.pk, name, len(content), 7, by=by, at=AT)


def sum_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def cut(content: bytes) -> list[bytes]:
    return [content[at : at + pieces.PIECE] for at in range(0, len(content), pieces.PIECE)]


def sent(upload: Upload, content: bytes, by, first: int = 0, last: int | None = None) -> None:
    for nth, piece in list(enumerate(cut(content)))[first:last]:
        receive(upload.pk, nth * pieces.PIECE, piece, sum_of(piece), by=by, at=AT)


def whole(content: bytes) -> str:
    return sum_of(b"".join(hashlib.sha256(piece).digest() for piece in cut(content)))


def lying() -> list[str]:
    root = store().arriving.parent
    return sorted(
        str(each.relative_to(root)) for each in root.rglob("*") if each.is_file() and "mark-" not in each.name
    )


def test_pieces_become_a_file_once_all_are_there(world, dossier, small):
    lead, content = world["lead"], recording(4500)
    upload = begun(dossier, content, lead)
    sent(upload, content, lead, last=3)
    assert not File.objects.exists() and lying() == [f"arriving/part-{upload.pk}"]
    again = begun(dossier, content, lead)
    assert (again, again.received) == (upload, 3000)
    with pytest.raises(Misplaced) as early:
        finish(upload.pk, whole(content), by=lead, at=AT)
    assert early.value.received == 3000
    sent(upload, content, lead, first=3)
    row = finish(upload.pk, whole(content), by=lead, at=AT)
    assert (row.sha256, row.size, row.mime, row.name) == (sum_of(content), 4500, "video/mp4", "现场.mp4")
    assert store().open(row.sha256).read() == content
    assert finish(upload.pk, "", by=lead, at=AT) == row and File.objects.count() == 1


@pytest.mark.parametrize(
    ("offset", "piece", "said"),
    [(0, b"x" * SMALL, 1000), (2000, b"x" * SMALL, 1000), (-1, b"x" * SMALL, 1000), (1000, b"x", 1000), (1000, b"", 1000),
     (1000, b"x" * (SMALL + 1), 1000)],
)  # fmt: skip
def test_a_piece_that_is_not_the_next_one_is_told_where_to_go_on(world, dossier, small, offset, piece, said):
    lead, content = world["lead"], recording(4500)
    upload = begun(dossier, content, lead)
    sent(upload, content, lead, last=1)
    with pytest.raises(Misplaced) as wrong:
        receive(upload.pk, offset, piece, sum_of(piece), by=lead, at=AT)
    assert wrong.value.received == said and part(upload).read_bytes() == content[:SMALL]


def test_a_damaged_piece_is_not_taken(world, dossier, small):
    lead, content = world["lead"], recording(4500)
    upload = begun(dossier, content, lead)
    with pytest.raises(Misplaced):
        receive(upload.pk, 0, content[:SMALL], sum_of(b"other"), by=lead, at=AT)
    assert lying() == [] and Upload.objects.get().received == 0


def test_what_changed_on_disk_or_on_the_way_never_becomes_a_file(world, dossier, small):
    lead, content = world["lead"], recording(4500)
    upload = begun(dossier, content, lead)
    sent(upload, content, lead)
    with pytest.raises(ValidationError, match="与原文件不一致"):
        finish(upload.pk, whole(content[:-1] + bytes([content[-1] ^ 1])), by=lead, at=AT)
    part(upload).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(ValidationError, match="磁盘上损坏"):
        finish(upload.pk, whole(content), by=lead, at=AT)
    assert not File.objects.exists()


def test_nobody_goes_on_with_a_foreign_upload(world, dossier, small):
    content = recording(4500)
    upload = begun(dossier, content, world["lead"])
    for deed in (
        lambda by: receive(upload.pk, 0, content[:SMALL], sum_of(content[:SMALL]), by=by, at=AT),
        lambda by: finish(upload.pk, whole(content), by=by, at=AT),
        lambda by: drop(upload.pk, by=by),
    ):
        with pytest.raises(Upload.DoesNotExist):
            deed(world["second"])


@pytest.mark.parametrize(
    ("name", "size", "said"),
    [("现场.exe", 10, "不在可以接收的类型"), ("现场.mp4", 0, "空文件"), ("现场.mp4", 9 << 30, "最大 8.0 GB"), ("../a.mp4", 9, "路径"),
     ("", 9, "没有名称")],
)  # fmt: skip
def test_what_is_not_taken_is_refused_before_it_is_sent(world, dossier, name, size, said):
    with pytest.raises(ValidationError, match=said):
        begin(dossier.pk, name, size, 7, by=world["lead"], at=AT)
    assert not Upload.objects.exists()


def test_a_sort_that_is_found_out_only_at_the_end_leaves_nothing(
    world, dossier, small, django_capture_on_commit_callbacks
):
    lead, content = world["lead"], b"MZ" + os.urandom(2000)
    upload = begun(dossier, content, lead)
    sent(upload, content, lead)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ValidationError, match="程序"):
        finish(upload.pk, whole(content), by=lead, at=AT)
    assert not Upload.objects.exists() and lying() == []


def test_quota_and_free_space_are_told_before_anything_is_sent(world, dossier, settings, monkeypatch):
    lead = world["lead"]
    settings.UPLOAD_QUOTA = 3 << 30
    begin(dossier.pk, "一.mp4", 2 << 30, 7, by=lead, at=AT)
    with pytest.raises(ValidationError, match=r"您还有 2.0 GB 没有传完.*超过每人 3.0 GB"):
        begin(dossier.pk, "二.mp4", 2 << 30, 7, by=lead, at=AT)
    monkeypatch.setattr(pieces.shutil, "disk_usage", lambda path: SimpleNamespace(free=4 << 30))
    begin(dossier.pk, "三.mp4", 1 << 20, 7, by=world["second"], at=AT)
    with pytest.raises(ValidationError, match=r"存储空间已满.*腾出空间"):
        begin(dossier.pk, "四.mp4", 2 << 30, 7, by=world["second"], at=AT)


def test_the_night_cleans_what_nobody_goes_on_with(world, dossier, small, django_capture_on_commit_callbacks):
    lead, content = world["lead"], recording(4500)
    old, fresh = begun(dossier, content, lead), begun(dossier, content, lead, "新.mp4")
    sent(old, content, lead, last=2), sent(fresh, content, lead, last=2)
    Upload.objects.filter(pk=old.pk).update(touched_at=AT - timedelta(days=8))
    (store().arriving / "part-999999").write_bytes(b"without a row")
    with django_capture_on_commit_callbacks(execute=True):
        assert clean(AT)
    assert list(Upload.objects.all()) == [fresh] and lying() == [f"arriving/part-{fresh.pk}"]


def test_the_night_takes_back_bytes_whose_row_never_came(world, dossier):
    for content, told in ((b"lost", False), (b"kept", True)):
        digest = sum_of(content)
        waiting.mark(store(), digest)
        arrival = store().arrival()
        arrival.write(content)
        arrival.keep()
        if told:
            File.objects.create(
                sha256=digest, size=4, mime="text/plain", name="a.txt", uploaded_by=world["lead"], at=AT
            )
        old = time.time() - waiting.ABANDONED_SECONDS - 5
        os.utime(store().arriving / f"mark-{digest}", (old, old))
    assert clean(AT) == 1
    assert not store().has(sum_of(b"lost")) and store().has(sum_of(b"kept")) and waiting.marked(store()) == []


def test_a_large_file_costs_the_memory_of_one_piece(world, dossier):
    size, piece = 128 << 20, bytes(pieces.PIECE)
    head = VIDEO + bytes(pieces.PIECE - len(VIDEO))
    upload = begin(dossier.pk, "长.mp4", size, 7, by=world["lead"], at=AT)
    digests = b""
    tracemalloc.start()
    for at in range(0, size, pieces.PIECE):
        content = head if at == 0 else piece
        digests += hashlib.sha256(content).digest()
        receive(upload.pk, at, content, sum_of(content), by=world["lead"], at=AT)
    row = finish(upload.pk, sum_of(digests), by=world["lead"], at=AT)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert row.size == size and peak < 4 * pieces.PIECE


# ── a disk that is full ──


@pytest.fixture
def full(monkeypatch):
    """After so many bytes the disk refuses."""

    def after(room: int):
        real = os.pwrite

        def pwrite(handle, content, at):
            if at + len(content) > room:
                raise OSError(28, "No space left on device")
            return real(handle, content, at)

        monkeypatch.setattr(pieces.os, "pwrite", pwrite)

    return after


def test_a_full_disk_keeps_what_was_acknowledged_and_goes_on_later(world, dossier, small, full, monkeypatch):
    lead, content = world["lead"], recording(4500)
    upload = begun(dossier, content, lead)
    full(2500)
    with pytest.raises(ValidationError, match="存储空间已满"):
        sent(upload, content, lead)
    upload.refresh_from_db()
    assert upload.received == 2000 and part(upload).read_bytes()[:2000] == content[:2000]
    monkeypatch.undo()
    monkeypatch.setattr(pieces, "PIECE", SMALL)
    sent(upload, content, lead, first=2)
    assert finish(upload.pk, whole(content), by=lead, at=AT).sha256 == sum_of(content)


TINY = """
import os, resource, sys
from laojian.evidence.folder import FolderStore
from pathlib import Path
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
store = FolderStore(Path(sys.argv[1]))
arrival = store.arrival()
try:
    for _ in range(4):
        arrival.write(os.urandom(1 << 20))
    arrival.keep()
    print("kept")
except OSError as wrong:
    arrival.drop()
    print(wrong.errno)
print(sorted(str(each) for each in Path(sys.argv[1]).rglob("*") if each.is_file()))
"""


def test_a_disk_that_takes_no_more_leaves_nothing_of_an_arrival(tmp_path):
    told = subprocess.run([sys.executable, "-c", TINY, tmp_path / "files"], capture_output=True, text=True, check=True)
    assert told.stdout.split("\n")[:2] == ["27", "[]"]


# ── a process that is killed ──

KILLED = """
import django, hashlib, os, sys
django.setup()
from datetime import datetime, UTC
from laojian.evidence import pieces
from laojian.people.models import Officer
pieces.PIECE = 65536
upload, lead, content = int(sys.argv[1]), Officer.objects.get(pk=int(sys.argv[2])), open(sys.argv[3], "rb").read()
for at in range(0, len(content), pieces.PIECE):
    piece = content[at : at + pieces.PIECE]
    pieces.receive(upload, at, piece, hashlib.sha256(piece).hexdigest(), by=lead, at=datetime.now(UTC))
    print(at + len(piece), flush=True)
"""


@pytest.mark.django_db(transaction=True)
def test_a_server_killed_in_the_middle_loses_nothing_acknowledged(world, dossier, tmp_path, settings, monkeypatch):
    monkeypatch.setattr(pieces, "PIECE", 65536)
    content = recording(64 * 65536)
    original = tmp_path / "original"
    original.write_bytes(content)
    upload = begun(dossier, content, world["lead"])
    database = connection.settings_dict
    url = f"postgresql://{database['USER']}:{database['PASSWORD']}@/{database['NAME']}?host={database['HOST']}&port={database['PORT']}"
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "laojian.settings",
        "DATABASE_URL": url,
        "LAOJIAN_FILES": str(settings.MEDIA_ROOT),
    }
    server = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(upload.pk), str(world["lead"].pk), str(original)], stdout=subprocess.PIPE, env=env, text=True,
    )  # fmt: skip
    acknowledged = [int(server.stdout.readline()) for _ in range(5)][-1]
    server.send_signal(signal.SIGKILL)
    rest = [int(line) for line in server.stdout.read().split()]
    server.wait()
    upload.refresh_from_db()
    acknowledged = max([acknowledged, *rest])
    assert acknowledged <= upload.received < len(content)
    assert part(upload).read_bytes()[: upload.received] == content[: upload.received] and not File.objects.exists()
    assert begun(dossier, content, world["lead"]) == upload
    sent(upload, content, world["lead"], first=upload.received // 65536)
    row = finish(upload.pk, whole(content), by=world["lead"], at=AT)
    assert store().open(row.sha256).read() == content and lying() == [f"{row.sha256[:2]}/{row.sha256[2:]}"]

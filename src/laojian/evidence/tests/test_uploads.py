"""Uploads and downloads over HTTP: streamed, cut off, too large, refused; sent whole or in ranges."""

import gc
import hashlib
import io
import threading
import tracemalloc

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse, UnreadablePostError
from django.test import Client, RequestFactory
from django.urls import path
from django.utils.http import content_disposition_header

from laojian.evidence import rules, uploads
from laojian.evidence.actions import keep_upload
from laojian.evidence.downloads import sent, stretch
from laojian.evidence.forms import UploadForm
from laojian.evidence.models import File
from laojian.evidence.queries import open_file
from laojian.people.models import Officer

from .conftest import AT, kept
from .files import JPEG, PDF, PNG

BOUNDARY = "示例边界".encode().hex()


def take(request):
    """What a view does: the form, then each file; the first refusal is told."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"refused": [text for texts in form.errors.values() for text in texts]}, status=422)
    try:
        rows = [
            keep_upload(upload, by=Officer.objects.get(username="lead"), at=AT) for upload in form.cleaned_data["files"]
        ]
    except ValidationError as refused:
        return JsonResponse({"refused": refused.messages}, status=422)
    return JsonResponse({"kept": [row.pk for row in rows]})


def ignore(request):
    """A view that reads the form and keeps nothing."""
    return HttpResponse(str(len(request.FILES)))


urlpatterns = [path("take", take), path("ignore", ignore)]


@pytest.fixture
def client(world, settings):
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = []
    return Client()


def lying(settings) -> list[str]:
    gc.collect()
    root = settings.MEDIA_ROOT
    found = (str(each.relative_to(root)) for each in root.rglob("*") if each.is_file())
    return sorted(each for each in found if "mark-" not in each)  # a mark goes when the transaction ends


def named(content: bytes, name: str) -> io.BytesIO:
    stream = io.BytesIO(content)
    stream.name = name
    return stream


def test_several_files_at_once(client, settings):
    posted = {"files": [named(PDF, "工资表.pdf"), named(PNG, "截图.png")], "note": "x"}
    kept_ids = client.post("/take", posted).json()["kept"]
    assert [(row.name, row.sha256) for row in File.objects.filter(pk__in=kept_ids).order_by("id")] == [
        ("工资表.pdf", hashlib.sha256(PDF).hexdigest()),
        ("截图.png", hashlib.sha256(PNG).hexdigest()),
    ]
    assert len(lying(settings)) == 2


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([], "请选择要上传的文件"),
        ([("空.pdf", b"")], "空的（0 字节）"),
        ([("照片.pdf", JPEG)], "扩展名是 .pdf，内容却是JPEG 图片"),
        ([("../../a.exe", b"MZ\0\0")], "“a.exe”是程序"),
    ],
)
def test_a_refused_upload_is_told_and_gone(client, settings, files, said):
    answer = client.post("/take", {"files": [named(content, name) for name, content in files]})
    assert answer.status_code == 422 and said in answer.json()["refused"][0]
    assert not File.objects.exists() and lying(settings) == []


def test_what_no_view_keeps_is_gone_when_the_request_ends(client, settings):
    assert client.post("/ignore", {"files": named(PDF, "a.pdf"), "other": named(PNG, "b.png")}).content == b"2"
    assert lying(settings) == []


def body(content: bytes, end: bool = True) -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n'.encode()
    return head + content + (f"\r\n--{BOUNDARY}--\r\n".encode() if end else b"")


def posted(stream, length: int):
    told = {"CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}", "CONTENT_LENGTH": str(length)}
    return RequestFactory().request(REQUEST_METHOD="POST", **told, **{"wsgi.input": stream})


def test_an_upload_cut_off_leaves_nothing(world, settings):
    whole = body(PDF * 100_000)
    request = posted(io.BytesIO(whole), len(whole))
    assert len(request.FILES) == len(lying(settings)) == 1
    request.close()
    request = posted(io.BytesIO(whole[: len(whole) // 2]), len(whole))
    assert not request.FILES
    request.close()
    assert lying(settings) == [] and not UploadForm(request.POST, request.FILES).is_valid()


class Broken(io.BytesIO):
    """A connection that dies in the middle."""

    def read(self, size=-1):
        chunk = super().read(size)
        if not chunk:
            raise OSError("connection reset")
        return chunk


def test_a_connection_that_dies_leaves_nothing(world, settings):
    whole = body(PNG)[: -len(f"--{BOUNDARY}--\r\n")] + body(PDF * 100_000, end=False)
    request = posted(Broken(whole), len(whole) * 2)
    with pytest.raises(UnreadablePostError):
        _ = request.FILES
    request.close()
    del request
    assert lying(settings) == []


class Endless(io.RawIOBase):
    """A body of any length that is never whole in memory: `lead`, then zeros, then `end`."""

    def __init__(self, lead: bytes, zeros: int, end: bytes):
        self.parts = [io.BytesIO(lead), zeros, io.BytesIO(end)]

    def read(self, size=-1):
        if chunk := self.parts[0].read(size):
            return chunk
        if self.parts[1]:
            length = min(size, self.parts[1])
            self.parts[1] -= length
            return bytes(length)
        return self.parts[2].read(size)


def streamed(zeros: int):
    lead, end = body(PDF, end=False), body(b"")[len(body(b"", end=False)) :]
    return posted(Endless(lead, zeros, end), len(lead) + zeros + len(end))


def test_a_large_upload_costs_constant_memory(world):
    size = 256 << 20
    tracemalloc.start()
    request = streamed(size)
    row = keep_upload(request.FILES["files"], by=world["lead"], at=AT)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    request.close()
    assert row.size == size + len(PDF) and peak < 16 << 20


def test_what_is_larger_than_anything_we_take_is_let_pass_and_told(world, settings, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 4 << 20)
    request = streamed(8 << 20)
    with pytest.raises(ValidationError, match=r"“a.pdf”有 8.0 MB，最大"):
        keep_upload(request.FILES["files"], by=world["lead"], at=AT)
    request.close()
    assert lying(settings) == []


def test_two_upload_the_same_file_at_once(world, settings):
    arrivals = [streamed(1 << 20).FILES["files"] for _ in range(4)]
    digests, ready = [], threading.Barrier(4)

    def keep(upload):
        ready.wait()
        digests.append(upload.arrival.keep())

    threads = [threading.Thread(target=keep, args=[upload]) for upload in arrivals]
    [thread.start() for thread in threads], [thread.join() for thread in threads]
    assert len(set(digests)) == 1 and len(lying(settings)) == 1


def test_a_file_is_sent_as_an_attachment_that_no_browser_interprets(world):
    row, content = open_file(kept(PDF, "工资 表（1）.pdf", world["lead"]).pk)
    answer = sent(row, content)
    assert b"".join(answer) == PDF and answer.status_code == 200
    assert answer["Content-Disposition"] == content_disposition_header(True, "工资 表（1）.pdf")
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "application/pdf")
    assert "sandbox" in answer["Content-Security-Policy"] and "no-store" in answer["Cache-Control"]
    assert (int(answer["Content-Length"]), answer["Accept-Ranges"]) == (len(PDF), "bytes")
    answer.close()
    assert content.closed


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-9", 0, 9), ("bytes=10-", 10, 99), ("bytes=-5", 95, 99), ("bytes=90-500", 90, 99), ("bytes=-500", 0, 99)],
)
def test_a_range(world, asked, first, last):
    whole = (PDF * 2)[:100]
    row, content = open_file(kept(whole, "a.pdf", world["lead"]).pk)
    answer = sent(row, content, asked)
    assert b"".join(answer) == whole[first : last + 1] and int(answer["Content-Length"]) == last - first + 1
    if (first, last) != (0, 99):
        assert (answer.status_code, answer["Content-Range"]) == (206, f"bytes {first}-{last}/100")


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=-0", "bytes=5-4"])
def test_a_range_that_is_not_there(world, asked):
    row, content = open_file(kept((PDF * 2)[:100], "a.pdf", world["lead"]).pk)
    answer = sent(row, content, asked)
    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */100") and content.closed


@pytest.mark.parametrize("asked", ["", "bytes=-", "lines=1-2", "bytes=0-1,5-6", "bytes=a-b"])
def test_anything_else_is_answered_with_the_whole(asked):
    assert stretch(asked, 100) == (0, 99)


def test_the_handler_is_the_one_in_force(settings):
    assert settings.FILE_UPLOAD_HANDLERS == ["laojian.evidence.uploads.StoreUploadHandler"]
    assert max(sort.limit for sort in rules.SORTS.values()) == rules.LARGEST

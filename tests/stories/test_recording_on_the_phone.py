"""An inspector sends a long recording from a phone; the connection is cut twice and the browser closed; nothing is lost."""

import wave

import pytest
from playwright.sync_api import expect

from laojian.evidence.models import Evidence, Upload
from laojian.evidence.pieces import PIECE

from . import cast

pytestmark = pytest.mark.django_db


def recorded(path, minutes: int = 5):
    """A recording of some minutes, which every browser plays."""
    with wave.open(str(path), "wb") as recording:
        recording.setnchannels(1), recording.setsampwidth(2), recording.setframerate(44_100)
        for nth in range(minutes * 60):
            recording.writeframes(bytes([nth % 64, 0]) * 44_100)
    return path


def cut(phone, after: int) -> None:
    """Once so many bytes are safe the connection is gone; the page says so and waits."""
    while sum(Upload.objects.values_list("received", flat=True)) < after:
        phone.page.wait_for_timeout(20)
    phone.context.set_offline(True)
    expect(phone.page.get_by_text("网络中断，已收到的不会丢，恢复后自动接着传")).to_be_visible()
    phone.said.clear()  # the browser complains of the cut, as it should


def filled(inspector, file: int):
    inspector.open("evidence_upload", file).choose("证据种类", "视听资料").fill("名称", "询问录音")
    return (
        inspector.fill("证明内容", "询问的全过程").fill("来源（提供人）", "执法记录仪").choose("原件或复制件", "原件")
    )


def test_a_long_recording_survives_two_cuts_and_a_closed_browser(people, world, time, tmp_path):
    file = cast.investigating(world, time, "2026-03-03", cast.employers()).id
    time("2026-03-05", 10, 30)
    path = recorded(tmp_path / "询问录音.wav")
    phone = people(world.zhang, phone=True)
    filled(phone, file).attach("文件", path).press("上传")
    cut(phone, PIECE)
    phone.context.set_offline(False)  # the telephone is back in the network: it goes on by itself
    cut(phone, 3 * PIECE)
    phone.page.close()  # this time it is closed on the way
    phone.said.clear()
    begun = Upload.objects.get()
    assert 3 * PIECE <= begun.received < begun.size and not Evidence.objects.filter(title="询问录音").exists()

    again = people(world.zhang, phone=True)
    again.open("evidence_upload", file).sees("未传完的文件", "询问录音.wav", "共 25.2 MB").picture("phone-unfinished")
    filled(again, file).attach("文件", path).press("上传")
    expect(again.page.get_by_text("✓ 已收")).to_be_visible(timeout=60_000)
    piece = Evidence.objects.select_related("file").get(title="询问录音")
    assert piece.file.size == path.stat().st_size and Upload.objects.get().file == piece.file
    again.open("evidence_upload", file).does_not_see("未传完的文件")

"""An inspector sends a long recording from a phone; the connection is cut twice and the browser closed; nothing is lost."""

import wave
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from laojian.evidence.cameras import bring_in
from laojian.evidence.models import Evidence, Upload
from laojian.evidence.pieces import PIECE
from laojian.record.models import Entry
from tests.world import at

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

    # It is played in the page, and a moment of it is marked and gone to.
    again.open("dossier", file).follow("询问录音").sees("还没有标记", "保管经过")
    sound = again.page.locator("audio")
    again.page.evaluate("() => new Promise((done) => { const it = document.querySelector('audio'); it.preload = 'auto';"
                        " it.addEventListener('loadeddata', done, { once: true }); it.load(); })")  # fmt: skip
    assert sound.evaluate("(it) => it.duration") == 300
    sound.evaluate(
        "(it) => new Promise((done) => { it.addEventListener('seeked', done, { once: true }); it.currentTime = 75; })"
    )
    again.press("取播放位置").fill("说明", "承认没有发工资").choose("对应的步骤", "补充证据").press("标记")
    again.sees("1:15", "承认没有发工资", "补充证据，张监察").picture("phone-recording")
    again.page.get_by_role("link", name="1:15").click()
    expect(sound).to_have_js_property("currentTime", 75)
    again.open("evidence_item", piece.pk).sees("谁看过", "查看证据 1")
    assert Entry.objects.filter(kind="look", given__evidence=piece.pk).count() == 1  # of many requests for stretches
    plain = people(world.zhang, javascript=False)
    plain.open("evidence_item", piece.pk).follow("1:15").sees("承认没有发工资")
    assert plain.page.locator("audio").get_attribute("src").endswith("#t=75")


def test_what_a_body_camera_recorded_is_entered_and_held(people, world, time, tmp_path):
    file = cast.investigating(world, time, "2026-03-03", cast.employers()).id
    time("2026-03-05", 10, 30)
    recorded(tmp_path / "20260305_091000.wav", minutes=1)
    (tmp_path / "broken.mp4").write_bytes(b"MZ" + bytes(40))
    rows = list(bring_in(tmp_path, bureau=world.district, source="body", device="记录仪07", offset=timedelta(seconds=200), by=world.li,
                         at=at("2026-03-05", 10)))  # fmt: skip
    camera = next(row for row, _ in rows if row.file)
    inspector = people(world.zhang)
    inspector.open("cameras").sees(
        "20260305_091000.wav", "设备快 200 秒", "⚠ 未收", "broken.mp4", f"入卷编号 {camera.pk}"
    )
    inspector.picture("cameras")
    inspector.page.get_by_label("延长保存 20260305_091000.wav 的原因").fill("当事人已申请复议")
    inspector.press("延长保存 20260305_091000.wav").open("cameras")
    assert Entry.objects.filter(verb="hold_camera", given__why="当事人已申请复议").exists()
    inspector.open("evidence_upload", file, camera=camera.pk).fill("证明内容", "询问的全过程").press("上传").sees(
        "✓ 已收"
    )
    assert Evidence.objects.get(title="20260305_091000").file == camera.file
    inspector.open("cameras").sees("已入卷", "随案卷")

"""Recordings of cameras are imported from a folder: clock corrected, each file with its result, as often as one likes."""

import os
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from laojian.evidence import cameras
from laojian.evidence.actions import attach
from laojian.evidence.cameras import SHANGHAI, bring_in, hold, offset_told
from laojian.evidence.models import CameraFile, Evidence, File
from laojian.evidence.queries import files_held
from laojian.people.acting import acting

from .conftest import AT
from .files import sound

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """A device's folder: two recordings, one that is not what it says, one that is no recording."""
    root = tmp_path / "DCIM"
    (root / "100").mkdir(parents=True)
    for name, content in (
        ("100/20261109_143000.wav", sound()), ("100/REC.wav", sound() + b"\0"), ("101.mp4", b"MZ" + bytes(50)), ("index.db", b"x"),
    ):  # fmt: skip
        (root / name).write_bytes(content)
        moment = datetime(2026, 11, 9, 14, 45, tzinfo=SHANGHAI).timestamp()
        os.utime(root / name, (moment, moment))
    return root


def brought(world, folder, **more) -> list:
    told = {
        "bureau": world["lead"].bureau,
        "source": "body",
        "device": "07",
        "offset": timedelta(minutes=3, seconds=20),
    }
    return list(bring_in(folder, **told | more, by=world["lead"], at=AT))


def clock(hour, minute, second=0):
    return datetime(2026, 11, 9, hour, minute, second, tzinfo=SHANGHAI)


def test_each_file_has_its_result_and_the_devices_clock_is_corrected(world, folder):
    rows = {row.name: row for row, new in brought(world, folder) if new}
    assert set(rows) == {"20261109_143000.wav", "REC.wav", "101.mp4"}
    named, bare, bad = rows["20261109_143000.wav"], rows["REC.wav"], rows["101.mp4"]
    assert (named.device_said, named.began_at, named.ended_at) == (clock(14, 30), clock(14, 26, 40), clock(14, 41, 40))
    assert (bare.began_at, bare.ended_at) == (clock(14, 41, 40), None)
    assert bad.file is None and "程序" in bad.problem and named.file.size == len(sound())
    assert named.kept_to == date(2027, 5, 9)


def test_an_import_is_repeated_without_doubles_and_takes_up_what_failed(world, folder):
    brought(world, folder)
    (folder / "101.mp4").write_bytes(b"\0\0\0\x20ftypisom" + bytes(40))
    stamp = clock(14, 45).timestamp()
    os.utime(folder / "101.mp4", (stamp, stamp))
    assert [(row.name, new, row.problem) for row, new in brought(world, folder)] == [
        ("20261109_143000.wav", False, ""), ("REC.wav", False, ""), ("101.mp4", True, ""),
    ]  # fmt: skip
    assert CameraFile.objects.count() == File.objects.count() == 3


def test_an_import_that_was_killed_goes_on(world, folder, monkeypatch):
    real, count = cameras.keep_upload, 0

    def dies(*given, **more):
        nonlocal count
        count += 1
        if count == 2:
            raise KeyboardInterrupt
        return real(*given, **more)

    monkeypatch.setattr(cameras, "keep_upload", dies)
    with pytest.raises(KeyboardInterrupt):
        brought(world, folder)
    assert CameraFile.objects.count() == 1
    monkeypatch.setattr(cameras, "keep_upload", real)
    assert [new for _, new in brought(world, folder)].count(True) == 2 and CameraFile.objects.count() == 3


def test_a_room_is_kept_for_its_own_time_and_longer_while_held(world, folder):
    row = next(row for row, _ in brought(world, folder, source="room", offset=timedelta()) if row.file)
    assert row.kept_to == date(2027, 2, 7)
    assert hold(row.pk, " 涉及复议 ", bureau_id=row.bureau_id).hold == "涉及复议"
    with pytest.raises(CameraFile.DoesNotExist):
        hold(row.pk, "", bureau_id=world["stranger"].bureau_id)


def test_a_colleague_enters_it_as_evidence_and_a_stranger_does_not(world, dossier, folder):
    row = next(row for row, _ in brought(world, folder) if row.file)
    told = {"kind": "audio_visual", "title": "现场", "proves": "过程", "provider": "记录仪", "collected_on": "2026-11-09",
            "collectors": [world["lead"].pk, world["second"].pk], "form": "original"}  # fmt: skip
    with acting(world["stranger"].pk), pytest.raises(ValidationError, match="不是您上传的"):
        attach(dossier.pk, [row.file_id], told, world["stranger"], AT)
    with acting(world["second"].pk):
        assert attach(dossier.pk, [row.file_id], told, world["second"], AT)[0].file == row.file


def test_a_recording_that_is_sealed_evidence_is_free_for_nobody_who_does_not_see_it(world, dossier, folder):
    row = next(row for row, _ in brought(world, folder) if row.file)
    told = {"kind": "audio_visual", "title": "现场", "proves": "过程", "provider": "记录仪", "collected_on": "2026-11-09",
            "collectors": [world["lead"].pk, world["second"].pk], "form": "original"}  # fmt: skip
    with acting(world["lead"].pk):
        attach(dossier.pk, [row.file_id], told | {"sealed": True, "readers": [world["lead"].pk]}, world["lead"], AT)
    with acting(world["second"].pk):
        assert not Evidence.objects.filter(file=row.file_id).exists() and files_held([row.file_id]) == {row.file_id}
        with pytest.raises(ValidationError, match="已经入卷"):
            attach(dossier.pk, [row.file_id], told, world["second"], AT)


@pytest.mark.parametrize(
    ("text", "seconds"), [("+00:03:20", 200), ("-00:00:05", -5), ("1:00:00", 3600), ("00:00:00", 0)]
)
def test_an_offset(text, seconds):
    assert offset_told(text).total_seconds() == seconds


@pytest.mark.parametrize("text", ["", "3", "快三分钟", "+1:2:3"])
def test_what_is_no_offset_is_told(text):
    with pytest.raises(ValidationError, match="时:分:秒"):
        offset_told(text)


def test_the_command_tells_file_by_file(world, folder, capsys):
    told = {"bureau": "宝坻示例", "device": "07", "by": "lead", "offset": "+00:03:20"}
    with pytest.raises(CommandError, match="没有收下"):
        call_command("import_camera", str(folder), **told)
    said = capsys.readouterr().out
    assert "REC.wav\t2026-11-09" in said and "新导入 2 个，跳过已导入的 0 个，没有收下 1 个" in said
    for wrong in ({"by": "stranger"}, {"offset": "x"}, {"bureau": "没有"}):
        with pytest.raises(CommandError):
            call_command("import_camera", str(folder), **told | wrong)

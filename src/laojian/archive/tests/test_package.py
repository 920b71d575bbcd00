"""One package of a file, verified by its script alone; the copy for a lawyer; nothing of the informant in either; nothing half on disk."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as some
from pypdf import PdfReader
from tests import casework
from tests.casework import COMPLAINT, Story, named

from laojian.archive import package as packing
from laojian.archive.copies import copy_for
from laojian.archive.package import Full, package
from laojian.archive.rules import hidden, masked
from laojian.evidence.actions import keep_upload
from laojian.papers.actions import templates
from laojian.papers.queries import whole_file
from laojian.people.acting import acting
from laojian.procedure.take import read
from laojian.record.sealing import seal, sign_head

pytestmark = pytest.mark.django_db
CANARY, PHONE = "柳示蝉", "13955550000"
ONE_OF_EACH = ("main.pdf", "papers/", "evidence/", "entries.json", "proofs/", "verify.pyz", "verify.py", "README.txt", "manifest.json",
               "manifest.sha256")  # fmt: skip


@pytest.fixture
def story(world, monkeypatch) -> Story:
    """A complaint and a tip in one file, with a paper served, an open and a sealed piece; the informant's name in every sealed field."""
    for pen in ("sealed", "signed"):
        monkeypatch.setattr(casework, pen, lambda paper, *marks: paper)
    told, w = Story(world), world
    told.do("register", w.zhou, **COMPLAINT)
    tip = {"kind": "tip", "received_at": "2026-03-02T11:00", "summary": "该公司拖欠工资。", "request": "查处",
           "informant_name": CANARY, "informant_phone": PHONE, "informant_note": f"{CANARY}在该公司做工"}  # fmt: skip
    told.do("add_source", w.zhou, **tip)
    told.do("claim_workers", w.zhou, rows=casework.WORKERS, source=told.file.sources[0]["id"])
    open_ = keep_upload(named(casework.photograph(), "公示栏.png"), by=w.zhou, at=told.now)
    secret = keep_upload(named(b"%PDF-1.7 " + CANARY.encode() * 9, f"{CANARY}.pdf"), by=w.zhou, at=told.now)
    piece = {"kind": "document", "collected_on": "2026-03-02", "from_complainant": True, "form": "original"}
    told.do(
        "add_evidence", w.zhou, title="公示栏照片", proves="没有公示", provider="现场拍摄", files=[open_.pk], **piece
    )
    told.do("add_evidence", w.zhou, title=f"{CANARY}的陈述", proves=f"{CANARY}在场", provider=CANARY, place=CANARY, sealed=True,
            files=[secret.pk], **piece)  # fmt: skip
    told.finish(by=w.zhou)
    return told


def packed(story, folder: Path) -> Path:
    """The package as it would be downloaded."""
    w = story.world
    seal()
    sign_head(story.now + timedelta(hours=1), again=True)
    with acting(w.zhou.pk):
        content, _ = package(read(story.file.id, w.zhou.pk, story.now), "2026-03-02T12:00:00+08:00")
        place = folder / "案卷包.zip"
        place.write_bytes(content.read())
    return place


def verified(place: Path, *more: str) -> subprocess.CompletedProcess:
    """What the script says of a package, in a process that knows nothing of the platform."""
    return subprocess.run(
        [sys.executable, "-I", str(packing.SCRIPT), str(place), *more], capture_output=True, text=True, cwd="/"
    )


def altered(place: Path, folder: Path, name: str, change) -> Path:
    """The same package with one member changed."""
    other = folder / "altered.zip"
    with zipfile.ZipFile(place) as old, zipfile.ZipFile(other, "w") as new:
        for each in old.namelist():
            content = old.read(each)
            if each == name and (content := change(content)) is None:
                continue
            new.writestr(each, content)
    return other


def flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def test_a_package_verifies_offline_and_each_change_is_named(story, tmp_path):
    place = packed(story, tmp_path)
    good = verified(place)
    assert good.returncode == 0 and "核验通过" in good.stdout, good.stdout + good.stderr
    assert f"{story.file.seq - 1} 条记录有存在证明，全部有效" in good.stdout
    with zipfile.ZipFile(place) as out:
        names = out.namelist()
        out.extractall(tmp_path / "out")
        manifest = json.loads(out.read("manifest.json"))
        assert {each["verb"] for each in json.loads(out.read("entries.json"))} >= {"register", "add_source"}
    assert set(manifest["files"]) == set(names) - {"manifest.json", "manifest.sha256"}
    unpacked = subprocess.run([sys.executable, "-I", str(tmp_path / "out/verify.py")], capture_output=True, text=True)
    assert unpacked.returncode == 0, unpacked.stdout
    kinds = [next((n for n in names if n.startswith(kind)), None) for kind in ONE_OF_EACH]
    assert None not in kinds
    for name in kinds:
        told = verified(altered(place, tmp_path, name, flipped))
        assert told.returncode == 1 and ("manifest.json" if name.startswith("manifest") else name) in told.stdout, (
            name,
            told.stdout,
        )
    gone = verified(altered(place, tmp_path, "main.pdf", lambda content: None))
    assert "main.pdf：缺失" in gone.stdout
    with zipfile.ZipFile(tmp_path / "altered.zip", "a") as more:
        more.writestr("evidence/999-多出.txt", "x")
    assert "evidence/999-多出.txt：清单中没有" in verified(tmp_path / "altered.zip").stdout
    assert verified(place, "--digest", "0" * 64).returncode == 1
    cut = tmp_path / "cut.zip"
    cut.write_bytes(place.read_bytes()[: place.stat().st_size // 2])
    assert verified(cut).returncode == 1 and "Traceback" not in verified(cut).stderr


def texts_of(content: bytes) -> str:
    """Everything readable in bytes: as they are, and the pages and properties where they are a PDF."""
    told = content.decode("utf-8", "ignore")
    if content.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(content))
        told += (
            "".join("".join(page.extract_text().split()) for page in reader.pages)
            + str(reader.metadata)
            + str(reader.outline)
        )
    return told


def test_the_informant_is_nowhere_in_volume_copy_and_package(story, tmp_path):
    w = story.world
    with zipfile.ZipFile(packed(story, tmp_path)) as out:
        told = {name: name + texts_of(out.read(name)) for name in out.namelist()}
    with acting(w.zhou.pk):
        file = read(story.file.id, w.zhou.pk, story.now)
        told |= {"正卷": texts_of(whole_file(file)), "阅卷副本": texts_of(copy_for(file, story.party()))}
    assert [name for name, text in told.items() if CANARY in text or PHONE in text] == []
    copy = told["阅卷副本"]
    assert "宏示装饰工程" in copy and "王示海" not in copy and "13800000000" not in copy and "李镕喆" not in copy


def test_a_full_disk_or_a_killed_process_leaves_nothing(story, monkeypatch):
    def there() -> set[str]:
        return {str(path) for path in Path(settings.MEDIA_ROOT).rglob("*")}

    w, before, put = story.world, there(), packing.put
    seen: list[set] = []

    def full(out, name, pieces):
        seen.append(there() - before)  # what a process killed at this moment would leave
        if len(seen) > 3:
            raise OSError(28, "No space left on device")
        return put(out, name, pieces)

    monkeypatch.setattr(packing, "put", full)
    with acting(w.zhou.pk):
        file = read(story.file.id, w.zhou.pk, story.now)
        with pytest.raises(Full):
            package(file, "2026-03-02T12:00:00+08:00")
    assert len(seen) == 4 and not any(seen) and there() == before


@given(name=some.text("王李张示海明", min_size=2, max_size=4), own=some.booleans())
def test_masking_spares_only_what_is_the_partys_own(name, own):
    text = f"{name}，电话 13812345678，身份证 110101199001011237。"
    told = masked(text, hidden([{"name": name}], [name] if own else []), ["13812345678"] if own else [])
    assert (name in told, "13812345678" in told) == (own, own) and "110101199001011237" not in told


def test_the_copy_for_a_lawyer_holds_nothing_internal(world):
    told = Story(world)
    for part in (casework.opened, casework.investigated, casework.ordered, casework.ended):
        part(told)
    inside = {paper["label"] for paper in told.fresh().papers if templates()[paper["code"]].kind == "internal"}
    with acting(world.zhang.pk):
        reader = PdfReader(io.BytesIO(copy_for(read(told.file.id, world.zhang.pk, told.now), told.party())))
    titles = {mark.title for mark in reader.outline}
    assert inside >= {"立案审批表"} and len(inside) > 2 and titles and not titles & inside


def test_a_lost_file_is_not_told_as_a_full_disk(story, monkeypatch):
    def lost(digest):
        raise FileNotFoundError(2, "gone", digest)
        yield

    monkeypatch.setattr(packing, "stored", lost)
    with acting(story.world.zhou.pk), pytest.raises(FileNotFoundError):
        package(read(story.file.id, story.world.zhou.pk, story.now), "2026-03-02T12:00:00+08:00")

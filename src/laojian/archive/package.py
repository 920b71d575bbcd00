"""One package of a file: its main volume, papers, evidence, entries, proofs, a manifest, and the script that verifies it offline.

The second volume and everything sealed stay out (lsr-9). The package is written to a nameless temporary file: a process that is
killed, or a disk that is full, leaves nothing behind.
"""

import hashlib
import json
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from laojian.evidence.models import Evidence
from laojian.evidence.store import store
from laojian.evidence.uploads import NO_ROOM
from laojian.papers.queries import hidden, in_order, whole_file
from laojian.procedure.step import File
from laojian.record.models import Entry
from laojian.record.proofs import Unproved, proof
from laojian.record.script import packed

SCRIPT = Path(__file__).parent / "static" / "archive" / "verify_package.py"
TOLD = ("seq", "kind", "verb", "label", "actor_name", "actor_post", "actor_certificate", "basis", "from_state", "to_state", "given",
        "effects", "state_hash", "previous", "hash")  # fmt: skip
CHUNK, DAY = 1 << 20, (2020, 1, 1, 0, 0, 0)
UNSAFE = re.compile(r"[^\w（）()〔〕.-]+")
README = """这是一件案卷的电子包，不含副卷和密封的内容。

main.pdf        正卷：封面、目录、编页的文书和证据、备考表，供阅读和打印
papers/         成文时固定的文书（PDF/A）、盖章签名后的扫描件、送达回证
evidence/       证据的原始文件
entries.json    全过程记录的每一条
proofs/         每条记录在封存树中的存在证明（尚未封存的、涉及密封证据的没有）
manifest.json   各文件的 SHA-256；manifest.sha256 是清单自己的摘要
verify.py       核验程序，不需要平台和网络：python3 verify.py
"""


class Full(OSError):
    """There is no room to write the package; nothing of it is left."""


def package(file: File, made_at: str) -> tuple[BinaryIO, str]:
    """The package as an open file at its beginning, and the digest of its manifest.

    Raises `Full`; FileNotFoundError when a kept file is not in the store.
    """
    room = tempfile.TemporaryFile(dir=settings.MEDIA_ROOT if Path(settings.MEDIA_ROOT).is_dir() else None)  # noqa: SIM115
    try:
        digest = written(room, file, made_at)
        room.seek(0)
    except OSError as wrong:
        room.close()
        if wrong.errno in NO_ROOM:
            raise Full(*wrong.args) from wrong
        raise
    return room, digest


def written(room: BinaryIO, file: File, made_at: str) -> str:
    """Write every member, then the manifest over them; answers the manifest's digest."""
    listed: dict[str, dict] = {}
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as out:
        for name, pieces in members(file):
            listed[name] = put(out, name, pieces)
        about = {
            "package": "劳监案卷包 第一版", "dossier": file.id, "number": file.dossier["number"], "title": file.dossier["title"],
            "bureau": file.bureau["name"], "made_at": made_at, "entries": file.seq, "head": file.head, "files": listed,
        }  # fmt: skip
        manifest = json.dumps(about, ensure_ascii=False, indent=1).encode()
        put(out, "manifest.json", [manifest])
        digest = hashlib.sha256(manifest).hexdigest()
        put(out, "manifest.sha256", [f"{digest}  manifest.json\n".encode()])
    return digest


def put(out: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> dict:
    """Write one member; answers its digest and size."""
    told, size = hashlib.sha256(), 0
    row = zipfile.ZipInfo(name, DAY)
    row.compress_type = zipfile.ZIP_DEFLATED
    with out.open(row, "w", force_zip64=True) as into:
        for piece in pieces:
            into.write(piece)
            told.update(piece)
            size += len(piece)
    return {"sha256": told.hexdigest(), "size": size}


def members(file: File) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Every member by its name, its bytes in pieces."""
    yield "README.txt", [README.encode()]
    yield "main.pdf", [whole_file(file)]
    for nth, paper in enumerate((paper for paper in in_order(file) if not hidden(paper)), 1):
        yield from paper_members(nth, paper)
    for piece in Evidence.objects.filter(dossier_id=file.id, sealed=False).select_related("file").order_by("ordinal"):
        if piece.file:
            ending = safe(Path(piece.file.name).suffix)[:10]
            yield f"evidence/{piece.ordinal:03d}-{safe(piece.title)}{ending}", stored(piece.file.sha256)
    entries = list(Entry.objects.filter(dossier_id=file.id, kind__in=("step", "settle")).order_by("seq"))
    yield "entries.json", [json.dumps([told(each) for each in entries], ensure_ascii=False, indent=1).encode()]
    for entry in entries:
        if sealed(entry):  # a proof holds the whole entry
            continue
        try:
            yield f"proofs/{entry.seq:04d}.json", [json.dumps(proof(entry), ensure_ascii=False).encode()]
        except Unproved:
            continue
    yield "verify.pyz", [packed()]
    yield "verify.py", [SCRIPT.read_bytes()]


def paper_members(nth: int, paper: Mapping) -> Iterator[tuple[str, Iterable[bytes]]]:
    """A paper as it was fixed, as it was sealed or signed, and the receipts of its service."""
    name = f"papers/{nth:03d}-{safe(paper['label'])}"
    if paper["pdf"]:
        yield f"{name}.pdf", stored(paper["pdf"])
    for many, seal in enumerate(paper["seals"], 1):
        yield f"{name}-盖章签名件{many}{kind(seal['file'])}", stored(seal["file"])
    for many, service in enumerate(paper["services"], 1):
        if service["receipt"]:
            yield f"{name}-送达回证{many}{kind(service['receipt'])}", stored(service["receipt"])


def told(entry: Entry) -> dict:
    """An entry as the package tells it; what was said of a sealed piece stays out. Looks at protected data are not among them."""
    row = {"at": entry.at.isoformat()} | {name: getattr(entry, name) for name in TOLD}
    return row | {"given": {"sealed": True}} if sealed(entry) else row


def sealed(entry: Entry) -> bool:
    """Whether an entry tells of a sealed piece of evidence."""
    return bool(entry.given.get("sealed"))


def stored(digest: str) -> Iterator[bytes]:
    """The bytes of a kept file, in pieces."""
    with store().open(digest) as content:
        while piece := content.read(CHUNK):
            yield piece


def kind(digest: str) -> str:
    """The ending of a scan by its first bytes."""
    with store().open(digest) as content:
        first = content.read(4)
    return (
        ".pdf"
        if first == b"%PDF"
        else ".png"
        if first == b"\x89PNG"
        else ".jpg"
        if first[:3] == b"\xff\xd8\xff"
        else ""
    )


def safe(text: str) -> str:
    """A name that every file system takes."""
    return UNSAFE.sub("_", text)[:60].strip("_")

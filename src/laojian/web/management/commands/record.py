"""`laojian record`: verifies and exports the record, hands out heads, witnesses those of other bureaus, makes a signing key."""

import json
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from laojian.evidence.store import store
from laojian.procedure.standing import snapshot, streams
from laojian.record import notes, witnesses
from laojian.record.checking import Checker
from laojian.record.merkle import DIGESTS
from laojian.record.models import Leaf
from laojian.record.proofs import consistency_path, head_document, moment
from laojian.record.script import packed
from laojian.record.sealing import hand_out, printed, sealed_within
from laojian.record.signing import KINDS, SigningError, keep_key, known_keys, verified
from laojian.record.standing import check, receipts
from laojian.record.streams import reading


class Command(BaseCommand):
    help = "办案记录：verify 核验，export 导出，head 签发树头，consistency 一致性证明，witness、countersign 见证，key 生成密钥"
    requires_system_checks = ()

    def add_arguments(self, parser):
        deeds = parser.add_subparsers(dest="deed", required=True)
        one = deeds.add_parser("verify", help="把整个记录与各表、文件核对，写明何处不同、自何时起")
        one.add_argument("--head", type=Path, action="append", default=[], help="在别处保存的树头文件，可以多个")
        one.add_argument("--receipt", type=Path, action="append", default=[], help="手里的回执文件，可以多个")
        one.add_argument("--key", action="append", default=[], help="认得的公钥；不写的，取设置中的")
        one.add_argument("--no-files", action="store_true", help="不逐个核对存储中的文件")
        one.add_argument("--json", action="store_true", help="输出 JSON")
        one = deeds.add_parser("export", help="导出整个记录和核验程序，离开平台也能核验")
        one.add_argument("folder", type=Path)
        one = deeds.add_parser("head", help="封存并签发当前的树头，输出其全文")
        one.add_argument("--printed", action="store_true", help="输出供年度报告刊登的文字")
        one = deeds.add_parser("consistency", help="两个条数之间的一致性证明")
        one.add_argument("first", type=int)
        one.add_argument("second", type=int)
        one = deeds.add_parser("witness", help="为另一机关的日志见证：核对与上次的一致，保存并签名")
        one.add_argument("head", type=Path)
        one.add_argument("--proof", type=Path, help="与上次见证的树头之间的一致性证明")
        one.add_argument("--name", required=True, help="见证机关的名称")
        one.add_argument("--key", action="append", default=[], required=True, help="对方的公钥")
        one = deeds.add_parser("countersign", help="登记另一机关对本日志树头的见证签名")
        one.add_argument("head", type=Path)
        one.add_argument("--key", action="append", default=[], required=True, help="见证机关的公钥")
        one = deeds.add_parser("key", help="生成签名密钥文件，输出公钥")
        one.add_argument("file", type=Path)
        one.add_argument("--kind", choices=KINDS, default="ed25519")

    def handle(self, *args, deed, **told):
        try:
            lines = DEEDS[deed](told)
        except (notes.NoteError, SigningError, witnesses.Unwitnessed, OSError, ValueError) as wrong:
            raise CommandError(str(wrong)) from wrong
        self.stdout.write("\n".join(lines))
        if told.get("faulty"):
            sys.exit(1)


def verify(told: dict) -> list[str]:
    """The whole record against the tables."""
    checker = Checker(DIGESTS[settings.RECORD_DIGEST], settings.RECORD_LOG, told["key"] or known_keys(), verified)
    for place in told["head"]:
        checker.outside_head(place.read_text(encoding="utf-8"))
    with snapshot() as connection:
        check(checker, reading(connection, streams()), None if told["no_files"] else store().whole)
        receipts(checker, [place.read_text(encoding="utf-8") for place in told["receipt"]], sealed_leaf)
    told["faulty"] = not checker.report.ok
    return [json.dumps(checker.report.told(), ensure_ascii=False, indent=1)] if told["json"] else checker.report.lines()


def sealed_leaf(entry: int) -> bytes | None:
    """The leaf of an entry in the tree."""
    found = Leaf.objects.filter(entry_id=entry).first()
    return found and bytes(found.hash)


def export(told: dict) -> list[str]:
    """Each stream as a file, what they belong to, and the script that verifies them."""
    folder = told["folder"]
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise CommandError(f"{folder} 不是空目录")
    with snapshot() as connection:
        read = reading(connection, streams())
        for name in streams():
            with (folder / f"{name}.tsv").open("wb") as out:
                out.writelines(row + b"\n" for row in read(name))
    meta = {"log": settings.RECORD_LOG, "digest": settings.RECORD_DIGEST, "keys": known_keys(), "at": moment(now())}
    (folder / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=1), encoding="utf-8")
    (folder / "verify.pyz").write_bytes(packed())
    return [f"已导出到 {folder}。核验：python3 verify.pyz export . --head 在别处保存的树头.txt --key 公钥"]


def head(told: dict) -> list[str]:
    """Seal what waits, sign, hand out, tell."""
    if not sealed_within(60):
        raise CommandError("一分钟内没有封存完，请稍后再试")
    signed = hand_out(now())
    if signed is None:
        raise CommandError("没有设定签名密钥（LAOJIAN_RECORD_SIGNER），或者还没有记录")
    return printed(signed) if told["printed"] else [head_document(signed)]


def consistency(told: dict) -> list[str]:
    """The proof as JSON."""
    path = [each.hex() for each in consistency_path(told["first"], told["second"])]
    return [json.dumps({"first": told["first"], "second": told["second"], "path": path})]


def witness(told: dict) -> list[str]:
    """Another bureau's head, countersigned."""
    path = json.loads(told["proof"].read_text())["path"] if told["proof"] else []
    return [witnesses.witness(told["head"].read_text(encoding="utf-8"), path, told["key"], told["name"], now())]


def countersign(told: dict) -> list[str]:
    """A witness's signature below our head."""
    kept = witnesses.countersigned(told["head"].read_text(encoding="utf-8"), told["key"], now())
    return [f"已登记 {kept} 个见证签名"]


def key(told: dict) -> list[str]:
    """A new key."""
    try:
        return [keep_key(told["file"], told["kind"])]
    except FileExistsError as wrong:
        raise CommandError(f"{told['file']} 已经存在，不覆盖") from wrong


DEEDS = {
    "verify": verify, "export": export, "head": head, "consistency": consistency, "witness": witness,
    "countersign": countersign, "key": key,
}  # fmt: skip

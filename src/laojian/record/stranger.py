"""The small script with which a stranger verifies: an export, the proof of one entry, or that one head continues another.

Needs Python 3.11 and nothing else. `python verify.pyz --help`.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from . import notes
from .checking import Checker, Report, entry_of
from .merkle import DIGESTS, consistent, included
from .rules import CHAINED, entry_hash
from .signatures import verified
from .standing import check, receipts


class Refused(Exception):
    """It does not verify; the sentence says why."""


def main(arguments: list[str] | None = None) -> int:
    """Answers 0 when everything agrees, 1 when something does not."""
    asked = argparse.ArgumentParser(prog="verify.pyz", description="核验劳监的办案记录，不需要平台")
    kinds = asked.add_subparsers(dest="kind", required=True)
    whole = kinds.add_parser("export", help="核验导出的整个记录")
    whole.add_argument("folder", type=Path)
    whole.add_argument("--head", type=Path, action="append", default=[], help="在别处保存的树头，可以多个")
    whole.add_argument("--receipt", type=Path, action="append", default=[], help="手里的回执，可以多个")
    whole.add_argument("--files", type=Path, help="文件存储的目录；写明时逐个核对字节")
    whole.add_argument("--json", action="store_true", help="输出 JSON")
    one = kinds.add_parser("proof", help="核验一条记录的存在证明")
    one.add_argument("file", type=Path)
    two = kinds.add_parser("heads", help="核验后一个树头只是接着前一个")
    two.add_argument("old", type=Path)
    two.add_argument("new", type=Path)
    two.add_argument("path", type=Path, nargs="?", help="一致性证明（两个树头条数相同的不需要）")
    for each in (whole, one, two):
        each.add_argument("--key", action="append", default=[], help="认得的公钥，如 ed25519:…，可以多个")
    told = asked.parse_args(arguments)
    try:
        return {"export": export, "proof": proof, "heads": heads}[told.kind](told)
    except (Refused, notes.NoteError, OSError, KeyError, ValueError) as wrong:
        print(f"⚠ 核验不通过：{wrong}")
        return 1


def export(told: argparse.Namespace) -> int:
    """A whole exported record."""
    meta = json.loads((told.folder / "meta.json").read_text(encoding="utf-8"))
    checker = Checker(DIGESTS[meta["digest"]], meta["log"], told.key or meta["keys"], verified)
    if not told.key:
        checker.report.notices.append("公钥取自导出件本身；请用 --key 写明从别处得来的公钥：" + "、".join(meta["keys"]))
    for place in told.head:
        checker.outside_head(place.read_text(encoding="utf-8"))
    check(checker, reading(told.folder), stored_in(told.files) if told.files else None)
    receipts(checker, [place.read_text(encoding="utf-8") for place in told.receipt], leaves_in(told.folder))
    return tell(checker.report, told.json)


def tell(report: Report, as_json: bool) -> int:
    """Print a report; answers the exit status."""
    lines = [json.dumps(report.told(), ensure_ascii=False, indent=1)] if as_json else report.lines()
    print("\n".join(lines))
    return 0 if report.ok else 1


def reading(folder: Path) -> Callable[[str], Iterator[bytes]]:
    """The lines of a stream by its name, from an export."""

    def lines(name: str) -> Iterator[bytes]:
        with (folder / f"{name}.tsv").open("rb") as rows:
            for row in rows:
                yield row[:-1]

    return lines


def leaves_in(folder: Path) -> Callable[[int], bytes | None]:
    """The sealed leaf of an entry, from an export."""
    known: dict[int, bytes] = {}

    def leaf_of(entry: int) -> bytes | None:
        if not known:
            for row in reading(folder)("entries"):
                key, index, leaf, _ = row.split(b"\t", 3)
                if index != rb"\N":
                    known[int(key)] = bytes.fromhex(leaf[3:].decode())
        return known.get(entry)

    return leaf_of


def stored_in(root: Path) -> Callable[[str], bool]:
    """Whether the bytes of a digest lie in a folder store and are sound."""

    def whole(sha256: str) -> bool:
        try:
            with (root / sha256[:2] / sha256[2:]).open("rb") as content:
                return hashlib.file_digest(content, "sha256").hexdigest() == sha256
        except OSError:
            return False

    return whole


def signed(document: str, keys: list[str]) -> notes.Head:
    """A head whose signature holds, by one of these keys where any are given."""
    note, signatures = notes.read(document)
    good = [each for each in signatures if verified(each.key, note.text().encode(), each.value)]
    if not isinstance(note, notes.Head) or not good:
        raise Refused("树头没有与文本相符的签名")
    if keys and not [each for each in good if each.key in keys]:
        raise Refused("树头不是由您写明的公钥签名的")
    for each in good:
        print(f"  {each.name or '日志'}的签名有效：{notes.mark(each.key)}")
    return note


def proof(told: argparse.Namespace) -> int:
    """The proof of one entry, as its page gives it."""
    one = json.loads(told.file.read_text(encoding="utf-8"))
    head, tree, line = signed(one["head"], told.key), DIGESTS[one["digest"]], one["line"].encode()
    leaf = tree.leaf(bytes.fromhex(one["salt"]) + line)
    root = included(tree, leaf, one["index"], head.size, [bytes.fromhex(each) for each in one["path"]])
    if root is None or root.hex() != head.root or head.digest != one["digest"]:
        raise Refused("这条内容不在这个树头之下")
    entry = entry_of(line)
    if entry_hash({name: entry[name] for name in CHAINED}) != entry["hash"]:
        raise Refused("条目与自己的摘要不符")
    print(f"✓ 核验通过：“{entry['label']}”，{entry['at'][:19]}（UTC），{entry['actor_name']}（{entry['actor_post']}）")
    print(f"  是日志“{head.log}”的第 {one['index'] + 1} 条，在 {head.at} 签名、共 {head.size} 条的树头之下。")
    return 0


def heads(told: argparse.Namespace) -> int:
    """One head continues another."""
    old, new = (signed(place.read_text(encoding="utf-8"), told.key) for place in (told.old, told.new))
    path = json.loads(told.path.read_text(encoding="utf-8"))["path"] if told.path else []
    edges = [(note.size, bytes.fromhex(note.root)) for note in (old, new)]
    if (old.log, old.digest) != (new.log, new.digest):
        raise Refused("两个树头不属于同一个日志")
    if not consistent(DIGESTS[old.digest], *edges, [bytes.fromhex(each) for each in path]):
        raise Refused("后一个树头不是接着前一个：记录被改写过，或者同一日志有了分叉")
    print(f"✓ 核验通过：{new.at} 的 {new.size} 条以 {old.at} 的 {old.size} 条开头，只增未改。")
    return 0


if __name__ == "__main__":
    sys.exit(main())

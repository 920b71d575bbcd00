"""Is the record what it was? Every entry against its leaf, the leaves against the signed heads, the tables against the record.

Of the standard library alone: the same code reads the database (`streams.py`) and an export, and stands in the small script.
Lines are PostgreSQL's COPY text: cells parted by tabs, \\N for nothing.
"""

import json
from binascii import unhexlify
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field

from . import notes
from .merkle import Digest, Front
from .rules import CHAINED, LINE, entry_hash

NOTHING = rb"\N"
SEALED_WITHIN = 60  # seconds: the promise of a receipt
TILE = 8
ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


@dataclass
class Fault:
    """One thing that is not as it was: in which table, of what, and since when as far as the heads tell."""

    table: str
    subject: str
    text: str
    since: str = ""

    def __str__(self) -> str:
        return f"{self.subject}：{self.text}" + (f"（{self.since}）" if self.since else "")


@dataclass
class Report:
    """What was found. `anchored` is how many leaves a head held elsewhere vouches for; None where none was given."""

    entries: int = 0
    size: int = 0
    heads: int = 0
    anchored: int | None = None
    faults: list[Fault] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.faults

    def told(self) -> dict:
        """The report for machines."""
        return asdict(self) | {"ok": self.ok, "unanchored": self.size - (self.anchored or 0)}

    def lines(self) -> list[str]:
        """The report for people."""
        first = "✓ 记录与写入时一致" if self.ok else f"⚠ 发现 {len(self.faults)} 处不一致"
        anchor = f"已由外存树头锚定 {self.anchored or 0} 条，其后 {self.size - (self.anchored or 0)} 条尚未锚定"
        if self.anchored is None:
            anchor = f"没有提供外存树头：全部 {self.size} 条尚未锚定（用 --head 提供）"
        counts = f"记录 {self.entries} 条，已封存 {self.size} 条，树头 {self.heads} 个；{anchor}。"
        return [first, counts, *self.notices, *map(str, self.faults)]


def cells(line: bytes) -> list[str | None]:
    """A line of COPY's text taken apart."""
    return [None if cell == rb"\N" else unescaped(cell.decode()) for cell in line.split(b"\t")]


def unescaped(cell: str) -> str:
    """A cell without its escapes."""
    if "\\" not in cell:
        return cell
    first, *rest = cell.split("\\")
    told, parts = [first], iter(rest)
    for part in parts:  # an empty part is an escaped backslash, and what follows it stands for itself
        told.append("\\" + next(parts, "") if part == "" else ESCAPES.get(part[0], part[0]) + part[1:])
    return "".join(told)


def entry_of(line: bytes) -> dict:
    """The chained fields and the hash of an entry's line, as `rules.entry_hash` reads them."""
    row = dict(zip(LINE, cells(line), strict=True))
    whole = ("dossier_id", "seq", "bureau_id", "actor_id")
    row |= {name: int(row[name]) for name in whole if row[name] is not None}
    at = row["at"].removesuffix("Z") + "+00:00"
    return row | {"given": json.loads(row["given"]), "effects": json.loads(row["effects"]), "at": at}


def named(key: int, line: bytes) -> str:
    """An entry as a fault names it."""
    row = cells(line)
    seq = f"卷宗 {row[0]} 第 {row[1]} 条" if row[1] else f"卷宗 {row[0]} " if row[0] else ""
    return f"条目 {key}（{seq}“{row[LINE.index('label')]}”，{row[LINE.index('at')][:10]}）"


@dataclass
class Signed:
    """A signed head with what it says."""

    note: notes.Head
    signatures: list[notes.Signature]


class Checker:
    """One reading of the record. `verified` verifies a signature; `keys` are the public keys whose heads count as ours."""

    def __init__(self, tree: Digest, log: str, keys: Iterable[str], verified: Callable[[str, bytes, str], bool]):
        self.tree, self.log, self.keys, self.verified = tree, log, list(keys), verified
        self.report = Report()
        self.front = Front(tree, every=TILE)
        self.waiting: dict[int, bytes] = {}
        self.last: dict[bytes, tuple[bytes, bytes, bytes]] = {}  # by file: number, hash and state of its newest step
        self.mismatches: list[tuple[int, int | None, bytes]] = []
        self.heads: dict[int, list[tuple[Signed, bool]]] = {}  # by size; True: held elsewhere
        self.roots: dict[int, str] = {}
        self.told_of: dict[int, list[int]] = {}  # by the entry that tells of a destruction: the entries that are gone
        self.newest = 0

    def fault(self, table: str, subject: str, text: str, since: str = "") -> None:
        self.report.faults.append(Fault(table, subject, text, since))

    def stored_heads(self, rows: Iterable[bytes]) -> None:
        """The heads of the log itself: their text, their signature, their key."""
        for row in rows:
            size, text, key, signature = cells(row)
            self.report.heads += 1
            name = f"树头（{size} 条）"
            try:
                note, _ = notes.read(text)
            except notes.NoteError as wrong:
                self.fault("head", name, f"不是树头：{wrong}")
                continue
            if str(note.size) != size or note.log != self.log or note.digest != self.tree.name:
                self.fault("head", name, "文本与本日志的名称、散列或者条数不符")
            elif self.keys and key not in self.keys:
                self.fault("head", name, f"由不认识的密钥签名：{notes.mark(key)}", f"签于 {note.at}")
            elif not self.verified(key, text.encode(), signature):
                self.fault("head", name, "签名与文本不符，写入后被改动过", f"写明的时间 {note.at}")
            self.heads.setdefault(note.size, []).append((Signed(note, []), False))
        if self.report.heads and not self.keys:
            self.report.notices.append("没有提供公钥，只核对了签名与树头中写明的密钥相符。")

    def outside_head(self, document: str) -> None:
        """A head that was held elsewhere. Raises `notes.NoteError` where it is none, or of another log."""
        note, signatures = notes.read(document)
        if not isinstance(note, notes.Head) or note.log != self.log:
            raise notes.NoteError(f"不是日志“{self.log}”的树头")
        good = [each for each in signatures if self.verified(each.key, note.text().encode(), each.value)]
        if not [each for each in good if each.name or not self.keys or each.key in self.keys]:
            raise notes.NoteError("没有一个认得的签名与文本相符")
        self.heads.setdefault(note.size, []).append((Signed(note, good), True))

    def gone(self, rows: Iterable[bytes]) -> None:
        """Leaves without their entries (number, place, leaf, the entry that tells of a destruction); to be read before the entries."""
        for row in rows:
            key, index, leaf, tomb = row.split(b"\t")
            self.waiting[int(index)] = unhexlify(leaf[3:])
            if tomb == NOTHING:
                self.mismatches.append((int(key), int(index), b""))
            else:
                self.told_of.setdefault(int(tomb), []).append(int(key))

    def entries(self, rows: Iterable[bytes]) -> None:
        """Every entry: its leaf, its place, its chain. One hash of its bytes, and one of the tree."""
        new, last, waiting, front, heads = self.tree.new, self.last, self.waiting, self.front, self.heads
        count, key = 0, 0
        for row in rows:
            key, index, leaf, salt, more, line = row.split(b"\t", 5)
            if index == NOTHING or salt == NOTHING or more != NOTHING:
                self.unusual(int(key), index, leaf, salt, more, line)
            else:
                told, place = unhexlify(leaf[3:]), int(index)
                if new(b"\x00" + unhexlify(salt[3:]) + line).digest() != told:
                    self.mismatches.append((int(key), place, line))
                if place == front.size:
                    front.add(told)
                    if front.size in heads or front.size in waiting:
                        self.grow()
                else:
                    waiting[place] = told
                    self.grow()
            count += 1
            first = line.find(b"\t") + 1
            if (
                line[first : first + 2] != NOTHING
            ):  # a step has a number in its file; looks are not taken apart for speed
                dossier, seq, rest = line.split(b"\t", 2)
                _, state, previous, own = rest.rsplit(b"\t", 3)
                before = last.get(dossier)
                if previous != (before[1] if before else b"") or int(seq) != (int(before[0]) + 1 if before else 1):
                    self.broken(int(key), line, before)
                last[dossier] = (seq, own, state)
        self.newest = int(key)
        self.report.entries += count

    def broken(self, key: int, line: bytes, before: tuple | None) -> None:
        """An entry that does not follow the one before it in its file."""
        wanted, seq = int(before[0]) + 1 if before else 1, int(line.split(b"\t", 2)[1])
        text = f"前面的第 {wanted} 条缺失或者次序被改" if seq != wanted else "接续的不是它前一条现在的内容"
        self.fault("entry", named(key, line), text)

    def unusual(self, key: int, index: bytes, leaf: bytes, salt: bytes, more: bytes, line: bytes) -> None:
        """An entry without its place, leaf or salt; `more` are the seconds that it waits for its place."""
        place = None if index == NOTHING else int(index)
        if place is not None:
            self.waiting[place] = unhexlify(leaf[3:])
            self.grow()
        if leaf == NOTHING:
            self.fault(
                "entry", named(key, line), "没有叶：不是经平台写入的，或者它的叶和排队被删除", f"已 {int(more)} 秒"
            )
        elif salt == NOTHING:
            self.fault("salt", named(key, line), "缺少盐，无法核对")
        elif self.tree.leaf(unhexlify(salt[3:]) + line) != unhexlify(leaf[3:]):
            self.mismatches.append((key, None, line))
        elif place is None and int(more) > SEALED_WITHIN:
            self.fault(
                "pending", named(key, line), "没有按时封存", f"已等待 {int(more)} 秒，应在 {SEALED_WITHIN} 秒以内"
            )

    def grow(self) -> None:
        """Put leaves into the tree as far as they follow without a gap; note the roots that heads tell of."""
        front, waiting = self.front, self.waiting
        while True:
            if front.size in self.heads and front.size not in self.roots:
                self.roots[front.size] = front.root().hex()
            if (leaf := waiting.pop(front.size, None)) is None:
                return
            front.add(leaf)

    def close(self, nodes: Iterable[bytes], sequence: Iterable[bytes], orphans: Iterable[bytes]) -> None:
        """What can be said once all was read: gaps, roots against heads, subtrees, numbers that were turned back."""
        self.grow()
        if self.waiting:
            many, first = len(self.waiting), self.front.size
            self.fault("leaf", f"第 {first} 片叶", f"缺失，其后还有 {many} 片", self.since(first))
        self.report.size = self.front.size + len(self.waiting)
        agreed = self.compare_heads()
        for each in self.mismatches:
            self.explain(*each, agreed)
        self.compare_nodes(nodes)
        for row in sequence:
            value, newest = map(int, row.split(b"\t"))
            if value < max(newest, self.newest):
                self.fault(
                    "sequence", "条目序号", f"序列停在 {value}，记录却已到 {max(newest, self.newest)}：序列被倒回过"
                )
        for row in orphans:
            table, key = row.decode().split("\t")
            text = "条目已不在，盐却还在：条目被删除" if table == "salt" else "登记为已销毁，条目却还在"
            self.fault(table, f"条目 {key}", text)

    def compare_heads(self) -> int:
        """Each head against the tree of its size; answers up to which size a head that counts agrees with what is stored."""
        agreed, wrong = 0, {True: [], False: []}
        for size, heads in sorted(self.heads.items()):
            for signed, outside in heads:
                if self.roots.get(size) == signed.note.root:
                    agreed = max(agreed, size)
                    if outside:
                        self.report.anchored = max(self.report.anchored or 0, size)
                else:
                    wrong[outside].append(signed.note)
        for outside, notes_wrong in wrong.items():
            if notes_wrong:
                self.disagreeing(outside, notes_wrong)
        if wrong[True]:
            self.report.anchored = self.report.anchored or 0
        return agreed

    def disagreeing(self, outside: bool, heads: list[notes.Head]) -> None:
        """Heads that the tree does not bear out: the first is named, and the last before it that it does."""
        first, size = heads[0], self.report.size
        whose = "外存树头" if outside else "树头"
        good = [
            s for s, each in self.heads.items() if s < first.size and each and self.roots.get(s) == each[0][0].note.root
        ]
        since = (
            f"第 {max(good)} 条以前相符，其后、{first.at} 以前签过的内容被改动"
            if good
            else f"{first.at} 以前签过的内容被改动"
        )
        if first.size > size:
            text = f"写明 {first.size} 条，现在只有 {size} 条：记录被回滚或者截去"
        else:
            text = "与现在的叶重算的根不符：记录被改写过，或者同一日志有了分叉"
        more = f"；这样的共 {len(heads)} 个" if len(heads) > 1 else ""
        self.fault("head", f"{whose}（{first.size} 条，{first.at}）", text + more, since)

    def explain(self, key: int, index: int | None, line: bytes, agreed: int) -> None:
        """Which of entry, salt and leaf it is that was changed."""
        since = self.since(index) if index is not None else "尚未封存"
        if not line:
            self.fault("entry", f"条目 {key}", "条目缺失，它的叶还在：被删除", since)
            return
        try:
            entry = entry_of(line)
            sound = entry_hash({name: entry[name] for name in CHAINED}) == entry["hash"]
        except (ValueError, KeyError, AttributeError):
            sound = False
        if not sound:
            self.fault("entry", named(key, line), "内容与封存的叶、与自己的摘要都不符，写入后被改动过", since)
        elif index is not None and index < agreed:
            self.fault("salt", named(key, line), "与封存的叶不符：盐被改动，或者条目连同摘要被改写", since)
        else:
            self.fault("leaf", named(key, line), "叶与条目和盐不符：叶被改动，或者条目、盐被改写", since)

    def since(self, index: int) -> str:
        """When the place was first under a signed head."""
        covering = [signed.note for size, heads in self.heads.items() if size > index for signed, _ in heads[:1]]
        first = min(covering, key=lambda note: (note.size, note.at), default=None)
        return f"{first.at} 封存（第 {index} 片叶）以后" if first else f"第 {index} 片叶，尚无树头"

    def compare_nodes(self, rows: Iterable[bytes]) -> None:
        """The stored subtrees, from which proofs are made, against those that the leaves make."""
        for row in rows:
            level, index, told = row.split(b"\t")
            expected = self.front.done.pop((int(level), int(index)), None)
            if expected != unhexlify(told[3:]):
                self.fault("node", f"第 {int(level)} 层第 {int(index)} 个结点", "与叶重算的不符")
        for level, index in list(self.front.done)[:20]:
            self.fault("node", f"第 {level} 层第 {index} 个结点", "缺失")

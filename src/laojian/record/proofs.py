"""Reads on the tree: subtrees, proofs, receipts. A proof of any leaf of any tree costs the same number of statements."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection

from . import notes
from .merkle import DIGESTS, Digest, consistency, inclusion, peaks_of, range_hash
from .models import Entry, Head, Leaf, Pending, Salt
from .rules import line
from .signing import signer

TILE = 8  # levels of the tree between two that are stored
SUBTREES = """
SELECT n.level, n.index, n.hash FROM unnest(%(levels)s::int[], %(firsts)s::bigint[], %(lasts)s::bigint[]) AS w(level, first, last)
JOIN record_node n ON n.level = w.level AND n.index BETWEEN w.first AND w.last
UNION
SELECT 0, l.index, l.hash FROM unnest(%(levels)s::int[], %(firsts)s::bigint[], %(lasts)s::bigint[]) AS w(level, first, last)
JOIN record_leaf l ON w.level = 0 AND l.index BETWEEN w.first AND w.last"""


class Unproved(LookupError):
    """There is no proof; the sentence says why."""


def digest() -> Digest:
    """The hash of this installation's tree."""
    return DIGESTS[settings.RECORD_DIGEST]


def tree_size() -> int:
    """How many leaves the tree has."""
    last = Leaf.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def subtrees(wanted: Iterable[tuple[int, int]]) -> Callable[[int, int], bytes]:
    """The hashes of these complete subtrees: from what is stored of them, in one statement, whatever their number.

    Each is put together from at most 128 rows; a whole path needs at most 255 of each stored level.
    """
    wanted = list(wanted)
    bases = [level - level % TILE for level, _ in wanted]
    ranges = {
        "levels": bases,
        "firsts": [index << level % TILE for level, index in wanted],
        "lasts": [((index + 1) << level % TILE) - 1 for level, index in wanted],
    }
    with connection.cursor() as cursor:
        cursor.execute(SUBTREES, ranges)
        there = {(level, index): bytes(told) for level, index, told in cursor.fetchall()}

    def subtree(level: int, index: int) -> bytes:
        if level % TILE == 0:
            if (level, index) not in there:
                raise Unproved(f"封存树缺少第 {level} 层第 {index} 个结点")
            return there[level, index]
        return digest().node(subtree(level - 1, 2 * index), subtree(level - 1, 2 * index + 1))

    return subtree


def proved(work: Callable[[Callable], object]):
    """What `work` makes of the subtrees that it asks for: asked twice, first to learn which, then with their hashes."""
    wanted: list[tuple[int, int]] = []
    work(lambda level, index: wanted.append((level, index)) or b"")
    return work(subtrees(wanted))


def front_peaks(size: int) -> list[bytes]:
    """The complete subtrees at the right edge of the tree of this size, largest first."""
    return proved(lambda subtree: [subtree(level, index) for level, index in peaks_of(size)]) if size else []


def root_of(size: int) -> bytes:
    """The root of the tree as it was at this size."""
    return proved(lambda subtree: range_hash(digest(), 0, size, subtree)) if size else digest().empty()


def consistency_path(first: int, second: int) -> list[bytes]:
    """The proof that the tree of `second` leaves only adds to that of `first`. Raises ValueError for sizes that cannot be."""
    return proved(lambda subtree: consistency(digest(), first, second, subtree))


def head_note(head: Head) -> notes.Head:
    """A stored head taken apart."""
    return notes.read(head.text)[0]


def signatures(head: Head) -> list[notes.Signature]:
    """The log's signature and those of witnesses. Costs a statement."""
    others = [notes.Signature(each.name, each.key, each.signature) for each in head.witnesses.order_by("id")]
    return [notes.Signature("", head.key, head.signature), *others]


def head_document(head: Head) -> str:
    """A head with all its signatures, as it is handed out."""
    return notes.document(head_note(head), signatures(head))


def latest_head() -> Head | None:
    """The newest signed head."""
    return Head.objects.order_by("-size", "-id").first()


def places(entries: Iterable[int]) -> dict[int, tuple[int, int | None]]:
    """For each of these entries that is in the tree: its place, and the size of the first head over it or None. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT l.entry_id, l.index, (SELECT min(h.size) FROM record_head h WHERE h.size > l.index)
               FROM record_leaf l WHERE l.entry_id = ANY(%s)""",
            [list(entries)],
        )
        return {entry: (index, size) for entry, index, size in cursor.fetchall()}


def proof(entry: Entry) -> dict:
    """What a stranger verifies an entry with: its line, salt, place, path and the first head that covers it. Five statements.

    Raises `Unproved` while there is no such head.
    """
    leaf, salt = Leaf.objects.filter(entry_id=entry.pk).first(), Salt.objects.filter(pk=entry.pk).first()
    head = leaf and Head.objects.filter(size__gt=leaf.index).order_by("size", "id").first()
    if leaf is None or salt is None or head is None:
        raise Unproved("本条还没有进入已签名的树头，请稍后再下载；现在可以取回执")
    path = proved(lambda subtree: inclusion(digest(), leaf.index, head.size, subtree))
    return {
        "proof": "劳监记录 存在证明 第一版", "digest": settings.RECORD_DIGEST, "entry": entry.pk,
        "line": line(vars(entry)).decode(), "salt": bytes(salt.salt).hex(), "leaf": bytes(leaf.hash).hex(),
        "index": leaf.index, "size": head.size, "path": [each.hex() for each in path], "head": head_document(head),
    }  # fmt: skip


def receipt(entry: Entry) -> str:
    """The signed receipt of an entry: the promise that its leaf will stand in the tree. Raises `Unproved`, `SigningError`."""
    waiting = Pending.objects.filter(pk=entry.pk).first()
    sealed = None if waiting else Leaf.objects.filter(entry_id=entry.pk).first()
    told = waiting.leaf if waiting else sealed.hash if sealed else None
    by = signer()
    if told is None or by is None:
        raise Unproved("本条没有叶" if told is None else "没有设定签名密钥（LAOJIAN_RECORD_SIGNER），不能出具回执")
    note = notes.Receipt(
        settings.RECORD_LOG, entry.pk, bytes(told).hex(), settings.RECORD_DIGEST, moment(entry.written_at)
    )
    return notes.document(note, [notes.Signature("", by.key, by.sign(note.text()))])


def moment(at: datetime) -> str:
    """A moment as notes tell it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

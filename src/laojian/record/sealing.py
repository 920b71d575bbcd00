"""The sealer: puts waiting leaves into the tree, signs heads, hands them out. One at a time, each batch in one transaction.

A process that is killed leaves its batch waiting, or whole in the tree; nothing between.
"""

import logging
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils.timezone import now

from . import notes
from .merkle import Front, consistent
from .models import Head
from .proofs import (
    TILE,
    Unproved,
    consistency_path,
    digest,
    front_peaks,
    head_document,
    head_note,
    latest_head,
    moment,
    root_of,
    tree_size,
)
from .signing import SigningError, signer

log = logging.getLogger(__name__)
ONE_SEALER = 7320266  # advisory lock, until the transaction ends
BATCH = 20_000
PAUSE_SECONDS = 0.4
HEAD_EVERY = timedelta(minutes=1)  # how often a growing tree is signed; a quiet one at once
TAKE = """
DELETE FROM record_pending WHERE entry_id IN (SELECT entry_id FROM record_pending ORDER BY entry_id LIMIT %s)
RETURNING entry_id, leaf"""
PUT_LEAVES = (
    "INSERT INTO record_leaf (index, entry_id, hash) SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[])"
)
PUT_NODES = "INSERT INTO record_node (level, index, hash) SELECT * FROM unnest(%s::int[], %s::bigint[], %s::bytea[])"


class Forked(Exception):
    """The tree no longer contains what was signed: somebody changed it. Nothing more is signed until that is cleared up."""


def seal(most: int = BATCH) -> int:
    """Move waiting leaves into the tree, in the order of their entries; answers how many. Nothing while another sealer works."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_SEALER])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(TAKE, [most])
        rows = sorted(cursor.fetchall())
        if not rows:
            return 0
        size = tree_size()
        front = Front(digest(), size, front_peaks(size), TILE)
        for _, leaf in rows:
            front.add(bytes(leaf))
        cursor.execute(
            PUT_LEAVES, [list(range(size, front.size)), [key for key, _ in rows], [leaf for _, leaf in rows]]
        )
        if front.done:
            levels, indexes = zip(*front.done, strict=True)
            cursor.execute(PUT_NODES, [list(levels), list(indexes), list(front.done.values())])
    return len(rows)


def sign_head(at: datetime, again: bool = False) -> Head | None:
    """Sign the tree as it is now, where it grew and the last head is a minute old; with `again` in any case.

    Raises `Forked` when the tree does not contain the last head, `SigningError` when there is no signature.
    """
    by = signer()
    if by is None:
        return None
    last, size = latest_head(), tree_size()
    quiet = last is not None and (size == last.size or at - last.at < HEAD_EVERY)
    if size == 0 or (quiet and not again):
        return None
    root = root_of(size)
    if last is not None:
        continues(head_note(last), size, root)
    note = notes.Head(settings.RECORD_LOG, size, root.hex(), settings.RECORD_DIGEST, moment(at))
    return Head.objects.create(size=size, text=note.text(), key=by.key, signature=by.sign(note.text()), at=at)


def continues(last: notes.Head, size: int, root: bytes) -> None:
    """Raise `Forked` unless the tree of this size and root contains what was signed last."""
    if (last.log, last.digest) != (settings.RECORD_LOG, settings.RECORD_DIGEST):
        raise Forked(f"已签名的树头属于日志“{last.log}”（{last.digest}），与设置不符：日志的名称和散列定了不能再改")
    old = bytes.fromhex(last.root)
    path = consistency_path(last.size, size) if last.size <= size else []
    if last.size > size or not consistent(digest(), (last.size, old), (size, root), path):
        raise Forked(
            f"封存树不含已签名的前 {last.size} 条，记录或者封存树被改动过，停止签名：请运行 laojian record verify"
        )


def hand_out(at: datetime) -> Head | None:
    """The day's head: signed anew even where nothing was added, and laid as a file into the folder LAOJIAN_RECORD_OUT."""
    head = sign_head(at, again=True)
    if head and settings.RECORD_OUT:
        place = Path(settings.RECORD_OUT)
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{settings.RECORD_LOG}-{moment(at)[:10]}-{head.size}.txt").write_text(head_document(head))
    return head


def printed(head: Head) -> list[str]:
    """The head as lines for paper, such as the yearly report: whoever holds the report can hold the record to it."""
    note = head_note(head)
    groups = " ".join(note.root[start : start + 8] for start in range(0, len(note.root), 8))
    return [
        f"截至 {note.at}（UTC），执法全过程记录共 {note.size} 条。",
        f"记录日志“{note.log}”的树头（{note.digest}）：{groups}",
        f"签名公钥：{notes.mark(head.key)}。",
    ]


def keep_sealing(stop: threading.Event) -> None:
    """Seal and sign until told to stop. What goes wrong is logged, once for each sentence, and tried again."""
    told, pause = "", PAUSE_SECONDS
    while not stop.wait(pause):
        try:
            full = seal() == BATCH
            sign_head(now())
            told, pause = "", 0 if full else PAUSE_SECONDS
        except (DatabaseError, Forked, SigningError, Unproved) as wrong:
            if str(wrong) != told:
                log.error("封存：%s", wrong)
                told = str(wrong)
            connection.close()
            pause = min(30, pause * 2 or PAUSE_SECONDS)


def sealed_within(seconds: float) -> bool:
    """Seal until nothing waits, for so long at most; for commands and tests."""
    end = time.monotonic() + seconds
    while seal():
        if time.monotonic() > end:
            return False
    return True

"""Witnessing: a bureau signs another's heads once it found each to continue the one before, and keeps them; so does the other.

A log that shows different people different trees is found as soon as two of its heads meet.
"""

from datetime import datetime

from . import notes
from .merkle import DIGESTS, consistent
from .models import Head, Witness, Witnessed
from .signing import SigningError, signer, verified


class Unwitnessed(Exception):
    """The head cannot be witnessed; the sentence says why and what to do."""


def trusted(document: str, keys: list[str]) -> tuple[notes.Head, list[notes.Signature]]:
    """A head with those of its signatures that hold and are by these keys. Raises `NoteError`, `Unwitnessed`."""
    note, signatures = notes.read(document)
    if not isinstance(note, notes.Head):
        raise Unwitnessed("这不是树头")
    good = [s for s in signatures if s.key in keys and verified(s.key, note.text().encode(), s.value)]
    if not good:
        raise Unwitnessed("没有由写明的公钥所作、与文本相符的签名")
    return note, good


def witness(document: str, path: list[str], keys: list[str], name: str, at: datetime) -> str:
    """Find another log's head to continue the last one kept here, keep it, and answer it with our signature added."""
    note, good = trusted(document, keys)
    by = signer()
    if by is None:
        raise SigningError("没有设定签名密钥（LAOJIAN_RECORD_SIGNER），不能见证")
    last = Witnessed.objects.filter(log=note.log).order_by("-size", "-id").first()
    if last is not None:
        follows(notes.read(last.text)[0], note, path)
    ours = notes.Signature(name, by.key, by.sign(note.text()))
    lines = "\n".join(each.line() for each in good)
    Witnessed.objects.create(log=note.log, size=note.size, text=note.text(), signatures=lines, at=at)
    return notes.document(note, [*good, ours])


def follows(old: notes.Head, new: notes.Head, path: list[str]) -> None:
    """Raise `Unwitnessed` unless the new head only adds to the old one."""
    if new.digest != old.digest or new.size < old.size:
        raise Unwitnessed(
            f"上次见证的是 {old.size} 条（{old.digest}），这次是 {new.size} 条（{new.digest}）：日志被回滚或者换过"
        )
    told = [(each.size, bytes.fromhex(each.root)) for each in (old, new)]
    if not consistent(DIGESTS[new.digest], *told, [bytes.fromhex(each) for each in path]):
        raise Unwitnessed(
            f"不是接着上次见证的 {old.size} 条：请取 {old.size} 到 {new.size} 的一致性证明（--proof）；"
            "证明仍不相符的，日志被改写或者分叉，请立即报告"
        )


def countersigned(document: str, keys: list[str], at: datetime) -> int:
    """Keep the witnesses' signatures of a document below our own head; answers how many are new."""
    note, good = trusted(document, keys)
    head = Head.objects.filter(size=note.size, text=note.text()).first()
    if head is None:
        raise Unwitnessed("本日志没有签过这个树头：若它确由本日志的密钥签名，日志已经分叉，请立即报告")
    known = set(head.witnesses.values_list("key", flat=True))
    new = [s for s in good if s.name and s.key not in known]
    Witness.objects.bulk_create(Witness(head=head, name=s.name, key=s.key, signature=s.value, at=at) for s in new)
    return len(new)

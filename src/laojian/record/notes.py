"""The two short texts of the record that are signed: a tree head and a receipt. Plain lines, to be printed, kept and compared.

Of the standard library alone, for the small script contains this file. What is signed is the text up to the empty line;
below it stand the signatures, one a line: the log's own, then those of witnesses.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from hashlib import sha256

HEAD, RECEIPT = "劳监记录 树头 第一版", "劳监记录 回执 第一版"
WORDS = {"log": "日志", "size": "条数", "root": "根", "entry": "条目", "leaf": "叶", "digest": "散列", "at": "时间"}
SIGNED, WITNESSED = "签名", "见证"


class NoteError(ValueError):
    """A text that is no head or receipt; the sentence says why."""


@dataclass(frozen=True)
class Note:
    """What a head and a receipt have in common. `at` is ISO text in UTC; `digest` names the hash of the tree."""

    log: str

    def text(self) -> str:
        """The lines that are signed."""
        told = (f"{WORDS[field.name]}：{getattr(self, field.name)}" for field in fields(self))
        return "\n".join([self.title, *told]) + "\n"


@dataclass(frozen=True)
class Head(Note):
    """A tree head: so many leaves have this root."""

    size: int
    root: str
    digest: str
    at: str
    title = HEAD


@dataclass(frozen=True)
class Receipt(Note):
    """The promise that an entry, by number and leaf, will stand in the tree."""

    entry: int
    leaf: str
    digest: str
    at: str
    title = RECEIPT


@dataclass(frozen=True)
class Signature:
    """Who signed: the log itself, or a witness by name. Key and signature as `signatures.py` reads them."""

    name: str
    key: str
    value: str

    def line(self) -> str:
        """The line below the text."""
        return f"{WITNESSED + ' ' + self.name if self.name else SIGNED}：{self.key} {self.value}"


def document(note: Note, signatures: Iterable[Signature]) -> str:
    """The text with its signatures, as it is kept in a file."""
    return "\n".join([note.text(), *(each.line() for each in signatures), ""])


def read(told: str) -> tuple[Note, list[Signature]]:
    """A document taken apart. Raises `NoteError` when a line is missing, strange or not as it would be written."""
    text, _, rest = told.replace("\r\n", "\n").lstrip("\ufeff").partition("\n\n")
    title, *lines = text.strip("\n").split("\n")
    kind = {HEAD: Head, RECEIPT: Receipt}.get(title)
    if kind is None:
        raise NoteError("不是劳监记录的树头或者回执：第一行不认识")
    cells = dict(each.partition("：")[::2] for each in lines)
    try:
        told_fields = {field.name: cells[WORDS[field.name]] for field in fields(kind)}
        note = kind(**{key: int(v) if key in ("size", "entry") else v for key, v in told_fields.items()})
    except (KeyError, ValueError) as wrong:
        raise NoteError(f"缺少或者写错了一行：{wrong}") from wrong
    if note.text() != text.strip("\n") + "\n":
        raise NoteError("各行与规定的写法不一致")
    return note, [signature_of(each) for each in rest.strip().split("\n") if each.strip()]


def signature_of(told: str) -> Signature:
    """A line below the text, taken apart."""
    head, _, rest = told.partition("：")
    key, _, value = rest.partition(" ")
    word, _, name = head.partition(" ")
    if (word, bool(name)) not in ((SIGNED, False), (WITNESSED, True)) or not key or not value:
        raise NoteError(f"不认识的签名行：{told[:60]}")
    return Signature(name, key, value)


def mark(key: str) -> str:
    """A key in short, for people to compare: its kind and the first sixteen digits of its SHA-256."""
    return f"{key.partition(':')[0]} {sha256(key.encode()).hexdigest()[:16]}"

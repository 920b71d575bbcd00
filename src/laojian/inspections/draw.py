"""The draw: canonical pools, sizes, commitment, seed, tickets. Pure, and told in full in docs/protocol-draw.md.

A ticket is a number below one that seed and id alone decide (Rivest's consistent sampler). The smallest tickets of a
stratum are drawn, the next ones are its reserve; so a firm more or less moves no other, and whoever draws more later
draws the same firms first. Who draws when, and what is kept of it, is not told here.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from heapq import merge
from itertools import pairwise

PROTOCOL = "laojian-draw/1"
DIGITS = 18  # of a ticket, when shown; compared are all of them
SALT = re.compile(r"[0-9a-f]{64}")
PIECE = 1 << 17  # bytes of a pool that are split into ids at a time
FIRST = 3  # leading digits of a ticket by which most are put aside
RANKS = [
    int(f"{last:0{FIRST}d}"[::-1]) for last in range(10**FIRST)
]  # a ticket's first digits are a number's last, reversed


class NotDrawable(ValueError):
    """What cannot be drawn, in a sentence for people: what is wrong, why, and what to do now."""


@dataclass(frozen=True)
class Pool:
    """A list in its canonical form: UTF-8, NFC, one id a line, sorted by bytes, each line ended by LF.

    `text` are these bytes, `size` the number of ids, `digest` their SHA-256 in lower-case hexadecimal.
    """

    text: bytes
    size: int
    digest: str

    def ids(self) -> Iterator[str]:
        """The ids in canonical order."""
        return (line.decode() for lines in pieces(self.text) for line in lines)


def pool(ids: Iterable[str], name: str = "名录") -> Pool:
    """The canonical pool of these ids, in whatever order they come.

    Raises `NotDrawable` when there is none, one is empty, holds a line break or blanks around it, or stands twice; the
    sentence says `name` and which.
    """
    lines = sorted(canonical(each, name) for each in ids)
    if not lines:
        raise NotDrawable(f"{name}是空的，无从抽取：请先核对筛选条件，或者不设这一层。")
    if twice := sorted({line.decode() for line, after in pairwise(lines) if line == after}):
        raise NotDrawable(
            f"{name}中有重复的编号：{few(twice)}。重复者被抽中的机会是别人的几倍，对他人不公：请先合并或者删去重复。"
        )
    text = b"\n".join(lines) + b"\n"
    return Pool(text, len(lines), sha256(text).hexdigest())


def kept_pool(text: bytes, name: str = "名录") -> Pool:
    """The pool whose canonical bytes were kept. Raises `NotDrawable` when the bytes are not canonical."""
    try:
        again = pool(text.decode().split("\n")[:-1], name)
    except UnicodeDecodeError:
        raise NotDrawable(f"{name}的存档不是 UTF-8 文本：文件已损坏，请从备份恢复后再抽取。") from None
    if again.text != text:
        raise NotDrawable(f"{name}的存档不是规范格式（逐行一个编号、按字节排序）：文件已被改动，请从备份恢复。")
    return again


def canonical(each: str, name: str = "名录") -> bytes:
    """An id as the bytes of its line, without the LF; raises `NotDrawable` for what cannot stand on a line."""
    if each.isascii() and each.isalnum():
        return each.encode()
    text = unicodedata.normalize("NFC", each)
    if not text.strip():
        raise NotDrawable(f"{name}中有空的编号：每个对象都要有编号（单位用统一社会信用代码），请补全后再抽取。")
    if text != text.strip() or any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in text):
        raise NotDrawable(f"{name}中的编号 {text!r} 前后有空格或者含有换行等控制符：请改正后再抽取。")
    return text.encode()


def few(texts: Sequence[str]) -> str:
    return "、".join(texts[:3]) + (f" 等 {len(texts)} 个" if len(texts) > 3 else "")


def pieces(text: bytes) -> Iterator[list[bytes]]:
    """The lines of canonical bytes, some thousands at a time, so that never all of them are objects."""
    start = 0
    while start < len(text):
        end = text.find(b"\n", start + PIECE) + 1 or len(text)
        yield text[start : end - 1].split(b"\n")
        start = end


@dataclass(frozen=True)
class Stratum:
    """A part of the targets with its own share: at least `at_least`, at least `ratio` of them, rounded up.

    `planned`, where the plan says so, is a number above this least. A stratum smaller than `at_least` is drawn whole.
    """

    key: str
    pool: Pool
    ratio: Decimal = Decimal(0)
    at_least: int = 0
    planned: int | None = None

    @property
    def size(self) -> int:
        """How many are drawn. Raises `NotDrawable` when the planned number is below the least or above the pool."""
        return size(self.pool.size, self.ratio, self.at_least, self.planned, self.key)


def needed(population: int, ratio: Decimal, at_least: int = 0) -> int:
    """The least number to draw: max(at_least, ⌈ratio × population⌉), never more than there are. Exact.

    `ratio` is a share between 0 and 1. Raises `NotDrawable` for another, or for a binary float, which is not exact.
    """
    if isinstance(ratio, float) or not 0 <= Fraction(ratio) <= 1 or at_least < 0:
        raise NotDrawable(f"抽取比例 {ratio}、最少 {at_least} 家不能用：比例要在 0 与 1 之间，家数不能为负，请改正。")
    return min(population, max(at_least, math.ceil(Fraction(ratio) * population)))


def size(population: int, ratio: Decimal, at_least: int = 0, planned: int | None = None, name: str = "本层") -> int:
    """How many are drawn of a population: the planned number if there is one, else the least; see `needed`."""
    least = needed(population, ratio, at_least)
    if planned is None:
        return least
    if planned < least:
        raise NotDrawable(
            f"{name}计划抽 {planned} 家，少于按比例应抽的 {least} 家"
            f"（共 {population} 家，比例是下限，须向上取整）：请把数量改为不少于 {least} 家。"
        )
    if planned > population:
        raise NotDrawable(f"{name}计划抽 {planned} 家，但名录中只有 {population} 家：请减少数量或者补充名录。")
    return planned


def check_apart(strata: Sequence[Stratum]) -> None:
    """Raises `NotDrawable` when two strata share a key or an id; whoever stood in both would be drawn twice as often."""
    keys = [stratum.key for stratum in strata]
    if not keys or len(set(keys)) < len(keys):
        raise NotDrawable("一次抽取至少要有一层，各层的名称不能相同：请改正分层。")
    ordered = merge(*(line_by_line(stratum.pool) for stratum in strata)) if len(strata) > 1 else ()
    for line, after in pairwise(ordered):
        if line == after:
            raise NotDrawable(f"{line.decode()} 同时在两层中，机会会是别人的几倍：请让每个对象只归一层。")


def line_by_line(pool: Pool) -> Iterator[bytes]:
    return (line for lines in pieces(pool.text) for line in lines)


def commitment(salt: str, draw_no: str) -> str:
    """SHA-256(salt ‖ draw_no) in hexadecimal, published before the randomness exists.

    `salt` is 64 lower-case hexadecimal digits (32 secret random bytes); raises `NotDrawable` otherwise, and for a draw
    number that is empty or holds “|” or a control sign.
    """
    check_number(draw_no)
    if not SALT.fullmatch(salt):
        raise NotDrawable("盐值必须是 64 位小写十六进制数（32 个随机字节）：请由系统生成，不要手填。")
    return sha256((salt + draw_no).encode()).hexdigest()


def check_number(draw_no: str) -> None:
    if canonical(draw_no, "抽取编号").decode() != draw_no or "|" in draw_no:
        raise NotDrawable(f"抽取编号 {draw_no!r} 不能含有“|”，也须是规范文本：请换一个编号。")


def seed(draw_no: str, randomness: str, salt: str) -> str:
    """draw_no|public randomness|salt, the randomness in the canonical text of `randomness.py`."""
    commitment(salt, draw_no)
    if not randomness or "|" in randomness:
        raise NotDrawable("还没有公开随机数，不能抽取：请等到公告指定的那一期公布后，录入其结果。")
    return f"{draw_no}|{randomness}|{salt}"


def fraction(text: str | bytes) -> str:
    """U(x): the number below one that belongs to a text, as “0.” and its digits: SHA-256 in decimal, reversed."""
    digest = sha256(text.encode() if isinstance(text, str) else text).digest()
    return "0." + f"{int.from_bytes(digest, 'big'):064d}"[::-1]


def ticket(seed: str, each: str) -> str:
    """The full ticket of an id under a seed."""
    return fraction(sha256(seed.encode()).hexdigest() + each)


def next_ticket(ticket: str) -> str:
    """The ticket that an id gets after this one when it is put back: only a draw with replacement needs it."""
    longer = ticket + "0"
    start = leading_nines(longer)
    found, turn = "", 0
    while found <= longer:
        turn += 1
        found = longer[:start] + fraction(f"{ticket}:{turn}")[2:]
    return found


def leading_nines(ticket: str) -> int:
    """The position of the first digit after “0.” that is no 9."""
    return 2 + len(ticket) - 2 - len(ticket[2:].lstrip("9"))


def shown(ticket: str, digits: int = DIGITS) -> str:
    """A ticket as people read it: `digits` digits after its leading nines, cut off, not rounded."""
    return ticket[: leading_nines(ticket) + digits]


@dataclass(frozen=True)
class Drawn:
    """A drawn id with its full ticket."""

    id: str
    ticket: str


@dataclass(frozen=True)
class Sample:
    """What a stratum gave: `taken` by ascending ticket, and `after`, whose turn it is next, in this order."""

    stratum: str
    taken: tuple[Drawn, ...]
    after: tuple[Drawn, ...]


def draw(strata: Sequence[Stratum], seed: str, after: int = 0) -> tuple[Sample, ...]:
    """Draws each stratum without replacement, in the order given; of the reserve the next `after` are told.

    A greater `after` tells more of the same order. Each id is hashed once; what is kept grows with the number drawn,
    not with the pool. Raises `NotDrawable` as `Stratum.size` does.
    """
    found = []
    for stratum in strata:
        size = stratum.size
        first = smallest(stratum.pool, size + after, seed)
        found.append(Sample(stratum.key, first[:size], first[size:]))
    return tuple(found)


def smallest(pool: Pool, count: int, seed: str) -> tuple[Drawn, ...]:
    """The `count` ids with the smallest tickets, by ascending ticket and then id; all where the pool holds fewer."""
    prefix, read = sha256(seed.encode()).hexdigest().encode(), int.from_bytes
    ranks, modulus, highest, hopeful = RANKS, 10**FIRST, 10**FIRST - 1, endings(10**FIRST - 1)
    kept: list[tuple[str, bytes]] = []
    for ids in pieces(pool.text) if count > 0 else ():
        for each in ids:
            digest = sha256(prefix + each).digest()
            if hopeful[digest[-1]] and ranks[(number := read(digest, "big")) % modulus] <= highest:
                kept.append((f"0.{f'{number:064d}'[::-1]}", each))
        if len(kept) >= 2 * count + modulus:
            kept.sort()
            del kept[count:]
            highest = int(kept[-1][0][2 : 2 + FIRST])
            hopeful = endings(highest)
    return tuple(Drawn(each.decode(), ticket) for ticket, each in sorted(kept)[:count])


def endings(highest: int) -> list[bool]:
    """For each last byte of a digest, whether a ticket can begin with digits up to `highest`.

    The first digits of a ticket are the last of the number, and what a number leaves when divided by 10 to the power of
    `FIRST` tells what it leaves when divided by two to that power, which is in its last bits.
    """
    step = 1 << FIRST
    possible = {last % step for last, rank in enumerate(RANKS) if rank <= highest}
    return [byte % step in possible for byte in range(256)]

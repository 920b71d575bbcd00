"""Drawing by RFC 3797, for a small numbered list of which everybody can redo the draw by hand and MD5. Pure.

For large pools `draw.py` is used: here the entropy of a few lotteries is soon used up, and removing one name moves all.
"""

from collections.abc import Sequence
from hashlib import md5

from laojian.inspections.draw import NotDrawable

LARGEST = 1 << 16  # the counter has two bytes


def key(sources: Sequence[Sequence[int]]) -> str:
    """The key string: each source's numbers in ascending order, each followed by “.”, each source closed by “/”."""
    if not sources or any(not numbers or min(numbers) < 0 for numbers in sources):
        raise NotDrawable("公开随机数缺少号码：每个来源至少要有一个非负整数，请对照公布的结果录入。")
    return "".join("".join(f"{number}." for number in sorted(numbers)) + "/" for numbers in sources)


def numbers(key: str, rounds: int) -> list[int]:
    """The first random numbers of 128 bits that the key gives."""
    counters = [turn.to_bytes(2, "big") for turn in range(rounds)]
    text = key.encode("ascii")
    return [int.from_bytes(md5(each + text + each, usedforsecurity=False).digest(), "big") for each in counters]


def choices(key: str, size: int, count: int) -> list[int]:
    """`count` different places of a list of `size` places numbered from 1, in the order in which they are drawn."""
    if not 0 < count <= size or count > LARGEST:
        raise NotDrawable(f"名单共 {size} 人，不能抽 {count} 人：请核对名单和人数。")
    left = list(range(1, size + 1))
    return [left.pop(number % len(left)) for number in numbers(key, count)]

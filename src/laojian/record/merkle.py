"""Merkle trees as in RFC 9162: hashes, proofs of inclusion and consistency, and their verification.

Pure, and of the standard library alone: the small script that a stranger verifies with contains this file as it stands.
Leaves are given by their hashes. A subtree is named by level and index: level 0 are the leaves, and (level, index) covers
the leaves from index · 2^level on.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Digest:
    """A hash function by its name, and how a tree uses it. `new(bytes)` answers an object of hashlib's kind."""

    name: str
    new: Callable

    def leaf(self, entry: bytes) -> bytes:
        """The hash of a leaf."""
        return self.new(b"\x00" + entry).digest()

    def node(self, left: bytes, right: bytes) -> bytes:
        """The hash of what joins two subtrees."""
        return self.new(b"\x01" + left + right).digest()

    def empty(self) -> bytes:
        """The root of a tree without leaves."""
        return self.new(b"").digest()


DIGESTS = {
    "sha256": Digest("sha256", hashlib.sha256),
    "sm3": Digest("sm3", lambda told: hashlib.new("sm3", told)),
}


class Front:
    """The right edge of a growing tree: the roots of its complete subtrees, largest first. Memory grows with log(size).

    `done` collects the subtrees that become complete, by level and index, at every so many levels above the leaves.
    """

    def __init__(self, digest: Digest, size: int = 0, peaks: Sequence[bytes] = (), every: int = 8):
        self.digest, self.size, self.peaks, self.every = digest, size, list(peaks), every
        self.done: dict[tuple[int, int], bytes] = {}

    def add(self, leaf: bytes) -> None:
        """Append a leaf's hash."""
        index, level, told, peaks, new = self.size, 0, leaf, self.peaks, self.digest.new
        self.size += 1
        while index & 1:
            told = new(b"\x01" + peaks.pop() + told).digest()
            index, level = index >> 1, level + 1
            if level % self.every == 0:
                self.done[level, index] = told
        peaks.append(told)

    def root(self) -> bytes:
        """The hash of the tree as it is now."""
        if not self.peaks:
            return self.digest.empty()
        *rest, told = self.peaks
        for peak in reversed(rest):
            told = self.digest.node(peak, told)
        return told


def peaks_of(size: int) -> list[tuple[int, int]]:
    """The complete subtrees of a tree of this size as level and index, largest first."""
    found, start = [], 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            found.append((level, start >> level))
            start += 1 << level
    return found


def split(count: int) -> int:
    """Where a tree of so many leaves, at least two, divides: the largest power of two below the count."""
    return 1 << (count - 1).bit_length() - 1


Subtree = Callable[[int, int], bytes]


def range_hash(digest: Digest, start: int, end: int, subtree: Subtree) -> bytes:
    """The hash over the leaves from start until before end, a range that RFC 9162 divides a tree into."""
    count = end - start
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return subtree(level, start >> level)
    middle = start + split(count)
    return digest.node(range_hash(digest, start, middle, subtree), range_hash(digest, middle, end, subtree))


def inclusion(digest: Digest, index: int, size: int, subtree: Subtree) -> list[bytes]:
    """The path from a leaf to the root of a tree of this size. `subtree` answers the hash of a complete subtree."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    path, start, end = [], 0, size
    while end - start > 1:
        middle = start + split(end - start)
        if index < middle:
            path.append(range_hash(digest, middle, end, subtree))
            end = middle
        else:
            path.append(range_hash(digest, start, middle, subtree))
            start = middle
    return path[::-1]


def consistency(digest: Digest, first: int, second: int, subtree: Subtree) -> list[bytes]:
    """The proof that the tree of `second` leaves only adds to that of `first`."""
    if not 0 <= first <= second:
        raise ValueError(f"a tree of {first} does not come before one of {second}")
    if first in (0, second):
        return []
    path, start, end, whole = [], 0, second, True
    while first < end:
        middle = start + split(end - start)
        if first <= middle:
            path.append(range_hash(digest, middle, end, subtree))
            end = middle
        else:
            path.append(range_hash(digest, start, middle, subtree))
            start, whole = middle, False
    if not whole:
        path.append(range_hash(digest, start, end, subtree))
    return path[::-1]


def included(digest: Digest, leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root to which a path of inclusion leads; None when it cannot be one."""
    if not 0 <= index < size:
        return None
    here, last, told = index, size - 1, leaf
    for each in path:
        if last == 0:
            return None
        if here & 1 or here == last:
            told = digest.node(each, told)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            told = digest.node(told, each)
        here, last = here >> 1, last >> 1
    return told if last == 0 else None


def consistent(digest: Digest, first: tuple[int, bytes], second: tuple[int, bytes], path: Sequence[bytes]) -> bool:
    """Whether the path proves that the second tree, as size and root, only adds to the first."""
    (small, old), (large, new) = first, second
    if small in (0, large):
        return not path and (small == 0 or old == new) and small <= large
    path = [old, *path] if small & (small - 1) == 0 else list(path)
    if small > large or not path:
        return False
    here, last = small - 1, large - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    before = after = path[0]
    for each in path[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            before, after = digest.node(each, before), digest.node(each, after)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            after = digest.node(after, each)
        here, last = here >> 1, last >> 1
    return last == 0 and before == old and after == new

"""How many of those whom nobody has examined probably offend, told from a random sample; and where to look next. Pure.

A row is a stratum of the register: `found` of `inspected` employers, drawn at random among those that nobody had examined, and
`left` that still nobody has. Clopper and Pearson's interval in its form for a finite register (hypergeometric): whatever the truth,
it holds it in at least LEVEL of all samples. The sum is as sure by Bonferroni's inequality: each row's interval is drawn so wide
that all of them hold together. Where to look next: there the expected width falls most, batch by batch.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, lgamma

from laojian.inspections.rules import LEVEL, choose

POOLED = ("", "")  # the key of the row in which small ones are put together


@dataclass(frozen=True)
class Stratum:
    """What is known of one industry and size; `parts`: the keys of those that were put together in it."""

    key: tuple[str, str]
    inspected: int
    found: int
    left: int
    parts: tuple[tuple[str, str], ...] = ()

    @property
    def known(self) -> bool:
        """Whether anything is known: a stratum of which nobody was inspected is unknown, not clean."""
        return self.inspected > 0


@dataclass(frozen=True)
class Guess:
    """Of `left` employers so many offend: `likely` by the share found (None: unknown), surely between `low` and `high`."""

    left: int
    likely: float | None
    low: int
    high: int

    @property
    def width(self) -> int:
        """How many employers the interval leaves open."""
        return self.high - self.low


def guess(row: Stratum, level: float = LEVEL) -> Guess:
    """The offenders among those left of a stratum. Raises ValueError when more were found than inspected."""
    if not 0 <= row.found <= row.inspected or row.left < 0:
        raise ValueError(f"{row.found} of {row.inspected}, {row.left} left")
    if not row.known:
        return Guess(row.left, None, 0, row.left)
    low, high = bounds(row.found, row.inspected, row.inspected + row.left, level)
    return Guess(row.left, row.left * row.found / row.inspected, low - row.found, high - row.found)


@lru_cache(maxsize=65536)
def bounds(found: int, of: int, size: int, level: float) -> tuple[int, int]:
    """The fewest and the most offenders that a register of this size can have, without the sample being too rare.

    Worked example: 3 of 20 in a register of 200 gives 8 to 73 at a level of 95 in a hundred.
    """
    tail = (1 - level) / 2
    least, most = found, size - of + found
    low = first(least, most, lambda k: 1 - at_most(found - 1, of, k, size) > tail)
    high = first(least, most + 1, lambda k: k > most or at_most(found, of, k, size) <= tail) - 1
    return low, high


def first(low: int, high: int, holds) -> int:
    """The first number for which something holds that then holds for all later ones, the last at the latest."""
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def at_most(k: int, n: int, bad: int, size: int) -> float:
    """The chance that of n drawn without return from `size`, of which `bad` are bad, at most k are bad."""
    begin, whole = max(0, n - (size - bad)), choose(size, n)
    chances = (choose(bad, i) + choose(size - bad, n - i) - whole for i in range(begin, min(k, n, bad) + 1))
    return min(1.0, sum(exp(chance) for chance in chances))


def pooled(rows: Iterable[Stratum], least: int) -> list[Stratum]:
    """Strata with fewer than `least` inspected are put together in one, as if they were alike, which is said; unknown ones are not."""
    kept, small = [], []
    for row in rows:
        (small if 0 < row.inspected < least else kept).append(row)
    if len(small) < 2:
        return [*kept, *small]
    sums = (sum(getattr(row, name) for row in small) for name in ("inspected", "found", "left"))
    return [*kept, Stratum(POOLED, *sums, parts=tuple(row.key for row in small))]


def total(rows: Sequence[Stratum], level: float = LEVEL) -> Guess:
    """All strata together, as sure as `level` by Bonferroni's inequality. Unknown ones: from none to all, without a likely number."""
    seen = [row for row in rows if row.known]
    each = 1 - (1 - level) / max(1, len(seen))
    guesses = [guess(row, each) for row in rows]
    likely = sum(one.likely for one in guesses if one.likely is not None) if seen else None
    return Guess(
        sum(one.left for one in guesses), likely, sum(one.low for one in guesses), sum(one.high for one in guesses)
    )


def expected_width(row: Stratum, more: int) -> float:
    """How many employers the interval will probably leave open after so many more were inspected at random.

    What they will show is weighed by what was found so far, each share as likely as any other before the first was inspected.
    """
    more = min(more, row.left)
    a, b = row.found + 1, row.inspected - row.found + 1
    width = 0.0
    for bad in range(more + 1):
        chance = exp(choose(more, bad) + beta(a + bad, b + more - bad) - beta(a, b))
        width += chance * guess(Stratum(row.key, row.inspected + more, row.found + bad, row.left - more)).width
    return width


def beta(a: float, b: float) -> float:
    """The logarithm of the beta function."""
    return lgamma(a) + lgamma(b) - lgamma(a + b)


@dataclass(frozen=True)
class Next:
    """How many more to inspect in a stratum, and by how many employers the interval then probably narrows."""

    row: Stratum
    more: int
    narrower: float


def where_next(rows: Sequence[Stratum], budget: int, batch: int) -> list[Next]:
    """So many inspections laid out in batches, each where it narrows the interval most for each inspection; most first."""
    given = dict.fromkeys(range(len(rows)), 0)
    widths = [expected_width(row, 0) for row in rows]
    gains = [gain(row, 0, widths[n], batch) for n, row in enumerate(rows)]
    while budget > 0 and rows and max(gains) > 0:
        n = max(given, key=lambda n: gains[n])
        step = min(batch, budget, rows[n].left - given[n])
        given[n] += step
        budget -= step
        widths[n] = expected_width(rows[n], given[n])
        gains[n] = gain(rows[n], given[n], widths[n], batch)
    found = [Next(rows[n], more, expected_width(rows[n], 0) - widths[n]) for n, more in given.items() if more]
    return sorted(found, key=lambda one: -one.narrower)


def gain(row: Stratum, given: int, width: float, batch: int) -> float:
    """By how many employers each inspection of the next batch probably narrows the interval; nothing where nobody is left."""
    step = min(batch, row.left - given)
    return (width - expected_width(row, given + step)) / step if step > 0 else 0.0

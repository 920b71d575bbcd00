"""What follows from the numbers of a plan and of a draw: pure. How many to draw, what it says, what share offends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import exp, lgamma, log

from . import draw

LEVEL = 0.95  # of the interval: in so many of a hundred samples it holds the true share
HALVINGS = 60


def share(stratum: Mapping) -> Decimal:
    """The ratio of a stratum as a share; the plan writes it in per cent."""
    return Decimal(str(stratum.get("ratio") or 0)) / 100


def minimum(stratum: Mapping, size: int) -> int:
    """How many must be drawn at least of a stratum of this size: the ratio rounded up, or the least number (supervision 5.3)."""
    return draw.needed(size, share(stratum), stratum.get("least") or 0)


def number(stratum: Mapping, size: int) -> int:
    """How many are drawn of a stratum of this size: what the plan says, but not fewer than its ratio asks, nor more than there are."""
    return min(size, max(stratum.get("number") or 0, minimum(stratum, size)))


def told(stratum: Mapping) -> str:
    """What a plan says of a stratum's number, in Chinese."""
    size, planned = stratum.get("size"), stratum.get("number")
    least = f"至少 {stratum['least']} 家" if stratum.get("least") else ""
    ratio = f"不低于 {stratum['ratio']}％" if share(stratum) else ""
    rule = "，".join(filter(None, (ratio, least)))
    if size is None:
        return f"抽 {planned} 家" + (f"（{rule}）" if rule else "") if planned else rule
    most = minimum(stratum, size)
    if not planned or planned == most:
        return f"{size} 家中抽 {number(stratum, size)} 家（{rule or '按计划'}，向上取整）"
    over = f"，比最低数 {most} 家多 {planned - most} 家" if planned > most and rule else ""
    return f"{size} 家中抽 {planned} 家（{rule or '按计划'}{over}）"


def planned(strata: Sequence[Mapping]) -> int | None:
    """How many a task means to draw; None where that depends on pools whose size the plan does not know."""
    counts = [
        number(row, row["size"]) if row.get("size") is not None else row.get("number") for row in strata
    ]  # fmt: skip
    return None if any(count is None for count in counts) else sum(counts)


@dataclass(frozen=True)
class Estimate:
    """A share found in a random sample, with its exact interval (Clopper and Pearson) at LEVEL; None without a sample."""

    found: int
    of: int
    low: float
    high: float

    @property
    def rate(self) -> float | None:
        """The share found."""
        return self.found / self.of if self.of else None


def estimate(found: int, of: int) -> Estimate:
    """The exact interval of a share: the shares at which so many, or so few, would be found by chance too rarely.

    Worked example: 3 of 20 gives 3.2 to 37.9 per cent at a level of 95. It ignores that the pool is finite, so it is never
    too narrow. Raises ValueError when more were found than there are.
    """
    if not 0 <= found <= of:
        raise ValueError(f"{found} of {of}")
    tail = (1 - LEVEL) / 2
    low = 0.0 if found == 0 else root(lambda p: tail - (1 - at_most(found - 1, of, p)))
    high = 1.0 if found == of else root(lambda p: at_most(found, of, p) - tail)
    return Estimate(found, of, low, high)


def root(falling) -> float:
    """Where a function that is positive at 0 and negative at 1 crosses nothing."""
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return (low + high) / 2


def at_most(k: int, n: int, p: float) -> float:
    """The chance of at most k among n when each has the chance p; sums the terms by their logarithms."""
    if p <= 0 or p >= 1:
        return 1.0 if p <= 0 or k >= n else 0.0
    return min(1.0, sum(exp(choose(n, i) + i * log(p) + (n - i) * log(1 - p)) for i in range(k + 1)))


def choose(n: int, i: int) -> float:
    """The logarithm of n over i."""
    return lgamma(n + 1) - lgamma(i + 1) - lgamma(n - i + 1)


def percent(part: int, whole: int) -> str:
    """A share in words, to a tenth; a stroke where there is nothing to divide by."""
    return f"{100 * part / whole:.1f}％" if whole else "—"

"""Powers: what an authority may do about which violation, on which articles, with which measures, in which version."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Measure:
    """One measure that a power allows. Sums are yuan; where `basis` is "multiple" they are times of the sum named by `of`.

    `lowest` and `highest` are None where the law names no amount. `optional` is 可以: the measure need not be taken.
    `when` is the condition under which it may be taken, in our own words; empty: always.
    """

    kind: str  # a word of KINDS: warn, fine, confiscate, pay, …
    basis: str  # a word of BASES: fixed, per_worker, per_worker_month, per_person, multiple, all
    of: str  # for "multiple" and "all": which sum, a word of SUMS; otherwise empty
    lowest: Decimal | None
    highest: Decimal | None
    optional: bool
    whom: str  # employer, or responsible: the persons answerable for it
    when: str


@dataclass(frozen=True)
class PowerVersion:
    """A power as it stood from a day to a day: provisions by their keys in law/articles.yaml."""

    valid_from: date
    valid_to: date | None
    violated: tuple[str, ...]
    penalised: tuple[str, ...]
    measures: tuple[Measure, ...]
    order_first: bool  # a fine presupposes an order to correct that was not obeyed in time
    confidence: str
    note: str


@dataclass(frozen=True)
class Power:
    """One item of the list of powers and duties."""

    key: str
    label: str
    kind: str  # inspection, penalty, compulsion, order
    category: str
    subject: str
    discretion: bool  # whether the sum is a matter of discretion (a fixed sum is not)
    versions: tuple[PowerVersion, ...]

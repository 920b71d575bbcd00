"""What a sum consists of: its amounts, the lines by which it was found, each with its article, and what is doubtful.

The one rule of rounding: what is payable is rounded half up to the fen, item by item (a month, a kind of overtime, one claim),
and a total is the sum of such items. Nothing that leads to an item is rounded; a line that shows such a number writes ≈.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from laojian.lawbook.book import Lawbook
from laojian.lawbook.rates import plain
from laojian.lawbook.reading import LawError

ROUNDING = "舍入：每一项应付金额四舍五入到分，合计是各项之和；中间数不舍入，写“≈”的只为显示"
CENT, SHOWN = Decimal("0.01"), Decimal("0.0001")
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Line:
    """One line of a sum, in Chinese, with the key of the article it rests on (empty: plain arithmetic)."""

    text: str
    basis: str = ""


@dataclass(frozen=True)
class Result:
    """A sum. `sums` are labelled amounts in yuan, the answer first; `verdict` answers where the answer is no amount."""

    title: str
    sums: tuple[tuple[str, Decimal], ...]
    verdict: str
    steps: tuple[Line, ...]
    warnings: tuple[Line, ...]
    inputs: tuple[tuple[str, str], ...] = ()

    @property
    def amount(self) -> Decimal | None:
        """The answer in yuan; None where it is no amount."""
        return self.sums[0][1] if self.sums else None

    def asked(self, inputs: tuple[tuple[str, str], ...]) -> "Result":
        """The same result, with what was asked."""
        return replace(self, inputs=inputs)

    def explain(self, book: Lawbook) -> list[str]:
        """The whole sum in Chinese, a line each."""
        lines = [self.title, *(f"已知 {label}：{value}" for label, value in self.inputs)]
        lines += [f"{label}：{yuan(amount)}" for label, amount in self.sums] + [self.verdict] * bool(self.verdict)
        lines += [f"{n}. {cited(book, line)}" for n, line in enumerate(self.steps, 1)]
        return [*lines, *(f"⚠ {cited(book, line)}" for line in self.warnings), ROUNDING]


class Sheet:
    """The paper on which a sum is worked out: takes numbers from the law, and keeps each line and doubt in order."""

    def __init__(self, book: Lawbook, title: str) -> None:
        self.book, self.title = book, title
        self.steps: list[Line] = []
        self.warnings: list[Line] = []

    def rate(self, key: str, on: date) -> Decimal:
        """A number of the day; LawError where nothing is set."""
        version = self.book.rate(key, on)
        if version.amount is None:
            raise LawError(f"“{self.book.rates[key].label}”没有单一的数字。")
        return version.amount

    def basis(self, key: str, on: date) -> str:
        """The article on which a number of the day rests."""
        return self.book.rate(key, on).basis

    def told(self, key: str, on: date) -> str:
        """A number of the day in words, with its unit."""
        return self.book.rates[key].told(on)

    def step(self, text: str, basis: str = "") -> None:
        self.steps.append(Line(text, basis))

    def warn(self, text: str, basis: str = "") -> None:
        """Note a doubt, once."""
        if Line(text, basis) not in self.warnings:
            self.warnings.append(Line(text, basis))

    def refuse(self, text: str, basis: str) -> LawError:
        """The error that says why there is no sum, with the article."""
        return LawError(f"{text}（{self.book.article(basis).cite}）。")

    def result(self, *sums: tuple[str, Decimal], verdict: str = "") -> Result:
        return Result(self.title, sums, verdict, tuple(self.steps), tuple(self.warnings))


def fen(amount: Decimal) -> Decimal:
    """An item as it is payable, in yuan and fen."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def yuan(amount: Decimal) -> str:
    """A sum in a line: 1,234.50元."""
    return f"{fen(amount):,.2f}元"


def shown(amount: Decimal) -> str:
    """An intermediate number: exact when short, otherwise ≈ with four decimals."""
    short = amount.quantize(SHOWN, ROUND_HALF_UP)
    return plain(amount) if short == amount else f"≈{short}"


def cited(book: Lawbook, line: Line) -> str:
    return f"{line.text}（{book.article(line.basis).cite}）" if line.basis else line.text

"""How what a person writes is read: sums, days, months with sums; whatever cannot be read is a sentence with an example."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from laojian.lawbook.reading import LawError
from laojian.lawbook.wages.order import Unpaid

FIRST_YEAR, LAST_YEAR = 1950, 2200
TOO_MUCH = Decimal(10) ** 9
HOURS_OF_A_DAY = 24
MOST_ROWS = 2000
MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})月?")
DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?")
GAP = r"[\s:=,、]+"


def folded(text: str) -> str:
    """Full-width signs as plain ones."""
    return unicodedata.normalize("NFKC", text).strip()


def number(text: str) -> Decimal:
    """A number that is not negative, with at most two decimals."""
    plain = re.sub(r"^[¥￥]|元$|小时$|天$|,", "", folded(text)).strip()
    try:
        if not re.fullmatch(r"\d+(\.\d+)?", plain, re.ASCII):
            raise InvalidOperation
        found = Decimal(plain)
    except InvalidOperation:
        raise LawError(f"“{text.strip()[:20]}”不是不为负的数，请写成 3000 或者 3000.50 的样子。") from None
    if found >= TOO_MUCH:
        raise LawError(f"“{text.strip()[:20]}”过大，请核对单位是否为元。")
    if found != found.quantize(Decimal("0.01")):
        raise LawError(f"“{text.strip()[:20]}”多于两位小数，请四舍五入到两位。")
    return found


def wage(text: str) -> Decimal:
    """A sum above zero."""
    if not (found := number(text)):
        raise LawError("应大于零。")
    return found


def whole_day(text: str) -> date:
    """A day as 2026-05-01."""
    match = DAY.fullmatch(folded(text))
    try:
        found = date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        raise LawError(f"没有“{text.strip()[:20]}”这一天，请核对。") from None
    if found is None:
        raise LawError(f"“{text.strip()[:20]}”不是一个日期，请按 2026-05-01 的样子填写。")
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise LawError(f"年份须在 {FIRST_YEAR} 至 {LAST_YEAR} 之间，现为 {found.year}。")
    return found


def whole_month(text: str) -> str:
    """A month as 2026-05."""
    match = MONTH.fullmatch(folded(text))
    if (
        not match
        or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR
        or not date.min.month <= int(match[2]) <= date.max.month
    ):
        raise LawError(f"“{text.strip()[:20]}”不是月份，请按 2026-05 的样子填写。")
    return f"{match[1]}-{int(match[2]):02d}"


def whole_year(text: str) -> int:
    """A year as 2025."""
    plain = folded(text).removesuffix("年")
    if not re.fullmatch(r"\d{4}", plain, re.ASCII) or not FIRST_YEAR <= int(plain) <= LAST_YEAR:
        raise LawError(f"“{text.strip()[:20]}”不是一个年份，请按 2025 的样子填写。")
    return int(plain)


def rows(text: str) -> Iterator[str]:
    """The lines of a text; a semicolon ends a line too."""
    lines = [line for line in re.split(r"[\n;]+", folded(text)) if line.strip()]
    if len(lines) > MOST_ROWS:
        raise LawError(f"超过{MOST_ROWS}行，请分几次计算。")
    return iter(line.strip() for line in lines)


def pairs(text: str, key: Callable, value: Callable, example: str) -> dict:
    """Lines of a key and a value; a key may stand once."""
    found: dict = {}
    for line in rows(text):
        parts = re.split(GAP, line, maxsplit=1)
        if len(parts) < len((key, value)):
            raise LawError(f"“{line[:30]}”看不懂，请一行一个写成 {example} 的样子。")
        name = key(parts[0])
        if name in found:
            raise LawError(f"{name} 写了不止一行，请合并。")
        found[name] = value(parts[1])
    return found


def by_month(text: str) -> dict[str, Decimal]:
    """Lines of month and sum: 2026-05 3000."""
    return pairs(text, whole_month, number, "2026-05 3000")


def by_day(text: str) -> dict[date, Decimal]:
    """Lines of day and hours: 2026-05-01 8."""
    return pairs(text, whole_day, hours_of_day, "2026-05-01 8")


def hours_of_day(text: str) -> Decimal:
    if (found := number(text)) > HOURS_OF_A_DAY:
        raise LawError(f"一天没有{text.strip()[:10]}小时，请核对。")
    return found


def monthly_pay(text: str) -> Decimal | dict[str, Decimal]:
    """One sum for every month, or lines of month and sum."""
    return by_month(text) if re.match(MONTH.pattern + GAP, folded(text)) else wage(text)


def several(text: str) -> tuple[Decimal, ...]:
    """Sums with gaps between them; one alone is an average."""
    found = tuple(number(part) for part in re.split(r"[\s;、+]+", folded(text)) if part)
    if not any(found):
        raise LawError("至少填写一个大于零的月工资。")
    return found


def unpaid(text: str) -> tuple[Unpaid, ...]:
    """Lines of a worker's unpaid months and yuan: 4 12000."""
    found = []
    for line in rows(text):
        parts = re.split(GAP, line)
        months, amount = parts if len(parts) == len(Unpaid.__dataclass_fields__) else (line, "")
        if not amount:
            raise LawError(f"“{line[:30]}”看不懂，请一行一人写成“4 12000”的样子：欠薪月数、金额。")
        found.append(Unpaid(number(months.removesuffix("个月")), number(amount)))
    return tuple(found)


def percent(text: str) -> Decimal:
    """A percentage as a share: 60 or 60% is 0.6."""
    return number(folded(text).removesuffix("%")) / 100

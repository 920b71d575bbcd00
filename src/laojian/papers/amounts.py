"""Money and counts as papers write them: ¥ figures, capital words, dates; nothing here rounds."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿")
PLAIN = "零一二三四五六七八九"
LIMIT = Decimal(10) ** 12
CHINA = ZoneInfo("Asia/Shanghai")


class AmountError(ValueError):
    """An amount, day or moment that no paper may carry; the message is Chinese and meant for the officer."""


def yuan(amount: object) -> Decimal:
    """The amount in yuan as a Decimal; refuses floats, more than two decimals, negative and absurdly large sums."""
    if isinstance(amount, (bool, float)):
        raise AmountError(f"金额“{amount}”不是定点数：金额只能用字符串或者十进制数给出，请检查程序。")
    try:
        value = Decimal(str(amount).replace(",", "").replace("￥", "").replace("¥", "").strip())
    except InvalidOperation as wrong:
        raise AmountError(f"“{amount}”不是金额，请填写数字，例如 15000.00。") from wrong
    if not value.is_finite() or value < 0 or value >= LIMIT:
        raise AmountError(f"金额“{amount}”超出可写的范围（0 元以上、一万亿元以下），请核对。")
    if value != value.quantize(Decimal("0.01")):
        raise AmountError(f"金额“{amount}”小数超过两位，请先确定到分。")
    return value.quantize(Decimal("0.01"))


def figures(amount: object) -> str:
    """¥15,000.00, with the half-width yen sign U+00A5 that every font draws."""
    return f"¥{yuan(amount):,.2f}"


def _four(number: int) -> str:
    """1 to 9999 in capital words without leading zero: 1005 → 壹仟零伍."""
    out, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            out += ("零" if gap and out else "") + DIGITS[digit] + PLACES[place]
        gap = not digit
    return out


def _whole(number: int) -> str:
    out, gap = "", False
    for group in (2, 1, 0):
        part = number // 10 ** (4 * group) % 10000
        if part:
            out += ("零" if out and (gap or part < 1000) else "") + _four(part) + GROUPS[group]
        gap = not part
    return out


def in_words(amount: object) -> str:
    """The amount in capital Chinese words: 15000 → 壹万伍仟元整, 1005.05 → 壹仟零伍元零伍分."""
    value = yuan(amount)
    whole, cents = divmod(int(value * 100), 100)
    jiao, fen = divmod(cents, 10)
    out = _whole(whole) + "元" if whole else ""
    if jiao:
        out += DIGITS[jiao] + "角"
    elif fen and whole:
        out += "零"
    if fen:
        return out + DIGITS[fen] + "分"
    return (out or "零元") + "整"


def count_word(number: int) -> str:
    """1 to 99 in plain Chinese numerals, as in 一式三份."""
    if not 0 < number < 100:
        raise AmountError(f"份数“{number}”应当在 1 至 99 之间。")
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else PLAIN[tens] + "十")
    return head + (PLAIN[ones] if ones else "")


def day(on: object) -> str:
    """2026-11-22 → 2026年11月22日 (month and day without leading zero, as GB/T 9704 writes them)."""
    try:
        value = on if isinstance(on, date) else date.fromisoformat(str(on)[:10])
    except ValueError as wrong:
        raise AmountError(f"“{on}”不是日期，请按 2026-11-22 的形式填写。") from wrong
    return f"{value.year}年{value.month}月{value.day}日"


def hour(at: object) -> str:
    """The time of a moment to the minute: 9时05分."""
    value = _moment(at)
    return f"{value.hour}时{value.minute:02d}分"


def moment(at: object) -> str:
    """2026年11月22日9时05分; a date without a time is refused, because a record states its minutes."""
    value = _moment(at)
    return day(value.date()) + hour(value)


def _moment(at: object) -> datetime:
    try:
        value = at if isinstance(at, datetime) else datetime.fromisoformat(str(at))
    except ValueError as wrong:
        raise AmountError(f"“{at}”不是时间，请填写到分，例如 2026-11-22 09:05。") from wrong
    if isinstance(at, str) and len(at) < 16:
        raise AmountError(f"“{at}”没有写明时、分：笔录和审批的时间应当记到分。")
    return value.astimezone(CHINA) if value.tzinfo else value  # papers are dated by the clock in China

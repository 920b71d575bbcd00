"""The months for which wages are unpaid, as people write them: 2026-05、06、08 / 2026年5月-8月 / 5、6、8月. Pure."""

import re
import unicodedata
from datetime import date

LONGEST = 240  # months; a longer span is a slip of the pen
ITEM = re.compile(
    r"(?:(?P<packed>(?:19|20)\d{4})(?!\d)"
    r"|(?:(?P<year>(?:19|20)\d{2})(?P<joint>[-./年])|(?P<short>\d{2})年)?(?P<month>\d{1,2})(?!\d)"
    r"(?:(?P<close>月|(?P=joint))(?P<day>\d{1,2})(?!\d)[日号]?|月)?)"
)
DAY_OR_SPAN = re.compile(r"\d{4}([-./])\d{1,2}\1\d{1,2}(?![\d日号])")  # 2026-05-08: a day in May, or May to August
AND, TO = re.compile(r"[、,;和及与]"), re.compile(r"至|到|-|~|—|–")
NOISE = re.compile(r"\s|份|工资|起|止$")


class Unreadable(ValueError):
    """The text names no months; the message is a sentence for people."""


def read_months(text: str, on: date, year: int | None = None) -> list[str]:
    """The months in the text as sorted "YYYY-MM". A month without year belongs to the year before it, or to `year`.

    Raises Unreadable: nothing readable, no year, a span turned round or too long, or a month after the day `on`.
    """
    plain = NOISE.sub("", unicodedata.normalize("NFKC", text)).replace("至今", f"至{on:%Y-%m}")
    if not plain:
        raise Unreadable("没有欠薪期间，请写成 2026-05 或 2026-05至2026-08")
    if DAY_OR_SPAN.search(plain) and not re.search("[至到~]", plain):
        raise Unreadable(f"欠薪期间“{text}”分不清是日期还是几个月，请写成 2026-05至2026-08 或 2026-05、2026-08")
    found: set[tuple[int, int]] = set()
    place, start = 0, None
    while True:
        month, year, place = one(plain, place, year, text)
        found |= set(span(start, month, text)) if start else {month}
        if place == len(plain):
            break
        joint = TO.match(plain, place) or AND.match(plain, place)
        if not joint or (start and joint.re is TO):
            raise Unreadable(f"欠薪期间“{text}”看不懂，请写成 2026-05至2026-08 或 2026-05、06、08")
        start, place = (month if joint.re is TO else None), joint.end()
    if max(found) > (on.year, on.month):
        raise Unreadable(f"欠薪期间“{text}”中的 {told(max(found))} 晚于 {on}，尚未发生")
    return [told(month) for month in sorted(found)]


def one(plain: str, place: int, year: int | None, text: str) -> tuple[tuple[int, int], int, int]:
    """The month that stands at a place, its year, and the place after it."""
    item = ITEM.match(plain, place)
    if not item:
        raise Unreadable(f"欠薪期间“{text}”看不懂，请写成 2026-05至2026-08 或 2026-05、06、08")
    if packed := item["packed"]:
        year, month = int(packed[:4]), int(packed[4:])
    else:
        month = int(item["month"])
        year = int(item["year"]) if item["year"] else 2000 + int(item["short"]) if item["short"] else year
    if year is None:
        raise Unreadable(f"欠薪期间“{text}”没有年份，请写成 2026-05，或在导入时选定年份")
    if not 1 <= month <= 12:
        raise Unreadable(f"欠薪期间“{text}”中的“{month}”不是月份")
    return (year, month), year, item.end()


def span(first: tuple[int, int], last: tuple[int, int], text: str) -> list[tuple[int, int]]:
    """Every month from the first to the last."""
    begin, end = (y * 12 + m - 1 for y, m in (first, last))
    if begin > end:
        raise Unreadable(f"欠薪期间“{text}”起止颠倒；跨年的请写明两个年份，如 2025-11至2026-02")
    if end - begin >= LONGEST:
        raise Unreadable(f"欠薪期间“{text}”长达 {end - begin + 1} 个月，请核对年份")
    return [(n // 12, n % 12 + 1) for n in range(begin, end + 1)]


def told(month: tuple[int, int]) -> str:
    """(2026, 5) → 2026-05."""
    return f"{month[0]}-{month[1]:02d}"

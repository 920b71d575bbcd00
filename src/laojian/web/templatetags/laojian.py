"""How the platform writes money, dates, names and articles on a screen; no rules and no queries live here."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from laojian.lawbook import law

register = template.Library()

NOTHING = "—"
WEEKDAYS = "一二三四五六日"


def _date(value: object) -> date | None:
    """A day from a date, a moment (in Shanghai time) or an ISO text; None from anything else."""
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    if isinstance(value, str):
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            return None
    return value if isinstance(value, date) else None


@register.filter
def amount(value: object) -> str:
    """Yuan with thousands separators and two decimals, as in a table: 15,000.00; nothing is written as a dash."""
    try:
        return f"{Decimal(str(value)):,.2f}"
    except InvalidOperation:
        return NOTHING


@register.filter
def yuan(value: object) -> str:
    """Yuan with its sign, as in a sentence: ¥15,000.00."""
    text = amount(value)
    return text if text == NOTHING else f"¥{text}"


@register.filter
def day(value: object) -> str:
    """A day as 2026-11-22."""
    found = _date(value)
    return found.isoformat() if found else NOTHING


@register.filter
def month_day(value: object) -> str:
    """A day of a year that is plain from its surroundings: 11-22."""
    found = _date(value)
    return f"{found:%m-%d}" if found else NOTHING


@register.filter
def long_day(value: object) -> str:
    """A day as a sentence to the public writes it: 2026年11月22日."""
    found = _date(value)
    return f"{found.year}年{found.month}月{found.day}日" if found else NOTHING


@register.filter
def weekday(value: object) -> str:
    """The day of the week: 星期五."""
    found = _date(value)
    return f"星期{WEEKDAYS[found.weekday()]}" if found else NOTHING


@register.filter
def moment(value: object) -> str:
    """A moment to the minute in Shanghai time: 2026-11-22 15:20; a mere day stays a day."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return NOTHING
    if not isinstance(value, datetime):
        return day(value)
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%Y-%m-%d %H:%M}"


@register.filter
def masked(name: object) -> str:
    """A person's name with all but the ends hidden: 王＊海, 王＊; of one character nothing is left."""
    text = str(name or "").strip()
    if len(text) < 2:
        return "＊" if text else NOTHING
    return f"{text[0]}＊" if len(text) == 2 else f"{text[0]}＊{text[-1]}"


@register.filter
def masked_number(number: object) -> str:
    """A telephone or identity number with only its first three and last two characters left: 138******01."""
    text = str(number or "").strip()
    if not text:
        return NOTHING
    return "*" * len(text) if len(text) < 7 else f"{text[:3]}{'*' * (len(text) - 5)}{text[-2:]}"


@register.simple_tag
def cite(key: str, form: str = "short") -> str:
    """A link to the page of an article: 监察条例 17; in "full" 《劳动保障监察条例》第十七条; no key, no link."""
    if not key:
        return ""
    article = law().article(key)
    url = reverse("article", args=[key])
    if form == "full":
        return format_html('<a href="{}">{}</a>', url, article.cite)
    return format_html('<a class="cite" href="{}" title="{}">{}</a>', url, article.cite, article.short)

"""How the platform writes money, dates and articles on a screen. Names come here already masked; no rules, no queries."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from laojian.lawbook import law, length_of
from laojian.lawbook.words import version_of

from ..why import article_lines, period

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


@register.simple_tag
def length(key: str) -> str:
    """How long a period is by the law of today: 15日."""
    return length_of(key, timezone.localdate())


@register.simple_tag
def why(of: str, *keys: str, lines: Iterable[str] = (), on: object = None, label: str = "为什么") -> str:
    """The one unfold: the facts behind `of`, then what each article says and since when, with a link to it on that day.

    `keys` are articles; a key "clock:pay" adds a period's rule of the day and its article. Nothing to tell, nothing shown.
    """
    day = _date(on) or timezone.localdate()
    told, articles = list(lines or ()), []
    for key in filter(None, keys):
        if key.startswith("clock:"):
            name = key.removeprefix("clock:")
            told += period(name, day)
            key = version_of(name, day).basis
        articles.append((reverse("article", args=[key]), day, *article_lines(key, day)))
    if not told and not articles:
        return ""
    return format_html(
        '<details class="why"><summary>{}<span class="unseen">：{}</span></summary><ul>{}{}</ul></details>',
        label, of, format_html_join("", "<li>{}</li>", ((line,) for line in told)),
        format_html_join("", '<li><a href="{}?on={}">{}</a>：{}</li>', articles),
    )  # fmt: skip


@register.filter
def rule_name(key: str) -> str:
    """What a key stands for: an article as a badge shows it, a period ("clock:pay") by its name."""
    return law().clock(key.removeprefix("clock:")).label if key.startswith("clock:") else law().article(key).short

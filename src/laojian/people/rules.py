"""What a certificate is worth on a day, and a word nobody has used before. Pure."""

from collections.abc import Mapping
from datetime import date

SOON_DAYS = 90  # a renewal takes the bureau about a quarter of a year
STANDINGS = {
    "valid": "有效",
    "soon": "即将到期",
    "expired": "已过期",
    "revoked": "已注销",
    "future": "尚未生效",
    "none": "无证",
}
# Without characters that look alike when they are read out or copied from paper.
PLAIN_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


def standing(valid_from: date | None, valid_to: date | None, revoked_on: date | None, day: date) -> str:
    """The key in STANDINGS of a certificate on a day; both ends of its term are valid days (apl-42)."""
    if valid_from is None or valid_to is None:
        return "none"
    if revoked_on and revoked_on <= day:
        return "revoked"
    if day < valid_from:
        return "future"
    if day > valid_to:
        return "expired"
    return "soon" if (valid_to - day).days <= SOON_DAYS else "valid"


def temporary_word(draws: list[int]) -> str:
    """A word to be read out once and changed at the first login: groups of four signs. `draws` are random numbers."""
    signs = "".join(PLAIN_SIGNS[draw % len(PLAIN_SIGNS)] for draw in draws)
    return "-".join(signs[n : n + 4] for n in range(0, len(signs), 4))


def list_of_powers(level: str, options: Mapping, on: date) -> str:
    """The key in law/profiles of a bureau's list on a day, as its options tell it: {"powers": {first day: key, …}}.

    While nothing is registered, a bureau of city or district holds what the law gives every such bureau; a town holds
    nothing, because nothing comes to it but by a document (apl-24, apl-20).
    """
    told = options.get("powers") or {}
    began = max((day for day in told if date.fromisoformat(day) <= on), default="")
    if began:
        return told[began]
    return "" if level == "town" else "national"

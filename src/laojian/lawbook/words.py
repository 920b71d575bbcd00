"""Words of law for forms, refusals and pages: a text names keys, and the law in use says how long, which article, what it says."""

import re
from collections.abc import Iterable
from datetime import date

from laojian.lawbook.book import law
from laojian.lawbook.clocks import Version, amount

_KEYS = re.compile(r"\{(clock|cite|says):([a-z0-9_,-]+)\}")


def worded(text: str, on: date | None = None) -> str:
    """The text with its keys told: {clock:pay} a length, {cite:impl-13,impl-14} articles, {says:impl-40} what one says.

    Lengths are those of the day, without a day the newest. Other braces stay as they are. LawError for an unknown key.
    """
    told = {"clock": lambda key: length_of(key, on), "cite": lambda keys: cited(*keys.split(",")), "says": says}
    return _KEYS.sub(lambda match: told[match[1]](match[2]), text)


def length_of(key: str, on: date | None = None) -> str:
    """How long a period is, with its unit: 15日; on a day before the law knew it, as it was first. LawError for no such key."""
    version = version_of(key, on)
    return amount(version.length, version.unit)


def years_of(key: str, on: date | None = None) -> int:
    """The length of a period that the law gives in years; ValueError when it is given otherwise."""
    version = version_of(key, on)
    if version.unit != "year" or not isinstance(version.length, int):
        raise ValueError(f"law/clocks.yaml 的“{key}”应以年为单位写定长度，现为{amount(version.length, version.unit)}")
    return version.length


def version_of(key: str, on: date | None = None) -> Version:
    """The version of a day, the newest without one; before the first version, the first."""
    clock = law().clock(key)
    return clock.versions[-1] if on is None else clock.at(on) or clock.versions[0]


def cited(*keys: str) -> str:
    """Articles in words, an act named once: 《劳动保障监察条例》第九条、第十二条. LawError for an unknown key."""
    return joined(law().article(key).cite for key in keys)


def says(key: str) -> str:
    """What an article says, in our own words."""
    return law().article(key).says


def joined(cites: Iterable[str]) -> str:
    """Citations in a row; an act is named once: 《监察条例》第十五条、第十六条."""
    told, act = [], None
    for cite in cites:
        named, mark, article = cite.rpartition("》")
        told.append(article if mark and named == act else cite)
        act = named
    return "、".join(told)

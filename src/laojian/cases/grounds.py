"""The grounds (依据) on which an addressee is made liable: law/grounds.yaml, read once, in the order in which they are offered."""

from datetime import date
from functools import cache

import yaml

from laojian.lawbook import LawError, law
from laojian.lawbook.book import folder


@cache
def grounds() -> dict[str, str]:
    """Article → what it makes the addressee do, in our words. LawError when an article is not in the law."""
    rows = yaml.safe_load((folder() / "grounds.yaml").read_text(encoding="utf-8"))
    if unknown := [key for key in rows if key not in law().articles]:
        raise LawError(f"law/grounds.yaml 引用了没有的法条：{'、'.join(unknown)}")
    given = {each for power in law().powers.values() for version in power.versions for each in version.basis}
    if strange := [key for key in rows if key not in given]:
        raise LawError(f"law/grounds.yaml 的依据不是任何权力（law/powers）所依据的条款：{'、'.join(strange)}")
    return rows


def offered_on(day: date) -> list[tuple[str, str]]:
    """The grounds in force on a day, each with its article, as choices."""
    found = ((key, law().article(key), says) for key, says in grounds().items())
    return [(key, f"{says}（{article.short}）") for key, article, says in found if article.in_force(day)]

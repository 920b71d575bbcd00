"""The grounds (依据) on which an addressee is made liable: law/grounds.yaml, read once, in the order in which they are offered."""

from datetime import date
from functools import cache

from laojian.lawbook import LawError, law
from laojian.lawbook.book import folder
from laojian.lawbook.reading import read, text


@cache
def grounds() -> dict[str, str]:
    """Article → what it makes the addressee do, in our words. LawError when an article is not in the law."""
    page = read(folder() / "grounds.yaml", folder())
    given = {each for power in law().powers.values() for version in power.versions for each in version.basis}
    for key, says in page.content.items():
        if key not in law().articles:
            page.fault(page.content.at(key), f"law/articles.yaml 里没有法条“{key}”")
        elif key not in given:
            page.fault(page.content.at(key), f"{key} 不是任何权力（law/powers）所依据的条款")
        elif text(says):
            page.fault(page.content.at(key), f"{key} 后面应写这一条让受文人做什么")
    if page.faults:
        raise LawError("义务依据有误：\n" + "\n".join(page.faults))
    return dict(page.content)


def offered_on(day: date) -> list[tuple[str, str]]:
    """The grounds in force on a day, each with its article, as choices."""
    found = ((key, law().article(key), says) for key, says in grounds().items())
    return [(key, f"{says}（{article.short}）") for key, article, says in found if article.in_force(day)]

"""The matters (案由) a case can be about: law/matters.yaml, read once."""

from dataclasses import dataclass
from functools import cache

import yaml

from laojian.lawbook import LawError
from laojian.lawbook.book import folder

PURSUITS = ("always", "unpaid", "free")


@dataclass(frozen=True)
class Matter:
    """One matter: its label, the articles usually violated and penalised, and whether the bureau must pursue it."""

    key: str
    label: str
    violated: tuple[str, ...]
    penalty: tuple[str, ...]
    pursue: str
    months: bool


@cache
def matters() -> dict[str, Matter]:
    """All matters by key. LawError when the file is wrong."""
    rows = yaml.safe_load((folder() / "matters.yaml").read_text(encoding="utf-8"))
    found = {}
    for key, row in rows.items():
        try:
            matter = Matter(
                key, row["label"], tuple(row["violated"]), tuple(row["penalty"]), row["pursue"], row["months"]
            )
        except (KeyError, TypeError) as wrong:
            raise LawError(f"law/matters.yaml 的“{key}”不完整：{wrong}") from wrong
        if matter.pursue not in PURSUITS:
            raise LawError(f"law/matters.yaml 的“{key}”：pursue 只能是 {'、'.join(PURSUITS)}")
        found[key] = matter
    return found

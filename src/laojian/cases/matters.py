"""The matters (案由) a case can be about: law/matters.yaml, read once."""

from dataclasses import dataclass
from functools import cache

import yaml

from laojian.lawbook import LawError, law
from laojian.lawbook.book import folder

PURSUITS = ("always", "unpaid", "free")


@dataclass(frozen=True)
class Matter:
    """One matter: its label, the articles usually violated and penalised, the powers it may come to, and the duty to pursue it."""

    key: str
    label: str
    violated: tuple[str, ...]
    penalty: tuple[str, ...]
    pursue: str
    months: bool
    powers: tuple[str, ...]


@cache
def matters() -> dict[str, Matter]:
    """All matters by key. LawError when the file is wrong."""
    rows = yaml.safe_load((folder() / "matters.yaml").read_text(encoding="utf-8"))
    found = {}
    for key, row in rows.items():
        try:
            matter = Matter(
                key, row["label"], tuple(row["violated"]), tuple(row["penalty"]), row["pursue"], row["months"],
                tuple(row["powers"]),
            )  # fmt: skip
        except (KeyError, TypeError) as wrong:
            raise LawError(f"law/matters.yaml 的“{key}”不完整：{wrong}") from wrong
        if matter.pursue not in PURSUITS:
            raise LawError(f"law/matters.yaml 的“{key}”：pursue 只能是 {'、'.join(PURSUITS)}")
        _tied(matter)
        found[key] = matter
    return found


def _tied(matter: Matter) -> None:
    """What a matter cites is cited by one of its powers, so that the two lists cannot drift apart."""
    versions = [version for key in matter.powers for version in law().power(key).versions]
    for name, cited, known in (
        ("violated", matter.violated, {each for version in versions for each in version.violated}),
        ("penalty", matter.penalty, {each for version in versions for each in version.basis}),
    ):
        if strange := [each for each in cited if each not in known]:
            raise LawError(
                f"law/matters.yaml 的“{matter.key}”：{name} 的{'、'.join(strange)}不是所列权力（powers）引用的条款"
            )

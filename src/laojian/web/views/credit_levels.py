"""How a level of evidence is shown: the word, how long it lasts, and the records that carry it, wherever a grade is shown."""

from datetime import date

from django.urls import reverse

from laojian.credit.contacts import level_of
from laojian.credit.grading import Told
from laojian.credit.levels import Found, kinds, version_on


def level_shown(employer_id: int, on: date) -> dict:
    """What credit/_level.html asks for: the level of one employer with its reasons. Two statements."""
    return told(level_of(employer_id, on), on)


def told(found: Found, on: date) -> dict:
    """A level in words."""
    version = version_on(on)
    lines = [found.level.says]
    lines += [record(fact) for fact in found.carried_by]
    lines += [f"{record(fact)}（{why}）" for fact, why in found.past]
    if found.until:
        lines.append(f"{found.until} 起不再是这一级：记录算满 {version.months} 个月，称号算到失效之日")
    lines.append(f"口径：{version.source}")
    files = [
        {"label": record(fact), "url": reverse("dossier", args=[fact.case])} for fact in found.carried_by if fact.case
    ]
    return {"key": found.level.key, "label": found.level.label, "until": found.until, "lines": lines, "files": files,
            "basis": version.basis}  # fmt: skip


def record(fact: Told) -> str:
    """One record in words."""
    return f"{fact.on} {kinds()[fact.kind].label}"

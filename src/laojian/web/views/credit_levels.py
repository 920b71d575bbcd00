"""How a level of evidence is shown: the word, how long it lasts, and the records that carry it, wherever a grade is shown."""

from collections.abc import Mapping
from datetime import date

from django.urls import reverse

from laojian.credit.contacts import level_of
from laojian.credit.grading import Told
from laojian.credit.levels import Found, kinds, version_on
from laojian.dossier.models import Dossier
from laojian.visits.standing import standing
from laojian.visits.supervision import policy, supervision


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
    cases = [fact.case for fact in found.carried_by]
    open_ = (
        set(Dossier.objects.filter(pk__in=cases).values_list("pk", flat=True)) if cases else set()
    )  # what the viewer may see
    files = [
        {"label": record(fact), "url": reverse("dossier", args=[fact.case])}
        for fact in found.carried_by
        if fact.case in open_
    ]
    return {"key": found.level.key, "label": found.level.label, "until": found.until, "lines": lines, "files": files,
            "basis": version.basis}  # fmt: skip


def record(fact: Told) -> str:
    """One record in words."""
    return f"{fact.on} {kinds()[fact.kind].label}"


def supervised(employer_id: int, options: Mapping, on: date) -> dict | None:
    """What grade and level come to for inspections in a bureau with these options, and what else the grade brings; None without a grade.

    Three statements.
    """
    told_ = standing(employer_id, on)
    row = told_.measure(options, on)
    if row is None:
        return None
    lines = [told_.said, row.says]
    lines += [f"抽查比例 {row.ratio}%"] if row.ratio else []
    lines += [f"计入频次的检查每年最多 {row.times} 次"] if row.times else []
    agreed = policy(options, on)
    lines.append(
        f"本机关的政策：{agreed.document}" if row.policy and agreed else "投诉举报、上级交办的检查不受等级限制"
    )
    brings = [each.label for each in supervision().consequences.get(told_.grade, ())]
    return {"grade": told_.grade, "label": row.label, "lines": lines, "basis": row.basis, "brings": brings}

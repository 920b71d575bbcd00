"""Reads on visits: what an employer has had this year, what lies open for it, and the figures of a bureau."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q

from laojian.lawbook import Set, law
from laojian.procedure.step import Reason

from .models import Visit
from .standing import standing
from .supervision import NEVER


def year_of(on: date) -> tuple[date, date]:
    """First and last day of the calendar year."""
    return date(on.year, 1, 1), date(on.year, 12, 31)


def visits_this_year(employer_ids: Iterable[int], on: date, besides: int = 0) -> list[dict]:
    """The visits of these employers in the calendar year, by every bureau, facts only: cancelled ones are none. One statement."""
    rows = Visit.objects.filter(employer_id__in=list(employer_ids), stands=True, from_on__range=year_of(on)).exclude(
        pk=besides
    )
    names = ("employer_id", "ground", "items", "from_on", "ended_on", "bureau__name", "dossier_id")
    return list(rows.order_by("from_on", "dossier_id").values(*names))


def over_cap(
    employer_ids: Iterable[int], items: Iterable[str], ground: str, on: date, options: Mapping, besides: int = 0
) -> dict[int, Reason]:
    """Which of these employers have had as many visits this year as they may, and why; exempt grounds are never among them.

    `options` are those of the bureau that plans. One statement however many employers, besides what tells of their grade.
    """
    wanted = list(dict.fromkeys(employer_ids))
    had: dict[int, list[dict]] = {key: [] for key in wanted}
    for row in visits_this_year(wanted, on, besides):
        had[row["employer_id"]].append(row)
    found = {key: capped(key, rows, list(items), ground, on, options) for key, rows in had.items()}
    return {key: reason for key, reason in found.items() if reason}


def capped(employer: int, had: list[dict], items: list[str], ground: str, on: date, options: Mapping) -> Reason | None:
    """Why one more visit would be too many: by the item's own number for the grade, else by graded supervision, else by the bureau's
    own for all items."""
    versions = {key: law().item(key).at(on) for key in items}
    caps = {
        key: version.cap
        for key, version in versions.items()
        if version and version.cap and ground not in version.cap.exempt
    }
    if not caps or ground in NEVER:
        return None
    told, own = standing(employer, on), law().local("visits_a_year", options, on)
    row = told.measure(options, on)
    if row and ground in row.exempt:
        text = f"{row.label}：{row.says}"
        return Reason(text, row.basis, "确需检查的，写明理由并由负责人批准；投诉举报、交办的检查不受限制", "cap_reason")
    for key, cap in caps.items():
        counted = [each for each in had if each["ground"] not in cap.exempt]
        times = cap.times.get(told.grade)
        if times is not None:
            counted = [each for each in counted if any(item["item"] == key for item in each["items"])]
        elif row and row.times is not None:
            times = row.times
        elif isinstance(own, Set):
            times = int(own.value)
        if times is not None and len(counted) >= times:
            return too_many(counted, times, on)
    return None


def too_many(counted: list[dict], times: int, on: date) -> Reason:
    """The cap in words, with the newest visit that counts."""
    last = counted[-1]
    newest = f"最近一次：{last['bureau__name']}，{last['from_on']}"
    text = f"该单位{on.year}年已有 {len(counted)} 次计入频次的检查（{newest}），上限为 {times} 次"
    return Reason(text, "gbf54", "确需检查的，写明理由并由负责人批准；投诉举报、交办的检查不受限制", "cap_reason")


def open_visits(employer: int, bureau: int, besides: int = 0) -> list[Visit]:
    """Visits of this bureau to the employer that are planned or under way: one more item could join them."""
    rows = Visit.objects.filter(employer_id=employer, bureau_id=bureau, stands=True, past=False, ended_on=None)
    return list(rows.exclude(pk=besides).order_by("from_on"))


def published(after: tuple[date, int] | None = None, size: int = 30, words: str = "") -> list[Visit]:
    """The visits whose results are public, newest first, after a key (day, id); one more than `size` tells that there are more."""
    rows = Visit.objects.filter(published_on__isnull=False, withdrawn_on=None).order_by("-published_on", "-dossier_id")
    if words:
        rows = rows.filter(Q(published__name__icontains=words) | Q(published__code=words))
    if after:
        rows = rows.filter(Q(published_on__lt=after[0]) | Q(published_on=after[0], dossier_id__lt=after[1]))
    return list(rows[: size + 1])


def by_token(token: str) -> Visit | None:
    """The visit of a code that was typed or scanned; a past one has nothing to be checked."""
    plain = "".join(sign for sign in token.lower() if sign.isalnum())
    return Visit.objects.select_related("bureau").filter(token=plain, past=False).first() if plain else None

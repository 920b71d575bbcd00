"""How an employer stands for the purpose of inspections: its grade and how well that is verified, as far as anybody has told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from laojian.lawbook import law
from laojian.lawbook.inspection import UNKNOWN


@dataclass(frozen=True)
class Standing:
    """A grade with its level of evidence, and in words where both come from. `unknown`: nobody has graded the employer."""

    grade: str
    evidence: str
    said: str


NOBODY = Standing(UNKNOWN, "", "没有等级评价结果，按等级不明办理：比例不减、上限不放宽")
STANDINGS: list[Callable[[int, date], Standing | None]] = []  # filled by the room that grades, in its AppConfig.ready()


def standing(employer_id: int, on: date) -> Standing:
    """The employer's standing on a day; `NOBODY` while no room tells one."""
    return next((told for ask in STANDINGS if (told := ask(employer_id, on))), NOBODY)


@dataclass(frozen=True)
class Ratio:
    """Which share of such employers is to be inspected in a year, in percent (None: nobody has set one), and why."""

    percent: int | None
    why: tuple[str, ...]


def ratio_for(employer_id: int, item: str, on: date) -> Ratio:
    """The suggested ratio of an item for the stratum in which the employer stands; without a grade that of the item."""
    found, version = standing(employer_id, on), law().item(item).version(on)
    told = f"“{law().item(item).label}”建议比例 {version.ratio}%" if version.ratio else "本事项没有建议比例，由计划定"
    return Ratio(version.ratio, (told, found.said))

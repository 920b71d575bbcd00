"""How an employer stands for the purpose of inspections: its grade and how well that is verified, as far as anybody has told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from laojian.lawbook import law
from laojian.lawbook.inspection import UNKNOWN

from .supervision import Measure, measure, policy


@dataclass(frozen=True)
class Standing:
    """A grade with its level of evidence, and in words where both come from. `unknown`: nobody has graded the employer."""

    grade: str
    evidence: str
    said: str
    industry: str = ""

    def measure(self, options: Mapping, on: date) -> Measure | None:
        """What graded supervision asks for such an employer in a bureau with these options."""
        return measure(self.grade, self.evidence, self.industry, options, on)


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


def ratio_for(employer_id: int, item: str, on: date, options: Mapping) -> Ratio:
    """The suggested ratio of an item for the stratum in which the employer stands; without a grade that of the item."""
    found, version = standing(employer_id, on), law().item(item).version(on)
    row = found.measure(options, on)
    told = f"“{law().item(item).label}”建议比例 {version.ratio}%" if version.ratio else "本事项没有建议比例，由计划定"
    if row is None or row.ratio is None:
        return Ratio(version.ratio, (told, found.said))
    agreed = policy(options, on)
    by = f"；按本机关的政策 {agreed.document}" if row.policy and agreed else ""
    return Ratio(row.ratio, (f"{row.label}：{row.says}，比例 {row.ratio}%{by}", found.said))

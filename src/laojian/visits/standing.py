"""How an employer stands for the purpose of inspections: its grade and how well that is verified, as far as anybody has told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from laojian.lawbook.inspection import UNKNOWN

from .supervision import Measure, measure


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

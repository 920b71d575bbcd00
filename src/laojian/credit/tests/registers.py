"""Registers for the tests and the bench: facts by chance, and those from which the national scheme yields the numbers of a real year."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from laojian.credit.grading import Told
from laojian.credit.schemes import grading

YEAR = 2020
GIVEN = {"A": 93_027, "B": 1_050, "C": 110}  # what the city published of 2020
EMPLOYERS = sum(GIVEN.values())
DEALT = ("order", "treatment", "penalty")
GRAVE = ("mass_event", "grave", "refused", "obstructed", "criminal")


def by_chance(rng: Random, employers: int, most: int = 5) -> list[tuple[int, Told]]:
    """Facts of some employers, of every kind, around the end of a year, some fallen, some ended."""
    kinds, start = list(grading()[0]), date(2019, 6, 1)
    rows = []
    for employer in range(1, employers + 1):
        for _ in range(rng.randrange(most + 1) if rng.random() < 0.7 else 0):
            on = start + timedelta(days=rng.randrange(760))
            later = on + timedelta(days=rng.randrange(1, 500))
            rows.append(
                (
                    employer,
                    Told(
                        rng.choice(kinds),
                        on,
                        rng.randrange(1, 9),
                        *rng.choice([(None, None), (later, None), (None, later)]),
                    ),
                )
            )
    return rows


def of_the_year(employers: int = EMPLOYERS) -> Iterator[tuple[int, Told]]:
    """Facts, never grades: dealt with once or twice, three times, gravely; and what must not count (earlier years, fallen decisions).

    With another number of employers every share stays the same, so that growth can be measured.
    """
    rng = Random(2020)
    bad, worse = (round(GIVEN[grade] * employers / EMPLOYERS) for grade in "BC")
    day = lambda: date(YEAR, 1, 1) + timedelta(days=rng.randrange(366))  # noqa: E731
    case = iter(range(1, 10**9))
    for employer in range(1, bad + 1):
        for _ in range(rng.choice((1, 1, 1, 2))):
            one = next(case)
            yield employer, Told("order", day(), one)
            if rng.random() < 0.3:
                yield employer, Told(rng.choice(DEALT[1:]), day(), one)
    for employer in range(bad + 1, bad + worse + 1):
        if employer % 3 == 0:
            for _ in range(rng.choice((3, 3, 4))):
                yield employer, Told(rng.choice(DEALT), day(), next(case))
        else:
            one = next(case)
            yield employer, Told("penalty", day(), one)
            yield employer, Told(GRAVE[employer % len(GRAVE)], day(), one)
    for employer in range(bad + worse + 1, employers + 1):
        chance = rng.random()
        if chance < 0.01:
            yield employer, Told("penalty", date(YEAR - 1, 7, 1) + timedelta(days=rng.randrange(180)), next(case))
        elif chance < 0.012:
            on = day()
            yield (
                employer,
                Told("treatment", on, next(case), None, on + timedelta(days=1) if on < date(YEAR, 12, 30) else on),
            )

"""Whom nobody has examined, and what the random inspections found among such: facts of the register and of untargeted draws alone.

A drawn employer counts where, on the day it was inspected, nobody had examined it and nothing was on record against it: only then
is it one of those of whom the estimate speaks. Targeted draws never count.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from laojian.inspections.figures import Seen, seen
from laojian.inspections.models import Draw
from laojian.visits.supervision import supervision

from .contacts import facts_sql as contacts_sql
from .contacts import register_sql
from .estimate import Stratum
from .grading import Told, grade, statement
from .levels import back, level, version_on
from .models import Grade
from .records import facts_sql, with_records
from .schemes import scheme_on
from .standing import HELD, held_on, histories

CLEAN = "A"
UNEXAMINED = """FROM employers_employer e JOIN ({levels}) l ON l.id = e.id JOIN ({grades}) g ON g.id = e.id
LEFT JOIN ({held}) h ON h.id = e.id
WHERE l.level = %(level)s AND coalesce(h.grade, g.grade) = %(grade)s AND (%(region)s = '' OR e.region = %(region)s)"""


def size_of(workers: int | None) -> str:
    """The key of a size; empty where the register does not tell how many work there."""
    sizes = supervision().sizing.sizes
    return "" if workers is None else next(key for key, _, below in sizes if below is None or workers < below)


def size_case() -> str:
    """The same in SQL, of the column e.workers; the keys are ours."""
    whens = " ".join(
        f"WHEN e.workers < {below} THEN '{key}'" if below else f"ELSE '{key}'"
        for key, _, below in supervision().sizing.sizes
    )
    return f"CASE WHEN e.workers IS NULL THEN '' {whens} END"


def unexamined(region: str, on: date) -> dict[tuple[str, str], int]:
    """How many employers without a record nobody has examined, by industry and size. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT e.industry, {size_case()}, count(*) {body(on)} GROUP BY 1, 2", asked(region, on))
        return {(industry, size): n for industry, size, n in cursor.fetchall()}


def unexamined_of(
    region: str, on: date, key: tuple[str, str], after: int, size: int
) -> list[tuple[int, str, int | None]]:
    """Those of one stratum as (id, name, workers) after an id. One statement."""
    told = asked(region, on) | {"industry": key[0], "size": key[1], "after": after, "most": size}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT e.id, e.name, e.workers {body(on)} AND e.industry = %(industry)s AND {size_case()} = %(size)s"
            " AND e.id > %(after)s ORDER BY e.id LIMIT %(most)s",
            told,
        )
        return cursor.fetchall()


def body(on: date) -> str:
    """What both of them ask of the register: the grade in force, and where nobody has graded yet what the scheme would give."""
    grades = with_records(statement(scheme_on(on), on, "postgres"))
    return UNEXAMINED.format(levels=register_sql(on), grades=grades, held=HELD)


def asked(region: str, on: date) -> dict:
    """The parameters of `body`; an empty region is every one."""
    return {"level": version_on(on).otherwise.key, "grade": CLEAN, "region": region, "on": on,
            "scheme": scheme_on(on).key}  # fmt: skip


@dataclass(frozen=True)
class Tried:
    """A drawn employer that was inspected at random while nobody had examined it."""

    seen: Seen
    key: tuple[str, str]

    @property
    def found(self) -> bool:
        """Whether the inspection found something."""
        return self.seen.found


def tried(region: str, on: date) -> list[Tried]:
    """The inspections that the estimate rests on, of untargeted draws, no older than evidence counts. Eight statements."""
    draws = Draw.objects.filter(task__targeted=False, ending__in=["", "closed"], drawn_at__isnull=False)
    first = back(on, version_on(on).months)
    rows = [
        each
        for each in seen(draws)
        if each.inspected and first < each.visit.ended_on <= on and region in ("", each.row.employer.region)
    ]
    ids = [each.row.employer_id for each in rows]
    contacts, records, graded = facts_by(contacts_sql(), ids), facts_by(facts_sql(only=ids), ids), histories(ids)
    return [
        Tried(each, (each.row.employer.industry, size_of(each.row.employer.workers)))
        for each in rows
        if unknown_then(each, *(told.get(each.row.employer_id, ()) for told in (contacts, records, graded)))
    ]


def unknown_then(each: Seen, contacts: Iterable[Told], records: Iterable[Told], graded: Iterable[Grade]) -> bool:
    """Whether nobody had examined the employer before this inspection, and its grade was that of those without a record."""
    before = each.visit.ended_on - timedelta(days=1)
    others = [fact for fact in contacts if fact.case != each.visit.pk]
    letter = held_on(graded, before) or grade(records, scheme_on(before), before)[0]
    return letter == CLEAN and level(others, before).level == version_on(before).otherwise


def facts_by(sql: str, ids: list[int]) -> dict[int, list[Told]]:
    """Facts of these employers by employer. One statement, none without any."""
    found: dict[int, list[Told]] = {}
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT employer, kind, "on", "case", ended, reversed FROM ({sql}) f WHERE employer = ANY(%s)'
                ' ORDER BY employer, "on", "case", kind',
                [ids],
            )
            for employer, *told in cursor.fetchall():
                found.setdefault(employer, []).append(Told(*told))
    return found


def strata(left: dict[tuple[str, str], int], rows: Iterable[Tried]) -> list[Stratum]:
    """The strata of the register with what was found in each, the largest first; one of which nobody is left stands too."""
    rows = list(rows)
    inspected = Counter(row.key for row in rows)
    found = Counter(row.key for row in rows if row.found)
    keys = sorted({*left, *inspected}, key=lambda key: (-left.get(key, 0), key))
    return [Stratum(key, inspected[key], found[key], left.get(key, 0)) for key in keys]

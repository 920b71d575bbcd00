"""Writers of a grading: pinned, reckoned in one statement, put in force, kept right as the record changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection

from laojian.employers.models import Employer
from laojian.people.models import Bureau
from laojian.procedure.step import Effects, File
from laojian.queue import later

from .forms import named
from .grading import in_force, run_again, statement
from .guards import untold
from .models import Grade, Grading
from .records import everybody, facts_of, with_records
from .schemes import Scheme, digest, minor_counts, of_text, schemes, written

By = Grade.By
STORE = """
INSERT INTO credit_grade (run_id, employer_id, scheme, grade, rule, "by", ended_by)
{graded}"""
SUM = """
SELECT encode(sha256(convert_to(coalesce(string_agg(concat_ws('|', employer_id, grade, rule, since_on, until_on), ',' ORDER BY id), ''),
  'UTF8')), 'hex') FROM credit_grade WHERE run_id = %s"""
COUNTS = "SELECT grade, count(*) FROM credit_grade WHERE run_id = %s AND until_on IS NULL GROUP BY grade"
ENDED = """
UPDATE credit_grade o SET until_on = %(on)s, ended_by = 'run' FROM credit_grade n
WHERE n.run_id = %(run)s AND o.employer_id = n.employer_id AND o.scheme = n.scheme AND o.run_id <> n.run_id
  AND o.since_on IS NOT NULL AND o.until_on IS NULL"""


@dataclass(frozen=True)
class Change:
    """A grade in force that the record no longer bears out, and the one that takes its place."""

    old: Grade
    grade: str
    rule: str
    by: str


def begin(file: File, given: Mapping) -> Effects:
    """The run with its rules word for word; the queue reckons it."""
    bureau = Bureau.objects.get(pk=file.dossier["bureau_id"])
    scheme, text = schemes()[given["scheme"]], written(given["scheme"], minor_counts(bureau.options, given["on"]))
    first, last = scheme.span(given["on"])
    Grading.objects.create(
        dossier_id=file.id, scheme=scheme.key, rules=text, digest=digest(text), on=given["on"], first_on=first, cut_off_on=last,
        region="" if bureau.level == Bureau.Level.CITY else bureau.region,
    )  # fmt: skip
    later("store_grades", run=file.id)
    return Effects(dossier={"title": f"{given['on'].year}年{scheme.label}评价（{first} 至 {last}）"[:200]})


def store(file: File, given: Mapping) -> Effects:
    """Every employer's grade by one statement; not in force yet."""
    run = Grading.objects.get(pk=file.id)
    scheme = of_text(run.rules)
    graded = f"SELECT %s, g.id, %s, g.grade, g.rule, 'run', '' FROM ({statement(scheme, run.on, 'postgres')}) g"
    whom = "WHERE region = %s" if run.region else ""
    Grade.objects.filter(run=run).delete()
    with connection.cursor() as cursor:
        values = [*([run.region] if run.region else []), run.pk, run.scheme]
        cursor.execute(STORE.format(graded=with_records(graded, whom)), values)
    return Effects(given={"counts": summed(file.id)})


def reckon_again(file: File, given: Mapping) -> Effects:
    """The queue reckons once more, on the record as it now is."""
    later("store_grades", run=file.id)
    return Effects()


def summed(run: int) -> dict[str, int]:
    """Write down how many there are of each grade and the digest of all of them; the numbers."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [run])
        counts = dict(cursor.fetchall())
        cursor.execute(SUM, [run])
        (total,) = cursor.fetchone()
    Grading.objects.filter(pk=run).update(counts=counts, sum=total)
    return counts


def approve(file: File, given: Mapping) -> Effects:
    """The run's grades take the place of those in force, for every employer at once."""
    with connection.cursor() as cursor:
        cursor.execute(ENDED, {"run": file.id, "on": file.on})
    Grade.objects.filter(run_id=file.id).update(since_on=file.on, seq=file.seq + 1)
    return Effects(given={"counts": summed(file.id)})


def tell(file: File, given: Mapping) -> Effects:
    """Those who did not know were told on that day."""
    n = untold(file.id).update(told_on=given["on"])
    Grading.objects.filter(pk=file.id).update(told_way=given["way"], told_on=given["on"])
    return Effects(given={"told": n})


def check(file: File, given: Mapping) -> Effects:
    """The queue compares every grade of the run with the record now, not at night."""
    later("adjust_grades", run=file.id)
    return Effects()


def adjust(file: File, given: Mapping) -> Effects:
    """Every grade that the record no longer bears out makes way: lowered by what was concluded, restored where that fell."""
    found = changes(file.id, file.on)
    return Effects(given={"changes": [put(file, each) for each in found]})


def correct(file: File, given: Mapping) -> Effects:
    """One employer's grade after an objection was upheld."""
    run = Grading.objects.get(pk=file.id)
    old = standing(run.pk).get(employer_id=given["employer"])
    grade, rule, _ = in_force(facts_of(old.employer_id), of_text(run.rules), run.on, file.on)
    key = rule.key if rule else ""
    if grade == old.grade and key == old.rule:
        return Effects(given={"changes": []})
    return Effects(given={"changes": [put(file, Change(old, grade, key, By.CORRECTED))]})


def standing(run: int):
    """The grades of a run that are in force."""
    return Grade.objects.filter(run_id=run, since_on__isnull=False, until_on=None)


def changes(run_id: int, on: date) -> list[Change]:
    """What differs between the grades in force of a run and what the record bears out on a day. Three statements."""
    run = Grading.objects.get(pk=run_id)
    scheme = of_text(run.rules)
    first = everybody(scheme, on, run_again(scheme, run.on, on), run.region)
    since = everybody(scheme, on, scheme.since(run.on, on), run.region)
    rows = standing(run_id).only("id", "employer_id", "grade", "rule", "run_id", "scheme")
    return list(differing(rows.iterator(), first, since, scheme))


def differing(rows: Iterable[Grade], first: Mapping, since: Mapping, scheme: Scheme) -> Iterable[Change]:
    """Those whose grade is another one than the worse of what the run's records and those since give."""
    rank = scheme.order.index
    for old in rows:
        here, there = first.get(old.employer_id), since.get(old.employer_id)
        if here is None or there is None:
            continue
        grade, rule = there if rank(there[0]) > rank(here[0]) else here
        if grade != old.grade:
            yield Change(old, grade, rule, By.DOWNGRADE if rank(grade) > rank(old.grade) else By.RESTORED)


def put(file: File, change: Change) -> dict:
    """The old grade ends, the new one is in force; told as the record keeps it."""
    old = change.old
    Grade.objects.filter(pk=old.pk).update(until_on=file.on, ended_by=change.by)
    Grade.objects.create(
        run_id=old.run_id, employer_id=old.employer_id, scheme=old.scheme, grade=change.grade, rule=change.rule, by=change.by,
        seq=file.seq + 1, since_on=file.on,
    )  # fmt: skip
    summed(file.id)
    return {"employer": old.employer_id, "from": old.grade, "to": change.grade, "rule": change.rule, "by": change.by}


def notice(file: File, given: Mapping) -> Effects:
    """Whom the notice that the step drafts is for."""
    employer: Employer = named(given["code"])
    return Effects(given={"employer": employer.pk})


def drop(file: File, given: Mapping) -> Effects:
    """What was never in force is given up with its run."""
    Grade.objects.filter(run_id=file.id).delete()
    return Effects(dossier={"ended_on": file.on, "open": False})


def close(file: File, given: Mapping) -> Effects:
    """The run is over; its grades stay as history."""
    return Effects(dossier={"ended_on": file.on, "open": False})


ACTIONS = {
    "begin_grading": begin, "store_grades": store, "reckon_again": reckon_again, "approve_grades": approve,
    "tell_employers": tell, "check_grades": check, "adjust_grades": adjust, "correct_grade": correct,
    "draft_grade_notice": notice, "drop_grading": drop, "close_grading": close,
}  # fmt: skip

"""What the queue does for grades: it reckons a run, and compares every night what is in force with the record."""

from datetime import UTC, datetime

from django.db import connection
from django.utils.timezone import now

from laojian.dossier.models import Dossier
from laojian.people.acting import acting
from laojian.people.models import Officer
from laojian.procedure.step import File, local
from laojian.procedure.take import carry
from laojian.queue import periodic, task

from .actions import changes
from .trials import reckon


def moved(run: int, verb: str, at: datetime, given: dict | None = None) -> File:
    """A step on a run that no officer takes."""
    clock = Officer.objects.get(username="clock", system=True).pk
    with acting(clock):
        return carry(run, verb, by_id=clock, at=at, given=given or {}, within=True)


@task(name="store_grades", retry=3)
def store_grades(run: int) -> None:
    """Reckon a run that waits for it; one that was given up meanwhile is left alone."""
    if state_of(run) == "reckoning":
        moved(run, "store_grades", now())


@task(name="adjust_grades", retry=3)
def adjust_grades(run: int) -> None:
    """Compare one run's grades in force with the record; without a difference nothing is written."""
    adjusted(run, now())


@task(name="correct_grade", retry=3)
def correct_grade(run: int, employer: int, objection: int) -> None:
    """Correct a grade that another bureau gave, after an objection was upheld here."""
    moved(run, "correct_grade", now(), {"employer": employer, "objection": objection})


@periodic(cron="25 16 * * *")  # after the night's work on deadlines
@task(name="grades_at_night", queueing_lock="grades_at_night")
def grades_at_night(timestamp: int) -> None:
    """Lower at once what a concluded finding lowers, restore what fell (动态调整)."""
    clock = Officer.objects.get(username="clock", system=True).pk
    with acting(clock):
        runs = list(Dossier.objects.filter(flow="grading", state="grades_in_force").values_list("id", flat=True))
    for run in runs:
        adjusted(run, datetime.now(UTC))


@task(name="try_rules")
def try_rules(trial: int) -> None:
    """Reckon a trial."""
    reckon(trial)


def adjusted(run: int, at: datetime) -> None:
    """The step, where there is something to change."""
    clock = Officer.objects.get(username="clock", system=True).pk
    with acting(clock):
        found = bool(changes(run, local(at).date()))
    if found:
        moved(run, "adjust_grades", at)


def state_of(run: int) -> str:
    """Where a run stands; empty when it is gone."""
    with acting(Officer.objects.get(username="clock", system=True).pk), connection.cursor() as cursor:
        cursor.execute("SELECT state FROM dossier_dossier WHERE id = %s", [run])
        found = cursor.fetchone()
        return found[0] if found else ""

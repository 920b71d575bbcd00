"""What the estimate rests on: untargeted draws of those whom nobody had examined; never targeted ones, never other visits."""

from datetime import date

import pytest
from django.db import connection
from tests.visiting import VisitStory, firm
from tests.world import at

from laojian.credit.models import Grade
from laojian.credit.sample import strata, tried, unexamined, unexamined_of
from laojian.credit.schemes import scheme_on
from laojian.credit.standing import HELD, grades_of
from laojian.employers.models import Employer
from laojian.inspections.models import Drawn, Task
from laojian.inspections.sending import send_all
from laojian.inspections.tests.test_sending import SENT, finished, sent
from laojian.people.acting import acting
from laojian.procedure.take import open_file
from laojian.visits.models import Visit, VisitResult

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 1)


@pytest.fixture
def drawn(world):
    """Five employers were drawn and inspected; one had a problem."""
    Employer.objects.update(industry="建筑业", workers=30)
    file = sent(world)
    send_all(file.id, world.wang, SENT)
    finished(world, file)
    VisitResult.objects.filter(pk=VisitResult.objects.order_by("pk").first().pk).update(code="correction_ordered")
    Employer.objects.update(industry="建筑业", workers=30)
    return file


def rows(world, region="", on=DAY):
    with acting(world.wang.pk):
        return tried(region, on), unexamined(region, on)


def test_the_sample_is_what_was_drawn_and_the_rest_of_the_register_is_what_it_speaks_of(world, drawn):
    found, left = rows(world)
    assert (len(found), sum(row.found for row in found)) == (5, 1)
    assert sum(left.values()) == Employer.objects.count() - 5
    (row,) = strata(left, found)
    assert row.key == ("建筑业", "medium") and (row.inspected, row.found, row.left) == (5, 1, sum(left.values()))
    with acting(world.wang.pk):
        names = unexamined_of("", DAY, row.key, 0, 3)
        assert len(names) == 3 and unexamined_of("", DAY, row.key, names[-1][0], 1)[0][0] > names[-1][0]
    assert rows(world, "别处")[0] == [] and rows(world, "别处")[1] == {}


def test_targeted_draws_and_undrawn_visits_are_never_in_the_sample(world, drawn):
    VisitStory(world, firm(61)).ended()
    assert len(rows(world)[0]) == 5
    Task.objects.update(targeted=True)
    assert rows(world)[0] == []


def test_who_had_been_examined_before_is_not_one_of_those_of_whom_the_estimate_speaks(world, drawn):
    one = Drawn.objects.exclude(visit=None).order_by("pk").first()
    before = VisitStory(world, one.employer)
    before.ended()
    assert Visit.objects.get(pk=before.file.id).ended_on < date(2026, 6, 10)
    assert one.employer_id not in {row.seen.row.employer_id for row in rows(world)[0]}


def test_what_is_too_old_to_count_as_evidence_is_no_sample_either(world, drawn):
    assert len(rows(world, on=date(2028, 6, 9))[0]) == 5 and rows(world, on=date(2028, 6, 10))[0] == []


def graded(world, employer, letter, since_on, until_on=None, scheme="national"):
    file = open_file(
        "grading", "begin_grading", by=world.wang, at=at("2026-07-01"), given={"scheme": scheme, "on": since_on}
    )
    return Grade.objects.create(
        run_id=file.id, employer=employer, scheme=scheme, grade=letter, since_on=since_on, until_on=until_on
    )


def test_the_grade_in_force_is_asked_and_only_where_there_is_none_the_rules(world, drawn):
    one = Drawn.objects.exclude(visit=None).order_by("pk").first()
    left = sum(rows(world)[1].values())
    other = Employer.objects.exclude(pk__in=Drawn.objects.values("employer")).first()
    graded(world, other, "C", date(2026, 1, 5))
    assert sum(rows(world)[1].values()) == left - 1  # nothing on record, and yet C in force
    graded(world, other, "A", date(2026, 1, 6), scheme="tianjin")
    assert sum(rows(world)[1].values()) == left  # by the scheme of the day
    graded(world, one.employer, "B", date(2026, 1, 5), date(2026, 6, 30))
    assert one.employer_id not in {
        row.seen.row.employer_id for row in rows(world)[0]
    }  # B on the day before its inspection


def test_the_grade_in_force_of_one_and_of_the_whole_register_agree(world):
    firms = [firm(n) for n in (70, 71, 72)]
    for n, (letter, scheme, first, last) in enumerate(
        [
            ("A", "national", 1, None),
            ("B", "tianjin", 3, 9),
            ("C", "tianjin", 4, None),
            ("A", "national", 4, 8),
            ("B", "tianjin", 8, None),
        ]
    ):
        graded(world, firms[n // 2], letter, date(2026, 5, first), last and date(2026, 5, last), scheme)
    ids = list(Employer.objects.values_list("pk", flat=True))
    for day in range(1, 12):
        on = date(2026, 5, day)
        with connection.cursor() as cursor:
            cursor.execute(HELD, {"on": on, "scheme": scheme_on(on).key})
            assert dict(cursor.fetchall()) == grades_of(ids, on)
    assert grades_of(ids, on)

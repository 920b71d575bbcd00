"""The demo's world: who is there, that every state has its file, and that each got there by its steps."""

from collections import Counter
from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from laojian.cases.models import Payment, Worker
from laojian.cases.states import STATES
from laojian.cases.summary import STATES as SPOTS
from laojian.clocks.models import Deadline
from laojian.credit.contacts import register_sql
from laojian.credit.sample import tried
from laojian.dossier.models import Dossier
from laojian.employers.identifiers import check_credit_code
from laojian.employers.models import Employer, Site, Subcontract
from laojian.evidence.models import Evidence
from laojian.intake.models import Informant, Source
from laojian.papers.models import Paper
from laojian.people.acting import acting
from laojian.people.models import Certificate, Officer, Role
from laojian.procedure.take import FLOWS
from laojian.record.models import Entry
from laojian.visits.flow import STATES as VISITS
from laojian.web.demo import accounts
from laojian.web.demo.people import PASSWORD
from laojian.web.demo.plans import ON_SPOT, PLANS
from laojian.web.demo.world import load

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
PASSING = {"plan_returned", "written_received", "visit_past"}  # no visit of the demo stops there


def test_the_world_is_whole():
    made = load(TODAY)
    assert made["dossiers"] > len(PLANS) + len(ON_SPOT) + 2
    people_are_there()
    employers_are_there()
    with acting(Officer.objects.get(username="clock").pk):
        every_state_has_a_file()
        files_came_by_their_steps()
        some_are_late_and_some_provisional()
        files_hold_what_cases_hold()
        levels_are_told()
    nothing_happens_after_today()
    with pytest.raises(CommandError, match="空库"):
        call_command("demo_world")


def people_are_there() -> None:
    certified = Certificate.objects.filter(kind="enforcement", officer__bureau__short="宝人社监", valid_to__gte=TODAY)
    assert certified.values("officer").distinct().count() == 6
    held = set(Officer.objects.filter(posts__isnull=False).values_list("posts__role", flat=True))
    assert held == {role.value for role in Role}
    for _, username, password in accounts():
        assert password == PASSWORD and Officer.objects.get(username=username).check_password(password)


def employers_are_there() -> None:
    rows = list(Employer.objects.all())
    assert len(rows) == 2000
    assert all("示例" in row.name and not check_credit_code(row.credit_code).errors for row in rows)
    assert len({row.name for row in rows}) == len({row.credit_code for row in rows}) == 2000
    assert Site.objects.count() == 12 and Subcontract.objects.count() == 24


def levels_are_told() -> None:
    """Levels from E0 to E4, and a sample from which something can be estimated."""
    with connection.cursor() as cursor:
        cursor.execute(register_sql(TODAY))
        counted = Counter(level for _, level in cursor.fetchall())
    assert {"E0", "E1", "E2", "E3", "E4"} <= set(counted) and counted["E0"] > 1900
    rows = tried("", TODAY)
    assert len(rows) >= 5 and 0 < sum(row.found for row in rows) < len(rows)


def every_state_has_a_file() -> None:
    for flow, states in (("general", STATES), ("summary", SPOTS), ("visit", VISITS)):
        stand = set(Dossier.objects.filter(flow=flow).values_list("state", flat=True))
        assert {state.key for state in states} - stand == (
            {"plan_returned", "written_received", "visit_past"} if flow == "visit" else set()
        )


def files_came_by_their_steps() -> None:
    """The entries of each file are numbered without gap, and the last one's state is where it stands."""
    for dossier in Dossier.objects.all():
        entries = list(Entry.objects.filter(dossier_id=dossier.pk, kind="step").order_by("seq"))
        assert [entry.seq for entry in entries] == list(range(1, dossier.seq + 1))
        assert (
            entries[0].verb == next(step.verb for step in FLOWS[dossier.flow].steps if "" in step.sources)
            and entries[-1].to_state == dossier.state
        )


def some_are_late_and_some_provisional() -> None:
    overdue = Dossier.objects.filter(open=True, due_on__lt=TODAY)
    assert {"accept", "file", "conclude", "decide", "serve_penalty"} <= set(overdue.values_list("due_clock", flat=True))
    assert overdue.count() < Dossier.objects.filter(open=True).count() / 3
    assert Deadline.objects.filter(key="investigate", ending="", provisional=True, due_on__year=2027).count() >= 5


def files_hold_what_cases_hold() -> None:
    kinds = Counter(Source.objects.values_list("kind", flat=True))
    assert kinds["complaint"] > 20 and len(kinds) > 5
    assert Source.objects.filter(sealed=True).exists() and Source.objects.exclude(withdrawn_on=None).exists()
    assert not Informant.objects.exists()  # the clock is none of their readers
    assert Worker.objects.count() > 100 and Payment.objects.filter(payer__role__in=("liable", "payer")).exists()
    assert Evidence.objects.exclude(file=None).exists()
    archived = Paper.objects.filter(dossier__state="archived", voided="")
    assert archived.exists() and not archived.filter(issued_on=None).exists()
    assert not archived.filter(code="penalty_decision", services=None).exists()


def nothing_happens_after_today() -> None:
    assert not Entry.objects.filter(at__date__gt=TODAY).exists()

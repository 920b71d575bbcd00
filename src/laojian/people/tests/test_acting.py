"""In whose name the database is asked: outside `acting` a guarded table is not asked at all, and the name ends with the transaction."""

import threading

import pytest
from django.db import connection
from django.db.transaction import TransactionManagementError

from laojian.dossier.models import Desk, Dossier
from laojian.intake.models import Informant
from laojian.people.acting import GUARDED, NotActing, acting
from laojian.people.models import Officer
from laojian.procedure.tests.carried import registered

pytestmark = pytest.mark.django_db
for_real = pytest.mark.django_db(transaction=True)


def name_told() -> str:
    """In whose name the database believes to be asked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('app.user', true), '')")
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    "ask",
    [
        lambda: Dossier.objects.count(),
        lambda: list(Dossier.objects.filter(state="closed")),
        lambda: Dossier.objects.update(title="改过"),
        lambda: Dossier.objects.all().delete(),
        lambda: list(Desk.objects.select_related("dossier")),
        lambda: list(Desk.objects.filter(dossier__state="closed")),
        lambda: Informant.objects.count(),
    ],
)
def test_outside_acting_a_guarded_table_is_not_asked(ask):
    with pytest.raises(NotActing):
        ask()


def test_what_is_not_guarded_can_be_asked_without_a_name():
    assert Officer.objects.filter(username="nobody").count() == 0


def test_every_table_whose_rows_depend_on_the_name_is_guarded():
    """Under row security an unnamed question is answered with nothing, silently: whoever adds such a table guards it too.

    Of evidence only the sealed pieces are hidden; the rest is shown to whoever asks.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT '\"' || relname || '\"' FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace"
        )
        assert {row[0] for row in cursor.fetchall()} == {*GUARDED, '"evidence_evidence"'}


@for_real
def test_without_a_name_the_database_itself_shows_nothing(world):
    registered(world, "2026-01-05")
    with connection.cursor() as cursor:  # raw, so that the guard by name does not see it
        cursor.execute("SELECT count(*) FROM dossier_dossier")
        assert cursor.fetchone() == (0,)


@for_real
def test_the_name_ends_with_the_transaction(world):
    with acting(world.zhou.pk):
        assert name_told() == str(world.zhou.pk)
    assert name_told() == ""
    with pytest.raises(ZeroDivisionError), acting(world.zhou.pk):
        raise ZeroDivisionError
    assert name_told() == ""
    with pytest.raises(NotActing):
        Dossier.objects.count()


@for_real
def test_nobody_acts_within_somebody_else(world):
    with acting(world.zhou.pk), pytest.raises((RuntimeError, TransactionManagementError)), acting(world.wang.pk):
        pass


@for_real
def test_a_name_holds_for_its_own_thread_only(world):
    registered(world, "2026-01-05")
    heard = []

    def ask():
        try:
            heard.append(Dossier.objects.count())
        except NotActing:
            heard.append("not acting")
        finally:
            connection.close()

    with acting(world.zhou.pk):
        assert Dossier.objects.count() == 1
        other = threading.Thread(target=ask)
        other.start()
        other.join(10)
    assert heard == ["not acting"]


def test_a_deactivated_officer_sees_nothing(world):
    file = registered(world, "2026-01-05")
    world.zhou.is_active = False
    world.zhou.save()
    with acting(world.zhou.pk):
        assert not Dossier.objects.filter(pk=file.id).exists()
    with acting(world.wang.pk):
        assert Dossier.objects.filter(pk=file.id).exists()

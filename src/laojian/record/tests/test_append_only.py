"""The record only grows: the database refuses every way to change it, to the application by grant and to its owner by trigger."""

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from tests.world import at

from laojian.record.actions import write
from laojian.record.models import Entry

CHANGES = {
    "update": "UPDATE record_entry SET label = '改过'",
    "delete": "DELETE FROM record_entry",
    "truncate": "TRUNCATE record_entry",
    "upsert": "INSERT INTO record_entry SELECT * FROM record_entry ON CONFLICT (id) DO UPDATE SET label = '改过'",
    "merge": "MERGE INTO record_entry e USING (SELECT 1) one ON true WHEN MATCHED THEN DELETE",
    "disable the trigger": "ALTER TABLE record_entry DISABLE TRIGGER USER",
    "drop the trigger": "DROP TRIGGER record_append_only ON record_entry",
    "replace the function": "CREATE OR REPLACE FUNCTION record_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
    "drop": "DROP TABLE record_entry",
    "replicate": "SET session_replication_role = replica",
    "become the owner": "SET ROLE laojian_owner",
}


def entry():
    """Any entry."""
    return write(
        kind="deed",
        verb="try",
        label="试记",
        at=at("2026-01-05"),
        actor_id=1,
        actor_name="示例人员",
        actor_post="示例局 审计",
    )


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_the_application_cannot_change_the_record(change):
    kept = entry()
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
        cursor.execute(
            "SELECT 1 / (SELECT count(*) FROM pg_class WHERE false)"
        )  # were nothing refused, this is another error
    assert list(Entry.objects.values_list("pk", "label")) == [(kept.pk, "试记")]


@pytest.mark.django_db
def test_the_models_own_ways_are_refused_too():
    kept = entry()
    kept.label = "改过"
    for change in (kept.save, kept.delete, Entry.objects.all().delete, lambda: Entry.objects.update(label="改过")):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change()


@pytest.mark.django_db(transaction=True)
def test_not_even_the_owner_changes_a_row_in_passing(postgres):
    entry()
    with postgres.connect(connection.settings_dict["NAME"], autocommit=True) as owner:
        for name in ("update", "delete", "truncate", "merge"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="只增不改"):
                owner.execute(CHANGES[name])
        assert owner.execute("SELECT label FROM record_entry").fetchall() == [("试记",)]


@pytest.mark.django_db
def test_the_application_may_only_read_and_add():
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT UPDATE ON record_entry TO {settings.APP_ROLE}")  # only warned of, and of no effect
        cursor.execute(
            "SELECT privilege FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) privilege"
            " WHERE has_table_privilege('record_entry', privilege)"
        )
        assert {row[0] for row in cursor.fetchall()} <= {"SELECT", "INSERT", "REFERENCES"}
        cursor.execute("SELECT count(*) FROM pg_attribute WHERE attrelid = 'record_entry'::regclass AND attnum > 0"
                       " AND has_column_privilege('record_entry', attname, 'UPDATE')")  # fmt: skip
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_the_application_is_neither_owner_nor_superuser_nor_above_row_security():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, session_user, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
            " FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (settings.APP_ROLE, settings.APP_ROLE, False, False, False, False, False)
        cursor.execute(
            "SELECT relname FROM pg_class WHERE pg_has_role(relowner, 'MEMBER') AND relnamespace = 'public'::regnamespace"
        )
        assert cursor.fetchall() == []
        cursor.execute("SELECT rolname FROM pg_roles WHERE pg_has_role(oid, 'MEMBER') AND rolname <> current_user")
        assert cursor.fetchall() == []
        cursor.execute(
            "SELECT has_schema_privilege('public', 'CREATE'), has_database_privilege(current_database(), 'CREATE')"
        )
        assert cursor.fetchone() == (False, False)

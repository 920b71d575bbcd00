"""The frame holds: two roles, limits of a login, nothing served unsafely."""

import pytest
from django.conf import settings
from django.db import connection


@pytest.fixture
def role(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole"
            " FROM pg_roles WHERE rolname = current_user"
        )
        return cursor.fetchone()


def test_the_application_is_neither_superuser_nor_above_the_row_policies(role):
    assert role == (settings.APP_ROLE, False, False, False, False)


@pytest.mark.django_db
def test_the_application_owns_no_table():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE tableowner = current_user)"
            " FROM pg_tables WHERE schemaname = 'public'"
        )
        tables, owned = cursor.fetchone()
    assert tables > 20
    assert owned == 0

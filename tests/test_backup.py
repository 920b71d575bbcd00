"""A backup restored as docs/deploy.md says is the same database, and the record in it is as closed as it was."""

import subprocess
from contextlib import closing
from urllib.parse import urlencode

import pytest
from django.db import connection

from laojian import cluster

GRANTS = (
    "SELECT relname, relacl::text, relrowsecurity FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1"
)
POLICIES = "SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies ORDER BY 1, 2"
TRIGGERS = (
    "SELECT tgrelid::regclass::text, tgname, tgtype, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2"
)


def url(login: dict, name: str) -> str:
    """The address of a database of this server for one of the two roles."""
    query = {"host": login["HOST"], "port": login["PORT"], "password": login["PASSWORD"]}
    return f"postgresql://{login['USER']}@/{name}?{urlencode({key: value for key, value in query.items() if value})}"


def laws_of(postgres, name: str) -> list:
    with closing(postgres.connect(name)) as owner:
        return [owner.execute(question).fetchall() for question in (GRANTS, POLICIES, TRIGGERS)]


@pytest.fixture
def restored(postgres, django_db_setup, tmp_path):
    """The name of a database restored from a dump of this worker's."""
    original = connection.settings_dict["NAME"]
    copy = f"{original}_restored"
    programs = next(cluster.installed())
    dump = tmp_path / "laojian.dump"
    with closing(postgres.connect("postgres", autocommit=True)) as server:
        cluster.create_database(server, copy, postgres.owner["USER"])
        try:
            command = [programs / "pg_dump", "--format=custom", f"--file={dump}", url(postgres.owner, original)]
            subprocess.run(command, check=True)
            command = [
                programs / "pg_restore",
                "--no-owner",
                "--exit-on-error",
                f"--dbname={url(postgres.owner, copy)}",
                dump,
            ]
            subprocess.run(command, check=True)
            yield copy
        finally:
            server.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')


def test_a_restored_backup_withholds_what_the_original_withheld(restored, postgres):
    assert laws_of(postgres, restored) == laws_of(postgres, connection.settings_dict["NAME"])

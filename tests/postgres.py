"""A real PostgreSQL under the tests: the owner migrates a template once, each worker runs on a copy as the application.

The template is kept between runs under a name made from all migrations; `--create-db` builds it anew.
"""

import hashlib
import os
from contextlib import closing, contextmanager
from pathlib import Path

import django
import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from psycopg import sql

from laojian import cluster
from laojian import settings as frame

ROOT = Path(__file__).resolve().parents[1]
ONE_AT_A_TIME = 7320265  # advisory lock: only one worker builds or copies the template
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's synchronous interface runs inside an event loop


class Server:
    """The PostgreSQL of this run: the given one, or a cluster of its own that forgets at a power cut."""

    def __init__(self, owner_url: str, app_url: str):
        self.owner, self.app = frame.database(owner_url), frame.database(app_url)

    def connect(self, database: str, **options) -> psycopg.Connection:
        """A connection of the owner, outside Django."""
        at = self.owner
        login = {"user": at["USER"], "password": at["PASSWORD"], "host": at["HOST"], "port": at["PORT"]}
        return psycopg.connect(dbname=database, **{k: v for k, v in login.items() if v}, **at["OPTIONS"], **options)


@pytest.fixture(scope="session")
def postgres():
    """The server, with both roles on it."""
    if given := os.environ.get("DATABASE_URL"):
        owner = os.environ["DATABASE_OWNER_URL"]
        yield Server(owner, given)
        return
    with cluster.Cluster(cluster.home() / "test-pg", cluster.FOR_TESTS) as ours:
        yield Server(ours.url(cluster.OWNER), ours.url(cluster.APP))


@pytest.fixture(scope="session")
def django_db_setup(postgres, django_db_blocker, request):
    """A database for this worker, copied from the migrated template and removed at the end."""
    name = f"run_{os.getpid()}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    template = f"template_{fingerprint()}"
    if request.config.option.create_db:
        template += f"_{os.environ.get('PYTEST_XDIST_TESTRUNUID', os.getpid())}"
    with closing(postgres.connect(postgres.owner["NAME"], autocommit=True)) as owner:
        owner.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        remove_leftovers(owner, template)
        if not exists(owner, template):
            with django_db_blocker.unblock():
                build(owner, postgres, template)
        owner.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        owner.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])
        connection.settings_dict.update(postgres.app | {"NAME": name})
        with flush_as_owner(postgres, name):
            yield
        with django_db_blocker.unblock():
            connection.close()
        owner.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def exists(owner: psycopg.Connection, name: str) -> bool:
    return bool(owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone())


def build(owner: psycopg.Connection, postgres: Server, template: str) -> None:
    """Migrate a new database as its owner; it takes its name only when it is whole."""
    half = f"half_{template}"
    owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(half)))
    cluster.create_database(owner, half, postgres.owner["USER"])
    with closing(postgres.connect(half, autocommit=True)) as inside:
        cluster.grant_by_default(inside, postgres.owner["USER"], postgres.app["USER"], half)
    connection.settings_dict.update(postgres.owner | {"NAME": half})
    settings.DATABASE_OWNER = postgres.owner
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()
    owner.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(half), sql.Identifier(template)))


def remove_leftovers(owner: psycopg.Connection, template: str) -> None:
    """Drop templates of other migrations and the databases of runs that were killed."""
    unused = (
        "SELECT datname FROM pg_database WHERE datname ~ '^(run|template|half_template)_[0-9a-f]+'"
        " AND datname NOT IN (SELECT datname FROM pg_stat_activity WHERE datname IS NOT NULL)"
    )
    for (name,) in owner.execute(unused).fetchall():
        running = name.startswith("run_") and Path("/proc", name.split("_")[1]).exists()
        if name != template and not running:
            owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def fingerprint() -> str:
    """A name for the state of all migrations."""
    told = hashlib.sha256(django.__version__.encode())
    source = ROOT / "src/laojian"
    for path in sorted([*source.glob("*/migrations/*.py"), *source.rglob("*.sql"), ROOT / "requirements.lock"]):
        told.update(path.read_bytes())
    return told.hexdigest()[:12]


@contextmanager
def flush_as_owner(postgres: Server, name: str):
    """Within the block a transactional test ends by the owner's restoring: the application may not truncate."""
    with postgres.connect(name) as owner:
        migrated = Rows(owner)

    def teardown(_):
        with postgres.connect(name) as owner:
            migrated.restore(owner)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


class Rows:
    """What migrations put into the tables, and how far the sequences had come."""

    def __init__(self, owner: psycopg.Connection):
        rows = owner.execute(
            "SELECT oid::regclass::text FROM pg_class"
            " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY 1"
        )
        self.tables = [name for (name,) in rows]
        self.filled = {name: content for name in self.tables if (content := copied(owner, name))}
        self.sequences = owner.execute(
            "SELECT format('%I.%I', schemaname, sequencename), last_value FROM pg_sequences WHERE last_value > 0"
        ).fetchall()

    def restore(self, owner: psycopg.Connection) -> None:
        """Bring all tables back, with the guards of the record and of every filled table off for this transaction."""
        owner.execute("SET LOCAL lock_timeout = '20s'")
        guarded = owner.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
            " AND (tgtype & 32 <> 0 OR tgrelid::regclass::text = ANY(%s))",
            [list(self.filled)],
        ).fetchall()
        for (name,) in guarded:
            owner.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        owner.execute(f"TRUNCATE {', '.join(self.tables)} RESTART IDENTITY")
        for name, content in self.filled.items():
            with owner.cursor().copy(f"COPY {name} FROM STDIN") as into:
                into.write(content)
        for name, value in self.sequences:
            owner.execute("SELECT setval(%s, %s)", [name, value])
        # A table with a check of its rows still to come cannot be altered: the checks come first.
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for (name,) in guarded:
            owner.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")


def copied(owner: psycopg.Connection, table: str) -> bytes:
    with owner.cursor().copy(f"COPY {table} TO STDOUT") as out:
        return b"".join(bytes(block) for block in out)

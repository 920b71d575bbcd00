"""The ground that every benchmark stands on: Django set up, a database of its own, and how a result is told.

A server given by DATABASE_URL and DATABASE_OWNER_URL is used; else one of our own in var/bench-pg with the everyday
settings, where a commit waits for the disk.
"""

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import django
import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql

from laojian import cluster

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the tests' cast acts here too
os.environ["DJANGO_SETTINGS_MODULE"] = "ground.with_admin"
django.setup()
frame = import_module("laojian.settings")  # read only now: its settings are by environment, which `with_admin` prepares

PREFIX = os.environ.get("LAOJIAN_BENCH", "bench")  # of the names of databases, so that two runs can stand on one server
ROOMY = cluster.EVERYDAY | {"shared_buffers": "512MB", "max_wal_size": "4GB", "maintenance_work_mem": "512MB"}


@contextmanager
def server() -> Iterator[tuple[str, str]]:
    """URLs of the owner and of the application's role on a running server."""
    if given := os.environ.get("DATABASE_URL"):
        yield os.environ["DATABASE_OWNER_URL"], given
        return
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # a terminated run stops its server too
    with cluster.Cluster(cluster.home() / "bench-pg", ROOMY) as ours:
        admin, owner, app = ours.url("postgres", "postgres"), ours.url(cluster.OWNER), ours.url(cluster.APP)
        cluster.prepare(admin, owner, app)
        yield owner, app


def named(url: str, name: str) -> str:
    """The URL of another database of the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def loaded(owner_url: str, name: str) -> str:
    """What `mark` said of a database of this name; empty when there is none or it was not completely loaded."""
    with closing(psycopg.connect(owner_url, autocommit=True)) as owner:
        found = owner.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        return (found and found[0]) or ""


def mark(owner_url: str, name: str, what: str) -> None:
    """Say of a database that it is completely loaded, and with what."""
    with closing(psycopg.connect(owner_url, autocommit=True)) as owner:
        owner.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(what)))


def make(owner_url: str, app_url: str, name: str) -> None:
    """An empty database of this name, whatever was there before."""
    remove(owner_url, name)
    owner, app = urlsplit(owner_url).username, urlsplit(app_url).username
    with closing(psycopg.connect(owner_url, autocommit=True)) as admin:
        cluster.create_database(admin, name, owner)
    with closing(psycopg.connect(named(owner_url, name), autocommit=True)) as inside:
        cluster.grant_by_default(inside, owner, app, name)


def remove(owner_url: str, name: str) -> None:
    """Drop a database of the benchmarks."""
    connections.close_all()
    with closing(psycopg.connect(owner_url, autocommit=True)) as owner:
        owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def turn_to(app_url: str, name: str) -> str:
    """Let Django work in this database as the application's role. Returns the role's URL of it."""
    connections.close_all()
    connection.settings_dict.update(frame.database(named(app_url, name)))
    return named(app_url, name)


def enter(owner_url: str, app_url: str, name: str) -> str:
    """`turn_to`, with every migration applied."""
    settings.DATABASE_OWNER = frame.database(named(owner_url, name))
    url = turn_to(app_url, name)
    call_command("migrate", verbosity=0, interactive=False)
    return url


def tell(name: str, n: int, ours: float, yardstick: float, unit: str, **more) -> None:
    """Print the result as the last line: one JSON object; `ratio` is ours divided by the yardstick."""
    figures = {
        "ours": round(ours, 3),
        "yardstick": round(yardstick, 3),
        "unit": unit,
        "ratio": round(ours / yardstick, 3),
    }
    print(json.dumps({"name": name, "n": n, **figures, **more}, ensure_ascii=False), flush=True)

"""`laojian demo`: an invented city, served on this machine alone; when it ends, all that it started has ended."""

import os
import subprocess
import sys
from importlib import import_module, util

import psycopg
from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from psycopg import sql

from laojian import cluster
from laojian.people.models import Officer
from laojian.web.serving import FIRST_PORT, Server, end_with_parent, free_port

LOADING = "the demo's world is being loaded"


class Command(BaseCommand):
    help = "Serves an invented city on 127.0.0.1. Ctrl-C stops everything it started; the next start keeps the data."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=FIRST_PORT, help="tried first; else the next free one")

    def handle(self, *args, port, **options):
        if not settings.DEMO:
            raise CommandError("The demo's accounts have well-known passwords: it runs with LAOJIAN_DEMO=1 only.")
        call_command("migrate", verbosity=0, interactive=False)
        if "demo_world" in get_commands():
            self.make_world()
        call_command("collectstatic", verbosity=0, interactive=False)
        port = free_port(port)
        connections.close_all()
        Server(port, greeting=self.greeting(port)).run()

    def make_world(self) -> None:
        """Load the world into an empty database, or a new one where an earlier loading was cut off."""
        if remark() == LOADING:
            self.stdout.write("An earlier loading of the demo was cut off; starting it over.")
            start_over()
            call_command("migrate", verbosity=0, interactive=False)
        elif Officer.objects.filter(system=False).exists():
            return
        make_remark(LOADING)
        self.stdout.write("Loading the invented world (first start only) ...")
        self.stdout.flush()
        # In a process of its own: what draws the papers has threads, which the forks that serve would lack for ever.
        # Nothing waits for the disk: a loading that is cut off starts over anyway.
        unhurried = os.environ | {"PGOPTIONS": "-c synchronous_commit=off"}
        command = [sys.executable, "-m", "laojian", "demo-world"]
        subprocess.run(command, env=unhurried, check=True, preexec_fn=end_with_parent)
        make_remark(None)

    def greeting(self, port: int) -> str:
        lines = [f"  {post}\t{username}\t{password}" for post, username, password in demo_accounts()]
        return "\n".join(["", f"劳监演示  http://127.0.0.1:{port}/", *lines, "Ctrl-C 停止；数据保留在 var/。", ""])


def remark() -> str | None:
    """What is noted on the database itself: unlike a file beside it, it comes and goes with the data."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        )
        return cursor.fetchone()[0]


def make_remark(words: str | None) -> None:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        name = sql.Identifier(owner.info.dbname)
        owner.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(words)))


def start_over() -> None:
    """Make the demo's database anew, since a record cannot be emptied. Only in our own embedded server."""
    connection.close()
    server = cluster.Cluster(cluster.home() / "pg")
    owner, app = server.url(cluster.OWNER), server.url(cluster.APP)
    if os.environ["DATABASE_OWNER_URL"] != owner:
        raise CommandError("An earlier loading of the demo was cut off. Drop and prepare the database anew.")
    with psycopg.connect(server.admin_url, autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(cluster.DATABASE)))
    cluster.prepare(server.admin_url, owner, app)


def demo_accounts() -> list[tuple[str, str, str]]:
    """Post, user name and password of one account for each post."""
    return import_module("laojian.web.demo").accounts() if util.find_spec("laojian.web.demo") else []

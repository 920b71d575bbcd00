"""The command `laojian`: Django's management commands, with a database under them where none was given."""

import os
import secrets
import signal
import sys
from contextlib import ExitStack

from django.core.management import execute_from_command_line

from laojian import cluster

# These read or write no database row, so no server is started for them.
OFFLINE = {"check", "collectstatic", "diffsettings", "findstatic", "flow", "help", "law", "makemigrations", "version"}


def main(argv: list[str] | None = None) -> None:
    """Run one command; a server that only this command needed is stopped with it."""
    name, *rest = (sys.argv[1:] if argv is None else argv) or ["help"]
    command = name if name.startswith("-") else name.replace("-", "_")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laojian.settings")
    # Without this a terminated command would leave the server it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with ExitStack() as until_end:
            if "DATABASE_URL" not in os.environ:
                embedded(until_end, command)
            execute_from_command_line(["laojian", command, *rest])
    except cluster.ClusterError as error:
        sys.exit(f"laojian: {error}")


def embedded(until_end: ExitStack, command: str) -> None:
    """Point the environment at the embedded PostgreSQL and, where the command needs it, start it."""
    server = cluster.Cluster(cluster.home() / "pg")
    os.environ["DATABASE_URL"] = server.url(cluster.APP)
    os.environ["DATABASE_OWNER_URL"] = server.url(cluster.OWNER)
    os.environ["LAOJIAN_DEMO"] = "1"
    os.environ.setdefault("LAOJIAN_SECRET_KEY", demo_secret())
    if command in OFFLINE or command.startswith("-"):
        return
    until_end.enter_context(server)
    # A new cluster may have been laid out elsewhere than asked (Cluster.data), so the addresses are told again.
    os.environ["DATABASE_URL"] = server.url(cluster.APP)
    os.environ["DATABASE_OWNER_URL"] = server.url(cluster.OWNER)
    if not cluster.answers(server.url(cluster.APP)):
        cluster.prepare(server.url("postgres", "postgres"), server.url(cluster.OWNER), server.url(cluster.APP))


def demo_secret() -> str:
    """The demo's signing key: made once on this machine, so that logins outlive a restart."""
    kept = cluster.home() / "demo-secret"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text()

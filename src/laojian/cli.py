"""The command `laojian`: Django's management commands, with a database under them where none was given."""

import os
import secrets
import signal
import sys
import warnings
from contextlib import ExitStack
from pathlib import Path

from django.core.management import execute_from_command_line

from laojian import cluster

# These need no row of the database, so no server is started for them.
OFFLINE = {
    "check",
    "collectstatic",
    "diffsettings",
    "findstatic",
    "flow",
    "help",
    "law",
    "makemigrations",
    "receive",
    "version",
}


def main(argv: list[str] | None = None) -> None:
    """Run one command; a server that only this command needed is stopped with it."""
    name, *rest = (sys.argv[1:] if argv is None else argv) or ["help"]
    command = name if name.startswith("-") else name.replace("-", "_")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laojian.settings")
    # Without this a terminated command would leave the server it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with ExitStack() as until_end:
            if command == "demo":
                become_demo()
            if "DATABASE_URL" not in os.environ and command != "prepare_database":
                become_demo()
                embedded(until_end, command, rest)
            execute_from_command_line(["laojian", command, *rest])
    except KeyboardInterrupt:
        sys.exit(130)
    except cluster.ClusterError as error:
        sys.exit(f"laojian: {error}")


def embedded(until_end: ExitStack, command: str, rest: list[str]) -> None:
    """Point the environment at the embedded PostgreSQL and, where the command needs it, start it."""
    server = cluster.Cluster(cluster.home() / "pg")
    offline = command in OFFLINE and "--bureau" not in rest  # what a bureau has set stands in the database
    if offline or command.startswith("-"):
        warnings.filterwarnings("ignore", message="Got an error checking a consistent migration history")
    else:
        until_end.enter_context(server)
    # Asked only now: a new cluster may have been laid out elsewhere than wished.
    os.environ.update(DATABASE_URL=server.url(cluster.APP), DATABASE_OWNER_URL=server.url(cluster.OWNER))


def become_demo() -> None:
    """Mark this process as the demo; its two keys are made once on this machine, so that logins and record outlive a restart."""
    os.environ["LAOJIAN_DEMO"] = "1"
    os.environ.setdefault("LAOJIAN_SECRET_KEY", kept("demo-secret", secrets.token_urlsafe(48)).read_text())
    os.environ.setdefault(
        "LAOJIAN_RECORD_SIGNER", f"file:{kept('demo-record-key', f'ed25519 {secrets.token_hex(32)}')}"
    )


def kept(name: str, fresh: str) -> Path:
    """The file of a secret of the demo, which holds `fresh` where there was none."""
    place = cluster.home() / name
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch(mode=0o600)
        place.write_text(fresh)
    return place

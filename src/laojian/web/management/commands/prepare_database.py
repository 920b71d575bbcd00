"""Make the two roles and the database on a server: `laojian prepare-database ADMIN_URL`."""

import os

from django.core.management.base import BaseCommand, CommandError

from laojian import cluster

ASKED = ("DATABASE_OWNER_URL", "DATABASE_URL")


class Command(BaseCommand):
    help = "Creates on a PostgreSQL server what DATABASE_OWNER_URL and DATABASE_URL name; safe to repeat."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "admin_url",
            nargs="?",
            default=os.environ.get("DATABASE_ADMIN_URL"),
            help="a role that may create roles and databases; else DATABASE_ADMIN_URL, which no process list shows",
        )

        parser.add_argument("--empty", action="store_true", help="grant nothing yet: a backup will be restored into it")

    def handle(self, *args, admin_url, empty, **options):
        missing = [name for name in ASKED if not os.environ.get(name)]
        if missing or not admin_url:
            raise CommandError(f"Not set: {', '.join(missing) or 'the administrator’s URL'} (docs/deploy.md).")
        prepare = cluster.prepare_empty if empty else cluster.prepare
        prepare(admin_url, *(os.environ[name] for name in ASKED))
        self.stdout.write(f"The roles and the database are ready; next: {'pg_restore' if empty else 'laojian migrate'}")

"""Django's own `migrate`, run as the database's owner: the application's role may not change a table."""

from contextlib import contextmanager

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections

LOGIN = ("USER", "PASSWORD", "HOST", "PORT")


class Command(migrate.Command):
    def handle(self, *args, **options):
        with as_owner(options["database"]):
            super().handle(*args, **options)


@contextmanager
def as_owner(alias: str):
    """Within the block this connection is the owner's, to the same database and without the application's guards."""
    if not settings.DATABASE_OWNER:
        raise CommandError("migrate runs as the database's owner: set DATABASE_OWNER_URL (docs/deploy.md).")
    connection = connections[alias]
    application = {key: connection.settings_dict[key] for key in LOGIN}
    guards, connection.execute_wrappers = connection.execute_wrappers, []
    connection.close()
    connection.settings_dict.update({key: settings.DATABASE_OWNER[key] for key in LOGIN})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(application)
        connection.execute_wrappers = guards

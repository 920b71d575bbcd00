from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created

from .acting import demand_actor


def guard(connection, **_):
    """Put the guard on each new connection of the application's role; the owner migrates unguarded."""
    if connection.settings_dict["USER"] == settings.APP_ROLE and demand_actor not in connection.execute_wrappers:
        connection.execute_wrappers.append(demand_actor)


class PeopleConfig(AppConfig):
    name = "laojian.people"
    verbose_name = "人员"

    def ready(self):
        connection_created.connect(guard, dispatch_uid="laojian.people.guard")

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from .acting import demand_actor


def guard(connection, **_):
    """Put the guard on each new connection."""
    if demand_actor not in connection.execute_wrappers:
        connection.execute_wrappers.append(demand_actor)


class PeopleConfig(AppConfig):
    name = "laojian.people"
    verbose_name = "人员"

    def ready(self):
        connection_created.connect(guard, dispatch_uid="laojian.people.guard")

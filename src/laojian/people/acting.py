"""In whose name the database is asked: `acting()` opens the one transaction in which row-level security lets files be seen."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import connection, transaction

GUARDED = (
    '"dossier_dossier"',
    '"intake_informant"',
    '"interference_approach"',
    '"interference_consequence"',
)  # under row-level security: silent emptiness without a user
_actor: ContextVar[int | None] = ContextVar("actor", default=None)


class NotActing(RuntimeError):
    """A file was asked for outside `acting()`: without a user the database would answer with nothing, silently."""


@contextmanager
def acting(officer_id: int, *, dossier_id: int = 0) -> Iterator[None]:
    """Run one transaction in an officer's name; `dossier_id` opens one single file, as for a complainant with a query code."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('app.user', %s, true), set_config('app.dossier', %s, true)",
                [str(officer_id), str(dossier_id)],
            )
        token = _actor.set(officer_id)
        try:
            yield
        finally:
            _actor.reset(token)


def demand_actor(execute, sql, params, many, context):
    """The execute wrapper of every connection: refuses guarded tables outside `acting()`, except to the owner, who migrates."""
    guarded = _actor.get() is None and any(table in sql for table in GUARDED)
    if guarded and context["connection"].settings_dict["USER"] == settings.APP_ROLE:
        raise NotActing(sql[:200])
    return execute(sql, params, many, context)

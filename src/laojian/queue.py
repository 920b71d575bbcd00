"""Work for later, kept in PostgreSQL: it is enqueued with the transaction that asks for it, or not at all."""

from procrastinate.contrib.django import app

task = app.task
periodic = app.periodic  # a cron line, in UTC


def later(name: str, **arguments) -> int:
    """Enqueue the task of this name; the arguments are JSON. Answers the job's number. An unknown name is an error."""
    return app.configure_task(name, allow_unknown=False).defer(**arguments)

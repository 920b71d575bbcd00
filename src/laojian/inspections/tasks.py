"""What the queue does for draws: it opens the visits of a list that was sent out."""

from django.utils.timezone import now

from laojian.people.models import Officer
from laojian.queue import task

from .sending import send_all


@task(name="open_visits", retry=3)
def open_visits(draw: int, by: int) -> None:
    """The queue's door to `send_all`; a list that is sent already is left alone."""
    send_all(draw, Officer.objects.get(pk=by), now())

"""What the queue does for cases: long lists of workers are taken in. The queue finds its tasks in modules of this name."""

from laojian.queue import task

from .imports import run
from .models import Import


@task(name="take_in_workers")
def take_in_workers(job: int) -> None:
    """The queue's door to `run`; a list that was taken in already is left alone."""
    run(Import.objects.select_related("by").get(pk=job))

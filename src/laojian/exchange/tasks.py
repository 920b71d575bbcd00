"""What the queue does for the outbox: every minute what is due is pushed, every night both sides are compared."""

from datetime import UTC, datetime

from laojian.queue import periodic, task

from .comparing import compare_all
from .pushing import push_all


@periodic(cron="* * * * *")
@task(name="push_credit", queueing_lock="push_credit", lock="push_credit")
def push_due(timestamp: int) -> None:
    """Push what is due; what fails stays due."""
    push_all(datetime.now(UTC))


@periodic(cron="20 17 * * *")  # twenty past one at night in China
@task(name="compare_credit", queueing_lock="compare_credit")
def compare_at_night(timestamp: int) -> None:
    """Compare with every platform; what people must look at fails the job, so that somebody does."""
    if problems := [text for each in compare_all(datetime.now(UTC)) for text in each.problems]:
        raise RuntimeError("\n".join(problems))

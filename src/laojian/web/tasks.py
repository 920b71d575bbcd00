"""What the queue does without being asked: the night's work on deadlines."""

from datetime import UTC, datetime

from laojian.procedure.clockwork import nightly
from laojian.queue import periodic, task


@periodic(cron="10 16 * * *")  # ten past midnight in China
@task(name="nightly", queueing_lock="nightly")
def clocks_at_night(timestamp: int) -> None:
    """Fix, lapse, compare: as `laojian nightly`. What differs from the law fails the job, so that somebody looks."""
    *_, differences = nightly(datetime.now(UTC))
    if differences:
        raise RuntimeError("\n".join(map(str, differences)))

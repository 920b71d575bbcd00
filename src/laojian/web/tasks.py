"""What the queue does without being asked: the night's work on deadlines, and the cleaning of what uploads left."""

from datetime import UTC, datetime

from laojian.evidence.pieces import clean
from laojian.procedure.clockwork import nightly
from laojian.queue import periodic, task


@periodic(cron="10 16 * * *")  # ten past midnight in China
@task(name="nightly", queueing_lock="nightly")
def clocks_at_night(timestamp: int) -> None:
    """Fix, lapse, compare: as `laojian nightly`. What differs from the law fails the job, so that somebody looks."""
    *_, differences = nightly(datetime.now(UTC))
    if differences:
        raise RuntimeError("\n".join(map(str, differences)))


@periodic(cron="40 16 * * *")
@task(name="clean_uploads", queueing_lock="clean_uploads")
def uploads_at_night(timestamp: int) -> None:
    """Give back the space of uploads that nobody goes on with, and of what killed processes left."""
    clean(datetime.now(UTC))

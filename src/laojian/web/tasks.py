"""What the queue does without being asked: the night's work on deadlines, and the cleaning of what uploads left."""

from datetime import UTC, datetime

from laojian.cases.publicity import still_shown
from laojian.evidence.pieces import clean
from laojian.procedure.clockwork import nightly
from laojian.queue import periodic, task
from laojian.record.sealing import hand_out, seal


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


@periodic(cron="40 15 * * *")  # twenty to midnight in China
@task(name="heads", queueing_lock="heads")
def head_of_the_day(timestamp: int) -> None:
    """Sign the day's head and hand it out, also where nothing was added: whoever waits for it sees that the record lives."""
    seal()
    hand_out(datetime.now(UTC))


@periodic(cron="30 17 * * *")  # half past one at night in China, after both sides were compared
@task(name="fallen_penalties", queueing_lock="fallen_penalties")
def fallen_at_night(timestamp: int) -> None:
    """A decision that fell is shown nowhere: the step that felled it withdrew it; where it did not, the job fails (apl-48)."""
    if keys := still_shown():
        raise RuntimeError(f"决定已经失效，公示还没有撤回：{'、'.join(keys)}")

"""The day on which a story plays: what Django takes for now is moved, and goes on from there as time does."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from tests.world import at


class MovingTime:
    """The platform's clock in the hands of a story: `time("2026-03-02", 9)` makes it nine o'clock of that day in China."""

    def __init__(self, monkeypatch):
        moving = self
        self.ahead = timedelta(0)

        class Shifted(datetime):
            @classmethod
            def now(cls, tz=None):
                return datetime.now(tz) + moving.ahead

        monkeypatch.setattr(timezone, "datetime", Shifted)

    def __call__(self, day: str, hour: int = 9, minute: int = 0) -> datetime:
        """Go on from this moment; it is returned for steps that are taken without the browser."""
        moment = at(day, hour, minute)
        self.ahead = moment - datetime.now(UTC)
        return moment

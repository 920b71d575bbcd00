"""What became of a drawn employer: a result that was taken down is not published."""

from datetime import date

from laojian.inspections.figures import Seen
from laojian.visits.models import Visit


def test_a_result_that_was_taken_down_is_not_published():
    up = Visit(published_on=date(2026, 3, 12))
    down = Visit(published_on=date(2026, 3, 12), withdrawn_on=date(2026, 3, 20))
    assert [Seen(None, each, (), None).published for each in (up, down, None)] == [True, False, False]
    assert not Seen(None, down, (), None).on_time

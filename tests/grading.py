"""A yearly run as officers work on it: begun, reckoned by the queue, proposed, approved, a notice drafted."""

from laojian.credit.tasks import moved
from tests.casework import Story
from tests.visiting import firm
from tests.world import at


def graded(world, day="2026-03-02"):
    """A run in force with the notice of one employer; its story."""
    employer = firm(91)
    told = Story(world, "grading")
    told.do("begin_grading", world.wang, day, scheme="national", on=day)
    moved(told.file.id, "store_grades", at(day, 20))
    told.do("propose_grades", world.wang, "2026-03-03", opinion="拟评价如下。")
    told.do("approve_grades", world.sun, "2026-03-04", opinion="同意。")
    told.do("draft_grade_notice", world.wang, "2026-03-05", code=employer.credit_code)
    return told

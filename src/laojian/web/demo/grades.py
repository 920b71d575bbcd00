"""The demo's yearly run: the district's employers graded on the year before, approved and told; what came since is taken in.

And a trial of the other scheme.
"""

from datetime import date, datetime, time

from laojian.cases.replay.walk import Cast, moment
from laojian.credit.schemes import written
from laojian.credit.tasks import adjusted, moved
from laojian.credit.trials import begin, reckon
from laojian.employers.models import Employer
from laojian.procedure.take import open_file, take

from .visits import workdays_before


def write(casts: dict[str, Cast], employers: dict[str, list[Employer]], today: date) -> int:
    """One run of the district under the national scheme, in force for some days; how many runs there are."""
    cast = casts["district"]
    day = workdays_before(today, 8)
    hand, leader = cast.posts["unit_head"][0], cast.posts["deputy"][0]
    run = open_file(
        "grading", "begin_grading", by=hand, at=moment(day, time(8, 30)), given={"scheme": "national", "on": day}
    )  # fmt: skip
    moved(run.id, "store_grades", moment(day, time(8, 40)))
    step = [
        ("propose_grades", hand, time(9), {"opinion": "按上一年度的记录评价如下，请审定。"}),
        ("approve_grades", leader, time(10), {"opinion": "同意。"}),
        ("tell_employers", hand, time(11), {"on": day, "way": "网上办事大厅通知，并附等级告知书"}),
    ]
    for verb, by, hour, given in step:
        take(run.id, verb, by=by, at=moment(day, hour), given=given)
    after: datetime = moment(workdays_before(today, 1), time(20))
    adjusted(run.id, after)
    reckon(begin(hand, after, day, written("national"), written("tianjin")).pk)
    return 1

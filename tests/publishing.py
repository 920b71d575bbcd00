"""A round of publication as officers make it, told in parts."""

from laojian.people.acting import acting
from laojian.publication.queries import unjudged
from tests.casework import Story


def publicised(world, day="2026-05-06"):
    """The round of a quarter: the one decision there is becomes public."""
    told = Story(world, "publication")
    told.do("open_round", world.zhang, day, until_on=day)
    with acting(world.zhang.pk):
        waiting = unjudged(world.district.pk, told.now.date())
    for each in waiting:
        told.do("include", world.zhang, decision=each.key, kind="other", reason="拒不提供材料，性质恶劣。",
                facts="拒不提供工资支付台账。", handling="罚款 8000 元。")  # fmt: skip
    told.do("propose_round", world.zhang, opinion="请批准。")
    told.do("approve_round", world.sun, opinion="同意公布。")
    told.finish("publication_notice")
    told.do("publish_round", world.zhang, on=day, places="本局门户网站、《示例日报》")
    return told

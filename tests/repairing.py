"""An application for credit repair as officers handle it, told in parts beside a penalty that was made public."""

from tests.beside import decided_briefly
from tests.casework import COMPANY, Story
from tests.publicising import made_public

ASKED = {"applicant": COMPANY, "channel": "national", "held": "plain", "held_why": "罚款数额不属于较小，没有造成严重后果。",
         "proof": "罚款收据", "promise": True}  # fmt: skip


def penalty(world):
    """A fine of 8,000 yuan of 20 April 2026, made public, paid on 6 May."""
    story = Story(world)
    decided_briefly(story)
    made_public(story)
    fine = next(o for o in story.fresh().obligations if o["kind"] == "fine")
    story.do("register_payment", world.zhang, "2026-05-06", on="2026-05-06", of="fine", way="voluntary", payer=story.party(),
             obligation=fine["id"], amount="8000", voucher="示例银行 0009 号")  # fmt: skip
    return story


def applied(world, story, day="2026-07-27", **given):
    """The application is entered."""
    told = Story(world, "repair")
    number = story.paper("penalty_decision")["number"]
    told.do("note_application", world.zhou, day, number=number, received_on=day, **ASKED | given)
    return told


def repaired(world, story):
    """Taken up, looked into, granted."""
    told = applied(world, story)
    told.do("accept_application", world.zhou, opinion="材料齐全。")
    told.do("check_repair", world.zhang, found="罚款已缴，承诺已公开。")
    told.do("grant_repair", world.sun, opinion="准予修复。")
    return told

"""The review of a file (案卷评查) as a track beside it: one case one review, findings, the handler's answer, a second look."""

from laojian.cases import forms as asks
from laojian.cases.tracks import paperwork, track
from laojian.procedure.step import State, Step

from . import forms as ask
from . import guards
from .actions import ACTIONS

S = State
STATES = (
    S("assessing", "待评查", "评查", ("supervision", "reviewer"), "案件已经办结"),
    S("assessed", "待承办人答复", "整改", ("inspector",), "案件已经办结"),
    S("answered", "待复核整改", "复核", ("supervision", "reviewer"), "案件已经办结"),
    S("assessment_ended", "评查结束", "复核", (), "案件已经办结", final=True),
)
ASSESSORS, HANDLER = "supervision reviewer", "inspector"
EVERY = tuple(state.key for state in STATES[:-1])

STEPS = (
    Step("begin_assessment", "列入评查", ("",), "assessing", "procedure", "apl-75", given=asks.AssessmentOpened),
    Step("assess", "提出评查意见", ("assessing",), "assessed", ASSESSORS, "apl-75",
         needs=("others_file", "can_be_scored", "within_line", "something_wrong"), given=ask.Assessment, paper="assessment_sheet"),
    Step("pass_assessment", "评查通过", ("assessing",), "assessment_ended", ASSESSORS, "apl-75",
         needs=("others_file", "can_be_scored", "nothing_wrong"), given=ask.Passed),
    Step("answer_assessment", "答复评查意见", ("assessed",), "answered", HANDLER, "apl-75", given=ask.Answered),
    Step("return_assessment", "退回继续整改", ("answered",), "assessed", ASSESSORS, "apl-75", needs=("others_file",), given=asks.Opinion),
    Step("accept_mending", "复核通过", ("answered",), "assessment_ended", ASSESSORS, "apl-75", needs=("others_file",),
         given=ask.SecondLook),
    Step("reassign", "调整答复人员", EVERY, None, "unit_head", "apl-42", needs=("two_certified",), given=asks.Assignment, quiet=True),
    *paperwork(STATES, f"{ASSESSORS} {HANDLER} archivist"),
)  # fmt: skip

ASSESSMENT = track(
    "assessment", "案卷评查", STATES, STEPS, guards, ACTIONS, joins=("open_assessment", "assessment_closed")
)

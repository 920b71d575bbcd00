"""The rows by which tracks join a case: one opens a track beside it, the other is how the track's end stands in its record.

A track is a file of a flow of its own (docs/adr/010-tracks.md). The case names it by a word and knows nothing else of it.
"""

from laojian.procedure.step import Step

from . import forms as ask
from .states import AFTER, ALL, WORKED_ON

HEARD = ("awaiting_statement", "statement_closed", "to_review")
DECIDED = ("decided", "performing", "closing", "closed", "archived")
SINCE_DECIDED = (*WORKED_ON, *AFTER)  # what was decided may be taken up again
EVERYWHERE = tuple(dict.fromkeys((*ALL, "archived")))


def enforcing(served: tuple[str, ...], everywhere: tuple[str, ...]) -> tuple[Step, ...]:
    """Enforcement (impl-41, apl-66, acl-53): opened where a decision was served and is not performed, ended wherever the file stands."""
    return (
        Step("open_enforcement", "转入执行", served, None, "inspector", "impl-41", needs=("enforceable",),
             given=ask.EnforcementOpened),
        Step("enforcement_closed", "执行结束", everywhere, None, "procedure", "impl-41", given=ask.TrackEnded),
    )  # fmt: skip


def relieving(decided: tuple[str, ...], since_decided: tuple[str, ...]) -> tuple[Step, ...]:
    """Relief, and correction by the bureau itself (impl-42, apl-75, impl-39, apl-48): the decision falls or is changed."""
    return (
        Step("open_relief", "登记复议诉讼", decided, None, "clerk inspector reviewer", "impl-42", stops=("suit_after_reconsideration",),
             needs=("body_of_the_day", "relief_once"), given=ask.ReliefOpened, quiet=True),
        Step("relief_closed", "复议诉讼结束", since_decided, None, "procedure", "impl-42",
             starts=("suit_after_reconsideration", "retract"), given=ask.TrackEnded),
        Step("lapse_relief", "复议诉讼后期限届满", since_decided, None, "clock", "all-45",
             stops=("suit_after_reconsideration", "retract")),
        Step("correct_decision", "纠正决定", decided, None, "chief", "apl-75", starts=("retract",), needs=("decision_standing",),
             given=ask.DecisionCorrected, paper="correction_decision", quiet=True),
        Step("note_retracted", "登记撤回公示", since_decided, None, "clerk inspector", "apl-48", stops=("retract",),
             needs=("retracting",), given=ask.Retracted, quiet=True),
    )  # fmt: skip


def assessing(closed: tuple[str, ...]) -> tuple[Step, ...]:
    """The review of a file (案卷评查, apl-75): opened once for a year when the file is closed, ended wherever it lies then."""
    return (
        Step("open_assessment", "列入案卷评查", closed, None, "supervision reviewer", "apl-75", needs=("assessed_once",),
             given=ask.AssessmentOpened, quiet=True),
        Step("assessment_closed", "案卷评查结束", closed, None, "procedure", "apl-75", given=ask.TrackEnded),
    )  # fmt: skip


JOINS = (
    # ── hearing (apl-63 … apl-65): asked for by a party, opened by whoever receives the request ──
    Step("request_hearing", "登记听证要求", HEARD, None, "clerk inspector", "apl-64", stops=("hearing_request",),
         needs=("hearing_in_time",), given=ask.HearingRequest),
    Step("hearing_closed", "听证结束", EVERYWHERE, None, "procedure", "apl-65", given=ask.TrackEnded),
    *enforcing(("performing",), EVERYWHERE),
    *assessing(("closed", "archived")),
    # ── transfer to the police (xfer-3, xfer-11): the case itself goes on, but no fine is decided meanwhile ──
    Step("open_transfer", "拟移送公安", (*WORKED_ON, "performing"), None, "inspector", "xfer-3", needs=("transferred_once",),
         given=ask.TransferOpened, quiet=True),
    *relieving(DECIDED, SINCE_DECIDED),
    Step("take_up_again", "重新处理", ("performing", "closing"), "investigating", "deputy chief", "apl-75",
         stops=("pay", "perform", "reconsideration", "suit", "serve_penalty", "serve_treatment"), needs=("decision_fell",),
         given=ask.Opinion, quiet=True),
    Step("transfer_closed", "移送结束", EVERYWHERE, None, "procedure", "xfer-3", given=ask.TrackEnded),
)  # fmt: skip

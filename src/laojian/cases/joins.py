"""The rows by which tracks join a case: one opens a track beside it, the other is how the track's end stands in its record.

A track is a file of a flow of its own (docs/adr/010-tracks.md). The case names it by a word and knows nothing else of it.
"""

from laojian.procedure.step import Step

from . import forms as ask
from .states import ALL, WORKED_ON

HEARD = ("awaiting_statement", "statement_closed", "to_review")
EVERYWHERE = tuple(dict.fromkeys((*ALL, "archived")))

JOINS = (
    # ── hearing (apl-63 … apl-65): asked for by a party, opened by whoever receives the request ──
    Step("request_hearing", "登记听证要求", HEARD, None, "clerk inspector", "apl-64", stops=("hearing_request",),
         needs=("hearing_in_time",), given=ask.HearingRequest),
    Step("hearing_closed", "听证结束", EVERYWHERE, None, "procedure", "apl-65", given=ask.TrackEnded),
    # ── enforcement (impl-41, apl-66, acl-53): a decision that was served and is not performed ──
    Step("open_enforcement", "转入执行", ("performing",), None, "inspector", "impl-41", needs=("enforceable",),
         given=ask.EnforcementOpened),
    Step("enforcement_closed", "执行结束", EVERYWHERE, None, "procedure", "impl-41", given=ask.TrackEnded),
    # ── transfer to the police (xfer-3, xfer-11): the case itself goes on, but no fine is decided meanwhile ──
    Step("open_transfer", "拟移送公安", (*WORKED_ON, "performing"), None, "inspector", "xfer-3", needs=("transferred_once",),
         given=ask.TransferOpened, quiet=True),
    Step("transfer_closed", "移送结束", EVERYWHERE, None, "procedure", "xfer-3", given=ask.TrackEnded),
)  # fmt: skip

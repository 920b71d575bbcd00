"""Which files the demo's world holds: one line each, with the last phase it goes through and when it came in."""

from dataclasses import dataclass
from decimal import Decimal

HALF, FIFTH = Decimal("0.5"), Decimal("0.2")


@dataclass(frozen=True)
class Plan:
    """What is decided about one file before it sets out; the rest is left to chance."""

    stop: str  # the last phase
    days_ago: int  # when it came in, in calendar days before today
    bureau: str = "district"
    matter: str = "wages"
    kind: str = "complaint"
    workers: int = 4
    proposal: str = "treatment"
    settled: Decimal = Decimal(0)  # share of the wages that is paid while the order runs
    site: int | None = None
    tidy: bool = False  # every paper is numbered and sealed on the way
    more: tuple[str, ...] = ()  # what else happens


JUST_IN = (
    Plan("register", 2, more=("consent",)),
    Plan("register", 4, kind="tip", matter="overtime"),
    Plan("register", 16, workers=7),  # past the five working days
    Plan("register", 20, kind="referral"),  # likewise
    Plan("propose", 5),
    Plan("propose", 6, kind="wage_platform", workers=9),
    Plan("file", 8, matter="no_contract"),
    Plan("file", 9, more=("sent",)),
)
ENDED_EARLY = (
    Plan("ask_supplement", 9),
    Plan("let_lapse", 40),
    Plan("decline", 30, matter="withheld"),
    Plan("redirect", 25),
    Plan("out_of_scope", 22, matter="no_contract"),
    Plan("transfer_venue", 21),
    Plan("settle", 28, workers=3),
    Plan("withdraw", 26, matter="no_contract"),
)
INVESTIGATED = (
    Plan("assign", 12),
    Plan("look_in", 18, workers=11, site=0),
    Plan("look_in", 125, more=("more_sources",)),  # past its sixty working days
    Plan("look_in", 60, workers=6, more=("extended",)),
    Plan("order", 22, site=3),
    Plan("order", 50, matter="overtime", proposal="penalty"),  # the order's time is over, nobody has looked yet
    Plan("check", 52, workers=48, site=6, settled=HALF, more=("more_sources", "withdrawn", "files"), tidy=True),
    Plan("conclude", 56),
    Plan("conclude", 95, matter="withheld", proposal="penalty"),  # past the fifteen working days
)
TOLD = (
    Plan("ask_pre_review", 58),
    Plan("pass_pre_review", 62),
    Plan("propose_notice", 66),
    Plan("approve_notice", 66, proposal="both"),
    Plan("serve_notice", 56, proposal="both", settled=FIFTH),
    Plan("hear", 80, more=("spoke",)),
    Plan("close_statement", 80, more=("spoke",)),
    Plan("reexamine", 82, proposal="both"),
    Plan("ask_review", 84, settled=HALF),
    Plan("pass_review", 88, proposal="both", site=9, workers=14),
)
DECIDED = (
    Plan("decide", 92, proposal="both"),
    Plan("decide", 90, matter="overtime", kind="patrol", proposal="penalty"),
    Plan(
        "serve_decision",
        95,
        proposal="both",
        tidy=True,
        site=0,
        workers=12,
        settled=FIFTH,
        more=("spoke", "more_sources", "sent", "files"),
    ),
    Plan("serve_decision", 125),  # nothing was paid in time
    Plan("serve_decision", 96, matter="overtime", proposal="no_penalty"),
    Plan("propose_closing", 125),
    Plan("close", 130, proposal="both", settled=HALF),
    Plan(
        "archive",
        160,
        proposal="both",
        tidy=True,
        settled=HALF,
        more=("sent", "spoke", "more_sources", "consent", "files"),
    ),
    Plan("archive", 140, matter="withheld", proposal="revocation", tidy=True),
)
ELSEWHERE = (
    Plan("register", 3, "town", "overtime", "patrol"),
    Plan("look_in", 30, "town", "overtime", "transfer_in", proposal="penalty"),
    Plan("decide", 92, "town", "overtime", "transfer_in", proposal="penalty"),
    Plan("look_in", 40, "city", kind="assigned", workers=20),
    Plan("order", 24, "city", "wage_guarantee", "special"),
    Plan("register", 3, "west"),
    Plan("look_in", 45, "west"),
    Plan("serve_decision", 120, "west"),
    Plan("propose", 6, "coast", kind="tip"),
    Plan("order", 30, "coast", workers=8),
)
PLANS = (*JUST_IN, *ENDED_EARLY, *INVESTIGATED, *TOLD, *DECIDED, *ELSEWHERE)

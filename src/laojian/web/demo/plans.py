"""Which files the demo's world holds, one line each: the last phase a file goes through and how long ago that was."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

HALF, FIFTH = Decimal("0.5"), Decimal("0.2")
MAIN: Mapping[str, int] = {  # the phases in their order, with the working days that each takes
    "register": 0, "propose": 1, "file": 1, "assign": 0, "look_in": 4, "order": 3, "check": 12, "conclude": 2,
    "ask_pre_review": 1, "pass_pre_review": 2, "propose_notice": 1, "approve_notice": 1, "serve_notice": 1, "hear": 6,
    "close_statement": 0, "reexamine": 1, "ask_review": 1, "pass_review": 2, "decide": 1, "serve_decision": 1, "perform": 6,
    "propose_closing": 1, "close": 1, "archive": 3,
}  # fmt: skip
EARLY: Mapping[str, int] = {
    "ask_supplement": 1, "let_lapse": 13, "decline": 2, "redirect": 2, "out_of_scope": 2, "transfer_venue": 2, "settle": 3, "withdraw": 3,
}  # fmt: skip
ASIDE: Mapping[str, int] = {"avoid": 1, "keep": 1, "hand_over": 2, "suspend": 1, "discuss": 2}
SPOT: Mapping[str, int] = {"meet": 0, "settle_on_spot": 0, "hand_over_on_spot": 0, "end_on_spot": 4, "lay_up": 3}
OFF_SPOT: Mapping[str, int] = {"direct_on_spot": 1, "turn": 0}  # what follows the meeting instead
FOLLOWS = {"discuss": "pass_review"}  # others happen while the case is under investigation
OPTIONAL = ("ask_pre_review", "pass_pre_review")  # the review before the notice, which this city leaves to the handler
HOLIDAYS = 6  # working days kept in reserve, since an order's time is counted in calendar days


@dataclass(frozen=True)
class Plan:
    """What is decided about one file before it sets out; the rest is left to chance."""

    stop: str  # the last phase
    left: int = 2  # working days between that and today
    bureau: str = "district"
    matter: str = "wages"
    kind: str = "complaint"
    workers: int = 4
    proposal: str = "treatment"
    settled: Decimal = Decimal(0)  # share of the wages that is paid while the order runs
    site: int | None = None
    tidy: bool = False  # every paper is numbered and sealed on the way
    more: tuple[str, ...] = ()  # what else happens

    @property
    def flow(self) -> str:
        """The procedure it goes by."""
        return "summary" if self.stop in (*SPOT, *OFF_SPOT) else "general"

    @property
    def path(self) -> tuple[str, ...]:
        """The phases it goes through."""
        if self.stop == "let_lapse":
            return ("register", "ask_supplement", "let_lapse")
        if self.stop in SPOT:
            return tuple(SPOT)[: list(SPOT).index(self.stop) + 1]
        if self.stop in OFF_SPOT:
            return ("meet", self.stop)
        if self.stop in EARLY:
            return ("register", self.stop)
        last = FOLLOWS.get(self.stop, "look_in") if self.stop in ASIDE else self.stop
        names = list(MAIN)[: list(MAIN).index(last) + 1] + [self.stop] * (self.stop in ASIDE)
        return tuple(name for name in names if name not in OPTIONAL or self.stop in OPTIONAL)

    @property
    def ago(self) -> int:
        """How many working days before today it comes in."""
        days = sum({**MAIN, **EARLY, **ASIDE, **SPOT, **OFF_SPOT}[name] for name in self.path) + (
            6 if "extended" in self.more else 0
        )
        return self.left + days + (HOLIDAYS if "check" in self.path else 0)

    @property
    def rest(self) -> int:
        """How many working days before today its investigation ends at the earliest: what comes after must not be late."""
        names = self.path[self.path.index("conclude") + 1 :] if "conclude" in self.path else ()
        return self.left + sum({**MAIN, **ASIDE}[name] for name in names)


JUST_IN = (
    Plan("register", 1, more=("consent",)),
    Plan("register", 2, kind="tip", matter="overtime"),
    Plan("register", 10, workers=7),  # past the five working days
    Plan("register", 14, kind="referral"),  # likewise
    Plan("propose", 1),
    Plan("propose", 3, kind="wage_platform", workers=9),
    Plan("file", 1, matter="no_contract"),
    Plan("file", 3),
)
ENDED_EARLY = (
    Plan("ask_supplement", 4),
    Plan("let_lapse", 12),
    Plan("decline", 18, matter="withheld"),
    Plan("redirect", 15),
    Plan("out_of_scope", 12, matter="no_contract"),
    Plan("transfer_venue", 11),
    Plan("settle", 14, workers=3),
    Plan("withdraw", 13, matter="no_contract"),
)
INVESTIGATED = (
    Plan("assign", 4),
    Plan("look_in", 5, workers=11, site=0),
    Plan("look_in", 80, more=("more_sources",)),  # past its sixty working days
    Plan("look_in", 26, workers=6, more=("extended",)),
    Plan("order", 4, site=3),
    Plan("order", 20, matter="overtime", proposal="penalty"),  # the order's time is over, nobody has looked yet
    Plan("check", 3, workers=48, site=6, settled=HALF, more=("more_sources", "withdrawn", "files"), tidy=True),
    Plan("conclude", 3),
    Plan("conclude", 22, matter="withheld", proposal="penalty"),  # past the fifteen working days
)
BESIDE = (
    Plan("avoid", 1),
    Plan("keep", 3, workers=9),
    Plan("hand_over", 4, matter="no_contract"),
    Plan("suspend", 5, workers=20),
    Plan("discuss", 1, workers=16, proposal="both"),
)
TOLD = (
    Plan("ask_pre_review", 3),
    Plan("pass_pre_review", 2),
    Plan("propose_notice", 1),
    Plan("approve_notice", 2, proposal="both"),
    Plan("serve_notice", 2, proposal="both", settled=FIFTH),
    Plan("hear", 1, more=("spoke",)),
    Plan("close_statement", 2, more=("spoke",)),
    Plan("reexamine", 2, proposal="both"),
    Plan("ask_review", 1, settled=HALF),
    Plan("pass_review", 1, proposal="both", site=9, workers=14),
)
DECIDED = (
    Plan("decide", 2, proposal="both"),
    Plan("decide", 9, matter="overtime", kind="patrol", proposal="penalty"),  # past the seven working days of service
    Plan(
        "serve_decision",
        6,
        proposal="both",
        tidy=True,
        site=0,
        workers=12,
        settled=FIFTH,
        more=("spoke", "more_sources", "sent", "files"),
    ),
    Plan("serve_decision", 40),  # nothing was paid in time
    Plan("serve_decision", 12, matter="overtime", proposal="no_penalty"),
    Plan("propose_closing", 2),
    Plan("close", 6, proposal="both", settled=HALF),
    Plan(
        "archive",
        30,
        proposal="both",
        tidy=True,
        settled=HALF,
        more=("sent", "spoke", "more_sources", "consent", "files"),
    ),
    Plan("archive", 20, matter="withheld", proposal="revocation", tidy=True),
)
ELSEWHERE = (
    Plan("register", 1, "town", "overtime", "patrol"),
    Plan("look_in", 8, "town", "overtime", "transfer_in", proposal="penalty"),
    Plan("decide", 2, "town", "overtime", "transfer_in", proposal="penalty"),
    Plan("look_in", 12, "city", kind="assigned", workers=20),
    Plan("order", 5, "city", "wage_guarantee", "special"),
    Plan("register", 1, "west"),
    Plan("look_in", 10, "west"),
    Plan("serve_decision", 15, "west"),
    Plan("propose", 2, "coast", kind="tip"),
    Plan("order", 6, "coast", workers=8),
)
ON_SPOT = (
    Plan("meet", 0, matter="refusal"),
    Plan("settle_on_spot", 0, matter="refusal"),
    Plan("hand_over_on_spot", 1, matter="refusal"),
    Plan("direct_on_spot", 2, matter="refusal"),
    Plan("end_on_spot", 4, matter="refusal"),
    Plan("lay_up", 8, matter="refusal"),
    Plan("turn", 1, matter="refusal"),
)
PLANS = (*JUST_IN, *ENDED_EARLY, *INVESTIGATED, *BESIDE, *TOLD, *DECIDED, *ELSEWHERE)

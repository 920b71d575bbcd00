"""What each step of the general procedure asks: one Given a step. Choices that depend on the file come from the file as read."""

from .archiving import Archive, CopyLent, Destruction, Held
from .beside import (
    AccountQueryAsked,
    AvoidanceAsked,
    AvoidanceChosen,
    CityGrant,
    Commission,
    CommissionDone,
    Extended,
    HandedOver,
    HandOver,
    KeepingAsked,
    KeepingChosen,
    KeepingDisposed,
    Kept,
    MassEvent,
    NoConflict,
    TakenBack,
)  # fmt: skip
from .deciding import (
    Agreed,
    Closing,
    Decision,
    Ending,
    Fixed,
    Notice,
    Performed,
    Reexamination,
    Renotice,
    Reply,
    Review,
    ReviewAsked,
    SentBack,
    Statement,
    Waiver,
)  # fmt: skip
from .fields import CaseGiven, Opinion
from .finding import Finding, FindingDropped, FindingsTakenOver, FreeReckoning
from .inquiry import (
    Conclusion,
    Corrected,
    EvidenceAdded,
    ExtensionAsked,
    InquiryHeld,
    InspectionHeld,
    InspectionPlanned,
    Letter,
    Order,
    Suggestion,
)  # fmt: skip
from .ledger import LedgerChange, Pay, Workers
from .office import (
    DiscussionCalled,
    DiscussionHeld,
    FilingAnswer,
    FilingReceipt,
    FilingRemark,
    Penalty,
    Reported,
    SuspensionAsked,
)  # fmt: skip
from .opening import (
    AddSource,
    Assignment,
    Contact,
    Filing,
    Help,
    Joined,
    Merge,
    NewParty,
    Refusal,
    Registration,
    Settlement,
    Supplement,
    Withdrawal,
)  # fmt: skip
from .paper import (
    AddressConfirmed,
    Announcement,
    PaperChosen,
    PaperEdited,
    PaperFilled,
    PaperIssued,
    PaperVoided,
    Sealing,
    ServingDecision,
    ServingLetter,
    ServingNotice,
    ServingOrder,
)  # fmt: skip
from .publicity import PublicityDecided
from .recorded import Excused, Extracted, HandedOn, Marked, Masked
from .summary import (
    CashMoved,
    CashTaken,
    Conversion,
    CopyHandedIn,
    SpotClosing,
    SpotHeard,
    SpotOpened,
    SpotOrder,
    SpotOrderServed,
    SpotPenalty,
    SpotPenaltyServed,
)  # fmt: skip
from .tracks import (
    AssessmentOpened,
    DecisionCorrected,
    EnforcementOpened,
    HearingRequest,
    ReliefOpened,
    Retracted,
    TrackEnded,
    TransferOpened,
)  # fmt: skip

__all__ = [name for name in dir() if name[:1].isupper()]

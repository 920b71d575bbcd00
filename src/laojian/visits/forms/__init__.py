"""What each step of a visit asks: one Given a step."""

from .doing import (
    AttendanceNoted,
    BrokenOff,
    ChecklistFilled,
    HandedIn,
    MaterialsReceived,
    RecordMade,
    RecordSigned,
    Reminded,
    ReviewServed,
    Supplemented,
    VisitBegun,
    WrittenReviewed,
)  # fmt: skip
from .ending import CaseOpened, PastVisit, PendingResolved, ResultsCorrected, ResultsNoted, ResultsPublished, Withdrawn
from .planning import ItemsAdded, PlanRevised, VisitApproved, VisitHands, VisitPlanned
from .sending import NumbersWanted, Sent

__all__ = [name for name in dir() if name[:1].isupper()]

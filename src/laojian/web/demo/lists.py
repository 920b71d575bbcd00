"""The demo's wage-arrears list and credit repairs: one employer on the list, one that was told, one just proposed; an application."""

from collections.abc import Mapping
from datetime import date, time, timedelta

from laojian.cases.models import Obligation
from laojian.cases.replay.walk import Cast, Walk, later, moment, workday
from laojian.employers.models import Employer
from laojian.listing.forms import addressees
from laojian.listing.queries import Disobeyed, disobeyed, measured
from laojian.papers.models import Paper
from laojian.people.acting import acting

from .journey import fill_open
from .visits import workdays_before

OBJECT, DECIDE = 4, 14  # working days after the last day to pay: until which a listing was told, and decided


def write(casts: Mapping[str, Cast], employers: Mapping[str, list[Employer]], today: date) -> int:
    """Everything; how many new files."""
    cast = casts["district"]
    with acting(cast.reader().pk):
        orders = disobeyed(cast.bureau.pk, today)
    made = 0
    largest = sorted(orders, key=lambda each: -each.amount)[:3]
    for order, reach in zip(sorted(largest, key=lambda each: each.overdue_on), (DECIDE, OBJECT, 1), strict=False):
        Entry(cast, order).to(reach)
        made += 1
    return made + application(cast, today)


class Entry:
    """One listing on its way."""

    def __init__(self, cast: Cast, order: Disobeyed):
        self.walk, self.order = Walk(cast, "listing"), order
        self.at = moment(workday(order.overdue_on + timedelta(days=2)), time(10))

    def to(self, reach: int) -> None:
        """As far as it comes in so many working days."""
        self.go(
            "propose_listing",
            order=self.order.key,
            condition="amount",
            facts="拖欠农民工工资，经责令限期支付逾期未付清（示例）。",
        )
        found = self.amount()
        if reach < OBJECT or "below" in found:
            return
        if found == "human":
            self.go("judge_amount", reached="yes", reason="逐人数额和月数见工资台账，参照外省标准均已达到（示例）。")
        self.go("draft_listing_notice", opinion="请告知。")
        self.finish("listing_notice")
        self.deliver("serve_listing_notice", "listing_notice")
        if reach < DECIDE:
            return
        self.at = moment(workday(self.at.date() + timedelta(days=9)), time(9, 30))
        self.go("propose_decision", opinion="期满没有异议，请决定列入。")
        self.go("decide_listing", opinion="同意列入。")
        self.finish("listing_decision")
        self.deliver("serve_listing", "listing_decision")
        self.go("publish_listing", on=self.at.date(), places="本局门户网站（示例）")

    def amount(self) -> str:
        """How the sum stands to that of the crime."""
        file = self.walk.fresh()
        with acting(self.walk.cast.reader().pk):
            return measured(file)[0]

    def go(self, verb: str, **given) -> None:
        """A step, a little later."""
        self.at = max(later(self.at), self.walk.now or self.at)
        self.walk.step(verb, self.at, given)

    def finish(self, *codes: str) -> None:
        """The drafts become papers."""
        for draft in self.walk.drafts(*codes):
            self.at = self.walk.finish(draft, later(self.at), fill_open)

    def deliver(self, verb: str, code: str) -> None:
        """The paper reaches everybody whom the listing names."""
        file = self.walk.fresh()
        paper = next(p for p in reversed(file.papers) if p["code"] == code)
        for name in addressees(file):
            done = later(self.at)
            self.go(verb, paper=paper["id"], method="direct", addressee=name, done_at=done, receiver=self.order.head or name,
                    place=self.order.address or "示例路 1 号", receipt=paper["pdf"])  # fmt: skip


def application(cast: Cast, today: date) -> int:
    """An application for the repair of the oldest penalty, which comes too early."""
    with acting(cast.reader().pk):
        issued = Paper.objects.filter(code="penalty_decision", voided="", issued_on__isnull=False)
        paper = issued.filter(dossier__bureau=cast.bureau).earliest("issued_on")
        bound = (
            Obligation.objects.filter(dossier_id=paper.dossier_id, seq=paper.nth).select_related("addressee").first()
        )
    day = workdays_before(today, 3)
    walk, at = Walk(cast, "repair"), moment(day, time(9, 30))
    walk.step("note_application", at, {
        "number": paper.number, "applicant": bound.addressee.name, "channel": "national", "received_on": day, "held": "plain",
        "held_why": "罚款数额不属于较小，没有造成严重后果（示例）。", "proof": "罚款收据、改正报告", "promise": True,
    })  # fmt: skip
    return 1

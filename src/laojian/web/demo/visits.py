"""The demo's visits: a few dozen, of several grounds, each brought by its steps to where it stands."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from random import Random

from laojian.cases.replay.walk import Cast, Walk, later, moment, workday
from laojian.employers.models import Employer
from laojian.lawbook import law
from laojian.people.models import Bureau

from .journey import fill_open

SEED = 20261123
PROFILE, SINCE = "example-district", "2017-01-01"  # the list by which the district's items are public
FINDING = "抽查的三名劳动者没有书面劳动合同"
# Where a visit stops, with the working days since it was planned and how many there are of it.
STOPS = (
    ("plan", 1, 3), ("approve", 3, 3), ("begin", 5, 2), ("check", 6, 2), ("record", 7, 2), ("results", 9, 3), ("publish", 15, 6),
    ("close", 25, 4), ("archive", 35, 4), ("case", 12, 2), ("cancel", 10, 1), ("ask", 8, 2), ("review", 20, 2), ("late", 45, 1),
)  # fmt: skip
GROUNDS = ("patrol", "patrol", "campaign", "assignment", "report", "patrol")
ITEMS = (
    ["wage-payment", "labour-contract"],
    ["labour-contract", "working-time"],
    ["social-insurance"],
    ["wage-payment"],
)
PATH = ("plan", "approve", "begin", "check", "record", "results", "publish", "close", "archive")


def publish_items(bureau: Bureau) -> None:
    """The district's list of powers with its published inspection items is registered."""
    bureau.options = {**bureau.options, "powers": {SINCE: PROFILE}}
    bureau.save(update_fields=["options"])


def write(casts: Mapping[str, Cast], employers: Mapping[str, list[Employer]], today: date) -> int:
    """Bring each visit to where it stops; returns how many there are."""
    cast, rng = casts["district"], Random(SEED)
    publish_items(cast.bureau)
    firms = iter(rng.sample(employers[cast.bureau.region], sum(count for *_, count in STOPS)))
    stops = [(stop, ago) for stop, ago, count in STOPS for _ in range(count)]
    for n, (stop, ago) in enumerate(sorted(stops, key=lambda one: -one[1])):
        Trip(cast, next(firms), GROUNDS[n % len(GROUNDS)], ITEMS[n % len(ITEMS)], workdays_before(today, ago)).to(stop)
    return len(stops)


def workdays_before(today: date, count: int) -> date:
    """The working day so many working days before."""
    day = today
    while count or not law().calendar.is_workday(day):
        day -= timedelta(days=1)
        count -= law().calendar.is_workday(day)
    return day


class Trip:
    """One visit on its way."""

    def __init__(self, cast: Cast, employer: Employer, ground: str, items: list[str], begins: date):
        self.walk, self.cast, self.employer, self.ground, self.items = (
            Walk(cast, "visit"),
            cast,
            employer,
            ground,
            items,
        )
        self.at, self.written = moment(begins, time(9, 30)), False

    def to(self, stop: str) -> None:
        """Every phase up to the one where it stops."""
        self.written = stop in ("ask", "review")
        if self.written:
            path = (
                ("plan", "approve", "ask")
                if stop == "ask"
                else ("plan", "approve", "ask", "review", "results", "publish")
            )
        elif stop in PATH:
            path = PATH[: PATH.index(stop) + 1]
        else:
            path = {"cancel": ("plan", "cancel"), "case": (*PATH[:5], "case", "results"), "late": PATH[:6]}[stop]
        self.problem = (stop in ("case", "publish") and self.employer.pk % 2 == 0) or stop == "case"
        for name in path:
            getattr(self, name)()

    def go(self, verb: str, **given) -> None:
        """A step, a little later."""
        self.at = max(later(self.at), self.walk.now or self.at)
        self.walk.step(verb, self.at, given)

    def morrow(self) -> datetime:
        """The next working day in the morning."""
        self.at = moment(workday(self.at.date() + timedelta(days=1)), time(9, 0))
        return self.at

    def finish(self, *codes: str) -> None:
        """The drafts become papers."""
        for draft in self.walk.drafts(*codes):
            self.at = self.walk.finish(draft, later(self.at), fill_open)

    def plan(self) -> None:
        inspectors = self.cast.posts["inspector"]
        first = self.at.date()
        mode = {"mode": "written", "length": 10, "unit": "working_day"} if self.written else {"mode": "onsite"}
        self.go("plan_visit", employer=self.employer.pk, ground="written" if self.written else self.ground, items=self.items,
                from_on=first, until_on=first + timedelta(days=14), announced=True, materials="工资支付台账\n劳动合同\n考勤记录",
                document="示例来文〔2026〕1号", lead=inspectors[0].pk, second=inspectors[1].pk, **mode)  # fmt: skip

    def approve(self) -> None:
        self.go("approve_visit", opinion="同意检查。")
        self.finish()

    def cancel(self) -> None:
        self.go("cancel_visit", opinion="与市局检查合并。")

    def begin(self) -> None:
        self.morrow()
        began = later(self.at)
        self.go(
            "begin_visit",
            began_at=began,
            shown=True,
            handed=True,
            present=self.employer.legal_rep or "负责人",
            present_post="负责人",
        )

    def check(self) -> None:
        rows = [(each["item"], line.key) for each in self.walk.file.visit["items"]
                for line in law().item(each["item"]).version(self.at.date()).standard]  # fmt: skip
        bad = rows[0] if self.problem else None
        self.go("fill_checklist", lines=[
            {"item": item, "line": key, "outcome": "problem" if (item, key) == bad else "ok", "note": FINDING if (item, key) == bad else ""}
            for item, key in rows
        ])  # fmt: skip

    def record(self) -> None:
        self.go(
            "make_record", ended_at=later(self.at), present=self.employer.legal_rep or "负责人", comment="没有异议。"
        )
        self.finish("inspection_record")
        self.go("sign_record", confirmed=True)

    def case(self) -> None:
        item = self.items[0]
        self.go("open_case", matter="no_contract", lines=[f"{item}:{law().item(item).versions[-1].standard[0].key}"])

    def results(self) -> None:
        code = "case_filed" if self.walk.file.has_taken("open_case") else "pending" if self.problem else "no_problem"
        follow = {"case_filed": "已立案调查", "pending": "限期核实"}.get(code, "")
        self.go("conclude_visit", codes=[code], note=FINDING if self.problem else "对照检查标准，未发现问题。", follow=follow,
                ended_on=self.at.date())  # fmt: skip
        self.finish("inspection_result")

    def publish(self) -> None:
        self.morrow()
        self.go("publish_result", where="本机关公开页面")

    def close(self) -> None:
        self.finish()
        self.go("close_visit", opinion="结果已经公示，办结。")

    def archive(self) -> None:
        self.deliver("inspection_notice", "inspection_result")
        self.morrow()
        self.go("archive", pages=12, retention="永久")

    def deliver(self, *codes: str) -> None:
        """What goes out is served, with its receipt."""
        for paper in [p for p in self.walk.fresh().papers if p["code"] in codes and not p["services"]]:
            self.serve("serve_paper", paper)

    def serve(self, verb: str, paper: Mapping) -> None:
        """One paper is handed to the employer."""
        done = later(self.at)
        self.at = done
        self.go(verb, paper=paper["id"], party=self.walk.file.parties[0]["id"], method="direct", done_at=done, place=self.employer.address,
                receiver=self.employer.legal_rep or "负责人", relation="负责人", second_server=self.cast.posts["inspector"][1].name,
                receipt=paper["pdf"])  # fmt: skip

    def ask(self) -> None:
        paper = next(p for p in self.walk.fresh().papers if p["code"] == "written_review_notice")
        self.serve("serve_review", paper)

    def review(self) -> None:
        self.morrow()
        self.go("receive_written", received_on=self.at.date(), materials="工资支付台账\n劳动合同")
        self.check()
        self.go("review_written", reviewed_on=self.at.date())
        self.finish("written_review_report")

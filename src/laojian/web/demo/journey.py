"""One invented file on its way: the phases of the general procedure in their order, each made of steps taken by `take()`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from laojian.cases.replay.routine import SERVES, routine, service, to_serve
from laojian.cases.replay.walk import OPENS, Walk, later, moment, workday
from laojian.cases.replay.wording import respondent
from laojian.employers.identifiers import invented_identity_number
from laojian.employers.models import Employer, Site
from laojian.papers.actions import templates
from laojian.procedure.step import File, local

from .employers import person
from .plans import Plan

OFFICE = [*range(9 * 60 + 30, 11 * 60 + 30), *range(13 * 60 + 30, 16 * 60)]  # when the first step of a day is taken
SITTING = timedelta(minutes=30)  # what an inspection or an inquiry takes
FACTS = {
    "wages": "该单位自{since}起拖欠{whom}工资{sum}，至今未付",
    "overtime": "该单位自{since}起每月安排40名劳动者加班超过法定上限",
    "no_contract": "该单位与劳动者建立劳动关系满一个月未订立书面劳动合同",
    "withheld": "该单位招用劳动者时收取押金并扣押身份证件",
    "wage_guarantee": "该单位工地未按规定开设农民工工资专用账户，未实行实名制管理",
}


class TooLate(Exception):
    """The journey would go beyond today: its start lies too near."""


@dataclass
class Journey:
    """The file under way, with its own chance and the moment beyond which nothing may happen."""

    plan: Plan
    walk: Walk
    rng: Random
    employer: Employer
    begins: date
    concludes: date  # the investigation does not end before this day
    limit: datetime
    site: Site | None = None

    @property
    def since(self) -> date:
        """The day on which the violation began: some months before anybody complained."""
        return (self.begins - timedelta(days=130)).replace(day=1)

    @property
    def facts(self) -> str:
        """What happened, in a sentence; with the claims on the file, how many are owed how much."""
        claims = self.file.claims if self.walk.file else {"workers": 0}
        whom = f"{claims['workers']}名劳动者" if claims["workers"] else "劳动者"
        total = f"共计{Decimal(str(claims['found'])):,.2f}元" if claims["workers"] else ""
        return FACTS[self.plan.matter].format(since=f"{self.since.year}年{self.since.month}月", whom=whom, sum=total)

    @property
    def file(self) -> File:
        """The file as after its last step."""
        return self.walk.file

    def at(self, after: int = 0) -> datetime:
        """A moment so many working days after the last step; a little later on the same day when none."""
        if self.walk.now is None:
            then = moment(self.begins, self._hour())
        elif after:
            then = moment(self._day(local(self.walk.now).date(), after), self._hour())
        else:
            then = later(self.walk.now, timedelta(minutes=self.rng.randint(4, 12)))
        if then > self.limit:
            raise TooLate(f"{self.plan}：{then}")
        return then

    def _hour(self) -> time:
        minute = self.rng.choice(OFFICE)
        return time(minute // 60, minute % 60)

    @staticmethod
    def _day(day: date, after: int) -> date:
        for _ in range(after):
            day = workday(day + timedelta(days=1))
        return day

    def go(self, verb: str, after: int = 0, by=None, **given) -> File:
        """Take a step; in a tidy file its papers are numbered and sealed at once."""
        at = self.at(after)
        usual = routine(self.walk, verb, at) if self.walk.file else {}
        if "began_at" in usual:
            usual["began_at"] = at - SITTING
        self.walk.step(verb, at, usual | given, by)
        if self.plan.tidy and self.walk.steps[verb].paper:
            self.finish(*[code for code, t in templates().items() if t.serve is None or t.serve == "letter"])
        return self.file

    def wait_for(self, *keys: str) -> None:
        """Let the time of these limits run out: the next step is on the working day after the last of them."""
        last = max(date.fromisoformat(clock["due_on"]) for key in keys for clock in self.file.running(key))
        day = workday(last + timedelta(days=1))
        if moment(day, OPENS) > self.limit:
            raise TooLate(f"{self.plan}：{day}")
        self.walk.pass_time(moment(day, OPENS))

    def rest_until(self, day: date) -> None:
        """Let the file lie so that a step two working days later falls on the day, unless it is past already."""
        start = workday(day) - timedelta(days=1)
        while self._day(start, 2) > day:
            start -= timedelta(days=1)
        if start > local(self.walk.now).date():
            self.walk.pass_time(moment(start, OPENS))
            self.walk.now = moment(start, OPENS)

    def finish(self, *codes: str) -> None:
        """Number and seal the drafts of these codes."""
        for draft in self.walk.drafts(*codes):
            self.walk.finish(draft, self.at(), fill_open)

    def serve(self, verb: str, after: int = 1, **given) -> None:
        """Number and seal the papers of a step of service, then bring them to everybody."""
        at = self.at(after)
        for draft in self.walk.drafts(*SERVES[verb]):
            at = self.walk.finish(draft, at, fill_open)
        for paper, party in to_serve(self.walk, verb):
            at = max(at, self.at())
            name = next(p["legal_rep"] or p["name"] for p in self.file.parties if p["id"] == party)
            scan = next(p["pdf"] for p in self.file.papers if p["id"] == paper)
            own = {"receiver": name, "relation": "负责人", "place": "受送达人住所", "receipt": scan}
            self.walk.step(verb, at, service(self.walk, at, paper, party) | own | given)

    def send(self, code: str) -> None:
        """Number, seal and bring another paper: a notice to whoever complained, a letter to the employer."""
        self.finish(code)
        for paper in self.walk.fresh().papers:
            if paper["code"] == code and not paper["services"]:
                at = self.at()
                who = self.file.sources[0]["name"] or "来件单位"
                inward = code in ("inquiry_letter",)
                to = {"party": respondent(self.file)} if inward else {"addressee": who}
                given = {
                    "paper": paper["id"],
                    "method": "direct",
                    "done_at": at,
                    "receiver": who,
                    "place": "本局",
                    "receipt": paper["pdf"],
                }
                self.walk.step("serve_paper", at, given | to)

    def owed(self) -> Decimal:
        """What the ledger finds unpaid."""
        claims = self.file.claims
        return Decimal(str(claims["found"])) - Decimal(str(claims["paid"])) - Decimal(str(claims["enforced"]))

    def party(self, role: str) -> dict | None:
        """The first party in a role."""
        return next((p for p in self.file.parties if p["role"] == role), None)

    def months(self) -> list[str]:
        """The four months of which wages may be unpaid."""
        first = self.since.year * 12 + self.since.month - 1
        return [f"{nth // 12}-{nth % 12 + 1:02d}" for nth in range(first, first + 4)]

    def worker_rows(self) -> list[dict]:
        """Invented workers with months that need not be contiguous."""
        rows = []
        for _ in range(self.plan.workers):
            months = sorted(self.rng.sample(self.months(), self.rng.randint(1, 3)))
            amount = Decimal(self.rng.randrange(4200, 9800) * len(months)) + Decimal(self.rng.randrange(0, 100)) / 100
            rows.append({
                "name": person(self.rng), "id_number": invented_identity_number(self.rng.randrange(10**6)),
                "phone": f"138{self.rng.randrange(10**8):08d}",
                "trade": self.rng.choice(["瓦工", "木工", "电工", "普工", "缝纫工", "服务员"]), "months": months, "amount": str(amount),
            })  # fmt: skip
        return rows


def fill_open(body: list) -> list:
    """The text with 无 where something still stands open that the step did not ask."""
    if isinstance(body, str):
        while (start := body.find("〔待填：")) >= 0:
            body = body[:start] + "无" + body[body.find("〕", start) + 1 :]
        return body
    if isinstance(body, list):
        return [fill_open(each) for each in body]
    return {key: fill_open(value) for key, value in body.items()} if isinstance(body, dict) else body


Phase = Callable[[Journey], None]

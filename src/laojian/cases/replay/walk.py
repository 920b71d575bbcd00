"""One file walked through its procedure: every step by `take()`, in the name of whoever holds the post; time limits lapse on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from laojian.dossier.models import Dossier
from laojian.lawbook import law
from laojian.papers.actions import approved, templates
from laojian.papers.models import Paper
from laojian.papers.template import APPROVERS, Template
from laojian.people.acting import acting
from laojian.people.models import Bureau, Officer
from laojian.procedure.step import ROLE_LABELS, SHANGHAI, File, Step, local
from laojian.procedure.take import FLOWS, open_file, read, take

OPENS, CLOSES, AFTER_MIDNIGHT = time(9, 0), time(17, 30), time(0, 5)
PAUSE = timedelta(minutes=10)  # between two steps of the same day
MOMENT = timedelta(minutes=1)  # between two acts on papers


def moment(day: date, at: time) -> datetime:
    """A moment on a day in China."""
    return datetime.combine(day, at, SHANGHAI)


def workday(day: date) -> date:
    """The day itself, or the next working day."""
    while not law().calendar.is_workday(day):
        day += timedelta(days=1)
    return day


def later(now: datetime, pause: timedelta = PAUSE) -> datetime:
    """A little later within working hours; after them, the next working day's first hour."""
    then = local(now) + pause
    if then.time() < OPENS:
        return moment(workday(then.date()), OPENS)
    if then.time() > CLOSES or then.date() != local(now).date():
        return moment(workday(local(now).date() + timedelta(days=1)), OPENS)
    return then


@dataclass
class Cast:
    """Who acts: the officers of a bureau by post, the first who may being taken; and the clock."""

    bureau: Bureau
    posts: Mapping[str, list[Officer]]
    clock: Officer

    def taker(self, step: Step, file: File | None) -> Officer:
        """Who takes a step: the inspector in charge where it is an inspector's, else the first in post who is not barred."""
        if step.role in ROLE_LABELS:
            return self.clock
        lead = file.dossier["lead_id"] if file else None
        if lead and "inspector" in step.roles:
            return next(officer for officer in self.posts["inspector"] if officer.pk == lead)
        barred = file.takers(step.barred) if file else {}
        inspectors = [lead, file.dossier["second_id"]] if lead else []
        held = [officer for role in step.roles for officer in self.posts.get(role, ())]
        free = [officer for officer in held if officer.pk not in barred and officer.pk not in inspectors]
        return (free or held or self.posts["inspector"])[0]

    def reader(self) -> Officer:
        """Somebody of the bureau in whose name the file is read."""
        return next(officers[0] for officers in self.posts.values() if officers)


@dataclass
class Walk:
    """The file on its way. `file` is as after the last step; `now` the moment of that step."""

    cast: Cast
    flow: str = "general"
    file: File | None = None
    now: datetime | None = None
    took: list[tuple[int, str]] = field(default_factory=list)  # (seq, verb) of every step, those of the clock included

    @property
    def steps(self) -> Mapping[str, Step]:
        """The table's steps by verb."""
        return FLOWS[self.flow].by_verb

    def step(self, verb: str, at: datetime, given: Mapping, by: Officer | None = None) -> File:
        """Let time pass until `at`, then take the step. Raises Refused."""
        step = self.steps[verb]
        if self.file is None:
            by = by or self.cast.taker(step, None)
            return self._taken(verb, at, open_file(self.flow, verb, by=by, at=at, given=given, bureau=self.cast.bureau))
        self.pass_time(at)
        by = by or self.cast.taker(step, self.file)
        return self._taken(verb, at, take(self.file.id, verb, by=by, at=at, given=given))

    def _taken(self, verb: str, at: datetime, file: File) -> File:
        self.file, self.now = file, at
        self.took.append((file.seq, verb))
        return file

    def pass_time(self, until: datetime) -> None:
        """Take the lapses of all limits that end before `until`, in order, each shortly after midnight of its own day."""
        while due := self._next_lapse(local(until).date()):
            day, verb = due
            at = max(moment(day + timedelta(days=1), AFTER_MIDNIGHT), self.now)
            self._taken(verb, at, take(self.file.id, verb, by=self.cast.clock, at=at, given={}))

    def _next_lapse(self, today: date) -> tuple[date, str] | None:
        """The next limit that is over before a day and that lapses by a step of the clock: its last day and that step."""
        lapses = [s for s in self.steps.values() if s.role == "clock" and self.file.state in s.sources]
        over = [
            (date.fromisoformat(clock["due_on"]), step.verb)
            for step in lapses
            for key in step.stops
            for clock in self.file.running(key)
            if not clock["provisional"]  # no right ends on a day that a coming notice may still move
        ]
        return min((each for each in over if each[0] < today), default=None)

    def beside(self, flow: str) -> "Walk":
        """The newest track of this flow beside the file, from here on. Raises Dossier.DoesNotExist."""
        with acting(self.cast.reader().pk):
            newest = Dossier.objects.filter(parent_id=self.file.id, flow=flow).latest("pk")
            return Walk(self.cast, flow, read(newest.pk, self.cast.reader().pk, self.now), self.now)

    def fresh(self) -> File:
        """The file read anew, drafts included."""
        with acting(self.cast.reader().pk):
            return read(self.file.id, self.cast.reader().pk, self.now)

    def drafts(self, *codes: str) -> list[dict]:
        """The drafts of these codes (all when none is named), oldest first."""
        return [each for each in self.fresh().drafts if not codes or each["code"] in codes]

    def finish(self, draft: Mapping, at: datetime, fill) -> datetime:
        """Carry a draft to its seal: put in what is open, approve where it must be, number, seal or sign. Returns the moment after.

        `fill` turns the draft's text into the text that is numbered; the copy sealed is the numbered one itself.
        """
        paper = {"paper": draft["id"]}
        with acting(self.cast.reader().pk):
            kept = Paper.objects.get(pk=draft["id"])
        if (filled := fill(kept.body)) != kept.body:
            at = self._act("edit_paper", at, paper | {"body": filled})
        template = templates()[kept.code]
        if not approved(template, {} if filled != kept.body else kept.approval):
            at = self._act("approve_paper", at, paper, self._approver(template, kept))
        at = self._act("issue_paper", at, paper)
        if template.seal or template.by_hand:
            digest = next(each["pdf"] for each in self.file.papers if each["id"] == kept.pk)
            at = self._act("seal_paper", at, paper | {"way": "scan" if template.seal else "signed", "file": digest})
        return at

    def _approver(self, template: Template, paper: Paper) -> Officer:
        """Who approves a draft: the lowest post that is high enough, whoever drafted it excepted."""
        drafter = next((row[3] for row in self.file.took if row[0] == paper.nth), None)
        high = APPROVERS[APPROVERS.index(template.approver) :]
        return next(o for role in high for o in self.cast.posts.get(role, ()) if o.pk != drafter)

    def _act(self, verb: str, at: datetime, given: Mapping, by: Officer | None = None) -> datetime:
        at = max(at, self.now)
        self.step(verb, at, given, by)
        return at + MOMENT

"""Plays a story: day by day, refusals included, and compares its end with what was published."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from laojian.dossier.models import Dossier
from laojian.people.acting import acting
from laojian.procedure.step import Reason, Refused, local

from ..models import Worker
from ..queries import claim_table
from .routine import SEALED_FIRST, SERVES, routine, service, to_serve
from .stage import stage
from .story import NOT_SAID, Story, Told
from .walk import MOMENT, OPENS, PAUSE, Walk, later, moment, workday
from .wording import WordingError, crowd, evenly, spoken

CURED_BY_TIME = ("correct", "defense", "hearing_request")  # a party's own time, which must run out before certain steps


class Stopped(Exception):
    """The story cannot go on: a step was refused that was not meant to be, or was not refused, or the end differs."""

    def __init__(self, text: str, reasons: list[Reason] | None = None):
        self.reasons = reasons or []
        super().__init__("：".join([text, *(f"{reason}（{reason.basis}）" for reason in self.reasons)]))


@dataclass
class Event:
    """What came of one step of the story: its entries, what nobody said, and the reasons where it was refused."""

    told: Told
    at: datetime
    entries: range
    unsaid: list[str] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)


class Play:
    """A story on its way through the procedure. `events` grow as it goes, also when it stops."""

    def __init__(self, story: Story):
        self.story = story
        self.walk = self.case = Walk(stage(story))
        self.walks = {self.case.flow: self.case}  # the case and its tracks
        self.events: list[Event] = []

    def run(self) -> "Play":
        """Play to the end. Raises Stopped; what happened until then stays told in `events`."""
        for told in self.story.steps:
            self._turn(told.flow, told.nth)
            self._play(told)
        self._turn(self.case.flow)
        self._compare()
        return self

    def _turn(self, flow: str, nth: int = 0) -> None:
        """Go on in the case or in a track beside it, at the moment that was reached."""
        now = self.walk.now
        if flow not in self.walks:
            try:
                self.walks[flow] = self.case.beside(flow)
            except Dossier.DoesNotExist as wrong:
                raise Stopped(f"第 {nth} 步：本案还没有这一分卷，请先写明登记它的步骤") from wrong
        if self.walk is not self.walks[flow]:
            self.walk = self.walks[flow]
            self.walk.now = now
            self.walk.file = self.walk.fresh()

    def _play(self, told: Told) -> None:
        reasons: list[Reason] = []
        first = len(self.walk.took)
        unsaid: list[str] = []
        at = None
        for at in self._moments(told):
            try:
                unsaid = self._take(told, at)
                reasons = []
                break
            except Refused as refused:
                reasons = refused.reasons
            except WordingError as wrong:
                raise Stopped(f"第 {told.nth} 步“{self._label(told)}”：{wrong}") from wrong
        self.events.append(Event(told, at, range(first, len(self.walk.took)), unsaid, reasons))
        self._judge(told, reasons)

    def _label(self, told: Told) -> str:
        return self.walk.steps[told.verb].label

    def _judge(self, told: Told, reasons: list[Reason]) -> None:
        """Whether the step was refused exactly when it was meant to be, on the articles named."""
        name = f"第 {told.nth} 步“{self._label(told)}”"
        if told.refused and not reasons:
            raise Stopped(f"{name}本应依 {'、'.join(told.articles)} 被拒绝，系统却予以办理")
        if reasons and not told.refused:
            raise Stopped(f"{name}未能办理", reasons)
        if missing := set(told.articles) - {reason.basis for reason in reasons} if told.refused else ():
            raise Stopped(f"{name}被拒绝，但所依据的法条中没有 {'、'.join(sorted(missing))}", reasons)

    def _moments(self, told: Told) -> Iterator[datetime]:
        """When to try the step: the day told; or, where nothing is said, at once and then whenever a party's time has run out."""
        if isinstance(told.day, date):
            yield self._on(told.day, told.hour)
            return
        if isinstance(told.day, str):
            first = date.fromisoformat(f"{told.day}-01")
            within = self.walk.now and local(self.walk.now).strftime("%Y-%m") == told.day
            yield later(self.walk.now) if within else moment(workday(first), OPENS)
            return
        start = later(self.walk.now) if self.walk.now else moment(self._next_fixed(told) or date.min, OPENS)
        if told.not_before and start.date() < told.not_before:
            start = moment(told.not_before, OPENS)
        yield start
        if told.refused or not self.walk.file:
            return
        limit = self._next_fixed(told) or date.max
        over = {date.fromisoformat(clock["due_on"]) for key in CURED_BY_TIME for clock in self.walk.file.running(key)}
        for due in sorted(over):
            day = workday(due + timedelta(days=1))
            if start.date() < day <= limit:
                yield moment(day, OPENS)

    def _on(self, day: date, hour: str) -> datetime:
        """A moment on the day told: the hour told, or opening time, or a little after the step before."""
        at = moment(day, time.fromisoformat(hour) if hour else OPENS)
        now = self.walk.now
        return max(at, local(now) + PAUSE) if now and local(now).date() == day and not hour else at

    def _next_fixed(self, told: Told) -> date | None:
        """The day of the next step whose day is told."""
        rest = self.story.steps[told.nth - 1 :]
        return next((each.day for each in rest if isinstance(each.day, date)), None)

    def _take(self, told: Told, at: datetime) -> list[str]:
        """Take the step at a moment; returns what nobody said. Raises Refused."""
        for draft in self.walk.drafts(*SEALED_FIRST[told.verb]) if told.verb in SEALED_FIRST else ():
            at = self.walk.finish(draft, at, say_what_is_open) + MOMENT
        if told.verb in SERVES:
            return self._serve(told, at)
        if told.each:
            return self._for_each_worker(told, at)
        given, unsaid = self._given(told, at)
        self.walk.step(told.verb, at, given, self._by(told))
        return unsaid

    def _given(self, told: Told, at: datetime) -> tuple[dict, list[str]]:
        """What the step is given: its routine, the story's words, the marks of silence."""
        words, more = dict(told.given), []
        for word, value in words.items():
            if isinstance(value, Mapping) and "合计" in value:
                words[word], more = crowd(value)
        given, unsaid = self._spoken(told, routine(self.walk, told.verb, at) | words, at, told.others)
        return given, unsaid + more

    def _spoken(self, told: Told, words: Mapping, at: datetime, others: bool) -> tuple[dict, list[str]]:
        """The words as the step's form has them; what it offers is read from the file, in the name of the bureau."""
        with acting(self.walk.cast.reader().pk):
            return spoken(self.walk.steps[told.verb], words, self.walk.file, at, others)

    def _by(self, told: Told):
        """The officer that the story names."""
        named = (
            officer for officers in self.walk.cast.posts.values() for officer in officers if officer.name == told.by
        )
        return next(named, None)

    def _serve(self, told: Told, at: datetime) -> list[str]:
        """Carry the papers of this step to their seals and bring each to all its addressees."""
        self.walk.pass_time(at)
        for draft in self.walk.drafts(*SERVES[told.verb]):
            at = self.walk.finish(draft, at, say_what_is_open)
        pairs = to_serve(self.walk, told.verb)
        if not pairs:
            raise Stopped(f"第 {told.nth} 步“{self._label(told)}”：没有可送达的文书，或者都已送达")
        for paper, party in pairs:
            given, _ = self._spoken(told, service(self.walk, at, paper, party) | dict(told.given), at, False)
            self.walk.step(told.verb, at, given, self._by(told))
            at += MOMENT
        return ["送达方式和签收人"] if not told.given else []

    def _for_each_worker(self, told: Told, at: datetime) -> list[str]:
        """The same step once for every worker, a sum shared evenly among them."""
        with acting(self.walk.cast.reader().pk):
            workers = list(
                Worker.objects.filter(dossier_id=self.walk.file.id).order_by("id").values_list("id", flat=True)
            )
        (word, total), *_ = told.each.items()
        for worker, share in zip(workers, evenly(Decimal(str(total)), len(workers)), strict=True):
            one = Told(**{**vars(told), "given": {**told.given, "worker": worker, word: str(share)}, "each": {}})
            self.walk.step(told.verb, at, self._given(one, at)[0], self._by(told))
            at += timedelta(seconds=1)
        return ["逐人金额（按人均列，只有合计可靠）"]

    def _compare(self) -> None:
        """The end as told against the end as reached."""
        reached = self.ended()
        for word, wanted in self.story.ends.items():
            got = reached.get(word)
            same = (
                got == wanted
                if isinstance(wanted, str)
                else got is not None and Decimal(str(got)) == Decimal(str(wanted))
            )
            if not same:
                raise Stopped(f"结果与公布的不一致：{word} 公布（预期）为 {wanted}，系统走到 {got}")

    def ended(self) -> dict:
        """How it ended: states of case and tracks, sums demanded since the investigation ended, sums of the claim table."""
        file = self.walk.fresh()
        with acting(self.walk.cast.reader().pk):
            table = claim_table(file.id)
        base = (file.last("end_investigation") or [0])[0]
        sums: dict[str, Decimal] = {}
        for each in file.obligations:
            if each["seq"] > base and each["amount"] is not None:
                sums[each["kind"]] = sums.get(each["kind"], Decimal(0)) + Decimal(str(each["amount"]))
        kept = {name: table[name] for name in ("count", "found", "ordered", "paid", "owed")}
        tracks = {flow: walk.fresh().state for flow, walk in self.walks.items() if walk is not self.case}
        return {"state": file.state, **{f"decided_{kind}": total for kind, total in sums.items()}, **kept, **tracks}


def say_what_is_open(body: list) -> list:
    """The draft's text with 〔公告未载明〕 wherever something stands open."""
    return [say(each) for each in body]


def say(node):
    """One node of the text, whatever its shape."""
    if isinstance(node, str):
        while (start := node.find("〔待填：")) >= 0:
            node = node[:start] + NOT_SAID + node[node.find("〕", start) + 1 :]
        return node
    if isinstance(node, list):
        return [say(each) for each in node]
    return {key: say(value) for key, value in node.items()} if isinstance(node, dict) else node

"""The words in which a procedure is told: State, Step, Given, Flow. One table of Steps is the procedure; the rest is derived."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from laojian.lawbook import worded

SHANGHAI = ZoneInfo("Asia/Shanghai")
# The roles that nobody is appointed to: the clock, whoever holds a code, a step that only another step takes.
ROLE_LABELS = {"clock": "期限", "complainant": "投诉人", "employer": "用人单位", "procedure": "其他步骤"}


@dataclass(frozen=True)
class Reason:
    """Why a step is refused, for people: what is wrong, on which article, and what to do now."""

    text: str
    basis: str = ""
    remedy: str = ""
    field: str = ""

    def __str__(self) -> str:
        return self.text + (f"。{self.remedy}" if self.remedy else "")


class Refused(Exception):
    """A step was refused: carries every reason at once. Nothing was written."""

    def __init__(self, reasons: Iterable[Reason]):
        self.reasons = list(reasons)
        super().__init__("；".join(str(reason) for reason in self.reasons))


class Given(forms.Form):
    """What a step asks, declared once for page, API, replay and record.

    `sealed` names fields that the record keeps masked. `file` is the file as read, so that a form can offer its parties,
    papers or clocks as choices; `on` is the day of the step. A help text may name keys of law: {clock:pay} (lawbook/words.py).
    """

    sealed: tuple[str, ...] = ()
    use_required_attribute = False

    def __init__(self, data: Mapping | None = None, *, file: "File | None" = None, on: date | None = None, **kwargs):
        super().__init__(data, **kwargs)
        self.file, self.on = file, on
        for asked in self.fields.values():
            asked.help_text = worded(str(asked.help_text), on)
        if file is not None:
            self.offer(file)

    def offer(self, file: "File") -> None:
        """Set the choices that depend on the file."""

    @classmethod
    def read(cls, given: Mapping, file: "File", on: date) -> tuple["Given", list[Reason]]:
        """The bound form and what is wrong with the input; a key that the step does not ask is wrong too."""
        form = cls(given, file=file, on=on)
        unknown = [key for key in given if key not in form.fields]
        wrong = [Reason(f"本步骤不收“{key}”这一项", remedy="请删去后重新提交", field=key) for key in unknown]
        for name, errors in form.errors.items():
            label = form.fields[name].label if name in form.fields else ""
            wrong += [Reason(f"{label}：{text}" if label else text, field=name) for text in errors]
        return form, wrong

    def record(self) -> dict[str, Any]:
        """The cleaned input as JSON for the entry, sealed fields masked, empty ones left out."""
        kept = {key: value for key, value in self.cleaned_data.items() if value not in (None, "", [], {})}
        return {key: "＊＊＊" if key in self.sealed else plain(value) for key, value in kept.items()}

    @classmethod
    def schema(cls) -> dict[str, dict]:
        """Names, labels, kinds and duty of the fields, for the API and the generated documents."""
        return {
            name: {"label": str(each.label or name), "kind": type(each).__name__, "required": each.required}
            for name, each in cls.base_fields.items()
        }


class Nothing(Given):
    """A step that asks nothing."""


def plain(value: Any) -> Any:
    """A cleaned value as JSON: dates as ISO text, money as text with its cents, rows by their key."""
    if isinstance(value, (str, int, bool)) or value is None:
        return value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Iterable):
        return [plain(item) for item in value]
    return getattr(value, "pk", None) or str(value)


@dataclass(frozen=True)
class State:
    """Where a file can stand: its word, label, place on the stepper, whom it waits for, and what the public is told."""

    key: str
    label: str
    stage: str
    waits: tuple[str, ...] = ()
    public: str = ""
    final: bool = False


@dataclass(frozen=True)
class Step:
    """One row of the table: from these states, this role may do this, on this article; what it starts, stops, asks and drafts."""

    verb: str
    label: str
    sources: tuple[str, ...]
    target: str | None  # None: the file stays where it is
    role: str  # one or several words of people.Role, parted by spaces; or one of ROLE_LABELS
    basis: str
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    reopens: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    given: type[Given] = Nothing
    starts_from: str = "at"
    paper: str | None = None
    quiet: bool = False  # offered under “更多”, not among the next steps

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles, any of which may take the step."""
        return tuple(self.role.split())


@dataclass
class Effects:
    """What an action asks of the step that called it: columns of the dossier, details of clocks, further drafts."""

    dossier: dict[str, Any] = field(default_factory=dict)
    clocks: dict[str, dict] = field(default_factory=dict)  # key → {length, unit, subject, from}
    stops: tuple[str, ...] = ()  # subjects: end only the clocks that run on these
    keeps: tuple[str, ...] = ()  # keys of clocks that the step would end, but that run on this time
    outcome: dict[str, Any] = field(default_factory=dict)  # what a track that ends tells its parent, dates as ISO text
    words: str = ""  # what the file is found by from now on, two neighbouring characters at a time; empty: as before
    papers: list[tuple[str, dict]] = field(
        default_factory=list
    )  # (code, given) besides the step's own paper, or in its place
    given: dict[str, Any] = field(default_factory=dict)  # added to the entry: ids of the rows written


Guard = Callable[["File", "Step", Mapping | None], Iterable[Reason]]
Action = Callable[["File", Mapping], Effects | None]
Calls = Callable[["File", "Step", Mapping, Effects], set[str]]


def nobody(file: "File", step: "Step", given: Mapping, effects: Effects) -> set[str]:
    """No post is called besides the one that the state waits for."""
    return set()


@dataclass(frozen=True)
class Flow:
    """A procedure as a room hands it over: table, guards, writers, and how its part of the file is read."""

    name: str
    label: str
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    guards: Mapping[str, Guard]
    actions: Mapping[str, Action]
    facts: Callable[["File", Mapping], dict]
    parts: Mapping[str, str]  # name → SQL of a jsonb value, correlated with the dossier `d`
    stages: tuple[str, ...] = ()
    calls: Calls = nobody  # posts that the file waits for besides its state's
    sealed: bool = False  # its entries are of no bureau's record, and its files stand in nobody's lists
    joins: tuple[str, str] | None = None  # a track: the steps of its parent that open it, and that its end takes there

    def __getitem__(self, verb: str) -> Step:
        return self.by_verb[verb]

    @property
    def by_verb(self) -> dict[str, Step]:
        """Steps by verb."""
        return _index(self, "steps", "verb")

    @property
    def by_state(self) -> dict[str, State]:
        """States by key."""
        return _index(self, "states", "key")


_indexes: dict[tuple[str, str], dict] = {}


def _index(flow: Flow, rows: str, key: str) -> dict:
    found = _indexes.get((flow.name, rows))
    if found is None or len(found) != len(getattr(flow, rows)):
        found = _indexes[flow.name, rows] = {getattr(row, key): row for row in getattr(flow, rows)}
    return found


class File:
    """A file as read for one step: everything that guards, actions, papers and hash need, read in one statement."""

    def __init__(self, flow: Flow, text: str, took: list, head: str, actor: dict, bureau: dict, at: datetime):
        self.flow, self.text, self.head, self.actor, self.bureau, self.at = flow, text, head, actor, bureau, at
        self.within = False  # whether another step takes a step on this file as part of its own
        self.entry = 0  # the number of the entry that the last step wrote: what its receipt is asked for by
        self.drafts: list[dict] = []
        self.hands: dict[str, list] = {}  # the two inspectors when the file was read: id → [name, certificate]
        self.found: dict[Callable, Any] = {}
        self.above: File | None = None
        self.reach: Callable[[], File] | None = None  # reads the parent of a track
        self.took = took  # [[seq, verb, label, actor_id, actor_name, at], …]
        self.parts: dict[str, Any] = json.loads(text, parse_float=Decimal)

    def __getattr__(self, name: str) -> Any:
        if name in self.__dict__.get("parts", ()):
            return self.parts[name]
        if name.startswith("_") or not self.__dict__.get("reach"):
            raise AttributeError(name)
        return getattr(self.parent, name)

    @property
    def parent(self) -> "File":
        """The file beside which a track runs: what the track does not hold itself (parties, claims, evidence) stands there."""
        if self.above is None and self.reach is not None:
            self.above = self.reach()
        if self.above is None:
            raise LookupError("only a track has a parent")
        return self.above

    @property
    def main(self) -> "File":
        """The file beside which a track runs; every other file itself."""
        return self.parent if self.flow.joins else self

    def tells(self, part: str) -> bool:
        """Whether the file, or the one beside which it runs, has this part; a plan or a visit tells of no parties."""
        return part in self.main.parts

    @property
    def id(self) -> int:
        """The dossier's id."""
        return self.dossier["id"]

    @property
    def state(self) -> str:
        """The state the file stands in."""
        return self.dossier["state"]

    @property
    def seq(self) -> int:
        """How many entries the file has."""
        return self.dossier["seq"]

    @property
    def on(self) -> date:
        """The day of the step, in China."""
        return local(self.at).date()

    def once(self, ask: Callable[["File"], Any]) -> Any:
        """What `ask` finds out about the file, asked once however many fields and guards want to know."""
        if ask not in self.found:
            self.found[ask] = ask(self)
        return self.found[ask]

    def has_taken(self, *verbs: str) -> bool:
        """Whether any of these steps was ever taken on the file."""
        return any(row[1] in verbs for row in self.took)

    def last(self, *verbs: str) -> list | None:
        """The newest entry of any of these steps."""
        return next((row for row in reversed(self.took) if row[1] in verbs), None)

    def takers(self, verbs: tuple[str, ...]) -> dict[int, str]:
        """Who took any of these steps: officer id → name."""
        return {row[3]: row[4] for row in self.took if row[1] in verbs}

    def running(self, key: str) -> list[dict]:
        """The running clocks of this key."""
        return [clock for clock in self.clocks if clock["key"] == key and not clock["ending"]]


def local(moment: datetime) -> datetime:
    """The moment on a clock in China, on which legal days are counted."""
    return moment.astimezone(SHANGHAI)

"""How files are scored (案卷评查): the schemes of law/review/, dated, with vetoes, lines, what is looked at, and how files are sampled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from laojian.lawbook.articles import CONFIDENCE, Article
from laojian.lawbook.clocks import Clock
from laojian.lawbook.dated import dated
from laojian.lawbook.reading import Check, Page, Table, day, one_of, rows, table, text, texts, whole

# What can be looked at, each with what its row must say (!) and may say. `track`, `after` and `only_with` may stand in every row.
RULES: dict[str, tuple[str, ...]] = {
    "approved_late": (),
    "backdated": (),
    "beyond_power": (),
    "draft_left": ("besides",),
    "evidence_lacks": ("!fields",),
    "hearing_left": ("!verbs",),
    "hearing_untold": ("!verbs",),
    "heavier": ("!verbs",),
    "informant_open": (),
    "kept_unapproved": (),
    "lacks": ("!verbs", "!fields", "each"),
    "late": ("!clocks",),
    "late_unexplained": ("!clocks",),
    "left_undone": ("!verbs", "!field", "!of", "!by", "!says"),
    "no_receipt": ("!codes",),
    "not_before": ("!verbs", "!by", "!says", "since"),
    "not_in_force": (),
    "order_left": (),
    "out_of_range": ("!verbs",),
    "paid_late": ("!by",),
    "recorded_late": ("!fields", "!within", "!unit"),
    "same_hand": ("!verbs", "!by", "!says"),
    "source_lacks": ("!fields",),
    "sums_differ": (),
    "too_few": (),
    "unanswered": (),
    "uncertified": ("!verbs", "!says"),
    "undecided_avoidance": (),
    "undiscussed": ("!verbs",),
    "unfounded": ("!verbs",),
    "unqualified": ("!verbs", "!field", "!says"),
    "unreckoned": (),
    "unserved": ("!codes",),
    "unsigned": ("codes", "besides"),
    "unwritten": ("!codes",),
    "wrong_party": (),
}
ANYWHERE = ("track", "after", "only_with")


@dataclass(frozen=True)
class Look:
    """One thing that is looked at: which rule, on which articles, on what of the file; `place` is file and line of the row."""

    rule: str
    basis: tuple[str, ...]
    place: str
    says: str = ""
    track: str = ""
    field: str = ""
    unit: str = ""
    within: int = 0
    each: bool = False
    verbs: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    only_with: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Line:
    """A veto (no points) or a line: what each flaw takes, whether people judge it too, for which decisions alone it counts."""

    key: str
    label: str
    group: str
    points: Decimal
    takes: Decimal
    people: bool
    only: tuple[str, ...]
    looks: tuple[Look, ...]

    @property
    def veto(self) -> bool:
        """Whether a single flaw here makes the file fail."""
        return not self.points


@dataclass(frozen=True)
class Grade:
    """A grade: from how many points on."""

    label: str
    least: Decimal


@dataclass(frozen=True)
class Standard:
    """A scheme as it stood from a day to a day. The points of its lines come to a hundred."""

    valid_from: date
    valid_to: date | None
    basis: str
    confidence: str
    grades: tuple[Grade, ...]  # the highest first
    vetoes: tuple[Line, ...]
    lines: tuple[Line, ...]

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def line(self, key: str) -> Line:
        """The veto or line of a key such as "V6" or "B2"."""
        return next(line for line in (*self.vetoes, *self.lines) if line.key == key)


@dataclass(frozen=True)
class Sampling:
    """How many files of a year are reviewed: a share in hundredths, a least number, some of each handler, some always."""

    share: int
    least: int
    each_handler: int
    always: tuple[str, ...]


@dataclass(frozen=True)
class ScoringScheme:
    """The scheme for the files of some flows, with its versions, and how files are sampled."""

    key: str
    label: str
    source: str
    flows: tuple[str, ...]
    decisions: tuple[str, ...]
    sampling: Sampling
    versions: tuple[Standard, ...]

    def at(self, on: date) -> Standard | None:
        """The version in force on the day; None when there was none."""
        return next((version for version in self.versions if version.in_force(on)), None)


FULL = 100  # what the lines of a standard come to


def words(value) -> str:
    """A list of words, which may be empty."""
    return "" if value == [] else texts(value)


def points(value) -> str:
    good = isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0
    return "" if good else "应为不小于零的数"


def yes_no(value) -> str:
    return "" if isinstance(value, bool) else "应为 true 或者 false"


def listed(value) -> str:
    """A list of mappings, which may be empty."""
    return "" if value == [] else rows(value)


SHAPES: dict[str, Check] = {
    "rule": one_of(*RULES), "basis": texts, "says": text, "track": text, "field": text, "within": whole, "each": yes_no,
    "unit": one_of("day", "working_day"), "fields": table,
    **dict.fromkeys(("verbs", "by", "since", "after", "only_with", "of", "codes", "besides", "clocks"), texts),
}  # fmt: skip
SCHEME_FIELDS = {
    "label": text, "source": text, "confidence": one_of(*CONFIDENCE), "flows": texts, "decisions": words, "sampling": table,
    "versions": table,
}  # fmt: skip
SAMPLING_FIELDS = {"share": whole, "least": whole, "each_handler": whole, "always": words}
VERSION_FIELDS = {
    "basis": text, "confidence": one_of(*CONFIDENCE), "grades": rows, "groups": table, "vetoes": table, "lines": table,
}  # fmt: skip
LINE_FIELDS = {"label": text, "rules": listed, "points": points, "takes": points}
VETO_FIELDS = {"label": text, "rules": listed}


def schemes(pages: Sequence[Page], known: dict[str, Article], clocks: dict[str, Clock]) -> dict[str, ScoringScheme]:
    """The schemes of law/review by the names of their files; faults go to the pages."""
    found = {}
    for page in pages:
        row = page.content
        if page.faults or not page.fits(row, page.name, SCHEME_FIELDS, {}):
            continue
        if page.fits(row["sampling"], "sampling", SAMPLING_FIELDS, {}):
            key = page.name.rpartition("/")[2].removesuffix(".yaml")
            versions = tuple(standards(page, row["versions"], known, clocks))
            how = {name: row["sampling"][name] for name in SAMPLING_FIELDS}
            sampling = Sampling(**how | {"always": tuple(how["always"])})
            found[key] = ScoringScheme(
                key, row["label"], row["source"], tuple(row["flows"]), tuple(row["decisions"]), sampling, versions
            )
    return found


def standards(page: Page, values: Table, known: dict[str, Article], clocks: dict[str, Clock]) -> Iterable[Standard]:
    """The versions of a scheme that can be used; faults go to the page."""
    for start, end, row in dated(page, "versions", values, known, VERSION_FIELDS, {"to": day}):
        vetoes = [line(page, key, row["vetoes"], "", known, clocks, start) for key in row["vetoes"]]
        lines = [
            line(page, key, row["lines"], row["groups"].get(str(key)[:1], ""), known, clocks, start)
            for key in row["lines"]
        ]
        grades = [
            Grade(each["label"], Decimal(str(each["from"])))
            for each in row["grades"]
            if page.fits(each, "grades", {"label": text, "from": points}, {})
        ]
        if None in vetoes or None in lines:
            continue
        if (total := sum(each.points for each in lines)) != FULL:
            page.fault(row.at("lines"), f"各项分数合计应为 {FULL}，现为 {total}")
        if not grades or grades[-1].least or sorted(grades, key=lambda grade: -grade.least) != grades:
            page.fault(row.at("grades"), "等次应从高到低写，最低一等从 0 分起")
        yield Standard(start, end, row["basis"], row["confidence"], tuple(grades), tuple(vetoes), tuple(lines))


def line(page: Page, key: str, among: Table, group: str, known, clocks, start: date) -> Line | None:
    """One veto or line; None when something is wrong with it, which then stands on the page."""
    row, before = among[key], len(page.faults)
    veto = not group
    if not isinstance(row, Table):
        page.fault(among.at(key), f"{key} 应为键值表")
        return None
    if page.fits(row, key, VETO_FIELDS if veto else LINE_FIELDS, {"people": yes_no, "only": texts}):
        looks = tuple(look(page, f"{key} 的 rules", each, known, clocks, start) for each in row["rules"])
        if not looks and not row.get("people"):
            page.fault(among.at(key), f"{key} 既没有规则，也不由人评定（people: true），永远评不到")
    if len(page.faults) > before:
        return None
    worth, takes = (Decimal(str(row.get(name, 0))) for name in ("points", "takes"))
    return Line(
        str(key), row["label"], group, worth, takes, row.get("people", False), tuple(row.get("only", ())), looks
    )


def look(page: Page, where: str, row: Table, known, clocks, start: date) -> Look | None:
    """One row of rules; faults go to the page."""
    told = RULES.get(row.get("rule"), ())
    needed = ("rule", "basis", *(name[1:] for name in told if name.startswith("!")))
    may = (*ANYWHERE, *(name for name in told if not name.startswith("!")))
    if not page.fits(row, where, {name: SHAPES[name] for name in needed}, {name: SHAPES[name] for name in may}):
        return None
    for name in row["basis"]:
        if name not in known:
            page.fault(row.at("basis"), f"{where} 引用的法条“{name}”在 articles.yaml 中没有")
    cited = [known[name] for name in row["basis"] if name in known]
    if cited and not (any(a.in_force(start) for a in cited) and any(a.valid_to is None for a in cited)):
        page.fault(row.at("basis"), f"{where} 引用的法条有的日子一条也不施行：{'、'.join(row['basis'])}")
    for name in row.get("clocks", ()):
        if name not in clocks:
            page.fault(row.at("clocks"), f"{where} 用到的期限“{name}”在 law/clocks 中没有")
    given = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    given["fields"] = tuple((str(name), str(label)) for name, label in row.get("fields", {}).items())
    return Look(**given | {"place": f"{page.name} 第{row.line}行"})

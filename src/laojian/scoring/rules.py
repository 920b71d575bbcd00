"""What a file's facts come to under a standard: flaws, deductions, vetoes, points. Pure: the same facts, always the same score."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256

from laojian.lawbook import law
from laojian.lawbook.scoring import FULL, Line, Look, Sampling, Standard

from . import case_faults, faults
from .facts import Did, Facts, Flaw

TENTH = Decimal(1) / 10
FAULTS = faults.FAULTS | case_faults.FAULTS  # rule of law/review → what finds it


@dataclass(frozen=True)
class Judgement:
    """What a person found on a line: how many points it takes (a veto: none; below nothing: the rules were wrong), why, who, where."""

    line: str
    points: Decimal
    text: str
    by: str
    entry: int = 0


@dataclass(frozen=True)
class Marked:
    """A line or veto as it was marked."""

    line: Line
    points: Decimal
    flaws: tuple[Flaw, ...]
    judged: tuple[Judgement, ...]
    left_out: bool = False

    @property
    def lost(self) -> Decimal:
        """The points that the line lost."""
        return self.line.points - self.points

    @property
    def stands(self) -> bool:
        """Whether this is a veto that a rule or a person found."""
        return self.line.veto and bool(self.flaws or any(each.points >= 0 for each in self.judged))

    @property
    def waits(self) -> bool:
        """Whether a person has yet to judge."""
        return self.line.people and not self.judged and not self.left_out


@dataclass(frozen=True)
class Score:
    """The result: points of a hundred, with a tenth; 0 when a veto stands."""

    points: Decimal
    grade: str
    vetoes: tuple[Marked, ...]  # only those that stand
    lines: tuple[Marked, ...]

    @property
    def deductions(self) -> tuple[Marked, ...]:
        """The lines that lost points."""
        return tuple(each for each in self.lines if each.lost)

    @property
    def waiting(self) -> tuple[Marked, ...]:
        """The lines that a person has yet to judge."""
        return tuple(each for each in self.lines if each.waits)


def score(standard: Standard, decisions: Iterable[str], facts: Facts, judged: Iterable[Judgement] = ()) -> Score:
    """The score of a file. Lines that do not count for its decision are left out, and the rest makes up the hundred."""
    told = tuple(judged)
    made = {did.verb for did in facts.taken(*decisions)}
    marked = [mark(line, facts, told, made) for line in (*standard.vetoes, *standard.lines)]
    vetoes = tuple(each for each in marked if each.stands)
    lines = tuple(each for each in marked if not each.line.veto)
    counted = [each for each in lines if not each.left_out]
    full = sum((each.line.points for each in counted), Decimal(0))
    points = sum((each.points for each in counted), Decimal(0)) * FULL / full if full else Decimal(FULL)
    points = Decimal(0) if vetoes else points.quantize(TENTH, ROUND_HALF_UP)
    return Score(points, next(g.label for g in standard.grades if points >= g.least), vetoes, lines)


def mark(line: Line, facts: Facts, judged: tuple[Judgement, ...], made: set[str]) -> Marked:
    """One line: what each flaw and each judgement takes, never more than it has."""
    own = tuple(each for each in judged if each.line == line.key)
    if line.only and made and not made & set(line.only):
        return Marked(line, line.points, (), own, left_out=True)
    flaws = tuple(dict.fromkeys(flaw for look in line.looks for flaw in found(look, facts)))
    if any(each.points < 0 for each in own):
        flaws = ()  # a person found that the machine was wrong here
    lost = line.takes * len(flaws) + sum((each.points for each in own if each.points > 0), Decimal(0))
    return Marked(line, line.points - min(lost, line.points), flaws, own)


def found(look: Look, facts: Facts) -> Iterable[Flaw]:
    """The flaws that one look finds, on the file or on its tracks, each with the article that was in force."""
    files = [each for each in facts.tracks if each.flow == look.track] if look.track else [facts]
    cited = law().first_in_force(look.basis, facts.day)
    for file in files:
        since = file.last(*look.after)
        if (look.after and since is None) or (look.only_with and not facts.taken(*look.only_with)):
            continue
        for flaw in FAULTS[look.rule](file, look):
            yield replace(flaw, basis=flaw.basis or (cited.key if cited else ""), track=file.id if look.track else 0)


def foreseen(standard: Standard, decisions: Iterable[str], facts: Facts, next_step: Did) -> list[tuple[Line, Flaw]]:
    """What would be wrong with the file if this step were taken now, and is not wrong yet: lines with their new flaws."""
    then = replace(facts, steps=(*facts.steps, next_step))
    before = {(each.line.key, flaw) for each in every(score(standard, decisions, facts)) for flaw in each.flaws}
    after = ((each.line, flaw) for each in every(score(standard, decisions, then)) for flaw in each.flaws)
    return [(line, flaw) for line, flaw in after if (line.key, flaw) not in before]


def every(result: Score) -> tuple[Marked, ...]:
    """Vetoes that stand, then the lines."""
    return (*result.vetoes, *result.lines)


@dataclass(frozen=True)
class Candidate:
    """A closed file that could be reviewed."""

    id: int
    number: str
    handler: str
    verbs: frozenset[str]  # the steps that were taken on it


def sample(candidates: Iterable[Candidate], how: Sampling, year: int, labels: Mapping[str, str]) -> dict[int, str]:
    """Which files of a year are reviewed, each with the reason. The same files and year always give the same sample.

    First those that are always taken; then of each handler so many; then others until share and least are reached, in the
    order of a digest of year and number, which nobody can choose. `labels` are those of steps.
    """
    files = sorted(candidates, key=lambda each: digest(year, each))
    chosen: dict[int, str] = {}
    for each in files:
        if taken := [labels.get(verb, verb) for verb in how.always if verb in each.verbs]:
            chosen[each.id] = f"必查：办过“{'、'.join(taken)}”"
    for handler in dict.fromkeys(each.handler for each in sorted(files, key=lambda each: each.handler)):
        own = [each for each in files if each.handler == handler]
        have = sum(each.id in chosen for each in own)
        for each in [each for each in own if each.id not in chosen][: max(how.each_handler - have, 0)]:
            chosen[each.id] = f"每名主办人员至少 {how.each_handler} 件：{handler or '未指派'}"
    wanted = max(-(-len(files) * how.share // FULL), how.least)
    for each in files:
        if len(chosen) < wanted and each.id not in chosen:
            chosen[each.id] = f"按年度和案号的摘要排序抽取（比例 {how.share}%，至少 {how.least} 件）"
    return chosen


def digest(year: int, file: Candidate) -> str:
    """The place of a file in the year's order."""
    return sha256(f"{year}|{file.number}|{file.id}".encode()).hexdigest()

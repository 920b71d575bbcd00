"""Which officers go to whom: drawn by tickets under rules, everybody passed over with a reason, nobody picked by hand. Pure.

For each object, in the order in which objects were drawn, officers are walked by ascending ticket of the seed
draw_seed|object. The team is the first in this order that the rules allow; where it is told how: docs/protocol-draw.md.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from laojian.inspections.draw import Drawn, NotDrawable, Pool, pool, smallest

CODES = {
    "CERT_INVALID": "执法证件在检查当日无效",
    "NO_COMPETENCE": "所在机关当日对该事项没有职权、赋权、委托或者借调文件",
    "ON_LEAVE": "休假或者不在岗",
    "LOAD_CAP": "任务已达上限",
    "AVOID_KIN": "近亲属关系，应当回避",
    "AVOID_INTEREST": "利害关系，应当回避",
    "USUAL_CONTACT": "平时联系该单位",
    "LEGAL_OTHER": "其他法定事由",
    "NO_SPECIALTY_SLOT": "所余名额须留给具备所需专长的人员",
    "NO_LEAD_SLOT": "所余名额须留给可以主检的人员",
    "NOT_ENOUGH": "可以派，但凑不成一组",
}
TIES = (
    "AVOID_KIN",
    "AVOID_INTEREST",
    "USUAL_CONTACT",
    "LEGAL_OTHER",
)  # between an officer and an object, in this order
WITHOUT_DOCUMENT = "own"  # every other ground of competence rests on a document


@dataclass(frozen=True)
class Officer:
    """An officer of the list as of the day of the draw; `number`, of the certificate, is the public id.

    `reach` is 0 for the bureau's own, 1 for the neighbours' and so on; `load` are visits already assigned, `cap` how many
    may be (None: no cap); `leave` are first and last days.
    """

    number: str
    body: str
    valid_from: date
    valid_to: date | None = None
    reach: int = 0
    specialities: frozenset[str] = frozenset()
    may_lead: bool = True
    load: int = 0
    cap: int | None = None
    leave: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True)
class Competence:
    """That a body (or, seconded, one officer by number) may inspect an item from a day to a day, and on what ground.

    `mode` is own, assigned (赋权), entrusted (委托) or seconded (借调); all but own count only with their document.
    """

    holder: str
    item: str
    mode: str
    valid_from: date
    valid_to: date | None = None
    document: str = ""

    def covers(self, officer: Officer, item: str, on: date) -> bool:
        holder = officer.number if self.mode == "seconded" else officer.body
        lasts = self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)
        founded = self.mode == WITHOUT_DOCUMENT or bool(self.document.strip())
        return (self.holder, self.item) == (holder, item) and lasts and founded


@dataclass(frozen=True)
class Tie:
    """Why an officer may not go to an object: a code of `TIES`, what shows it, and who accepted it."""

    officer: str
    object: str
    code: str
    evidence: str = ""
    approved_by: str = ""


@dataclass(frozen=True)
class Terms:
    """What a team must meet, announced before the draw: its size, the items and the day.

    At least `size` + `spare` must be able to go, or chance would decide nothing; each of `specialities` is held by somebody
    of the team, and somebody may lead.
    """

    on: date
    items: tuple[str, ...]
    size: int
    spare: int = 1
    specialities: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Passed:
    """An officer passed over, with a word of `CODES`; evidence and approval, where there are any, stay inside the bureau."""

    number: str
    code: str
    evidence: str = ""
    approved_by: str = ""


@dataclass(frozen=True)
class Pairing:
    """Who goes to an object: the team by ascending ticket, the number of its lead, how far it was drawn from.

    `passed` are, by ascending ticket, all within that reach who could not go, and who was passed over before the last of the
    team. Without a team `short` says truthfully why, naming everybody's reason.
    """

    object: str
    team: tuple[Drawn, ...]
    lead: str
    reach: int
    passed: tuple[Passed, ...]
    short: str = ""


def pair(
    objects: Sequence[str], officers: Sequence[Officer], terms: Terms, seed: str, *,
    competences: Sequence[Competence], ties: Iterable[Tie] = (), before: Sequence[Pairing] = (),
) -> tuple[Pairing, ...]:  # fmt: skip
    """Pairs each object in the order given; `seed` is the seed of the draw, `before` what was paired earlier in it.

    Raises `NotDrawable` where the list of officers is empty or holds a number twice, or a tie has an unknown code.
    """
    numbers = officer_pool(officers)
    if terms.size < 1 or terms.spare < 0 or not terms.items:
        raise NotDrawable("派员条件不全：每组至少一人，检查事项至少一项，请改正后再抽取。")
    known = {officer.number: officer for officer in officers}
    fixed = {officer.number: standing(officer, terms, competences) for officer in officers}
    between = barred(ties)
    loads = Counter({officer.number: officer.load for officer in officers})
    loads.update(each.id for earlier in before for each in earlier.team)
    found = []
    for each in objects:
        walk = smallest(numbers, numbers.size, f"{seed}|{each}")
        reasons = {
            number: fixed[number] or over(officer, loads) or between.get((number, each))
            for number, officer in known.items()
        }
        found.append(paired(each, walk, known, reasons, terms))
        loads.update(member.id for member in found[-1].team)
    return tuple(found)


def officer_pool(officers: Sequence[Officer]) -> Pool:
    """The canonical pool of the officers' numbers; raises `NotDrawable` where there is none, or one is not canonical."""
    numbers = pool((officer.number for officer in officers), "检查人员名录")
    if odd := sorted({officer.number for officer in officers} - set(numbers.ids())):
        raise NotDrawable(f"检查人员证号 {odd[0]!r} 不是规范文本（Unicode NFC）：请改正后再抽取。")
    return numbers


def standing(officer: Officer, terms: Terms, competences: Sequence[Competence]) -> Passed | None:
    """Why an officer can go to nobody on that day, if so."""
    if not (officer.valid_from <= terms.on and (officer.valid_to is None or terms.on <= officer.valid_to)):
        return Passed(officer.number, "CERT_INVALID")
    if not grounds(officer, terms, competences):
        return Passed(officer.number, "NO_COMPETENCE")
    if any(first <= terms.on <= last for first, last in officer.leave):
        return Passed(officer.number, "ON_LEAVE")
    return None


def grounds(officer: Officer, terms: Terms, competences: Sequence[Competence]) -> tuple[str, ...]:
    """The ground of competence for each item, as mode and document; nothing where one item, or all, has none."""
    found = []
    for item in terms.items:
        ground = next((each for each in competences if each.covers(officer, item, terms.on)), None)
        if ground is None:
            return ()
        found.append(f"{ground.mode} {ground.document}".strip())
    return tuple(found)


def over(officer: Officer, loads: Mapping[str, int]) -> Passed | None:
    full = officer.cap is not None and loads[officer.number] >= officer.cap
    return Passed(officer.number, "LOAD_CAP") if full else None


def barred(ties: Iterable[Tie]) -> dict[tuple[str, str], Passed]:
    """By officer and object the reason that stands first in `TIES`."""
    given = list(ties)
    if unknown := [tie.code for tie in given if tie.code not in TIES]:
        raise NotDrawable(f"回避登记中有不认识的代码 {unknown[0]!r}：只能用 {'、'.join(TIES)}，请改正。")
    found: dict[tuple[str, str], Passed] = {}
    for tie in sorted(given, key=lambda tie: TIES.index(tie.code)):
        found.setdefault((tie.officer, tie.object), Passed(tie.officer, tie.code, tie.evidence, tie.approved_by))
    return found


def paired(
    each: str, walk: Sequence[Drawn], known: Mapping[str, Officer], reasons: Mapping[str, Passed | None], terms: Terms
) -> Pairing:
    """One object's team, from the nearest reach that has enough officers who can go, or the truth that there is none."""
    reaches = sorted({officer.reach for officer in known.values()})
    for reach in reaches:
        can = [drawn for drawn in walk if known[drawn.id].reach <= reach and not reasons[drawn.id]]
        if team := first_team(can, known, terms):
            last = walk.index(team[-1])
            passed = [
                reasons[drawn.id] or slot(known[drawn.id], terms)
                for place, drawn in enumerate(walk)
                if known[drawn.id].reach <= reach and drawn not in team and (reasons[drawn.id] or place < last)
            ]
            lead = next(drawn.id for drawn in team if known[drawn.id].may_lead)
            return Pairing(each, team, lead, reach, tuple(passed))
    passed = [reasons[drawn.id] or Passed(drawn.id, "NOT_ENOUGH") for drawn in walk]
    return Pairing(each, (), "", reaches[-1], tuple(passed), hands_short(passed, len(can), terms))


def first_team(can: Sequence[Drawn], known: Mapping[str, Officer], terms: Terms) -> tuple[Drawn, ...]:
    """The first combination in the order of the walk that the terms allow; empty where there is none.

    Of officers alike in what counts only the first `size` can ever be in it, so few combinations are looked at.
    """
    if len(can) < terms.size + terms.spare:
        return ()
    alike: Counter = Counter()
    few = []
    for drawn in can:
        kind = (known[drawn.id].may_lead, known[drawn.id].specialities & terms.specialities)
        alike[kind] += 1
        if alike[kind] <= terms.size:
            few.append(drawn)
    return next((team for team in combinations(few, terms.size) if allowed(team, known, terms)), ())


def allowed(team: Sequence[Drawn], known: Mapping[str, Officer], terms: Terms) -> bool:
    held = frozenset().union(*(known[drawn.id].specialities for drawn in team))
    return terms.specialities <= held and any(known[drawn.id].may_lead for drawn in team)


def slot(officer: Officer, terms: Terms) -> Passed:
    lacking = not terms.specialities <= officer.specialities
    return Passed(officer.number, "NO_SPECIALTY_SLOT" if lacking else "NO_LEAD_SLOT")


def hands_short(passed: Sequence[Passed], able: int, terms: Terms) -> str:
    enough = able >= terms.size + terms.spare
    why = (
        f"可派的有 {able} 人，但凑不出具备所需专长又有人主检的一组"
        if enough
        else f"须派 {terms.size} 人，至少 {terms.size + terms.spare} 人可选才谈得上随机，可派的只有 {able} 人"
    )
    reasons = "；".join(f"{each.number}：{CODES[each.code]}" for each in passed)
    return (
        f"人手不足，未派人：{why}。逐人原因：{reasons}。"
        "不得指定人员，也不得派没有资格的人员：请商请邻近机关或者上级机关持证人员加入名录后，另行抽取检查人员。"
    )

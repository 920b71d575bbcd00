"""The law as one object: loads law/, refuses it whole when anything is wrong, and answers by key and by date."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from laojian.lawbook.articles import CONFIDENCE, Article, Law, articles, laws
from laojian.lawbook.calendar import Calendar, calendar
from laojian.lawbook.clocks import APPROVERS, EFFECTS, HOLDERS, KINDS, Clock, amount, clocks
from laojian.lawbook.discretion import Discretion, grounds, scheme
from laojian.lawbook.inspection import InspectionItem, ResultCode, items, results
from laojian.lawbook.local import (
    BEHAVIOURS,
    Example,
    LocalValue,
    Set,
    Unset,
    examples,
    in_options,
    in_region,
    local_values,
)
from laojian.lawbook.pausing import PauseGround, pause_grounds
from laojian.lawbook.power_rows import powers
from laojian.lawbook.powers import POWER_KINDS, Power
from laojian.lawbook.profiles import Profile, profiles
from laojian.lawbook.rates import Rate, RateVersion, Region, rates, regions
from laojian.lawbook.reading import LawError, Page, read
from laojian.lawbook.scoring import ScoringScheme, schemes

HOME = Path(__file__).resolve().parents[3] / "law"
DISCRETION = ("tiers", "powers", "grounds", "minor")  # the files of law/discretion


@dataclass(frozen=True)
class Lawbook:
    """All articles, periods, working days and powers that were loaded together."""

    laws: dict[str, Law]
    articles: dict[str, Article]
    clocks: dict[str, Clock]
    calendar: Calendar
    rates: dict[str, Rate]
    regions: dict[str, Region]
    powers: dict[str, Power]
    profiles: dict[str, Profile]
    pause_grounds: dict[str, PauseGround]
    discretion: Discretion
    local_values: dict[str, LocalValue]
    local_examples: tuple[Example, ...]
    items: dict[str, InspectionItem]
    results: dict[str, ResultCode]
    scoring: dict[str, ScoringScheme]

    def article(self, key: str) -> Article:
        """The article of a key such as "lsr-17", or LawError."""
        return _find(self.articles, key, "law/articles.yaml 没有法条")

    def clock(self, key: str) -> Clock:
        """The period of a key such as "investigate", or LawError."""
        return _find(self.clocks, key, "law/clocks 没有期限")

    def rate(self, key: str, on: date) -> RateVersion:
        """A number of wage law such as "pay_days" as it stood on the day, or LawError."""
        return _find(self.rates, key, "law/rates/national.yaml 没有数字").version(on)

    def region(self, key: str) -> Region:
        """The region of a key such as "tianjin", or LawError."""
        return _find(self.regions, key, "law/rates/regions 没有地区")

    def power(self, key: str) -> Power:
        """The power of a key such as "illegal-overtime", or LawError."""
        return _find(self.powers, key, "law/powers 没有权力事项")

    def pause_ground(self, key: str) -> PauseGround:
        """A ground on which a surcharge pauses, such as "reconsideration", or LawError."""
        return _find(self.pause_grounds, key, "law/surcharge.yaml 没有事由")

    def scheme_of(self, flow: str) -> ScoringScheme | None:
        """The scheme by which the files of a flow are scored; None for a flow whose files nobody scores."""
        return next((scheme for scheme in self.scoring.values() if flow in scheme.flows), None)

    def profile(self, key: str) -> Profile:
        """The list of powers of a key such as "tianjin-2020", or LawError."""
        return _find(self.profiles, key, "law/profiles 没有清单")

    def item(self, key: str) -> InspectionItem:
        """The inspection item of a key such as "wage-payment", or LawError."""
        return _find(self.items, key, "law/inspection/items 没有检查事项")

    def result(self, key: str) -> ResultCode:
        """The code of result of a key such as "no_problem", or LawError."""
        return _find(self.results, key, "law/inspection/results.yaml 没有结果代码")

    def local_value(self, key: str) -> LocalValue:
        """What a place may set under a key such as "hearing_employer", or LawError."""
        return _find(self.local_values, key, "law/local/values.yaml 没有本地数值")

    def explain_local(self, key: str, options: Mapping, on: date) -> list[str]:
        """A local value for a bureau on a day: what holds and by which document, or what happens while nothing does."""
        value, found = self.local_value(key), self.local(key, options, on)
        if isinstance(found, Unset):
            lines = [f"{value.label}（{key}）在 {on}：未设定。{found.words}（{BEHAVIOURS[found.behaviour]}）"]
        else:
            by = f"；{found.on} 由{found.by}登记" if found.by else ""
            lines = [f"{value.label}（{key}）在 {on}：{value.told(found.value)}，自 {found.since} 起"]
            lines.append(f"出处：{found.document}；{found.source}{by}")
        lines.append(f"依据：{self.article(value.basis).cite}；有权定的：{value.set_by}")
        return [*lines, f"查证情况：{value.source}"]

    def local(self, key: str, options: Mapping, on: date) -> Set | Unset:
        """A local value for a bureau with these options on a day: set, or what happens while it is not. LawError: no such value.

        A bureau's own value comes before its region's; the region is the one that the options name, else the only one.
        """
        value = self.local_value(key)
        region = self.regions.get(options.get("region") or (next(iter(self.regions)) if len(self.regions) == 1 else ""))
        found = in_options(value, options, on) or in_region(value, region.local if region else {}, on)
        return found or Unset(key, value.unset, value.words, value.basis)

    def unset_at(self, verb: str, options: Mapping, on: date) -> list[LocalValue]:
        """The values that a bureau with these options has not set and that a step's page tells of."""
        told = (value for value in self.local_values.values() if verb in value.tells)
        return [value for value in told if isinstance(self.local(value.key, options, on), Unset)]

    def compared(self, options: Mapping, on: date) -> frozenset[str]:
        """The periods that only compare for a bureau with these options, by what it has chosen."""
        found = ((value, self.local(value.key, options, on)) for value in self.local_values.values() if value.compares)
        return frozenset(value.compares.get(one.value, "") for value, one in found if isinstance(one, Set)) - {""}

    def explain_policy(self, clock: str, options: Mapping, on: date) -> str:
        """How a bureau with these options holds a period that a local value governs; empty when none does."""
        value = next((each for each in self.local_values.values() if clock in each.compares.values()), None)
        if value is None:
            return ""
        found = self.local(value.key, options, on)
        return f"本机关定（{found.document}）：{value.told(found.value)}" if isinstance(found, Set) else found.words

    def own_length(self, clock: str, options: Mapping, on: date) -> tuple[int, str] | None:
        """The length and unit that the bureau gave a period which the law leaves to it; None: that of the data."""
        value = next((each for each in self.local_values.values() if each.clock == clock), None)
        found = in_options(value, options, on) if value else None
        return (int(found.value), value.unit) if found else None

    def first_in_force(self, keys: Iterable[str], on: date) -> Article | None:
        """Of articles that replaced one another, the one in force on the day."""
        return next((self.articles[key] for key in keys if self.articles[key].in_force(on)), None)

    def explain_clock(self, key: str, on: date) -> list[str]:
        """What the period was on a day: version, article, unit, extension and holder, in Chinese."""
        clock = self.clock(key)
        version = clock.version(on)
        until = f"至 {version.valid_to}" if version.valid_to else "，现行有效"
        lines = [
            f"{clock.label}（{key}）在 {on}：{amount(version.length, version.unit)}",
            f"依据：{self.article(version.basis).cite}；本版自 {version.valid_from} 起施行{until}",
            f"起止：自{clock.starts}{'向前倒推' if clock.backward else '起'}，至{clock.ends}；{HOLDERS[clock.holder]}",
            f"核对：{CONFIDENCE[version.confidence]}（{version.confidence}）",
        ]
        if version.unit_basis:
            lines.append(f"单位依据：{self.article(version.unit_basis).cite}")
        if version.extension:
            more = version.extension
            lines.append(f"延长：{amount(more.length, more.unit)}，届满前由{APPROVERS[more.approver]}批准，一次为限")
        lines += [f"来源：{version.source}"] * bool(version.source) + [f"说明：{version.note}"] * bool(version.note)
        if version.days:
            lines.append(f"每次最迟：{'、'.join(f'{month}月{each}日' for month, each in version.days)}")
        if clock.kind:
            lines.append(f"性质：{KINDS[clock.kind]}")
        if pause := version.suspension:
            lines.append(
                f"中止：经{APPROVERS[pause.approver]}批准可以中止，{EFFECTS[pause.effect]}（{self.article(pause.basis).cite}）"
            )
        others = [v for v in clock.versions if v is not version]
        lines += [f"另一版本：自 {v.valid_from} 起 {amount(v.length, v.unit)}" for v in others]
        return lines

    def explain_power(self, key: str, on: date) -> list[str]:
        """What the power was on a day: version, provisions, measures and what is unsure, in Chinese."""
        power = self.power(key)
        version = power.version(on)
        until = f"至 {version.valid_to}" if version.valid_to else "，现行有效"
        lines = [f"{power.label}（{key}）在 {on}：{POWER_KINDS[power.kind]}，{power.category}，对象为{power.subject}"]
        lines.append(f"本版自 {version.valid_from} 起施行{until}")
        lines += [f"违反：{self.article(each).cite}" for each in version.violated]
        lines += [f"{'处罚依据' if version.penalised else '依据'}：{self.article(each).cite}" for each in version.basis]
        lines += [f"措施：{measure.explain()}" for measure in version.measures]
        lines += ["罚款以责令限期改正、逾期不改正为前提"] * version.order_first
        lines.append(f"核对：{CONFIDENCE[version.confidence]}（{version.confidence}）")
        lines += [f"说明：{version.note}"] * bool(version.note)
        lines += ["公布的清单只列项数，是否就是本项尚未证实"] * power.alternate
        lines += ["对用人单位的案件不提供本项"] * (not power.offered)
        others = [each for each in power.versions if each is not version]
        lines += [
            f"另一版本：自 {each.valid_from} 起{f'至 {each.valid_to}' if each.valid_to else ''}" for each in others
        ]
        return lines


def _find(table: dict, key: str, complaint: str):
    if key in table:
        return table[key]
    near = sorted(known for known in table if known.startswith(key.partition("-")[0][:3]))
    raise LawError(f"{complaint}“{key}”。" + (f"相近的有：{'、'.join(near[:8])}。" if near else ""))


class Files:
    """The files of a law folder as they are read, and every fault found in them."""

    def __init__(self, root: Path):
        self.root = root
        self.told: list[Page] = []

    def one(self, name: str) -> Page:
        """One file by its name."""
        self.told.append(read(self.root / name, self.root))
        return self.told[-1]

    def every(self, folder: str) -> list[Page]:
        """The files of a folder in the order of their names."""
        return [self.one(f"{folder}/{path.name}") for path in sorted((self.root / folder).glob("*.yaml"))]

    def refuse(self, *needed: tuple[Sequence, str]) -> None:
        """LawError with every fault, and for what is missing altogether: (what was found, words when it is nothing)."""
        faults = [fault for page in self.told for fault in page.faults]
        if faults := faults + [f"{self.root.name}/{words}" for found, words in needed if not found]:
            raise LawError("法规数据有误，系统不启动：\n" + "\n".join(faults))


def load(root: Path) -> Lawbook:
    """Read and check a law folder. Anything wrong: LawError that names every fault with its file and line."""
    files = Files(root)
    one, every = files.one, files.every
    known_laws = laws(one("laws.yaml"))
    known = articles(cited := one("articles.yaml"), known_laws)
    subjects, years, places, held = every("clocks"), every("calendar"), every("rates/regions"), every("powers")
    numbers, late, lists = one("rates/national.yaml"), one("surcharge.yaml"), every("profiles")
    own, elsewhere = one("local/values.yaml"), every("local/elsewhere")
    inspected, coded = every("inspection/items"), one("inspection/results.yaml")
    weighing = [one(f"discretion/{name}.yaml") for name in DISCRETION]
    reviewed = every("review")
    # What cites an article refused above would only repeat that fault.
    sound = not cited.faults
    periods = clocks(subjects, known, known_laws) if sound else {}
    areas = regions(places, known) if sound else {}
    given = powers(held, known) if sound else {}
    # So it is with a power in a list, and with a period or a region's number of a local value.
    whole = sound and not any(page.faults for page in (*subjects, *places, *held))
    values = local_values(own, known, periods, areas) if whole else {}
    listed = items(inspected, known, given) if whole else {}
    complete = whole and not any(page.faults for page in inspected)
    book = Lawbook(
        laws=known_laws, articles=known, clocks=periods, calendar=calendar(years), regions=areas, powers=given,
        rates=rates(numbers, numbers.content, known) if sound else {},
        profiles=profiles(lists, given, known, listed) if complete else {},
        pause_grounds=pause_grounds(late, known) if sound else {},
        discretion=discretion(weighing, known, given) if whole else None,
        local_values=values, local_examples=examples(elsewhere, values) if whole else (),
        items=listed, results=results(coded),
        scoring=schemes(reviewed, known, periods) if whole else {},
    )  # fmt: skip
    files.refuse((subjects, "clocks：没有任何期限"), (years, "calendar：没有任何年度的放假安排"))
    return book


def discretion(pages: Sequence[Page], known: dict[str, Article], held: dict[str, Power]) -> Discretion:
    """Tiers and grounds of law/discretion; faults go to the pages."""
    tiers, weighed, general, minor = pages
    found = grounds((general, minor), known, held)
    return Discretion(scheme(tiers, weighed, known, held), found)


def folder() -> Path:
    """Where the law in use stands: the folder in LAOJIAN_LAW, else the repository's law/."""
    return Path(os.environ.get("LAOJIAN_LAW") or HOME)


@cache
def law() -> Lawbook:
    """The law in use, loaded once from `folder()`."""
    return load(folder())


def check() -> None:
    """Load the law at start-up, so that wrong data stop the start and not a case."""
    law()

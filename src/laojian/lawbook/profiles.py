"""Profiles: which powers an authority publishes and holds on a day, of its own or handed to it, and why it may not act."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from laojian.lawbook.articles import Article
from laojian.lawbook.inspection import InspectionItem
from laojian.lawbook.powers import POWER_KINDS, Power
from laojian.lawbook.reading import Page, Table, day, one_of, rows, table, text

LEVELS = {"bureau": "人社部门", "town": "乡镇（街道）"}
MODES = {"own": "本机关职权", "assigned": "赋权（以本机关名义实施）", "entrusted": "委托（以委托机关名义实施）"}
WITHIN = ("apl-17", "apl1996-15")  # an authority acts within its powers, in the texts that replaced one another
SUPERVISED = "lsr-10"  # the same for what is no penalty
HANDED = ("apl-24", "apl-20", "apl1996-18", "lsr-4")  # how powers come to a town
NO_COMPULSION = "acl-17"  # compulsory measures may not be entrusted
ALL = "all"


@dataclass(frozen=True)
class Holding:
    """Powers held from a day to a day: of one's own, or handed over by a document of `by`."""

    valid_from: date
    valid_to: date | None
    powers: frozenset[str]
    mode: str  # a word of MODES
    by: str = ""
    document: str = ""
    basis: str = ""

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class Publication:
    """Inspection items made public by a document, from a day to a day; `url` is where they can be read, if it is told."""

    valid_from: date
    valid_to: date | None
    items: frozenset[str]
    document: str
    url: str

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class Profile:
    """The list of an authority. `official` is false where it is put together for illustration and not published by anybody."""

    key: str
    label: str
    level: str  # a word of LEVELS
    official: bool
    source: str
    note: str
    holdings: tuple[Holding, ...]
    inspected: tuple[Publication, ...] = ()

    def public_item(self, item: str, on: date) -> Publication | None:
        """By which document the inspection item is public on the day; None when it is not (gbf54)."""
        return next((each for each in self.inspected if item in each.items and each.in_force(on)), None)

    def held(self, power: str, on: date) -> Holding | None:
        """By what the power is held on the day; None when it is not. One's own comes before what was handed over."""
        return next((each for each in self.holdings if power in each.powers and each.in_force(on)), None)

    def published(self, powers: Mapping[str, Power], on: date) -> dict[str, list[Power]]:
        """The powers held on the day that the law then gave, by kind, in the order of the law's files."""
        found: dict[str, list[Power]] = {kind: [] for kind in POWER_KINDS}
        for key, power in powers.items():
            if power.at(on) and self.held(key, on):
                found[power.kind].append(power)
        return found

    def explain(self, powers: Mapping[str, Power], on: date) -> list[str]:
        """What the list holds on a day, counted and named kind by kind, in Chinese."""
        held = self.published(powers, on)
        counted = "，".join(f"{POWER_KINDS[kind]} {len(items)} 项" for kind, items in held.items() if kind != "order")
        lines = [
            f"{self.label}（{self.key}）在 {on}：{counted}；另有责令 {len(held['order'])} 项，不计入公布的项数",
            f"{'公布的清单' if self.official else '示例或者汇编，不是公布的清单'}；来源：{self.source}",
        ]
        lines += [f"说明：{self.note}"] * bool(self.note)
        for kind, items in held.items():
            for n, power in enumerate(items, 1):
                by = self.held(power.key, on)
                how = f"；{MODES[by.mode]}，{by.by}，{by.document}" if by and by.mode != "own" else ""
                lines.append(f"{POWER_KINDS[kind]} {n}. {power.label}（{power.key}{how}）")
        return lines


@dataclass(frozen=True)
class Beyond:
    """Why an authority may not use a power: what is wrong, on which article, and what to do now."""

    text: str
    basis: str
    remedy: str


def holds(profile: Profile | None, power: Power, on: date, articles: Mapping[str, Article]) -> Beyond | None:
    """None when the power is held on the day, else why it is not. Without a profile nothing is held."""
    if profile and profile.held(power.key, on):
        return None
    within = next((key for key in WITHIN if articles[key].in_force(on)), SUPERVISED)
    basis = within if power.kind == "penalty" else SUPERVISED
    if profile is None:
        return Beyond(
            f"本机关没有登记权责清单，不能办理“{power.label}”",
            basis,
            "请移送有权机关；已经赋权或者委托的，请系统管理员登记清单",
        )
    times = [each for each in profile.holdings if power.key in each.powers]
    if times:
        return Beyond(_outside(power, times, on), times[0].basis or basis, "请移送当日有权的机关办理")
    if profile.level == "town":
        handed = next((key for key in HANDED if articles[key].in_force(on)), basis)
        remedy = "请移送有权的人社部门；经公布的赋权决定或者书面委托之后才能办理"
        return Beyond(f"“{power.label}”没有赋权或者委托给本机关", handed, remedy)
    return Beyond(f"“{power.label}”不在本机关的权责清单（{profile.label}）之内", basis, "请移送有权机关办理")


def _outside(power: Power, times: list[Holding], on: date) -> str:
    coming = [each for each in times if each.valid_from > on]
    if len(coming) == len(times):
        first = min(coming, key=lambda each: each.valid_from)
        return f"“{power.label}”自 {first.valid_from} 起才归本机关（{MODES[first.mode]}），{on} 尚未生效"
    last = max((each for each in times if each.valid_from <= on), key=lambda each: each.valid_from)
    return f"“{power.label}”（{MODES[last.mode]}）已于 {last.valid_to} 终止"


def _flag(value: Any) -> str:
    return "" if isinstance(value, bool) else "应为 true 或者 false"


def _listed(value: Any) -> str:
    good = value == ALL or (isinstance(value, list) and value and all(isinstance(each, str) for each in value))
    return "" if good else f"应为 {ALL}，或者权力键的非空列表"


PROFILE_FIELDS = {"label": text, "level": one_of(*LEVELS), "official": _flag, "source": text}
PROFILE_EXTRAS = {"note": text, "holds": table, "handed": rows, "inspected": rows}
INSPECTED_FIELDS = {"items": _listed, "document": text, "from": day}
KIND_EXTRAS = dict.fromkeys((*POWER_KINDS, "to"), _listed) | {"to": day}
HANDED_FIELDS = {
    "mode": one_of("assigned", "entrusted"), "by": text, "document": text, "basis": one_of(*HANDED), "from": day, "powers": table,
}  # fmt: skip


def profiles(
    pages: Iterable[Page], powers: dict[str, Power], known: dict[str, Article], items: Mapping[str, InspectionItem]
) -> dict[str, Profile]:
    """The profiles by the name of their file; faults go to their page."""
    found = {}
    for page in pages:
        key = page.name.rpartition("/")[2].removesuffix(".yaml")
        if page.faults or not page.fits(page.content, key, PROFILE_FIELDS, PROFILE_EXTRAS):
            continue
        row = page.content
        if not row.get("holds") and not row.get("handed"):
            page.fault(1, f"{key} 既没有“holds”（本机关职权）也没有“handed”（赋权、委托）")
        holdings = (*_own(page, key, row, powers), *_handed(page, key, row, powers, known))
        public = tuple(_inspected(page, key, row, items))
        if not page.faults:
            found[key] = Profile(
                key, row["label"], row["level"], row["official"], row["source"], row.get("note", ""), holdings, public
            )
    return found


def _inspected(page: Page, key: str, row: Table, items: Mapping[str, InspectionItem]) -> Iterable[Publication]:
    for each in row.get("inspected") or ():
        where = f"{key} 公布的检查事项"
        if not page.fits(each, where, INSPECTED_FIELDS, {"to": day, "url": text}):
            continue
        listed = list(items) if each["items"] == ALL else each["items"]
        for item in listed:
            if item not in items:
                page.fault(each.at("items"), f"{where}在 law/inspection/items 中没有：{item}")
        if each.get("to") and each["to"] < each["from"]:
            page.fault(each.at("to"), f"{where}的“to”早于“from”")
        yield Publication(each["from"], each.get("to"), frozenset(listed), each["document"], each.get("url", ""))


def _own(page: Page, key: str, row: Table, powers: dict[str, Power]) -> list[Holding]:
    holds: Table = row.get("holds") or Table(row.line)
    starts = sorted(start for start in holds if not day(start))
    found = []
    for start, value in holds.items():
        where = f"{key} 自 {start} 起的清单"
        if day(start) or not isinstance(value, Table):
            page.fault(holds.at(start), f"{key} 的清单应写作“生效日期: 键值表”，现为“{start}”")
        elif page.fits(value, where, {}, KIND_EXTRAS):
            later = next((each for each in starts if each > start), None)
            end = value.get("to") or (later and later - timedelta(days=1))
            if end and (end < start or (later and end >= later)):
                page.fault(value.at("to"), f"{where} 的“to”早于生效日期，或者与下一版重叠")
            listed = _powers(page, where, value, powers, start, end)
            found.append(Holding(start, end, listed, "own"))
    return found


def _handed(page: Page, key: str, row: Table, powers: dict[str, Power], known: dict[str, Article]) -> Iterable[Holding]:
    for each in row.get("handed") or ():
        if not page.fits(each, f"{key} 的赋权（委托）", HANDED_FIELDS, {"to": day}):
            continue
        where, start, end = f"{key} 依“{each['document']}”的{MODES[each['mode']]}", each["from"], each.get("to")
        article = known.get(each["basis"])
        if article is None or not article.in_force(start):
            page.fault(each.at("basis"), f"{where} 的依据 {each['basis']} 在 {start} 不施行")
        if (each["mode"] == "assigned") != (each["basis"] == HANDED[0]):
            page.fault(each.at("basis"), f"{where} 的依据不合：赋权依 {HANDED[0]}，委托依 {'、'.join(HANDED[1:])}")
        if end and end < start:
            page.fault(each.at("to"), f"{where} 的“to”早于生效日期")
        if page.fits(each["powers"], where, {}, KIND_EXTRAS):
            listed = _powers(page, where, each["powers"], powers, start, end)
            if any(powers[power].kind == "compulsion" for power in listed):
                page.fault(each.at("powers"), f"{where} 含有行政强制措施，强制措施权不得委托（{NO_COMPULSION}）")
            yield Holding(start, end, listed, each["mode"], each["by"], each["document"], each["basis"])


def _powers(
    page: Page, where: str, value: Table, powers: dict[str, Power], start: date, end: date | None
) -> frozenset[str]:
    """The keys that a list names, kind by kind; `all` are all of the kind that hold everywhere and are no alternates."""
    found: set[str] = set()
    for kind in POWER_KINDS:
        listed = value.get(kind, [])
        if listed == ALL:
            found |= {
                key for key, power in powers.items() if power.kind == kind and not (power.alternate or power.local)
            }
            continue
        for key in listed:
            power = powers.get(key)
            if power is None:
                page.fault(value.at(kind), f"{where} 的“{kind}”列有 law/powers 没有的权力：{key}")
            elif power.kind != kind:
                page.fault(value.at(kind), f"{where} 把 {key} 列作“{kind}”，它是{POWER_KINDS[power.kind]}")
            elif key in found:
                page.fault(value.at(kind), f"{where} 的“{kind}”把 {key} 列了两次")
            elif not any(
                each.valid_from <= (end or date.max) and (each.valid_to or date.max) >= start for each in power.versions
            ):
                page.fault(value.at(kind), f"{where} 列有 {key}，它在这段时间没有任何规定")
            else:
                found.add(key)
    return frozenset(found)

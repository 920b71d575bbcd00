"""The law as a reader leafs through it: items with their versions in words, as of a day, and what changed between two days."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from laojian.lawbook.articles import CONFIDENCE
from laojian.lawbook.book import Lawbook
from laojian.lawbook.calendar import Notice
from laojian.lawbook.clocks import APPROVERS, EFFECTS, HOLDERS, KINDS, Clock, Version, amount
from laojian.lawbook.discretion import DUTIES, NEEDS, Ground, GroundVersion
from laojian.lawbook.discretion import EFFECTS as EFFECTS_OF
from laojian.lawbook.inspection import CLASSES, FOLLOWS, MODES_OF, ORGANISERS, ItemVersion
from laojian.lawbook.local import BEHAVIOURS
from laojian.lawbook.powers import POWER_KINDS, Power, PowerVersion
from laojian.lawbook.profiles import LEVELS, MODES, Holding, Profile
from laojian.lawbook.rates import Rate, Standard, plain

FEW = 12  # more names than these are not read; they are counted by what they are about


@dataclass(frozen=True)
class Told:
    """One version of an item in words. Both days are included; None: from the beginning, or still in force."""

    valid_from: date | None
    valid_to: date | None
    text: str
    basis: tuple[str, ...] = ()  # keys of law/articles.yaml
    confidence: str = ""  # a key of CONFIDENCE; empty where there is nothing to be checked against
    note: str = ""

    def in_force(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)

    @property
    def span(self) -> str:
        """From when to when: 2004-12-01 起; 1996-10-01 至 2021-07-14; nothing for what has no dates."""
        if self.valid_from is None:
            return ""
        return f"{self.valid_from} 至 {self.valid_to}" if self.valid_to else f"{self.valid_from} 起"

    @property
    def checked(self) -> str:
        """How far the version was checked, in words."""
        return CONFIDENCE.get(self.confidence, "")


@dataclass(frozen=True)
class Item:
    """One thing of the law with all its versions, oldest first; `group` is under which heading it stands."""

    section: str
    key: str
    label: str
    group: str
    versions: tuple[Told, ...]

    def at(self, on: date) -> Told | None:
        """The version in force on the day, if there is one."""
        return next((version for version in self.versions if version.in_force(on)), None)

    def tells(self, words: str) -> bool:
        """Whether the words stand in the key, the label or any version."""
        return any(words in text for text in (self.key, self.label, self.group, *(v.text for v in self.versions)))


@dataclass(frozen=True)
class Section:
    """One kind of thing to read. A new kind of data under law/ is one row in a table of these."""

    key: str
    label: str
    lead: str
    items: Callable[[Lawbook], Iterable[Item]]


@dataclass(frozen=True)
class Change:
    """What became of an item between two days: `before` is None for what was added, `after` for what ended."""

    item: Item
    before: Told | None
    after: Told | None

    @property
    def kind(self) -> str:
        """新增, 终止 or 修改."""
        return "新增" if self.before is None else "终止" if self.after is None else "修改"


def changes(items: Iterable[Item], since: date, to: date) -> Iterator[Change]:
    """Every item that reads differently on the two days, in the items' order."""
    for item in items:
        before, after = item.at(since), item.at(to)
        if before != after:
            yield Change(item, before, after)


def articles_told(book: Lawbook) -> Iterator[Item]:
    """The articles, under their laws."""
    for each in book.articles.values():
        source = book.laws[each.source]
        told = Told(each.valid_from, each.valid_to, each.says, (each.key,), each.confidence, source.force)
        yield Item("articles", each.key, each.cite, f"{source.name}（{source.number}）", (told,))


def clocks_told(book: Lawbook) -> Iterator[Item]:
    """The periods, under whom they bind."""
    for clock in book.clocks.values():
        told = tuple(clock_told(clock, version) for version in clock.versions)
        yield Item("clocks", clock.key, clock.label, HOLDERS[clock.holder], told)


def clock_told(clock: Clock, version: Version) -> Told:
    """A version of a period in words: how long, from what to what, who may lengthen or suspend it."""
    text = (
        f"{length_told(version, clock.backward)}；自{clock.starts}{'倒推' if clock.backward else '起'}，至{clock.ends}"
    )
    if clock.kind:
        text += f"；{KINDS[clock.kind]}"
    if pause := version.suspension:
        text += f"；经{APPROVERS[pause.approver]}批准可以中止，{EFFECTS[pause.effect]}"
    pause_basis = version.suspension.basis if version.suspension else None
    basis = tuple(dict.fromkeys(filter(None, (version.basis, version.unit_basis, pause_basis))))
    note = "；".join(filter(None, (version.source, version.note)))
    return Told(version.valid_from, version.valid_to, text, basis, version.confidence, note)


def length_told(version: Version, backward: bool = False) -> str:
    """A version's length in words, with its extension."""
    text = ("之前须满 " if backward else "") + amount(version.length, version.unit)
    if version.days:
        text += f"（{'、'.join(f'{month}月{each}日' for month, each in version.days)}）"
    if version.extension:
        more = amount(version.extension.length, version.extension.unit)
        text += f"，{APPROVERS[version.extension.approver]}批准可延长{'' if more == '由文书指定' else more}"
    return text


def calendar_told(book: Lawbook) -> Iterator[Item]:
    """The years' holidays: a year's first notice, and each that changed it, from the day on which it was issued."""
    for year, notices in sorted(book.calendar.years.items(), reverse=True):
        ordered = sorted(notices, key=lambda notice: notice.issued_on)
        ends = [date.fromordinal(later.issued_on.toordinal() - 1) for later in ordered[1:]] + [None]
        told = []
        for nth, (notice, end) in enumerate(zip(ordered, ends, strict=True)):
            text = "；".join(notice_told(each) for each in ordered[: nth + 1])
            told.append(Told(notice.issued_on, end, text, (), "V", "、".join(each.cite for each in ordered[: nth + 1])))
        yield Item("calendar", str(year), f"{year}年放假安排", "", tuple(told))


def notice_told(notice: Notice) -> str:
    """The days off of a notice, and the weekend days worked for them."""
    lines = []
    for rest in notice.breaks:
        days = f"{rest.first:%m-%d}" + (f" 至 {rest.last:%m-%d}" if rest.last != rest.first else "")
        worked = f"，{'、'.join(f'{day:%m-%d}' for day in rest.workdays)} 上班" if rest.workdays else ""
        lines.append(f"{rest.name} {days}{worked}")
    return "；".join(lines)


def powers_told(book: Lawbook) -> Iterator[Item]:
    """The powers, under what they are and what they are about."""
    for power in book.powers.values():
        told = tuple(power_told(power, version) for version in power.versions)
        yield Item("powers", power.key, power.label, f"{POWER_KINDS[power.kind]}：{power.category}", told)


def power_told(power: Power, version: PowerVersion) -> Told:
    """A version of a power in words: each measure with its sum, and whether an order must come first."""
    lines = [measure.explain() for measure in version.measures] + [
        "须先责令改正，逾期不改的才罚款"
    ] * version.order_first
    lines += ["公布的清单只列项数，是否就是本项尚未证实"] * power.alternate
    lines += ["针对用人单位的案件不提供本项"] * (not power.offered)
    basis = tuple(dict.fromkeys((*version.violated, *version.penalised, *version.empowered)))
    return Told(version.valid_from, version.valid_to, "；".join(lines), basis, version.confidence, version.note)


def profiles_told(book: Lawbook) -> Iterator[Item]:
    """The lists of powers: what each authority holds of its own, and apart each document by which more was handed to it."""
    for each in book.profiles.values():
        if own := tuple(holding_told(book, each, one) for one in each.holdings if one.mode == "own"):
            yield Item("profiles", each.key, each.label, LEVELS[each.level], own)
        for nth, one in enumerate((one for one in each.holdings if one.mode != "own"), 1):
            label = f"{each.label}：{one.by}，{one.document}"
            yield Item("profiles", f"{each.key}-{nth}", label, LEVELS[each.level], (holding_told(book, each, one),))


def holding_told(book: Lawbook, profile: Profile, holding: Holding) -> Told:
    """A holding in words: how many powers of each kind, and which, or of what where they are many."""
    parts = [MODES[holding.mode]]
    for kind, label in POWER_KINDS.items():
        held = [power for key, power in book.powers.items() if power.kind == kind and key in holding.powers]
        names = [power.label for power in held]
        if len(names) > FEW:
            names = [f"{category} {count} 项" for category, count in Counter(power.category for power in held).items()]
        parts += [f"{label} {len(held)} 项：{'、'.join(names)}"] * bool(held)
    official = "" if profile.official else "示例或者汇编，不是公布的清单"
    note = "；".join(filter(None, (official, f"来源：{profile.source}", profile.note)))
    basis = (holding.basis,) if holding.basis else ()
    return Told(holding.valid_from, holding.valid_to, "；".join(parts), basis, "", note)


def rates_told(book: Lawbook) -> Iterator[Item]:
    """The numbers of wage law: the nation's, then each region's minimum wages and local numbers."""
    for rate in book.rates.values():
        yield rate_told(rate, rate.key, "全国")
    for region in book.regions.values():
        wages = tuple(standard_told(each) for each in region.standards)
        yield Item("rates", region.key, f"{region.label}最低工资标准", region.label, wages)
        yield from (rate_told(rate, f"{region.key}-{rate.key}", region.label) for rate in region.local.values())


def rate_told(rate: Rate, key: str, group: str) -> Item:
    """A number with its versions; one that is not set says what happens meanwhile."""
    told = tuple(
        Told(each.valid_from, each.valid_to, rate.told(each.valid_from), (each.basis,), each.confidence,
             "；".join(filter(None, (each.source, each.note, rate.unset if each.amount is None and not each.tiers else ""))))
        for each in rate.versions
    )  # fmt: skip
    return Item("rates", key, rate.label, group, told)


def standard_told(each: Standard) -> Told:
    """A region's minimum wages from a day on."""
    text = f"每月 {plain(each.monthly)} 元；非全日制每小时 {plain(each.hourly)} 元"
    return Told(each.valid_from, each.valid_to, text, (each.basis,), each.confidence, f"{each.document}；{each.source}")


def local_told(book: Lawbook) -> Iterator[Item]:
    """What the law leaves to a place: who may set it, what happens while nobody has, and what other places have set."""
    for value in book.local_values.values():
        text = f"由{value.set_by}定。{value.words}"
        yield Item("local", value.key, value.label, BEHAVIOURS[value.unset], (
            Told(None, None, text, (value.basis,), value.confidence, value.source),))  # fmt: skip
    for each in book.local_examples:
        value = book.local_values[each.key]
        told = Told(each.valid_from, None, value.told(each.value), (value.basis,), each.confidence, each.source)
        yield Item(
            "local",
            f"{each.key}-{each.place}",
            f"{each.place}：{value.label}",
            "外地数值，只供参照，对本机关不生效",
            (told,),
        )


def discretion_told(book: Lawbook) -> Iterator[Item]:
    """How a range is parted into tiers, which facts lead to each, and on which grounds a penalty departs from it."""
    scheme = book.discretion.scheme
    note = f"{scheme.source}{'；示例，不是本局的基准' if scheme.illustrative else ''}"
    for tier in scheme.tiers:
        span = f"法定幅度的 {tier.low}% 至 {tier.high}%"
        yield Item(
            "discretion",
            f"tier-{tier.key}",
            tier.label,
            scheme.label,
            (Told(None, None, span, (scheme.basis,), scheme.confidence, note),),
        )
    labels = {tier.key: tier.label for tier in scheme.tiers}
    for factor in scheme.factors.values():
        steps = (
            "；".join(f"{least} {factor.unit}以上为{labels[tier]}" for least, tier in factor.steps)
            or f"有此情形的为{labels[factor.gives]}"
        )
        yield Item(
            "discretion",
            f"factor-{factor.key}",
            factor.label,
            "裁量因素",
            (Told(None, None, steps, (scheme.basis,), scheme.confidence, note),),
        )
    for ground in book.discretion.grounds.values():
        told = tuple(ground_told(ground, version, book) for version in ground.versions)
        yield Item("discretion", ground.key, ground.label, "从轻、减轻、不予处罚、从重的理由", told)


def ground_told(ground: Ground, version: GroundVersion, book: Lawbook) -> Told:
    """A ground of a day: what follows, whether it must, and what must be so."""
    text = f"{DUTIES[ground.duty]}{'、'.join(EFFECTS_OF[effect] for effect in ground.effects)}"
    text += f"；须：{'、'.join(NEEDS[need] for need in ground.needs)}" if ground.needs else ""
    text += f"；违法不超过 {version.months} 个月的" if version.months else ""
    text += f"；只用于：{'、'.join(book.powers[key].label for key in version.powers)}" if version.powers else ""
    return Told(version.valid_from, version.valid_to, text, (version.basis,), version.confidence, version.source)


def items_told(book: Lawbook) -> Iterator[Item]:
    """What may be inspected: how, by whom, at which suggested ratio, and the standard line by line."""
    for each in book.items.values():
        told = tuple(item_told(version) for version in each.versions)
        yield Item("items", each.key, each.label, f"检查对象：{each.object}", told)


def item_told(version: ItemVersion) -> Told:
    """A version of an inspection item in words."""
    parts = [version.content, CLASSES[version.rank], "、".join(MODES_OF[mode] for mode in version.modes)]
    parts.append("由" + "、".join(ORGANISERS[level] for level in version.levels) + "组织")
    parts += [f"建议比例 {version.ratio}%"] * (version.ratio is not None)
    parts.append("检查标准：" + "；".join(f"{nth}. {line.text}" for nth, line in enumerate(version.standard, 1)))
    basis = tuple(dict.fromkeys((*version.basis, *(line.basis for line in version.standard))))
    return Told(version.valid_from, version.valid_to, "。".join(parts), basis, version.confidence, version.source)


def results_told(book: Lawbook) -> Iterator[Item]:
    """What an inspection may come to, under what follows."""
    for each in book.results.values():
        kind = "检查没有实施完成" if each.unmet else "发现问题" if each.finding else "没有发现问题"
        text = f"{kind}；上传代码 {each.upload}；{FOLLOWS[each.follow]}"
        told = Told(each.valid_from, each.valid_to, text, (), each.confidence)
        yield Item("results", each.key, each.label, kind, (told,))


SECTIONS = (
    Section("clocks", "期限", "多长、从何时起算、约束谁；同一期限的各个版本按起算之日适用。", clocks_told),
    Section(
        "powers",
        "权力事项",
        "对什么违法行为可以做什么、罚多少、依据哪些条；公布和持有哪些由各机关的权责清单定。",
        powers_told,
    ),
    Section(
        "discretion",
        "裁量",
        "法定幅度怎样分档、什么情节属于哪一档、什么理由可以或者应当从轻、减轻、不罚、从重。",
        discretion_told,
    ),
    Section("profiles", "权责清单", "哪个机关从哪天起持有哪些权力；乡镇、街道只有赋权或者委托来的。", profiles_told),
    Section(
        "items", "检查事项", "可以检查什么、用什么方式、由哪一级组织，逐条的检查标准；公布后才能检查。", items_told
    ),
    Section("results", "检查结果", "检查结果的代码、上传代码和后续处理。", results_told),
    Section("rates", "工资标准和比例", "计薪天数、加班倍数、赔偿比例、最低工资：不是期限的数字。", rates_told),
    Section("local", "本地数值", "法律留给地方定的数：谁有权定，没有定之前怎样办。", local_told),
    Section("articles", "法条", "每条用自己的话写要点，不是条文原文；旧文本另列，注明施行到哪一天。", articles_told),
    Section("calendar", "放假安排", "工作日的依据：每年的放假通知，年中另有通知的后发为准。", calendar_told),
)

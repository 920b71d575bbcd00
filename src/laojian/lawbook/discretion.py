"""Discretion: the tiers of a range, the facts that lead to each, and the grounds on which a penalty departs from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from laojian.lawbook.articles import CONFIDENCE, Article
from laojian.lawbook.reading import Page, Table, day, one_of, table, text, whole

EFFECTS = {"lighter": "从轻", "mitigated": "减轻", "none": "不予处罚", "heavier": "从重"}
DUTIES = {"must": "应当", "may": "可以"}
NEEDS = {
    "slight": "违法行为轻微",
    "corrected": "及时改正",
    "relieved": "决定前已经改正",
    "harmless": "没有造成危害后果",
    "minor_harm": "危害后果轻微",
    "first": "初次违法",
}


@dataclass(frozen=True)
class Tier:
    """One tier: its share of the range, from and to in hundredths."""

    key: str
    label: str
    low: int
    high: int


@dataclass(frozen=True)
class Factor:
    """A fact that leads to a tier: a number that reaches the step of a tier, or something that is so or not so."""

    key: str
    label: str
    unit: str
    steps: tuple[tuple[int, str], ...]  # (from this number on, tier), rising; empty where the fact is a yes or no
    gives: str  # the tier of a yes; empty for a number


@dataclass(frozen=True)
class Scheme:
    """How an authority parts a range into tiers. `illustrative`: made to show the working, not the authority's own figures."""

    label: str
    source: str
    basis: str
    illustrative: bool
    confidence: str
    tiers: tuple[Tier, ...]
    factors: dict[str, Factor]
    weighed: dict[
        str, tuple[tuple[str, ...], tuple[str, ...]]
    ]  # power → (keys of factors, what else is weighed, in words)

    def tier(self, key: str) -> Tier:
        """The tier of a key."""
        return next(tier for tier in self.tiers if tier.key == key)

    def moved(self, tier: Tier, by: int) -> Tier:
        """The tier so many below (negative) or above, never beyond the ends."""
        place = min(max(self.tiers.index(tier) + by, 0), len(self.tiers) - 1)
        return self.tiers[place]

    def factors_of(self, power: str) -> list[Factor]:
        """The factors that count for a power; all of them where nothing is said."""
        keys = self.weighed.get(power, (tuple(self.factors), ()))[0]
        return [self.factors[key] for key in keys]


@dataclass(frozen=True)
class GroundVersion:
    """A ground as it stood from a day to a day."""

    valid_from: date
    valid_to: date | None
    basis: str
    confidence: str
    source: str
    powers: tuple[str, ...]  # only for these powers; empty: for all
    months: int | None  # only where the violation did not last longer

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class Ground:
    """A ground on which the penalty departs from the ordinary: what follows, whether it must, and what must be so."""

    key: str
    label: str
    effects: tuple[str, ...]
    duty: str
    needs: tuple[str, ...]
    versions: tuple[GroundVersion, ...]

    def at(self, on: date) -> GroundVersion | None:
        """The version in force on the day; None when there was none."""
        return next((version for version in self.versions if version.in_force(on)), None)


@dataclass(frozen=True)
class Discretion:
    """Schemes and grounds together."""

    scheme: Scheme
    grounds: dict[str, Ground]


TIER_FIELDS = {"label": text, "to": whole}
SCHEME_FIELDS = {
    "label": text,
    "source": text,
    "basis": text,
    "confidence": one_of(*CONFIDENCE),
    "tiers": table,
    "factors": table,
}
GROUND_FIELDS = {"label": text, "duty": one_of(*DUTIES), "values": table}
VALUE_FIELDS = {"basis": text, "confidence": one_of(*CONFIDENCE)}


def _flag(value) -> str:
    return "" if isinstance(value, bool) else "应为 true 或者 false"


def _words(known: Iterable[str] | None = None):
    """A check for a list of texts, each of them known."""

    def check(value) -> str:
        if not isinstance(value, list) or any(text(one) for one in value):
            return "应为文字的列表"
        strange = [one for one in value if known is not None and one not in known]
        return f"不认识“{'、'.join(strange)}”，可写{'、'.join(known)}" if strange else ""

    return check


def scheme(page: Page, weighed: Page, known: dict[str, Article], powers: Iterable[str]) -> Scheme | None:
    """The tiers of law/discretion/tiers.yaml with what each power weighs; faults go to the pages."""
    row = page.content
    if page.faults or not page.fits(row, "裁量档次", SCHEME_FIELDS, {"illustrative": _flag, "note": text}):
        return None
    if row["basis"] not in known:
        page.fault(row.at("basis"), f"裁量档次的“basis”在 articles.yaml 中没有：{row['basis']}")
    tiers = _tiers(page, row["tiers"])
    factors = {
        key: made for key, each in row["factors"].items() if (made := _factor(page, row["factors"], key, each, tiers))
    }
    told = _weighed(weighed, factors, set(powers))
    if page.faults or weighed.faults:
        return None
    return Scheme(row["label"], row["source"], row["basis"], row.get("illustrative", False), row["confidence"], tiers,
                  factors, told)  # fmt: skip


def _tiers(page: Page, rows: Table) -> tuple[Tier, ...]:
    found, low = [], 0
    for key, row in rows.items():
        if not isinstance(row, Table):
            page.fault(rows.at(key), f"档次 {key} 应为键值表")
        elif page.fits(row, f"档次 {key}", TIER_FIELDS, {}):
            if row["to"] <= low or row["to"] > 100:
                page.fault(
                    row.at("to"), f"档次 {key} 的“to”是百分数，应大于前一档的 {low}，不超过 100，现为“{row['to']}”"
                )
            found.append(Tier(key, row["label"], low, row["to"]))
            low = row["to"]
    if not page.faults and low != 100:
        page.fault(rows.at(found[-1].key), f"最后一档应到 100，现到 {low}：幅度有一段没有档次")
    return tuple(found)


def _factor(page: Page, rows: Table, key: str, row, tiers: tuple[Tier, ...]) -> Factor | None:
    keys = [tier.key for tier in tiers]
    where = f"因素 {key}"
    if not isinstance(row, Table):
        page.fault(rows.at(key), f"{where} 应为键值表")
        return None
    if not page.fits(row, where, {"label": text}, {"unit": text, "steps": table, "gives": one_of(*keys)}):
        return None
    if ("steps" in row) == ("gives" in row) or ("steps" in row) != ("unit" in row):
        page.fault(row.line, f"{where} 或者写“unit”和“steps”（从多少起属哪一档），或者写“gives”（有此情节属哪一档）")
        return None
    steps = row.get("steps") or {}
    for tier, start in steps.items():
        if tier not in keys or whole(start):
            page.fault(steps.at(tier), f"{where} 的“steps”应写作“档次: 从多少起”，现为“{tier}: {start}”")
            return None
    rising = [(start, tier) for tier, start in steps.items()]
    if rising != sorted(rising, key=lambda step: (step[0], keys.index(step[1]))) or len({s for s, _ in rising}) != len(
        rising
    ):
        page.fault(row.at("steps"), f"{where} 的“steps”应逐档升高")
    return Factor(key, row["label"], row.get("unit", ""), tuple(rising), row.get("gives", ""))


def _weighed(page: Page, factors: dict[str, Factor], powers: set[str]) -> dict:
    found = {}
    for key, row in page.content.items():
        if powers and key not in powers:
            page.fault(page.content.at(key), f"权力事项 {key} 在 law/powers 中没有")
        elif not isinstance(row, Table):
            page.fault(page.content.at(key), f"{key} 应为键值表")
        elif page.fits(row, key, {"factors": _words(factors)}, {"weigh": _words()}):
            found[key] = (tuple(row["factors"]), tuple(row.get("weigh", ())))
    return found


def grounds(pages: Iterable[Page], known: dict[str, Article], powers: Iterable[str]) -> dict[str, Ground]:
    """The grounds of these files by their key; faults go to the pages."""
    found: dict[str, Ground] = {}
    extras = {"effects": _words(EFFECTS), "needs": _words(NEEDS)}
    for page in pages:
        for key, row in page.content.items():
            if not isinstance(row, Table):
                page.fault(page.content.at(key), f"{key} 应为一个情节的键值表")
            elif page.fits(row, key, {**GROUND_FIELDS, "effects": extras["effects"]}, {"needs": extras["needs"]}):
                versions = _versions(page, key, row["values"], known, set(powers))
                found[key] = Ground(
                    key, row["label"], tuple(row["effects"]), row["duty"], tuple(row.get("needs", ())), versions
                )
    return found


def _versions(
    page: Page, key: str, values: Table, known: dict[str, Article], powers: set[str]
) -> tuple[GroundVersion, ...]:
    before = len(page.faults)
    for start, value in values.items():
        where = f"{key} 自 {start} 起的版本"
        if day(start) or not isinstance(value, Table):
            page.fault(values.at(start), f"{key} 的版本应写作“施行日期: 键值表”，现为“{start}”")
        elif page.fits(
            value, where, VALUE_FIELDS, {"to": day, "source": text, "powers": _words(powers or None), "months": whole}
        ):
            _sound(page, where, start, value, known)
    if len(page.faults) > before:
        return ()
    starts, made = sorted(values), []
    for start, later in zip(starts, [*starts[1:], None], strict=True):
        value = values[start]
        end = value.get("to") or (date.fromordinal(later.toordinal() - 1) if later else None)
        if later and end >= later:
            page.fault(value.at("to"), f"{key} 自 {start} 起的版本与自 {later} 起的版本期间重叠")
        made.append(GroundVersion(start, end, value["basis"], value["confidence"], value.get("source", ""),
                                  tuple(value.get("powers", ())), value.get("months")))  # fmt: skip
    return tuple(made)


def _sound(page: Page, where: str, start: date, value: Table, known: dict[str, Article]) -> None:
    article = known.get(value["basis"])
    if article is None:
        page.fault(value.at("basis"), f"{where} 的“basis”在 articles.yaml 中没有：{value['basis']}")
    elif not article.in_force(start):
        page.fault(value.at("basis"), f"{where} 引用的 {article.key} 在 {start} 不施行")
    if value.get("to", start) < start:
        page.fault(value.at("to"), f"{where} 的“to”早于施行日期")
    if value["confidence"] == "C" and "source" not in value:
        page.fault(value.at("confidence"), f"{where} 是本地规定，必须写“source”")

"""What penalty a power allows on these facts: range, tier, amount, objections, warnings, each step with its article. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from laojian.lawbook.discretion import Discretion, Tier
from laojian.lawbook.facts import Facts, Group
from laojian.lawbook.grounded import Effect, Said, grounded, tier_of
from laojian.lawbook.powers import SUMMED, SUMS, WHOM, Measure, Power, PowerVersion

CENT = Decimal("0.01")
WHOLE = Decimal(100)


@dataclass
class Line:
    """One measure on these facts: its range, that of the tier, the sum, and how it was reached. None: the law names no sum."""

    measure: Measure
    lowest: Decimal | None = None
    highest: Decimal | None = None
    amount: Decimal | None = None
    why: list[Said] = field(default_factory=list)


@dataclass
class Penalty:
    """The reckoning: `lowest`, `highest`, `amount` are of the fine; `floor` is the least of a fine on these grounds.

    `optional`: there may be no fine at all.
    """

    power: Power
    version: PowerVersion
    tier: Tier | None
    lines: list[Line]
    lowest: Decimal
    highest: Decimal | None
    amount: Decimal
    floor: Decimal
    optional: bool
    objections: list[Said]
    warnings: list[Said]
    why: list[Said]

    @property
    def below(self) -> bool:
        """Whether the fine lies below what the law sets as the least: a mitigated one."""
        return Decimal(0) < self.amount < self.lowest


def yuan(sum_: Decimal) -> str:
    """A sum as a sentence shows it: 12,900 元."""
    return f"{sum_:,.2f}".removesuffix(".00") + " 元"


def span(lowest: Decimal, highest: Decimal) -> str:
    """A range as a sentence shows it."""
    return yuan(highest) if lowest == highest else f"{yuan(lowest)}至 {yuan(highest)}"


def reckon(power: Power, version: PowerVersion, facts: Facts, discretion: Discretion) -> Penalty:
    """The penalty of a power in one version on these facts. The same facts give the same answer on any day."""
    base = version.penalised[0] if version.penalised else ""
    objections = [*unordered(version, facts, base)]
    scheme, effect = discretion.scheme, grounded(power.key, facts, discretion.grounds)
    objections += effect.objections
    tier, steps = tier_of(power, facts, scheme, effect)
    lines, fine = [], Fine(power, facts, scheme, tier, base)
    for number, measure in enumerate(version.measures, 1):
        if applies(measure, number, facts):
            lines.append(fine.line(measure))
    objections += fine.objections
    lowest, highest, amount = fine.sums()
    optional = all(line.measure.optional for line in fine.fines) or effect.spares
    amount = Decimal(0) if effect.spared and facts.amount is None else amount
    floor = CENT if effect.mitigates and lowest else lowest
    made = Penalty(power, version, tier, lines, lowest, highest, amount, floor, optional, objections, [], [])
    made.objections += [*unchosen(version, facts, fine, base), *within(made, effect, base, bool(fine.fines))]
    made.warnings += [*effect.warnings, *weighed(made, facts, fine, effect, base)]
    made.why = [*steps, *effect.why, *(said for line in lines for said in line.why), *concluded(made, fine, base)]
    return made


def unordered(version: PowerVersion, facts: Facts, base: str) -> Iterator[Said]:
    """Where an order to correct must come first, there is no fine before its time ran out without obedience."""
    if not version.order_first or facts.order == "disobeyed":
        return
    told = {
        "none": ("须先责令限期改正，逾期不改正的才能罚款", "请先办理责令改正并送达"),
        "running": ("责令改正的期限还没有届满，不能罚款", "请待期满后核实改正情况"),
        "unchecked": ("责令改正期满，还没有核实改正情况", "请先办理核实改正情况"),
        "obeyed": ("责令期限内已经改正，罚款的条件没有成就", "请办理不予处罚或者撤销立案"),
    }[facts.order]
    yield Said(told[0], base, told[1], "power")


def unchosen(version: PowerVersion, facts: Facts, fine: "Fine", base: str) -> Iterator[Said]:
    """Fines that all stand under conditions: one must be chosen, or it is said that there is to be none."""
    open_ = [
        (number, measure)
        for number, measure in enumerate(version.measures, 1)
        if measure.kind == "fine" and measure.when and measure.whom in (facts.whom or measure.whom)
    ]
    if open_ and not fine.fines and facts.amount != 0:
        told = "；".join(f"{number}（{measure.when}：{measure.amount}）" for number, measure in open_)
        yield Said(f"罚款附有条件，还没有选用：{told}", base, "请选用其中符合的；不罚款的，拟罚款填 0", "chosen")


def applies(measure: Measure, number: int, facts: Facts) -> bool:
    """Whether a measure is taken: of the person in question, and if it stands under a condition, chosen."""
    return (not facts.whom or measure.whom == facts.whom) and (not measure.when or number in facts.chosen)


@dataclass
class Fine:
    """Adds up the fines of a reckoning, line by line."""

    power: Power
    facts: Facts
    scheme: object
    tier: Tier | None
    base: str
    fines: list[Line] = field(default_factory=list)
    rated: bool = False  # whether the groups name their own rates
    objections: list[Said] = field(default_factory=list)

    def line(self, measure: Measure) -> Line:
        """One measure on these facts."""
        line = Line(measure)
        if measure.kind not in SUMMED or not measure.basis:
            line.why.append(Said(measure.explain(), self.base))
        elif measure.kind == "fine":
            self.fines.append(line)
            self.fined(line)
        else:
            self.taken(line)
        return line

    def taken(self, line: Line) -> None:
        """Illegal income, things to be given back and the like: all of the sum, or so many times of it; not known, it is said so."""
        measure = line.measure
        units = (self.facts.sums or {}).get(measure.of) if measure.of else Decimal(1)
        if units is None or (measure.highest is None and measure.basis != "all"):
            line.why.append(Said(f"{measure.name}：{measure.amount}，数额没有写明，须另行查明", self.base))
            return
        low, high = (
            (Decimal(1), Decimal(1)) if measure.basis == "all" else (measure.lowest or Decimal(0), measure.highest)
        )
        line.lowest, line.highest = cents(units * low), cents(units * high)
        line.amount = line.lowest
        line.why.append(Said(f"{measure.name}：{span(line.lowest, line.highest)}", self.base))

    def fined(self, line: Line) -> None:
        """The range of one fine, its tier, and the sum."""
        measure, units = line.measure, self.units(line.measure)
        if measure.highest is None:
            line.why.append(Said(f"{measure.name}：所引法条没有写定数额，系统不计算，由本机关另行论证", self.base))
            return
        if units is None:
            return
        low = measure.lowest or Decimal(0)
        line.lowest, line.highest = cents(units * low), cents(units * measure.highest)
        if measure.cap is not None:
            line.highest = min(line.highest, measure.cap)
        line.why.append(Said(f"法定幅度：{measure.amount}{self.counted(line, units)}", self.base))
        part = self.part_of(line)
        if part and low != measure.highest:
            mark = "（示例档次）" if self.scheme.illustrative else ""
            line.why.append(Said(f"{self.tier.label}档{mark}：{span(*part)}", self.scheme.basis))
        line.amount = self.by_group(line) if self.chosen_rates(measure) else part[0] if part else line.lowest

    def part_of(self, line: Line) -> tuple[Decimal, Decimal] | None:
        """The tier's part of a line's range; None where there is no discretion, or nothing was reckoned."""
        if self.tier is None or line.highest is None:
            return None
        width = line.highest - line.lowest
        return cents(line.lowest + width * self.tier.low / WHOLE), cents(line.lowest + width * self.tier.high / WHOLE)

    def chosen_rates(self, measure: Measure) -> bool:
        """Whether the facts name a rate for each head."""
        heads = measure.basis in ("per_worker", "per_worker_month")
        return heads and any(group.per_head is not None for group in self.facts.groups)

    def by_group(self, line: Line) -> Decimal:
        """Several rates in one decision: each group's heads (and months) at its own rate, which lies within the range."""
        self.rated, total, measure = True, Decimal(0), line.measure
        low = measure.lowest or Decimal(0)
        default = low + (measure.highest - low) * (self.tier.low if self.tier else 0) / WHOLE
        for group in self.facts.groups:
            rate = group.per_head if group.per_head is not None else default
            part = cents(rate * self.heads(measure, group))
            total += part
            named = f"{group.label}：" if group.label else ""
            months = f"×{group.months}个月" if measure.basis == "per_worker_month" else ""
            line.why.append(Said(f"{named}{group.people}人{months}×每人{yuan(rate)}＝{yuan(part)}", self.base))
            if rate > measure.highest:
                self.objections.append(
                    Said(
                        f"每人 {yuan(rate)} 高于法定最高的 {yuan(measure.highest)}",
                        self.base,
                        "请按法定幅度更正",
                        "groups",
                    )
                )
        return total

    def heads(self, measure: Measure, group: Group) -> int:
        """Units of one group."""
        return group.people * (group.months if measure.basis == "per_worker_month" else 1)

    def units(self, measure: Measure) -> Decimal | None:
        """How many units a measure counts; None, and an objection, when the fact is not known."""
        facts, basis = self.facts, measure.basis
        if basis in ("fixed", "unstated"):
            return Decimal(1)
        if basis in ("per_worker", "per_worker_month"):
            heads = sum(self.heads(measure, group) for group in facts.groups)
            unsaid = [group for group in facts.groups if basis == "per_worker_month" and not group.months]
            told = "每名劳动者的时间段" if facts.groups and unsaid else "受侵害劳动者人数"
            return Decimal(heads) if heads and not unsaid else self.missing(told, "groups")
        if basis == "per_person":
            persons = 1 if facts.whom == "responsible" and not facts.persons else facts.persons
            return Decimal(persons) if persons else self.missing(f"{WHOM['responsible']}的人数", "persons")
        sum_ = (facts.sums or {}).get(measure.of)
        if sum_ is None:
            return self.missing(SUMS[measure.of], measure.of)
        return max(sum_, measure.at_least) if measure.at_least is not None else sum_

    def missing(self, told: str, where: str) -> None:
        """A fact without which nothing can be reckoned: not known is not zero."""
        self.objections.append(
            Said(f"没有写明{told}，算不出幅度", self.base, "请查明后填写；未查明的不能按零计算", where)
        )

    def counted(self, line: Line, units: Decimal) -> str:
        """How the units were counted and what they come to, in words; nothing where the range is one for the whole case."""
        facts, basis = self.facts, line.measure.basis
        if basis == "fixed":
            return ""
        words = {
            "per_worker": f"受侵害劳动者 {facts.people} 人", "per_person": f"责任人员 {units} 人",
            "multiple": f"{SUMS.get(line.measure.of, '')} {yuan(units)}", "per_worker_month": f"{self.spelt()}，共 {units} 人月",
        }  # fmt: skip
        return f"；{words[basis]}，合计 {span(line.lowest, line.highest)}"

    def spelt(self) -> str:
        """The people of each group with each of their stretches."""
        return "；".join(f"{group.people}人各{'＋'.join(map(str, group.stretches))}" for group in self.facts.groups)

    def sums(self) -> tuple[Decimal, Decimal | None, Decimal]:
        """Lowest, highest and amount of the fine; highest None where the law names none."""
        unnamed = any(line.measure.highest is None for line in self.fines)
        lowest = sum((line.lowest or Decimal(0) for line in self.fines if not line.measure.optional), Decimal(0))
        if self.fines and all(line.measure.optional for line in self.fines):
            lowest = sum((line.lowest or Decimal(0) for line in self.fines), Decimal(0))
        highest = None if unnamed else sum((line.highest or Decimal(0) for line in self.fines), Decimal(0))
        amount = sum((line.amount or Decimal(0) for line in self.fines), Decimal(0))
        return lowest, highest, self.facts.amount if self.facts.amount is not None else amount


def cents(sum_: Decimal) -> Decimal:
    """A sum to the cent."""
    return sum_.quantize(CENT, ROUND_HALF_UP)


def within(made: Penalty, effect: Effect, base: str, fines: bool) -> Iterator[Said]:
    """Never above the highest; below the lowest only on a ground of mitigation; nothing where the law spares."""
    amount, where = made.amount, "amount"
    if made.highest is not None and amount > made.highest:
        yield Said(f"罚款 {yuan(amount)} 高于法定最高的 {yuan(made.highest)}", base, "请按法定幅度更正", where)
    if not fines and amount and not made.objections:
        yield Said("这一项没有规定罚款，或者没有选用有罚款的措施", base, "请核对处罚种类，或者选用附条件的措施", where)
    elif effect.spared and amount:
        yield Said("依所选情节应当不予处罚，不能罚款", effect.basis_of("none"), "请办理不予处罚，或者更正情节", where)
    elif not made.objections and amount < made.floor and (amount or not made.optional):
        yield Said(f"罚款 {yuan(amount)} 低于法定最低的 {yuan(made.lowest)}", base,
                   "没有减轻处罚的情节不能低于最低数额，减轻处罚也须有处罚；有情节的请选明并写明理由", where)  # fmt: skip


def weighed(made: Penalty, facts: Facts, fine: Fine, effect: Effect, base: str) -> Iterator[Said]:
    """What needs a written answer: a fine below the least, one outside its tier, the maximum although the party corrected."""
    if made.below and effect.mitigates:
        yield Said(f"罚款 {yuan(made.amount)} 低于法定最低的 {yuan(made.lowest)}，属减轻处罚", effect.basis_of("mitigated"),
                   "须写明减轻的理由，并经法制审核同意", "reason")  # fmt: skip
    if made.highest is None and made.amount:
        yield Said("所引法条没有写定罚款数额", base, "须写明数额的依据和论证", "reason")
    yield from full_although_corrected(
        made.amount, made.highest, made.lowest, facts.corrected in ("in_time", "before_decision")
    )
    part = fine.part_of(fine.fines[0]) if len(fine.fines) == 1 else None
    if part and made.amount and not made.below and not part[0] <= made.amount <= part[1]:
        mark = "示例" if fine.scheme.illustrative else ""
        yield Said(f"罚款 {yuan(made.amount)} 不在{mark}裁量档次“{made.tier.label}”的 {span(*part)} 之内", fine.scheme.basis,
                   "须写明偏离档次的理由", "reason")  # fmt: skip


def full_although_corrected(
    amount: Decimal, highest: Decimal | None, lowest: Decimal, corrected: bool
) -> Iterator[Said]:
    """The maximum although the party put things right before the decision: a court refused to enforce such a fine.

    The published case is law/examples/cases/sx-2022-xiangfen.yaml: lawful in its range, and yet manifestly unjust.
    """
    if corrected and highest and amount == highest and lowest != highest:
        yield Said(
            f"当事人在决定前已经改正，仍按上限罚款 {yuan(amount)}：有同样的决定被人民法院认为显失公平、不准强制执行", "apl-32",
            "改正属应当从轻、减轻的情形，请重新裁量；仍按上限处罚的，须写明理由", "reason",
        )  # fmt: skip


def concluded(made: Penalty, fine: Fine, base: str) -> Iterator[Said]:
    """The result in a sentence."""
    if not fine.fines:
        return
    if made.highest is not None:
        whole = f"罚款幅度 {span(made.lowest, made.highest)}"
        yield Said(f"{whole}；本次罚款 {yuan(made.amount)}", base)
    if fine.facts.amount is None and not fine.rated and made.amount:
        yield Said(
            "没有写明数额，按所属档次的下限建议" if made.tier else "定额罚款，不适用裁量",
            fine.scheme.basis if made.tier else base,
        )

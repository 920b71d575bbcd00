"""Which tier the facts lead to, and what follows from the grounds that are claimed: each checked against its conditions. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from laojian.lawbook.discretion import DUTIES, EFFECTS, NEEDS, Ground, GroundVersion, Scheme, Tier
from laojian.lawbook.facts import Facts
from laojian.lawbook.powers import Power

RULE = "apl-37"  # which law applies when
MOVES = {"lighter": -1, "heavier": 1}


@dataclass(frozen=True)
class Said:
    """One thing that a reckoning says, for people: what, on which article, and where something is wrong, what now and at which fact."""

    text: str
    basis: str = ""
    remedy: str = ""
    field: str = ""

    def told(self) -> dict:
        """As it is kept."""
        return {"text": self.text, "basis": self.basis}


@dataclass
class Effect:
    """What the grounds come to."""

    bases: dict[str, str] = field(default_factory=dict)  # effect → article
    spared: bool = False  # no penalty must be imposed
    why: list[Said] = field(default_factory=list)
    objections: list[Said] = field(default_factory=list)
    warnings: list[Said] = field(default_factory=list)

    @property
    def mitigates(self) -> bool:
        """Whether a fine may lie below the least."""
        return "mitigated" in self.bases

    @property
    def spares(self) -> bool:
        """Whether there may be no fine at all."""
        return "none" in self.bases

    @property
    def shift(self) -> int:
        """How many tiers up or down."""
        return sum(MOVES[effect] for effect in self.bases if effect in MOVES)

    def basis_of(self, effect: str) -> str:
        """The article of an effect."""
        return self.bases.get(effect, "")


def so(facts: Facts) -> dict[str, bool]:
    """Which conditions of grounds hold on these facts."""
    early = facts.corrected == "in_time"
    found = {word: word in facts.said for word in NEEDS}
    found["minor_harm"] |= found["harmless"]  # no harm at all is no more than a minor one
    return found | {"corrected": early, "relieved": early or facts.corrected == "before_decision"}


def grounded(power: str, facts: Facts, known: Mapping[str, Ground]) -> Effect:
    """What the claimed grounds come to; a ground that does not apply is an objection, with the reason."""
    effect = Effect()
    for key in facts.grounds:
        ground = known.get(key)
        if ground is None:
            effect.objections.append(Said(f"没有“{key}”这一裁量情节", "", "请从列出的情节中选择", "grounds"))
            continue
        version = ground.at(facts.on) or ground.at(facts.acted_on)
        wrong = list(unmet(ground, version, power, facts))
        effect.objections += wrong
        if wrong:
            continue
        effect.warnings += outlived(ground, version, facts)
        effect.bases |= dict.fromkeys(ground.effects, version.basis)
        effect.spared = effect.spared or ("none" in ground.effects and ground.duty == "must")
        told = "或者".join(EFFECTS[each] for each in ground.effects)
        effect.why.append(Said(f"情节：{ground.label}，{DUTIES[ground.duty]}{told}", version.basis))
    effect.warnings += unclaimed(power, facts, known)
    return effect


def unmet(ground: Ground, version: GroundVersion | None, power: str, facts: Facts) -> Iterator[Said]:
    """Why a ground cannot be claimed: not in force, not for this power, the violation too long, a condition not found."""
    name, where = f"“{ground.label}”", "grounds"
    if version is None:
        ended = [v for v in ground.versions if v.valid_to and v.valid_to < facts.on]
        words = f"施行至 {ended[-1].valid_to}" if ended else f"自 {ground.versions[0].valid_from} 起施行"
        yield Said(f"{name}在 {facts.on} 不能引用：{words}", ground.versions[-1].basis, "请改选其他情节", where)
        return
    if version.powers and power not in version.powers:
        yield Said(f"{name}不包括这一违法事项", version.basis, "请更正情节", where)
    lasted = (facts.factors or {}).get("months")
    if version.months is not None and (lasted is None or lasted > version.months):
        told = "没有写明违法持续时间" if lasted is None else f"违法持续 {lasted} 个月"
        yield Said(
            f"{name}只适用于持续 {version.months} 个月以下的，{told}",
            version.basis,
            "请查明持续时间，或者更正情节",
            where,
        )
    holds = so(facts)
    for need in ground.needs:
        if not holds[need]:
            yield Said(f"选了{name}，但没有查明“{NEEDS[need]}”", version.basis, "请核对事实，或者更正情节", where)


def outlived(ground: Ground, version: GroundVersion, facts: Facts) -> Iterator[Said]:
    """A ground that held on the day of the act and has ended since: the law of that day, but of rank too low to be sure (apl-37)."""
    if not version.in_force(facts.on):
        yield Said(
            f"“{ground.label}”施行至 {version.valid_to}，{facts.on} 已经届满；行为之日 {facts.acted_on} 在施行期间，按行为时的规定引用。"
            "它不是法律、法规、规章，届满以后能否仍按行为时的规定引用，须由法制机构确认", RULE,
            "请写明仍然引用的理由和法制机构的意见；不引用的，改选其他情节", "reason",
        )  # fmt: skip


def unclaimed(power: str, facts: Facts, known: Mapping[str, Ground]) -> Iterator[Said]:
    """Grounds that must lead to no penalty, whose conditions were all found, and that nobody claimed."""
    for key, ground in known.items():
        version = ground.at(facts.on)
        if (
            key in facts.grounds
            or version is None
            or ground.duty != "must"
            or not ground.needs
            or "none" not in ground.effects
        ):
            continue
        if not list(unmet(ground, version, power, facts)):
            yield Said(
                f"查明的事实符合“{ground.label}”，依法应当不予处罚",
                version.basis,
                "请选此情节；认为不符合的写明理由",
                "reason",
            )


def tier_of(power: Power, facts: Facts, scheme: Scheme, effect: Effect) -> tuple[Tier | None, list[Said]]:
    """The gravest tier that any factor leads to, moved by the grounds; None where there is no discretion. And why."""
    if not power.discretion:
        return None, []
    reached, steps = scheme.tiers[0], []
    for factor in scheme.factors_of(power.key):
        value = facts.people or None if factor.key == "workers" else (facts.factors or {}).get(factor.key)
        if not value:
            continue
        keys = [tier for start, tier in factor.steps if value >= start] if factor.steps else [factor.gives]
        tier = scheme.tier(keys[-1]) if keys else scheme.tiers[0]
        told = f"{factor.label} {value} {factor.unit}" if factor.steps else factor.label
        steps.append(Said(f"{told}：{tier.label}", scheme.basis))
        reached = max(reached, tier, key=scheme.tiers.index)
    moved = scheme.moved(reached, effect.shift)
    if moved is not reached:
        steps.append(Said(f"依情节由“{reached.label}”调为“{moved.label}”", scheme.basis))
    mark = f"（示例：{scheme.label}）" if scheme.illustrative else ""
    return moved, [*steps, Said(f"裁量档次：{moved.label}{mark}", scheme.basis)]

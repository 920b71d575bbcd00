"""Which law applies to a violation: that of its day, unless what is in force on the day of the decision is lighter (apl-37)."""

from dataclasses import replace
from decimal import Decimal

from laojian.lawbook.book import law
from laojian.lawbook.discretion import Discretion
from laojian.lawbook.facts import Facts
from laojian.lawbook.grounded import RULE, Said
from laojian.lawbook.penalties import Penalty, reckon, span
from laojian.lawbook.powers import Power, PowerVersion
from laojian.lawbook.reading import LawError

ENDLESS = Decimal("Infinity")
ASKED = "须书面说明："  # begins what a reckoning asks to be answered


def penalty(key: str, facts: Facts) -> tuple[Penalty, Said]:
    """The penalty of a power on these facts under the version that applies, and why that version. LawError: no such power then."""
    book = law()
    power = book.power(key)
    if power.kind != "penalty":
        raise LawError(f"“{power.label}”不是行政处罚事项，没有罚款可算")
    article = book.article(RULE)
    version, why = applicable(power, facts, book.discretion, RULE if article.in_force(facts.on) else "")
    if not why.basis:
        why = replace(why, text=f"{why.text}（{article.cite}自 {article.valid_from} 起施行，{facts.on} 还没有明文规定，"
                                "按行为时的规定、新规定较轻的从轻是解释意见，请法制机构确认）")  # fmt: skip
    return reckon(power, version, facts, book.discretion), why


def applicable(power: Power, facts: Facts, discretion: Discretion, basis: str) -> tuple[PowerVersion, Said]:
    """The version that applies and the reason for the choice. LawError where the act was no violation then, or is none now."""
    then, now = power.at(facts.acted_on), power.at(facts.on)
    if then is None:
        raise LawError(
            f"行为之日 {facts.acted_on} 尚无“{power.label}”的规定，不能依后来的规定处罚（第一版自 {power.versions[0].valid_from} 起）"
        )
    if now is None:
        raise LawError(
            f"“{power.label}”在 {facts.on} 已不再处罚（施行至 {power.versions[-1].valid_to}）：新的规定不认为违法的适用新规定"
        )
    if now is then:
        return then, Said(f"适用自 {then.valid_from} 起施行的规定：行为之日 {facts.acted_on} 有效，至今没有变动", basis)
    return chosen(power, then, now, facts, discretion, basis)


def chosen(power: Power, then: PowerVersion, now: PowerVersion, facts: Facts, discretion: Discretion, basis: str):
    """Of two versions the older one, unless the newer is lighter."""
    bare = replace(facts, amount=None, grounds=())
    old, new = (reckon(power, version, bare, discretion) for version in (then, now))
    words = f"行为之日 {facts.acted_on} 的规定（自 {then.valid_from} 起）{ranged(old)}；"
    words += f"{facts.on} 的规定（自 {now.valid_from} 起）{ranged(new)}"
    if weight(new) < weight(old):
        return now, Said(f"{words}。新的规定较轻，适用新的规定", basis)
    return then, Said(f"{words}。新的规定不较轻，适用行为时的规定", basis)


def weight(made: Penalty) -> tuple:
    """How heavy a version is: by its highest fine, then its lowest, then whether it strikes without an order first."""
    return (ENDLESS if made.highest is None else made.highest, made.lowest, not made.version.order_first)


def ranged(made: Penalty) -> str:
    """The range of a version in words."""
    return "未定数额" if made.highest is None else f"罚款 {span(made.lowest, made.highest)}"


def frozen(made: Penalty, why: Said) -> list[dict]:
    """The reckoning as it is kept with a finding: each line with article and version, never computed again."""
    book = law()
    lines = [why, *made.why, *(Said(f"{ASKED}{each.text}", each.basis) for each in made.warnings)]
    return [{**each.told(), "cite": book.article(each.basis).cite if each.basis else ""} for each in lines]

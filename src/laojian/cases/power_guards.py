"""What must hold of the authority: it uses no power that it does not hold on the day (apl-17, apl-24, lsr-10)."""

from collections.abc import Iterable

from laojian.lawbook import Power, holds, law
from laojian.people.rules import list_of_powers
from laojian.procedure.step import File, Reason, Step

from .guards import Input, Reasons

ORDERED = ("correct", "pay", "compensate", "refund")  # what an order or a treatment decision demands of its addressees

PUNISH = ("decide_penalty", "punish_on_spot")


def in_power(file: File, step: Step, given: Input) -> Reasons:
    """A finding and a penalty: this authority may punish the violations found. Else: it may order what it demands."""
    if step.verb == "find_violation":
        yield from refused(file, [law().power(given["power"])] if given else [])
        return
    if step.verb in PUNISH:
        yield from refused(file, [law().power(key) for key in dict.fromkeys(each["power"] for each in file.findings)])
        return
    for kind in dict.fromkeys(row["kind"] for row in (given or {}).get("addressees", ()) if row["kind"] in ORDERED):
        ways = ordering(kind)
        if ways and len(reasons := list(refused(file, ways))) == len(ways):
            yield reasons[0]


def ordering(kind: str) -> list[Power]:
    """The powers to order a thing of this kind in a case against an employer: any one of them is enough."""
    orders = (power for power in law().powers.values() if power.kind == "order" and power.offered)
    return [power for power in orders if any(m.kind == kind for each in power.versions for m in each.measures)]


def refused(file: File, powers: Iterable[Power]) -> Reasons:
    """Why the bureau of the file may not use each of these powers today."""
    bureau, book = file.bureau, law()
    profile = book.profiles.get(list_of_powers(bureau["level"], bureau["options"], file.on))
    for power in powers:
        if beyond := holds(profile, power, file.on, book.articles):
            yield Reason(beyond.text, beyond.basis, beyond.remedy)

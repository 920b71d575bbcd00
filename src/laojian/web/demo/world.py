"""The demo's world as a whole: which files there are, where each stops, and the loading of it all."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from random import Random

from laojian.cases.replay.walk import Cast, Walk, moment, workday
from laojian.employers.models import Employer, Site
from laojian.lawbook import law

from . import beside, campaigns, credit, draws, early, grades, lists, phases, spot, visits
from .employers import make_employers, make_sites
from .journey import Journey, Phase
from .people import make_people
from .plans import ON_SPOT, PLANS, Plan

SEED = 20261122
# What rooms write that have files without a case; each tells how many.
OTHERS = (
    campaigns.write,
    visits.write,
    draws.write,
    credit.write,
    grades.write,
    lists.write,
)  # fmt: skip


def load(today: date) -> dict[str, int]:
    """Write the whole world as of a day; the same day gives the same world. Returns what there is how many of."""
    rng = Random(SEED)
    casts = make_people()
    employers = make_employers(rng)
    sites = make_sites(employers)
    oldest_first = sorted(PLANS, key=lambda plan: -plan.ago)  # so that numbers follow the calendar
    journeys = [run(plan, casts, employers, sites, rng, today) for plan in oldest_first]
    journeys += merged(casts, employers, rng, today)
    journeys += [run(plan, casts, employers, sites, rng, today) for plan in sorted(ON_SPOT, key=lambda plan: -plan.ago)]
    night(journeys, today)
    others = sum(write(casts, employers, today) for write in OTHERS)
    return {"employers": sum(map(len, employers.values())), "sites": len(sites), "dossiers": len(journeys) + others}


def run(plan: Plan, casts: Mapping[str, Cast], employers, sites: list[Site], rng: Random, today: date) -> Journey:
    """Bring one file to where its plan stops."""
    j = set_out(plan, casts, employers, sites, rng, today)
    for name in plan.path:
        phase(name)(j)
        if name == "look_in" and "extended" in plan.more:
            early.extend(j)
        if name == "look_in" and "withdrawn" in plan.more:
            early.withdraw_one(j)
    return j


def phase(name: str) -> Phase:
    """The phase by its name."""
    return next(getattr(room, name) for room in (phases, early, beside, spot) if hasattr(room, name))


def set_out(plan: Plan, casts: Mapping[str, Cast], employers, sites: list[Site], rng: Random, today: date) -> Journey:
    """A journey before its first step: its employer (of the site where it has one), its people, its day."""
    cast = casts[plan.bureau]
    region = "宝示区" if plan.bureau == "town" else cast.bureau.region
    site = sites[plan.site] if plan.site is not None else None
    employer: Employer = site.subcontracts.order_by("-id").first().taker if site else rng.choice(employers[region])
    own = Cast(cast.bureau, {post: list(officers) for post, officers in cast.posts.items()}, cast.clock)
    begins, concludes = before(today, plan.ago), before(today, plan.rest)
    return Journey(plan, Walk(own, plan.flow), rng, employer, begins, concludes, moment(today, time(23, 0)), site)


def before(today: date, count: int) -> date:
    """The working day so many working days before today; none before: today or the last working day."""
    day = today
    while not law().calendar.is_workday(day):
        day -= timedelta(days=1)
    for _ in range(count):
        day -= timedelta(days=1)
        while not law().calendar.is_workday(day):
            day -= timedelta(days=1)
    return day


def merged(casts: Mapping[str, Cast], employers, rng: Random, today: date) -> list[Journey]:
    """Two complaints against one employer become one file: the later goes into the earlier with its source and workers."""
    plan = Plan("register", 8, workers=5)
    first = set_out(plan, casts, employers, [], rng, today)
    second = set_out(replace(plan, workers=3), casts, employers, [], rng, today)
    second.employer, second.begins = first.employer, workday(first.begins + timedelta(days=1))
    phases.register(first)
    phases.register(second)
    first.go("merge", 2, other=second.file.id, reason="同一单位同一事由")
    phases.propose(first)
    second.walk.file = second.walk.fresh()
    return [first, second]


def night(journeys: list[Journey], today: date) -> None:
    """Every limit that has run out by today lapses."""
    for j in journeys:
        j.walk.file = j.walk.fresh()
        j.walk.pass_time(moment(today, time(0, 30)))

"""The draw step by step as the pure modules want it: what was named, what is frozen, the seed, tickets in order, teams."""

import json
from collections.abc import Iterable
from datetime import date

from laojian.evidence.store import keep_bytes, store
from laojian.lawbook import law
from laojian.procedure.step import local

from . import bundle, draw, officers, pairing, pools, randomness
from .models import Draw, Drawn
from .salt import salt_of


def named(row: Draw) -> randomness.Named:
    """The randomness that the announcement named."""
    return randomness.Named(row.source, row.issue, local(row.random_at).date())


def items_of(task) -> list[str]:
    """What is inspected: keys of the list, else the words of the plan."""
    told = task if isinstance(task, dict) else {"items": task.items, "others": task.others}
    return [*told["items"], *told["others"]]


def pools_of(row: Draw) -> list[draw.Stratum]:
    """The strata of the frozen target pool; raises when their bytes are not those that were published."""
    return pools.strata_of(row.targets)


def seed_of(row: Draw) -> str:
    """The seed; it holds the salt, and stays within the step that needs it."""
    return draw.seed(row.number, row.randomness, salt_of(row))


def announced(row: Draw) -> dict:
    """What is published before the randomness exists (docs/protocol-draw.md)."""
    task, rows, scope = row.task, row.officers.strata, row.officers.scope
    terms = officers.terms_of(scope, items_of(task))
    told = {
        "bureau": row.bureau.name, "plan": task.plan.title, "label": task.label, "items": titles_of(task), "mode": task.mode,
        "kind": "定向" if task.targeted else "不定向", "since": task.since.isoformat(), "until": task.until.isoformat(),
        "random_at": local(row.random_at).isoformat(), "witness": row.witness,
        "announced_at": local(row.announced_at).isoformat(timespec="seconds"),
    }  # fmt: skip
    return bundle.announcement(
        row.number, told, pools_of(row), named(row), row.commitment, officers=officers.candidates(rows, scope), terms=terms,
        competences=officers.recalled(scope),
    )  # fmt: skip


def titles_of(task) -> list[str]:
    """What is inspected, in words."""
    known = law().items
    return [known[key].label if key in known else key for key in items_of(task)]


def kept(told: dict) -> str:
    """Keep a text of the ceremony in the form that is hashed; its digest."""
    return keep_bytes(bundle.plain(told).encode())


def first(row: Draw) -> list[Drawn]:
    """Those drawn of every stratum, by their tickets."""
    samples = draw.draw(pools_of(row), seed_of(row))
    return drawn_rows(
        row, [(s.stratum, n, each) for s in samples for n, each in enumerate(s.taken, 1)], Drawn.Why.DRAWN
    )


def following(row: Draw, stratum: str, count: int, why: str, reason: str) -> list[Drawn]:
    """The next of a stratum, in the order of the tickets that were there from the beginning."""
    used = Drawn.objects.filter(draw=row, stratum=stratum).count()
    own = next(each for each in pools_of(row) if each.key == stratum)
    order = draw.smallest(own.pool, used + count, seed_of(row))
    found = drawn_rows(row, [(stratum, n, each) for n, each in enumerate(order[used:], used + 1)], why)
    for each in found:
        each.reason = reason
    return found


def drawn_rows(row: Draw, picked: list[tuple[str, int, draw.Drawn]], why: str) -> list[Drawn]:
    """The rows of drawn ids, not saved; an employer is found by the register's number that was kept with the pool."""
    employers = pools.employers_of(row.targets, [each.id for _, _, each in picked])
    return [
        Drawn(
            draw=row,
            stratum=stratum,
            rank=n,
            ticket=each.ticket,
            object=each.id,
            employer_id=employers[each.id],
            why=why,
        )
        for stratum, n, each in picked
    ]


def pair(row: Draw, wanted: Iterable[Drawn], on: date) -> list[Drawn]:
    """Send officers to these, by the tickets of the same seed: fills `officers`, `passed` and, where nobody can go, `short`."""
    wanted, rows, scope = list(wanted), row.officers.strata, row.officers.scope
    terms = officers.terms_of(scope, items_of(row.task))
    ids = {officer["number"]: officer["officer"] for officer in rows}
    before = [
        pairing.Pairing(each.object, tuple(draw.Drawn(number, "") for number in numbers(ids, each.officers)), "", 0, ())
        for each in Drawn.objects.filter(draw=row, officers__len__gt=0).exclude(
            pk__in=[each.pk for each in wanted if each.pk]
        )
    ]
    teams = pairing.pair(
        [each.object for each in wanted], officers.candidates(rows, scope), terms, seed_of(row),
        competences=officers.recalled(scope),
        ties=officers.ties(rows, {each.object: each.employer_id for each in wanted}, on), before=before,
    )  # fmt: skip
    for each, team in zip(wanted, teams, strict=True):
        members = [drawn.id for drawn in team.team]
        each.officers = [ids[number] for number in sorted(members, key=lambda number: number != team.lead)]
        each.passed = [[passed.number, passed.code] for passed in team.passed]
        each.reach, each.short = team.reach, team.short[:4000]
    return wanted


def numbers(ids: dict[str, int], team: list[int]) -> list[str]:
    """The public numbers of officers of the pool."""
    known = {pk: number for number, pk in ids.items()}
    return [known[pk] for pk in team if pk in known]


def result_of(row: Draw) -> dict:
    """What was drawn, as it is hashed: every object with its stratum, place and ticket, and who goes to it."""
    ids = {officer["number"]: officer["officer"] for officer in row.officers.strata}
    rows = Drawn.objects.filter(draw=row).order_by("pk")
    return {
        "draw_no": row.number,
        "drawn": [
            {"stratum": each.stratum, "rank": each.rank, "id": each.object, "ticket": each.ticket, "why": each.why,
             "team": numbers(ids, each.officers), "passed": each.passed}
            for each in rows
        ],
    }  # fmt: skip


RESERVE = 20  # of the reserve as many are published as could be asked about


def published(row: Draw) -> dict:
    """Everything that a stranger needs to draw again, once the salt is public."""
    scope = row.officers.scope
    terms = officers.terms_of(scope, items_of(row.task))
    rows = list(Drawn.objects.filter(draw=row).order_by("pk"))
    instead = dict(Drawn.objects.filter(draw=row, replaced_by__isnull=False).values_list("replaced_by", "object"))
    later = [
        bundle.Added(each.stratum, instead.get(each.pk, ""), each.reason)
        for each in rows
        if each.why != Drawn.Why.DRAWN
    ]
    strata = pools_of(row)
    samples = draw.draw(strata, seed_of(row), after=len(later) + RESERVE)
    facts = bundle.facts(officers.candidates(row.officers.strata, scope), terms, officers.recalled(scope))
    return bundle.bundle(
        json.loads(pools.kept(row.announcement)), strata, randomness=row.randomness, salt=row.salt, samples=samples, added=later,
        officers=facts, pairings=[team_of(row, each) for each in rows],
    )  # fmt: skip


def team_of(row: Draw, each: Drawn) -> pairing.Pairing:
    """Who went to an object, as the bundle tells it."""
    ids = {officer["number"]: officer["officer"] for officer in row.officers.strata}
    team = numbers(ids, each.officers)
    tickets = sorted((draw.ticket(f"{seed_of(row)}|{each.object}", number), number) for number in team)
    return pairing.Pairing(
        each.object, tuple(draw.Drawn(number, ticket) for ticket, number in tickets), team[0] if team else "", each.reach,
        tuple(pairing.Passed(number, code) for number, code in each.passed), each.short,
    )  # fmt: skip


def keep_bundle(row: Draw) -> str:
    """Keep the public bundle, piece by piece; its digest."""
    arrival = store().arrival()
    for piece in bundle.as_json(published(row)):
        arrival.write(piece)
    return arrival.keep()

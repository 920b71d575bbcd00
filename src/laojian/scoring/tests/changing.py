"""Ways to spoil the facts of a good file, one place at a time: each returns a change, Facts → Facts."""

from dataclasses import replace

from laojian.scoring.facts import Facts

from ..facts import Did


def without(*verbs):
    """These steps were never taken."""
    return lambda facts: replace(facts, steps=tuple(did for did in facts.steps if did.verb not in verbs))


def did(verb, nth=-1, **changes):
    """An entry of this step says something else of itself."""

    def change(facts):
        chosen = facts.taken(verb)[nth]
        return replace(facts, steps=tuple(replace(each, **changes) if each is chosen else each for each in facts.steps))

    return change


def said(verb, nth=-1, **given):
    """An entry of this step was given something else."""
    return lambda facts: did(verb, nth, given={**facts.taken(verb)[nth].given, **given})(facts)


def moved(verb, before):
    """A step was taken just before another: it takes its place in the order."""

    def change(facts):
        steps = [each for each in facts.steps if each.verb != verb]
        place = next(n for n, each in enumerate(steps) if each.verb == before)
        steps.insert(place, facts.last(verb))
        order = sorted(each.seq for each in facts.steps)
        return replace(facts, steps=tuple(replace(each, seq=seq) for seq, each in zip(order, steps, strict=True)))

    return change


def also(verb, label, **more):
    """One more step at the end."""

    def change(facts):
        last = facts.steps[-1]
        new = Did(
            last.seq + 1,
            verb,
            label,
            last.at,
            last.on,
            last.actor_id,
            last.actor,
            last.certificate,
            more.pop("given", {}),
            **more,
        )
        return replace(facts, steps=(*facts.steps, new))

    return change


def paper(code, **changes):
    """A fixed paper is otherwise."""
    return lambda facts: replace(
        facts, papers=tuple(each | changes if each["code"] == code else each for each in facts.papers)
    )


def unfixed(code):
    """A paper still lies there as a draft."""

    def change(facts: Facts):
        lying = [each for each in facts.papers if each["code"] == code]
        drafts = tuple({name: each[name] for name in ("id", "nth", "code", "label")} for each in lying)
        return replace(
            facts, papers=tuple(p for p in facts.papers if p["code"] != code), drafts=(*facts.drafts, *drafts)
        )

    return change


def part(name, nth=0, /, **changes):
    """A row of a part of the file is otherwise."""

    def change(facts):
        rows = [row | changes if n == nth else row for n, row in enumerate(facts.parts[name])]
        return replace(facts, parts=facts.parts | {name: rows})

    return change


def more(name, /, **row):
    """A part of the file has one row more."""
    return lambda facts: replace(facts, parts=facts.parts | {name: [*facts.parts[name], row]})


def empty(name):
    """A part of the file has no rows."""
    return lambda facts: replace(facts, parts=facts.parts | {name: []})


def ledger(**changes):
    """The sums of the ledger are otherwise."""
    return lambda facts: replace(facts, parts=facts.parts | {"claims": facts.parts["claims"] | changes})


def clock(key, **changes):
    """A period ended otherwise."""
    rows = lambda facts: [row | changes if row["key"] == key else row for row in facts.parts["clocks"]]  # noqa: E731
    return lambda facts: replace(facts, parts=facts.parts | {"clocks": rows(facts)})


def no_clock(key):
    """A period never ran."""
    rows = lambda facts: [row for row in facts.parts["clocks"] if row["key"] != key]  # noqa: E731
    return lambda facts: replace(facts, parts=facts.parts | {"clocks": rows(facts)})


def late(key, verb, **given):
    """A step ended a period too late."""

    def change(facts):
        facts = clock(key, due_on="2026-03-01", ended_on=facts.last(verb).on.isoformat())(facts)
        return did(verb, late=(key,), given={**facts.last(verb).given, **given})(facts)

    return change


def piece(nth=0, **changes):
    """A piece of evidence is otherwise."""
    return lambda facts: replace(
        facts, evidence=tuple(row | changes if n == nth else row for n, row in enumerate(facts.evidence))
    )


def track(flow, steps=(), clocks=(), papers=(), drafts=()):
    """A track beside the file."""

    def change(facts):
        made = tuple(
            Did(n + 1, verb, label, facts.steps[-1].at, facts.steps[-1].on, 9, "何听证", "", given, drafted=drafted)
            for n, (verb, label, given, drafted) in enumerate(steps)
        )
        beside = Facts(flow, 99, facts.on, made, {"clocks": list(clocks)}, tuple(papers), tuple(drafts))
        return replace(facts, tracks=(*facts.tracks, beside))

    return change


def both(*changes):
    """Several changes, one after another."""

    def change(facts):
        for each in changes:
            facts = each(facts)
        return facts

    return change


def other(**changes):
    """The facts themselves are otherwise."""
    return lambda facts: replace(facts, **changes)

"""The writers of a draw. What is drawn is computed within the step that writes it: no half of it is ever seen."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from laojian.papers.actions import next_number
from laojian.people.models import Bureau
from laojian.procedure.step import Action, Effects, File, Reason, Refused
from laojian.procedure.take import FLOWS, carry
from laojian.queue import later

from . import ceremony, draw, officers, pools, randomness
from .guards import row_of
from .models import Draw, Drawn, Task
from .salt import nonce, salt_of
from .sending import open_some

LAW = "gf5"
WORD = "抽"  # in the number of a draw


@contextmanager
def in_words() -> Iterator[None]:
    """What cannot be drawn refuses the step with its sentence."""
    try:
        yield
    except draw.NotDrawable as wrong:
        raise Refused([Reason(str(wrong), LAW)]) from wrong


def opened(file: File, given: Mapping) -> Effects:
    """The draw takes the next number of the bureau and year: none is left out, and a draw that is broken off keeps its own."""
    task = Task.objects.select_related("plan").get(pk=given["task"])
    year, bureau = file.on.year, file.dossier["bureau_id"]
    number = f"{file.bureau['short']}{WORD}〔{year}〕{next_number(bureau, WORD, year)}号"
    Draw.objects.create(dossier_id=file.id, task=task, bureau_id=bureau, number=number, nonce=nonce())
    title = f"{task.label}抽取（{task.plan.year}年度计划）"
    return Effects(dossier={"number": number, "title": title}, words=f"{title}|{number}")


def freeze(file: File, given: Mapping) -> Effects:
    """Both pools as they now stand; a stratum that is empty or holds somebody twice is refused in words."""
    row, bureau = row_of(file), Bureau.objects.get(pk=file.dossier["bureau_id"])
    terms = {"on": given["on"].isoformat(), "field": given.get("field") or "", "cap": given.get("load_cap"),
             "neighbours": [int(pk) for pk in given["neighbours"]]}  # fmt: skip
    with in_words():
        row.targets = pools.freeze_targets(row.task, bureau, file.at, given["on"])
        rows = officers.listed(bureau, terms["neighbours"], file.on)
        powers = officers.competences(bureau, rows, ceremony.items_of(row.task), given["on"])
        terms["competences"] = officers.frozen(powers)
        row.officers = officers.freeze_officers(bureau, terms, file.at, rows)
    row.save(update_fields=["targets", "officers"])
    return Effects(given={"targets": row.targets.digest, "officers": row.officers.digest, "size": row.targets.size})


def thaw(file: File, given: Mapping) -> Effects:
    """The pools will be frozen anew; those that were frozen stay kept."""
    Draw.objects.filter(pk=file.id).update(targets=None, officers=None)
    return Effects()


def announce(file: File, given: Mapping) -> Effects:
    """Everything that decides is published and can no longer be changed: only the randomness is missing, and the salt hidden."""
    row = row_of(file)
    row.protocol, row.source, row.random_at, row.announced_at = (
        draw.PROTOCOL,
        given["source"],
        given["random_at"],
        file.at,
    )
    row.witness, row.issue = given.get("witness") or "", given["issue"]
    row.issue = randomness.issue(ceremony.named(row))
    row.commitment = draw.commitment(salt_of(row), row.number)
    row.announcement = ceremony.kept(ceremony.announced(row))
    row.save()
    return Effects(given={"commitment": row.commitment, "announcement": row.announcement, "protocol": row.protocol})


def enter(file: File, given: Mapping) -> Effects:
    """The randomness in the one text that enters the seed."""
    text = randomness.canonical(ceremony.named(row_of(file)), given["randomness"])
    Draw.objects.filter(pk=file.id).update(randomness=text)
    return Effects(given={"canonical": text})


def correct(file: File, given: Mapping) -> Effects:
    """What was typed wrong is taken back; nothing was drawn with it, and the entry stays on record."""
    was = file.draw["randomness"]
    Draw.objects.filter(pk=file.id).update(randomness="")
    return Effects(given={"was": was})


def run(file: File, given: Mapping) -> Effects:
    """Those drawn, with their tickets: all of them with this entry, or none."""
    row = row_of(file)
    with in_words():
        picked = ceremony.first(row)
    found = Drawn.objects.bulk_create(picked, batch_size=5000)
    return sealed(row, file.at, drawn=len(found))


def sealed(row: Draw, at: datetime, **told) -> Effects:
    """The digest of what stands drawn, kept with its text."""
    row.result, row.drawn_at = ceremony.kept(ceremony.result_of(row)), row.drawn_at or at
    row.save(update_fields=["result", "drawn_at"])
    return Effects(given={"result": row.result, **told})


COLUMNS = ["officers", "passed", "reach", "short"]


def pair(file: File, given: Mapping) -> Effects:
    """Two officers for everybody drawn; where nobody can go, the row says so and stays without a visit."""
    row = row_of(file)
    rows = ceremony.pair(row, Drawn.objects.filter(draw=row).order_by("pk"), file.on)
    Drawn.objects.bulk_update(rows, COLUMNS, batch_size=1000)
    short = [each for each in rows if each.short]
    if len(short) == len(rows):
        raise Refused([Reason(short[0].short, "lsr-16")])
    return sealed(row, file.at, paired=len(rows) - len(short), short=len(short))


def send(file: File, given: Mapping) -> Effects:
    """The queue opens the visits; the job is there with this step or not at all."""
    later("open_visits", draw=file.id, by=file.actor["id"])
    return Effects()


def open_visits(file: File, given: Mapping) -> Effects:
    """The next visits are opened, some in one step; whoever has one gets no second."""
    made, refused = open_some(file, row_of(file))
    return Effects(given={"visits": made, "refused": refused})


def replace(file: File, given: Mapping) -> Effects:
    """The next of the reserve takes the place, with officers of its own; the visit is opened with the others.

    A visit of the replaced that nobody has begun is cancelled with this step, so that two are never sent for one place.
    """
    row = row_of(file)
    gone = Drawn.objects.select_related("visit").get(pk=given["drawn"], draw=row)
    new = added(file, row, gone.stratum, 1, Drawn.Why.REPLACEMENT, given["reason"])
    if gone.visit and gone.visit.state in FLOWS["visit"]["cancel_visit"].sources:
        told = {"opinion": f"{row.number}第 {gone.rank} 位由递补对象代替：{given['reason']}"}
        carry(gone.visit_id, "cancel_visit", by_id=file.actor["id"], at=file.at, given=told)
    Drawn.objects.filter(pk=gone.pk).update(replaced_by=new[0], reason=given["reason"])
    later("open_visits", draw=file.id, by=file.actor["id"])
    return sealed(row, file.at, replaced=gone.object, by=new[0].object)


def extend(file: File, given: Mapping) -> Effects:
    """More by the next tickets: never a new seed."""
    row = row_of(file)
    new = added(file, row, given["stratum"], given["count"], Drawn.Why.EXTENSION, given["reason"])
    row.extra = {**row.extra, given["stratum"]: row.extra.get(given["stratum"], 0) + given["count"]}
    row.save(update_fields=["extra"])
    later("open_visits", draw=file.id, by=file.actor["id"])
    return sealed(row, file.at, added=len(new))


def added(file: File, row: Draw, stratum: str, count: int, why: str, reason: str) -> list[Drawn]:
    """The next of a stratum come in, with their officers."""
    with in_words():
        rows = ceremony.following(row, stratum, count, why, reason)
    return Drawn.objects.bulk_create(ceremony.pair(row, rows, file.on))


def reveal(file: File, given: Mapping) -> Effects:
    """The salt is public, and with it everything that a stranger needs to draw again."""
    row = row_of(file)
    row.salt = salt_of(row)
    row.bundle = ceremony.keep_bundle(row)
    row.save(update_fields=["salt", "bundle"])
    return Effects(given={"salt": row.salt, "bundle": row.bundle})


def ended(word: str) -> Action:
    """The writer of a step with which the draw ends; its reason is public."""

    def end(file: File, given: Mapping) -> Effects:
        Draw.objects.filter(pk=file.id).update(ending=word, reason=given.get("reason") or "")
        return Effects(dossier={"ended_on": file.on, "open": False})

    return end


ACTIONS: dict[str, Action] = {
    "open_draw": opened,
    "freeze_pools": freeze,
    "thaw_pools": thaw,
    "announce": announce,
    "enter_randomness": enter,
    "correct_randomness": correct,
    "run_draw": run,
    "pair_officers": pair,
    "send_list": send,
    "open_visits": open_visits,
    "replace_drawn": replace,
    "extend_draw": extend,
    "reveal_salt": reveal,
    "refuse_reveal": ended("failed"),
    "close_draw": ended("closed"),
    "abort_draw": ended("aborted"),
}

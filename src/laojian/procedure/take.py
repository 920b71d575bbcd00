"""The only door: `open_file` and `take` move files; `objections` says why not; `offered` says what may be done now."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from laojian.dossier.models import Dossier
from laojian.lawbook import law
from laojian.papers.actions import draft
from laojian.people.acting import acting
from laojian.people.models import Bureau, Officer, Role
from laojian.record.actions import bound, completed
from laojian.record.rules import digest_text

from . import statements, timing
from .step import ROLE_LABELS, Effects, File, Flow, Given, Reason, Refused, Step, local

WITH_CODE = ("complainant", "employer")  # actors whose code opens one single file
FLOWS: dict[str, Flow] = {}  # filled by each room in its AppConfig.ready()


def take(dossier_id: int, verb: str, *, by: Officer, at: datetime, given: Mapping, seen: int | None = None) -> File:
    """Take one step of the procedure: check, move, write the record, keep the clocks, draft the papers.

    One transaction. `at` is an aware datetime, not before the file's last entry; `seen` is the number of entries the actor
    had before them when deciding. Raises `Refused` with every reason at once, `Dossier.DoesNotExist` for a file that the
    actor may not see. Returns the file as it stands after the step.
    """
    with acting(by.pk, dossier_id=dossier_id if by.username in WITH_CODE else 0):
        return carry(dossier_id, verb, by_id=by.pk, at=at, given=given, seen=seen)


def open_file(flow: str, verb: str, *, by: Officer, at: datetime, given: Mapping, bureau: Bureau | None = None,
              title: str = "", parent: int | None = None) -> File:  # fmt: skip
    """Open a file of a flow by its first step, in the actor's bureau unless another is named. Same checks, same record."""
    bureau = bureau or by.bureau
    with acting(by.pk):
        dossier = Dossier.objects.create(
            flow=flow, state="", bureau=bureau, district_id=bureau.district_id or bureau.pk, opened_on=local(at).date(),
            title=title, parent_id=parent,
        )  # fmt: skip
        return moved(whole(FLOWS[flow], dossier.pk, by.pk, at), verb, given)


def open_within(parent: File, flow: str, verb: str, given: Mapping) -> File:
    """Open a file of another flow, with this one as its parent, within the step that the parent takes: same actor, moment, bureau."""
    row = parent.dossier
    dossier = Dossier.objects.create(
        flow=flow, state="", bureau_id=row["bureau_id"], district_id=row["district_id"], opened_on=parent.on, title="",
        parent_id=parent.id,
    )  # fmt: skip
    return moved(whole(FLOWS[flow], dossier.pk, parent.actor["id"], parent.at), verb, given)


def carry(
    dossier_id: int,
    verb: str,
    *,
    by_id: int,
    at: datetime,
    given: Mapping,
    seen: int | None = None,
    within: bool = False,
) -> File:
    """`take` inside a transaction that is already the actor's; `within` when another step moves this second file."""
    file = read(dossier_id, by_id, at, lock=True)
    file.within = within
    return moved(file, verb, given, seen)


def moved(file: File, verb: str, given: Mapping, seen: int | None = None) -> File:
    """The file after the step that nobody objects to; `Refused` with every reason otherwise."""
    step = file.flow.by_verb.get(verb)
    if step is None:
        raise Refused([Reason(f"本程序没有“{verb}”这一步骤")])
    form, wrong = step.given.read(given, file, file.on)
    reasons = [*overtaken(file, step, seen), *objections(file, step, None if wrong else form.cleaned_data), *wrong]
    if reasons:
        raise Refused(reasons)
    action = file.flow.actions.get(verb)
    effects = (action(file, form.cleaned_data) if action else None) or Effects()
    if not ends_track(file, step):
        return write(file, step, form, effects)
    effects.dossier |= {"ended_on": file.on, "open": False}
    after = write(file, step, form, effects)
    told = {
        "track": file.id, "state": after.state, "reason": file.flow.by_state[after.state].label, "outcome": effects.outcome,
    }  # fmt: skip
    carry(file.dossier["parent_id"], file.flow.joins[1], by_id=file.actor["id"], at=file.at, given=told, within=True)
    return after


def ends_track(file: File, step: Step) -> bool:
    """Whether the step brings a track to its end, of which its parent's record tells in the same transaction."""
    ends = step.target and file.flow.by_state[step.target].final and step.target != file.state
    return bool(file.flow.joins and ends)


def open_track(parent: File, flow: str, given: Mapping, title: str) -> File:
    """Open a track beside a file within the step that the file is taking; the track's first step is the only one from nowhere.

    The two inspectors, the bureau and whoever was lent to the parent handle the track too.
    """
    track, row = FLOWS[flow], parent.dossier
    nth = sum(1 for taken in parent.took if taken[1] == track.joins[0]) + 1
    dossier = Dossier.objects.create(
        flow=flow, state="", bureau_id=row["bureau_id"], district_id=row["district_id"], employer_id=row["employer_id"],
        lead_id=row["lead_id"], second_id=row["second_id"], parent_id=parent.id, opened_on=parent.on, title=title[:200],
        number=f"{row['number'] or parent.id}·{track.label}{nth}"[:40],
    )  # fmt: skip
    statements.ask(statements.LEND, {"parent": parent.id, "track": dossier.pk})
    file = whole(track, dossier.pk, parent.actor["id"], parent.at)
    file.above, file.within = parent, True
    first = next(step.verb for step in track.steps if "" in step.sources)
    return moved(file, first, given)


def tracks_open(file: File, *flows: str) -> list[str]:
    """The labels of the tracks of these flows (all when none is named) that are open beside the file, by its own record alone."""
    found = []
    for flow in FLOWS.values():
        if flow.joins and (not flows or flow.name in flows):
            began, ended = (sum(1 for taken in file.took if taken[1] == verb) for verb in flow.joins)
            found += [flow.label] * (began - ended)
    return found


def read(dossier_id: int, by_id: int, at: datetime, lock: bool = False) -> File:
    """The file as one statement reads it; with `lock`, nobody else moves it until the transaction ends."""
    row = statements.ask(statements.LOCK if lock else statements.FLOW, [dossier_id])
    if row is None:
        raise Dossier.DoesNotExist(dossier_id)
    return whole(FLOWS[row[0]], dossier_id, by_id, at, lock)


def whole(flow: Flow, dossier_id: int, by_id: int, at: datetime, lock: bool = False) -> File:
    """A file of this flow with all that a step needs to know; a track reaches its parent, and holds it when it is held itself.

    Locks are taken from track to parent. A parent never waits for a track: those that it opens are new.
    """
    asked = {"id": dossier_id, "by": by_id, "on": local(at).date()}
    text, head, took, drafts, bureau, hands, actor = statements.ask(statements.read(flow), asked)
    file = File(flow, text, json.loads(took), head, json.loads(actor), json.loads(bureau), at)
    file.drafts, file.hands = json.loads(drafts), json.loads(hands)
    if flow.joins:
        file.reach = partial(read, file.dossier["parent_id"], by_id, at, lock)
    return file


def write(file: File, step: Step, form: Given, effects: Effects) -> File:
    """Carry out a step that nobody objects to: two statements for file and clocks, one for record and drafts."""
    given, seq, target = form.cleaned_data, file.seq + 1, step.target or file.state
    ended, started = timing.stopped(file, step, effects), timing.started(file, step, given, effects)
    gone = {clock["id"] for clock in ended}
    running = [c for c in file.clocks if not c["ending"] and c["id"] not in gone] + started
    nearest = timing.nearest(running, timing.compared(file))
    ending = "lapsed" if "clock" in step.roles else "stopped"
    parameters = {
        "id": file.id, "state": target, "seq": seq, "on": file.on, "ended": list(gone), "ending": ending,
        "started": json.dumps(started), "due_on": nearest.get("due_on"), "due_clock": nearest.get("key", ""),
        **desks(file, target, effects, file.flow.calls(file, step, given, effects)), "words": effects.words,
        **effects.dossier,
    }  # fmt: skip
    statements.ask(statements.move(tuple(effects.dossier)), parameters)
    (text,) = statements.ask(statements.reread(file.flow), {"id": file.id})
    after = File(file.flow, text, file.took, file.head, file.actor, file.bureau, file.at)
    after.hands, after.above, after.reach = file.hands, file.above, file.reach
    drafts = drafted(after, step, form, effects)
    entry = completed(entry_of(file, after, step, form, effects, drafts, ended, started))
    (after.entry,) = statements.ask(statements.RECORD, written(entry, drafts))
    after.head, after.drafts = entry["hash"], file.drafts
    after.took = [*file.took, [seq, step.verb, step.label, file.actor["id"], file.actor["name"], file.at.isoformat()]]
    return after


def written(entry: dict, drafts: list[dict]) -> dict:
    """The parameters of the record's statement."""
    return bound(entry) | {"drafts": json.dumps(drafts)}


def drafted(after: File, step: Step, form: Given, effects: Effects) -> list[dict]:
    """The papers that the step drafts, filled from the file as it now stands."""
    own = step.paper and step.paper not in dict(effects.papers)  # an action may say itself for whom the step's paper is
    wanted = ([(step.paper, {})] if own else []) + effects.papers
    if not wanted:
        return []
    about = form.record() | effects.given
    facts = after.flow.facts(after, about) | {"step": told(after, step), "by": actor_of(after, step)}
    return [draft(code, facts | {"given": about | own}) for code, own in wanted]


def told(file: File, step: Step) -> dict:
    """The step as its papers tell it."""
    at = {"on": file.on.isoformat(), "at": file.at.isoformat()}
    return {"verb": step.verb, "label": step.label, "basis": step.basis} | at


def actor_of(file: File, step: Step) -> dict:
    """Who takes the step, as its papers tell it: the post without the bureau, whose name stands at their head."""
    post = post_of(file, step).removeprefix(f"{file.bureau['name']} ")
    return {
        "name": file.actor["name"], "role": role_of(file, step), "post": post, "certificate": certificate_of(file),
        "qualification": certificate_of(file, ("lawyer",)),
    }  # fmt: skip


def entry_of(file: File, after: File, step: Step, form: Given, effects: Effects, drafts, ended, started) -> dict:
    """The entry of the step: the actor as at that moment, the article, what was given, what followed, the state's hash."""
    today = file.on.isoformat()
    followed = {
        "started": {c["key"]: c["due_on"] + ("?" if c["provisional"] else "") for c in started},
        "ended": {c["key"]: c["due_on"] for c in ended},
        "late": {c["key"]: c["due_on"] for c in timing.late(file, step)},
        "drafted": [each["code"] for each in drafts],
    }
    return {
        "kind": "step", "dossier_id": file.id, "bureau_id": None if file.flow.sealed else file.dossier["bureau_id"], "seq": file.seq + 1,
        "verb": step.verb, "label": step.label, "at": file.at, "actor_id": file.actor["id"],
        "actor_name": file.actor["name"], "actor_post": post_of(file, step), "actor_certificate": certificate_of(file),
        "basis": step.basis, "from_state": file.state, "to_state": after.state, "given": form.record() | effects.given,
        "effects": {key: value for key, value in followed.items() if value} | {"on": today},
        "state_hash": digest_text(after.text), "previous": file.head,
    }  # fmt: skip


def desks(file: File, target: str, effects: Effects, called: set[str]) -> dict:
    """On whose desks the file lies in its new state: its two inspectors, or everyone in the post it waits for, and the called."""
    state = file.flow.by_state[target]
    lead = effects.dossier.get("lead_id", file.dossier["lead_id"])
    second = effects.dossier.get("second_id", file.dossier["second_id"])
    assigned = "inspector" in state.waits and lead is not None
    return {
        "bureau_id": file.dossier["bureau_id"],
        "hands": [hand for hand in (lead, second) if hand] if assigned else [],
        "waits": [role for role in {*state.waits, *called} if not (assigned and role == "inspector")],
    }


def objections(file: File, step: Step, given: Mapping | None) -> list[Reason]:
    """Every reason why the actor may not take this step now; with `given` None, those that do not depend on the input."""
    if file.state not in step.sources:
        return [misplaced(file, step), *may_not(file, step)]
    reasons = [*may_not(file, step), *out_of_time(file), *timing.lateness(file, step, given)]
    for name in step.needs:
        reasons += file.flow.guards[name](file, step, given)
    return reasons


def misplaced(file: File, step: Step) -> Reason:
    """The file does not stand where the step begins; whoever moved it last is named, so that the second of two knows."""
    last = file.last(*file.flow.by_verb)
    where = file.flow.by_state[file.state].label if file.state else "尚未登记"
    who = f"，最近一步“{last[2]}”由{last[4]}办理" if last else ""
    wanted = "、".join(file.flow.by_state[source].label for source in step.sources if source)
    return Reason(f"本卷现处“{where}”{who}，不能办理“{step.label}”", step.basis, f"须先到“{wanted}”" if wanted else "")


def overtaken(file: File, step: Step, seen: int | None) -> Iterable[Reason]:
    """Somebody took the very same step after the actor last looked: one entry results, the other is told who was first."""
    for seq, verb, label, _, name, at in file.took:
        if seen is not None and seq > seen and verb == step.verb:
            when = local(datetime.fromisoformat(at)).strftime("%m-%d %H:%M")
            yield Reason(f"{name}已于 {when} 先行办理“{label}”", step.basis, "请刷新页面核对后再决定是否重复办理")


def out_of_time(file: File) -> Iterable[Reason]:
    """A step cannot be dated before the file's last entry."""
    if file.took and file.at < datetime.fromisoformat(file.took[-1][5]):
        yield Reason(f"办理时间早于上一步“{file.took[-1][2]}”", "apl-47", "全过程记录不得倒签，请按实际时间办理")


def may_not(file: File, step: Step) -> Iterable[Reason]:
    """Whether the actor holds the post, carries the certificate, handles this file, and is not barred by an earlier step."""
    actor = file.actor
    if step.role in ROLE_LABELS:
        if not file.within and not (actor["system"] and actor["username"] == step.role):
            yield Reason(f"“{step.label}”由{ROLE_LABELS[step.role]}触发，不由人员办理", step.basis)
        elif step.role == "clock" and not timing.stopped(file, step):
            yield Reason("没有已经届满的期限", step.basis)
        return
    held = roles_of(file)
    if not held.intersection(step.roles):
        wanted = "、".join(Role(role).label for role in step.roles)
        yield Reason(f"“{step.label}”由{wanted}办理，您在{file.bureau['name']}没有该岗位", step.basis)
    elif held.intersection(step.roles) == {"inspector"}:
        yield from not_handling(file, step)
    if actor["id"] in file.takers(step.barred):
        before = "、".join(file.flow[verb].label for verb in step.barred if actor["id"] in file.takers((verb,)))
        yield Reason(f"您已办理本案“{before}”，不能再办理“{step.label}”", step.basis,
                     "请由其他人员办理；人手不足的，由负责人办理“商请协助”并登记文书")  # fmt: skip


def not_handling(file: File, step: Step) -> Iterable[Reason]:
    """An inspector acts on files assigned to him or her, with a certificate that is valid on the day (apl-42, lsr-16)."""
    hands = [file.dossier["lead_id"], file.dossier["second_id"]]
    if hands[0] and file.actor["id"] not in hands:
        yield Reason("本案由其他监察员承办", "apl-42", "需要接办的，由监察机构负责人办理“调整承办人”")
    if not certificate_of(file):
        past = max((c["valid_to"] for c in file.actor["certificates"] if c["kind"] != "lawyer"), default=None)
        state = f"您的执法证件有效期止于 {past}" if past else "您没有登记执法证件"
        yield Reason(
            f"{state}，{file.on.isoformat()} 不能从事执法活动", "apl-42", "请先换发证件，或由监察机构负责人调整承办人"
        )


def roles_of(file: File) -> set[str]:
    """The posts the actor holds for this file: in its bureau, or lent to it by letter."""
    return {*file.actor["roles"], *(each["role"] for each in file.actor["lent"])}


def in_post(file: File, verb: str) -> bool:
    """Whether the actor holds a post that takes this step at all, whatever else stands against it now."""
    step = file.flow.by_verb.get(verb)
    return step is not None and not roles_of(file).isdisjoint(step.roles)


def role_of(file: File, step: Step) -> str:
    """The role in which the step is taken: the first that it allows of those held in the bureau, else of those lent."""
    held = (file.actor["roles"], [each["role"] for each in file.actor["lent"]])
    return next((role for roles in held for role in step.roles if role in roles), "")


def post_of(file: File, step: Step) -> str:
    """The post in which the step is taken, as the record keeps it."""
    if step.role in ROLE_LABELS:
        return ROLE_LABELS[step.role]
    role = role_of(file, step)
    if role in file.actor["roles"]:
        return f"{file.bureau['name']} {Role(role).label}"
    lent = next((each for each in file.actor["lent"] if each["role"] == role), None)
    return f"{Role(lent['role']).label}（商请协助 {lent['document']}）" if lent else ""


def certificate_of(file: File, kinds: tuple[str, ...] = ("enforcement", "supervision")) -> str:
    """The number of the actor's certificate of these kinds that is valid on the day; empty when there is none."""
    day = file.on.isoformat()
    for c in file.actor["certificates"]:
        if (
            c["kind"] in kinds
            and c["valid_from"] <= day <= c["valid_to"]
            and not (c["revoked_on"] and c["revoked_on"] <= day)
        ):
            return c["number"]
    return ""


@dataclass(frozen=True)
class Offer:
    """A step on the dossier page: ready, or grey with all its reasons; `late` are the clocks it would end too late."""

    step: Step
    reasons: tuple[Reason, ...]
    late: tuple[dict, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether the step may be taken now."""
        return not self.reasons


def offered(file: File) -> list[Offer]:
    """The steps of the file's state for the actor: those that may be taken first, then the rest with their reasons."""
    here = [step for step in file.flow.steps if file.state in step.sources and step.role not in ROLE_LABELS]
    offers = [Offer(step, tuple(objections(file, step, None)), tuple(timing.late(file, step))) for step in here]
    return sorted(offers, key=lambda offer: not offer.ready)


def cite(basis: str) -> str:
    """The article behind a key, in words."""
    return law().article(basis).cite if basis else ""

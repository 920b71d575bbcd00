"""Writers of the steps beside the main line: avoidance, evidence registered and kept, extensions, experts, handing over."""

from collections.abc import Mapping
from datetime import date

from laojian.clocks.models import Deadline, Extension
from laojian.evidence.actions import attach, link
from laojian.evidence.models import Custody, Evidence
from laojian.lawbook import due, law
from laojian.people.models import Officer
from laojian.procedure.step import Effects, File, local
from laojian.procedure.timing import row_of
from laojian.record.models import Entry

from ..forms.beside import involved
from ..models import Avoidance, Keeping

CUSTODY = {
    "copied": Custody.Act.COPIED, "returned": Custody.Act.RETURNED, "released": Custody.Act.RETURNED,
    "lapsed": Custody.Act.RETURNED, "appraised": Custody.Act.HANDED_OVER, "handed_over": Custody.Act.HANDED_OVER,
}  # fmt: skip


def ask_avoidance(file: File, given: Mapping) -> Effects:
    """A request stands until a leader decides; the clock runs on it alone."""
    made = Avoidance.objects.create(
        dossier_id=file.id, seq=file.seq + 1, officer_id=given["officer"], name=involved(file)[given["officer"]],
        asked_by=given["asked_by"], applicant=given["applicant"], grounds=given["grounds"], received_on=given["received_on"],
    )  # fmt: skip
    return Effects(
        clocks={"avoid": {"from": given["received_on"], "subject": str(made.pk)}}, given={"request": made.pk}
    )


def declare_conflict(file: File, given: Mapping) -> Effects:
    """Whoever says that the case concerns him or her has asked to keep away."""
    if given["conflict"] == "none":
        return Effects(clocks={"avoid": None})
    made = Avoidance.objects.create(
        dossier_id=file.id, seq=file.seq + 1, officer_id=file.actor["id"], name=file.actor["name"], received_on=file.on,
        asked_by=Avoidance.AskedBy.OFFICER, applicant=file.actor["name"], grounds=given["relation"],
    )  # fmt: skip
    return Effects(clocks={"avoid": {"subject": str(made.pk)}}, given={"request": made.pk})


def decide_avoidance(granted: bool):
    """The decision on one request; whoever must keep away may not act on the file any more."""

    def decided(file: File, given: Mapping) -> Effects:
        Avoidance.objects.filter(pk=given["request"], dossier_id=file.id).update(granted=granted, decided_on=file.on)
        asked = next(a for a in file.avoidances if a["id"] == given["request"])
        told = {name: asked[name] for name in ("name", "applicant", "grounds", "received_on")}
        return Effects(stops=(str(asked["id"]),), given=told | {"granted": granted})

    return decided


def ask_keeping(file: File, given: Mapping) -> Effects:
    """What is to be kept waits for a leader's approval: never kept first and approved later (apl-56)."""
    told = {name: given[name] for name in ("items", "reason", "place", "keeper")}
    made = Keeping.objects.create(dossier_id=file.id, seq=file.seq + 1, party_id=given["party"], **told)
    return Effects(given={"keeping": made.pk})


def kept_of(file: File, given: Mapping) -> dict:
    """The keeping that a step is about."""
    return next(k for k in file.keepings if k["id"] == given["keeping"])


def told_of(keeping: Mapping) -> dict:
    """What papers tell of a keeping."""
    return {"party": keeping["party_id"]} | {name: keeping[name] for name in ("items", "reason", "place", "keeper")}


def approve_keeping(file: File, given: Mapping) -> Effects:
    """Approved: notice and list may be handed over."""
    Keeping.objects.filter(pk=given["keeping"], dossier_id=file.id).update(approved_on=file.on)
    return Effects(given=told_of(kept_of(file, given)), papers=[("keeping_notice", {})])


def refuse_keeping(file: File, given: Mapping) -> Effects:
    """Nothing is kept."""
    ended = {"ended_on": file.on, "ending": Keeping.Ending.REFUSED}
    Keeping.objects.filter(pk=given["keeping"], dossier_id=file.id).update(**ended)
    return Effects()


def keep(file: File, given: Mapping) -> Effects:
    """Kept on the spot: the things enter the file as one piece of evidence, whose chain of custody begins here."""
    keeping, on = kept_of(file, given), local(given["kept_at"]).date()
    lines = keeping["items"].split("\n")
    owner = next(p["name"] for p in file.parties if p["id"] == keeping["party_id"])
    piece = {
        "kind": Evidence.Kind.OBJECT, "title": f"先行登记保存：{lines[0][:60]}" + (f"等 {len(lines)} 件" if len(lines) > 1 else ""),
        "proves": keeping["reason"][:400], "provider": owner, "collected_on": on, "place": keeping["place"],
        "collectors": [file.dossier["lead_id"], file.dossier["second_id"]], "form": Evidence.Form.ORIGINAL,
    }  # fmt: skip
    (entered,) = attach(file.id, [], piece, actor(file), file.at)
    Keeping.objects.filter(pk=keeping["id"]).update(kept_on=on, evidence_id=entered.pk)
    return Effects(
        clocks={"register_keep": {"from": on, "subject": str(keeping["id"])}},
        given=told_of(keeping) | {"evidence": [entered.pk]},
    )


def actor(file: File) -> Officer:
    """Who takes the step, as the room of evidence wants to know it."""
    return Officer(pk=file.actor["id"], name=file.actor["name"])


def dispose_keeping(file: File, given: Mapping) -> Effects:
    """What was kept is dealt with; the chain of custody says how."""
    keeping = kept_of(file, given)
    end_keeping(file, keeping, given["ending"], given["detail"], given.get("to") or "")
    return Effects(stops=(str(keeping["id"]),), given=told_of(keeping))


def end_keeping(file: File, keeping: Mapping, ending: str, note: str, to: str = "") -> None:
    """The keeping ends; one link of custody tells where the things went."""
    Keeping.objects.filter(pk=keeping["id"], dossier_id=file.id).update(ended_on=file.on, ending=ending)
    if keeping["evidence_id"]:
        link(Evidence(pk=keeping["evidence_id"]), CUSTODY[ending], actor(file), file.at, to, note[:200]).save()


def lapse_keeping(file: File, given: Mapping) -> Effects:
    """Nothing was decided in time: what was kept is free (apl-56)."""
    today = file.on.isoformat()
    over = {c["subject"] for c in file.running("register_keep") if c["due_on"] < today and not c["provisional"]}
    for keeping in file.keepings:
        if str(keeping["id"]) in over and not keeping["ending"]:
            end_keeping(file, keeping, Keeping.Ending.LAPSED, "期满未作处理决定，登记保存自动解除")
    return Effects(stops=tuple(over))


def lengthen(key: str):
    """A leader's extension of a running period: old and new date are kept with the approver."""

    def lengthened(file: File, given: Mapping) -> Effects:
        clock = file.running(key)[0]
        start, own = date.fromisoformat(clock["started_on"]), {}
        if law().clock(key).version(start).extension.length == "given":
            own = {"length": given["length"], "unit": given["unit"]}
        new = due(key, start, True, **own)
        Extension.objects.create(
            deadline_id=clock["id"], was_due_on=clock["due_on"], due_on=new.due_on, approved_on=file.on,
            approver_id=file.actor["id"], reason=given["opinion"],
        )  # fmt: skip
        dates = {"due_on": new.due_on, "strict_on": new.strict_on, "rolled_on": new.rolled_on}
        Deadline.objects.filter(pk=clock["id"]).update(extended=True, provisional=new.provisional, **dates)
        told = {"period": new.label, "was_due_on": clock["due_on"], "due_on": new.due_on.isoformat()}
        clock |= row_of(new, clock["subject"], extended=True)
        return Effects(given=told)

    return lengthened


def granted_query(file: File, given: Mapping) -> Effects:
    """Approval sheet and letter tell what the inspectors asked."""
    asked = asked_by(file, "ask_account_query")
    told = {"party": asked["party"], "matters": asked["matters"], "office": asked["office"], "why": asked["reason"]}
    return Effects(given=told, papers=[("account_query_letter", {})])


def asked_by(file: File, verb: str) -> dict:
    """What was given with the newest step of this verb."""
    return Entry.objects.get(dossier_id=file.id, seq=file.last(verb)[0]).given


def enter_opinion(file: File, given: Mapping) -> Effects:
    """The expert's report becomes a piece of evidence."""
    piece = {
        "kind": Evidence.Kind.EXPERT, "title": given["title"], "proves": given["conclusion"], "provider": given["office"],
        "collected_on": given["received_on"], "collectors": [file.dossier["lead_id"], file.dossier["second_id"]],
        "form": Evidence.Form.ORIGINAL, "pages": given.get("pages"),
    }  # fmt: skip
    (entered,) = attach(file.id, [], piece, actor(file), file.at)
    return Effects(given={"evidence": [entered.pk]})


ACTIONS = {
    "ask_avoidance": ask_avoidance,
    "declare_conflict": declare_conflict,
    "grant_avoidance": decide_avoidance(True),
    "refuse_avoidance": decide_avoidance(False),
    "ask_keeping": ask_keeping,
    "approve_keeping": approve_keeping,
    "refuse_keeping": refuse_keeping,
    "keep": keep,
    "dispose_keeping": dispose_keeping,
    "lapse_keeping": lapse_keeping,
    "extend_decision": lengthen("decide"),
    "extend_review": lengthen("review"),
    "grant_account_query": granted_query,
    "record_city_grant": granted_query,
    "record_commission": enter_opinion,
}

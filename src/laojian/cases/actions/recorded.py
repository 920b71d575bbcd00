"""Writers of what is recorded in sound and picture: what is expected, what was brought, the reason why not, moments, hands."""

from collections.abc import Callable, Mapping

from django.core.exceptions import ValidationError

from laojian.evidence.actions import hand_on as hand
from laojian.evidence.models import Custody, MaskedCopy, Moment, Recording
from laojian.people.models import Officer
from laojian.procedure.step import Effects, File, Reason, Refused, local

from ..forms.recorded import extractable
from ..recordings import subject_of


def watched(verb: str, writer: Callable | None) -> Callable:
    """The writer of a step; a step that is recorded, or should be, is noted with what it is recorded as."""

    def write(file: File, given: Mapping) -> Effects | None:
        effects = writer(file, given) if writer else None
        done = given.get("done_at") or given.get("kept_at") or given.get("began_at")
        on = local(done).date() if done else file.on
        if found := subject_of(verb, given.get("method") or "", on):
            subject, duty = found
            label = subject.label if subject.method else file.flow[verb].label
            Recording.objects.create(
                dossier_id=file.id, step_seq=file.seq + 1, step_label=label, subject=subject.key, must=duty.must, on=on
            )
        return effects

    return write


def bring(file: File, given: Mapping, pieces: list) -> dict:
    """A piece of evidence is the recording of a step."""
    if not given.get("recorded"):
        return {}
    told = {name: given[name] for name in ("began_at", "ended_at", "device") if given.get(name)}
    Recording.objects.filter(pk=given["recorded"], dossier_id=file.id, evidence=None).update(
        evidence=pieces[0], reason="", **told
    )
    return {"recording": given["recorded"]}


def excuse(file: File, given: Mapping) -> Effects:
    """Why a step was not recorded stands in the file instead."""
    Recording.objects.filter(pk=given["recording"], dossier_id=file.id, evidence=None).update(
        reason=given["reason"], reason_by=file.actor["name"]
    )
    return Effects()


def mark(file: File, given: Mapping) -> Effects:
    """A moment of a recording, for whoever looks at it later."""
    label = next((row[2] for row in file.took if row[0] == given.get("step")), "")
    made = Moment.objects.create(
        evidence_id=given["piece"], seconds=given["seconds"], note=given["note"], step_seq=given.get("step"), step_label=label,
        at=file.at, by_id=file.actor["id"], by_name=file.actor["name"],
    )  # fmt: skip
    return Effects(given={"moment": made.pk})


def hand_on(file: File, given: Mapping) -> Effects:
    """Another link of a piece's chain of custody."""
    by = Officer(pk=file.actor["id"], name=file.actor["name"])
    try:
        link = hand(
            given["piece"], given["act"], by=by, at=file.at, to=given.get("to") or "", note=given.get("note") or ""
        )
    except ValidationError as wrong:
        raise Refused([Reason(text, "apl-46", field="to") for text in wrong.messages]) from wrong
    return Effects(given={"custody": link.pk})


def keep_copy(file: File, given: Mapping) -> Effects:
    """A masked copy lies beside its original; that it was made stands in the chain of custody."""
    by = Officer(pk=file.actor["id"], name=file.actor["name"])
    made = MaskedCopy.objects.create(
        evidence_id=given["piece"], file_id=given["file"], areas=given["areas"], why=given["why"], at=file.at, by_id=by.pk,
        by_name=by.name,
    )  # fmt: skip
    hand(given["piece"], Custody.Act.COPIED, by=by, at=file.at, note=f"制作遮盖副本：{given['why']}"[:200])
    return Effects(given={"masked": made.pk})


def extract(file: File, given: Mapping) -> Effects:
    """The note of extraction tells each piece with its digest, as it was computed on arrival."""
    rows = [row for row in extractable(file) if str(row.pk) in given["pieces"]]
    told = (f"证据{row.ordinal} {row.title}（{row.file.size:,} 字节），SHA-256：{row.file.sha256}" for row in rows)
    return Effects(given={"data": "\n".join(told)})


SILENT = ("record_inspection", "hear_statement")  # steps that write nothing else
ACTIONS = {
    "excuse_recording": excuse,
    "mark_moment": mark,
    "hand_on_evidence": hand_on,
    "mask_evidence": keep_copy,
    "record_extraction": extract,
}

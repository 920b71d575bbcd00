"""What is asked about sound and picture of a step, about a moment of it, and about who had a piece of evidence in hand."""

from django import forms

from laojian.evidence.models import Custody, Evidence
from laojian.procedure.step import File

from ..recordings import subjects
from .fields import CaseGiven, Line, Prose, choice, pick

HANDED = ("handed_over", "taken_out", "brought_back", "copied", "verified", "returned")


def recordable(file: File | None) -> list[tuple[int, str]]:
    """The steps of the file whose recording was not brought yet: first those that should have been recorded."""
    rows = [r for r in (file.parts.get("recordings", ()) if file else ()) if not r["evidence_id"]]
    ordered = sorted(rows, key=lambda r: (not r["must"] or bool(r["reason"]), -r["id"]))
    return [(r["id"], f"{r['on']} {r['step']}{'（应当录）' if r['must'] and not r['reason'] else ''}") for r in ordered]


def missing(file: File) -> list[dict]:
    """What should have been recorded and is neither there nor explained."""
    return [r for r in file.parts.get("recordings", ()) if r["must"] and not r["evidence_id"] and not r["reason"]]


def pieces(file: File, viewer_id: int, *, playable: bool = False) -> list[tuple[int, str]]:
    """The pieces of evidence that the viewer may see, as choices."""
    rows = Evidence.objects.filter(dossier_id=file.id).exclude(sealed=True).order_by("ordinal")
    rows = rows.exclude(file=None).filter(file__mime__regex="^(audio|video)/") if playable else rows
    return [(row.pk, str(row)) for row in rows]


class Excused(CaseGiven):
    """Why a step that should have been recorded was not (apl-47)."""

    recording = pick("没有录的步骤")
    reason = Prose("没有录音像的原因", max_length=400, help_text="写明当时的具体情况，以及用什么代替，如见证人、笔录。")

    def offer(self, file: File) -> None:
        allowed = {key for key, subject in subjects().items() if any(duty.excuse for duty in subject.duties)}
        rows = [r for r in missing(file) if r["subject"] in allowed]
        self.fields["recording"].choices = [(r["id"], f"{r['on']} {r['step']}") for r in rows]


class Marked(CaseGiven):
    """A moment of a recording and what is to be seen or heard there."""

    piece = pick("音像")
    seconds = forms.IntegerField(label="第几秒", min_value=0, max_value=999_999)
    note = Line("说明", max_length=200)
    step = pick("对应的步骤", required=False)

    def offer(self, file: File) -> None:
        self.fields["piece"].choices = pieces(file, file.actor["id"], playable=True)
        self.fields["step"].choices = [("", "——"), *((row[0], f"{row[0]}. {row[2]}") for row in file.took)]


class HandedOn(CaseGiven):
    """Who had a piece of evidence in hand: handed over, taken out, brought back, copied, verified, returned."""

    when = {"to": "act=handed_over,taken_out,returned"}

    piece = pick("证据")
    act = choice("事项", [(each.value, each.label) for each in Custody.Act if each.value in HANDED])
    to = Line("交给", required=False, max_length=60, help_text="移交、调取、退还的，写明交给谁。")
    note = Line("说明", required=False, max_length=200)

    def offer(self, file: File) -> None:
        self.fields["piece"].choices = pieces(file, file.actor["id"])

    def clean(self):
        given = super().clean()
        if given.get("act") in ("handed_over", "returned") and not given.get("to"):
            self.add_error("to", "请写明交给谁")
        return given

"""What is asked about sound and picture of a step, about a moment of it, and about who had a piece of evidence in hand."""

from django import forms
from django.db.models import Q

from laojian.evidence.models import Custody, Evidence, MaskedCopy
from laojian.evidence.models import File as MadeFile
from laojian.procedure.step import File

from ..recordings import subjects
from .fields import CaseGiven, Line, Moment, Prose, choice, pick, several, veiled

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
    seen = Q(sealed=False) | Q(readers__contains=[viewer_id])
    rows = Evidence.objects.filter(seen, dossier_id=file.id).order_by("sealed", "ordinal")
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


class AboutPiece(CaseGiven):
    """About one piece of evidence: what is said of a sealed one stays out of the open record, like its name."""

    def record(self):
        kept = super().record()
        sealed = Evidence.objects.filter(pk=self.cleaned_data["piece"], sealed=True).exists()
        return veiled(kept, ("act", "areas")) | {"sealed": True} if sealed else kept


class Marked(AboutPiece):
    """A moment of a recording and what is to be seen or heard there."""

    piece = pick("音像")
    seconds = forms.IntegerField(label="第几秒", min_value=0, max_value=999_999)
    note = Line("说明", max_length=200)
    step = pick("对应的步骤", required=False)

    def offer(self, file: File) -> None:
        self.fields["piece"].choices = pieces(file, file.actor["id"], playable=True)
        self.fields["step"].choices = [("", "——"), *((row[0], f"{row[0]}. {row[2]}") for row in file.took)]


class Masked(AboutPiece):
    """A masked copy of a picture or PDF, made before the step: which areas, and why (lsr-12)."""

    piece = pick("证据")
    file = forms.IntegerField(label="遮盖副本", widget=forms.HiddenInput)
    areas = Prose(
        "遮盖的位置",
        max_length=20_000,
        rows=4,
        help_text="每行一处：页 左 上 宽 高，后四个是占页面的百分数，如 1 20 35 30 5。",
    )
    why = Line("遮盖的原因", max_length=200, help_text="如：隐去举报人姓名。不要把要隐去的内容写在这里。")

    def offer(self, file: File) -> None:
        self.fields["piece"].choices = pieces(file, file.actor["id"])

    def clean(self):
        given = super().clean()
        made = (
            MadeFile.objects.filter(pk=given.get("file"), uploaded_by=self.file.actor["id"])
            if given.get("file")
            else []
        )
        if not made or MaskedCopy.objects.filter(file_id=given["file"]).exists():
            self.add_error("file", "遮盖副本由系统制作，请在证据的页面办理")
        return given


class Extracted(CaseGiven):
    """A record of extracting electronic data (电子数据提取笔录, apl-46): from which device, how, what, with its digests."""

    folded = ("reason", "carrier", "witness", "comment", "recorder", "refused")

    pieces = several("提取的电子数据", required=True, help_text="已经入卷的电子数据、视听资料；摘要由系统写入笔录。")
    source = Line("来源设备或者账号", help_text="品牌、型号、串号，或者应用名称和账号。")
    holder = Line("持有人或者提供人", required=False, max_length=60)
    began_at = Moment("开始时间")
    ended_at = Moment("结束时间", now=True)
    place = Line("提取地点", max_length=120)
    method = Prose(
        "提取的方法和过程",
        max_length=4000,
        help_text="怎样打开、怎样导出、用什么工具，聊天记录怎样截取、前后是否完整。",
    )
    reason = Line("提取的事由", required=False)
    carrier = Line("原始存储介质的处理", required=False, help_text="不填的，写由持有人继续保管，已告知不得删改。")
    witness = Line("见证人", required=False, max_length=60)
    comment = Line("持有人阅后意见", required=False)
    recorder = Line("记录人", required=False, max_length=60)
    refused = Line("拒签情况", required=False)

    def offer(self, file: File) -> None:
        self.fields["pieces"].choices = [(str(row.pk), str(row)) for row in extractable(file)]

    def clean(self):
        given = super().clean()
        began, ended = given.get("began_at"), given.get("ended_at")
        if began and ended and ended <= began:
            self.add_error("ended_at", "结束时间须晚于开始时间")
        if given.get("refused") and not given.get("witness"):
            self.add_error("witness", "持有人拒签的，须有见证人签名")
        return given


def extractable(file: File):
    """The electronic data and recordings that lie in the file, but for sealed ones, which no paper tells of."""
    kinds = (Evidence.Kind.ELECTRONIC, Evidence.Kind.AUDIO_VISUAL)
    rows = Evidence.objects.filter(dossier_id=file.id, sealed=False, kind__in=kinds).exclude(file=None)
    return rows.select_related("file").order_by("ordinal")


class HandedOn(AboutPiece):
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

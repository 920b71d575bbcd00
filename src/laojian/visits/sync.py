"""What a device did without a network, taken once the network is back: each batch in one transaction, exactly once.

A batch is one deed of an officer on the spot. It becomes one step or several that belong together (the record read and
signed on the glass), all of them or none, each through the same door as every other step.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from laojian.dossier.models import Dossier
from laojian.evidence.models import File as Kept
from laojian.lawbook import law
from laojian.people.acting import acting
from laojian.people.models import Officer
from laojian.procedure.step import File, Reason, Refused
from laojian.procedure.take import carry, read
from laojian.record.models import Entry

from .models import Batch, VisitLine
from .rules import checklist

ORDER, RECORD = "spot_order", "inspection_record"
LINE = ("item", "line", "outcome", "note", "at")
KEPT = ("officer_id", "visit_id", "kind", "device")  # what a key stands for


class Stray(Refused):
    """What can be no batch of this visit: it is not kept, since another stands under its key, or there is nothing to keep it by."""


@dataclass(frozen=True)
class Sent:
    """A batch as it came: `files` are kept bytes, `told_at` the device's clock, `offset` the server's lead in milliseconds."""

    key: UUID
    visit_id: int
    kind: str
    given: Mapping
    device: str
    told_at: datetime
    offset: int | None = None
    files: Sequence[Kept] = ()


def visit_file(visit_id: int, by_id: int, at: datetime) -> File:
    """The visit's file. Raises Dossier.DoesNotExist where it is no visit, or not one that the officer may see."""
    file = read(visit_id, by_id, at)
    if file.flow.name != "visit":
        raise Dossier.DoesNotExist(visit_id)
    return file


def known(key: UUID, visit_id: int, by: Officer) -> Batch | None:
    """The officer's batch of this key as it was received before, taken or refused; None while it never came whole."""
    return Batch.objects.filter(pk=key, visit_id=visit_id, officer=by).first()


def receive(sent: Sent, *, by: Officer, at: datetime) -> dict:
    """Take a batch and answer {ok, seq, text, state, …}. Asked again it answers the same, having done nothing more.

    Refused by the procedure nothing of it is done; it is kept with its reasons. Raises Refused; Stray for a key that stands
    for something else; Dossier.DoesNotExist for a visit that the officer may not see.
    """
    try:
        with acting(by.pk):
            return taken(sent, by, at)
    except Stray:
        raise
    except Refused as refused:
        with acting(by.pk):
            keep_refused(sent, by, at, refused)
        raise


def taken(sent: Sent, by: Officer, at: datetime) -> dict:
    """The batch carried out, or its answer of before."""
    file = read(sent.visit_id, by.pk, at, lock=True)
    row = held(sent, by, at)
    if row.seq is not None:
        return row.answer
    # Whoever waited for another's batch comes after it, whenever the request began.
    deed = Deed(file, sent, by, max([at, *(datetime.fromisoformat(each[5]) for each in file.took[-1:])]))
    told = DEEDS[sent.kind](deed)
    after = deed.file
    row.seq = after.seq
    row.answer = {"ok": True, "seq": after.seq, "state": after.state, "at": deed.at.isoformat(), **told}
    row.save(update_fields=["seq", "answer"])
    return row.answer


def held(sent: Sent, by: Officer, at: datetime) -> Batch:
    """The row of the batch, locked; of two that come at once the second waits for the first."""
    row = Batch(
        key=sent.key, visit_id=sent.visit_id, officer_id=by.pk, device=sent.device, kind=sent.kind, told=dict(sent.given),
        told_at=sent.told_at, offset=sent.offset, received_at=at,
    )  # fmt: skip
    Batch.objects.bulk_create([row], ignore_conflicts=True)
    found = Batch.objects.select_for_update().get(pk=sent.key)
    if any(getattr(found, name) != getattr(row, name) for name in KEPT):
        raise Stray([Reason("这个批次号已经用于另一批内容", "apl-47", "请刷新页面后重新同步")])
    return found


def keep_refused(sent: Sent, by: Officer, at: datetime, refused: Refused) -> None:
    """Nothing that was done on the spot is lost because the procedure refuses it."""
    read(sent.visit_id, by.pk, at)
    row = held(sent, by, at)
    if row.seq is None:
        row.told, row.told_at, row.received_at = dict(sent.given), sent.told_at, at
        row.answer = {"ok": False, "reasons": [str(each) for each in refused.reasons],
                      "files": [kept.pk for kept in sent.files]}  # fmt: skip
        row.save(update_fields=["told", "told_at", "received_at", "answer"])


class Deed:
    """One deed on the way: the file as it stands after each step of it."""

    def __init__(self, file: File, sent: Sent, by: Officer, at: datetime):
        self.file, self.sent, self.given, self.by, self.at = file, sent, dict(sent.given), by, at

    def step(self, verb: str, **given) -> File:
        """Take one step of it."""
        self.file = carry(self.file.id, verb, by_id=self.by.pk, at=self.at, given=given)
        return self.file

    def asked(self, *names: str) -> dict:
        """What the device told under these names, empty ones left out; what is no plain value is no answer to anything."""
        told = {name: self.given.get(name) for name in names}
        return {name: value for name, value in told.items() if isinstance(value, str | int | bool) and value != ""}


def begin(deed: Deed) -> dict:
    """The visit begins; where the other phone already told of it, that stands and this telling is kept beside it."""
    first = deed.file.last("begin_visit")
    if first:
        return {"text": f"检查已由{first[4]}登记开始，本机填写的开始情况另存"}
    deed.step("begin_visit", **deed.asked("began_at", "place", "shown", "handed", "present", "present_post"))
    return {"text": "检查已经开始"}


def lines(deed: Deed) -> dict:
    """Lines of the checklist; after the record was signed they are a supplement with an entry of its own."""
    rows, key = bound(deed), str(deed.sent.key)
    if deed.file.has_taken("sign_record"):
        deed.step("supplement_record", lines=rows, key=key, content=supplementary(rows))
        return {"text": f"笔录已经签名，{len(rows)} 条作为补充记录另记"}
    deed.step("fill_checklist", lines=rows, key=key)
    return {"text": f"检查表已登记 {len(rows)} 条"}


def bound(deed: Deed) -> list:
    """The lines with the evidence that their photographs became; the device names them by the keys of their batches."""
    rows = deed.given.get("lines")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise Refused([Reason("批次里没有检查情况")])
    wanted = {str(key) for row in rows for key in listed(row.get("photos"))}
    sent = Batch.objects.filter(visit_id=deed.file.id, kind=Batch.Kind.EVIDENCE).exclude(seq=None)
    became = {str(batch.pk): batch.answer["evidence"] for batch in (sent if wanted else ())}
    if missing := wanted - became.keys():
        raise Refused([Reason(f"检查表所附的照片、录音有 {len(missing)} 件还没有收到", "apl-46", "请先同步照片、录音")])
    return [
        {name: row[name] for name in LINE if isinstance(row.get(name), str)}
        | {"evidence": [*listed(row.get("evidence")), *(pk for key in listed(row.get("photos")) for pk in became[str(key)])]}
        for row in rows
    ]  # fmt: skip


def listed(value) -> list:
    """A list as the device told it; nothing where it is none."""
    return value if isinstance(value, list) else []


def supplementary(rows: list[Mapping]) -> str:
    """What a supplement says: line by line."""
    labels = dict(VisitLine.Outcome.choices)
    said = [f"{title(row)}：{labels.get(row.get('outcome'), '')}{note(row)}" for row in rows]
    return "签名以前在另一部手机上填写、签名以后才收到：\n" + "\n".join(said)


def note(row: Mapping) -> str:
    """The note of a line behind its outcome."""
    return f"，{row['note']}" if row.get("note") else ""


def title(row: Mapping) -> str:
    """A line in words, as far as the law knows it."""
    try:
        item = law().item(row["item"])
        return next(s.text for version in item.versions for s in version.standard if s.key == row["line"])
    except (KeyError, StopIteration, TypeError):
        return f"{row.get('item')} {row.get('line')}"


def evidence(deed: Deed) -> dict:
    """A photograph or recording made on the spot, by both officers (lsr-16)."""
    hands = [int(key) for key in deed.file.hands]
    told = deed.asked("title", "proves", "extraction", "collected_on")
    place = deed.file.visit["place"][:120]
    deed.step("add_evidence", kind="audio_visual", provider="现场拍摄、录制", form="original", collectors=hands, place=place,
              files=[kept.pk for kept in deed.sent.files], **told)  # fmt: skip
    pieces = added(deed)
    return {"text": f"证据已入卷，共 {deed.file.evidence['count']} 件", "evidence": pieces}


def added(deed: Deed) -> list[int]:
    """The evidence that the last step entered."""
    return Entry.objects.get(dossier_id=deed.file.id, seq=deed.file.seq).given["evidence"]


def order(deed: Deed) -> dict:
    """An order on the spot, under a number that the device was given ahead where it used one (impl-31)."""
    party = next(p["id"] for p in deed.file.parties if p["role"] == "respondent")
    row = {"party": party, "kind": "correct", "ground": "lsr-18"} | deed.asked("ground", "demand")
    deed.step("order_on_spot", addressees=[row], **deed.asked("facts", "violated", "demand", "length", "unit"))
    number = deed.asked("number")
    if not number:
        return {"text": "责令改正已登记，请在文书页成文、盖章"}
    deed.step("issue_paper", paper=drafted(deed, ORDER), **number)
    return {"text": f"责令改正已成文：{deed.file.papers[-1]['number']}"}


def drafted(deed: Deed, code: str) -> int:
    """The newest draft of this code."""
    return max(row["id"] for row in read(deed.file.id, deed.by.pk, deed.at).drafts if row["code"] == code)


def sign(deed: Deed) -> dict:
    """The record as it was read aloud is fixed, signed on the glass by all, and frozen; what was signed enters as evidence."""
    as_read(deed)
    for row in deed.file.drafts:
        if row["code"] == RECORD:
            deed.step("void_paper", paper=row["id"], reason="改用手机上宣读、签名的笔录")
    deed.step(
        "make_record",
        **deed.asked("ended_at", "present", "present_post", "content", "found", "taken", "comment", "recorder"),
    )
    paper = drafted(deed, RECORD)
    deed.step("issue_paper", paper=paper)
    if not deed.sent.files:
        raise Refused([Reason("没有收到签名", "apl-55", "请在手机上重新签名")])
    glass = deed.sent.files[0]
    deed.step("seal_paper", paper=paper, way="glass", file=glass.sha256, **deed.asked("refused", "witness"))
    deed.step(
        "add_evidence", kind="scene", title="现场检查笔录（屏幕签名件）", proves="检查时现场的情况和各方签名", provider="现场制作",
        form="original", collected_on=deed.file.on.isoformat(), collectors=[int(key) for key in deed.file.hands], files=[glass.pk],
    )  # fmt: skip
    pieces = added(deed)
    deed.step("sign_record", confirmed=True)
    return {"text": "笔录已封存", "evidence": pieces, "digest": deed.file.visit["record_digest"], "glass": glass.sha256}


def as_read(deed: Deed) -> None:
    """What all signed is what stands in the checklist: whoever filled in something else meanwhile is named."""
    told = [row for row in listed(deed.given.get("read")) if isinstance(row, dict)]
    read_out = {(str(row.get("item")), str(row.get("line"))): row.get("outcome") for row in told}
    rows = checklist(deed.file.visit["items"], deed.file.lines, law()) if deed.file.visit else []
    other = [row for row in rows if row.found and read_out.get((row.item, row.standard.key)) != row.outcome]
    if other:
        names = dict(Officer.objects.filter(pk__in={row.found["by_id"] for row in other}).values_list("pk", "name"))
        said = "；".join(
            f"“{row.standard.text}”{names[row.found['by_id']]}填“{VisitLine.Outcome(row.outcome).label}”"
            for row in other[:3]
        )
        raise Refused(
            [Reason(f"宣读的笔录与检查表有 {len(other)} 条不一致：{said}", "apl-55", "请核对检查表，重新宣读、签名")]
        )


def result(deed: Deed) -> dict:
    """The results of the visit."""
    codes = [str(code) for code in listed(deed.given.get("codes"))]
    deed.step("conclude_visit", codes=codes, **deed.asked("note", "ended_on"))
    return {"text": "检查结果已登记"}


def broken(deed: Deed) -> dict:
    """The visit could not be carried out."""
    deed.step("break_off", **deed.asked("why", "tried"))
    return {"text": "已登记检查未能实施"}


DEEDS: dict[str, Callable[[Deed], dict]] = {
    "begin": begin, "lines": lines, "evidence": evidence, "order": order, "sign": sign, "result": result, "broken": broken,
}  # fmt: skip

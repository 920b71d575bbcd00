"""Writers of the visit itself: begun, looked through line by line, recorded, signed; or reviewed on paper, or broken off."""

from collections.abc import Mapping
from datetime import datetime

from laojian.cases.actions.inquiry import add_evidence
from laojian.cases.actions.paper import serve
from laojian.lawbook import law
from laojian.procedure.step import Effects, File

from ..models import Visit, VisitLine
from ..rules import Row, checklist, problems, record_digest
from .planning import matters, take_part


def begin(file: File, given: Mapping) -> Effects:
    """The visit is under way; its two officers took part, and whoever came with them."""
    Visit.objects.filter(pk=file.id).update(
        began_at=given["began_at"], place=given.get("place") or file.visit["place"] or party(file)["address"]
    )
    own = [
        {"name": name, "department": file.bureau["name"], "officer": int(key)} for key, (name, _) in file.hands.items()
    ]
    take_part(file, [*own, *given.get("people", ())])
    return Effects()


def party(file: File) -> dict:
    """The employer as the file holds it."""
    return next(p for p in file.parties if p["role"] == "respondent")


def attend(file: File, given: Mapping) -> Effects:
    """Others took part."""
    take_part(file, given["people"])
    return Effects()


def fill(file: File, given: Mapping) -> Effects:
    """Lines of the checklist are added, as many as came; what was found earlier stays on record."""
    add_lines(file, given["lines"])
    return Effects(given={"filled": len(given["lines"])})


def add_lines(file: File, lines: list[Mapping]) -> None:
    """Each line with the moment at which it was found, not later than the step."""
    VisitLine.objects.bulk_create([
        VisitLine(
            visit_id=file.id, seq=file.seq + 1, item=row["item"], line=row["line"], outcome=row["outcome"],
            note=str(row.get("note") or ""), evidence=row.get("evidence") or [], by_id=file.actor["id"], at=moment(file, row),
        )
        for row in lines
    ])  # fmt: skip


def moment(file: File, row: Mapping) -> datetime:
    """When a line was found: as the device says, but never after it came in."""
    return min(datetime.fromisoformat(row["at"]), file.at) if row.get("at") else file.at


def make_record(file: File, given: Mapping) -> Effects:
    """The record tells what was looked at and what was found; whoever writes nothing has it written from the checklist."""
    begun, visit = file.last("begin_visit"), file.visit
    rows = checklist(visit["items"], file.lines, law())
    said = begun and _said(file, "begin_visit")
    told = {
        "party": party(file)["id"], "began_at": visit["began_at"], "place": visit["place"],
        "content": given.get("content") or f"{matters(visit['items'])}。逐条对照检查标准，查看现场，查阅资料。",
        "found": given.get("found") or findings(rows), "present": given.get("present") or said["present"],
        "present_post": given.get("present_post") or said.get("present_post", ""),
        "recorder": given.get("recorder") or file.actor["name"],
    }  # fmt: skip
    return Effects(given={name: value for name, value in told.items() if value})


def _said(file: File, verb: str) -> dict:
    from_record = file.flow.facts(file, {})["earlier"]
    return (from_record() if callable(from_record) else from_record).get(verb, {})


def findings(rows: list[Row]) -> str:
    """What the checklist found, in sentences: problems one by one, the rest together."""
    told = [
        f"{n}.{row.label}——{row.standard.text}：发现问题，{row.found['note'].rstrip('。；')}。"
        for n, row in enumerate(problems(rows), 1)
    ]
    good = sum(row.outcome == "ok" for row in rows)
    none = sum(row.outcome == "not_applicable" for row in rows)
    told += [f"其余 {good} 条检查标准未发现问题。"] * bool(good) + [f"{none} 条不适用。"] * bool(none)
    return "\n".join(told) or "未发现问题。"


def freeze(file: File, given: Mapping) -> Effects:
    """From here on the record stands as it was signed; its digest covers checklist, text and people."""
    made = next(p for p in reversed(file.papers) if p["code"] == "inspection_record" and not p["voided"])
    return Effects(given=frozen(file, made["digest"]))


def frozen(file: File, text: str) -> dict:
    """The digest of what was recorded, kept with the visit and in the entry."""
    others = {"attendance": file.attendance, "began_at": file.visit["began_at"], "items": file.visit["items"]}
    digest = record_digest(file.lines, text, others)
    Visit.objects.filter(pk=file.id).update(record_digest=digest, signed_seq=file.seq + 1)
    return {"record_digest": digest}


def supplement(file: File, given: Mapping) -> Effects:
    """What arrives after signing: lines of its own, a paper of its own."""
    add_lines(file, given.get("lines") or [])
    return Effects(given={"filled": len(given.get("lines") or []), "record_digest": file.visit["record_digest"]})


def break_off(file: File, given: Mapping) -> Effects:
    """Nothing could be inspected; how that came about is the record."""
    return Effects(given=frozen(file, given["tried"]))


def serve_review(file: File, given: Mapping) -> Effects:
    """The time to hand in runs from service of the notice, as long as it says (lsr-14)."""
    done = serve(file, given)
    Visit.objects.filter(pk=file.id).update(began_at=given["done_at"])
    clock = {"from": done["on"], "length": file.visit["length"], "unit": file.visit["unit"]}
    return Effects(clocks={"written_materials": clock}, given={"effective_on": done["on"].isoformat()})


def remind(file: File, given: Mapping) -> Effects:
    """A new last day."""
    told = {"party": party(file)["id"], "nth": sum(row[1] == "remind_written" for row in file.took) + 1}
    return Effects(
        clocks={"written_materials": {"from": file.on, "length": given["length"], "unit": given["unit"]}}, given=told
    )


def hand_in(file: File, given: Mapping) -> Effects:
    """What the employer uploads enters the file as evidence; receipt is for an officer to register."""
    return add_evidence(file, {
        "kind": "document", "title": given["title"], "proves": "书面审查要求报送的材料", "provider": party(file)["name"],
        "collected_on": file.on, "form": "copy", "from_complainant": True, "files": given["files"],
    })  # fmt: skip


def review(file: File, given: Mapping) -> Effects:
    """The review of the papers is recorded and stands as it was made."""
    rows = checklist(file.visit["items"], file.lines, law())
    found = given.get("found") or findings(rows)
    told = {"party": party(file)["id"], "matters": matters(file.visit["items"]), "found": found}
    return Effects(given=told | frozen(file, found))

"""Writers of a visit's end: results, publication, correction, a case that takes along what was found; past visits."""

from collections.abc import Mapping
from datetime import datetime, time

from laojian.cases.facts import steps_of
from laojian.evidence.models import Evidence
from laojian.evidence.models import File as Kept
from laojian.lawbook import GROUNDS, law
from laojian.procedure.step import SHANGHAI, Effects, File
from laojian.procedure.take import carry, open_within

from ..forms.ending import told
from ..models import Visit, VisitResult
from ..rules import checklist, planned, problems
from .doing import party
from .planning import matters, take_part

SOURCES = {  # what kind of source a case has that grows out of a visit
    "draw": "random", "patrol": "patrol", "written": "document_review", "campaign": "special", "assignment": "assigned",
    "report": "self_found",
}  # fmt: skip

# What everybody may read of why a visit was made. One that came of a report reads like any other: nobody is to learn that somebody
# reported.
OPEN = {Visit.Ground.DRAW: GROUNDS["draw"], Visit.Ground.CAMPAIGN: GROUNDS["campaign"]}
EVERYDAY = "日常检查"


def note_results(file: File, given: Mapping) -> None:
    """The codes that stand from now on."""
    VisitResult.objects.bulk_create([
        VisitResult(visit_id=file.id, seq=file.seq + 1, code=code, note=given["note"], noted_on=file.on) for code in given["codes"]
    ])  # fmt: skip


def conclude(file: File, given: Mapping) -> Effects:
    """The visit is over; the employer is told what came out."""
    note_results(file, given)
    Visit.objects.filter(pk=file.id).update(ended_on=given["ended_on"])
    return Effects(dossier={"ended_on": given["ended_on"]}, given=announced(file, given))


def announced(file: File, given: Mapping) -> dict:
    """What the employer is told of the results."""
    return {
        "party": party(file)["id"],
        "matters": matters(file.visit["items"]),
        "results": "；".join(labels(given["codes"])),
    }


def labels(codes: list[str]) -> list[str]:
    """Codes of results in words, each once."""
    return [law().result(code).label for code in dict.fromkeys(codes)]


def resolve(file: File, given: Mapping) -> Effects:
    """What was left for later is settled by other codes."""
    VisitResult.objects.filter(visit_id=file.id, pk=given["result"]).update(ended_seq=file.seq + 1)
    note_results(file, given)
    if file.visit["published_on"]:
        left = [row["code"] for row in file.results if row["id"] != given["result"]]
        told = file.visit["published"] | {
            "results": labels([*left, *given["codes"]]),
            "follow": given.get("follow") or "",
        }
        Visit.objects.filter(pk=file.id).update(published=told)
    return Effects()


def correct(file: File, given: Mapping) -> Effects:
    """Other results take the place of the wrong ones; what was public is so no more, and is to be published anew."""
    VisitResult.objects.filter(visit_id=file.id, ended_seq=None).update(ended_seq=file.seq + 1)
    note_results(file, given)
    Visit.objects.filter(pk=file.id).update(published_on=None, published={}, withdrawn_on=None, withdrawal="")
    return Effects(given=announced(file, given))


def publish(file: File, given: Mapping) -> Effects:
    """The results are public from now on."""
    Visit.objects.filter(pk=file.id).update(
        published_on=file.on, published_where=given["where"], published=shown(file), withdrawn_on=None, withdrawal=""
    )
    return Effects()


def shown(file: File) -> dict:
    """What everybody may read of a visit: whom, which items, on which task, by whom (numbers alone), when, what came out."""
    visit, about = file.visit, party(file)
    ended = next(
        (e for e in reversed(steps_of(file.id, file.seq)) if e.verb in ("conclude_visit", "correct_result")), None
    )
    return {
        "name": about["name"], "code": about["code"], "bureau": file.bureau["name"], "number": file.dossier["number"],
        "items": [label for _, label, _ in planned(visit["items"], law())],
        "task": visit["draw_number"] or OPEN.get(visit["ground"], EVERYDAY), "drawn": visit["ground"] == Visit.Ground.DRAW,
        "officers": [number for _, number in file.hands.values() if number], "on": visit["ended_on"],
        "results": labels([row["code"] for row in file.results]), "follow": (ended.given.get("follow") or "") if ended else "",
    }  # fmt: skip


def withdraw(file: File, given: Mapping) -> Effects:
    """The results are taken down; why is kept."""
    Visit.objects.filter(pk=file.id).update(withdrawn_on=file.on, withdrawal=given["reason"])
    return Effects()


def open_case(file: File, given: Mapping) -> Effects:
    """A file of the general procedure grows out of the visit, its parent, and takes along evidence and record."""
    rows = {
        f"{row.item}:{row.standard.key}": row for row in problems(checklist(file.visit["items"], file.lines, law()))
    }
    found = [told(rows[key]) for key in given.get("lines") or ()]
    summary = "\n".join([*found, *filter(None, [given.get("summary")])])
    opened = open_within(file, "general", "register", {
        "kind": SOURCES[file.visit["ground"]], "matter": given["matter"], "employer": party(file)["employer_id"],
        "received_at": file.at, "document": file.dossier["number"], "began_on": given.get("began_on"),
        "summary": f"{file.dossier['number']}检查发现：{summary}",
    })  # fmt: skip
    taken = [
        carry(opened.id, "add_evidence", by_id=file.actor["id"], at=file.at, given=piece) for piece in pieces(file)
    ]
    return Effects(given={"into": opened.id, "evidence": len(taken)})


def pieces(file: File) -> list[dict]:
    """The open evidence of the visit and its signed record, each as what the case's own step asks; the bytes stay where they are."""
    own = Evidence.objects.filter(dossier_id=file.id, sealed=False).select_related("file").order_by("ordinal")
    found = [
        {"kind": e.kind, "title": e.title, "proves": e.proves, "provider": e.provider, "collected_on": e.collected_on, "form": e.form,
         "collectors": e.collectors, "place": e.place, "pages": e.pages, "extraction": e.extraction,
         "files": [again(file, e.file)] if e.file else []}
        for e in own
    ]  # fmt: skip
    return found + [
        recorded(file, p) for p in file.papers if p["code"] == "inspection_record" and p["seals"] and not p["voided"]
    ]


def again(file: File, kept: Kept) -> int:
    """The same bytes under an entry of their own, so that each file reads its own."""
    return Kept.objects.create(
        sha256=kept.sha256, size=kept.size, mime=kept.mime, name=kept.name, uploaded_by_id=file.actor["id"], at=file.at
    ).pk


def recorded(file: File, paper: Mapping) -> dict:
    """The signed record as a piece of evidence: a record made on the spot (apl-46)."""
    hands = [int(key) for key in file.hands]
    return {
        "kind": "scene", "title": f"{paper['label']}（{file.dossier['number']}）", "proves": "检查时现场的情况", "provider": "本机关制作",
        "collected_on": paper["issued_on"], "collectors": hands, "place": file.visit["place"][:120], "form": "original",
        "extraction": f"存于检查卷，签名件 SHA-256：{paper['seals'][-1]['file']}", "files": [],
    }  # fmt: skip


def close(file: File, given: Mapping) -> Effects:
    """Nothing more is to be done but to lay the file away."""
    return Effects()


def enter_past(file: File, given: Mapping) -> Effects:
    """A visit of earlier times stands in the figures of its day, marked as entered later; it is not made public."""
    began = datetime.combine(given["visited_on"], time(9), SHANGHAI)
    note_results(file, given | {"note": given.get("note") or ""})
    take_part(file, given.get("people") or [])
    Visit.objects.filter(pk=file.id).update(
        began_at=began, ended_on=given["visited_on"], from_on=given["visited_on"], until_on=given["visited_on"]
    )
    return Effects(dossier={"ended_on": given["visited_on"], "open": False})

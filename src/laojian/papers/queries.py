"""The file on paper: its contents in archival order, receipts of service, and the whole of it as one PDF."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

import yaml

from laojian.evidence.models import Evidence
from laojian.evidence.store import store
from laojian.lawbook import LawError
from laojian.lawbook.book import folder

from .actions import templates
from .binding import NotBindable, Piece, bind, pages_of
from .fill import APPROVES, asked, fill
from .models import Paper, Service
from .pdf import to_pdf

MADE = (
    "cover",
    "catalogue",
    "note_sheet",
    "service_receipt",
    "release_sheet",
)  # made from the file whenever it is printed


@dataclass(frozen=True)
class Leaf:
    """One entry of the catalogue: title, number, whose, of which day, and its pages; `note` says why there are none."""

    title: str
    number: str
    author: str
    on: str
    pages: tuple = ()
    note: str = ""


@cache
def places() -> dict[str, int]:
    """The group in which each kind of paper lies in the file: law/papers/order.yaml. LawError on an unknown kind."""
    groups = yaml.safe_load((folder() / "papers" / "order.yaml").read_text(encoding="utf-8"))
    found = {code: nth for nth, group in enumerate(groups) for code in group}
    if strange := set(found) - set(templates()) - {"evidence"}:
        raise LawError(f"law/papers/order.yaml 里没有这些文书的模板：{'、'.join(sorted(strange))}")
    return found


def whole_file(file) -> bytes:
    """The whole file as one PDF: cover, catalogue with page numbers, papers as sealed with their receipts, evidence, note sheet.

    `file` is the file as procedure reads it. Sealed evidence and confidential papers stay out: they lie in the second volume.
    """
    leaves = list(leaves_of(file))
    rows, count = [], 0
    for nth, leaf in enumerate(leaves, 1):
        first, count = count + 1, count + len(leaf.pages)
        pages = str(first) if first == count else f"{first}—{count}" if leaf.pages else ""
        rows.append({"nth": nth, "number": leaf.number, "title": leaf.title, "author": leaf.author, "on": leaf.on,
                     "pages": pages, "note": leaf.note})  # fmt: skip
    facts = file.flow.facts(file, {}) | {"contents": rows, "step": {"on": file.on.isoformat()}}
    away = "；".join(f"{leaf.title}（{leaf.note}）" for leaf in leaves if leaf.note)
    about = filed(facts) | {"pages": str(count), "media": away}
    sheets = {
        code: Piece(templates()[code].label, pages_of(made(code, facts, about)), numbered=False) for code in MADE[:3]
    }
    body = [Piece(leaf.title, leaf.pages) for leaf in leaves if leaf.pages]
    return bind([sheets["cover"], sheets["catalogue"], *body, sheets["note_sheet"]], file.dossier["title"])


def filed(facts: Mapping) -> dict:
    """What handler and archivist entered, for cover and note sheet; little before the file is archived."""
    maker = next((officer["name"] for officer in asked(facts["officers"])), None)
    step = next((each for each in asked(facts["approvals"]) if each["verb"] == "archive"), None)
    if step is None:
        return {"maker": maker}
    told = asked(facts["earlier"])["archive"]
    return {
        "maker": maker, "made_on": facts["dossier"]["archived_on"], "checker": step["name"], "checked_at": step["at"],
        "retention": told.get("retention"), "state": told.get("note"),
    }  # fmt: skip


def leaves_of(file) -> Iterator[Leaf]:
    """What lies in the file, in archival order: papers with receipts and release sheets, and evidence."""
    last = len(places())
    rows = [(places().get(p["code"], last), p["issued_on"], p["id"], p) for p in file.papers if not hidden(p)]
    pieces = Evidence.objects.filter(dossier_id=file.id, sealed=False).select_related("file").order_by("ordinal")
    rows += [(places()["evidence"], "", piece.ordinal, piece) for piece in pieces]
    approvals = dict(Paper.objects.filter(dossier_id=file.id).values_list("pk", "approval"))
    facts = file.flow.facts(file, {}) | {"step": {"on": file.on.isoformat()}}
    for *_, row in sorted(rows, key=lambda row: row[:3]):
        if isinstance(row, Evidence):
            yield exhibit(row)
            continue
        yield paper_leaf(file, row)
        several = len({service["addressee"] for service in row["services"]}) > 1
        yield from (receipt_leaf(facts, row, service, several) for service in row["services"])
        if approvals[row["id"]].get("seq") and not any(APPROVES in verbs for _, verbs in templates()[row["code"]].sign):
            yield release_leaf(file, facts, row, approvals[row["id"]])


def in_order(file) -> list[dict]:
    """The fixed papers of a file in archival order."""
    last = len(places())
    return sorted(file.papers, key=lambda paper: (places().get(paper["code"], last), paper["issued_on"], paper["id"]))


def hidden(paper: Mapping) -> bool:
    """Whether a paper lies in the second volume; a decision that fell stays in its place, marked in the record."""
    return templates()[paper["code"]].confidential


def paper_leaf(file, paper: Mapping) -> Leaf:
    """A paper as it was sealed or signed; as it was fixed where it needs neither."""
    scan = paper["seals"][-1]["file"] if paper["seals"] else paper["pdf"]
    leaf = Leaf(paper["label"], paper["number"], file.bureau["short"], paper["issued_on"])
    return with_pages(leaf, kept(scan))


def receipt_leaf(facts: Mapping, paper: Mapping, service: Mapping, several: bool) -> Leaf:
    """The signed receipt of a service; until it is back, the receipt as it was made out. Of several the addressee is told."""
    content = kept(service["receipt"]) if service["receipt"] else receipt(facts, paper, service)
    whose = f"（{service['addressee']}）" if several else ""
    title = f"{paper['label']}送达回证{whose}"
    leaf = Leaf(title, "", facts["bureau"]["short"], service["effective_on"])
    return with_pages(leaf, content)


def receipt(facts: Mapping, paper: Mapping, service: Mapping) -> bytes:
    """A receipt of service (送达回证), made out for one paper and addressee; what is not known yet is left to be written by hand."""
    given = {
        name: service.get(name) or ""
        for name in ("addressee", "done_at", "place", "receiver", "relation", "refusal", "witness")
    }
    given |= {"paper": paper["label"], "number": paper["number"], "servers": "、".join(service.get("servers") or ()),
              "method": Service.Method(service["method"]).label if service.get("method") else "",
              "note": "".join(service.get("why") or ())}  # fmt: skip
    return made("service_receipt", facts, given)


def receipts(file, paper: Mapping) -> bytes:
    """Receipts of service to take along: one for each who is to have the paper and has not had it yet."""
    facts = file.flow.facts(file, paper["given"], paper["nth"]) | {"step": {"on": file.on.isoformat()}}
    had = {service["addressee"] for service in paper["services"]}
    servers = [officer["name"] for officer in asked(facts["officers"])]
    sheets = [
        receipt(facts, paper, {"addressee": name, "servers": servers})
        for name in receivers(facts, paper)
        if name not in had
    ]
    return bind([Piece("送达回证", pages_of(sheet), numbered=False) for sheet in sheets], f"{paper['label']}送达回证")


def receivers(facts: Mapping, paper: Mapping) -> list[str]:
    """Who is to have a paper: the source that it answers, the office that it is sent to, else its addressees."""
    told = paper["given"]
    if told.get("source"):
        return [source["to"] for source in facts["sources"] if source["id"] == told["source"]]
    return [told["office"]] if paper["code"] == "transfer_letter" else [each["name"] for each in facts["addressees"]]


def release_leaf(file, facts: Mapping, paper: Mapping, approval: Mapping) -> Leaf:
    """Who drafted and who approved a paper before it was numbered."""
    drafted = next(row for row in file.took if row[0] == paper["nth"])
    given = {"paper": paper["label"], "number": paper["number"], "drafter": drafted[4], "drafted_at": drafted[5],
             "opinion": approval["opinion"], "approver": approval["name"], "post": approval["post"],
             "approved_at": approval["at"], "issued_on": paper["issued_on"]}  # fmt: skip
    leaf = Leaf(f"{paper['label']}签批单", "", file.bureau["short"], paper["issued_on"])
    return with_pages(leaf, made("release_sheet", facts, given))


def exhibit(piece: Evidence) -> Leaf:
    """A piece of evidence: its pages where it is a PDF or a picture, else where it is kept."""
    leaf = Leaf(f"证据{piece.ordinal}：{piece.title}", "", piece.provider, piece.collected_on.isoformat())
    if piece.file is None:
        return replace(leaf, note="原物另存")
    if not piece.file.mime.startswith(("image/", "application/pdf")):
        return replace(leaf, note="电子文件另存")
    return with_pages(leaf, kept(piece.file.sha256))


def with_pages(leaf: Leaf, content: bytes) -> Leaf:
    """The entry with its pages, or with the reason why it has none."""
    try:
        return replace(leaf, pages=tuple(pages_of(content)))
    except NotBindable as wrong:
        return replace(leaf, note=str(wrong))


def kept(digest: str) -> bytes:
    """The bytes of a kept file."""
    with store().open(digest) as content:
        return content.read()


def made(code: str, facts: Mapping, given: Mapping) -> bytes:
    """A sheet that is made from the file whenever it is printed."""
    template = templates()[code]
    return to_pdf(fill(template, facts | {"given": given}), template)

"""The copy of a file that a party's lawyer may read: papers alone, as text, without the second volume; other people's data masked."""

from collections.abc import Mapping
from datetime import date

from laojian.cases.models import Worker
from laojian.papers.actions import templates
from laojian.papers.binding import Piece, bind, pages_of
from laojian.papers.blocks import from_json
from laojian.papers.models import Paper
from laojian.papers.pdf import to_pdf
from laojian.papers.queries import hidden, in_order
from laojian.procedure.step import File

from .rules import hidden as instead_of
from .rules import masked_blocks

BESIDES = ("discussion_record",)  # a record, yet of the bureau's own deliberation
MARK = "阅卷副本"


def copy_for(file: File, party: int | None) -> bytes:
    """The copy for one party, or for nobody's party (None: everybody is masked), as one PDF with its pages numbered."""
    people, own = others(file, party)
    instead = instead_of(people, own)
    bodies = dict(Paper.objects.filter(dossier_id=file.id).values_list("pk", "body"))
    pieces = []
    for paper in in_order(file):
        template = templates()[paper["code"]]
        inside = template.kind == "internal" or paper["code"] in BESIDES
        if inside or hidden(paper) or paper["voided"] or not bodies.get(paper["id"]):
            continue
        blocks = masked_blocks(from_json(bodies[paper["id"]]), instead, own)
        content = to_pdf(
            blocks, template, number=paper["number"], issued_on=date.fromisoformat(paper["issued_on"]), watermark=MARK
        )
        pieces.append(Piece(paper["label"], pages_of(content)))
    return bind(pieces, f"{MARK}：{file.dossier['number']}")


def others(file: File, party: int | None) -> tuple[list[Mapping], set[str]]:
    """Everybody in the file besides the party, and what is the party's own. One statement."""
    own = next((each for each in file.parties if each["id"] == party), {})
    kept = {
        str(value) for name, value in own.items() if name in ("name", "code", "address", "legal_rep", "phone") and value
    }
    workers = Worker.objects.filter(dossier_id=file.id).values()
    people = [*file.sources, *workers, *({"name": each["person"]} for each in file.inquiries)]
    people += [
        {"name": each["name"] if each["kind"] in ("person", "controller") else "", "id_number": each["code"], "phone": each["phone"]}
        for each in file.parties if each["id"] != party
    ]  # fmt: skip
    return people, kept

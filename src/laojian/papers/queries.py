"""Reads of papers across a file: the whole of it as one PDF."""

from io import BytesIO

from pypdf import PdfReader, PdfWriter

from laojian.evidence.store import store


def whole_file(file) -> bytes:
    """Every fixed paper of the file, one after the other, as one PDF."""
    made = PdfWriter()
    for paper in file.papers:
        with store().open(paper["pdf"]) as kept:
            made.append(PdfReader(BytesIO(kept.read())))
    if not made.pages:
        made.add_blank_page(595, 842)
    out = BytesIO()
    made.write(out)
    return out.getvalue()

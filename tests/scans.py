"""Scans as they come back: the issued PDF with a seal, or with signatures on every page; a photograph."""

import io
import re
import struct
import tempfile
import zlib
from datetime import date
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst
from pypdf import PdfReader, PdfWriter

FONTS = str(Path(pylopdf_fonts_zh_cn.__file__).parent)
SEAL = """#place(top + left, dx: {x}pt - 42pt, dy: 841.9pt - {y}pt - 42pt, circle(radius: 42pt, stroke: 2pt + red)[
  #set align(center + horizon)
  #text(fill: red, size: 8pt)[{name}\\ ★\\ （示例印章）]])"""
BLANK = re.compile("年　+月　+日")
NAME = (
    """#place(top + left, dx: {x}pt, dy: 841.9pt - {y}pt - 14pt, rotate(-4deg, text(fill: blue, size: 13pt)[{name}]))"""
)


def drawn(pages: list[str]) -> PdfReader:
    """Clear A4 pages with their marks."""
    text = "\n#pagebreak()\n".join(marks or "#[]" for marks in pages)
    with tempfile.TemporaryDirectory() as folder:
        main = Path(folder, "main.typ")
        main.write_text(
            f'#set page(paper: "a4", margin: 0pt, fill: none)\n#set text(font: "Noto Serif SC")\n{text}',
            encoding="utf-8",
        )
        return PdfReader(
            io.BytesIO(typst.compile(str(main), root=folder, font_paths=[FONTS], ignore_system_fonts=True))
        )


def overlaid(pdf: bytes, pages: list[str]) -> bytes:
    """The PDF with the marks on its pages."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    for page, mark in zip(writer.pages, drawn(pages).pages, strict=True):
        page.merge_page(mark)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def said(pdf: bytes) -> list[list[tuple[str, float, float]]]:
    """Per page, each piece of text with the place where it begins, in points from the lower left."""
    pages = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        found = []

        def note(text, cm, tm, *rest, found=found):
            x = cm[0] * tm[4] + cm[2] * tm[5] + cm[4]
            y = cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
            if text.strip():
                found.append((text.strip(), x, y))

        page.extract_text(visitor_text=note)
        pages.append(found)
    return pages


def sealed(pdf: bytes, name: str) -> bytes:
    """A red seal over the last place where the bureau's name stands."""
    pages = said(pdf)
    nth, x, y = [(nth, x, y) for nth, page in enumerate(pages) for text, x, y in page if name in text][-1]
    mark = SEAL.format(x=x + 80, y=y - 12, name=name)
    return overlaid(pdf, [mark if n == nth else "" for n in range(len(pages))])


def signed(pdf: bytes, hands: dict[str, str], on: date | None = None) -> bytes:
    """Everybody's hand behind the words under which he or she signs, such as 被询问人：; on a page without them, at the foot.

    With `on`, the blanks before 年, 月 and 日 are filled by hand too.
    """
    pages = []
    for page in said(pdf):
        marks = [
            NAME.format(x=x + max((13 if y > 90 else 11) * len(text), 90 * (text == words)), y=y, name=hand)
            for text, x, y in page
            for words, hand in hands.items()
            if text == words or (text.startswith(words) and text.endswith("："))
        ]
        marks += [
            NAME.format(x=x + right, y=y, name=part)
            for text, x, y in page
            if on and BLANK.fullmatch(text)
            for right, part in ((8, on.year), (62, on.month), (102, on.day))
        ]
        pages.append("\n".join(marks) or NAME.format(x=330, y=70, name="　".join(dict.fromkeys(hands.values()))))
    return overlaid(pdf, pages)


def photograph(width: int = 320, height: int = 200) -> bytes:
    """A small true PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(
        b"\0" + b"".join(bytes((90 + x % 120, 110 + y % 100, 140)) for x in range(width)) for y in range(height)
    )
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")

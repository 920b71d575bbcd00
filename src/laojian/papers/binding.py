"""Papers, scans and pictures bound into one PDF: every page A4, numbered at the upper corner, with a bookmark for each piece."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst
from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.errors import PyPdfError

A4 = (595.276, 841.89)  # points
SLACK = 3  # points by which a page may differ from A4 without being scaled
FONTS = str(Path(pylopdf_fonts_zh_cn.__file__).parent)
PICTURES = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif", b"RIFF": "webp"}
PICTURE = '#set page(paper: "a4", margin: 12mm)\n#align(center + horizon, image("{}", width: 100%, height: 100%, fit: "contain"))'
NUMBERS = """#set page(paper: "a4", margin: 0pt, fill: none)
#set text(font: "Noto Sans SC", size: 10.5pt)
#for n in range(1, {}) [#place(top + right, dx: -12mm, dy: 9mm)[#n] #pagebreak(weak: false)]"""


class NotBindable(ValueError):
    """Bytes that are neither a readable PDF nor a picture; the message says so in Chinese."""


@dataclass(frozen=True)
class Piece:
    """One piece of a file: its title as a bookmark, its pages, and whether they are numbered."""

    title: str
    pages: Sequence[PageObject]
    numbered: bool = True


def pages_of(content: bytes) -> list[PageObject]:
    """The pages of a PDF, or of a picture set on one A4 page. Raises NotBindable."""
    kind = next((kind for mark, kind in PICTURES.items() if content.startswith(mark)), None)
    if kind is None and not content.startswith(b"%PDF"):
        raise NotBindable("不是 PDF，也不是图片，无法并入打印")
    try:
        reader = PdfReader(BytesIO(picture(content, kind) if kind else content))
        if reader.is_encrypted:
            raise NotBindable("文件加了密码，无法并入打印")
        return [upright(page) for page in reader.pages]
    except (PyPdfError, typst.TypstError, OSError, KeyError, ValueError) as wrong:
        raise wrong if isinstance(wrong, NotBindable) else NotBindable("文件已损坏，无法并入打印") from wrong


def picture(content: bytes, kind: str) -> bytes:
    """A picture on one A4 page, as large as fits."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, f"picture.{kind}").write_bytes(content)
        main = Path(folder, "main.typ")
        main.write_text(PICTURE.format(f"picture.{kind}"), encoding="utf-8")
        return typst.compile(str(main), root=folder)


def upright(page: PageObject) -> PageObject:
    """The page on A4: turned as it is shown, scaled to fit and centred where it has another size."""
    if page.rotation:
        page.transfer_rotation_to_content()
    box = page.mediabox
    if abs(box.width - A4[0]) <= SLACK and abs(box.height - A4[1]) <= SLACK:
        return page
    scale = min(A4[0] / float(box.width), A4[1] / float(box.height))
    across, up = ((A4[n] - scale * float(size)) / 2 for n, size in enumerate((box.width, box.height)))
    moved = Transformation().translate(-float(box.left), -float(box.bottom)).scale(scale).translate(across, up)
    sheet = PageObject.create_blank_page(width=A4[0], height=A4[1])
    sheet.merge_transformed_page(page, moved)
    return sheet


def bind(pieces: Sequence[Piece], title: str) -> bytes:
    """One PDF of all pieces in order; numbered pages carry 1, 2, 3 … throughout."""
    writer, count = PdfWriter(), sum(len(piece.pages) for piece in pieces if piece.numbered)
    numbers = iter(PdfReader(BytesIO(page_numbers(count))).pages if count else ())
    for piece in pieces:
        first = len(writer.pages)
        for page in piece.pages:
            added = writer.add_page(page)
            if piece.numbered:
                added.merge_page(next(numbers))
        if piece.pages:
            writer.add_outline_item(title=piece.title, page_number=first)
    writer.add_metadata({"/Title": title})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def page_numbers(count: int) -> bytes:
    """As many clear pages, each with its number at the upper right."""
    with tempfile.TemporaryDirectory() as folder:
        main = Path(folder, "main.typ")
        main.write_text(NUMBERS.format(count + 1), encoding="utf-8")
        return typst.compile(str(main), root=folder, font_paths=[FONTS], ignore_system_fonts=True)

"""A copy of a picture or PDF with areas blacked out: drawn anew from what is seen, so that nothing hidden comes along. Pure.

No text layer, no layers below a black area, no metadata, attachments, comments or thumbnails: only pixels are carried over.
The original is read and never touched.
"""

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageOps

DPI, MOST_PAGES, MOST_PIXELS = 150, 300, 120_000_000
WHOLE = 100  # areas are told in hundredths of the page
LINE = re.compile(r"(\d{1,3})" + r"[ ,，\t]+(\d{1,3}(?:\.\d+)?)" * 4)
PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG"}
MASKABLE = (*PICTURES, "application/pdf")


class NotMaskable(ValueError):
    """Why no masked copy can be made, in a sentence."""


@dataclass(frozen=True)
class Area:
    """What is blacked out on a page counted from 1: left, top, width, height in hundredths of the page."""

    page: int
    left: float
    top: float
    width: float
    height: float


def areas_told(text: str) -> list[Area]:
    """The areas of a text, one a line: 页 左 上 宽 高. NotMaskable: a line that is none, or that lies outside the page."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise NotMaskable("请至少遮盖一处")
    return [area_told(line, nth) for nth, line in enumerate(lines, 1)]


def area_told(line: str, nth: int) -> Area:
    """One area."""
    found = LINE.fullmatch(line)
    if not found:
        raise NotMaskable(f"第 {nth} 行“{line[:30]}”应为五个数：页 左 上 宽 高（后四个是百分数）")
    page, *rest = found.groups()
    area = Area(int(page), *map(float, rest))
    inside = area.left + area.width <= WHOLE and area.top + area.height <= WHOLE
    if not (area.page and area.width and area.height and inside):
        raise NotMaskable(f"第 {nth} 行“{line[:30]}”超出了页面")
    return area


def masked(content: BinaryIO, mime: str, areas: list[Area]) -> bytes:
    """The masked copy, of the same media type. NotMaskable: another type, too large, broken, or a page that is not there."""
    if mime not in MASKABLE:
        raise NotMaskable("只有图片和 PDF 能制作遮盖副本")
    pages = pages_of(content, mime)
    first = next(pages)
    if mime in PICTURES:
        if any(area.page > 1 for area in areas):
            raise NotMaskable("图片只有第 1 页")
        return written([blacked(first, 1, areas)], PICTURES[mime])
    return written(every(first, pages, areas), "PDF")


def every(first: Image.Image, rest: Iterator[Image.Image], areas: list[Area]) -> Iterator[Image.Image]:
    """Each page blacked out; an area on a page that is not there is a fault, for it covers nothing."""
    nth = 1
    yield blacked(first, 1, areas)
    for nth, page in enumerate(rest, 2):
        yield blacked(page, nth, areas)
    if any(area.page > nth for area in areas):
        raise NotMaskable(f"这个 PDF 只有 {nth} 页，有一处遮盖写在后面的页上")


def blacked(page: Image.Image, nth: int, areas: list[Area]) -> Image.Image:
    """The page with its areas painted over, whole pixels outward."""
    draw = ImageDraw.Draw(page)
    for area in areas:
        if area.page == nth:
            box = (area.left * page.width, area.top * page.height)
            end = ((area.left + area.width) * page.width, (area.top + area.height) * page.height)
            draw.rectangle([int(at // WHOLE) for at in box] + [int(-(-at // WHOLE)) for at in end], fill="black")
    return page


def pages_of(content: BinaryIO, mime: str) -> Iterator[Image.Image]:
    """What is seen, page by page, as bare pixels. NotMaskable: broken or too large."""
    with told():
        yield from drawn(content) if mime == "application/pdf" else [bare(content)]


@contextmanager
def told() -> Iterator[None]:
    """Whatever a broken file makes its reader say, as one sentence."""
    try:
        yield
    except NotMaskable:
        raise
    except (OSError, ValueError, SyntaxError, pdfium.PdfiumError, Image.DecompressionBombError) as wrong:
        raise NotMaskable("文件已损坏或者太大，画不出来") from wrong


def bare(content: BinaryIO) -> Image.Image:
    """A picture's pixels, turned as its camera meant them, on a new picture that knows nothing else."""
    with Image.open(content, formats=list(PICTURES.values())) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise NotMaskable("图片太大，请先缩小")
        return only_pixels(ImageOps.exif_transpose(picture).convert("RGB"))


def only_pixels(picture: Image.Image) -> Image.Image:
    """A new picture of the same pixels."""
    new = Image.new("RGB", picture.size, "white")
    new.paste(picture)
    return new


def drawn(content: BinaryIO) -> Iterator[Image.Image]:
    """A PDF's pages as they are seen."""
    content.seek(0)
    with pdfium.PdfDocument(content) as book:
        if not 0 < len(book) <= MOST_PAGES:
            raise NotMaskable(f"PDF 有 {len(book)} 页，最多 {MOST_PAGES} 页，请分成几份")
        for nth in range(len(book)):
            yield only_pixels(page_drawn(book, nth))


def page_drawn(book: pdfium.PdfDocument, nth: int, scale: float = DPI / 72) -> Image.Image:
    """One page, counted from 0."""
    page = book[nth]
    width, height = page.get_size()
    if width * height * scale * scale > MOST_PIXELS:
        raise NotMaskable(f"第 {nth + 1} 页太大，画不出来")
    return page.render(scale=scale).to_pil().convert("RGB")


def one_page(content: BinaryIO, mime: str, nth: int) -> tuple[bytes, int]:
    """A page counted from 1 as a JPEG to be looked at while areas are chosen, and how many there are."""
    content.seek(0)
    with told():
        if mime in PICTURES:
            if nth != 1:
                raise NotMaskable("图片只有第 1 页")
            return written([bare(content)], "JPEG"), 1
        with pdfium.PdfDocument(content) as book:
            if not 0 < nth <= len(book):
                raise NotMaskable(f"这个 PDF 只有 {len(book)} 页")
            return written([page_drawn(book, nth - 1, 1.5)], "JPEG"), len(book)


def written(pages: Iterable[Image.Image], kind: str) -> bytes:
    """Pages as a file of this kind, without metadata."""
    target, rest = io.BytesIO(), iter(pages)
    first = next(rest)
    if kind == "PDF":
        first.save(target, "PDF", save_all=True, append_images=rest, resolution=DPI)
    else:
        first.save(target, kind, **({"quality": 90} if kind == "JPEG" else {}))
    return target.getvalue()

"""Masked copies: what is under a black area, and all that is not seen, is not in them; the original stays as it was."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter

from laojian.evidence.masking import Area, NotMaskable, areas_told, masked, one_page

CANARY = "金示哨举报人"
LATIN = b"CANARY-INFORMANT"


def photograph(kind: str = "JPEG") -> bytes:
    """A white picture whose metadata name the informant in every place that a camera or editor writes to."""
    picture, target = Image.new("RGB", (400, 200), "white"), io.BytesIO()
    for x in range(100, 200):
        for y in range(50, 100):
            picture.putpixel((x, y), (250, 20, 20))
    exif = Image.Exif()
    exif[0x013B], exif[0x010E], exif[0x9286] = LATIN.decode(), LATIN.decode(), LATIN.decode()
    if kind == "PNG":
        info = PngInfo()
        info.add_text("Author", CANARY), info.add_itxt("Comment", CANARY), info.add_text("Title", LATIN.decode())
        picture.save(target, "PNG", pnginfo=info, exif=exif)
    else:
        picture.save(target, "JPEG", exif=exif, comment=LATIN, xmp=LATIN, quality=95)
    return target.getvalue()


def paper(pages: int = 2) -> bytes:
    """A PDF that names the informant in its text, title, metadata and an attachment."""
    book, target = PdfWriter(), io.BytesIO()
    text = PdfReader(io.BytesIO(with_text()))
    for _ in range(pages):
        book.add_page(text.pages[0])
    book.add_metadata({"/Author": CANARY, "/Title": LATIN.decode()})
    book.add_attachment("note.txt", LATIN)
    book.write(target)
    return target.getvalue()


def with_text() -> bytes:
    """One page with the name as text in its middle."""
    stream = b"BT /F1 24 Tf 200 420 Td (" + LATIN + b") Tj ET"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    body, places = b"%PDF-1.7\n", []
    for nth, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj" % nth + part + b"endobj\n"
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in places)
    return body + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)


def test_the_canaries_are_there_to_be_found():
    assert all(LATIN in content for content in (photograph(), photograph("PNG"))) and CANARY.encode() in photograph(
        "PNG"
    )
    told = PdfReader(io.BytesIO(paper()))
    assert LATIN.decode() in told.pages[0].extract_text() and told.metadata.author == CANARY and told.attachments


@pytest.mark.parametrize(("kind", "mime"), [("JPEG", "image/jpeg"), ("PNG", "image/png")])
def test_a_picture_keeps_its_pixels_and_nothing_else(kind, mime):
    original = photograph(kind)
    copy = masked(io.BytesIO(original), mime, areas_told("1 25 25 25 25"))
    with Image.open(io.BytesIO(copy)) as seen:
        assert (seen.format, seen.size, dict(seen.getexif()), set(seen.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}) == (
            kind, (400, 200), {}, True,
        )  # fmt: skip
        assert seen.convert("RGB").getpixel((150, 75)) == (0, 0, 0) and seen.convert("RGB").getpixel((10, 10)) == (
            255,
            255,
            255,
        )
        assert all(max(seen.convert("RGB").getpixel((x, y))) < 60 for x in range(104, 196, 8) for y in range(54, 96, 8))
    assert LATIN not in copy and CANARY.encode() not in copy and original == photograph(kind)


def test_a_paper_becomes_pictures_without_the_name():
    copy = masked(io.BytesIO(paper()), "application/pdf", areas_told("1 30 45 60 10\n2 30 45 60 10"))
    told = PdfReader(io.BytesIO(copy))
    assert len(told.pages) == 2 and not told.attachments
    assert all(page.extract_text() == "" for page in told.pages) and "/Author" not in (told.metadata or {})
    assert LATIN not in copy and CANARY.encode() not in copy and CANARY.encode("utf-16-be") not in copy
    size = tuple(float(side) for side in told.pages[0].mediabox[2:])
    assert abs(size[0] - 595) < 1 and abs(size[1] - 842) < 1
    page = Image.open(io.BytesIO(one_page(io.BytesIO(copy), "application/pdf", 1)[0])).convert("L")
    middle = page.crop(
        (int(page.width * 0.31), int(page.height * 0.46), int(page.width * 0.89), int(page.height * 0.54))
    )
    assert middle.getextrema()[1] < 40  # black all over: nothing shines through


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "至少遮盖一处"), ("1 2 3", "应为五个数"), ("1 90 10 20 5", "超出了页面"), ("0 10 10 5 5", "超出了页面"),
     ("1 10 10 0 5", "超出了页面"),
     ("1 10 10 5 5\n一 二 三", "第 2 行")],
)  # fmt: skip
def test_areas_that_are_none_are_told(text, said):
    with pytest.raises(NotMaskable, match=said):
        areas_told(text)


sides = st.tuples(*[st.integers(0, 100)] * 4)


@given(
    page=st.integers(1, 999), box=sides.filter(lambda s: s[2] and s[3] and s[0] + s[2] <= 100 and s[1] + s[3] <= 100)
)
def test_areas_read_what_is_drawn(page, box):
    assert areas_told(f" {page}, {box[0]} {box[1]}.0 {box[2]}\t{box[3]} ") == [Area(page, *map(float, box))]


@pytest.mark.parametrize(
    ("content", "mime", "areas", "said"),
    [(b"%PDF-1.7 broken", "application/pdf", "1 1 1 9 9", "损坏"), (b"\xff\xd8\xff broken", "image/jpeg", "1 1 1 9 9", "损坏"),
     (paper(1), "application/pdf", "2 1 1 9 9", "只有 1 页"), (photograph(), "image/jpeg", "2 1 1 9 9", "只有第 1 页"),
     (b"RIFF", "audio/wav", "1 1 1 9 9", "只有图片和 PDF")],
)  # fmt: skip
def test_what_cannot_be_masked_is_told(content, mime, areas, said):
    with pytest.raises(NotMaskable, match=said):
        masked(io.BytesIO(content), mime, areas_told(areas))


@pytest.mark.parametrize(
    ("content", "mime"), [(b"\xff\xd8\xff broken", "image/jpeg"), (b"%PDF-1.7 broken", "application/pdf")]
)
def test_a_broken_file_is_told_where_a_page_is_shown_too(content, mime):
    with pytest.raises(NotMaskable, match="损坏"):
        one_page(io.BytesIO(content), mime, 1)

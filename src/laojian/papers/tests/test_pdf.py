"""The paper as PDF/A: the same bytes each time, every character drawn, official marks where they belong."""

import io
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pylopdf_fonts_zh_cn
import pytest
from pypdf import PdfReader

from laojian.papers.blocks import parse
from laojian.papers.fill import fill
from laojian.papers.pdf import FACES, PdfError, to_pdf

from .facts import NASTY, complete
from .test_templates import CODES

ON = date(2026, 12, 1)
RARE = "镕喆堃玥"


def said(pdf: bytes, *options: str) -> str:
    """The text that pdftotext reads, without spaces and line ends."""
    out = subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return "".join(out.split())


@pytest.mark.parametrize("code", CODES)
def test_every_paper_is_archivable_and_always_the_same(templates, code):
    template = templates[code]
    blocks = fill(template, complete(template))
    pdf = to_pdf(blocks, template, number="测〔2026〕1号", issued_on=ON)
    assert pdf == to_pdf(blocks, template, number="测〔2026〕1号", issued_on=ON)
    reader = PdfReader(io.BytesIO(pdf))
    assert b"<pdfaid:part>3" in pdf and b"<pdfaid:conformance>A" in pdf
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] and reader.trailer["/Root"]["/Lang"].startswith("zh")
    for page in reader.pages:
        assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
        for font in page["/Resources"]["/Font"].values():
            deep = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert "/FontFile3" in deep or "/FontFile2" in deep


def test_many_threads_get_the_same_bytes(templates):
    template = templates["correction_order"]
    blocks = fill(template, complete(template))
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: to_pdf(blocks, template, number="x", issued_on=ON), range(24)))
    assert len(made) == 1


def test_rare_characters_of_names_are_drawn(templates):
    template = templates["inquiry_record"]
    facts = complete(template)
    facts["given"]["person"] = RARE
    assert RARE in said(to_pdf(fill(template, facts), template))


def test_a_character_that_no_face_has_is_named(templates):
    template = templates["withdrawal"]
    facts = complete(template)
    facts["employer"]["name"] = "虚构𠮷记商行"
    with pytest.raises(PdfError, match="“𠮷”没有字体能画出"):
        to_pdf(fill(template, facts), template)


def test_code_in_a_name_is_printed_not_run(templates):
    template = templates["correction_order"]
    facts = complete(template)
    facts["addressees"][0]["name"] = NASTY
    assert "".join(NASTY.split()) in said(to_pdf(fill(template, facts), template))


def test_the_full_width_yen_becomes_the_sign_that_every_face_draws(templates):
    text = said(to_pdf(parse("# 收款\n应付￥18,600.50元"), templates["final_report"]))
    assert "¥18,600.50" in text and "￥" not in text


def test_number_date_head_and_page_marks(templates):
    template = templates["penalty_decision"]
    blocks = fill(template, complete(template))
    fixed = said(to_pdf(blocks, template, number="宝人社监罚〔2026〕44号", issued_on=ON))
    assert "某机关名称宝人社监罚〔2026〕44号行政处罚决定书" in fixed
    assert "2026年12月1日" in fixed and "—1—" in fixed and "稿" not in fixed
    draft = said(to_pdf(blocks, template, watermark="草稿"))
    assert "草" in draft and "稿" in draft and "年月日" in draft  # drawn aslant, so read letter by letter


def test_a_record_is_signed_on_every_page(templates):
    template = templates["inquiry_record"]
    facts = complete(template)
    facts["given"]["questions"] = "问：还有吗？\n答：有。\n" * 40
    reader = PdfReader(io.BytesIO(to_pdf(fill(template, facts), template, issued_on=ON)))
    pages = [page.extract_text() for page in reader.pages]
    assert len(pages) > 2
    for number, text in enumerate(pages, 1):
        flat = "".join(text.split())
        assert "被询问人：" in flat and "记录人：" in flat and f"第{number}页共{len(pages)}页" in flat


def test_the_header_of_a_long_table_stands_on_every_page(templates):
    template = templates["correction_order"]
    facts = complete(template)
    worker = facts["wages"]["workers"][0]
    facts["wages"]["workers"] = [{**worker, "name": f"测试{n}"} for n in range(120)]
    facts["bound"] = [{**facts["bound"][0], "kind": "pay"}]  # the table stands where wages are demanded
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(to_pdf(fill(template, facts), template))).pages]
    listed = [text for text in pages if "测试" in text]
    assert len(listed) > 3 and all("应支付金额" in text and "姓名" in text for text in listed)


def test_a_bureaus_own_face_is_taken_and_what_it_lacks_is_drawn_by_ours(templates, tmp_path, monkeypatch):
    """A face under a name of GB/T 9704 stands in for a bureau's FangSong; without the folder nothing changes."""
    from shutil import copy

    copy(f"{pylopdf_fonts_zh_cn.__path__[0]}/NotoSansSC-Regular.otf", tmp_path)
    monkeypatch.setitem(FACES, "body", ("Noto Sans SC",))
    template = templates["withdrawal"]
    blocks = fill(template, complete(template))
    usual = to_pdf(blocks, template)
    monkeypatch.setenv("LAOJIAN_FONTS", str(tmp_path))
    own = to_pdf(blocks, template)
    assert own != usual and said(own) == said(usual)

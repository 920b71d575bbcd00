"""Out to Word, edited there, back as blocks; what would be lost or is dangerous is refused with a sentence."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from laojian.papers.blocks import literal, parse, texts
from laojian.papers.fill import fill
from laojian.papers.word import WordError, from_word, to_word

from .facts import complete
from .test_templates import CODES

PROCESSED = parse("""@head 示例市示例区人力资源和社会保障局
# 行政处罚事先告知书
@to 示例服装（示例）有限公司：
## 一、违法事实
经查，你单位拖欠 3 名劳动者工资共计 36,200.50 元，至今没有支付。
| 序号 | 劳动者 | 欠薪期间 | 金额（元） |
|==|======|=======|=======|
| 1 | 示甲 | 2026-01至02 | 18,600.50 |
| 2 | 示乙<br>（班组长） | 2026-02 | 17,600.00 |
| 合计 | 36,200.50 |
## 二、陈述申辩
问：有没有意见？
答：没有。
@seal 示例市示例区人力资源和社会保障局
@copies 3""")
PLAIN = to_word(parse("# 标题\n正文\n| 甲 | 乙 |\n|==|=|\n| 1 | 2 |"), "标题")


@pytest.mark.parametrize("code", CODES)
def test_every_paper_comes_back_as_it_went(templates, code):
    blocks = fill(templates[code], complete(templates[code]))
    assert from_word(to_word(blocks, templates[code].label)) == blocks


def test_what_another_word_processor_saved_anew_is_the_same_paper():
    # PROCESSED written to Word, opened and saved again by LibreOffice 7.4, which measures every column anew.
    kept = (Path(__file__).parent / "libreoffice.docx").read_bytes()
    assert from_word(kept) == PROCESSED == from_word(to_word(PROCESSED, "行政处罚事先告知书"))


@settings(max_examples=30)
@given(st.text(min_size=1))
def test_any_name_survives(said):
    blocks = parse(f"正文\n@sign {literal(said)}尾\n| {literal(said)} | x |")
    assert from_word(to_word(blocks, "x")) == blocks


def test_edits_made_in_word_are_kept():
    document = Document(io.BytesIO(PLAIN))
    document.paragraphs[1].text = "改过的正文"
    document.add_paragraph("Word 自带标题", style="Heading 2")
    document.add_paragraph("新写的一段")
    document.tables[0].add_row().cells[0].text = "新行"
    out = io.BytesIO()
    document.save(out)
    blocks = from_word(out.getvalue())
    assert {"改过的正文", "Word 自带标题", "新写的一段", "新行"} <= set(texts(blocks))
    assert [(b.kind, b.level) for b in blocks[-2:]] == [("heading", 2), ("paragraph", 0)]
    assert next(b for b in blocks if b.kind == "table").widths == (2, 1)


def repacked(**changed: str | bytes) -> bytes:
    """The plain file with parts replaced or added; a part is named with / as __ ."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {name: old.read(name) for name in old.namelist()}
        parts |= {name.replace("__", "/"): data for name, data in changed.items()}
        for name, data in parts.items():
            new.writestr(name, data)
    return out.getvalue()


def part(name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as package:
        return package.read(name).decode()


def body(extra: str) -> bytes:
    """The plain file with something put into its body."""
    return (
        repacked(word__document__xml=b"")
        if not extra
        else repacked(**{"word__document.xml": part("word/document.xml").replace("<w:body>", f"<w:body>{extra}", 1)})
    )


TYPES = part("[Content_Types].xml")
LINKS = part("word/_rels/document.xml.rels")
OUTSIDE = '<Relationship Id="x" TargetMode="External" Target="http://x.invalid/" Type="http://x/relationships/{}"/></Relationships>'
DANGEROUS = {
    "旧版": b"\xd0\xcf\x11\xe0" + b"\0" * 100,
    "完整": PLAIN[: len(PLAIN) // 2],
    "不是完整的": b"hello",
    "5 MB": PLAIN + b"\0" * (5 * 1024 * 1024),
    "过大": repacked(**{"word__bomb.xml": b"\0" * (41 * 1024 * 1024)}),
    "宏": repacked(**{"[Content_Types].xml": TYPES.replace("wordprocessingml.document.main+xml", "x.macroEnabled.main+xml")}),
    "嵌入的程序": repacked(**{"word__vbaProject.bin": b"x"}),
    "外部": repacked(**{"word___rels__document.xml.rels": LINKS.replace("</Relationships>", OUTSIDE.format("attachedTemplate"))}),
    "XML 声明": repacked(**{"word__document.xml": '<!DOCTYPE a [<!ENTITY b "c">]>' + part("word/document.xml").split("?>", 1)[1]}),
    "已损坏": repacked(**{"word__document.xml": "<w:document"}),
    "不是 Word": repacked(**{"[Content_Types].xml": TYPES.replace("wordprocessingml.document.main", "spreadsheetml.sheet.main")}),
}  # fmt: skip


@pytest.mark.parametrize("said", DANGEROUS)
def test_what_is_no_plain_document_is_refused(said):
    with pytest.raises(WordError, match=said):
        from_word(DANGEROUS[said])


LOSSY = {
    "修订": "<w:p><w:ins w:id='1' w:author='x'><w:r><w:t>甲</w:t></w:r></w:ins></w:p>",
    "批注": "<w:p><w:r><w:commentReference w:id='1'/></w:r></w:p>",
    "图片": "<w:p><w:r><w:drawing/></w:r></w:p>",
    "脚注": "<w:p><w:r><w:footnoteReference w:id='1'/></w:r></w:p>",
    "自动编号": "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='2'/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>",
    "编号不是文字": "<w:p><w:pPr><w:pStyle w:val='ListNumber'/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>",
    "表格里的表格": "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>",
}


@pytest.mark.parametrize("said", LOSSY)
def test_what_the_paper_would_lose_is_refused(said):
    with pytest.raises(WordError, match=said):
        from_word(body(LOSSY[said]))


def test_a_hyperlink_and_a_switched_off_number_are_only_text():
    link = LINKS.replace("</Relationships>", OUTSIDE.format("hyperlink"))
    said = part("word/document.xml").replace(
        "<w:body>",
        "<w:body><w:p><w:pPr><w:numPr><w:numId w:val='0'/></w:numPr></w:pPr>"
        "<w:hyperlink><w:r><w:t>链接文字</w:t></w:r></w:hyperlink></w:p>",
        1,
    )
    blocks = from_word(repacked(**{"word___rels__document.xml.rels": link, "word__document.xml": said}))
    assert blocks[0].text == "链接文字"


def test_an_empty_document_is_refused():
    with pytest.raises(WordError, match="空的"):
        from_word(to_word((), "空"))

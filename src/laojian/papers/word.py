"""Blocks into an editable Word file, and the edited file back: text and tables; anything else is refused."""

import io
import zipfile

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor, Twips
from lxml import etree

from laojian.papers.blocks import SIGNED, Block, Blocks, Cell, relative, tidy

LARGEST = 5 * 1024 * 1024
UNPACKED = 40 * 1024 * 1024
PARTS = 500
TEXT_WIDTH = 8844  # twips: the 156 mm of the text block
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
# style name in Word: (kind, level, face, size in pt, alignment, first-line indent in characters)
STYLES = {
    "文书标题": ("heading", 1, "方正小标宋简体", 22, "center", 0),
    "文书一级标题": ("heading", 2, "黑体", 16, "left", 2),
    "文书二级标题": ("heading", 3, "楷体_GB2312", 16, "left", 2),
    "文书正文": ("paragraph", 0, "仿宋_GB2312", 16, "left", 2),
    "发文机关标志": ("head", 0, "方正小标宋简体", 26, "center", 0),
    "主送": ("to", 0, "仿宋_GB2312", 16, "left", 0),
    "居右": ("right", 0, "仿宋_GB2312", 16, "right", 0),
    "居中": ("center", 0, "仿宋_GB2312", 16, "center", 0),
    "说明": ("note", 0, "仿宋_GB2312", 12, "left", 0),
    "列项": ("item", 0, "仿宋_GB2312", 16, "left", 2),
    "问": ("question", 0, "仿宋_GB2312", 16, "left", 0),
    "答": ("answer", 0, "仿宋_GB2312", 16, "left", 0),
    "签名栏": ("sign", 0, "仿宋_GB2312", 16, "left", 0),
    "逐页签名": ("page_sign", 0, "仿宋_GB2312", 12, "left", 0),
    "落款": ("seal", 0, "仿宋_GB2312", 16, "right", 0),
    "二维码": ("qr", 0, "仿宋_GB2312", 12, "left", 0),
    "份数": ("copies", 0, "仿宋_GB2312", 12, "left", 0),
    "换页": ("page", 0, "仿宋_GB2312", 12, "left", 0),
}
BODY, CELL = "文书正文", "表格文字"
NAMES = {(kind, level): name for name, (kind, level, *_) in STYLES.items()}
# Headings that an officer makes with Word's own styles are headings too.
OWN = {"title": ("heading", 1), "heading 1": ("heading", 1), "heading 2": ("heading", 2), "heading 3": ("heading", 3)}
SAID = {"question": "问：", "answer": "答："}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REFUSED = {
    "ins": "还有未处理的修订，请在“审阅”里接受或者拒绝全部修订",
    "del": "还有未处理的修订，请在“审阅”里接受或者拒绝全部修订",
    "moveFrom": "还有未处理的修订，请在“审阅”里接受或者拒绝全部修订",
    "commentReference": "还有批注，请删除全部批注",
    "drawing": "有图片或者文本框，图片请作为证据上传，文本框里的文字请移到正文",
    "pict": "有图片或者文本框，图片请作为证据上传，文本框里的文字请移到正文",
    "object": "有嵌入的对象，请删除",
    "footnoteReference": "有脚注，请把脚注的文字移到正文",
    "endnoteReference": "有尾注，请把尾注的文字移到正文",
    "sym": "有用“插入符号”放进的特殊符号，请改用普通文字",
    "numPr": "用了自动编号，编号不是文字，会丢失，请手工输入编号",
    "oMath": "有公式，请改用普通文字",
    "altChunk": "引入了别的文件，请改为直接粘贴文字",
}


class WordError(ValueError):
    """A Word file that cannot be taken back; the message is Chinese and says what to do."""


def to_word(blocks: Blocks, title: str) -> bytes:
    """The paper as an editable .docx on A4 in the faces of official papers; `from_word` gives the same blocks back."""
    document = Document()
    section = document.sections[0]
    section.start_type = WD_SECTION.NEW_PAGE
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    document.core_properties.title, document.core_properties.author = title, ""
    document.core_properties.comments = ""
    # Which glyphs, where a full stop stands in its square and what is misspelt are told by the language.
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for name in (BODY, *(name for name in STYLES if name != BODY)):
        _style(document, name)
    _cell_style(document)
    for block in blocks:
        if block.kind == "table":
            _add_table(document, block)
        else:
            text = SAID.get(block.kind, "") + block.text
            document.add_paragraph(text, style=NAMES[block.kind, block.level])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _style(document: Document, name: str) -> None:
    kind, _, face, size, align, indent = STYLES[name]
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style, style.quick_style = document.styles["Normal"], True
    style.font.name, style.font.size = face, Pt(size)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    if kind == "head":
        style.font.color.rgb = RGBColor(0xD7, 0x00, 0x0F)
    shape = style.paragraph_format
    shape.alignment, shape.first_line_indent = ALIGN[align], Pt(size * indent)
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(29)
    shape.page_break_before, shape.keep_with_next = kind == "page", kind == "heading"
    if kind != "paragraph":
        style.next_paragraph_style = document.styles[BODY]


def _cell_style(document: Document) -> None:
    """What stands in the cells of tables: the body's face, smaller, with room above and below."""
    style = document.styles.add_style(CELL, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style, style.font.size = document.styles[BODY], Pt(12)
    shape = style.paragraph_format
    shape.first_line_indent, shape.space_before, shape.space_after = Pt(0), Pt(2), Pt(2)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(18)


def _add_table(document: Document, block: Block) -> None:
    unit = TEXT_WIDTH // sum(block.widths)
    table = document.add_table(rows=0, cols=len(block.widths), style="Table Grid")
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, block.widths, strict=True):
        column.width = Twips(width * unit)
    for nth, row in enumerate(block.rows):
        made = table.add_row()
        if block.header and nth == 0:
            made._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        _add_cells(made, row, [width * unit for width in block.widths])
    document.add_paragraph(style="说明")


def _add_cells(made: object, row: tuple[Cell, ...], widths: list[int]) -> None:
    at = 0
    for cell in row:
        place = made.cells[at]
        if cell.span > 1:
            place = place.merge(made.cells[at + cell.span - 1])
        place.width = Twips(sum(widths[at : at + cell.span]))
        first, *more = cell.text.split("\n")
        place.paragraphs[0].text, place.paragraphs[0].style = first, CELL
        for line in more:
            place.add_paragraph(line, style=CELL)
        if SIGNED.search(place.paragraphs[-1].text):
            place.paragraphs[-1].alignment = ALIGN["right"]
        at += cell.span


def from_word(data: bytes) -> Blocks:
    """The blocks of an edited .docx: paragraphs by their style, headings, tables with their header, widths and spans.

    Raises WordError for whatever is no plain .docx of at most 5 MB (macros, external content, encryption, old .doc) and
    for content that the paper would lose: pictures, revisions, comments, notes, automatic numbers, nested tables."""
    document, styles = _open(data)
    body = document.find(f"{W}body")
    if body is None:
        raise WordError("这个 Word 文件没有正文，请重新导出后再编辑。")
    for element in body.iter():
        if isinstance(element.tag, str) and (why := REFUSED.get(etree.QName(element).localname)) and not _off(element):
            raise WordError(f"这个 Word 文件{why}，再上传。")
    names, numbered = _styles(styles)
    blocks = []
    for element in body.iter(f"{W}p", f"{W}tbl"):
        within = next((a for a in element.iterancestors(f"{W}tbl")), None)
        if within is not None and element.tag == f"{W}tbl":
            raise WordError("这个 Word 文件有套在表格里的表格，请拆成并列的表格，再上传。")
        if within is None:
            blocks += [_read_table(element)] if element.tag == f"{W}tbl" else _read_paragraph(element, names, numbered)
    if not blocks:
        raise WordError("这个 Word 文件是空的，请检查是否传错了文件。")
    return tuple(blocks)


def _off(element: etree._Element) -> bool:
    """A numbering that is switched off for its paragraph (number 0) numbers nothing."""
    number = element.find(f"{W}numId")
    return number is not None and number.get(f"{W}val") == "0"


def _open(data: bytes) -> tuple[etree._Element, etree._Element | None]:
    if len(data) > LARGEST:
        raise WordError(
            f"这个 Word 文件有 {len(data) / 1048576:.1f} MB，超过 5 MB；文书正文不应有图片，请删除后再上传。"
        )
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise WordError("这是旧版 .doc 或者加了密码的文件，请去掉密码并另存为 .docx，再上传。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _parts(package)
    except (zipfile.BadZipFile, EOFError, zipfile.zlib.error, NotImplementedError, RuntimeError) as wrong:
        raise WordError("这不是完整的 .docx 文件，可能上传中断或者改了扩展名，请重新上传。") from wrong
    except (etree.XMLSyntaxError, KeyError) as wrong:
        raise WordError("这个 .docx 文件内部已损坏，请用 Word 打开并另存一次，再上传。") from wrong


def _parts(package: zipfile.ZipFile) -> tuple[etree._Element, etree._Element | None]:
    entries = package.infolist()
    if len(entries) > PARTS or sum(entry.file_size for entry in entries) > UNPACKED:
        raise WordError("这个 .docx 文件展开后过大，不像文书，请删除多余内容后再上传。")
    names = {entry.filename for entry in entries}
    types = package.read("[Content_Types].xml").decode("utf-8", "replace")
    if "macroEnabled" in types or any(name.endswith((".bin", ".exe", ".ole")) for name in names):
        raise WordError("这个文件带有宏或者嵌入的程序，不能上传；请另存为不带宏的 .docx，再上传。")
    if MAIN not in types or "word/document.xml" not in names:
        raise WordError("这不是 Word 文书（.docx），请上传从本系统导出后编辑的文件。")
    for name in names:
        if name.endswith(".rels"):
            _check_links(_xml(package.read(name)))
    return _xml(package.read("word/document.xml")), _xml(
        package.read("word/styles.xml")
    ) if "word/styles.xml" in names else None


def _check_links(links: etree._Element) -> None:
    for link in links:
        kind = link.get("Type", "").rsplit("/", 1)[-1]
        if link.get("TargetMode") == "External" and kind != "hyperlink":
            raise WordError(
                "这个文件引用了外部的模板、图片或者对象，不能上传；请断开链接（文件→信息→编辑指向文件的链接）后再上传。"
            )


def _xml(data: bytes) -> etree._Element:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise WordError("这个文件里有不允许的 XML 声明，不能上传。")
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _styles(styles: etree._Element | None) -> tuple[dict[str, str], set[str]]:
    """Style names by id, and the ids of styles that number their paragraphs."""
    names, numbered = {}, set()
    for style in styles.iter(f"{W}style") if styles is not None else ():
        key = style.get(f"{W}styleId", "")
        names[key] = style.find(f"{W}name").get(f"{W}val", "") if style.find(f"{W}name") is not None else ""
        if style.find(f"{W}pPr/{W}numPr") is not None:
            numbered.add(key)
    return names, numbered


def _text(paragraph: etree._Element) -> str:
    """The paragraph's text; breaks within it as line ends."""
    said = []
    for element in paragraph.iter(f"{W}t", f"{W}br", f"{W}cr", f"{W}tab", f"{W}noBreakHyphen"):
        what = etree.QName(element).localname
        if what == "tab" and element.getparent().tag == f"{W}tabs":
            continue
        said.append(element.text or "" if what == "t" else {"tab": " ", "noBreakHyphen": "-"}.get(what, "\n"))
    return tidy("".join(said))


def _read_paragraph(paragraph: etree._Element, names: dict[str, str], numbered: set[str]) -> list[Block]:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    key = style.get(f"{W}val", "") if style is not None else ""
    text = _text(paragraph)
    if key in numbered and text:
        raise WordError(f"“{text[:12]}…”一段{REFUSED['numPr']}，再上传。")
    name = names.get(key, "")
    kind, level = STYLES[name][:2] if name in STYLES else OWN.get(name.lower(), ("paragraph", 0))
    if kind == "page":
        return [Block("page")]
    for said, mark in SAID.items():
        if text.startswith(mark):
            return [Block(said, text.removeprefix(mark).strip())]
    if not text:
        return []
    if kind == "paragraph":
        return [Block("paragraph", line) for line in text.split("\n") if line]
    return [Block(kind, text, level=level)]


def _read_table(table: etree._Element) -> Block:
    widths = [int(float(column.get(f"{W}w", "1"))) for column in table.findall(f"{W}tblGrid/{W}gridCol")]
    rows = [_read_row(row) for row in table.iter(f"{W}tr")]
    columns = max(sum(cell.span for cell in row) for row in rows) if rows else 0
    if not columns:
        raise WordError("这个 Word 文件有一个没有内容的表格，请删除后再上传。")
    rows = [(*row, *[Cell("")] * (columns - sum(cell.span for cell in row))) for row in rows]
    first = table.find(f"{W}tr")
    even = len(widths) != columns or min(widths) < 1
    header = first is not None and first.find(f"{W}trPr/{W}tblHeader") is not None
    return Block("table", rows=tuple(rows), header=header, widths=relative([1] * columns if even else widths))


def _read_row(row: etree._Element) -> tuple[Cell, ...]:
    cells = []
    for cell in row.iter(f"{W}tc"):
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        text = "\n".join(_text(paragraph) for paragraph in cell.iter(f"{W}p"))
        cells.append(Cell(tidy(text), int(span.get(f"{W}val", "1")) if span is not None else 1))
    return tuple(cells)

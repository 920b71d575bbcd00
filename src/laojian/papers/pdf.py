"""Blocks into PDF/A with typst, in the layout of official papers; the same blocks and date give the same bytes."""

import io
import json
import os
import re
import threading
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import qrcode
import typst
from qrcode.image.svg import SvgPathFillImage

from laojian.papers.amounts import day
from laojian.papers.blocks import Block, Blocks, to_json
from laojian.papers.template import Template

LAYOUTS = Path(__file__).parent / "layouts"
STANDARDS = ["a-3a"]
DRAFT_DATE = date(2000, 1, 1)
SIZES = {"official": 16, "letter": 16, "form": 12, "record": 14, "list": 12, "cover": 14}
# Faces of GB/T 9704 in the order in which they are taken when a bureau has them; the shipped Noto faces always follow,
# because FangSong and Fandol lack characters that occur in people's names.
BODY, SANS = "Noto Serif SC", "Noto Sans SC"
FACES = {
    "body": ("FangSong_GB2312", "FangSong", "仿宋_GB2312", "仿宋", "FZFangSong-Z02S", "FandolFang R", "FandolFang"),
    "kai": ("KaiTi_GB2312", "KaiTi", "楷体_GB2312", "楷体", "FZKai-Z03S", "FandolKai"),
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK"),
    "heading": ("SimHei", "黑体", "FZHei-B01S", "FandolHei"),
}
_lock = threading.Lock()


class PdfError(RuntimeError):
    """A paper that cannot be drawn; the message is Chinese and says what to do."""


def to_pdf(
    blocks: Blocks,
    template: Template,
    *,
    number: str = "",
    issued_on: date | None = None,
    fonts: Path | None = None,
    watermark: str | None = None,
) -> bytes:
    """The paper as PDF/A-3a, byte for byte the same for the same arguments and fonts.

    `number` as printed; `issued_on` the date under the seal (None leaves it blank, for drafts); `fonts` a folder of the
    bureau's own faces (else the environment's LAOJIAN_FONTS); `watermark` e.g. 草稿.
    Raises PdfError when a character has no face that draws it."""
    own = fonts or (Path(os.environ["LAOJIAN_FONTS"]) if os.environ.get("LAOJIAN_FONTS") else None)
    on = issued_on or DRAFT_DATE
    stamp = datetime(on.year, on.month, on.day, tzinfo=UTC)
    data = _data(blocks, template, number, issued_on, watermark) | {"fonts": _faces(own)}
    try:
        with _lock:
            return _compiler(template.layout, own).compile(
                format="pdf", sys_inputs={"paper": json.dumps(data)}, pdf_standards=STANDARDS, timestamp=stamp
            )
    except typst.TypstError as wrong:
        raise PdfError(_told(template, wrong)) from wrong


def _data(blocks: Blocks, template: Template, number: str, on: date | None, watermark: str | None) -> dict:
    heading = _first(blocks, "heading", level=1) or template.label
    head = _first(blocks, "head")
    kept = [b for b in blocks if b.kind not in ("head", "page_sign") and not (b.kind == "heading" and b.level == 1)]
    return {
        "title": f"{heading} {number}".strip(),
        "heading": heading,
        "head": head,
        "author": head or _first(blocks, "seal"),
        "number": number,
        "date": day(on) if on else None,
        "watermark": watermark,
        "page_sign": _first(blocks, "page_sign"),
        "size": SIZES[template.layout],
        "blocks": [
            {
                "text": "",
                "level": 0,
                "header": False,
                "widths": [],
                "svg": drawn(item["text"]) if item["kind"] == "qr" else "",
                **item,
            }
            for item in to_json(tuple(kept))
        ],
    }


def drawn(text: str) -> str:
    """The QR code of a text as SVG."""
    picture = io.BytesIO()
    qrcode.make(text, image_factory=SvgPathFillImage, border=2).save(picture)
    return picture.getvalue().decode()


def _first(blocks: Sequence[Block], kind: str, level: int = 0) -> str:
    return next((b.text for b in blocks if b.kind == kind and b.level == level), "")


@cache
def _fonts(own: Path | None) -> typst.Fonts:
    shipped = Path(pylopdf_fonts_zh_cn.__file__).parent
    folders = [str(shipped), *([str(own)] if own and own.is_dir() else [])]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


@cache
def _faces(own: Path | None) -> dict[str, list[str]]:
    there = set(_fonts(own).families())
    chosen = {use: [name for name in names if name in there][:1] for use, names in FACES.items()}
    last = {"body": [BODY, SANS], "kai": [BODY, SANS], "title": [BODY, SANS], "heading": [SANS, BODY]}
    return {use: chosen[use] + last[use] for use in FACES} | {"sans": [SANS, BODY]}


@cache
def _compiler(layout: str, own: Path | None) -> typst.Compiler:
    return typst.Compiler(LAYOUTS / f"{layout}.typ", root=LAYOUTS, font_paths=_fonts(own), ignore_system_fonts=True)


def _told(template: Template, wrong: typst.TypstError) -> str:
    if found := re.search(r'the text ["`]+(.+?)["`]+ could not be displayed', str(wrong)):
        return (
            f"文书“{template.label}”里的“{found[1]}”没有字体能画出。请把含有这个字的字体文件"
            "放进 LAOJIAN_FONTS 指向的目录，再重新生成；不要改写人名用字。"
        )
    return f"文书“{template.label}”生成 PDF 失败：{wrong}"

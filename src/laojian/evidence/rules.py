"""Which files are taken (name, true type, size, what hides inside) and what a piece of evidence must say. Pure."""

import codecs
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

import puremagic

from laojian.lawbook import law

from .archives import EICAR, PROGRAM, look_inside

MB = 1 << 20
GB = 1 << 30
HEAD = 8192


@dataclass(frozen=True)
class Sort:
    """A sort of file that is taken: how people call it, how large it may be, its extensions and their media types."""

    label: str
    limit: int
    names: dict[str, str]


SORTS = {
    "pdf": Sort("PDF 文档", 500 * MB, {"pdf": "application/pdf"}),
    "ofd": Sort("OFD 文档", 500 * MB, {"ofd": "application/ofd"}),
    "docx": Sort(
        "Word 文档", 100 * MB, {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
    ),
    "xlsx": Sort("Excel 表格", 100 * MB, {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}),
    "txt": Sort("纯文本", 20 * MB, {"txt": "text/plain"}),
    "jpeg": Sort("JPEG 图片", 100 * MB, {"jpg": "image/jpeg", "jpeg": "image/jpeg"}),
    "png": Sort("PNG 图片", 100 * MB, {"png": "image/png"}),
    "heic": Sort("HEIC 照片", 100 * MB, {"heic": "image/heic"}),
    "mp4": Sort(
        "MP4 录音录像",
        8 * GB,
        {"mp4": "video/mp4", "m4a": "audio/mp4", "mov": "video/quicktime", "3gp": "video/3gpp"},
    ),
    "mp3": Sort("MP3 录音", 2 * GB, {"mp3": "audio/mpeg"}),
    "wav": Sort("WAV 录音", 4 * GB, {"wav": "audio/wav"}),
    "amr": Sort("AMR 录音", 2 * GB, {"amr": "audio/amr"}),
    "zip": Sort("ZIP 压缩包", 4 * GB, {"zip": "application/zip"}),
}
LARGEST = max(sort.limit for sort in SORTS.values())
TAKEN = "、".join(name for sort in SORTS.values() for name in sort.names)
PROGRAM_HEADS = (
    b"MZ", b"\x7fELF", b"#!", b"\xfe\xed\xfa", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe",
    b"dex\n", b"\0asm", b"L\0\0\0\x01\x14\x02\0", b"!<arch>", b"ITSF",
)  # fmt: skip
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
MARKUP = re.compile(r"<\s*(!doctype|html|head|body|script|svg|iframe|meta|\?xml)\b|<\?xml|^mime-version:", re.I | re.M)
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.I)


@dataclass(frozen=True)
class Verdict:
    """Whether a file is taken: its media type, or every reason why not."""

    mime: str
    problems: tuple[str, ...] = ()


def check_file(name: str, content: BinaryIO, size: int) -> Verdict:
    """Judge a file by its name, size and content, of which little is read whatever its size."""
    said = f"“{shown(name)}”"
    if problems := name_problems(name):
        return Verdict("", tuple(problems))
    if size == 0:
        return Verdict("", (f"{said}是空文件（0 字节），请检查原文件后重新上传。",))
    content.seek(0)
    head = content.read(HEAD)
    if problem := danger(head, name):
        return Verdict("", (said + problem,))
    sort, problems = sniff(head), []
    if sort == "zip":
        sort, problems = look_inside(content)
    if problems:
        return Verdict("", tuple(said + problem for problem in problems))
    if problem := misfit(sort, head, name, size):
        return Verdict("", (said + problem,))
    return Verdict(SORTS[sort].names[extension(name)])


def announced_problems(name: str, size: int) -> list[str]:
    """What can be said against a file before any of it came: its name, its extension, its size in bytes."""
    said = f"“{shown(name)}”"
    if problems := name_problems(name):
        return problems
    if size < 1:
        return [f"{said}是空文件（0 字节），请检查原文件后重新上传。"]
    sort = next((sort for sort in SORTS.values() if extension(name) in sort.names), None)
    if sort is None:
        return [f"{said}的类型不在可以接收的类型之内。可以接收：{TAKEN}。"]
    if size > sort.limit:
        return [f"{said}有 {amount(size)}，{sort.label}最大 {amount(sort.limit)}。请压缩或分成几个文件后上传。"]
    return []


def name_problems(name: str) -> list[str]:
    """What is wrong with a file's name. It is never a path here, but it is shown and saved by others."""
    if not name.strip():
        return ["文件没有名称，请命名后重新上传。"]
    said = f"文件名“{shown(name)}”"
    if re.search(r"[/\\:]|^\.+", name):
        return [f"{said}带有路径符号（/、\\、:、开头的点），请改名后重新上传。"]
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") for sign in name):
        return [f"{said}带有看不见的字符，请改名后重新上传。"]
    if name != name.strip(" .") or DEVICES.fullmatch(name):
        return [f"{said}首尾有空格、点，或是系统保留名称，请改名后重新上传。"]
    if len(name) > 200:
        return [f"文件名有 {len(name)} 个字，最多 200 个，请改短后重新上传。"]
    return []


def shown(name: str) -> str:
    """The name as it may stand in a sentence: whatever cannot be seen replaced, not too long."""
    return "".join(sign if sign.isprintable() else "�" for sign in name)[:60]


def extension(name: str) -> str:
    """The extension in small letters; empty when there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def danger(head: bytes, name: str) -> str:
    """Why a file is dangerous whatever it is called; empty when it is not."""
    if EICAR in head:
        return "带有病毒特征码，已拒收，未保存。请先杀毒，再重新上传。"
    if PROGRAM.search(name) or (head.startswith(PROGRAM_HEADS) and not head.startswith(b"#!AMR")):
        return (
            "是程序、脚本、网页或带宏的文档，不予接收。文档、网页请另存为不带宏的 docx、xlsx 或 PDF 后上传；"
            "程序本身是证据的，拷入介质，作物证登记。"
        )
    if head.startswith(OLD_OFFICE):
        return "是旧版或加了密码的 Office 文档，不予接收。请去掉密码，另存为 docx、xlsx 或 PDF 后上传。"
    if MARKUP.search(text_of(head) or ""):
        return "是网页或 SVG 图形，可能带有脚本，不予接收。请打印成 PDF 或截图后上传。"
    return ""


def misfit(sort: str, head: bytes, name: str, size: int) -> str:
    """Why name, type and size do not go together; empty when they do."""
    named = extension(name)
    if sort not in SORTS:
        return f"{guess(head)}，不在可以接收的类型之内。可以接收：{TAKEN}。"
    if named not in SORTS[sort].names:
        right = "或".join(f".{each}" for each in SORTS[sort].names)
        called = f"扩展名是 .{named}" if named else "没有扩展名"
        return (
            f"{called}，内容却是{SORTS[sort].label}。请核对是否传错文件；没有传错的，把扩展名改成 {right} 后重新上传。"
        )
    if size > SORTS[sort].limit:
        return f"有 {amount(size)}，{SORTS[sort].label}最大 {amount(SORTS[sort].limit)}。请压缩或分成几个文件后上传。"
    return ""


def amount(size: int) -> str:
    """A number of bytes for people."""
    return f"{size / GB:.1f} GB" if size >= GB else f"{size / MB:.1f} MB"


def guess(head: bytes) -> str:
    """What an unknown file looks like."""
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        found = []
    return f"内容像是 {found[0].extension} 文件" if found and found[0].extension else "的类型认不出来"


def sniff(head: bytes) -> str:
    """The sort of a file by its first bytes; `zip` for all that is packed so; empty when it is none that we take."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head[4:8] == b"ftyp":
        return "heic" if head[8:12] in (b"heic", b"heix", b"mif1", b"msf1") else "mp4"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "wav"
    for sort, magic in (("pdf", b"%PDF-"), ("jpeg", b"\xff\xd8\xff"), ("png", b"\x89PNG\r\n\x1a\n"), ("amr", b"#!AMR")):
        if head.startswith(magic):
            return sort
    if head.startswith(b"ID3") or mpeg_frame(head):
        return "mp3"
    return "txt" if text_of(head) is not None else ""


def mpeg_frame(head: bytes) -> bool:
    """Whether an MPEG audio layer III frame begins here."""
    return (
        len(head) > 3
        and head[0] == 0xFF
        and head[1] & 0xE6 == 0xE2
        and head[2] >> 4 not in (0, 15)
        and head[2] >> 2 & 3 != 3
    )


def text_of(head: bytes) -> str | None:
    """The text that a file begins with, in one of the encodings used in China; None when it is no text."""
    encodings = ["utf-16"] if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(head)  # the last character may be cut in two
        except UnicodeDecodeError:
            continue
        if not any(unicodedata.category(sign) == "Cc" and sign not in "\t\n\r\f" for sign in text):
            return text
    return None


def piece_problems(piece: Mapping, with_file: bool, on: date) -> Iterator[tuple[str, str]]:
    """What is wrong with a piece of evidence entered on a day: pairs of field and sentence."""
    collected_on, kind = piece.get("collected_on"), piece.get("kind")
    if collected_on and collected_on > on:
        yield "collected_on", f"收集之日 {collected_on} 晚于入卷之日 {on}，请核对。"
    if not piece.get("from_complainant") and len(piece.get("collectors") or []) < 2:
        yield (
            "collectors",
            f"收集证据须由两名以上监察员进行，请选齐两人（{cite('lsr-16')}）；投诉人交来的请勾选“投诉人提供”。",
        )
    if kind == "electronic" and not piece.get("extraction"):
        yield "extraction", f"电子数据须写明来源设备或账号、提取方法、时间和制作人，才能查证属实（{cite('apl-46')}）。"
    if kind in ("electronic", "audio_visual") and not with_file:
        yield "kind", "电子数据、视听资料须连同文件入卷，请先上传文件。"
    if not with_file and not piece.get("title"):
        yield "title", "没有文件的证据须写明名称。"


def cite(key: str) -> str:
    """The article as cited in a sentence."""
    return law().article(key).cite

"""What hides inside a file packed as ZIP: Office and OFD documents, plain archives. Nothing is unpacked to disk."""

import re
import struct
import zipfile
from typing import BinaryIO

# Written in two halves, so that a scanner does not take this source for the thing itself.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + rb"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
DIRECTORY_LIMIT = 16 << 20  # the directory is read into memory
UNPACKED_LIMIT = 40 << 30
RATIO_LIMIT = 300
SMALL = 4096
PROGRAM = re.compile(
    r"\.(exe|com|scr|pif|dll|msi|bat|cmd|ps1|psm1|vb[se]|jse?|ws[fh]|hta|lnk|reg|jar|apk|app|sh|py|pl|rb|php|jsp|aspx?"
    r"|chm|cpl|sys|drv|url|scf|inf|desktop|do[ct]m|xl[st]m|xlsb|xlam|p[op]tm|ppsm|x?html?|mht|mhtml|svg)$",
    re.IGNORECASE,
)
ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".bz2", ".xz", ".tar", ".iso", ".cab")
MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "OFD.xml": "ofd", "ppt/presentation.xml": "pptx"}


def look_inside(content: BinaryIO) -> tuple[str, list[str]]:
    """The true sort of a packed file (docx, xlsx, ofd, pptx or zip), and what is wrong with it. Constant memory."""
    if directory_size(content) > DIRECTORY_LIMIT:
        return "zip", ["里面的文件太多或目录已损坏，请分成几个压缩包。"]
    try:
        content.seek(0)
        with zipfile.ZipFile(content) as packed:
            return judged(packed)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        return "zip", ["已损坏，打不开。请重新打包或保存后上传。"]


def directory_size(content: BinaryIO) -> int:
    """The size in bytes of the archive's directory, as its last record says; 0 when there is no such record."""
    end = content.seek(0, 2)
    content.seek(max(0, end - 66_000))
    tail = content.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 16:
        return 0
    size = struct.unpack_from("<L", tail, at + 12)[0]
    long = tail.rfind(b"PK\x06\x06")
    if size == 0xFFFFFFFF and 0 <= long <= len(tail) - 48:
        size = struct.unpack_from("<Q", tail, long + 40)[0]
    return size


def judged(packed: zipfile.ZipFile) -> tuple[str, list[str]]:
    """The sort and the faults of an opened archive."""
    members = packed.infolist()
    names = {member.filename for member in members}
    sort = next((sort for part, sort in MAIN_PARTS.items() if part in names), "zip")
    if not members:
        return sort, ["是空的压缩包。"]
    if any(member.flag_bits & 1 for member in members):
        return sort, ["加了密码，无法检查。请去掉密码后上传。"]
    total, held = sum(member.file_size for member in members), sum(member.compress_size for member in members)
    if total > UNPACKED_LIMIT or (total > SMALL << 10 and total > RATIO_LIMIT * max(held, 1)):
        return sort, ["解开后大得不正常，已拒收。请分成几个压缩包。"]
    if has_macros(packed, names):
        return sort, ["带有宏，不予接收。请另存为不带宏的 docx、xlsx，或转成 PDF 后上传。"]
    if "META-INF/MANIFEST.MF" in names or "AndroidManifest.xml" in names:
        return sort, ["是程序包，不予接收。"]
    problems = [problem for member in members if (problem := member_problem(packed, member, sort))]
    return sort, problems[:5]


def has_macros(packed: zipfile.ZipFile, names: set[str]) -> bool:
    """Whether an Office document carries program code."""
    if any(name.lower().endswith("vbaproject.bin") or "/macrosheets/" in name or "/activeX/" in name for name in names):
        return True
    if "[Content_Types].xml" not in names:
        return False
    with packed.open("[Content_Types].xml") as types:
        return b"macroenabled" in types.read(1 << 20).lower()


def member_problem(packed: zipfile.ZipFile, member: zipfile.ZipInfo, sort: str) -> str:
    """What is wrong with one member; empty when nothing is."""
    name = readable(member)
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or name[1:2] == ":":
        return f"里面的“{name[:60]}”带有越出文件夹的路径，不予接收。请重新打包。"
    if sort == "zip" and PROGRAM.search(name):
        return f"里面的“{name[:60]}”是程序、脚本、网页或带宏的文档，请取出后重新打包。"
    if sort == "zip" and name.lower().endswith(ARCHIVES):
        return f"里面还有压缩包“{name[:60]}”，无法检查。请解开后把文件直接打包。"
    if member.file_size <= SMALL and EICAR in packed.read(member):
        return f"里面的“{name[:60]}”带有病毒特征码，已拒收，未保存。请先杀毒。"
    return ""


def readable(member: zipfile.ZipInfo) -> str:
    """The member's name; archives made by Windows in China hold it in GBK without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename

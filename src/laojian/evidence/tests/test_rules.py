"""Which files are taken: true types by content, and everything refused with its sentence."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laojian.evidence.archives import EICAR, look_inside
from laojian.evidence.rules import GB, SORTS, check_file, name_problems

from .files import JPEG, PDF, PNG, excel, sound, word, zipped

MP4 = b"\0\0\0\x20ftypisom\0\0\2\0isomiso2" + b"\0" * 64
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512
MACROS = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", "word/vbaProject.bin": b"x"}


def judged(name: str, content: bytes, size: int | None = None):
    return check_file(name, io.BytesIO(content), len(content) if size is None else size)


@pytest.mark.parametrize(
    ("name", "content", "mime"),
    [
        ("工资表.pdf", PDF, "application/pdf"),
        ("现场.JPG", JPEG, "image/jpeg"),
        ("现场.jpeg", JPEG, "image/jpeg"),
        ("截图.png", PNG, "image/png"),
        ("照片.heic", b"\0\0\0\x18ftypheic\0\0\0\0", "image/heic"),
        ("欠条.docx", word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("考勤.xlsx", excel(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("版式.ofd", zipped({"OFD.xml": b"<OFD/>"}), "application/ofd"),
        ("询问.mp4", MP4, "video/mp4"),
        ("录音.m4a", MP4.replace(b"isom", b"M4A "), "audio/mp4"),
        ("录音.mp3", b"ID3\x04\0\0\0\0\0\0" + b"\0" * 64, "audio/mpeg"),
        ("通话.mp3", b"\xff\xfb\x90\x64" + b"\0" * 400, "audio/mpeg"),
        ("录音.wav", sound(), "audio/wav"),
        ("录音.amr", b"#!AMR\n\x3c\x91", "audio/amr"),
        ("材料.zip", zipped({"欠条/1.txt": "张某".encode()}), "application/zip"),
        ("聊天记录.txt", "王某：工资什么时候发？\r\n".encode(), "text/plain"),
        ("聊天记录.txt", "王某：工资什么时候发？".encode("gb18030"), "text/plain"),
        ("聊天记录.txt", "王某：工资".encode("utf-16"), "text/plain"),
        ("镕𬭎 的欠条 (1).final.pdf", PDF, "application/pdf"),
    ],
)
def test_what_is_taken(name, content, mime):
    verdict = judged(name, content)
    assert (verdict.problems, verdict.mime) == ((), mime)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("空.pdf", b"", "是空文件（0 字节）"),
        ("工资表.pdf", JPEG, "扩展名是 .pdf，内容却是JPEG 图片"),
        ("照片.jpg", PDF, "改成 .pdf 后重新上传"),
        ("照片", PNG, "没有扩展名，内容却是PNG 图片"),
        ("表.docx", excel(), "内容却是Excel 表格"),
        ("表.xlsx", zipped({"a.txt": b"x"}), "内容却是ZIP 压缩包"),
        ("test.txt", EICAR, "病毒特征码"),
        ("test.pdf", EICAR + b"\r\n", "病毒特征码"),
        ("材料.zip", zipped({"a/eicar.txt": EICAR}, compression=zipfile.ZIP_DEFLATED), "“a/eicar.txt”带有病毒特征码"),
        ("合同.docx", zipped({**MACROS, "word/vbaProject.bin": b""}), "带有宏"),
        ("合同.xlsx", zipped({"xl/workbook.xml": b"", "xl/macrosheets/sheet1.xml": b""}), "带有宏"),
        (
            "合同.docx",
            zipped(
                {
                    "word/document.xml": b"",
                    "[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main+xml",
                }
            ),
            "带有宏",
        ),
        ("合同.docm", zipped(MACROS), "程序、脚本、网页或带宏"),
        ("工资表.pdf.exe", b"MZ\x90\0" + b"\0" * 64, "程序、脚本"),
        ("工资表.pdf", b"MZ\x90\0" + b"\0" * 64, "程序、脚本"),
        ("工资表.txt", b"#!/bin/sh\nrm -rf /\n", "程序、脚本"),
        ("工资表.txt", b"\x7fELF\2\1\1", "程序、脚本"),
        ("run.js", b"alert(1)", "程序、脚本"),
        ("说明.txt", b"\xef\xbb\xbf  <!DOCTYPE html><p>x", "网页或 SVG"),
        ("说明.html", b"<html></html>", "程序、脚本、网页"),
        ("图.png", b"<?xml version='1.0'?><svg onload='x'/>", "网页或 SVG"),
        ("说明.txt", "<script>x</script>".encode("utf-16"), "网页或 SVG"),
        ("旧表.xls", OLE, "旧版或加了密码的 Office"),
        ("材料.rar", b"Rar!\x1a\x07\x00aaaa", "内容像是 .rar 文件，不在可以接收的类型之内"),
        ("乱码.bin", b"\x00\x01\x02\x03" * 20, "的类型认不出来"),
        ("演示.pptx", zipped({"ppt/presentation.xml": b""}), "不在可以接收的类型之内"),
        ("材料.zip", zipped({"a/b.exe": b"MZ"}), "“a/b.exe”是程序"),
        ("材料.zip", zipped({"a/b.zip": b"PK"}), "里面还有压缩包“a/b.zip”"),
        ("材料.zip", zipped({"../../etc/passwd": b"x"}), "越出文件夹的路径"),
        ("材料.zip", zipped({"C:\\x.txt": b"x"}), "越出文件夹的路径"),
        ("材料.zip", zipped({}), "空的压缩包"),
        ("材料.zip", zipped({"a.txt": b"x" * 999})[:-30], "已损坏"),
        ("材料.zip", zipped({"big.txt": b"\0" * (8 << 20)}, compression=zipfile.ZIP_DEFLATED), "大得不正常"),
        ("程序.zip", zipped({"META-INF/MANIFEST.MF": b"x"}), "是程序包"),
    ],
)
def test_what_is_refused_and_in_which_words(name, content, said):
    verdict = judged(name, content)
    assert verdict.mime == "" and any(said in problem for problem in verdict.problems), verdict
    assert all(name[:2] in problem for problem in verdict.problems)


def test_a_locked_archive_is_refused():
    locked = bytearray(zipped({"a.txt": b"x"}))
    for head, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.find(head) + flags] |= 1
    assert "加了密码" in judged("材料.zip", bytes(locked)).problems[0]


def test_names_packed_by_windows_are_told_in_chinese():
    content = zipped({"QQQQ.exe": b"MZ"}).replace(b"QQQQ.exe", "工具".encode("gbk") + b".exe")
    assert "“工具.exe”是程序" in judged("材料.zip", content).problems[0]


def test_a_directory_too_large_to_read_is_never_read():
    content = bytearray(zipped({"a.txt": b"x"}))
    at = content.rfind(b"PK\x05\x06")
    content[at + 12 : at + 16] = (1 << 30).to_bytes(4, "little")
    assert look_inside(io.BytesIO(bytes(content))) == ("zip", ["里面的文件太多或目录已损坏，请分成几个压缩包。"])


@pytest.mark.parametrize(
    ("name", "content", "size", "said"),
    [
        ("工资表.pdf", PDF, 600 << 20, "有 600.0 MB，PDF 文档最大 500.0 MB"),
        ("询问.mp4", MP4, 9 * GB, "有 9.0 GB，MP4 录音录像最大 8.0 GB"),
    ],
)
def test_what_is_too_large(name, content, size, said):
    assert said in judged(name, content, size).problems[0]


@pytest.mark.parametrize("sort", SORTS)
def test_no_sort_takes_a_program_of_its_name(sort):
    for named in SORTS[sort].names:
        assert judged(f"a.{named}", b"MZ\x90\0" + b"\0" * 64).problems


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../../etc/passwd.pdf", "路径符号"),
        ("a\\b.pdf", "路径符号"),
        ("C:a.pdf", "路径符号"),
        (".htaccess.txt", "路径符号"),
        ("工资\u202efdp.exe", "看不见的字符"),
        ("工资\x00.pdf", "看不见的字符"),
        ("a.pdf.", "首尾有空格、点"),
        ("a.pdf ", "首尾有空格、点"),
        ("con.txt", "系统保留名称"),
        ("x" * 200 + ".pdf", "有 204 个字，最多 200 个"),
        (" ", "没有名称"),
    ],
)
def test_tricks_in_names(name, said):
    (problem,) = name_problems(name)
    assert said in problem and problem.isprintable()
    assert judged(name, PDF).problems == (problem,)


@given(st.text(max_size=40), st.binary(max_size=600))
def test_any_file_is_answered_never_a_crash(name, content):
    verdict = judged(name, content)
    assert bool(verdict.mime) != bool(verdict.problems)


@given(st.binary(max_size=400))
def test_any_broken_archive_is_answered(content):
    sort, problems = look_inside(io.BytesIO(b"PK\x03\x04" + content))
    assert sort and problems

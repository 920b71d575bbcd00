"""A draft goes out as Word, comes back changed, and is fixed for good once it has its number."""

from io import BytesIO

import docx
import pytest

from . import cast
from .files import upload

pytestmark = pytest.mark.django_db


def test_a_draft_is_edited_in_word_until_it_is_numbered(people, world, time):
    file = cast.inquired(world, time, "2026-03-03", cast.employers())
    time("2026-03-04", 9)
    paper = cast.paper_called(world.zhang, file, "acceptance_notice")
    inspector, other = people(world.zhang), people(world.li)
    inspector.open("paper", paper).sees("用 Word 修改").picture("paper-word")
    changed = edited(inspector.downloads("Word"), "办理情况可以凭查询码查询。")
    inspector.attach("改好的 Word 文件（.docx）", upload("通知书.docx", b"not a Word file")).press("上传").answered(
        422
    ).sees("Word")
    inspector.attach("改好的 Word 文件（.docx）", upload("通知书.docx", changed)).press("上传")
    inspector.sees("已按 Word 修改", "办理情况可以凭查询码查询。")

    # While one has the draft before the eyes, the other gives it its number.
    other.open("paper", paper).follow("文书成文").press("文书成文").sees("宝人社监受〔2026〕1号")
    inspector.attach("改好的 Word 文件（.docx）", upload("通知书.docx", edited(changed, "另加一句。"))).press("上传")
    inspector.answered(422).sees("已经成文编号或者作废的文书不能再改，可以另行起草").does_not_see("另加一句。")


def edited(word: bytes, sentence: str) -> bytes:
    """The same document with one more sentence after its longest paragraph."""
    document, target = docx.Document(BytesIO(word)), BytesIO()
    longest = max(document.paragraphs, key=lambda each: len(each.text))
    longest.runs[-1].text += sentence
    document.save(target)
    return target.getvalue()

"""One case from an oral complaint to the archive; then the file is printed whole, and nothing is missing in it."""

import io
import os
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from laojian.papers.actions import templates
from laojian.papers.binding import NotBindable, pages_of
from laojian.papers.queries import leaves_of, whole_file
from laojian.people.acting import acting
from tests.casework import PARTS, Story
from tests.scans import photograph

pytestmark = pytest.mark.django_db

OUT = os.environ.get("LAOJIAN_WHOLE_FILE")  # where to leave the PDF for somebody who wants to look at it


ORDER = (
    "行政处罚决定书", "行政处罚决定书送达回证", "立案审批表", "口头投诉笔录", "询问笔录", "证据清单", "证据2：工资支付台账",
    "劳动保障监察限期改正指令书", "劳动保障监察限期改正指令书签批单", "改正情况核查表", "调查终结报告", "法制审核意见书",
    "行政处罚事先告知书",
    "陈述申辩笔录", "陈述申辩复核意见", "行政执法决定审批表", "支付情况记录表", "处理结果告知书", "结案审批表",
)  # fmt: skip


def test_the_whole_file_is_printed_and_lacks_nothing(world):
    story = Story(world)
    for part in PARTS:
        part(story)
    file = story.fresh()
    with acting(world.zhang.pk):
        printed, leaves = whole_file(file), list(leaves_of(file))
    if OUT:
        Path(OUT).write_bytes(printed)
    assert file.state == "archived" and not file.drafts
    nothing_is_missing(file)
    reader = PdfReader(io.BytesIO(printed))
    text = [page.extract_text() for page in reader.pages]
    assert not any(word in page for page in text for word in ("待填", "暂定", "见案卷"))
    assert {round(float(page.mediabox.width)) for page in reader.pages} == {595}
    titles = [mark.title for mark in reader.outline]
    assert (titles[:2], titles[-1]) == (["卷宗封面", "卷内目录"], "卷内备考表")
    assert titles[2:-1] == [leaf.title for leaf in leaves if leaf.pages]
    places = [titles.index(title) for title in ORDER]
    assert places == sorted(places)
    catalogue = "".join(page for page in text if "卷内目录" in page or re.search(r"第\s*\d\s*页\s*共", page))
    assert "原物另存" in "".join(catalogue.split()) and "1—5" in catalogue  # the decision, its letter of repair


def nothing_is_missing(file):
    """Every paper has date and, as its kind demands, number, seal or signatures; every service its signed receipt."""
    for paper in file.papers:
        template = templates()[paper["code"]]
        assert bool(paper["seals"]) == bool(template.seal or template.by_hand), paper["label"]
        assert bool(paper["number"]) == bool(template.number_word) and paper["issued_on"]
        assert bool(template.serve) == bool(paper["services"]) and all(s["receipt"] for s in paper["services"])


def test_an_unreadable_piece_is_told_in_the_catalogue_and_stops_nothing():
    for broken in (b"%PDF-1.7 not really", b"MZ\x90 a program", photograph()[:60]):
        with pytest.raises(NotBindable, match="无法并入打印"):
            pages_of(broken)
    assert len(pages_of(photograph())) == 1

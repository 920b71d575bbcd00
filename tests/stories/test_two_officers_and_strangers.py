"""What one officer may do another may not do again; what belongs to one bureau is not there for another."""

import pytest
from django.urls import reverse

from . import cast
from .files import photograph, upload

pytestmark = pytest.mark.django_db


def test_two_officers_press_the_same_button_and_the_second_is_told_who_was_first(people, world, time):
    file = cast.complaint(world, time("2026-03-02", 9), cast.employers()).id
    time("2026-03-02", 10)
    first, second = people(world.zhou), people(world.zhang)
    for each in (first, second):
        each.open("step", file, "propose_filing").choose("违法状态", "继续").fill("违法行为起", "2025-10-01")
        each.fill("立案意见", "拟予立案。").tick("属于劳动保障监察职权并由本机关管辖")
    first.press("拟予立案").sees("已办理：")
    second.press("拟予立案").answered(422).sees("周受理已于 03-02 10:00 先行办理“拟予立案”", "请刷新页面核对").picture(
        "too-late"
    )


def test_another_bureau_finds_no_such_page(people, world, time):
    file = cast.inquired(world, time, "2026-03-03", cast.employers())
    time("2026-03-05", 9)
    inspector = people(world.zhang)
    inspector.open("evidence_upload", file).choose("证据种类", "书证").fill("名称", "照片").fill("证明内容", "欠薪")
    inspector.fill("来源（提供人）", "单位").attach("文件", upload("照片.png", photograph(9))).press("上传").sees(
        "✓ 已收"
    )
    paper = cast.papers_of(world.zhang, file)[0]
    pages = [("dossier", [file]), ("step", [file, "record_inquiry"]), ("claims", [file]), ("claims_import", [file])]
    pages += [
        ("evidence_upload", [file]),
        ("evidence_item", [2]),
        ("evidence_file", [2]),
        ("paper", [paper]),
        ("receipt", [1]),
    ]
    pages += [
        ("paper_pdf", [paper]),
        ("paper_word", [paper]),
        ("whole_file", [file]),
        ("informant", [1]),
        ("claims_job", [file, 1]),
    ]
    for stranger in (world.outsider, world.outsider_head):
        there = people(stranger)
        for name, args in pages:
            there.page.goto(there.site + reverse(name, args=args))
            assert there.status in ((404,) if stranger is world.outsider else (403, 404)), name
            there.does_not_see(cast.DEBTOR)
        there.open("search", q="宏示").does_not_see("拖欠工资案")
    # The city stands above and sees the file; what it looks at is its own line.
    people(world.city_inspector).open("dossier", file).answered(200).sees(cast.DEBTOR)

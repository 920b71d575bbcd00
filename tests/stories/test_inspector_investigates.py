"""The inspector asks, gathers, orders; papers go their way to whom they bind; the money comes from three sides."""

import pytest
from playwright.sync_api import expect

from . import cast
from .files import photograph, scan, upload

pytestmark = pytest.mark.django_db
ASKED = "问：工资为什么没有发？\n答：工程款没有结清。\n问：一共欠多少？\n答：四个人，五万六千元。"


def test_the_inspector_holds_an_inquiry_and_gathers_evidence_on_a_phone(people, world, time):
    file = cast.investigating(world, time, "2026-03-03", cast.employers()).id
    time("2026-03-05", 10, 30)
    inspector = people(world.zhang, phone=True)
    inspector.open("workbench").sees(cast.DEBTOR).open("dossier", file).sees("调查中", "卷内没有证据").picture(
        "phone-dossier"
    )
    # All that stands against the end of the investigation is told at once.
    inspector.sees("还没有送达的限期改正指令书")
    inspector.follow("询问").fill("被询问人", "示海生").fill("与本案关系", "法定代表人")
    inspector.fill("开始时间", "2026-03-05T10:40").fill("地点", "示例路 11 号").fill("问答", ASKED)
    inspector.press("询问").answered(422).sees("请核实后勾选", "结束时间须晚于开始时间", "工程款没有结清")
    inspector.fill("开始时间", "2026-03-05T09:35").tick("已出示执法证件，并告知权利义务和申请回避的权利").picture(
        "phone-inquiry"
    )
    inspector.press("询问").sees("已办理：", "询问笔录")

    inspector.follow("补充证据").choose("证据种类", "书证").fill("名称", "工资表照片").fill(
        "证明内容", "欠薪的人数和月份"
    )
    inspector.fill("来源（提供人）", cast.DEBTOR).choose("原件或复制件", "与原件核对无异")
    inspector.attach(
        "文件",
        upload("工资表一.png", photograph(1)),
        upload("考勤表.pdf", photograph(2)),
        upload("通知.pdf", b"MZ" + bytes(200)),
    )
    inspector.press("上传").sees("✓ 已收", "⚠ 未收", "考勤表.pdf").picture("phone-evidence")
    expect(inspector.page.get_by_text("✓ 已收")).to_have_count(1)
    expect(inspector.page.get_by_text("⚠ 未收")).to_have_count(2)

    # An old telephone without JavaScript gets the same, in one piece.
    plain = people(world.li, phone=True, javascript=False)
    plain.open("evidence_upload", file).choose("证据种类", "视听资料").fill("名称", "现场录像").fill(
        "证明内容", "工人在场"
    )
    plain.fill("来源（提供人）", "现场拍摄").choose("原件或复制件", "原件")
    plain.attach("文件", upload("现场.png", photograph(3)), upload("现场.mp4", scan())).press("上传")
    plain.answered(422).sees("✓ 已收", "⚠ 未收", "现场.mp4").open("dossier", file).sees("工资表照片", "现场录像")
    plain.follow("工资表照片").sees("保管经过", "张监察")
    assert plain.downloads("下载（将记录）") == photograph(1)

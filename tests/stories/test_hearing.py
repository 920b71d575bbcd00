"""A party asks for a hearing; it is set, announced and seen beside its case, which waits for it."""

import pytest

from tests.beside import SETTING, requested, told_briefly
from tests.casework import Story

pytestmark = pytest.mark.django_db


def test_a_hearing_is_asked_for_and_set_beside_its_case(people, world, time):
    story = Story(world)
    told_briefly(story)
    time("2026-04-08", 9)
    inspector = people(world.zhang)
    inspector.open("dossier", story.file.id).follow("登记听证要求").fill("要求听证的事项和理由", "罚款数额过重。")
    inspector.choose("方式", "口头，由本机关制作申请书交其签名").choose(
        "要求听证的当事人", "宏示装饰工程（示例）有限公司（用人单位）"
    )
    inspector.press("登记听证要求").sees("分卷", "待审查听证要求")
    inspector.sees("听证尚未结束")
    hearing = story.beside("hearing").file.id

    reviewer = people(world.zhao)
    reviewer.open("dossier", hearing).sees("所属案件", "听证申请书").follow("同意举行听证").fill(
        "意见", "符合条件。"
    ).press("同意举行听证")
    leader = people(world.sun)
    leader.open("dossier", hearing).follow("指定主持人").choose("主持人", "何听证").choose("记录员", "张监察")
    leader.tick("主持人、记录员都是本机关公务员，没有参与本案调查，与本案没有利害关系").press("指定主持人").answered(
        422
    )
    leader.sees("记录员参与了本案调查").choose("记录员", "周受理").press("指定主持人").sees("待确定听证时间")
    host = people(world.he)
    host.open("dossier", hearing).follow("通知听证").fill("举行时间", "2026-04-10T09:00").fill(
        "举行地点", SETTING["place"]
    )
    host.choose("是否公开", "公开举行").picture("hearing").press("通知听证").answered(422).sees("至迟须在")
    host.fill("举行时间", SETTING["held_at"]).press("通知听证").sees("听证通知待送达", "听证通知书")
    host.open("dossiers").sees("听证通知待送达")


def test_the_host_keeps_the_record_piece_by_piece(people, world, time):
    story = Story(world)
    told_briefly(story)
    hearing = requested(story)
    hearing.do("accept_hearing", world.zhao, "2026-04-09", opinion="同意")
    hearing.do("appoint_host", world.sun, host=world.he.pk, recorder=world.zhou.pk, own=True)
    hearing.do("notify_hearing", world.he, "2026-04-10", **SETTING)
    hearing.finish("hearing_notice", by=world.he)
    hearing.serve(
        "serve_hearing_notice", "hearing_notice", story.party(), by=world.he, receiver="陈示东", place="示例路"
    )
    time("2026-04-24", 12)
    host = people(world.he)
    host.open("dossier", hearing.file.id).follow("举行听证").fill("开始时间", "2026-04-24T09:00").fill(
        "结束时间", "2026-04-24T11:00"
    )
    host.fill("到场人员", "陈示东（法定代表人）\n张监察（调查人员）")
    host.fill("调查人员提出的事实、证据、依据和处罚建议", "拖欠工资，建议罚款。")
    host.fill("主持人询问和回答", "问答。").fill("当事人的申辩", "请求从轻。").fill("相互辩论", "就支付能力辩论。")
    for nth in (1, 2, 3):
        host.within(f"第 {nth} 件证据").fill("质证意见", "无异议")
    host.fill("当事人的最后陈述", "请求从轻。").press("举行听证").sees("待提出听证报告", "听证笔录")

"""An inspector lets a party pay by instalments beside the case; two officers report a crime, and the head sees the sums."""

import pytest

from tests.beside import REPORTED, decided_briefly, enforcing, owing, suspected
from tests.casework import Story

pytestmark = pytest.mark.django_db


def test_time_to_pay_is_asked_for_in_the_enforcement_beside_the_case(people, world, time):
    story = Story(world)
    decided_briefly(story)
    track = enforcing(story)
    time("2026-05-12", 9)
    inspector = people(world.zhang)
    inspector.open("dossier", story.file.id).sees("分卷", "督促履行").follow("执行：宏示装饰工程（示例）有限公司")
    inspector.follow("登记延期分期申请").fill("经济困难的情况", "工程款没有收到。").fill("证明材料", "银行流水")
    inspector.within("第 1 期").fill("缴纳截止日（如 2026-09-30）", "2026-06-10").fill("金额（元）", "3000")
    inspector.press("登记延期分期申请").answered(422).sees("各期合计 ¥3,000.00，尚欠罚款 ¥8,000.00")
    inspector.within("第 1 期").fill("金额（元）", "8000")
    inspector.press("登记延期分期申请").sees("延期分期待批准")
    leader = people(world.sun)
    leader.open("dossier", track.file.id).follow("批准延期分期").fill("意见", "情况属实。").press("批准延期分期")
    leader.sees("延期分期缴纳", "分期（延期）缴纳的当期期限", "延期（分期）缴纳罚款批准书")


def test_the_sums_of_a_crime_are_in_sight_before_anybody_reports_or_decides(people, world, time):
    story = Story(world)
    owing(story)
    track = suspected(story)
    track.do("name_team", world.wang, lead=world.zhang.pk, second=world.li.pk)
    time("2026-04-02", 9)
    inspector = people(world.zhang)
    inspector.open("dossier", track.file.id).follow("提出移送报告").sees("全国幅度", "未设定数额时", "18,600.50元")
    inspector.picture("transfer-report")
    track.do("report_crime", world.zhang, "2026-04-02", **REPORTED)
    head = people(world.qian)
    head.open("dossier", track.file.id).follow("批准移送公安").sees(
        "累计欠付 ¥36,200.50", "涉嫌犯罪案件情况调查报告"
    ).picture("transfer-approval")

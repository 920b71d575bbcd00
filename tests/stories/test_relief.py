"""A party asks for reconsideration of its penalty, which runs beside the case; the head of the bureau takes a wrong decision back."""

import pytest

from tests.beside import contested, decided_briefly
from tests.casework import Story

pytestmark = pytest.mark.django_db


def test_reconsideration_is_answered_in_time_and_what_it_decides_takes_effect(people, world, time):
    story = Story(world)
    decided_briefly(story)
    track = contested(story).file.id
    time("2026-05-13", 9)
    reviewer = people(world.zhao)
    reviewer.open("dossier", track).sees("所属案件", "待受理").follow("登记受理").fill("受理之日", "2026-05-12")
    reviewer.fill("收到申请书（起诉状）副本之日", "2026-05-13").fill("案号", "示例 1 号").choose("程序", "普通").press(
        "登记受理"
    )
    reviewer.sees("审理中", "答复").picture("relief")
    time("2026-05-22", 9)
    reviewer.comes_back().open("dossier", track).follow("登记变更").fill("文书文号", "示例 2 号").fill(
        "收到之日", "2026-05-22"
    )
    reviewer.fill("生效之日", "2026-05-22").fill("主要内容和理由", "罚款过重。").fill(
        "变更后的罚款（元）", "5000"
    ).press("登记变更").sees("已办理：登记变更")
    reviewer.open("dossier", story.file.id).sees("5,000.00")


def test_the_head_takes_a_wrong_decision_back(people, world, time):
    story = Story(world)
    decided_briefly(story)
    time("2026-05-11", 9)
    head = people(world.qian)
    head.open("dossier", story.file.id).unfold("其他可办事项").follow("纠正决定").choose(
        "决定书", "行政处罚决定书"
    ).choose("纠正方式", "撤销")
    head.fill("发现的错误、事实和理由", "认定的主体有误。").picture("correction").press("纠正决定").sees(
        "已作废", "自行撤销"
    )

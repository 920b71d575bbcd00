"""A unit judges every decision, its head approves, everybody reads of the major violation, and the employer objects in time."""

from types import SimpleNamespace

import pytest

from tests.beside import decided_briefly
from tests.casework import COMPANY, Story
from tests.world import at

pytestmark = pytest.mark.django_db


def test_a_major_violation_is_published_and_an_objection_answered(people, world, time):
    time("2026-04-20", 9)
    case = Story(world)
    decided_briefly(case)
    time("2026-05-06", 9)
    inspector = people(world.zhang)
    inspector.open("publications").sees("有 1 件已送达的决定还没有判断").follow("拟订批次").press("开始判断").sees(
        "逐件判断", COMPANY
    )
    file = int(inspector.page.url.rstrip("/").split("/")[-1])
    inspector.open("step", file, "include").choose("决定", COMPANY)
    inspector.choose("属于哪一种情形", "其他重大").fill("判断的理由", "拒不提供台账，性质恶劣。")
    inspector.fill("主要违法事实", "拒不提供工资台账，联系电话 13900000000。").fill("处理情况", "罚款 8000 元。")
    inspector.press("列入公布").answered(422).sees("个人隐私")
    inspector.fill("主要违法事实", "拒不提供工资支付台账。").press("列入公布").sees("列入公布", "性质恶劣")
    inspector.open("step", file, "propose_round").fill("意见", "请批准").press("提交批准").sees("公布待批准")
    people(world.sun).open("step", file, "approve_round").fill("意见", "同意公布").press("批准公布").sees("待公布")
    sealing = Story(world, "publication")
    sealing.file, sealing.now = SimpleNamespace(id=file), at("2026-05-06", 9)
    sealing.finish("publication_notice")
    time("2026-05-06", 14)
    inspector.comes_back().open("step", file, "publish_round").fill("公布的网站、报刊", "本局门户网站")
    inspector.press("向社会公布").sees("公布中").picture("publication")

    somebody = people(phone=True)
    somebody.open("home").follow("重大违法公布").sees(COMPANY, "拒不提供工资支付台账")

    time("2026-05-11", 9)
    clerk = people(world.zhou)
    clerk.open("step", file, "note_objection").fill("收到异议之日", "2026-05-11").fill("异议的内容", "已经补交台账。")
    clerk.press("登记公布异议").sees("2026-06-01")
    head = people(world.sun)
    head.open("step", file, "answer_objection").choose("复核结果", "异议成立，更正").fill(
        "理由", "台账已于五月补交"
    ).press("答复公布异议")
    inspector.comes_back().open("step", file, "correct_public").choose("原因", "异议成立").fill("理由", "异议成立")
    inspector.fill("主要违法事实", "曾拒不提供工资支付台账，后补交。").fill("处理情况", "罚款 8000 元。").press(
        "更正公布内容"
    ).sees("后补交")
    somebody.open("public_violations").sees("后补交")

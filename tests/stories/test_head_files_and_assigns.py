"""The clerk proposes, the head of the unit files the case and puts it into the hands of two inspectors."""

import pytest

from . import cast

pytestmark = pytest.mark.django_db


def test_the_head_files_what_the_clerk_proposes_and_assigns_two_inspectors(people, world, time):
    firms = cast.employers()
    old = cast.expired(world)
    file = cast.complaint(world, time("2026-03-02", 9), firms).id
    time("2026-03-03", 9, 30)
    clerk = people(world.zhou)
    clerk.open("dossier", file).sees("受理审查", "2026-03-09").picture("dossier-acceptance").follow("拟予立案")
    clerk.choose("违法状态", "继续").fill("违法行为起", "2025-10-01").fill("立案意见", "符合三项条件，拟予立案。")
    clerk.picture("propose-filing").press("拟予立案").answered(422).sees("属于劳动保障监察职权")
    clerk.tick("属于劳动保障监察职权并由本机关管辖").press("拟予立案").sees("已办理：", "待批准立案")
    # The clerk sees the next step grey, with the reason; nobody can press it for the head.
    clerk.sees("批准立案", "由监察机构负责人办理")

    time("2026-03-03", 10)
    head = people(world.wang)
    head.open("workbench").sees("待我审批", cast.DEBTOR).picture("workbench-head").follow(
        "待批准立案", within="#approvals"
    )
    head.follow("批准立案").sees("符合三项条件，拟予立案。", "继续", "开始计算：调查期限").picture("approve-filing")
    head.fill("意见", "同意立案。").press("批准立案").sees("宝人社监立〔2026〕1号", "已立案")
    head.follow("指派承办").sees("陈监察（没有有效的执法证件）")
    head.choose("主办监察员", old.name).choose("协办监察员", "李监察").press("指派承办")
    head.answered(422).sees("陈监察没有在 2026-03-03 有效的执法证件", "处罚法 42").picture("assign-refused")
    head.choose("主办监察员", "张监察").press("指派承办").sees("调查", "张监察", "主办", "李监察")
    # 60 working days from the day after filing, and 90 days, run side by side.
    head.sees("调查期限", "2026-05-29", "行政处罚决定期限", "2026-06-01")

"""A handler sees what the file would score and why; supervision draws the sample, assesses, the handler answers, a second look ends it."""

import pytest

from tests.beside import closed_briefly, supervisor, told_briefly
from tests.casework import Story

pytestmark = pytest.mark.django_db


def test_a_closed_file_is_sampled_assessed_answered_and_looked_at_again(people, world, time):
    story, who = Story(world), supervisor(world)
    closed_briefly(story)
    time("2026-06-01", 9)
    handler = people(world.zhang)
    handler.open("dossier", story.file.id).sees("案卷自评", "扣分项", "仍是草稿，没有成文", "项须人工评定")
    handler.picture("score", of="#score")
    supervision = people(who)
    supervision.open("assessments", year=2026).sees("每名主办人员至少 1 件：张监察").picture("assessments")
    supervision.press("将 1 件列入评查").sees("已将 1 件列入 2026 年度案卷评查", "待评查")
    supervision.page.locator("#reviews tbody a").first.click()
    supervision.sees("案卷自评", "提出评查意见").follow("提出评查意见")
    mark = supervision.within("第 1 处")
    mark.choose("评查项", "E1 ").fill("扣几分（否决项不填）", "9").fill(
        "哪一份材料、什么问题", "决定书没有写明裁量的具体情节"
    )
    supervision.fill("评查意见", "请补齐文书，写明裁量理由。").fill("请于何日之前整改", "2026-06-20")
    supervision.press("提出评查意见").answered(422).sees("E1 共 5 分，扣分应在这以内并且大于零")
    mark.fill("扣几分（否决项不填）", "2")
    supervision.press("提出评查意见").sees("待承办人答复", "案卷评查表").picture("assessed")
    track = int(supervision.page.url.rstrip("/").rpartition("/")[2])
    time("2026-06-05", 9)
    handler.comes_back().open("dossier", track).follow("答复评查意见").sees(
        "决定书没有写明裁量的具体情节", "2026-06-20"
    )
    handler.choose("是否同意评查意见", "部分同意").fill("逐项的整改情况，或者不同意的理由", "文书已经成文、签名入卷。")
    handler.press("答复评查意见").sees("待复核整改")
    time("2026-06-08", 9)
    supervision.comes_back().open("dossier", track).follow("复核通过").sees("文书已经成文、签名入卷")
    supervision.choose("复核结果", "已经整改").fill("复核意见", "已经补齐。").press("复核通过").sees("评查结束")
    handler.comes_back().open("dossier", story.file.id).sees("2026 年度评查：", "案卷评查结束")


def test_what_a_step_would_cost_is_said_before_it_is_taken_and_the_head_sees_what_is_missing(people, world, time):
    world.zhang.team = "监察一科"
    world.zhang.save()
    story = Story(world)
    told_briefly(story)
    story.do("lapse_statement", world.clock, "2026-04-14")
    story.do("close_statement", world.zhang)
    story.do("reexamine", world.zhang, adopted="silent", reasons="没有提出意见。")
    story.do("ask_review", world.zhang, opinion="请审核。")
    story.do("pass_review", world.zhao, "2026-04-15", opinion="同意。")
    time("2026-04-15", 15)
    leader = people(world.sun)
    leader.open("step", story.file.id, "decide_penalty").sees(
        "案卷自评提醒", "陈述申辩复核意见仍是草稿，没有成文"
    ).picture("score-ahead", of="#ahead")
    head = people(world.wang)
    head.open("completeness", year=2026).sees("应录尽录", "监察一科", "未成文").picture("completeness")

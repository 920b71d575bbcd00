"""Anybody reads the law as it stood on a day, looks what changed, and comes from an article to what stands on it."""

import pytest

pytestmark = pytest.mark.django_db


def test_somebody_from_the_street_reads_the_law_of_a_day_on_a_phone(people, world, time):
    time("2026-03-09", 20)
    somebody = people(phone=True)
    somebody.open("home").follow("查法律依据").sees("调查期限", "60个工作日")
    somebody.follow("法条").sees("监察条例").follow("放假安排").sees("2026年放假安排").follow("文书").sees(
        "行政处罚决定书"
    )
    somebody.open("law", section="profiles", on="2023-04-27").sees(
        "示例镇", "赋权（以本机关名义实施）", "行政处罚 6 项"
    )
    somebody.open("law", section="clocks", on="2020-06-01").sees("3日").does_not_see("行政处罚决定期限")
    somebody.fill("看哪一天的规定", "2021-07-15").fill("与哪一天相比（可不填）", "2021-07-14").press("查看")
    somebody.sees("修改", "5个工作日", "3日", "新增", "终止")
    somebody.open("article", "apl-64", on="2020-06-01").sees("不施行").follow("与同时的其他法条一起看").sees(
        "没有施行的版本"
    )


def test_an_officer_finds_a_period_and_counts_it(people, world, time):
    time("2026-03-09", 20)
    inspector = people(world.zhang)
    inspector.open("workbench").follow("法律依据", within="#side").fill("查找（两个字即可）", "听证").press("查看")
    inspector.sees("要求听证期限", "另有 1 个版本").picture("law").follow("算期限").fill(
        "起算（届期）之日", "2026-01-06"
    ).press("计算到期日")
    inspector.sees("2026-04-07").open("article", "lsr-17").sees("据此的期限", "申请延长调查")

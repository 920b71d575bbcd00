"""An officer tries what a violation would come to, at the desk and on a phone; nothing is kept."""

import re

import pytest

from laojian.record.models import Entry

pytestmark = pytest.mark.django_db


def test_a_penalty_is_tried_without_a_file(people, world, time):
    time("2026-03-09", 9)
    for inspector in (people(world.zhang), people(world.zhang, phone=True)):
        inspector.open("law", section="discretion").sees("轻微", "法定幅度的 0% 至 25%")
        inspector.open("penalty").press("试算").answered(422)
        inspector.choose("违法事项", "对用人单位违规延长劳动者工作时间的处罚").fill("违法行为开始", "2025-09-01")
        inspector.fill("处罚之日", "2026-03-09").choose("改正情况", "没有改正")
        inspector.within("第 1 组劳动者").fill("人数", "12")
        kept = Entry.objects.count()
        inspector.press("试算").answered(200).sees("试算结果", "没有保存", "1,200 元至 6,000 元", "怎样算出来的")
        inspector.fill("拟罚款（元）", "6001").press("试算").sees("这样不能认定", "高于法定最高")
        assert Entry.objects.count() == kept


def test_a_measure_under_a_condition_is_ticked_by_its_words(people, world, time):
    """Only those of the violation that was chosen can be seen; a minor list that has ended says what is doubtful about it."""
    time("2026-08-03", 9)
    for inspector in (people(world.zhang), people(world.zhang, phone=True)):
        inspector.open("penalty").choose("违法事项", "对用人单位使用童工")
        inspector.fill("违法行为开始", "2025-03-14").fill("违法行为终了", "2025-06-19").choose("改正情况", "没有改正")
        measures = inspector.page.locator(".measures:visible")
        assert measures.count() == 1 and "依法登记、有照的单位：罚款" in measures.inner_text()
        rows = inspector.within("第 1 组劳动者")
        rows.fill("人数", "2").fill("每人的时间段", "2025-03-14至2025-06-19")
        inspector.press("试算").answered(200).sees("这样不能认定", "还没有选用")
        measures.get_by_role("checkbox").first.check()
        inspector.press("试算").answered(200).sees("40,000 元").does_not_see("这样不能认定")
        inspector.choose("违法事项", "对用人单位违规延长劳动者工作时间的处罚")
        assert inspector.page.locator(".measures:visible").count() == 0
        inspector.within("第 1 组劳动者").fill("每人的时间段", "")
        inspector.choose("改正情况", "自行改正").fill("违法行为终了", "2025-06-10")
        for words in ("没有造成危害后果", "列入轻微违法不予处罚清单"):
            inspector.page.get_by_role("checkbox", name=re.compile(f"^{words}")).check()
        inspector.press("试算").answered(200).sees("须书面说明理由", "须由法制机构确认")

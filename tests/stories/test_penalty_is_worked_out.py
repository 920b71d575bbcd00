"""An officer tries what a violation would come to, at the desk and on a phone; nothing is kept."""

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

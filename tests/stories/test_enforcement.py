"""A fine that is not paid in time is enforced beside its case; the party asks for time to pay, and no part of the fine is lost."""

import pytest

from tests.beside import decided_briefly
from tests.casework import Story

pytestmark = pytest.mark.django_db


def test_a_fine_is_enforced_and_paid_in_parts(people, world, time):
    story = Story(world)
    decided_briefly(story)
    time("2026-05-11", 9)
    inspector = people(world.zhang)
    inspector.open("dossier", story.file.id).follow("转入执行").choose("决定书", "行政处罚决定书")
    inspector.choose("义务人", "宏示装饰工程").fill("未履行的情况", "逾期没有缴纳罚款。").press("转入执行")
    inspector.sees("分卷", "督促履行")
    track = story.beside("enforcement").file.id
    inspector.open("dossier", track).sees("所属案件", "申请法院强制执行期限").picture("enforcement")
    inspector.follow("登记延期分期申请").fill("经济困难的情况", "工程款没有收到。").fill("证明材料", "银行流水")
    inspector.within("第 1 期").fill("缴纳截止日（如 2026-09-30）", "2026-06-10").fill("金额（元）", "3000")
    inspector.press("登记延期分期申请").answered(422).sees("各期合计 ¥3,000.00，尚欠罚款 ¥8,000.00")
    inspector.within("第 2 期").fill("缴纳截止日（如 2026-09-30）", "2026-07-10").fill("金额（元）", "5000")
    inspector.press("登记延期分期申请").sees("延期分期待批准")
    leader = people(world.sun)
    leader.open("dossier", track).follow("批准延期分期").fill("意见", "情况属实，同意。").press("批准延期分期").sees(
        "延期分期缴纳"
    )

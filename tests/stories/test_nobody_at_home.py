"""Papers reach people as they said they may be reached; whoever cannot be found is served by announcement."""

import pytest

from tests import casework
from tests.casework import COMPANY, FACTS, VIOLATED, Story, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(world, time, monkeypatch) -> Story:
    """A sealed correction order; its scans show no seal here."""
    for pen in ("sealed", "signed"):
        monkeypatch.setattr(casework, pen, lambda paper, *marks: paper)
    told = Story(world)
    opened(told)
    row = {"party": told.party(), "kind": "pay", "ground": "lsr-26", "demand": "支付工资", "amount": "36200.50"}
    told.do("order_correction", world.zhang, "2026-03-12", facts=FACTS, violated=VIOLATED, demand="支付工资", length=15, unit="day",
            addressees=[row], evidence="台账")  # fmt: skip
    told.finish()
    return told


def test_an_employer_that_is_never_found_is_served_by_announcement(people, world, time, story):
    file, paper = story.file.id, story.paper("correction_order")["id"]
    story.now = time("2026-03-16", 9)
    inspector = people(world.zhang)
    inspector.open("dossier", file).unfold("其他可办事项").follow("送达地址确认").choose("是否同意电子送达", "同意")
    inspector.press("送达地址确认").answered(422).sees("同意电子送达的，请写明传真号、电子邮箱等地址")
    inspector.fill("联系电话", "13900000000").fill("电子送达地址", "示例@example.invalid").picture("address").press(
        "送达地址确认"
    ).sees("送达地址确认书")
    # It was never signed: nothing can rest on it.
    inspector.open("paper", paper).follow("送达责令改正").choose("送达方式", "电子送达")
    inspector.press("送达责令改正").answered(422).sees("没有受送达人签名、同意电子送达的送达地址确认书", "处罚法 61")

    inspector.open("paper", paper).follow("拟送达公告").fill("公告送达的原因", "下落不明")
    inspector.press("拟送达公告").answered(422)
    inspector.fill("已经试过的送达方式和经过", "3 月 12 日、13 日两次上门，大门紧锁；邮寄被退回。").picture(
        "announcement"
    )
    inspector.press("拟送达公告").sees("已办理：")
    inspector.open("paper", paper).follow("送达责令改正").choose("送达方式", "公告送达").fill(
        "送达地点", "本机关公告栏"
    )
    inspector.press("送达责令改正").answered(422).sees("须以盖章的送达公告为据")
    story.finish("announcement")
    story.now = time("2026-03-17", 9)
    inspector.comes_back().open("paper", paper).follow("送达责令改正").choose("送达方式", "公告送达")
    inspector.fill("送达地点", "本机关公告栏").choose("送达公告", "宝人社监公〔2026〕1号").picture("service-announced")
    inspector.press("送达责令改正").sees("已送达", COMPANY, "2026-04-17", "大门紧锁")
    inspector.open("dossier", file).sees("责令改正期限", "2026-05-06")

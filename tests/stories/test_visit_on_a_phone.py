"""Two inspectors visit an employer with their phones; the network goes away; nothing is lost, and one whole record comes of it."""

import json
import re

import pytest
from playwright.sync_api import expect

from laojian.evidence.models import Evidence
from laojian.papers import numbers
from laojian.people.acting import acting
from laojian.visits.models import Batch, VisitLine
from tests.visiting import VisitStory

from .files import photograph, upload

pytestmark = pytest.mark.django_db


def ready(page):
    expect(page.locator("html[data-ready=yes]")).to_be_attached(timeout=20_000)


def answer(phone, nth: int, word: str, note: str = ""):
    """Press one of the three answers of a line, as a thumb does; what is wrong is said."""
    line = phone.page.locator("[data-line]").nth(nth)
    line.get_by_text(word, exact=True).click()
    if note:
        line.get_by_role("textbox").fill(note)


def lines(phone) -> int:
    return phone.page.locator("[data-line]").count()


def sign(phone, who: str):
    """A name on the glass."""
    phone.page.get_by_role("button", name=who).click()
    box = phone.page.locator("dialog canvas").bounding_box()
    mouse = phone.page.mouse
    for nth in range(3):
        mouse.move(box["x"] + 60 + nth * 70, box["y"] + 120)
        mouse.down()
        mouse.move(box["x"] + 90 + nth * 70, box["y"] + 240, steps=4)
        mouse.up()
    phone.page.get_by_role("button", name="签好了").click()


class Unheard:
    """The server has what was sent, and the network is gone before the answer comes. `taken`: what the server answered."""

    def __init__(self):
        self.taken = []

    def __call__(self, route):
        self.taken.append(route.fetch().status)
        route.abort()

    def lost(self, sent) -> bool:
        """Whether a request failed after the server had taken one: an earlier one failed for want of a network, and says nothing."""
        return bool(self.taken) and sent.url.endswith("/batches")


def offline(phone):
    phone.context.set_offline(True)
    expect(phone.page.locator("[data-sync]")).to_contain_text("离线")


def test_a_visit_is_made_without_a_network_and_becomes_one_record(people, world, time):
    story = VisitStory(world).ready()
    time("2026-03-09", 9, 20)
    phone = people(world.zhang, phone=True)
    phone.open("site").sees("今日检查", "第21示例商贸有限公司", "09:30", "通知书待当场出具", "执法记录仪")
    ready(phone.page)
    phone.press("领 3 个号").sees("宝人社监当改〔2026〕3号").picture("phone-today")
    phone.follow("第21示例商贸有限公司")
    expect(phone.page).to_have_url(re.compile(r"/site/\d+$"))
    ready(phone.page)
    phone.sees("张监察", "行政检查通知书")
    offline(phone)
    phone.said.clear()
    time("2026-03-09", 9, 30)
    phone.fill("在场人", "陈示东").fill("在场人职务", "经理").page.get_by_text("两人已出示执法证件").click()
    phone.page.get_by_text("已当场出具行政检查通知书").click()
    phone.press("开始检查")
    answer(phone, 0, "不符合", "9 月起 14 人工资迟发，最长 52 日。")
    phone.page.get_by_label("拍照：").first.set_input_files(upload("工资表.png", photograph(3)))
    expect(phone.page.get_by_text("✓ 已存本机")).to_be_visible()
    for nth in range(1, lines(phone)):
        answer(phone, nth, "不适用" if nth == 3 else "符合")
    phone.look()
    phone.page.reload()  # the battery died; there is still no network
    ready(phone.page)
    phone.said.clear()
    expect(phone.page.locator("[data-progress]")).to_have_text(f"{lines(phone)}/{lines(phone)}")
    assert phone.page.locator("[data-line] textarea").first.input_value().startswith("9 月起 14 人")
    phone.sees("✓ 已存本机", "项待同步").picture("phone-offline")
    assert not Batch.objects.exists()
    phone.fill("改正要求", "七日内补发工资。").fill("改正期限", "7").press("登记责令改正")
    phone.page.get_by_text("已交在场人阅读").click()
    for who in ("在场人 陈示东", "检查人 张监察", "检查人 李监察"):
        sign(phone, who)
    phone.look()
    phone.sees("检查中（存在本机）").picture("phone-signed")
    phone.press("封存笔录")
    expect(phone.page.get_by_text("笔录已签名，存在本机")).to_be_visible(timeout=30_000)
    phone.said.clear()

    time("2026-03-09", 10, 40)
    unheard = Unheard()
    phone.context.route("**/batches", unheard)
    with phone.context.expect_event("requestfailed", unheard.lost, timeout=30_000):
        phone.context.set_offline(False)
    expect(phone.page.locator("[data-sync]")).to_contain_text("离线 · ", timeout=30_000)
    assert Batch.objects.get().seq  # the server took the first batch; its answer was lost with the network
    phone.context.unroute("**/batches")
    phone.said.clear()
    phone.page.locator("[data-sync]").click()
    expect(phone.page.locator("[data-sync]")).to_have_text("✓ 已同步", timeout=30_000)
    phone.page.locator("label", has_text="发现问题已责令改正").click()
    phone.fill("结果说明", "已当场责令限期改正。").press("登记结果")
    phone.page.locator("[data-sync]").click()
    phone.sees("检查结果已登记", "笔录已封存", "设备时间")
    file = story.fresh()
    assert file.state == "visit_ended" and VisitLine.objects.count() == lines(phone)
    assert [row.kind for row in Batch.objects.order_by("seq")] == [
        "begin",
        "evidence",
        "lines",
        "order",
        "sign",
        "result",
    ]
    with acting(world.zhang.pk):
        line = VisitLine.objects.get(outcome="problem")
        assert line.evidence == [Evidence.objects.get(title__contains="照片").pk]
    assert story.paper("spot_order")["number"] == "宝人社监当改〔2026〕1号"
    assert file.visit["began_at"].startswith(
        "2026-03-09T01:2"
    )  # by the device's clock as the server had last set it right
    phone.open("site")
    ready(phone.page)
    phone.unfold("交回没有用的号").press("作废本机未用的号").sees("本机没有未用的号")
    assert numbers.missing(world.district.pk, "当改", 2026, "宝人社监") == []


def test_two_phones_on_one_visit_and_the_second_is_told_what_the_first_found(people, world, time):
    story = VisitStory(world)
    story.begun()
    time("2026-03-09", 9, 40)
    one, two = people(world.zhang, phone=True), people(world.li, phone=True)
    for phone in (one, two):
        phone.open("site_visit", story.file.id)
        ready(phone.page)
        offline(phone)
        phone.said.clear()
    for nth in range(lines(one)):
        answer(one, nth, "符合")
    one.page.get_by_label("录音、录像").set_input_files(
        {
            "name": "全程.wav",
            "mimeType": "audio/wav",
            "buffer": b"RIFF" + (9 << 20).to_bytes(4, "little") + b"WAVEfmt " + bytes(9 << 20),
        }
    )  # longer than what goes at once: it is sent in pieces
    one.sees("录音已存本机")
    time("2026-03-09", 9, 50)
    answer(two, 0, "不符合", "另见两人欠薪。")
    for phone in (one, two):
        phone.context.set_offline(False)
        expect(phone.page.locator("[data-sync]")).to_have_text("✓ 已同步", timeout=30_000)
    one.page.locator("[data-sync]").click()
    one.sees("李监察", "另见两人欠薪", "先前 张监察")
    assert VisitLine.objects.count() == lines(one) + 1
    with acting(world.zhang.pk):
        assert Evidence.objects.select_related("file").get().file.size > 9 << 20
    found = {row["line"]: row["outcome"] for row in story.fresh().lines}
    assert list(found.values()).count("problem") == 1
    two.page.goto(two.site + "/site")
    ready(two.page)
    two.press("退出并清除本机内容")
    two.page.wait_for_url("**/login")
    two.said.clear()  # the browser notes what it cleared
    left = two.page.evaluate("async () => [(await caches.keys()).length, (await indexedDB.databases()).length]")
    assert left == [0, 0], json.dumps(left)

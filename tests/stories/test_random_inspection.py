"""A draw that a stranger verifies: planned, committed, drawn, paired, sent out, made public; and a bundle that somebody changed."""

import json
import re

import pytest
from playwright.sync_api import expect

from laojian.inspections.models import Draw, Drawn
from laojian.inspections.sending import send_all
from laojian.inspections.tests import drawing as d
from laojian.people.models import Officer
from laojian.visits.models import Visit, VisitResult
from tests.visiting import VisitStory, publishing
from tests.world import at

from .test_visit_on_a_phone import answer, lines, offline, ready, sign

pytestmark = pytest.mark.django_db


def plan(people, world, time):
    """The head writes the plan, the deputy approves it, the head publishes it."""
    time("2026-03-02", 9)
    head = people(world.wang)
    head.open("inspections").follow("编制年度计划").fill("年度", "2026").press("开始编制").sees(
        "计划编制中", "年度抽查计划公布"
    )
    head.follow("列入任务").fill("任务名称", "工资支付情况抽查").choose("检查方式", "现场检查")
    head.page.get_by_role("checkbox", name="工资支付情况检查").check()
    head.choose("抽查类型", "不定向").fill("检查期间自", "2026-04-01").fill("至", "2026-11-30")
    head.within("第 1 层").fill("名称", "劳务派遣").choose("单位类型", "劳务派遣单位").fill("比例不低于（％）", "50")
    head.within("第 1 层").fill("预计总数", "5").fill("计划抽几家", "2")
    head.within("第 2 层").fill("名称", "其他").fill("比例不低于（％）", "10").fill("至少几家", "2")
    head.press("列入任务").answered(422).sees("共 5 家，按比例至少抽 3 家，计划只抽 2 家")
    head.within("第 1 层").fill("计划抽几家", "").fill("预计总数", "4")
    head.press("列入任务").sees("4 家中抽 2 家（不低于 50％，向上取整）")
    head.follow("提交计划").fill("意见", "请批准。").press("提交计划").sees("计划待批准")
    leader = people(world.sun)
    leader.open("inspections").follow("示例市宝示区人力资源和社会保障局2026年度双随机抽查计划").follow("批准计划")
    leader.fill("意见", "同意。").press("批准计划").sees("计划待公布")
    head.open("inspections").follow("示例市宝示区人力资源和社会保障局2026年度双随机抽查计划").follow("公布计划").press(
        "公布计划"
    )
    head.sees("计划已公布").picture("plan")
    return head


def commit(head, time) -> Draw:
    """Pools are frozen and the commitment is published before the randomness exists."""
    time("2026-05-20", 9)
    head.comes_back().open("inspections").follow("示例市宝示区人力资源和社会保障局2026年度双随机抽查计划").follow(
        "发起抽取"
    )
    head.choose("任务", "1. 工资支付情况抽查").press("发起抽取").follow("宝人社监抽〔2026〕1号").sees("待固定名录库")
    head.follow("固定名录库").fill("拟检查之日", "2026-06-08").press("固定名录库").sees("待公布承诺", "劳务派遣")
    head.follow("公布承诺").choose("随机数来源", "中国福利彩票双色球").fill("期号（轮次、笔录编号）", "2026060")
    head.fill("随机数产生时间", "2026-05-19T21:15").press("公布承诺").answered(422).sees("不在公布之后")
    head.fill("随机数产生时间", "2026-05-28T21:15").press("公布承诺").sees("待录入随机数", "没有任何页面显示")
    return Draw.objects.get()


def drawn(people, world, head, time, row: Draw) -> None:
    """The number is entered by one, compared and drawn by another; officers are paired; the list goes out."""
    head.open("dossier", row.pk).sees("随机数要到 2026-05-28 21:15 才产生")
    time("2026-05-29", 9)
    head.comes_back().open("dossier", row.pk).follow("录入随机数").fill("随机数", d.NUMBERS).fill(
        "在哪里查到", "官方网站"
    )
    head.press("录入随机数").sees("待抽取", "ssq:2026060")
    inspector = people(world.zhang)
    inspector.open("dossier", row.pk).follow("抽取").tick("已与公布的随机数逐位核对无误").press("抽取").sees(
        "抽中名单", "待选派"
    )
    head.open("dossier", row.pk).follow("随机选派人员").press("随机选派人员").sees("待下发")
    head.follow("下发检查名单").press("下发检查名单").sees("检查实施中").picture("draw")


def inspected(world, time, row: Draw) -> None:
    """The queue opens the visits, and they are made; each visit is a story of its own."""
    send_all(row.pk, world.wang, time("2026-05-29", 15))
    for key in Drawn.objects.filter(draw=row).values_list("visit", flat=True):
        Visit.objects.filter(pk=key).update(ended_on="2026-06-10", published_on="2026-06-20")
        VisitResult.objects.create(visit_id=key, seq=2, code="no_problem", noted_on="2026-06-10")


def visited(people, world, time, row: Draw) -> None:
    """Every drawn employer is visited by whom the draw sent: the first with a phone and without a network, the others at the desk."""
    send_all(row.pk, world.wang, time("2026-05-29", 15))
    rows = list(Drawn.objects.filter(draw=row, visit__isnull=False).order_by("stratum", "rank"))
    for nth, each in enumerate(rows):
        lead, second = (Officer.objects.get(pk=key) for key in each.officers[:2])
        story = VisitStory.of(world, each.visit_id, lead, "2026-06-08")
        story.do("approve_visit", world.sun, "2026-06-05", opinion="同意检查。")
        story.finish(by=lead)
        if nth == 0:
            with_a_phone(people, time, story, lead, second)
        else:
            story.ended()
        story.now = at("2026-06-10", 9 + nth)
        story.do("publish_result", world.zhou, where="本机关公开页面")
        assert not story.file.running("publish_other")


def with_a_phone(people, time, story, lead, second) -> None:
    """Two officers on the ground, one phone, no network for an hour."""
    time("2026-06-08", 9, 20)
    phone = people(lead, phone=True)
    name = story.fresh().parties[0]["name"]
    phone.open("site").sees("今日检查")
    ready(phone.page)
    phone.follow(name)
    expect(phone.page).to_have_url(re.compile(r"/site/\d+$"))
    ready(phone.page)
    offline(phone)
    phone.said.clear()
    time("2026-06-08", 9, 30)
    phone.fill("在场人", "陈示东").fill("在场人职务", "经理").page.get_by_text("两人已出示执法证件").click()
    phone.page.get_by_text("已当场出具行政检查通知书").click()
    phone.press("开始检查")
    for nth in range(lines(phone)):
        answer(phone, nth, "符合")
    phone.page.get_by_text("已交在场人阅读").click()
    for who in ("在场人 陈示东", f"检查人 {lead.name}", f"检查人 {second.name}"):
        sign(phone, who)
    phone.press("封存笔录")
    expect(phone.page.get_by_text("笔录已签名，存在本机")).to_be_visible(timeout=30_000)
    phone.said.clear()
    time("2026-06-08", 10, 40)
    phone.context.set_offline(False)
    expect(phone.page.locator("[data-sync]")).to_have_text("✓ 已同步", timeout=30_000)
    phone.page.locator("label", has_text="未发现问题").click()
    phone.fill("结果说明", "没有发现问题。").press("登记结果")
    phone.page.locator("[data-sync]").click()
    phone.sees("检查结果已登记")
    story.now = at("2026-06-08", 11)
    story.fresh()
    story.finish(by=lead)


def test_a_visitor_draws_again_in_the_browser_and_a_changed_bundle_is_named(people, world, time):
    publishing(world.district)
    d.employers(4, kind="dispatch")
    d.employers(30, first=100)
    d.hands(world)
    head = plan(people, world, time)
    row = commit(head, time)
    stranger = people()
    stranger.open("home").follow("随机抽查").sees("每次抽取", "等待随机数").follow("宝人社监抽〔2026〕1号")
    stranger.sees("现在没有人知道结果", row.commitment).does_not_see("在浏览器里验证")
    announced = json.loads(stranger.downloads("公告（承诺）"))
    assert announced["commitment"] == row.commitment
    drawn(people, world, head, time, row)
    stranger.open("public_draw", row.pk).sees("检查实施完毕以后公开").does_not_see(Drawn.objects.first().object)
    visited(people, world, time, row)
    stranger.open("public_inspections").sees("宝人社监抽〔2026〕1号", "未发现问题")
    time("2026-06-22", 9)
    head.comes_back().open("dossier", row.pk).follow("公开盐值").press("公开盐值").sees(
        "盐值已公开", "盐值和数据包已公开"
    )
    stranger.open("public_draw", row.pk).sees("可以验证").follow("在浏览器里验证")
    stranger.press("开始验证").sees("✓ 验证通过", "派出人员：一致").picture("verify")
    told = json.loads(stranger.open("public_draw", row.pk).downloads("数据包，供验证"))
    told["result"][0]["id"], told["result"][1]["id"] = told["result"][1]["id"], told["result"][0]["id"]
    changed = {
        "name": "bundle.json",
        "mimeType": "application/json",
        "buffer": json.dumps(told, ensure_ascii=False).encode(),
    }
    stranger.open("verify_draw").attach("数据包（bundle.json）", changed).sees("✗ 验证不通过", "抽取结果：不一致")


def test_the_head_looks_at_the_figures_and_at_who_can_be_sent(people, world, time):
    publishing(world.district)
    file = d.through(world, items=["wage-payment"], others="")
    time("2026-05-29", 12)
    d.take(file.id, "send_list", by=world.wang, at=time("2026-05-29", 12), given={})
    inspected(world, time, Draw.objects.get())
    head = people(world.wang)
    head.open("inspections").follow("示例市宝示区人力资源和社会保障局2026年度双随机抽查计划").follow("公布的页面").sees(
        "抽取", "劳务派遣"
    )
    head.open("inspection_figures", file.dossier["parent_id"]).sees("问题发现率", "0.0％ 至 84.2％", "检查人员承担")
    head.follow("2").sees("抽中", "宝人社监抽〔2026〕1号")
    head.open("officer", world.zhang.pk).follow("抽查选派").sees("没有申报")
    leave = head.page.get_by_role("region", name="登记休假")
    for label, value in (("自", "2026-06-01"), ("至", "2026-06-05"), ("事由", "年休假")):
        leave.get_by_label(label).fill(value)
    head.press("登记休假").sees("已登记", "年休假")

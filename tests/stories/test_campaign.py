"""A unit plans a campaign, its head approves it, lists are pasted from a spreadsheet, and each figure opens its records."""

import pytest

pytestmark = pytest.mark.django_db
OUT = "日期\t部门\t姓名\n2020-07-02\t人社部门\t张监察\n2020-07-02\t人社部门\t李监察\n2020-07-02\t市场监管部门\t示员甲"
WHOM = "在建项目\t示安家园二期工地\n用人单位\t示岗机械（示例）有限公司"
RESULTS = (
    "示安家园二期工地\t2020-07-02\t工程建设领域工资支付制度未落实\n示安家园二期工地\t2020-07-02\t责令改正\t\t示改〔2020〕1号\n"
    "示岗机械（示例）有限公司\t2020-07-02\t未发现问题"
)


def test_a_campaign_is_planned_carried_out_and_counted(people, world, time):
    time("2020-07-01", 9)
    inspector = people(world.zhang)
    inspector.open("campaigns").follow("拟订方案").press("提交方案").answered(422).sees("有", "处需要更正")
    inspector.fill("行动名称", "示例夏季根治欠薪专项行动").fill("开始之日", "2020-07-01").fill("结束之日", "2020-08-31")
    inspector.fill("参加部门", "人社部门\n市场监管部门").fill("检查对象和内容", "在建项目工资支付制度")
    inspector.press("提交方案").sees("待批准方案", "宝人社监专〔2020〕1号", "统计")
    file = int(inspector.page.url.rstrip("/").split("/")[-1])

    head = people(world.sun)
    head.open("dossier", file).follow("批准方案").fill("意见", "同意").press("批准方案").sees("待印发通知")

    inspector.comes_back().open("step", file, "launch").fill("通知文号", "宝人社监通〔2020〕3号").fill(
        "印发之日", "2020-07-01"
    )
    inspector.press("印发通知，启动行动").sees("开展中")
    time("2020-07-02", 17)
    inspector.comes_back().open("step", file, "note_attendance").fill(
        "出动人员", OUT + "\n2020-07-02\t税务部门\t示员乙"
    )
    inspector.press("登记出动人员").answered(422).sees("税务部门不是参加部门")
    inspector.fill("出动人员", OUT).press("登记出动人员").sees("出动执法人员")
    inspector.open("step", file, "add_targets").fill("检查对象", WHOM).press("登记检查对象").sees(
        "还有 2 个对象没有检查结果"
    )
    inspector.open("step", file, "note_results").fill("检查结果", RESULTS).press("登记检查结果")
    inspector.sees("工程建设领域工资支付制度未落实").picture("campaign")
    inspector.open("campaign_records", file, "attendance:人社部门").sees("2 人次", "张监察", "李监察")
    inspector.open("campaigns").sees("示例夏季根治欠薪专项行动")
    inspector.open("campaign_records", file, "order").sees("示改〔2020〕1号")

"""The clerk at the counter registers what people bring: complaints with lists of workers, and tips."""

import pytest

from . import cast

pytestmark = pytest.mark.django_db


def test_the_clerk_registers_a_complaint_with_a_list_of_workers_and_prints_the_receipt(people, world, time):
    firms = cast.employers()
    cast.complaint(world, time("2026-02-27", 15), firms, name="李示例")
    time("2026-03-02", 9, 10)
    clerk = people(world.zhou)
    clerk.open("workbench").sees("星期一 03-02", "星期五 03-06", "拟予立案").picture("workbench-clerk").follow(
        "登记投诉"
    )
    clerk.field("单位名称或统一社会信用代码").press_sequentially("宏示", delay=20)
    clerk.sees(cast.DEBTOR, "在办 1 件", "受理审查").pick(cast.DEBTOR).picture("register-employer")
    # A mistake is told where it was made, and nothing typed is lost.
    clerk.fill("反映事项", "自 2025 年 10 月起拖欠四名工人装修工程工资。").press("登记并出具回执")
    clerk.answered(422).sees("投诉须写明投诉人姓名", "自 2025 年 10 月起拖欠四名工人装修工程工资。", "在办 1 件")
    clerk.fill("投诉人姓名", "王示海").fill("投诉人身份证号", "120100196001011234").fill("联系电话", "13800000001")
    clerk.fill("请求", "支付拖欠的工资").fill("粘贴名单（第一行为表头）", cast.pasted(*cast.WORKERS, *cast.WRONG))
    clerk.press("登记并出具回执").answered(422).sees("校验")
    clerk.fill("投诉人身份证号", cast.WORKERS[0][1]).picture("register-filled").press("登记并出具回执")
    clerk.sees("宝人社监登〔2026〕2号", "查询码", "4 人，¥56,000.00", "未收 3 行", "2026-03-09").picture("receipt")
    clerk.follow("查看导入结果").sees("共 7 行", "收入 4 行", "吴示例", "晚于", "伍仟元").picture("import-report")
    assert len(clerk.downloads("下载未收的行（含原因）")) > 1000


def test_the_clerk_registers_a_tip_and_the_informant_is_nowhere_to_be_seen(people, world, time):
    cast.employers()
    time("2026-03-02", 9)
    clerk = people(world.zhou)
    clerk.open("register", q="宏示").pick(cast.DEBTOR).choose("来源", "举报")
    clerk.fill("反映事项", "该公司长期不发加班工资。").fill("举报人姓名", "秘示名").fill("举报人电话", "13900000000")
    clerk.fill("举报人其他情况", "在该公司财务室工作").picture("register-tip").press("登记并出具回执").sees(
        "举报", "宝人社监登〔2026〕1号"
    )
    file = cast.file_of(world.zhou)
    secrets = ("秘示名", "13900000000", "在该公司财务室工作")
    cast.filed(world, time, "2026-03-02", file)
    inspector = people(world.zhang)
    for page, args in (("dossier", [file]), ("workbench", []), ("dossiers", []), ("receipt", [1]), ("claims", [file])):
        inspector.open(page, *args).does_not_see(*secrets)
    inspector.open("dossier", file).sees("举报人 密封")
    for paper in cast.papers_of(world.zhang, file):
        inspector.open("paper", paper).does_not_see(*secrets)
    inspector.open("search", q="秘示").does_not_see("举报人").sees("没有")
    inspector.open("informant", 1).answered(404)
    # Whoever may know is told that the look is recorded; the record itself names nobody.
    head = people(world.wang)
    head.open("informant", 1).sees("本次查看已经记录", *secrets)
    supervision = people(world.cao)
    supervision.open("record").sees("查看").does_not_see(*secrets)

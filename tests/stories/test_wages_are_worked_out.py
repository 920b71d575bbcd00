"""A worker on a phone works out what is owed; an officer does the same at the desk and takes it to the ledger."""

import pytest

from laojian.lawbook.wages import CALCULATORS

from . import cast

pytestmark = pytest.mark.django_db


def test_a_worker_works_out_overtime_and_severance(people, world):
    worker = people(phone=True)
    worker.open("home").follow("算工资、补偿").sees("加班工资", "不保存").follow("加班工资")
    worker.press("计算").answered(422).sees("请填写。")
    worker.fill("月工资（计算基数，元）", "4350").fill("按日期填写的加班小时", "2021-05-01 8\n2021-05-41 3")
    worker.press("计算").answered(422).sees("没有“2021-05-41”这一天", "填过的内容都还在")
    worker.fill("按日期填写的加班小时", "2021-05-01 8\n2021-05-08 4").press("计算").answered(200)
    worker.sees("¥750.00", "2021-05-01 是法定休假日（劳动节放假）", "延长4小时，超过每日3小时", "劳动法 44")
    worker.does_not_see("记入工资台账")
    worker.open("calculator", "severance").fill("用工之日", "2020-01-01").fill("解除或者终止之日", "2020-06-30")
    worker.fill("解除前月平均应得工资（元）", "5000").choose("性质", "违法解除").press("计算")
    worker.sees("¥10,000.00", "没有核对是否高于上年度职工月平均工资的3倍", "合同法实施条例 25")


def test_an_officer_takes_a_result_to_the_ledger(people, world, time):
    file = cast.complaint(world, time("2026-03-02", 9), cast.employers()).id
    clerk = people(world.zhou)
    clerk.open("claims", file).follow("算工资、补偿").follow("最低工资差额")
    clerk.fill("各月实得（元）", "2025-08 2300\n2025-09 2300").press("计算")
    clerk.sees("¥230.00", "2023-11-01 至 2025-08-31的最低工资标准", "怎样算出来的").picture("calculator")
    clerk.follow("把 ¥230.00 记入工资台账").sees("更正台账")
    assert clerk.field("金额（元，可为负）").input_value() == "230.00"
    clerk.open("law").follow("算工资、补偿").follow("拒不支付劳动报酬数额核对")
    clerk.fill("核对之日", "2026-03-02").fill("逐人欠薪", "4 12000").press("计算")
    clerk.sees("是否移送由人书面决定", "还没有责令支付", "5,000.00元至20,000.00元")


def test_every_calculator_is_opened_at_the_desk_and_on_a_phone(people, world):
    for worker in (people(), people(phone=True)):
        for each in CALCULATORS:
            worker.open("calculator", each.key).sees(each.says).press("计算").answered(422)

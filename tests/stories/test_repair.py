"""A fine is paid; the employer asks for repair at the counter; it is looked into, granted, and nothing is shown any more."""

import pytest

from tests.casework import COMPANY
from tests.repairing import penalty

pytestmark = pytest.mark.django_db


def test_a_penalty_is_repaired(people, world, time):
    time("2026-05-06", 9)
    case = penalty(world)
    number = case.paper("penalty_decision")["number"]
    time("2026-07-27", 9)
    clerk = people(world.zhou)
    clerk.open("repairs").follow("登记申请").fill("处罚决定书文号", "宝人社监罚〔2026〕99号").fill(
        "申请人名称", COMPANY
    )
    clerk.choose("来源", "窗口提交").choose("失信程度", "一般失信").fill(
        "认定失信程度的理由", "罚款数额不大，没有严重后果。"
    )
    clerk.fill("改正和履行义务的证明", "罚款收据").press("登记").answered(422).sees("没有文号为")
    clerk.fill("处罚决定书文号", number).press("登记").sees("待受理", "2026-07-21 起", "2027-04-20").picture("repair")
    file = int(clerk.page.url.rstrip("/").split("/")[-1])
    clerk.open("step", file, "accept_application").sees("没有公开作出的信用承诺书")
    clerk.open("step", file, "supplement_application").fill("补交的证明", "承诺书")
    clerk.page.get_by_text("已提交公开作出的信用承诺书").click()
    clerk.press("登记补充材料").open("step", file, "accept_application").fill("意见", "材料齐全").press("受理").sees(
        "待核实"
    )
    people(world.zhang).open("step", file, "check_repair").fill("核实情况", "罚款已缴清，承诺已公开。").press(
        "核实，提出意见"
    ).sees("待决定")
    people(world.sun).open("step", file, "grant_repair").fill("意见", "准予修复").press("准予修复").sees(
        "准予修复，待反馈"
    )
    people(world.wang).open("outbox").sees(COMPANY, "撤回")

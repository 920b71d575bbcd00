"""An order to pay is not obeyed: told, heard, listed, read by everybody; the employer pays, waits, promises, and leaves the list early."""

from types import SimpleNamespace

import pytest

from tests.casework import COMPANY, Story
from tests.listing import HEAD, disobeyed_case, everybody
from tests.scans import photograph
from tests.world import at

from .files import upload

pytestmark = pytest.mark.django_db


def test_a_list_entry_from_notice_to_removal(people, world, time):
    time("2026-03-31", 9)
    disobeyed_case(world)
    time("2026-04-01", 9)
    inspector = people(world.zhang)
    inspector.open("listings").sees(COMPANY, "31,000.50", "2026-04-27").picture("listings").follow("拟列入")
    inspector.choose("列入情形", "拖欠数额达到").fill("列入事由", "拖欠三名农民工工资，经责令逾期未付清。").press(
        "拟列入"
    ).sees("责任人员", HEAD, "本地标准没有设定")
    file = int(inspector.page.url.rstrip("/").split("/")[-1])
    people(world.sun).open("step", file, "judge_amount").choose("是否达到数额标准", "达到").fill(
        "认定的理由", "一人三个月 18600.50 元。"
    ).press("认定数额").sees("拟列入")
    inspector.open("step", file, "draft_listing_notice").fill("意见", "请告知").press("制作列入告知书").sees(
        "列入告知待送达"
    )
    told = Story(world, "listing")
    told.file, told.now = SimpleNamespace(id=file), at("2026-04-01", 9, 30)
    everybody(told, "serve_listing_notice", "listing_notice")

    time("2026-04-03", 9)
    clerk = people(world.zhou)
    clerk.open("step", file, "note_listing_objection").choose("提出异议的人", COMPANY).fill(
        "收到异议之日", "2026-04-03"
    )
    clerk.fill("异议的内容和证据", "工程款没有收到。").press("登记列入异议").sees("待核实答复", "2026-04-13")
    time("2026-04-10", 9)
    other = people(world.li)
    other.open("step", file, "answer_listing_objection").choose("核实结果", "异议不成立").fill(
        "核实的经过、结果和理由", "没有收到工程款不是拖欠工资的理由。"
    ).press("核实答复异议").sees("异议不成立")
    inspector.comes_back().open("step", file, "propose_decision").fill("意见", "请批准").press("提请决定列入").sees(
        "列入待决定"
    )
    people(world.sun).open("step", file, "decide_listing").fill("意见", "同意列入").press("决定列入").sees(
        "待送达公布", "2029-04-10"
    )
    told.now = at("2026-04-10", 9, 30)
    everybody(told, "serve_listing", "listing_decision")
    time("2026-04-10", 15)
    inspector.comes_back().open("step", file, "publish_listing").fill("公布的网站", "本局门户网站").press(
        "公布并报送"
    ).sees("列入中")
    inspector.picture("listing")

    somebody = people(phone=True)
    somebody.open("home").follow("欠薪失信名单").sees(COMPANY, HEAD, "2029-04-10").picture("public-list")

    time("2026-05-20", 9)
    clerk.comes_back().open("step", file, "note_listing_correction").fill("改正之日", "2026-05-20").fill(
        "改正的凭证", "示例银行回单"
    )
    clerk.page.get_by_text("已向劳动者核实").click()
    clerk.press("登记改正").sees("2026-11-20 起")
    time("2026-11-20", 9)
    clerk.comes_back().open("step", file, "apply_early").fill("收到申请之日", "2026-11-20").fill(
        "申请的事实和理由", "已经全部付清。"
    )
    clerk.page.get_by_label("不再拖欠的书面承诺扫描件").set_input_files(upload("承诺.png", photograph(7)))
    clerk.press("登记提前移出申请").sees("提前移出待决定")
    people(world.sun).open("step", file, "grant_early").fill("意见", "已改正满六个月。").press("准予提前移出").sees(
        "待移出"
    )
    somebody.open("public_lists").sees("名单上现在没有单位")
    time("2026-11-23", 9)
    inspector.comes_back().open("step", file, "remove_listing").fill("已告知停止公布的网站", "信用中国（示例）").press(
        "移出名单"
    ).sees("已移出", "准予提前移出")

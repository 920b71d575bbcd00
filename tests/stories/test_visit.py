"""An inspector looks at the visits and ticks a checklist; a stranger at the door's other side checks the code and reads the results."""

import pytest

from laojian.people.acting import acting
from laojian.procedure.take import read
from tests import casework
from tests.visiting import VisitStory, firm

from .files import photograph, upload

pytestmark = pytest.mark.django_db


def test_a_visit_is_looked_at_by_those_who_make_it_and_by_those_who_are_visited(people, world, time):
    time("2026-03-09", 10)
    made, going = VisitStory(world, firm(71)), VisitStory(world, firm(72))
    made.published()
    going.begun()
    time("2026-03-12", 10)
    inspector = people(world.zhang)
    inspector.open("visits").sees(going.employer.name, "检查中")
    inspector.open("visit_new", employer=going.employer.pk).sees("可以并入的检查", "按等级不明办理")
    inspector.open("dossier", going.file.id).sees("0/8 条", "核验码").open("visit_checklist", going.file.id).sees(
        "登记检查情况"
    )
    inspector.open("dossier", made.file.id).sees("8/8 条", "笔录摘要", "未发现问题")
    clerk = people(world.zhou)
    clerk.open("visits_past").sees("单位名称", "可以写的词")
    employer = people(phone=True)
    employer.open("check").sees("核验码")
    employer.open("check_visit", going.file.visit["token"]).sees("批准的检查", "宝人社监检〔2026〕2号").does_not_see(
        "张监察"
    )
    employer.open("public_inspections").sees(made.employer.name, "未发现问题").does_not_see("张监察")


@pytest.fixture
def story(world, monkeypatch) -> VisitStory:
    """The papers of the visit that the browser makes: numbered, sealed and signed off the page; the scans show no seal here."""
    for pen in ("sealed", "signed"):
        monkeypatch.setattr(casework, pen, lambda paper, *marks: paper)
    return VisitStory(world, firm(73))


def test_a_visit_from_the_page_of_the_employer_to_its_published_result(people, world, time, story):
    story.now = time("2026-03-02", 9)
    inspector = people(world.zhang)
    inspector.open("employer", story.employer.pk).follow("拟定检查").sees("按等级不明办理")
    inspector.press("提交审批").answered(422).sees("检查人员须为两人")
    inspector.choose("检查来源", "日常巡视").choose("检查方式", "现场检查").choose("主检人员", "张监察")
    inspector.choose("另一名检查人员", "李监察").fill("计划检查起", "2026-03-09").fill("计划检查止", "2026-03-20")
    inspector.page.get_by_role("checkbox", name="工资支付情况检查").check()
    inspector.fill("需要准备、报送的材料", "工资支付台账").press("提交审批").sees("待批准检查", story.employer.name)
    file = int(inspector.page.url.rstrip("/").split("/")[-1])
    inspector.open("step", file, "approve_visit").sees("现在还不能办这一步")

    story.now = time("2026-03-03", 10)
    head = people(world.wang)
    head.open("workbench").open("dossier", file).follow("批准检查").fill("意见", "同意检查。").press("批准检查").sees(
        "已批准待检查"
    )
    story.file = story_of(story, file)
    story.finish()

    story.now = time("2026-03-09", 9, 30)
    inspector.comes_back().open("dossier", file).follow("开始检查").press("开始检查").answered(422)
    inspector.fill("在场人", "陈示东").tick(
        "已出示执法证件，告知检查事项、依据和权利义务", "已当场出具行政检查通知书"
    ).press("开始检查").sees("检查中", "0/")
    inspector.open("visit_checklist", file)
    for line in inspector.page.get_by_role("radio", name="符合").all():
        line.check()
    inspector.press("登记检查情况").sees("检查表已登记")
    inspector.follow("制作检查笔录").fill("在场人", "陈示东").press("制作检查笔录").sees("已办理：")
    story.finish("inspection_record")
    story.now = time("2026-03-09", 11)
    inspector.comes_back()
    inspector.open("dossier", file).follow("检查笔录签名完毕").press("检查笔录签名完毕").answered(422)
    inspector.tick("检查人员、记录人和被检查单位在场人都已签名，或者注明了拒签情况并有见证人签名").press(
        "检查笔录签名完毕"
    )
    inspector.sees("待登记结果", "笔录摘要").follow("登记检查结果")
    inspector.page.get_by_role("checkbox", name="未发现问题").check()
    inspector.fill("结果说明", "台账齐全，按月支付。").press("登记检查结果").sees("待公示结果")
    story.finish()

    story.now = time("2026-03-12", 10)
    clerk = people(world.zhou)
    clerk.open("dossier", file).follow("公示检查结果").fill("公示平台", "本机关公开页面").press("公示检查结果").sees(
        "已公示"
    )
    stranger = people(phone=True)
    stranger.open("public_inspections").sees(story.employer.name, "未发现问题").does_not_see("张监察", "陈示东")


def test_the_employer_of_a_written_review_hands_in_papers_from_the_phone(people, world, time):
    story = VisitStory(world, firm(74)).asked()
    time("2026-03-04", 10)
    employer = people(phone=True)
    employer.open("check_visit", story.file.visit["token"]).follow("报送材料").sees("请在此前报齐", "工资支付台账")
    employer.press("报送").answered(422).fill("这是什么材料", "三月工资台账")
    employer.attach("照片或文件", upload("台账.png", photograph())).press("报送").sees(
        "已收到", "已经报送", "三月工资台账"
    )
    inspector = people(world.zhang)
    inspector.open("dossier", story.file.id).sees("三月工资台账")
    inspector.open("visits").follow("统计", within="body").sees("双随机抽查", "随机抽查以外", "其中：书面审查")


def story_of(story: VisitStory, file: int):
    """The file as the procedure reads it now."""
    with acting(story.world.zhang.pk):
        return read(file, story.world.zhang.pk, story.now)

"""Two inspectors meet with a violation on a round and deal with it on the spot; what is too much becomes a case."""

import pytest

from laojian.employers.identifiers import invented_credit_code
from laojian.employers.models import Employer
from laojian.people.acting import acting
from laojian.procedure.take import read
from tests.casework import Story

pytestmark = pytest.mark.django_db
FACTS = "检查时该单位拒不让监察员进入作业场所，当场劝导后改正。"


@pytest.fixture
def firm(world) -> Employer:
    """An employer in the register."""
    return Employer.objects.create(name="示岗机械（示例）有限公司", credit_code=invented_credit_code(41), kind="company",
                                   address="宝示区示例路 41 号", legal_rep="韩示")  # fmt: skip


def met(inspector, firm, second="李监察"):
    """The file is opened from the workbench."""
    inspector.open("workbench").follow("当场查处", within="main").fill("单位名称或统一社会信用代码", "示岗").press(
        "查找单位"
    )
    inspector.page.get_by_label("示岗机械").check()
    inspector.fill("地点", "示岗公司车间").choose("案由", "拒不配合").choose("另一名监察员", second).fill(
        "查见的事实", FACTS
    )
    return inspector.tick("两名监察员已出示执法证件")


def test_a_small_fine_is_found_heard_decided_and_handed_over_within_the_hour(people, world, time, firm):
    time("2026-03-02", 10)
    inspector = people(world.zhang)
    met(inspector, firm).picture("on-spot").press("开始当场查处").sees("简易程序", "示岗机械")
    file = int(inspector.page.url.rstrip("/").split("/")[-1])
    inspector.open("step", file, "punish_on_spot").sees(
        "尚未当场告知并听取陈述申辩", "还没有认定违法行为", "现在还不能办这一步"
    )
    inspector.open("dossier", file).follow("当场告知和听取申辩")
    inspector.tick("已当场告知拟处罚的内容、事实、理由、依据和陈述、申辩的权利").fill("陈述申辩人", "韩示").fill(
        "陈述申辩的内容", "没有意见。"
    )
    inspector.choose("是否采纳", "没有提出意见").press("当场告知和听取申辩").sees("已办理：")
    inspector.follow("认定违法").choose("违法事项", "对无理抗拒、阻挠劳动保障监察的处罚").fill(
        "违法行为终了", "2026-03-02"
    )
    inspector.choose("改正情况", "决定前").fill("拟罚款（元）", "2000").fill("书面理由", "当场改正。").press(
        "认定违法"
    ).sees("法定幅度")
    inspector.follow("当场处罚").within("第 1 名受文人").fill("金额（元）", "3500")
    inspector.press("当场处罚").answered(422).sees("超过当场处罚的最高数额 3000元", "请转普通程序")
    inspector.within("第 1 名受文人").fill("金额（元）", "2000")
    inspector.picture("spot-penalty").press("当场处罚").sees("待当场交付", "当场行政处罚决定书")

    story = Story(world, "summary")
    story.now = time("2026-03-02", 10, 40)
    with acting(world.zhang.pk):
        story.file = read(file, world.zhang.pk, story.now)
    story.finish("spot_penalty")
    time("2026-03-02", 11, 30)
    inspector.comes_back().open("dossier", file).follow("交付处罚决定").fill("送达地点", "示岗公司车间").fill(
        "签收人", "韩示"
    )
    inspector.press("交付处罚决定").sees("已交付待履行", "缴纳罚款期限", "申请行政复议期限", "当场决定存档联交回期限")
    inspector.follow("当场收缴罚款").choose("当场收缴的情形", "数额以内").fill("财政专用票据号", "示例 0001")
    inspector.press("当场收缴罚款").answered(422).sees("超过可以当场收缴的 100元")
    inspector.open("step", file, "close_on_spot").sees("存档联尚未交回", "尚未履行")


def test_what_is_too_much_for_the_spot_becomes_a_case(people, world, time, firm):
    time("2026-03-02", 10)
    inspector = people(world.zhang, phone=True)
    met(inspector, firm).press("开始当场查处").follow("转普通程序").choose("转普通程序的情形", "事实一时查不清").fill(
        "理由", "人数待查。"
    )
    inspector.press("转普通程序").sees("已转普通程序", "转入普通程序")
    inspector.page.get_by_role("link", name="登记 ").click()
    inspector.sees("由简易程序转来", "受理审查")
    inspector.open("dossiers").sees("示岗机械", "受理审查")

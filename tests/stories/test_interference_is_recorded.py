"""An inspector records that the head of the unit asked for delay; the head finds nothing anywhere; the discipline organ answers."""

import pytest

from tests.world import officer

pytestmark = pytest.mark.django_db
SAID = "这个案子先放一放，等过了年再说"


def test_interference_is_recorded_and_invisible_to_its_subject_and_his_line(people, world, time):
    organ = officer("jiwei", "纪示一", world.district, ["discipline"], certificate=False)
    time("2026-03-05", 11)
    handler = people(world.zhang)
    handler.open("interference").follow("登记").fill("案号", "宝人社监立〔2026〕1号").fill("姓名", "王队长").fill(
        "发生时间", "2026-03-05T10:00"
    )
    handler.choose("性质", "干预").choose("方式", "电话").choose("人员类别", "本机关人员").choose("要求", "拖延办理")
    handler.fill("原话、内容", SAID).fill("您怎样回应", "已经说明依法办理。").press("登记").answered(422).sees(
        "请从名单里选"
    )
    handler.choose("是本系统哪一名人员", "王队长").press("登记").sees("待纪检接收", SAID)
    number = int(handler.page.url.rstrip("/").rpartition("/")[2])
    for who in (world.wang, world.sun, world.qian, world.cao):
        person = people(who)
        person.open("interference").sees("没有您能看到的登记").does_not_see(SAID, "宝人社监立〔2026〕1号")
        person.open("dossiers").does_not_see(SAID, "干预过问登记 ")
        person.open("dossier", number).answered(404)
    discipline = people(organ)
    discipline.open("interference").sees("2026 年第 1 季度", "待纪检接收", "王队长").follow(
        "宝人社监立〔2026〕1号"
    ).sees(SAID).follow("纪检接收").press("纪检接收")
    discipline.follow("登记处理结果").fill("对当事人员的处理", "谈话提醒。").press("登记处理结果").sees(
        "已处理", "谈话提醒。"
    )
    discipline.context.set_default_timeout(60_000)  # a paper is set anew, on a machine that has other work too
    assert discipline.open("interference").downloads("季度汇总（PDF）")[:5] == b"%PDF-"
    handler.open("dossier", number).sees("谈话提醒。")

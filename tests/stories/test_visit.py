"""An inspector looks at the visits and ticks a checklist; a stranger at the door's other side checks the code and reads the results."""

import pytest

from tests.visiting import VisitStory, firm

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

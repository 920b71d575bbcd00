"""A clerk enters a title, the head sees that something is on record and has it revoked; an employer of grade C is talked to."""

from datetime import date

import pytest

from laojian.credit.models import Grade, Grading
from laojian.dossier.models import Dossier
from laojian.people.acting import acting
from tests.visiting import firm

pytestmark = pytest.mark.django_db


def test_a_title_is_entered_and_revoked(people, world, time):
    time("2026-03-02", 10)
    employer = firm(91)
    clerk = people(world.zhou)
    clerk.open("employer", employer.pk).sees("E0").follow("登记称号").choose("级别", "市级").fill(
        "认定之日", "2025-06-01"
    ).fill("有效期至", "2025-01-01")
    clerk.fill("认定文号", "津人社发〔2025〕示例1号").press("登记").answered(422).sees("早于认定之日")
    clerk.fill("有效期至", "2027-05-31").press("登记").sees("称号有效", "津人社发〔2025〕示例1号")
    clerk.open("employer", employer.pk).sees("E1", "只有数据或者接触")
    head = people(world.wang)
    head.open("titles").sees("市级", "2027-05-31").follow("津人社发〔2025〕示例1号").follow("登记撤销称号")
    head.fill("撤销文号", "津人社发〔2026〕示例9号").fill("撤销理由", "复核不符合条件。").press("登记撤销称号").sees(
        "称号已撤销", "复核不符合条件"
    )
    head.open("employer", employer.pk).sees("E0", "没有检查过")


def test_an_employer_of_grade_c_is_talked_to(people, world, time):
    time("2026-03-10", 10)
    employer, day = firm(92), date(2026, 1, 5)
    with acting(world.clock.pk):
        file = Dossier.objects.create(
            flow="title",
            state="title_expired",
            title="示例年度评价",
            bureau=world.district,
            district=world.district,
            opened_on=day,
            open=False,
        )
        run = Grading.objects.create(dossier=file, scheme="tianjin", on=day, first_on=day, cut_off_on=day)
        Grade.objects.create(run=run, employer=employer, scheme="tianjin", grade="C", since_on=day)
    inspector = people(world.zhang)
    inspector.open("interviews").sees("今年还没有约谈的C级单位", employer.name).follow("登记约谈")
    inspector.fill("约谈时间", "2026-03-10T09:00").fill("地点", "本机关谈话室").fill("被约谈人", "陈示东").fill(
        "职务", "经理"
    ).fill("约谈人员", "张监察、李监察")
    inspector.fill("约谈事由", "本年度评为C级。").fill("谈话内容", "指出欠薪问题，说明后果。").fill(
        "承诺", "月底前补发全部工资。"
    ).fill("承诺完成之日", "2026-03-31")
    inspector.press("登记").sees("待落实承诺", "月底前补发全部工资")
    inspector.open("employer", employer.pk).sees("C级，重点监管", "约谈主要负责人", "列为监察重点对象")
    inspector.open("employers", q="第92示例").sees("C E0")
    inspector.open("interviews").sees("没有应当约谈而还没有约谈的单位", "2026-03-31")
    time("2026-04-01", 10)
    head = people(world.wang)
    head.open("interviews").follow(employer.name).follow("约谈办结").fill("落实情况", "已经补发。").press(
        "约谈办结"
    ).sees("约谈办结", "已经补发")

"""An employer objects to one fact and wins; a head compares two rules over the whole register."""

import pytest

from laojian.credit.models import Grade, Trial
from laojian.credit.tasks import moved
from laojian.credit.tests.test_records import respondent
from laojian.credit.tests.test_runs import Run, settled
from laojian.credit.trials import reckon
from tests.casework import Story, investigated, opened, ordered
from tests.world import at, officer

pytestmark = pytest.mark.django_db


def ordered_case(world):
    """A case with an order that was served; its employer."""
    story = Story(world)
    for part in (opened, investigated, ordered):
        part(story)
    return settled(respondent(story))


def test_an_employer_objects_to_one_fact_and_wins(people, world, time):
    employer = ordered_case(world)
    time("2027-01-04", 9)
    head = people(world.wang)
    head.open("gradings").follow("开始年度评价").choose("办法", "企业劳动保障守法诚信等级（国家）").fill(
        "评价之日", "2027-01-04"
    )
    head.press("开始评价").sees("正在计算", "规则原文")
    run = int(head.page.url.rstrip("/").split("/")[-1])
    moved(run, "store_grades", at("2027-01-04", 10))
    time("2027-01-04", 11)
    head.comes_back().open("step", run, "propose_grades").fill("意见", "拟评价如下。").press("提出评价结果").sees(
        "待批准", "等级分布"
    )
    leader = people(world.sun)
    leader.open("step", run, "approve_grades").fill("意见", "同意。").press("批准评价结果").sees("已生效")
    leader.open("grading_grades", run, grade="B").sees("B 级：1 家", employer.name)

    time("2027-01-05", 9)
    counter = people(world.zhou)
    counter.open("employer", employer.pk).follow("等级和依据").sees("责令改正", "计入的事实", "核实程度").picture(
        "grade"
    )
    counter.follow("提出异议").fill("提出人", "陈示东").fill("理由", "责令改正书送错了单位。").press("登记异议").sees(
        "待复核"
    )
    objection = int(counter.page.url.rstrip("/").split("/")[-1])
    second = people(officer("shiyuan", "史监察", world.district, ["inspector"]))
    second.open("step", objection, "examine_fact").choose("复核结论", "事实有误").fill(
        "复核意见", "送达回证上是另一家单位。"
    )
    second.press("复核事实").sees("待决定")
    leader.comes_back().open("step", objection, "strike_fact").fill("决定的理由", "同意复核意见。").press(
        "决定：事实有误"
    )
    leader.sees("事实有误，已经排除")
    counter.comes_back().open("credit_employer", employer.pk).sees("：A", "异议成立，更正", "没有计入的 1 项")
    assert Grade.objects.get(employer=employer, until_on=None).grade == "A"


def test_a_head_compares_two_rules(people, world, time):
    employer = ordered_case(world)
    Run(world, "2027-01-04").approved("2027-01-04")
    before = list(Grade.objects.values_list("employer", "grade", "until_on"))
    time("2027-01-05", 9)
    head = people(world.wang)
    head.open("trials", before="national", after="national").fill("新规则", "national: {label: 试}").press(
        "试算"
    ).answered(422)
    head.sees("第1行").open("trials", before="national", after="national")
    rules = head.page.get_by_label("新规则").input_value()
    head.fill("新规则", rules.replace("at_least: 3", "at_least: 1")).press("试算").sees("正在计算")
    reckon(Trial.objects.get().pk)
    head.open("trial", Trial.objects.get().pk).sees("1 家的等级会变", employer.name, "一年内被查处三次以上").picture(
        "trial"
    )
    assert list(Grade.objects.values_list("employer", "grade", "until_on")) == before

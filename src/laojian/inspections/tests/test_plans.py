"""The annual plan: its way, its day, its versions; and the published plans of other places, whose numbers come out."""

import pytest
from tests.world import at

from laojian.inspections import rules
from laojian.inspections.models import Plan, Task
from laojian.procedure.step import Refused
from laojian.procedure.take import open_file, take

from .planned import OPINION, drafted, published, republished, task

pytestmark = pytest.mark.django_db


def of(file) -> list[Task]:
    return list(Task.objects.filter(plan=file.id, version=file.plan["version"]))


def test_a_plan_is_written_approved_and_published_by_the_last_day_of_march(world):
    file = drafted(world)
    assert [(c["key"], c["due_on"]) for c in file.clocks] == [("plan_publish", "2026-03-31")]
    file = republished(world, file, "2026-03-31")
    assert file.state == "plan_published" and [c["ending"] for c in file.clocks] == ["stopped"]
    plan = Plan.objects.get(pk=file.id)
    assert (plan.published_version, str(plan.published_on), plan.bureau) == (1, "2026-03-31", world.district)


def test_a_plan_published_late_says_why(world):
    file = drafted(world)
    take(file.id, "submit_plan", by=world.wang, at=at("2026-04-01"), given=OPINION)
    take(file.id, "approve_plan", by=world.sun, at=at("2026-04-01", 10), given=OPINION)
    with pytest.raises(Refused, match="2026-03-31 届满"):
        take(file.id, "publish_plan", by=world.wang, at=at("2026-04-01", 11), given={})
    file = take(file.id, "publish_plan", by=world.wang, at=at("2026-04-01", 11), given={"late_reason": "机构改革"})
    assert file.state == "plan_published"


def test_who_submitted_a_plan_does_not_approve_it(world):
    file = drafted(world)
    with pytest.raises(Refused, match="由分管负责人、主要负责人办理"):
        take(file.id, "approve_plan", by=world.wang, at=at("2026-02-03"), given=OPINION)


def test_a_bureau_has_one_plan_a_year_and_another_bureau_its_own(world):
    drafted(world)
    with pytest.raises(Refused, match="已有 2026 年度抽查计划"):
        open_file("plan", "draft_plan", by=world.wang, at=at("2026-02-03"), given={"year": 2026})
    open_file("plan", "draft_plan", by=world.outsider_head, at=at("2026-02-03"), given={"year": 2026})


def test_a_published_plan_changes_only_by_a_new_version_with_its_reason(world):
    file = published(world)
    with pytest.raises(Refused, match="现处“计划已公布”"):
        take(file.id, "add_task", by=world.wang, at=at("2026-05-06"), given=task())
    with pytest.raises(Refused, match="调整理由"):
        take(file.id, "change_plan", by=world.wang, at=at("2026-05-06"), given={})
    file = take(file.id, "change_plan", by=world.wang, at=at("2026-05-06"), given={"reason": "上级新增一项任务"})
    take(file.id, "add_task", by=world.wang, at=at("2026-05-06", 10), given=task("新增任务"))
    assert Plan.objects.get(pk=file.id).published_version == 1
    file = republished(world, file, "2026-05-06", 11)
    plan = Plan.objects.get(pk=file.id)
    assert [(row["version"], row["reason"], row["published_on"]) for row in plan.versions] == [
        (1, "", "2026-02-02"), (2, "上级新增一项任务", "2026-05-06"),
    ]  # fmt: skip
    assert str(plan.published_on) == "2026-02-02"
    assert Task.objects.filter(plan=plan, version=1).count() == 1 and len(of(file)) == 2


def test_a_change_can_be_given_up(world):
    file = published(world)
    take(file.id, "change_plan", by=world.wang, at=at("2026-05-06"), given={"reason": "拟增加任务"})
    file = take(file.id, "keep_plan", by=world.wang, at=at("2026-05-07"), given={"reason": "不再增加"})
    assert (file.state, file.plan["version"], Task.objects.count()) == ("plan_published", 1, 1)


def test_the_first_version_cannot_be_given_up(world):
    with pytest.raises(Refused, match="没有可以恢复的版本"):
        take(drafted(world).id, "keep_plan", by=world.wang, at=at("2026-02-03"), given={"reason": "无"})


def test_a_plan_without_tasks_is_not_submitted(world):
    file = open_file("plan", "draft_plan", by=world.wang, at=at("2026-02-02"), given={"year": 2026})
    with pytest.raises(Refused, match="还没有任务"):
        take(file.id, "submit_plan", by=world.wang, at=at("2026-02-03"), given=OPINION)


@pytest.mark.parametrize(
    ("strata", "words"),
    [
        ([{"label": "鉴定机构", "ratio": "5", "size": "37", "number": "1"}], "按比例至少抽 2 家，计划只抽 1 家"),
        ([{"label": "鉴定机构", "ratio": "5", "size": "3", "number": "4"}], "共 3 家，不能抽 4 家"),
        ([{"label": "甲", "ratio": "105"}], "比例应在零与一百之间"),
        ([{"label": "甲", "ratio": "x"}], "比例写数字"),
        ([{"label": "甲"}], "请写明比例"),
        ([{"label": "甲", "ratio": "5"}, {"label": "甲", "ratio": "6"}], "两层同名"),
        ([{"ratio": "5"}], "请写明这一层的名称"),
        ([], "分层：请填写"),
    ],
)
def test_strata_that_do_not_add_up_are_refused_in_words(world, strata, words):
    file = drafted(world)
    with pytest.raises(Refused) as refused:
        take(file.id, "add_task", by=world.wang, at=at("2026-02-03"), given=task(strata=strata))
    assert words in str(refused.value) or words == "分层：请填写"


def test_a_task_lies_in_its_year(world):
    with pytest.raises(Refused, match="不在 2026 年度内"):
        take(drafted(world).id, "add_task", by=world.wang, at=at("2026-02-03"), given=task(until="2027-01-31"))


# ── the published plans of shared/cases/draws.yaml, told in our own words ──


def test_a_province_reviews_150_employers_on_paper(world):
    file = published(
        world,
        2023,
        task("用人单位书面审查", 2023, [{"label": "本市行政区域内用人单位", "number": "150"}], mode="written"),
    )
    (row,) = of(file)
    assert (rules.planned(row.strata), row.mode, rules.told(row.strata[0])) == (150, "written", "抽 150 家")


def test_a_first_round_draws_one_of_six_and_five_of_37_where_two_would_do(world):
    strata = [
        {"label": "人才中介服务机构", "kind": "agency", "ratio": "5", "size": "6"},
        {"label": "职业技能鉴定机构", "industry": "职业技能鉴定", "ratio": "5", "size": "37", "number": "5"},
    ]
    (row,) = of(published(world, 2026, task("首轮抽查", strata=strata)))
    agencies, testers = row.strata
    assert (rules.minimum(agencies, 6), rules.minimum(testers, 37), rules.planned(row.strata)) == (1, 2, 6)
    assert rules.told(agencies) == "6 家中抽 1 家（不低于 5％，向上取整）"
    assert rules.told(testers) == "37 家中抽 5 家（不低于 5％，比最低数 2 家多 3 家）"


def test_whoever_was_graded_c_is_inspected_whole_and_half_of_b(world):
    strata = [
        {"label": "上年度被处罚或者评为 C 级", "grade": "C", "ratio": "100"},
        {"label": "上年度评为 B 级", "grade": "B", "ratio": "50"},
    ]
    (row,) = of(published(world, 2021, task("书面审查", 2021, strata, mode="written"), day="2021-02-01"))
    assert rules.planned(row.strata) is None
    assert [(rules.number(each, 110), rules.told(each)) for each in row.strata] == [
        (110, "不低于 100％"),
        (55, "不低于 50％"),
    ]
    assert [each["scope"] for each in row.strata] == [{"grade": ["C"]}, {"grade": ["B"]}]


def test_targeted_and_untargeted_tasks_of_one_plan_stay_apart(world):
    whole = [{"label": "全部市场主体", "ratio": "5", "size": "2990000", "number": "156000"}]
    some = [
        {"label": "拍卖企业", "industry": "拍卖", "ratio": "20", "number": "1624"},
        {"label": "农资经营", "industry": "农资", "ratio": "5", "number": "1233"},
        {"label": "商品交易市场", "industry": "商品交易市场", "ratio": "5", "number": "181"},
    ]
    file = published(
        world, 2018, task("不定向抽查", 2018, whole), task("定向抽查", 2018, some, targeted="yes"), day="2018-03-05"
    )
    first, second = of(file)
    assert (first.targeted, rules.minimum(first.strata[0], 2_990_000), rules.planned(first.strata)) == (
        False,
        149_500,
        156_000,
    )
    assert (second.targeted, [each["number"] for each in second.strata]) == (True, [1624, 1233, 181])
    assert "多 6500 家" in rules.told(first.strata[0])


def test_a_joint_task_names_its_lead_and_partners(world):
    given = task("联合抽查", lead="示例区人力资源和社会保障局", partners="示例区住房和建设委员会\n示例区市场监督管理局")
    (row,) = of(published(world, 2026, given))
    assert (row.lead, row.partners) == (
        "示例区人力资源和社会保障局",
        ["示例区住房和建设委员会", "示例区市场监督管理局"],
    )
    with pytest.raises(Refused, match="联合抽查须写明牵头部门"):
        take(drafted(world, 2027, day="2027-01-04").id, "add_task", by=world.wang, at=at("2027-01-05"),
             given=task(year=2027, partners="示例区市场监督管理局"))  # fmt: skip


def test_a_task_is_parted_by_grade_and_level_and_an_unknown_level_is_told(world):
    strata = [
        {"label": "A级，没有核实过", "grade": "A", "evidence": "E0、E1、E2", "ratio": "10"},
        {"label": "A级，已核实", "grade": "A", "evidence": "E3、E4", "ratio": "2"},
    ]
    (row,) = of(published(world, 2026, task(strata=strata)))
    assert [each["scope"] for each in row.strata] == [
        {"grade": ["A"], "evidence": ["E0", "E1", "E2"]}, {"grade": ["A"], "evidence": ["E3", "E4"]},
    ]  # fmt: skip
    with pytest.raises(Refused, match="没有“E9”这一档核实程度"):
        published(world, 2027, task(strata=[{"label": "一", "evidence": "E9", "ratio": "10"}]))


def test_the_form_offers_what_graded_supervision_asks(world):
    plan = drafted(world, 2026)
    told = str(plan.flow["add_task"].given(file=plan, on=plan.on).fields["strata"].help_text)
    assert "C级，重点监管 100％" in told and "B级，增加检查 20％" in told and "已到现场核实" not in told

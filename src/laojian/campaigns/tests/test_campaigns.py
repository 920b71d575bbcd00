"""A campaign from plan to report: every figure is a count of rows, and whoever enters nonsense is told which row."""

from datetime import date

import pytest
from django.urls import reverse
from tests.world import SINCE

from laojian.campaigns.models import Attendance, Outcome, Target
from laojian.campaigns.queries import behind, figures
from laojian.employers.identifiers import invented_credit_code
from laojian.employers.models import Employer
from laojian.papers.models import Paper
from laojian.people.acting import acting
from laojian.people.models import Post
from laojian.procedure.step import Refused
from laojian.procedure.tests.whole import halves
from laojian.record.models import Entry

from .taking import Campaigning, named, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(world):
    """The city's inspector plans, the district's head of bureau leads the city for this test."""
    Post.objects.create(officer=world.cao, bureau=world.city, role="deputy", since=SINCE)
    return world.cao


@pytest.fixture
def campaign(world, head):
    return Campaigning(world, world.city_inspector, head).launched()


def counted(file) -> dict:
    """The figures of a campaign by key."""
    with acting(file.actor["id"]):
        return {row.key: row.value for row in figures(file.id)}


def test_the_arrears_campaigns_of_a_year_count_as_reported(world, head):
    """71 projects, 196 employers, 77 orders, 24 letters: summer and winter together."""
    told = {}
    for name, span, projects, employers, orders, letters in (
        ("根治欠薪夏季专项行动", ("2020-07-01", "2020-08-31"), 40, 100, 40, 11),
        ("根治欠薪冬季专项行动", ("2020-11-20", "2020-12-31"), 31, 96, 37, 13),
    ):
        one = Campaigning(world, world.city_inspector, head, name=name, begins_on=span[0], ends_on=span[1]).launched()
        targets = named("project", projects, "项目") + named("employer", employers, "单位")
        one.do("add_targets", rows=targets)
        day = span[1]
        results = [{"target": row["name"], "on": day, "what": "nothing"} for row in targets]
        results += [
            {"target": targets[k]["name"], "on": day, "what": "order", "document": f"示改{k}号"} for k in range(orders)
        ]
        results += [
            {"target": targets[-k]["name"], "on": day, "what": "suggestion", "document": f"示建{k}号"}
            for k in range(1, letters + 1)
        ]
        one.do("note_results", day=day, rows=results)
        for key, value in counted(one.file).items():
            told[key] = told.get(key, 0) + value
        assert halves(one.file.id) == []
    assert (told["targets:project"], told["targets:employer"], told["order"], told["suggestion"]) == (71, 196, 77, 24)


def test_the_labour_market_campaign_counts_as_reported(world, head):
    """836 attendances of three departments, 1,061 targets, 21 violations of three kinds, 12 closed, 20 orders, 12,700 yuan."""
    one = Campaigning(world, world.city_inspector, head, name="清理整顿人力资源市场秩序专项执法行动", begins_on="2020-05-06",
                      ends_on="2020-06-30").launched()  # fmt: skip
    turned_out = {"人社部门": 496, "市场监管部门": 254, "其他有关部门": 86}
    targets = named("agency", 300, "人力资源") + named("intermediary", 61, "中介") + named("employer", 700, "招工")
    one.do("add_targets", rows=targets)
    one.do("note_attendance", day="2020-06-30", rows=people(turned_out, date(2020, 5, 6), 50))
    bad = ["unlicensed_agency"] * 11 + ["illicit_gain"] * 8 + ["withheld_id_or_deposit"] * 2
    day = "2020-06-30"
    rows = [{"target": row["name"], "on": day, "what": "未发现问题"} for row in targets[len(bad) :]]
    rows += [{"target": targets[k]["name"], "on": day, "what": what} for k, what in enumerate(bad)]
    rows += [{"target": targets[k]["name"], "on": day, "what": "关闭（取缔）"} for k in range(12)]
    rows += [{"target": targets[k]["name"], "on": day, "what": "order", "document": f"示改{k}号"} for k in range(20)]
    rows += [
        {"target": targets[k]["name"], "on": day, "what": "refund", "amount": amount}
        for k, amount in ((0, "12000.00"), (1, "700"))
    ]
    one.do("note_results", day=day, rows=rows)
    told = counted(one.file)
    assert told["attendance"] == 836 == sum(told[f"attendance:{name}"] for name in turned_out)
    assert [told[f"attendance:{name}"] for name in turned_out] == [496, 254, 86]
    assert (told["targets"], told["violation"], told["closure"], told["order"], told["refund"]) == (
        1061,
        21,
        12,
        20,
        12700,
    )
    assert [told[f"violation:{key}"] for key in dict.fromkeys(bad)] == [11, 8, 2]
    with acting(world.city_inspector.pk):
        for row in figures(one.file.id):
            lying = behind(one.file.id, row.key)
            assert row.value == (sum(each.amount for each in lying) if row.key == "refund" else lying.count()), row.key
    assert halves(one.file.id) == []


def test_the_smoking_campaign_counts_as_reported(world, head):
    one = Campaigning(
        world, world.city_inspector, head, name="控烟专项检查", document="示爱卫办〔2020〕33号"
    ).launched()
    one.do("add_targets", rows=named("school", 18, "技工学校"))
    names = [row["name"] for row in named("school", 18, "技工学校")]
    one.do("note_results", rows=[{"target": name, "on": "2020-07-01", "what": "nothing"} for name in names])
    assert counted(one.file)["targets:school"] == 18


def test_a_campaign_ends_with_its_report_and_its_figures_on_paper(campaign, head):
    campaign.do("add_targets", rows=named("employer", 2, "单位"))
    campaign.do("note_results", rows=[{"target": "示单位1（示例）", "on": "2020-07-01", "what": "wage_arrears"}])
    with pytest.raises(Refused, match="还有 1 个对象没有检查结果"):
        campaign.do("report_campaign", result="完成检查")
    campaign.do("report_campaign", result="完成检查", unchecked="示单位2已停业")
    with acting(campaign.hand.pk):
        body = str(Paper.objects.get(dossier_id=campaign.file.id, code="campaign_report").body)
    assert "拖欠克扣工资" in body and "示单位2已停业" in body
    with pytest.raises(Refused, match=r"由您办理|回避|他人"):
        Post.objects.create(officer=campaign.hand, bureau=campaign.hand.bureau, role="deputy", since=SINCE)
        campaign.do("complete", campaign.hand, opinion="同意")
    campaign.do("complete", head, opinion="同意")
    assert campaign.file.state == "completed" and halves(campaign.file.id) == []


def test_what_was_entered_by_mistake_no_longer_counts_and_stays_readable(campaign):
    campaign.do("add_targets", rows=named("employer", 1, "单位"))
    campaign.do(
        "note_results", rows=[{"target": "示单位1（示例）", "on": "2020-07-01", "what": "order", "document": "示改1号"}]
    )
    row = Outcome.objects.get()
    campaign.do("drop_result", outcome=str(row.pk), reason="录入错误")
    assert counted(campaign.file)["order"] == 0 and Outcome.objects.get().dropped_seq == campaign.file.seq
    assert Entry.objects.get(dossier_id=campaign.file.id, seq=row.seq).verb == "note_results"


@pytest.mark.parametrize(
    ("verb", "rows", "told"),
    [
        ("note_attendance", "2020-07-01\t人社部门\t示员甲\n2020-07-01\t人社部门\t示员甲", "第 2 条：2020-07-01 示员甲 已经登记"),
        ("note_attendance", "2020-07-01\t税务部门\t示员甲", "税务部门不是参加部门"),
        ("note_attendance", "2020-06-30\t人社部门\t示员甲", "不在 2020-07-01 至 2020-07-01 之内"),
        ("note_attendance", "7月1日\t人社部门\t示员甲", "第 1 行：日期“7月1日”不是日期"),
        ("note_attendance", "2020-07-01\t人社部门", "第 1 行：缺少姓名"),
        ("note_attendance", "", "请粘贴至少一行"),
        ("add_targets", "工厂\t示单位", "种类“工厂”不在"),
        ("add_targets", "用人单位,示单位,911201140000000000", "统一社会信用代码“911201140000000000”：.*校验"),
        ("note_results", "示无此单位\t2020-07-01\t未发现问题", "不在检查对象之中"),
        ("note_results", "示单位1（示例）\t2020-07-01\t责令改正", "责令改正、监察建议书须写文号"),
        ("note_results", "示单位1（示例）\t2020-07-01\t责令退还费用", "责令退还费用须写金额"),
        ("note_results", "示单位1（示例）\t2020-07-01\t责令退还费用\t一百", "金额“一百”不是金额"),
        ("note_results", "示单位1（示例）\t2020-07-01\t罚款", "结果“罚款”不在"),
    ],
)  # fmt: skip
def test_a_row_that_is_wrong_is_named_and_nothing_is_written(campaign, verb, rows, told):
    campaign.do("add_targets", rows=named("employer", 1, "单位"))
    before = (Attendance.objects.count(), Target.objects.count(), Outcome.objects.count(), campaign.file.seq)
    with pytest.raises(Refused, match=told):
        campaign.do(verb, rows=rows)
    assert before == (Attendance.objects.count(), Target.objects.count(), Outcome.objects.count(), campaign.file.seq)


def test_a_target_of_the_register_is_found_by_its_code(campaign):
    firm = Employer.objects.create(
        name="示岗机械（示例）有限公司", credit_code=invented_credit_code(41), kind="company"
    )
    campaign.do(
        "add_targets",
        rows=f"种类,名称,统一社会信用代码\n用人单位，{firm.name}，{firm.credit_code}\n在建项目,示安家园工地",
    )
    assert list(Target.objects.order_by("id").values_list("kind", "employer")) == [
        ("employer", firm.pk),
        ("project", None),
    ]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("2020-07-01\t人社部门\t示\0员", "不可见的控制字符"),
        ("2020-07-01\t" + "部" * 121 + "\t示员甲", "超过 120 个字"),
        ("0000-00-00\t人社部门\t示员甲", "不是日期"),
        ("示单位1（示例）\t2020-07-01\t责令退还费用\t" + "9" * 30, "不是金额"),
    ],
)
def test_hostile_rows_are_told_and_never_break(campaign, rows, told):
    campaign.do("add_targets", rows=named("employer", 1, "单位"))
    with pytest.raises(Refused, match=told):
        campaign.do("note_results" if "退还" in rows else "note_attendance", rows=rows)


def test_a_department_may_have_a_long_name_with_a_stroke_and_none_beyond_what_is_kept(world, head):
    long = "部" * 119 + "/"
    one = Campaigning(world, world.city_inspector, head, departments=f"人社部门\n{long}").launched()
    one.do("note_attendance", rows=f"2020-07-01\t{long}\t示员甲\r\n")
    assert (
        reverse("campaign_records", args=[one.file.id, f"attendance:{long}"]) and counted(one.file)["attendance"] == 1
    )
    with pytest.raises(Refused, match="超过 120 个字"):
        Campaigning(world, world.city_inspector, head, departments="部" * 121)


def test_a_list_of_a_hundred_thousand_is_read_through_once(campaign):
    rows = "\n".join(f"2020-07-01\t人社部门\t示员{n % 99_999}" for n in range(100_000))
    with pytest.raises(Refused, match="第 100000 条：2020-07-01 示员0 已经登记"):
        campaign.do("note_attendance", rows=rows)


def test_ten_thousand_rows_with_errors_in_some_are_told_in_few_words(campaign):
    rows = "\n".join(f"2020-07-01\t人社部门\t示员{n}" if n % 3 else f"昨天\t人社部门\t示员{n}" for n in range(10_000))
    with pytest.raises(Refused) as refused:
        campaign.do("note_attendance", rows=rows)
    told = [str(reason) for reason in refused.value.reasons]
    assert len(told) == 11 and told[-1].endswith("另有 3324 处")


def test_the_planner_does_not_approve_and_nobody_turns_out_before_the_notice(world, head):
    one = Campaigning(world, world.city_inspector, head)
    with pytest.raises(Refused):
        one.do("note_attendance", rows="2020-07-01\t人社部门\t示员甲")
    Post.objects.create(officer=world.city_inspector, bureau=world.city, role="chief", since=SINCE)
    with pytest.raises(Refused):
        one.do("approve_plan", world.city_inspector, opinion="同意")
    assert one.file.state == "prepared"


def test_a_longer_period_never_leaves_out_what_happened(campaign, head):
    campaign.do("note_attendance", rows="2020-07-01\t人社部门\t示员甲")
    with pytest.raises(Refused, match="结束之日不能更早"):
        campaign.do("change_period", head, ends_on="2020-06-30", reason="提前结束")
    campaign.do("change_period", head, ends_on="2020-10-31", reason="上级延长")
    assert campaign.file.campaign["ends_on"] == "2020-10-31"

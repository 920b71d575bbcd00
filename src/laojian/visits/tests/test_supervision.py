"""Graded supervision: what a grade and its level come to, the policy of fewer inspections off by default, complaints always free."""

from datetime import date

import pytest
from tests.visiting import firm, publishing
from tests.world import at

from laojian.lawbook import GROUNDS, law
from laojian.procedure.step import Refused
from laojian.procedure.take import open_file
from laojian.visits import standing as registry
from laojian.visits.queries import over_cap
from laojian.visits.standing import Standing
from laojian.visits.supervision import KINDS, NEVER, measure, measures, policy, supervision

DAY = date(2026, 3, 2)
SET = {"value": "verified", "document": "宝人社发〔2026〕示例3号", "source": "示例"}
AGREED = {"local": {"fewer_visits": {"2026-01-01": SET}}}


@pytest.fixture
def graded(monkeypatch):
    """Everybody has one grade and level, as the test says."""

    def grade(letter: str, level: str, industry: str = "批发和零售业"):
        told = Standing(letter, level, f"等级 {letter}（{level}）", industry)
        monkeypatch.setattr(registry, "STANDINGS", [lambda employer, on: told])

    return grade


@pytest.mark.parametrize(
    ("grade", "level", "industry", "options", "key", "ratio"),
    [
        ("A", "E0", "批发和零售业", {}, "a", None),
        ("A", "E3", "批发和零售业", {}, "a", None),  # without a policy nothing is lessened, however well it is verified
        ("A", "E3", "批发和零售业", AGREED, "a_verified", 2),
        ("A", "E0", "批发和零售业", AGREED, "a", None),  # never looked at: the whole weight, whatever the policy
        ("A", "E2", "批发和零售业", AGREED, "a", None),
        ("A", "E0", "建筑业", AGREED, "a_key", 10),
        ("A+", "E4", "建筑业", AGREED, "aplus_verified", 1),  # small, never nothing
        ("A+", "E4", "建筑业", {}, "aplus", None),
        ("A+", "E1", "建筑业", AGREED, "aplus", None),
        ("B", "E3", "建筑业", AGREED, "b", 20),
        ("C", "E3", "建筑业", AGREED, "c", 100),
    ],
)
def test_grade_level_and_industry_come_to_a_ratio(grade, level, industry, options, key, ratio):
    row = measure(grade, level, industry, options, DAY)
    assert (row.key, row.ratio) == (key, ratio)


def test_the_policy_holds_from_its_day_with_its_document():
    assert policy({}, DAY) is None and policy(AGREED, DAY).document == SET["document"]
    assert policy(AGREED, date(2025, 12, 31)) is None
    assert measure("unknown", "", "", AGREED, DAY) is None and measures({}, date(2010, 1, 1)) == ()


def test_nothing_lessens_inspections_of_who_was_not_verified_and_nothing_holds_back_a_complaint():
    for row in measures(AGREED, DAY):
        assert not set(row.exempt) & set(NEVER) and set(row.exempt) <= set(GROUNDS)
        if row.policy:
            assert row.levels and set(row.levels) <= {"E3", "E4"}
            assert row.ratio  # a small share stays
    assert {one.kind for rows in supervision().consequences.values() for one in rows} == set(KINDS)


@pytest.mark.django_db
def test_a_verified_a_is_visited_once_a_year_where_the_bureau_has_said_so_and_a_complaint_is_always_free(world, graded):
    graded("A", "E3")
    employer, items = firm(), list(law().items)
    bureau = publishing(world.district)
    given = {"employer": employer.pk, "ground": "patrol", "mode": "onsite", "items": ["wage-payment"], "from_on": "2026-03-09",
             "until_on": "2026-03-20", "start_at": "2026-03-09T09:30", "lead": world.zhang.pk, "second": world.li.pk}  # fmt: skip
    open_file("visit", "plan_visit", by=world.zhang, at=at("2026-03-02"), given=given)
    told = {ground: over_cap([employer.pk], items, ground, DAY, AGREED) for ground in GROUNDS}
    assert "上限为 1 次" in str(told["patrol"][employer.pk]) and told["draw"]
    assert not told["report"] and not told["assignment"]
    assert over_cap([employer.pk], items, "patrol", DAY, {}) == {}
    bureau.options = {**bureau.options, **AGREED}
    bureau.save()
    again = given | {"separate_reason": "另一事项"}
    with pytest.raises(Refused, match="上限为 1 次"):
        open_file("visit", "plan_visit", by=world.zhang, at=at("2026-03-02", 10), given=again)
    free = given | {"ground": "report", "document": "投诉举报 示例1号"}
    assert open_file("visit", "plan_visit", by=world.zhang, at=at("2026-03-02", 11), given=free).id


@pytest.mark.django_db
def test_nobody_goes_on_patrol_to_an_a_plus_but_draws_and_complaints_go_on(world, graded):
    graded("A+", "E1")
    employer, items = firm(), list(law().items)
    assert "免于日常巡视检查" in str(over_cap([employer.pk], items, "patrol", DAY, {})[employer.pk])
    for ground in ("draw", "report", "assignment", "campaign"):
        assert over_cap([employer.pk], items, ground, DAY, {}) == {}

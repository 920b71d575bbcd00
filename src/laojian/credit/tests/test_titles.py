"""Titles of harmony: A+ while they stand, no more once revoked or run out, outweighed by a penalty; interviews; the standing for visits."""

from datetime import date

import pytest
from tests.visiting import VisitStory, firm
from tests.world import at

from laojian.credit.contacts import level_of
from laojian.credit.grading import Told, grade
from laojian.credit.models import Grade, Grading, Interview, Title
from laojian.credit.records import facts_sql
from laojian.credit.sample import facts_by
from laojian.credit.schemes import schemes
from laojian.credit.titles_queries import against, stands, to_interview
from laojian.dossier.models import Dossier
from laojian.employers.models import Employer
from laojian.inspections.pools import fitting, told
from laojian.people.acting import acting
from laojian.procedure.step import Refused
from laojian.procedure.take import open_file, take
from laojian.visits.queries import over_cap
from laojian.visits.standing import STANDINGS, standing

pytestmark = pytest.mark.django_db
TIANJIN, DAY = schemes()["tianjin"], date(2026, 3, 10)
GIVEN = {"level": "city", "granted_on": "2025-06-01", "document": "津人社发〔2025〕示例1号"}


def granted(world, employer, **more):
    return open_file(
        "title", "grant_title", by=world.zhang, at=at("2026-03-02"), given={"employer": employer.pk, **GIVEN, **more}
    )


def graded(world, employer, on=DAY, *more):
    with acting(world.clock.pk):
        facts = facts_by(facts_sql(), [employer.pk]).get(employer.pk, [])
    return grade([*facts, *more], TIANJIN, on)[0]


def test_a_title_of_the_city_makes_an_a_plus_until_it_is_revoked_and_a_penalty_outweighs_it(world):
    employer = firm()
    assert graded(world, employer) == "A"
    file = granted(world, employer)
    assert graded(world, employer) == "A+" and graded(world, employer, date(2025, 5, 31)) == "A"
    assert graded(world, employer, DAY, Told("penalty", date(2026, 3, 5), 9)) == "C"
    with pytest.raises(Refused, match="早于认定之日"):
        take(
            file.id,
            "revoke_title",
            by=world.wang,
            at=at("2026-03-11"),
            given={"on": "2025-05-01", "document": "示例", "reason": "示例"},
        )
    gone = {"on": "2026-03-11", "document": "津人社发〔2026〕示例9号", "reason": "复核不符合条件"}
    file = take(file.id, "revoke_title", by=world.wang, at=at("2026-03-11"), given=gone)
    assert file.state == "title_revoked" and graded(world, employer, date(2026, 3, 11)) == "A"
    assert graded(world, employer, date(2026, 3, 10)) == "A+"  # as it then was


def test_a_title_of_a_district_makes_no_a_plus_and_one_that_ran_out_neither(world):
    employer, other = firm(22), firm(23)
    granted(world, employer, level="district")
    assert graded(world, employer) == "A"
    granted(world, other, valid_to="2026-03-09")
    assert graded(world, other, date(2026, 3, 9)) == "A+" and graded(world, other) == "A"
    assert not stands(Title.objects.get(employer=other), DAY)


def test_a_title_is_entered_once(world):
    employer = firm()
    granted(world, employer)
    with pytest.raises(Refused, match="已经登记过"):
        granted(world, employer)
    with pytest.raises(Refused, match="仍然有效"):
        granted(world, employer, document="另一文号")
    with pytest.raises(Refused, match="早于认定之日"):
        granted(world, firm(29), valid_to="2025-01-01")


def test_with_a_visit_on_site_a_title_is_verified_harmony_and_alone_it_is_not(world):
    story = VisitStory(world)
    granted(world, story.employer)
    assert level_of(story.employer.pk, DAY).level.key == "E1"
    story.ended()
    assert level_of(story.employer.pk, DAY).level.key == "E4"
    take(Title.objects.get().pk, "revoke_title", by=world.wang, at=at("2026-03-12"),
         given={"on": "2026-03-12", "document": "示例", "reason": "示例"})  # fmt: skip
    assert level_of(story.employer.pk, date(2026, 3, 12)).level.key == "E3"


def test_what_is_on_record_since_asks_for_a_review_until_it_was_made(world, monkeypatch):
    employer = firm()
    file = granted(world, employer)
    sql = f"""SELECT {employer.pk}::bigint AS employer, 1::bigint AS "case", 'penalty' AS kind, '2026-03-05'::date AS "on",
        NULL::date AS ended, NULL::date AS reversed"""
    monkeypatch.setattr("laojian.credit.titles_queries.facts_sql", lambda: sql)
    assert against([Title.objects.get()], DAY) == {file.id: [("penalty", date(2026, 3, 5), 1)]}
    assert against([Title.objects.get()], date(2026, 3, 4)) == {}
    take(
        file.id, "review_title", by=world.wang, at=at("2026-03-11"), given={"on": "2026-03-11", "opinion": "另行上报。"}
    )
    assert against([Title.objects.get()], date(2026, 3, 12)) == {}


def in_force(world, employer, letter):
    run = Grading.objects.create(
        dossier=Dossier.objects.create(flow="title", state="title_held", title="示例", bureau=world.district, district=world.district,
                                       opened_on=DAY),
        scheme="tianjin", on=DAY, first_on=DAY, cut_off_on=DAY,
    )  # fmt: skip
    return Grade.objects.create(run=run, employer=employer, scheme="tianjin", grade=letter, since_on=date(2026, 1, 1))


def test_grade_and_level_reach_the_caps_of_visits(world):
    assert STANDINGS
    employer = firm()
    now = standing(employer.pk, DAY)
    assert (now.grade, now.evidence) == ("unknown", "E0") and "按等级不明办理" in now.said
    with acting(world.clock.pk):
        in_force(world, employer, "A+")
    now = standing(employer.pk, DAY)
    assert (now.grade, now.evidence) == ("A+", "E0") and "E0" in now.said
    assert over_cap([employer.pk], ["wage-payment"], "patrol", DAY, {})
    for ground in ("report", "assignment", "draw"):
        assert not over_cap([employer.pk], ["wage-payment"], ground, DAY, {})
    assert standing(employer.pk, date(2025, 12, 31)).grade == "unknown"


def test_a_c_is_waiting_for_its_interview_until_it_was_held(world):
    employer, other = firm(), firm(22)
    with acting(world.clock.pk):
        in_force(world, employer, "C")
        in_force(world, other, "B")
    assert to_interview("", DAY) == [employer] and to_interview("别处", DAY) == []
    given = {"employer": employer.pk, "held_at": "2026-03-09T10:00", "place": "本机关", "person": "陈示东", "post": "经理",
             "officers": "张监察、李监察", "reason": "评为C级", "minutes": "指出问题。", "commitments": "十日内补发。"}  # fmt: skip
    with pytest.raises(Refused, match="晚于今天"):
        open_file("interview", "record_interview", by=world.zhang, at=at("2026-03-08"), given=given)
    file = open_file("interview", "record_interview", by=world.zhang, at=at("2026-03-10"), given=given)
    assert to_interview("", DAY) == [] and to_interview("", date(2027, 1, 5)) == [employer]
    take(file.id, "close_interview", by=world.wang, at=at("2026-03-20"), given={"outcome": "已经补发。"})
    assert Interview.objects.get().outcome == "已经补发。"


def test_a_scope_restricts_by_grade_and_level(world):
    story, other = VisitStory(world), firm(22)
    story.ended()
    with acting(world.clock.pk):
        in_force(world, other, "B")
    found = lambda **scope: set(Employer.objects.filter(fitting(scope)))  # noqa: E731
    assert found(evidence=["E3"]) == {story.employer} and other in found(evidence=["E0", "E1"])
    assert found(grade=["B"]) == {other} and found(grade=["B"], evidence=["E3"]) == set()
    assert "核实程度：E0、E1" in told({"evidence": ["E0", "E1"]})

"""A yearly run from its rules to grades in force; what comes after lowers a grade at once, what falls restores it; an objection."""

from datetime import date

import pytest
from tests.casework import Story, investigated, opened, ordered
from tests.visiting import firm
from tests.world import at, officer

from laojian.credit.models import Exclusion, Grade, Grading
from laojian.credit.records import everybody, facts_of
from laojian.credit.schemes import of_text, schemes
from laojian.credit.tasks import adjust_grades, adjusted, moved
from laojian.employers.models import Employer
from laojian.papers.models import Paper
from laojian.people.acting import acting
from laojian.procedure.step import Refused
from laojian.procedure.take import open_file, take

from .test_records import respondent

pytestmark = pytest.mark.django_db


class Run:
    """A run of one bureau, told step by step."""

    def __init__(self, world, day, scheme="national"):
        self.world = world
        told = {"scheme": scheme, "on": day}
        self.file = open_file("grading", "begin_grading", by=world.wang, at=at(day), given=told)

    def do(self, verb, by, day, **given):
        self.file = take(self.file.id, verb, by=by, at=at(day, 10), given=given)

    def approved(self, day):
        moved(self.file.id, "store_grades", at(day, 9, 30))
        self.do("propose_grades", self.world.wang, day, opinion="拟评价如下。")
        self.do("approve_grades", self.world.sun, day, opinion="同意。")
        return self

    def of(self, employer):
        return list(Grade.objects.filter(employer=employer, run=self.file.id).order_by("id"))


def settled(employer):
    Employer.objects.filter(pk=employer.pk).update(region="宝示区")
    return employer


@pytest.fixture
def story(world):
    return Story(world)


def test_a_run_pins_its_rules_and_is_in_force_only_once_approved(world):
    employer = firm()
    run = Run(world, "2026-03-02")
    assert of_text(Grading.objects.get().rules) == schemes()["national"]
    moved(run.file.id, "store_grades", at("2026-03-02", 9, 30))
    assert [(row.grade, row.since_on) for row in run.of(employer)] == [("A", None)]
    run.do("propose_grades", world.wang, "2026-03-02", opinion="拟评价如下。")
    run.do("approve_grades", world.sun, "2026-03-03", opinion="同意。")
    assert [row.since_on for row in run.of(employer)] == [date(2026, 3, 3)]
    run.do("tell_employers", world.wang, "2026-03-04", on="2026-03-04", way="短信")
    with pytest.raises(Refused, match="没有尚未告知"):
        run.do("tell_employers", world.wang, "2026-03-05", on="2026-03-05", way="短信")
    run.do("draft_grade_notice", world.wang, "2026-03-05", code=employer.credit_code)
    with acting(world.wang.pk):
        assert "没有查处你单位" in str(Paper.objects.get(code="grade_notice").body)
    again = Run(world, "2027-03-01").approved("2027-03-01")
    old, new = run.of(employer)[0], again.of(employer)[0]
    assert (old.until_on, old.ended_by, new.until_on) == (date(2027, 3, 1), "run", None)
    run.do("close_grading", world.wang, "2027-03-02", opinion="已由新的评价取代。")


def test_a_day_before_the_rules_or_still_to_come_is_refused(world):
    with pytest.raises(Refused, match="只适用于"):
        Run(world, "2021-04-30", "tianjin")
    with pytest.raises(Refused, match="还没有到"):
        open_file(
            "grading",
            "begin_grading",
            by=world.wang,
            at=at("2026-03-02"),
            given={"scheme": "national", "on": "2026-03-03"},
        )


def test_an_order_served_after_the_run_lowers_at_once_and_its_fall_restores(world, story):
    opened(story)
    employer = settled(respondent(story))
    run = Run(world, "2026-03-02").approved("2026-03-03")
    investigated(story)
    adjust_grades(run.file.id)
    assert [row.grade for row in run.of(employer)] == ["A"]  # a finding alone changes nothing
    ordered(story)
    adjusted(run.file.id, at("2026-06-01"))
    adjusted(run.file.id, at("2026-06-02"))  # and nothing twice
    assert [(row.grade, row.by, row.ended_by) for row in run.of(employer)] == [
        ("A", "run", "downgrade"),
        ("B", "downgrade", ""),
    ]
    with acting(world.zhang.pk):
        Paper.objects.filter(dossier_id=story.file.id, code="correction_order").update(voided="撤销")
    adjusted(run.file.id, at("2026-06-03"))
    assert [(row.grade, row.by) for row in run.of(employer)][-1] == ("A", "restored")


def test_a_replay_with_the_rules_in_force_changes_nobody(world, story):
    for part in (opened, investigated, ordered):
        part(story)
    settled(respondent(story))
    run = Run(world, "2027-01-04").approved("2027-01-04")
    with acting(world.clock.pk):
        again = everybody(of_text(Grading.objects.get().rules), date(2027, 1, 4), None, "宝示区")
    assert again == {row.employer_id: (row.grade, row.rule) for row in Grade.objects.filter(run=run.file.id)}


def test_an_employer_objects_to_one_fact_and_wins(world, story):
    for part in (opened, investigated, ordered):
        part(story)
    employer = settled(respondent(story))
    run = Run(world, "2027-01-04").approved("2027-01-04")
    (grade,) = run.of(employer)
    with acting(world.clock.pk):
        (fact,) = {(each.case, each.kind, each.on) for each in facts_of(employer.pk)}
    told = {
        "grade": grade.pk,
        "fact": "|".join(map(str, fact)),
        "contact": "陈示东",
        "received_on": "2027-02-01",
        "reason": "送错了单位。",
    }
    at_day = at("2027-02-01")
    with pytest.raises(Refused, match="没有这项事实"):
        open_file(
            "grade_objection", "lodge_objection", by=world.zhou, at=at_day, given=told | {"fact": "1|order|2026-01-01"}
        )
    file = open_file("grade_objection", "lodge_objection", by=world.zhou, at=at_day, given=told)
    with pytest.raises(Refused, match="正在复核"):
        open_file("grade_objection", "lodge_objection", by=world.zhou, at=at_day, given=told)
    with pytest.raises(Refused, match="您承办了这项事实所在的案件"):
        take(file.id, "examine_fact", by=world.zhang, at=at("2027-02-02"), given={"wrong": "yes", "opinion": "有误"})
    other = officer("shiyuan", "史监察", world.district, ["inspector"])
    take(
        file.id,
        "examine_fact",
        by=other,
        at=at("2027-02-03"),
        given={"wrong": "yes", "opinion": "送达的是另一家单位。"},
    )
    after = take(file.id, "strike_fact", by=world.sun, at=at("2027-02-04"), given={"opinion": "同意复核意见。"})
    assert after.state == "fact_struck" and Exclusion.objects.count() == 1
    assert [(row.grade, row.by) for row in run.of(employer)] == [("B", "run"), ("A", "corrected")]
    with acting(world.clock.pk):
        assert not facts_of(employer.pk) and len(facts_of(employer.pk, whole=True)) == 1


def test_a_mass_event_entered_on_a_case_makes_a_c(world, story):
    for part in (opened, investigated):
        part(story)
    employer = settled(respondent(story))
    story.do("note_mass_event", world.zhang, sort="mass", on="2026-03-05", ground="公安机关通报（示例）")
    with acting(world.clock.pk):
        assert [each.kind for each in facts_of(employer.pk)] == ["mass_event"]
    run = Run(world, "2027-01-04").approved("2027-01-04")
    assert [(row.grade, row.rule) for row in run.of(employer)] == [("C", "c2")]

"""What counts as dealt with: cases dropped as minor, judgements, the level beside the grade on paper; the periods of a grading."""

from datetime import date

import pytest
from django.db import connection
from tests.beside import owing, with_police
from tests.casework import COMPLAINT, FACTS, VIOLATED, Story, investigated, opened, ordered
from tests.visiting import VisitStory
from tests.world import at

from laojian.clocks.models import Deadline
from laojian.credit.grading import grade
from laojian.credit.models import Grading
from laojian.credit.records import facts_of, facts_sql
from laojian.credit.schemes import of_text, schemes, written
from laojian.credit.tasks import adjusted
from laojian.papers.models import Paper
from laojian.people.acting import acting
from laojian.people.models import Bureau
from laojian.procedure.step import Refused
from laojian.procedure.take import open_file

from .test_records import respondent
from .test_runs import Run, settled

pytestmark = pytest.mark.django_db
NATIONAL = schemes()["national"]
HEAD = {"receiver": "陈示东", "relation": "法定代表人", "place": COMPLAINT["respondent_address"]}


def local(world, key: str, value: str):
    row = {
        "value": value,
        "document": "宝示人社发〔2026〕1号（示例）",
        "source": "示例",
        "by": "管理员",
        "on": "2026-01-05",
    }
    Bureau.objects.filter(pk=world.district.pk).update(options={"local": {key: {"2026-01-05": row}}})


def dropped(world, circumstance: str) -> Story:
    """A case with an order that was served, dropped afterwards; its decision served in person."""
    story = Story(world)
    for part in (opened, investigated, ordered):
        part(story)
    ending = {"facts": FACTS, "basis": "《劳动保障监察条例》第十八条"}
    story.do("end_investigation", world.zhang, "2026-04-01", **ending, evidence="台账", violated=VIOLATED, proposal="revocation",
             proposed="情节轻微并已改正。")  # fmt: skip
    story.do("ask_review", world.zhang, opinion="请审核")
    story.do("pass_review", world.zhao, opinion="同意")
    story.do(
        "revoke_filing",
        world.sun,
        "2026-04-03",
        **ending,
        circumstance=circumstance,
        reason="已经全部改正。",
        education="已教育。",
    )
    story.finish("revocation")
    story.serve("serve_decision", "revocation", story.party(), **HEAD)
    return story


def told(world, story):
    employer = respondent(story)
    with acting(world.clock.pk):
        return facts_of(employer.pk)


def test_an_order_in_a_case_dropped_as_minor_counts_until_the_case_was_dropped_and_no_longer(world):
    facts = told(world, dropped(world, "minor"))
    order, minor = (next(fact for fact in facts if fact.kind == kind) for kind in ("order", "minor"))
    assert order.reversed == minor.on == date(2026, 4, 3) and order.case == minor.case
    day = date(2027, 1, 4)
    assert grade(facts, NATIONAL, day)[0] == "A"
    found, rule = grade(facts, of_text(written("national", minor=True)), day)
    assert (found, rule.key) == ("B", "b1")


def test_a_grade_that_an_order_lowered_is_restored_when_its_case_is_dropped_as_minor(world):
    story = dropped(world, "minor")
    employer = settled(respondent(story))
    run = Run(world, "2026-03-02").approved("2026-03-03")
    with acting(world.clock.pk):
        order = next(fact for fact in facts_of(employer.pk) if fact.kind == "order")
    for day in (order.on, date(2026, 4, 2), date(2026, 4, 3)):
        adjusted(run.file.id, at(day.isoformat(), 20))
    assert [(row.grade, row.by) for row in run.of(employer)] == [("A", "run"), ("B", "downgrade"), ("A", "restored")]


def test_a_case_dropped_for_another_reason_keeps_its_order(world):
    assert {(fact.kind, fact.reversed) for fact in told(world, dropped(world, "unproved"))} == {("order", None)}


@pytest.mark.parametrize(("value", "letter"), [("", "A"), ("left_out", "A"), ("counted", "B")])
def test_a_bureau_says_whether_a_case_dropped_as_minor_counts_and_the_notice_says_so(world, value, letter):
    if value:
        local(world, "grade_minor", value)
    employer = settled(respondent(dropped(world, "minor")))
    run = Run(world, "2027-01-04").approved("2027-01-04")
    assert [row.grade for row in run.of(employer)] == [letter]
    assert of_text(Grading.objects.get().rules).minor == (value == "counted")
    run.do("draft_grade_notice", world.wang, "2027-01-05", code=employer.credit_code)
    with acting(world.wang.pk):
        body = str(Paper.objects.get(code="grade_notice").body)
    assert ("不计入" in body) == (value != "counted") and ("宝示人社发〔2026〕1号" in body) == bool(value)


def test_the_notice_tells_how_well_it_is_verified(world):
    visit = VisitStory(world)
    visit.ended()
    employer = settled(visit.employer)
    run = Run(world, "2026-04-01").approved("2026-04-01")
    run.do("draft_grade_notice", world.wang, "2026-04-02", code=employer.credit_code)
    with acting(world.wang.pk):
        assert "E3 现场核实" in str(Paper.objects.get(code="grade_notice").body)


@pytest.mark.parametrize(("convicted", "kinds"), [("yes", ["criminal"]), ("no", [])])
def test_a_conviction_is_a_fact_and_an_acquittal_none(world, convicted, kinds):
    story = Story(world)
    owing(story)
    employer = respondent(story)
    track = with_police(story)
    notice = {"document": "示例公立字 1 号", "reason": "见通知书", "received_on": "2026-04-06"}
    track.do("note_police_filed", world.zhang, "2026-04-06", **notice)
    track.do("hand_over_goods", world.zhang, "2026-04-07", handed_on="2026-04-07", items="台账", receiver="钱示警")
    judged = {"received_on": "2026-10-20", "document": "示例刑初 1 号", "reason": "见判决书"}
    with pytest.raises(Refused, match="判决无罪的，不会判处罚金"):
        track.do("note_judged", world.zhang, "2026-10-21", **judged, convicted="no", fined="yes")
    track.do("note_judged", world.zhang, "2026-10-21", **judged, convicted=convicted, fined="no")
    with acting(world.clock.pk):
        assert [fact.kind for fact in facts_of(employer.pk) if fact.kind == "criminal"] == kinds


def test_the_files_are_read_once_whatever_the_kinds():
    assert facts_sql().count("credit_files(") == 1 and facts_sql(only=[1, 2]).count("credit_files_of(") == 1


def test_the_facts_of_one_employer_are_those_that_the_register_tells_of_it(world):
    employer = respondent(dropped(world, "minor"))
    with acting(world.clock.pk), connection.cursor() as cursor:
        cursor.execute(
            f'SELECT kind, "on", "case", ended, reversed FROM ({facts_sql()}) f WHERE employer = %s', [employer.pk]
        )
        every = cursor.fetchall()
        assert (
            sorted(every) == sorted((f.kind, f.on, f.case, f.ended, f.reversed) for f in facts_of(employer.pk))
            and every
        )


def test_a_grading_is_due_at_the_end_of_its_year_and_ends_when_approved(world):
    run = Run(world, "2026-03-02")
    (clock,) = Deadline.objects.filter(dossier_id=run.file.id, key="grading")
    assert clock.due_on == date(2026, 12, 31) and not clock.ending
    run.approved("2026-03-03")
    assert Deadline.objects.get(pk=clock.pk).ending


@pytest.mark.parametrize(("days", "due"), [("", date(2027, 2, 19)), ("5", date(2027, 2, 5))])
def test_a_bureau_may_set_the_days_in_which_an_objection_is_examined(world, days, due):
    if days:
        local(world, "grade_review_days", days)
    story = Story(world)
    for part in (opened, investigated, ordered):
        part(story)
    employer = settled(respondent(story))
    (row,) = Run(world, "2027-01-04").approved("2027-01-04").of(employer)
    with acting(world.clock.pk):
        (fact,) = facts_of(employer.pk)
    given = {"grade": row.pk, "fact": f"{fact.case}|{fact.kind}|{fact.on}", "contact": "陈示东", "received_on": "2027-01-29",
             "reason": "送错了单位。"}  # fmt: skip
    file = open_file("grade_objection", "lodge_objection", by=world.zhou, at=at("2027-01-29"), given=given)
    assert [clock["due_on"] for clock in file.running("grade_review")] == [due.isoformat()]

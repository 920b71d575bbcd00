"""A good file has all its points; each veto and each deduction gives the score it should, and says where it lies."""

from decimal import Decimal

import pytest
from tests.casework import PARTS, Story
from tests.world import at

from laojian.lawbook import law
from laojian.lawbook.scoring import RULES
from laojian.people.acting import acting
from laojian.procedure.take import read
from laojian.scoring.queries import facts_of
from laojian.scoring.rules import FAULTS, Judgement, every, foreseen, score

from .changing import (
    also,
    both,
    clock,
    did,
    empty,
    late,
    ledger,
    more,
    moved,
    no_clock,
    other,
    paper,
    part,
    piece,
    said,
    track,
    unfixed,
    without,
)  # fmt: skip

KEPT = {}
SCHEME = law().scheme_of("general")
HELD = {"crossed": [{"piece": "e1"}], "defence": "请求从轻", "debate": "已经辩论", "last_words": "没有"}
HEARING = [("hold_hearing", "举行听证", HELD, ()), ("report_hearing", "提出听证报告", {"opinion": "同意"}, ())]
CLOCK = {
    "id": 900,
    "basis": "acl-53",
    "provisional": False,
    "ending": "stopped",
    "started_on": "2026-05-01",
    "suspended": [],
}
NOTICE = CLOCK | {"key": "hearing_notice", "basis": "apl-64", "due_on": "2026-04-10", "ended_on": "2026-04-12"}
SIGNED = {"id": 800, "nth": 1, "code": "hearing_record", "label": "听证笔录", "number": "", "issued_on": "2026-04-24", "voided": "",
          "wants_seal": True, "seals": [], "services": []}  # fmt: skip
KEEP = {"id": 1, "seq": 40, "party_id": 1, "kept_on": "2026-03-10", "approved_on": None}
ASKED = {"id": 1, "seq": 30, "name": "张监察", "granted": None}


def service(changes):
    """The service of the penalty is otherwise."""

    def change(facts):
        served = next(each for each in facts.papers if each["code"] == "penalty_decision")["services"][0]
        return paper("penalty_decision", services=[served | changes])(facts)

    return change


VETOES = [
    ("V1", other(powers=("refuse-order",))),
    ("V2", did("record_inquiry", certificate="")),
    ("V2", part("inquiries", inspectors=[4])),
    ("V2", piece(collectors=[4])),
    ("V3", empty("findings")),
    ("V3", both(other(evidence=()), empty("inquiries"))),
    ("V4", part("parties", role="payer")),
    ("V5", part("obligations", 1, ground="apl1996-42")),
    ("V5", part("findings", highest=Decimal(5000))),
    ("V5", part("findings", floor=Decimal(9000))),
    ("V6", without("reexamine")),
    ("V6", moved("reexamine", "end_investigation")),
    ("V7", no_clock("hearing_request")),
    ("V7", moved("request_hearing", "decide_penalty")),
    ("V8", without("pass_review")),
    ("V8", moved("decide_penalty", "ask_review")),
    ("V9", said("decide_penalty", major="yes")),
    ("V10", said("pass_review", crime="fix")),
    ("V11", said("propose_notice", fine="5000")),
    ("V12", late("investigate", "end_investigation")),
    ("V13", without("approve_notice")),
    ("V13", moved("approve_notice", "reexamine")),
    ("V14", paper("penalty_decision", issued_on="2026-04-01")),
    ("V15", part("sources", kind="tip", replied_on="2026-04-29")),
]  # fmt: skip
DEDUCTIONS = [
    ("A1", 1, part("sources", summary="")),
    ("A2", 2, clock("accept", due_on="2026-03-03")),
    ("A3", 1, said("propose_filing", in_competence=False)),
    ("A4", 1, unfixed("assignment")),
    ("A4", 1, said("file", opinion="")),
    ("B1", 1, said("record_inquiry", shown=False)),
    ("B1", 1, more("avoidances", **ASKED)),
    ("B2", "0.5", paper("inquiry_record", seals=[])),
    ("B2", 1, both(paper("inquiry_record", seals=[]), said("record_inspection", place=""))),
    ("B3", 1, piece(1, form="copy")),
    ("B3", 5, both(*(piece(n, proves="", provider="") for n in range(3)))),
    ("B4", 2, ledger(found=Decimal("31000.50"))),
    ("B4", 4, ledger(found=Decimal(0))),
    ("B5", 2, more("keepings", **KEEP)),
    ("B6", 1, said("record_inspection", ended_at="2026-02-20T10:00:00+08:00")),
    ("C1", 1, said("pass_review", crime="")),
    ("C1", 1, unfixed("review_opinion")),
    ("C2", 2, other(lawyers=frozenset())),
    ("C2", 2, lambda facts: did("pass_review", actor_id=facts.last("record_inquiry").actor_id)(other(lawyers=frozenset([4]))(facts))),
    ("C3", 2, also("record_discussion", "记录集体讨论", given={"conclusion": "agreed"})),
    ("D1", "1.5", said("propose_notice", violated="")),
    ("D1", 3, both(paper("penalty_notice", services=[]), paper("treatment_notice", services=[]))),
    ("D2", 2, paper("statement_record", seals=[])),
    ("D2", 2, said("reexamine", reasons="")),
    ("D3", 1, track("hearing", steps=HEARING, clocks=[NOTICE])),
    ("D3", 2, track("hearing", steps=[("hold_hearing", "举行听证", HELD | {"debate": "", "last_words": ""}, ())])),
    ("D3", 1, track("hearing", steps=HEARING, papers=[SIGNED])),
    ("E2", 1, said("decide_penalty", violated="")),
    ("E3", 2, said("decide_penalty", discretion="")),
    ("E3", 2, part("findings", why=[])),
    ("E4", 1, paper("penalty_decision", seals=[])),
    ("F1", 1, clock("serve_penalty", due_on="2026-04-19")),
    ("F1", 1, service({"receipt": ""})),
    ("F1", 1, service({"servers": ["张监察"]})),
    ("F2", 1, without("note_correction")),
    ("F3", 1, part("obligations", 1, met_on="2026-05-20")),
    ("F4", 2, track("enforcement", clocks=[CLOCK | {"key": "court", "due_on": "2026-05-05", "ended_on": "2026-05-09"}])),
    ("G1", 1, more("clocks", **CLOCK | {"key": "retract", "due_on": "2026-05-05", "ended_on": "2026-05-09"})),
    ("G2", 1, clock("report_superior", due_on="2026-04-28")),
    ("G2", 1, without("report_superior")),
    ("G3", 1, part("sources", replied_on=None)),
    ("H1", "0.5", unfixed("suggestion_letter")),
    ("H1", "0.5", paper("filing_report", seals=[])),
    ("H2", "0.5", said("archive", pages=None)),
    ("H3", 1, clock("archive", due_on="2026-05-11")),
]  # fmt: skip


@pytest.fixture
def good(request):
    """The facts of a file to which nothing can be objected, taken once from a real one."""
    if not KEPT:
        world = request.getfixturevalue("world")
        story = Story(world)
        for tell in PARTS:
            tell(story)
        with acting(world.zhang.pk):
            KEPT["facts"] = facts_of(read(story.file.id, world.zhang.pk, at("2026-06-01")), ("hearing", "enforcement"))
    return KEPT["facts"]


def scored(facts, *judged):
    return score(SCHEME.at(facts.day), SCHEME.decisions, facts, judged)


pytestmark = pytest.mark.django_db


def test_a_good_file_has_every_point(good):
    result = scored(good)
    assert [(each.line.key, each.flaws) for each in every(result) if each.flaws] == []
    assert (result.points, result.grade, result.vetoes, result.deductions) == (100, "优秀", (), ())


@pytest.mark.parametrize(("key", "change"), VETOES, ids=[f"{key}-{n}" for n, (key, _) in enumerate(VETOES)])
def test_a_veto_fails_the_file(good, key, change):
    facts = change(spare(good, key))
    result = scored(facts)
    assert key in [each.line.key for each in result.vetoes] and (result.points, result.grade) == (0, "不合格")
    stood(next(each for each in result.vetoes if each.line.key == key))


def spare(facts, key):
    """For what needs a step that the good file has not: a hearing that was asked for."""
    return also("request_hearing", "登记听证要求")(facts) if key == "V7" else facts


@pytest.mark.parametrize(
    ("key", "takes", "change"), DEDUCTIONS, ids=[f"{key}-{n}" for n, (key, *_) in enumerate(DEDUCTIONS)]
)
def test_a_deduction_takes_its_points_and_no_others(good, key, takes, change):
    result = scored(change(good))
    assert [each.line.key for each in result.deductions] == [key] and not result.vetoes
    assert result.points == 100 - Decimal(takes)
    stood(result.deductions[0])


def stood(marked):
    """Each flaw says what, on which article, and where it lies."""
    assert marked.flaws
    for flaw in marked.flaws:
        assert flaw.text and flaw.basis in law().articles and any(flaw.place), flaw


def test_every_veto_and_line_that_a_machine_can_see_has_its_fixture():
    standard = SCHEME.versions[-1]
    tried = {key for key, *_ in (*VETOES, *DEDUCTIONS)}
    assert {each.key for each in (*standard.vetoes, *standard.lines) if each.looks} == tried
    assert len(VETOES) + len(DEDUCTIONS) + 1 >= 50


def test_the_same_facts_give_the_same_score(good):
    changed = both(paper("inquiry_record", seals=[]), part("sources", replied_on=None))
    assert scored(changed(good)) == scored(changed(good)) and scored(changed(good)).points == Decimal("98.5")


def test_no_line_loses_more_than_it_has(good):
    result = scored(both(*(said("record_inquiry", **{name: ""}) for name in ("shown",)), empty("avoidances"))(good))
    assert result.points == 99
    many = both(*(more("avoidances", **ASKED | {"id": n, "seq": n}) for n in range(1, 9)))
    (line,) = scored(many(good)).deductions
    assert (line.line.key, line.lost, line.points) == ("B1", 3, 0)


def test_what_does_not_count_for_a_decision_is_left_out_and_the_rest_makes_up_the_hundred(good):
    treatment = both(
        without("decide_penalty", "report_superior"), empty("findings"), clock("archive", due_on="2026-05-11")
    )
    result = scored(treatment(good))
    assert {each.line.key for each in result.lines if each.left_out} == {"D3", "E3", "F3"}
    assert result.points == Decimal("98.9")  # 89 of 90 points


def test_people_judge_the_lines_that_need_it(good):
    assert {each.line.key for each in scored(good).waiting} == {"B3", "E1", "E2", "E4", "G1", "H1", "H2", "H3"}
    judged = [
        Judgement("E1", Decimal(2), "说理不充分", "曹监督", 3),
        Judgement("E1", Decimal(9), "定性不准", "曹监督", 4),
    ]
    result = scored(good, *judged)
    (line,) = result.deductions
    assert (line.lost, line.judged, line.waits, result.points) == (5, tuple(judged), False, 95)


def test_a_person_can_raise_a_veto(good):
    result = scored(good, Judgement("V3", Decimal(0), "证据系非法取得", "曹监督"))
    assert (result.points, [each.line.key for each in result.vetoes]) == (0, ["V3"])


@pytest.mark.parametrize(
    ("lost", "grade"), [(0, "优秀"), (10, "优秀"), (11, "良好"), (20, "良好"), (30, "合格"), (31, "不合格")]
)
def test_the_grade_follows_the_points(good, lost, grade):
    lines = [each for each in SCHEME.at(good.day).lines if each.people]
    judged, left = [], Decimal(lost)
    for line in (*lines, *(each for each in SCHEME.at(good.day).lines if not each.people)):
        judged.append(Judgement(line.key, min(left, line.points), "示例", "曹监督"))
        left -= judged[-1].points
    assert scored(good, *judged).grade == grade


def test_a_step_that_is_only_thought_of_shows_what_would_be_wrong(good):
    open_ = both(without("end_investigation", "close", "archive"), unfixed("inquiry_record"))(good)
    step = good.last("end_investigation")
    standard = SCHEME.at(good.day)
    new = foreseen(standard, SCHEME.decisions, open_, type(step)(**vars(step) | {"seq": 200, "given": None}))
    assert [(line.key, flaw.paper) for line, flaw in new if line.key == "B2"] == [("B2", open_.drafts[0]["id"])]
    assert (
        foreseen(
            standard, SCHEME.decisions, good, type(step)(**vars(step) | {"verb": "suggest", "seq": 200, "given": None})
        )
        == []
    )


def test_every_rule_of_the_law_folder_is_known_and_every_known_rule_can_be_written():
    assert set(FAULTS) == set(RULES)
    used = {
        look.rule
        for scheme in law().scoring.values()
        for v in scheme.versions
        for line in (*v.vetoes, *v.lines)
        for look in line.looks
    }
    assert set(RULES) - used == set()

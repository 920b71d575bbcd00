"""The reviewer's checklist: filled in from the file alone, contradicted only in writing, strict for major decisions."""

import pytest
from tests import casework
from tests.casework import Story, ended, heard, investigated, opened, ordered

from laojian.cases.checklist import LINES, filled
from laojian.cases.panel import catalogue, major_of
from laojian.dossier.models import Desk
from laojian.people.acting import acting
from laojian.procedure.step import Refused
from laojian.procedure.take import read
from laojian.record.models import Entry

pytestmark = pytest.mark.django_db
MARKED = {key: "pass" for key, *_ in LINES}


@pytest.fixture
def story(world, monkeypatch) -> Story:
    """The case up to the end of its investigation, all its papers fixed; its scans show no seal here."""
    for pen in ("sealed", "signed"):
        monkeypatch.setattr(casework, pen, lambda paper, *marks: paper)
    told = Story(world)
    for part in (opened, investigated, ordered, ended):
        part(told)
    return told


def looked(story, by=None):
    by = by or story.world.zhao
    with acting(by.pk):
        file = read(story.file.id, by.pk, story.now)
        return file, {line.key: line for line in filled(file)}


def sent(story) -> None:
    heard_without_review(story)
    story.do("ask_review", story.world.zhang, "2026-04-15", opinion="请审核。")


def heard_without_review(story) -> None:
    """Heard and re-examined; the review itself is the test's."""
    asked = story.do

    def but(verb, *args, **given):
        return None if verb in ("ask_review", "pass_review") else asked(verb, *args, **given)

    story.do = but
    heard(story)
    story.do = asked


def test_every_line_is_filled_from_the_file_with_its_place(story):
    sent(story)
    file, lines = looked(story)
    assert list(lines) == [key for key, *_ in LINES] and all(line.found for line in lines.values())
    assert any("张监察" in each.text and each.part == "people" for each in lines["subject"].found)
    assert any(each.entry == file.last("end_investigation")[0] for each in lines["evidence"].found)
    assert any(each.clock for each in lines["procedure"].found) and any(
        each.paper for each in lines["publication"].found
    )
    _, same = looked(story)
    assert [same[key] == lines[key] for key in lines] == [True] * len(lines)


def test_what_is_wrong_with_the_file_stands_in_its_line(story):
    sent(story)
    file, lines = looked(story)
    assert not lines["subject"].wrong and not lines["procedure"].wrong
    file.hands = {key: [name, None] for key, (name, _) in file.hands.items()}
    file.parts["dossier"]["second_id"] = None
    file.parts["clocks"][0] |= {
        "due_on": "2026-01-01",
        "ending": "",
        "provisional": False,
        "key": "decide",
        "suspended": [],
    }
    file.parts["case"]["proposed_fine"] = "999999"
    file.parts["papers"][0]["seals"] = []
    wrong = {line.key: [each.text for each in line.found if each.wrong] for line in filled(file)}
    assert len(wrong["subject"]) == 3 and "2026-01-01" in wrong["procedure"][0] and "已逾期" in wrong["procedure"][0]
    assert any("不在认定的幅度之内" in text for text in wrong["discretion"])


def test_whoever_contradicts_the_file_says_why_and_what_stood_there_is_kept(story):
    sent(story)
    world, (_, lines) = story.world, looked(story)
    odd = next((key for key, line in lines.items() if line.wrong), "law")
    marks = MARKED | {odd: "pass" if lines[odd].wrong else "fix"}
    with pytest.raises(Refused) as refused:
        story.do("return_review", world.zhao, opinion="请补正。", **marks)
    assert f"{odd}_note" in {reason.field for reason in refused.value.reasons}
    notes = {f"{key}_note": "已当面核对" for key, *_ in LINES}
    story.do("return_review", world.zhao, opinion="请补正。", outcome="procedure", **marks, **notes)
    told = Entry.objects.get(dossier_id=story.file.id, verb="return_review").given
    assert told["outcome"] == "procedure" and told[f"{odd}_note"] == "已当面核对"
    assert told["shown"]["subject"] == [each.text for each in lines["subject"].found]


def test_whoever_does_not_follow_an_opinion_says_why_and_the_head_sees_it(story):
    sent(story)
    world = story.world
    story.do("fix_review", world.zhao, opinion="裁量理由不充分，改后再审。")
    with pytest.raises(Refused, match="没有写明是否采纳"):
        story.do("ask_review", world.zhang, opinion="再请审核。")
    with pytest.raises(Refused, match="没有说明理由"):
        story.do("ask_review", world.zhang, opinion="再请审核。", followed="none")
    story.do(
        "ask_review", world.zhang, opinion="再请审核。", followed="none", refusal="裁量按基准中间幅度，已写明理由。"
    )
    assert Desk.objects.filter(dossier_id=story.file.id, officer=world.sun).exists()
    draft = next(d for d in story.fresh().drafts if d["code"] == "review_request" and d["nth"] == story.fresh().seq)
    assert "裁量按基准中间幅度" in story.body(draft["id"])


def test_of_a_major_decision_no_line_is_left_open(story):
    heard_without_review(story)
    world = story.world
    story.do("ask_review", world.zhang, "2026-04-15", opinion="请审核。", ground="案情疑难复杂、涉及多个法律关系")
    with pytest.raises(Refused, match="重大执法决定"):
        story.do("pass_review", world.zhao, opinion="同意。")
    notes = {f"{key}_note": "已核对" for key, *_ in LINES}
    story.do("pass_review", world.zhao, opinion="同意。", **MARKED, **notes)
    assert story.file.state == "reviewed"


def test_an_ordinary_line_left_open_stands_as_the_file_shows_it(story):
    sent(story)
    _, lines = looked(story)
    story.do("pass_review", story.world.zhao, opinion="同意。")
    told = Entry.objects.get(dossier_id=story.file.id, verb="pass_review").given
    assert {key: told[key] for key in lines} == {key: line.mark or "pass" for key, line in lines.items()}


def test_a_bureau_chooses_of_the_sample_catalogue(story):
    sent(story)
    file, _ = looked(story)
    assert {row.key for row in catalogue(file)} >= {"heard", "transfer", "amount"}, (
        "nothing chosen: the whole sample counts"
    )
    file.took = [*file.took, [99, "open_transfer", "移送公安", 1, "某", "2026-04-15T09:00"]]
    assert [row.key for row in major_of(file)] == ["transfer"]
    chosen = {"2020-01-01": {"value": "amount", "document": "示例", "source": "示例"}}
    file.bureau["options"] = (file.bureau["options"] or {}) | {"local": {"major_catalogue": chosen}}
    assert major_of(file) == [] and "heard" in {row.key for row in catalogue(file)}

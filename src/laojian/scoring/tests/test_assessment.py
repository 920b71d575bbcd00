"""The review of a file on the spine: sampled, assessed by another hand, answered, looked at again; what it came to stays."""

from decimal import Decimal

import pytest
from hypothesis import given as trying
from hypothesis import strategies as st
from tests.beside import FOUND, assessed, closed_briefly, reviewed, sampled, supervisor
from tests.casework import Story

from laojian.lawbook.scoring import Sampling
from laojian.people.models import Post
from laojian.procedure.step import Refused
from laojian.scoring.rules import Candidate, sample

HOW = Sampling(share=20, least=3, each_handler=1, always=("hearing_closed",))
FILES = st.lists(
    st.builds(
        Candidate, st.integers(1, 99), st.just(""), st.sampled_from(["张", "李", "王"]),
        st.sampled_from([frozenset(), frozenset(["hearing_closed"]), frozenset(["close"])]),
    ),
    max_size=40, unique_by=lambda each: each.id,
)  # fmt: skip


@trying(FILES, st.randoms(use_true_random=False))
def test_the_sample_does_not_depend_on_the_order_and_leaves_nobody_out(files, rng):
    chosen, mixed = sample(files, HOW, 2026, {}), list(files)
    rng.shuffle(mixed)
    assert sample(mixed, HOW, 2026, {}) == chosen and all(chosen.values())
    assert len(chosen) >= min(len(files), max(HOW.least, len(files) * HOW.share // 100))
    assert {each.handler for each in files} == {each.handler for each in files if each.id in chosen}
    assert all(each.id in chosen for each in files if "hearing_closed" in each.verbs)


def test_another_year_takes_others():
    files = [Candidate(n, f"示〔2026〕{n}号", "张", frozenset()) for n in range(60)]
    assert sample(files, HOW, 2026, {}) != sample(files, HOW, 2027, {})


@pytest.mark.django_db
class TestOnTheSpine:
    def test_from_the_sample_to_the_second_look(self, world):
        story = Story(world)
        track = reviewed(story)
        assert track.file.state == "assessment_ended" and not track.file.dossier["open"]
        told = next(row for row in reversed(story.fresh().took) if row[1] == "assessment_closed")
        assert told[2] == "案卷评查结束"

    def test_what_was_found_is_frozen_with_where_it_lies(self, world):
        story = Story(world)
        closed_briefly(story)
        track = assessed(story)
        sheet = next(d for d in track.fresh().drafts if d["code"] == "assessment_sheet")
        body = track.body(sheet["id"])
        assert "E1" in body and "方监督评定" in body and "记录第" in body

    def test_the_handler_the_reviewer_and_the_head_of_the_case_do_not_review_it(self, world):
        story = Story(world)
        closed_briefly(story)
        track = sampled(story)
        for who in (world.zhao, world.zhang):
            Post.objects.create(officer=who, bureau=world.district, role="supervision", since="2020-01-01")
            with pytest.raises(Refused, match="不能评查本案"):
                track.do("assess", who, "2026-06-02", **FOUND)

    def test_one_case_one_review_a_year(self, world):
        story = Story(world)
        closed_briefly(story)
        sampled(story)
        with pytest.raises(Refused, match="已经列入 2026 年度评查"):
            story.do("open_assessment", supervisor(world), "2026-06-02", year=2026, reason="再查")

    def test_a_file_with_flaws_does_not_just_pass_and_marks_keep_to_their_line(self, world):
        story = Story(world)
        closed_briefly(story)
        track, who = sampled(story), supervisor(world)
        with pytest.raises(Refused, match="系统已发现问题"):
            track.do("pass_assessment", who, "2026-06-02", judged=True, opinion="没有问题")
        for line, points, says in (
            ("E1", "6", "共 5 分"),
            ("V3", "1", "否决项"),
            ("X9", "1", "请选评查项"),
            ("E1", "两分", "应为数字"),
            ("E1", "1e30", "应为数字"),
            ("E1", "NaN", "应为数字|不能为负"),
        ):
            with pytest.raises(Refused, match=says):
                track.do(
                    "assess",
                    who,
                    "2026-06-02",
                    **FOUND | {"marks": [{"line": line, "points": points, "demand": "示例"}]},
                )

    def test_a_reasoned_objection_to_the_machine_gives_the_points_back(self, world):
        story = Story(world)
        closed_briefly(story)
        track = sampled(story)
        lines = [
            row for row, _ in track.fresh().flow["assess"].given(file=track.file).fields["lifted"].widget.columns[0][2]
        ]
        track.do(
            "assess",
            supervisor(world),
            "2026-06-02",
            **FOUND | {"lifted": [{"line": key, "demand": "纸质件在卷"} for key in lines]},
        )
        (paper,) = [d for d in track.fresh().drafts if d["code"] == "assessment_sheet"]
        assert lines and f"{Decimal(98)} 分" in track.body(paper["id"])

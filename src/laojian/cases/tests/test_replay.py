"""Published cases go through the procedure and end as published; what a story may say, and what stops it."""

import os
import subprocess
import sys
from datetime import date

import pytest
import yaml

from laojian.cases.findings import between
from laojian.cases.guards import decided_from
from laojian.cases.replay.play import Play, Stopped
from laojian.cases.replay.story import StoryError, read_story
from laojian.cases.replay.timeline import timeline
from laojian.cases.replay.wording import evenly
from laojian.lawbook import law
from laojian.lawbook.book import folder
from laojian.people.acting import acting
from laojian.procedure.take import read
from laojian.scoring.queries import scored
from laojian.scoring.rules import every

pytestmark = pytest.mark.django_db
CASES = sorted((folder() / "examples" / "cases").glob("*.yaml"))
FIRST = [
    {"do": "登记", "day": date(2026, 3, 2), "来源": "patrol", "案由": "overtime", "被投诉": "示例有限公司", "反映事项": "超时加班"},
    {"do": "拟予立案", "day": "silent", "违法行为起": date(2026, 1, 1), "违法状态": "继续", "others": "silent"},
    {"silent": ["批准立案", "指派承办", "询问"]},
]  # fmt: skip
ORDER = {
    "do": "责令改正", "day": date(2026, 3, 3), "受文人及义务": [{"谁": "单位", "义务": "改正", "依据": "lsr-25", "要求": "停止加班"}],
    "改正期限": 5, "期限单位": "个工作日", "others": "silent",
}  # fmt: skip
SERVED = {"do": "送达责令改正", "day": date(2026, 3, 3)}


def story(tmp_path, *steps, ends=None, **head):
    path = tmp_path / "story.yaml"
    told = {"case": "x", "title": "示例", "steps": steps, "ends": ends or {}, **head}
    path.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    return read_story(path)


def printed(play: Play) -> str:
    return "\n".join(timeline(play))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_published_case_ends_as_published_and_is_scored_with_reasons(path):
    play = Play(read_story(path)).run()
    text = printed(play)
    assert "公告未载明" in text and "〔待填" not in text
    lie_in_their_ranges(play)
    for event in play.events:
        assert bool(event.reasons) == event.told.refused
        assert all(reason.text in text for reason in event.reasons)
    is_scored_with_reasons(play)


def is_scored_with_reasons(play):
    """Whatever was taken off has its flaws, each with a sentence, a place in the file and an article; read anew, the same comes out."""
    file, reader = play.case.file, play.case.cast.reader().pk
    with acting(reader):
        result, again = (scored(read(file.id, reader, play.case.now)).score for _ in range(2))
    assert result == again and 0 <= result.points < 100 and result.grade  # no notice tells of every receipt
    assert result.deductions and bool(result.vetoes) is (result.points == 0)
    for marked in (*result.vetoes, *result.deductions):
        assert marked.flaws, marked.line.key
    for flaw in (flaw for marked in every(result) for flaw in marked.flaws):
        assert flaw.text and flaw.basis in law().articles and (any(flaw.place) or flaw.track), flaw


def lie_in_their_ranges(play):
    """Every fine that was decided lies between the sums that its findings come to."""
    file = play.case.fresh()
    decided = [each for each in file.obligations if each["kind"] == "fine" and each["seq"] > decided_from(file)]
    for each in decided:
        allowed = between(file.findings, each["addressee_id"])
        assert allowed.lowest <= each["amount"] and (allowed.highest is None or each["amount"] <= allowed.highest)
    assert bool(decided) is ("decided_fine" in play.story.ends or file.has_taken("decide_penalty"))


def test_all_twelve_are_told():
    assert len({read_story(path).case for path in CASES}) == 12


def test_what_no_officer_may_say_is_marked_and_not_filled_in():
    """Each story says of every step whether its day was published; a day that was not is printed as silent."""
    for path in CASES:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert told["published"] and all("silent" in step or step["day"] for step in told["steps"]), path.name


def test_the_contradicting_amounts_are_noticed():
    play = Play(read_story(next(path for path in CASES if path.stem == "xj-2026-tekes"))).run()
    (refused,) = [event for event in play.events if event.reasons]
    assert [reason.basis for reason in refused.reasons] == ["lsr-26", "lcl-85"]  # nor is the addition within its range
    assert "¥520,000.00" in refused.reasons[0].text and "¥240,000.00" in refused.reasons[0].text


def test_two_demands_in_one_order_are_tracked_apart():
    play = Play(read_story(next(path for path in CASES if path.stem == "fj-2021-nodocs"))).run()
    met = {each["demand"]: bool(each["met_on"]) for each in play.walk.file.obligations}
    assert met == {"付清30名劳动者两个月工资": True, "提供书面用工材料": False, "缴纳罚款15000元": False}


def test_an_unforeseen_refusal_stops_with_all_reasons(tmp_path):
    early = {"do": "调查终结", "day": date(2026, 3, 4), "处理建议": "不予行政处罚", "others": "silent"}
    play = Play(story(tmp_path, *FIRST, ORDER, SERVED, early))
    with pytest.raises(Stopped) as stopped:
        play.run()
    assert {reason.basis for reason in stopped.value.reasons} == {"apl-46", "lsr-18"}  # no evidence; the order runs on
    assert "✕ 不予办理：调查终结" in printed(play)


def test_a_step_that_should_be_refused_and_is_not_stops_too(tmp_path):
    wrong = {**SERVED, "expect": "refused", "article": "lcl-85"}
    with pytest.raises(Stopped, match="本应依 lcl-85 被拒绝"):
        Play(story(tmp_path, *FIRST, ORDER, wrong)).run()


def test_a_refusal_on_another_article_than_told_stops(tmp_path):
    told = {"do": "调查终结", "day": date(2026, 3, 4), "处理建议": "不予行政处罚", "others": "silent"}
    told |= {"expect": "refused", "article": "lcl-85"}
    with pytest.raises(Stopped, match="所依据的法条中没有 lcl-85"):
        Play(story(tmp_path, *FIRST, told)).run()


def test_another_end_than_published_stops(tmp_path):
    with pytest.raises(Stopped, match="结果与公布的不一致：state"):
        Play(story(tmp_path, *FIRST, ends={"state": "closed"})).run()


def test_a_silent_day_waits_for_the_partys_time_and_not_longer(tmp_path):
    check = {"do": "核实改正情况", "day": "silent", "改正情况": "未改正", "核实情况": "silent"}
    play = Play(story(tmp_path, *FIRST, ORDER, SERVED, check, ends={"state": "investigating"})).run()
    assert play.events[-1].at.date() == date(2026, 3, 11)  # five working days from 3 March end on the 10th
    assert "改正期满" in printed(play)


def test_a_silent_day_never_passes_the_next_day_that_is_told(tmp_path):
    check = {"do": "核实改正情况", "day": "silent", "改正情况": "未改正", "核实情况": "silent"}
    later = {"do": "补充证据", "day": date(2026, 3, 6), "名称": "考勤", "others": "silent"}
    with pytest.raises(Stopped, match="尚未届满"):
        Play(story(tmp_path, *FIRST, ORDER, SERVED, check, later)).run()


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ({"do": "退回补充调查", "day": "silent"}, "有几个，请写其中之一：return_pre_review"),
        ({"do": "没收", "day": "silent"}, "没有“没收”这一步骤"),
        ({"do": "登记"}, "每一步都要写 do（步骤）和 day"),
        ({"do": "登记", "day": "去年"}, "应写成 2021-11-02"),
        ({"do": "登记", "day": "silent", "expect": "refused"}, "用 article 写明法条"),
    ],
)
def test_a_story_that_cannot_be_read_says_what_to_write(tmp_path, step, sentence):
    with pytest.raises(StoryError, match=sentence):
        story(tmp_path, step)


def test_an_unknown_word_names_those_that_are_known(tmp_path):
    with pytest.raises(Stopped, match=r"没有“车牌”这一项，可写：.*反映事项"):
        Play(story(tmp_path, FIRST[0] | {"车牌": "1"})).run()


def test_an_even_share_loses_no_cent():
    assert [str(each) for each in evenly(100, 3)] == ["33.34", "33.33", "33.33"]


def test_the_command_prints_in_a_database_of_its_own(tmp_path):
    """As the application's own database user, whom row-level security binds: a case, and one that goes on in a track."""
    home = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE")}
    paths = [str(path) for path in CASES if path.stem in ("xj-2026-tekes-no-order", "hb-2021-shiyan-b")]
    done = subprocess.run(
        [sys.executable, "-m", "laojian", "replay", *paths],
        env=home | {"LAOJIAN_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "laojian.settings"},
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "《劳动合同法》第八十五条" in done.stdout and done.stdout.count("与公布的结果一致") == 2

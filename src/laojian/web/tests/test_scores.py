"""The score on the pages: shown with reasons and places, warned of before it is too late, sampled, counted by team."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.beside import assessed, closed_briefly, supervisor, told_briefly
from tests.casework import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(world):
    story = Story(world)
    closed_briefly(story)
    return story


def text(client, officer, name, *args, **query) -> str:
    client.force_login(officer)
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_of_a_file_shows_its_score_with_what_was_deducted_and_where(client, world, closed):
    page = text(client, world.zhang, "dossier", closed.file.id)
    assert "案卷自评" in page and "扣分项" in page and "仍是草稿，没有成文" in page and "项须人工评定" in page
    assert f"{reverse('record')}?dossier={closed.file.id}" in page


def test_a_file_that_is_not_closed_has_no_verdict_yet(client, world):
    story = Story(world)
    told_briefly(story)
    page = text(client, world.zhang, "dossier", story.file.id)
    score = page[page.index('id="score"') :]
    assert "到目前为止" in score and "还没有办结" in score
    assert not [grade for grade in ("优秀", "良好", "不合格") if grade in score[: score.index("</section>")]]


def test_the_score_costs_one_statement(client, world, closed, monkeypatch):
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("dossier", args=[closed.file.id]))
        return len(seen)

    client.force_login(world.zhang)
    client.get(reverse("dossier", args=[closed.file.id]))
    with_score = cost()
    monkeypatch.setattr("laojian.web.scores.card", lambda *_: {})
    assert with_score == cost() + 1


def test_before_a_step_the_same_rules_say_what_it_would_cost(client, world):
    story = Story(world)
    told_briefly(story)
    story.do("lapse_statement", world.clock, "2026-04-14")
    story.do("close_statement", world.zhang)
    story.do("reexamine", world.zhang, adopted="silent", reasons="没有提出意见。")
    story.do("ask_review", world.zhang, opinion="请审核。")
    story.do("pass_review", world.zhao, opinion="同意。")
    page = text(client, world.sun, "step", story.file.id, "decide_penalty")
    assert "案卷自评提醒" in page and "陈述申辩复核意见仍是草稿，没有成文" in page


def test_a_paper_tells_what_the_score_has_against_it(client, world, closed):
    draft = next(d for d in closed.fresh().drafts if d["code"] == "review_opinion")
    page = text(client, world.zhang, "paper", draft["id"])
    assert "案卷自评提醒：这份文书" in page and "C1 " in page


def test_the_sample_is_shown_with_reasons_and_listed_for_review_once(client, world, closed):
    who = supervisor(world)
    page = text(client, who, "assessments", year=2026)
    assert "每名主办人员至少 1 件：张监察" in page and "将 1 件列入评查" in page
    for _ in range(2):
        assert client.post(reverse("assessments"), {"year": 2026}).status_code == 302
    page = text(client, who, "assessments", year=2026)
    assert "已列入" in page and "将 1 件列入评查" not in page and "待评查" in page
    assert sum(row[1] == "open_assessment" for row in closed.fresh().took) == 1


def test_whoever_holds_the_post_elsewhere_lists_nothing(client, world, closed):
    page = text(client, world.cao, "assessments", year=2026)
    assert "抽样由案卷所在机关" not in page and "本年度没有已经办结的案卷" in page
    client.post(reverse("assessments"), {"year": 2026})
    assert not any(row[1] == "open_assessment" for row in closed.fresh().took)


def test_the_handler_sees_the_findings_and_the_score_of_the_case_beside_them(client, world, closed):
    track = assessed(closed)
    page = text(client, world.zhang, "dossier", track.file.id)
    assert "答复评查意见" in page and "案卷自评" in page and "案卷评查表" in page
    assert "决定书没有写明裁量的具体情节" in text(client, world.zhang, "step", track.file.id, "answer_assessment")


def test_what_is_late_or_missing_is_counted_by_team(client, world, closed):
    world.zhang.team = "一中队"
    world.zhang.save()
    page = text(client, world.wang, "completeness", year=2026)
    assert "一中队" in page and "缺漏最多的案卷" in page
    drafts = sum(1 for d in closed.fresh().drafts)
    assert f'data-label="未成文"><b>{drafts - 1}</b>' in page or f'data-label="未成文"><b>{drafts}</b>' in page
    assert "一中队" not in text(client, world.wang, "completeness", year=2025)

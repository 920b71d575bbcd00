"""A step costs statements: none of the steps on the way of two published cases sends more than ten."""

import pytest
from django.db import connection
from tests.world import system

from laojian.cases.replay import walk
from laojian.cases.replay.play import Play
from laojian.cases.replay.story import read_story
from laojian.lawbook.book import folder

pytestmark = pytest.mark.django_db(
    transaction=True
)  # within another transaction each step would begin with a savepoint
MOST = 10  # BEGIN and COMMIT aside


def counted(step, sent: dict[str, list[str]]):
    """The step, noting under its verb what it sends."""

    def noting(file, verb, **told):
        def note(execute, sql, *rest):
            sent[verb].append(sql)
            return execute(sql, *rest)

        sent[verb] = []
        with connection.execute_wrapper(note):
            return step(file, verb, **told)

    return noting


@pytest.mark.parametrize("case", ["xj-2026-tekes", "fj-2021-nodocs"])
def test_no_step_sends_more_than_ten_statements(case, monkeypatch):
    system("clock", "期限")
    sent: dict[str, list[str]] = {}
    monkeypatch.setattr(walk, "take", counted(walk.take, sent))
    monkeypatch.setattr(walk, "open_file", counted(walk.open_file, sent))
    Play(read_story(folder() / "examples" / "cases" / f"{case}.yaml")).run()
    assert len(sent) > 15
    assert {verb: len(told) for verb, told in sent.items() if len(told) > MOST} == {}

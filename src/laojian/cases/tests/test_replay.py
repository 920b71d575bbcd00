"""Every published case under law/examples/cases goes through the procedure and ends as published."""

import pytest

from laojian.cases.replay.play import Play
from laojian.cases.replay.story import read_story
from laojian.lawbook.book import folder

pytestmark = pytest.mark.django_db
CASES = sorted((folder() / "examples" / "cases").glob("*.yaml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_published_case_ends_as_published(path):
    Play(read_story(path)).run()

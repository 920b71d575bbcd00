"""Hypothesis without a stopwatch, and the templates of the repository, loaded once."""

from pathlib import Path

import pytest
from hypothesis import settings

from laojian.lawbook import law
from laojian.papers.template import load_templates

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def templates():
    return load_templates(Path(__file__).resolve().parents[4] / "law" / "papers", law().articles, law().clocks)

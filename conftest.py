"""Fixtures for every test: a real PostgreSQL with two roles, and the cast."""

import pytest
from hypothesis import settings

pytest_plugins = ["tests.postgres", "tests.browser"]
# How long one example takes says something about the machine's other work, nothing about ours; bench/ measures.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture
def world(db):
    """The cast of tests/world.py."""
    from tests.world import World

    return World()

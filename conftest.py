"""Fixtures for every test: a real PostgreSQL with two roles, and the cast."""

import pytest

pytest_plugins = ["tests.postgres", "tests.browser"]


@pytest.fixture
def world(db):
    """The cast of tests/world.py."""
    from tests.world import World

    return World()

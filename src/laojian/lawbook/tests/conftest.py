"""Hypothesis without a stopwatch: the machine is shared, and the first call loads the law."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

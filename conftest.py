"""What every test of the house stands on, wherever it lives."""

pytest_plugins = ["tests.postgres"]

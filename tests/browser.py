"""The browser that the stories drive: the system's chromium, or Playwright's own where there is none."""

import os
import shutil
import subprocess

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
FLAGS += ("--disable-sync", "--no-first-run")


def executable() -> str | None:
    """The first of the system's browsers that runs; a name alone may be a stub that asks for a snap."""
    for name in NAMES:
        try:
            subprocess.run([name, "--version"], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            continue
        return shutil.which(name)
    return None


@pytest.fixture(scope="session")
def chromium() -> Browser:
    """One running browser for all stories of this worker; each story opens a context of its own in it."""
    with sync_playwright() as playwright:
        chinese = os.environ | {"LANGUAGE": "zh_CN"}  # the browser's own words, as on a date field
        running = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS), env=chinese)
        yield running
        running.close()

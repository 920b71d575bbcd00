"""`make demo` keeps its word: it serves, it ends whole, it keeps its data, and it comes back after it was killed."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from laojian import cluster
from laojian.web.demo import accounts

END_SECONDS = 40  # patience, not a promise


@pytest.fixture
def home():
    """A home of its own for one demo, which the account that runs PostgreSQL may enter."""
    cluster.home().mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix="test-demo-", dir=cluster.home()))
    made.chmod(0o755)
    yield made
    for process in still_running(made):
        os.kill(process, signal.SIGKILL)
    elsewhere = cluster.Cluster(made / "pg").data.parent
    shutil.rmtree(made)
    shutil.rmtree(elsewhere, ignore_errors=True)


class Demo:
    """A started demo: its process, what it said, and the address of its login."""

    def __init__(self, home: Path):
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("LAOJIAN", "DATABASE"))}
        self.home = home
        self.said = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "laojian", "demo", "--port", "8700"],
            env=inherited | {"LAOJIAN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "laojian.settings"},
            stdout=subprocess.PIPE,
            stderr=(home / "stderr").open("w"),
            text=True,
            start_new_session=True,
        )

    def until(self, words: str) -> "Demo":
        """Wait until it says these words."""
        for line in self.process.stdout:
            self.said += line
            if re.search(words, line):
                return self
        ended = self.process.wait(END_SECONDS)
        pytest.fail(f"It ended with {ended}, having said:\n{self.said}{(self.home / 'stderr').read_text()}")

    def serving(self) -> "Demo":
        """Wait until its login page can be seen."""
        self.until(r"http://127\.0\.0\.1:\d+/")
        self.address = re.search(r"http://\S+/", self.said)[0] + "login"
        assert status(self.address) == 200
        return self

    def printed(self) -> bytes:
        """A whole file as the archivist of the demo has it printed."""
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', browser.open(self.address).read().decode())[1]
        name, word = next(row[1:] for row in accounts() if "档案员" in row[0])
        sent = urllib.parse.urlencode({"csrfmiddlewaretoken": token, "username": name, "password": word})
        browser.open(urllib.request.Request(self.address, sent.encode(), {"Referer": self.address}))
        site = self.address.removesuffix("login")
        listed = browser.open(f"{site}dossiers?state=archived").read().decode()
        return browser.open(f"{site}dossiers/{re.search(r'/dossiers/([0-9]+)', listed)[1]}/print", timeout=60).read()

    def kill(self) -> None:
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def end(self, by: signal.Signals) -> int:
        """Signal the whole terminal's group, as Ctrl-C does."""
        os.killpg(self.process.pid, by)
        return self.process.wait(END_SECONDS)


def status(address: str) -> int:
    try:
        return urllib.request.urlopen(address, timeout=10).status
    except urllib.error.HTTPError as error:
        return error.code


def still_running(home: Path) -> list[int]:
    """The processes started for this home, the database's server among them."""
    marks = (f"LAOJIAN_HOME={home}\0".encode(), str(home).encode())
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            told = process.joinpath("environ").read_bytes() + b"\0" + process.joinpath("cmdline").read_bytes()
        except OSError:
            continue
        if any(mark in told for mark in marks):
            found.append(int(process.name))
    return found


def wait_until_gone(home: Path) -> list[int]:
    last_call = time.monotonic() + END_SECONDS
    while (left := still_running(home)) and time.monotonic() < last_call:
        time.sleep(0.1)
    return left


def test_the_demo_serves_ends_whole_and_comes_back(home):
    Demo(home).until("Loading").kill()
    first = Demo(home).serving()
    assert "starting it over" in first.said
    assert first.printed().startswith(b"%PDF-")
    neighbour = Demo(home).serving()
    assert neighbour.address != first.address
    assert neighbour.end(signal.SIGTERM) == 0
    assert status(first.address) == 200
    assert first.end(signal.SIGINT) == 0
    assert wait_until_gone(home) == []

    second = Demo(home).serving()
    assert "Loading" not in second.said
    second.kill()
    third = Demo(home).serving()
    assert third.end(signal.SIGINT) == 0
    assert wait_until_gone(home) == []

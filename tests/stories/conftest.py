"""What every story has: the platform served as it is, a clock in its hands, and people with browsers."""

import json
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import Client

from laojian.lawbook import law
from laojian.papers.actions import templates
from tests.world import World

from .examined import PHONE
from .moving_time import MovingTime
from .visitor import Visitor

DESK = {"width": 1440, "height": 900}
LAST = "test_every_page.py"


def pytest_collection_modifyitems(items):
    """What looks back on all stories comes after them."""
    items.sort(key=lambda item: item.path.name == LAST)


@pytest.fixture
def time(monkeypatch) -> MovingTime:
    """The platform's clock."""
    return MovingTime(monkeypatch)


@pytest.fixture(scope="session")
def warm() -> None:
    """What the first request of a process builds once is there before anybody waits at a browser: the law, the papers, a file's page."""
    law()
    templates()
    get_template("dossier/page.html")


@pytest.fixture
def people(live_server, chromium, warm, world: World, time, opened):
    """Calling it with an officer gives the person at a desk, logged in; without one, somebody from the street."""
    came: list[Visitor] = []

    def come(officer=None, phone: bool = False, javascript: bool = True) -> Visitor:
        context = chromium.new_context(
            viewport=PHONE if phone else DESK, java_script_enabled=javascript, locale="zh-CN", timezone_id="Asia/Shanghai",
            is_mobile=phone, has_touch=phone,
        )  # fmt: skip
        name, sign_in = (officer.name if officer else "somebody"), partial(session_of, officer, live_server.url)
        came.append(Visitor(context, live_server.url, name, opened, javascript, sign_in))
        return came[-1].comes_back() if officer else came[-1]

    yield come
    for each in came:
        each.close()


def session_of(officer, site: str) -> dict:
    """The cookie of a login; how one logs in is a story of its own."""
    client, name = Client(), settings.SESSION_COOKIE_NAME
    client.force_login(officer, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return {"name": name, "value": client.cookies[name].value, "url": site}


@pytest.fixture(scope="session")
def diary(tmp_path_factory) -> Path:
    """A folder that all workers of this run share: one leaf a story, with the addresses it opened."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if own.name.startswith("popen-") else own) / "diary"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def opened(request, diary) -> set[str]:
    """The names of the addresses that this story opened."""
    names: set[str] = set()
    yield names
    (diary / f"{request.node.name}.json").write_text(json.dumps(sorted(names)))

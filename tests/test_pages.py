"""The pages open for whom they are for, in a constant number of queries, and show what the file holds."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from laojian.dossier.models import Dossier
from laojian.intake.models import WrongCode
from laojian.people.acting import acting
from laojian.procedure.take import open_file, take
from tests.test_path import COMPLAINT
from tests.world import at

pytestmark = pytest.mark.django_db

ROWS = [{"name": f"示例{n}", "months": ["2025-10", "2025-12"], "amount": "1000.00"} for n in range(30)]


@pytest.fixture
def file(world):
    file = open_file("general", "register", by=world.zhou, at=at("2026-01-05"), given=COMPLAINT)
    return take(file.id, "claim_workers", by=world.zhou, at=at("2026-01-05", 10), given={"rows": ROWS})


def statements(client, url: str) -> tuple[int, int]:
    """The answer's status and how many statements it cost; the test's own savepoints do not count."""
    with CaptureQueriesContext(connection) as seen:
        status = client.get(url).status_code
    return status, sum(1 for query in seen if "SAVEPOINT" not in (query["sql"] or ""))


def test_the_desk_pages_open(client, world, file):
    client.force_login(world.zhou)
    client.get(reverse("workbench"))  # the session is written once a minute, not with every page
    for name, args, most in [
        ("workbench", [], 8),
        ("dossiers", [], 8),
        ("dossier", [file.id], 20),
        ("register", [], 8),
        ("claims", [file.id], 20),
        ("step", [file.id, "propose_filing"], 20),
        ("step", [file.id, "register_payment"], 20),
    ]:
        status, cost = statements(client, reverse(name, args=args))
        assert status == 200 and cost <= most, (name, status, cost)
    assert "示＊" in client.get(reverse("dossier", args=[file.id])).content.decode()


def test_another_bureau_finds_nothing(client, world, file):
    client.force_login(world.outsider)
    assert client.get(reverse("dossier", args=[file.id])).status_code == 404


def test_a_refused_step_keeps_the_input_and_says_why(client, world, file):
    client.force_login(world.zhou)
    url = reverse("step", args=[file.id, "propose_filing"])
    response = client.post(
        url, {"matter": "wages", "violation": "instant", "opinion": "拟立案", "began_on": "2030-01-01"}
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "晚于办理之日" in page and "拟立案" in page


def test_query_codes_cannot_be_tried_without_end(client, world, file, monkeypatch):
    """Ten in a quarter of an hour from one address, counted where every server process counts; another address is not concerned."""

    def answer(**origin) -> str:
        typed = {"number": "宝人社监登〔2026〕1号", "code": "AAAA0000"}
        return client.post(reverse("query"), typed, **origin).content.decode()

    assert all("对不上" in answer() for _ in range(10))
    assert "输错次数太多" in answer() and WrongCode.objects.count() == 10
    assert "对不上" in answer(REMOTE_ADDR="192.0.2.7")
    later = now() + timedelta(minutes=16)
    monkeypatch.setattr("laojian.portal.views.now", lambda: later)
    assert "对不上" in answer() and WrongCode.objects.count() == 1


def test_the_systems_administrator_sees_no_file(client, world, file):
    client.force_login(world.admin)
    assert client.get(reverse("dossier", args=[file.id])).status_code == 404
    assert "示例" not in client.get(reverse("dossiers")).content.decode().partition("<main")[2]
    with acting(world.admin.pk):
        assert not Dossier.objects.exists()

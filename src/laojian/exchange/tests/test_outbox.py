"""The outbox: one row for each platform that takes it, the next version for another content, nothing for the same."""

from datetime import date

import pytest
from tests.beside import decided_briefly
from tests.casework import Story
from tests.publicising import TOLD
from tests.world import at

from laojian.exchange.actions import send, withdraw
from laojian.exchange.models import Outgoing
from laojian.exchange.platforms import taking
from laojian.people.acting import acting

pytestmark = pytest.mark.django_db
NOW = at("2026-05-06")


def rows(key: str = "listing:1") -> list[tuple]:
    found = Outgoing.objects.filter(key=key).order_by("platform", "version")
    return [(each.platform, each.version, each.kind, each.act, each.delivery) for each in found]


@pytest.fixture
def dossier(world):
    told = Story(world)
    decided_briefly(told)
    return told.file.id


def put(world, dossier: int, kind: str = "listing", at=NOW, **payload) -> None:
    with acting(world.zhang.pk):
        send(dossier, kind, "listing:1", TOLD.get(kind, {}) | payload, at=at, due_on=date(2026, 5, 15))


def test_every_platform_that_takes_the_kind_gets_a_row(world, dossier):
    put(world, dossier, name="示例公司")
    assert rows() == [(key, 1, "listing", "put", "waiting") for key in sorted(p.key for p in taking("listing"))]
    assert not Outgoing.objects.filter(
        next_at__isnull=False
    ).exists()  # nobody told where to push: files are handed over


def test_the_same_content_writes_nothing_and_another_is_the_next_version(world, dossier):
    put(world, dossier, name="示例公司")
    put(world, dossier, name="示例公司")
    assert {version for _, version, *_ in rows()} == {1}
    put(world, dossier, name="示例二公司")
    assert [row[1:] for row in rows() if row[0] == "sharing"] == [
        (1, "listing", "put", "replaced"), (2, "listing", "put", "waiting"),
    ]  # fmt: skip


def test_a_removal_and_a_withdrawal_follow_under_the_same_key(world, dossier):
    put(world, dossier, name="示例公司")
    put(world, dossier, kind="removal", name="示例公司")
    with acting(world.zhang.pk):
        withdraw("listing:1", "决定被撤销", NOW)
        withdraw("listing:1", "决定被撤销", NOW)
    assert [row[2:4] for row in rows() if row[0] == "company"] == [
        ("listing", "put"), ("removal", "put"), ("removal", "withdraw"),
    ]  # fmt: skip

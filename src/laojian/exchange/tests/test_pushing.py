"""A platform that is down for a day, answers twice or answers wrongly: at the end both sides agree, and the trail shows it."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connection, transaction
from tests.publicising import TOLD
from tests.receiving import SECRET, receiving
from tests.world import at

from laojian.dossier.models import Dossier
from laojian.exchange import wire
from laojian.exchange.actions import send, withdraw
from laojian.exchange.comparing import compare_all
from laojian.exchange.keys import lock
from laojian.exchange.models import Attempt, Comparison, Connection, Outgoing
from laojian.exchange.pushing import LEASE, leased, once, push_all, push_next, settle, told
from laojian.exchange.wire import Answer
from laojian.people.acting import acting

pytestmark = pytest.mark.django_db
NOW = at("2026-05-06")
KEY = "listing:1"


@pytest.fixture
def dossier(world):
    with acting(world.zhang.pk):
        home = world.district
        return Dossier.objects.create(
            flow="general", state="performing", bureau=home, district=home, opened_on=NOW.date(), title="示例"
        ).pk  # fmt: skip


def connect(world, url: str) -> None:
    given = {"url": url, "secret": lock(SECRET), "document": "示信办〔2026〕1号", "by_name": "管理员", "at": NOW}
    Connection.objects.create(bureau=world.district, platform="sharing", **given)


def put(world, dossier: int, when=NOW, kind="listing", **payload) -> None:
    with acting(world.zhang.pk):
        send(dossier, kind, KEY, TOLD.get(kind, {}) | (payload or {"name": "示例公司"}), at=when, due_on=None)


def newest() -> Outgoing:
    return Outgoing.objects.filter(platform="sharing").latest("version")


def trail() -> list[str]:
    return list(Attempt.objects.filter(outgoing__platform="sharing").order_by("id").values_list("outcome", flat=True))


def keep_pushing(until=timedelta(days=3)):
    """The worker looks every so often until nothing is due."""
    moment = NOW
    while Outgoing.objects.filter(next_at__isnull=False).exists() and moment < NOW + until:
        push_all(moment)
        moment += timedelta(minutes=30)
    return moment


def agree(app) -> None:
    row = newest()
    held = app.items[KEY]
    assert (held["version"], held["act"], held["digest"], held["receipt"]) == (
        row.version,
        row.act,
        row.digest,
        row.receipt,
    )
    assert row.delivery == "delivered" and row.next_at is None


@pytest.mark.parametrize(
    ("manners", "outcomes"),
    [
        ((), ["accepted"]),
        (("down",), ["down", "accepted"]),
        (("lost",), ["down", "accepted"]),
        (("double",), ["wrong", "accepted"]),
        (("wrong",), ["wrong", "accepted"]),
        (("unknown", "html", "wrong", "down"), ["wrong", "wrong", "wrong", "down", "accepted"]),
    ],
)
def test_whatever_the_platform_answers_both_sides_agree_at_the_end(world, dossier, manners, outcomes):
    with receiving(*manners) as (app, url):
        connect(world, url)
        put(world, dossier)
        keep_pushing()
        agree(app)
        assert trail() == outcomes
        assert len(set(app.asked)) == 1  # however often, always the same version under the same key


def test_a_platform_that_is_gone_for_a_day_gets_it_when_it_is_back(world, dossier):
    with receiving() as (_, url):
        gone = url
    connect(world, gone)
    put(world, dossier)
    for hours in range(24):
        push_all(NOW + timedelta(hours=hours))
    assert newest().delivery == "waiting" and set(trail()) == {"down"} and len(trail()) < 10
    with receiving() as (app, url):
        Connection.objects.update(url=url)
        push_all(NOW + timedelta(hours=48))
        agree(app)


def test_what_the_platform_refuses_waits_for_people(world, dossier):
    with receiving("no") as (app, url):
        connect(world, url)
        put(world, dossier)
        assert push_all(NOW) == 1 and push_all(NOW + timedelta(days=9)) == 0
        assert newest().delivery == "held" and "名称" in newest().faults[0]["text"] and app.items == {}


def test_killed_between_request_and_receipt_it_is_sent_again_and_taken_once(world, dossier):
    with receiving() as (app, url):
        connect(world, url)
        put(world, dossier)
        first = leased(NOW)
        wire.post(
            url, SECRET, told(first), once(first), NOW
        )  # and here the process dies: nothing is written of what came back
        assert push_all(NOW + LEASE / 2) == 0
        assert push_all(NOW + LEASE) == 1
        agree(app)
        assert len(app.receipts) == 1 and len(app.asked) == 2


def test_a_version_that_was_replaced_while_it_travelled_stays_replaced(world, dossier):
    with receiving() as (app, url):
        connect(world, url)
        put(world, dossier)
        first = leased(NOW)
        put(world, dossier, name="示例二公司")
        right = f'{{"key":"{first.key}","version":1,"digest":"{first.digest}","receipt":"R1"}}'
        settle(first, Answer(200, right.encode()), NOW)
        first.refresh_from_db()
        assert first.delivery == "replaced" and newest().delivery == "waiting"
        push_all(NOW)
        agree(app)


def test_a_withdrawal_reaches_the_platform_with_its_reason(world, dossier):
    with receiving() as (app, url):
        connect(world, url)
        put(world, dossier)
        push_all(NOW)
        with acting(world.zhang.pk):
            withdraw(KEY, "决定被撤销", NOW)
        push_all(NOW)
        agree(app)
        assert (
            app.items[KEY]["act"] == "withdraw"
            and app.items[KEY]["reason"] == "决定被撤销"
            and app.items[KEY]["payload"] == {}
        )


def test_what_the_platform_lost_or_altered_is_sent_again_and_strangers_are_told(world, dossier):
    with receiving() as (app, url):
        connect(world, url)
        put(world, dossier)
        push_all(NOW)
        assert [(c.agreed, c.mended, c.problems) for c in compare_all(NOW)] == [(1, 0, [])]
        for spoil in (lambda: app.items.clear(), lambda: app.items[KEY].update(digest="0" * 64)):
            spoil()
            assert [c.mended for c in compare_all(NOW)] == [1]
            push_all(NOW)
            agree(app)
        app.items["listing:99"] = app.items[KEY] | {"key": "listing:99"}
        (found,) = compare_all(NOW)
        assert found.mended == 0 and "listing:99" in found.problems[0]
        assert trail() == ["accepted", "compared", "accepted", "compared", "accepted"]


def test_a_lost_receipt_is_found_when_both_sides_are_compared(world, dossier):
    with receiving("lost") as (app, url):
        connect(world, url)
        put(world, dossier)
        push_all(NOW)
        assert newest().delivery == "waiting"
        compare_all(NOW)
        agree(app)


def test_a_platform_that_cannot_be_asked_changes_nothing(world, dossier):
    with receiving() as (_, url):
        gone = url
    connect(world, gone)
    put(world, dossier)
    (found,) = compare_all(NOW)
    assert "没有对成" in found.problems[0] and Comparison.objects.count() == 1 and newest().version == 1


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_once(world, dossier):
    with receiving() as (app, url):
        connect(world, url)
        put(world, dossier)
        gate, made = Barrier(2), []

        def push():
            gate.wait()
            made.append(push_next(NOW))
            connection.close()

        threads = [Thread(target=push) for _ in range(2)]
        for each in threads:
            each.start()
        for each in threads:
            each.join(30)
        assert sorted(made) == [False, True] and len(app.asked) == 1
        agree(app)


def test_what_was_sent_is_neither_changed_nor_removed(world, dossier):
    with receiving() as (_, url):
        connect(world, url)
        put(world, dossier)
        push_all(NOW)
    deeds = (
        lambda: Outgoing.objects.update(payload={}), lambda: Outgoing.objects.all().delete(),
        lambda: Attempt.objects.update(answer=""), lambda: Attempt.objects.all().delete(),
    )  # fmt: skip
    for deed in deeds:
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()
    assert newest().payload and trail() == ["accepted"]

"""Pushing: each due version once, signed; whatever does not prove that the platform has it is tried again, later and later.

An attempt is three transactions: lease, request, result. Whoever is killed between them loses nothing: the lease runs out, and the
platform knows the version by its key of idempotency.
"""

from datetime import datetime, timedelta

from django.db import transaction

from laojian.people.models import Bureau

from . import wire
from .keys import unlock
from .models import Attempt, Connection, Outgoing
from .rules import judged, pause

LEASE = timedelta(minutes=2)  # longer than a request may take
Delivery, Outcome = Outgoing.Delivery, Attempt.Outcome


def push_all(at: datetime, most: int = 500) -> int:
    """Push what is due, at most so many; how many attempts were made."""
    for made in range(most):
        if not push_next(at):
            return made
    return most


def push_next(at: datetime) -> bool:
    """One attempt at the version that is due longest; False when none is."""
    row = leased(at)
    if row is None:
        return False
    connection = Connection.objects.filter(bureau_id=row.bureau_id, platform=row.platform).first()
    if connection is None:  # taken away meanwhile: it waits to be handed over as a file
        Outgoing.objects.filter(pk=row.pk).update(next_at=None)
        return True
    try:
        answer = wire.post(connection.url, unlock(connection.secret), told(row), once(row), at)
    except LookupError as wrong:
        answer = wire.Answer(0, words=str(wrong))
    settle(row, answer, at)
    return True


@transaction.atomic
def leased(at: datetime) -> Outgoing | None:
    """The version that is due longest, taken so that nobody else sends it meanwhile."""
    row = (
        Outgoing.objects.select_for_update(skip_locked=True)
        .filter(next_at__lte=at, delivery=Delivery.WAITING)
        .order_by("next_at", "id")
        .first()
    )
    if row:
        row.tries, row.next_at = row.tries + 1, at + LEASE
        row.save(update_fields=["tries", "next_at"])
    return row


def told(row: Outgoing) -> dict:
    """A version as it travels."""
    sender = Bureau.objects.values_list("short", flat=True).get(pk=row.bureau_id)
    return {
        "from": sender, "kind": row.kind, "key": row.key, "version": row.version, "act": row.act, "payload": row.payload,
        "digest": row.digest, "reason": row.reason,
    }  # fmt: skip


def once(row: Outgoing) -> str:
    """The same for every attempt at a version."""
    return f"{row.platform}:{row.key}:{row.version}:{row.digest[:16]}"


@transaction.atomic
def settle(row: Outgoing, answer: wire.Answer, at: datetime) -> None:
    """Keep what came of an attempt; a version that was replaced meanwhile stays so, whatever the answer to it."""
    outcome, receipt, words = Outcome.DOWN, "", answer.words
    if answer.status:
        sent = {"key": row.key, "version": row.version, "digest": row.digest}
        outcome, receipt, words = judged(answer.status, answer.body, sent)
    Attempt.objects.create(
        outgoing=row, at=at, outcome=outcome, status=answer.status or None, answer=words, receipt=receipt
    )
    now = Outgoing.objects.select_for_update().get(pk=row.pk)
    if now.delivery != Delivery.WAITING:
        return
    if outcome == Outcome.ACCEPTED:
        now.delivery, now.receipt, now.delivered_at, now.next_at = Delivery.DELIVERED, receipt, at, None
    elif outcome == Outcome.REFUSED:
        now.delivery, now.next_at = Delivery.HELD, None
        now.faults = [{"column": "", "label": "平台", "text": words}]
    else:
        now.next_at = at + pause(now.tries)
    now.save()

"""Comparing (对账): what a platform holds against what was sent to it. What differs is sent again, and the trail says why."""

import json
from datetime import datetime

from django.db import transaction

from laojian.people.models import Bureau

from . import wire
from .actions import newest, turn, write
from .keys import unlock
from .models import Attempt, Comparison, Connection, Outgoing

Act, Delivery, Outcome = Outgoing.Act, Outgoing.Delivery, Attempt.Outcome
WHY = "对账发现平台所存与报送的不一致"
FIELDS = {"key": str, "version": int, "act": str, "digest": str, "receipt": str}


class Unreadable(ValueError):
    """The platform did not tell what it holds."""


def compare_all(at: datetime) -> list[Comparison]:
    """Compare with every platform that a bureau is connected to; each by itself, whatever the others answer."""
    return [compare(each, at) for each in Connection.objects.select_related("bureau").order_by("bureau_id", "platform")]


def compare(connection: Connection, at: datetime) -> Comparison:
    """Ask one platform what it holds of one bureau, mend what differs, and keep what was found."""
    made = Comparison(bureau=connection.bureau, platform=connection.platform, at=at)
    try:
        theirs = holding(connection, at)
    except (Unreadable, LookupError) as wrong:
        made.problems = [f"没有对成：{wrong}"]
    else:
        made.held = sum(1 for each in theirs.values() if each["act"] == Act.PUT)
        ours = Outgoing.objects.filter(bureau=connection.bureau, platform=connection.platform)
        keys = list(ours.values_list("key", flat=True).distinct().order_by("key"))
        for key in keys:
            same = settled(connection, key, theirs.get(key), at)
            made.agreed, made.mended = made.agreed + same, made.mended + (not same)
        strangers = sorted(theirs.keys() - set(keys))
        made.problems = [f"平台有“{key}”，本机关没有报送过，请向平台核实" for key in strangers[:100]]
    made.save()
    return made


def holding(connection: Connection, at: datetime) -> dict[str, dict]:
    """Everything that the platform holds of the bureau, by key."""
    sender, secret = (
        Bureau.objects.values_list("short", flat=True).get(pk=connection.bureau_id),
        unlock(connection.secret),
    )
    found: dict[str, dict] = {}
    after = ""
    while True:
        items = page(wire.held(connection.url, secret, sender, after, at))
        fresh = {each["key"]: each for each in items if each["key"] > after}
        if not fresh:
            return found
        found, after = found | fresh, max(fresh)


def page(answer: wire.Answer) -> list[dict]:
    """The items of an answer; Unreadable for anything else."""
    try:
        items = json.loads(answer.body)["items"] if answer.status == 200 else None
        if not all(isinstance(each[name], kind) for each in items for name, kind in FIELDS.items()):
            raise TypeError
    except (ValueError, KeyError, TypeError) as wrong:
        raise Unreadable(answer.words or f"答复看不懂（{answer.status}）") from wrong
    return items


@transaction.atomic
def settled(connection: Connection, key: str, theirs: dict | None, at: datetime) -> bool:
    """Whether both sides agree about a thing; what was delivered and is not held any more is sent again."""
    turn(key)
    ours = newest(connection.platform, key)
    if theirs and (theirs["version"], theirs["digest"]) == (ours.version, ours.digest):
        if ours.delivery == Delivery.WAITING:  # it had arrived, only its receipt had not
            Attempt.objects.create(
                outgoing=ours,
                at=at,
                outcome=Outcome.ACCEPTED,
                receipt=theirs["receipt"][:80],
                answer="对账时查到平台已收到",
            )
            delivered = {
                "delivery": Delivery.DELIVERED,
                "receipt": theirs["receipt"][:80],
                "delivered_at": at,
                "next_at": None,
            }
            Outgoing.objects.filter(pk=ours.pk).update(**delivered)
        return True
    if ours.delivery != Delivery.DELIVERED:  # still to be pushed, or for people to mend
        return True
    if theirs is None and ours.act == Act.WITHDRAW:
        return True
    if theirs and theirs["version"] > ours.version:
        ours.version = theirs["version"]  # the platform knows more than we do: ours was restored from an older copy
    said = f"平台现存第 {theirs['version']} 版" if theirs else "平台没有这一件"
    Attempt.objects.create(outgoing_id=ours.pk, at=at, outcome=Outcome.COMPARED, answer=said)
    write(ours, ours.dossier_id, ours.bureau_id, ours.platform, ours.kind, key, ours.act, ours.payload, at=at, due_on=None,
          reason=f"{WHY}：{said}" if ours.act == Act.PUT else ours.reason)  # fmt: skip
    return False

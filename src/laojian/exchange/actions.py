"""Writers of the outbox: what a step says to other platforms is written with the step, in its transaction, or not at all."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import connection

from laojian.dossier.models import Dossier
from laojian.procedure.step import plain

from .models import Outgoing
from .platforms import platforms, taking
from .rules import digest

Act, Delivery = Outgoing.Act, Outgoing.Delivery


def send(dossier_id: int, kind: str, key: str, payload: Mapping, *, at: datetime, due_on: date | None) -> None:
    """Write one row for every platform that takes this kind of thing; `due_on` is the last day by law, None where there is none.

    `key` names the thing among all bureaus' (`penalty:12:3`): another content under it is the next version, which takes the place of
    what was sent; the same content writes nothing. A removal is sent under the key of its listing.
    """
    turn(key)
    bureau, content = bureau_of(dossier_id), plain(payload)
    for platform in taking(kind):
        last = newest(platform.key, key)
        if last and (last.act, last.kind, last.payload) == (Act.PUT, kind, content):
            continue
        write(last, dossier_id, bureau, platform.key, kind, key, Act.PUT, content, at=at, due_on=due_on)


def withdraw(key: str, reason: str, at: datetime, *, due_on: date | None = None) -> None:
    """Take back what was sent under this key, from every platform to which it went, and say why; what is withdrawn stays so."""
    turn(key)
    for name in Outgoing.objects.filter(key=key).values_list("platform", flat=True).distinct().order_by("platform"):
        last = newest(name, key)
        if last.act == Act.PUT:
            write(
                last,
                last.dossier_id,
                last.bureau_id,
                name,
                last.kind,
                key,
                Act.WITHDRAW,
                {},
                at=at,
                due_on=due_on,
                reason=reason,
            )


def turn(key: str) -> None:
    """Whoever writes about this thing second waits until the first is done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('exchange ' || %s, 0))", [key])


def newest(platform: str, key: str) -> Outgoing | None:
    """The last version of a thing for a platform."""
    return Outgoing.objects.filter(platform=platform, key=key).order_by("-version").first()


def bureau_of(dossier_id: int) -> int:
    """Whose file it is."""
    return Dossier.objects.values_list("bureau_id", flat=True).get(pk=dossier_id)


def write(last: Outgoing | None, dossier: int, bureau: int, platform: str, kind: str, key: str, act: str, content: Mapping, *,
          at: datetime, due_on: date | None, reason: str = "") -> Outgoing:  # fmt: skip
    """The next version; what was not delivered of the one before is not pushed any more."""
    if last and last.delivery in (Delivery.HELD, Delivery.WAITING):
        Outgoing.objects.filter(pk=last.pk).update(delivery=Delivery.REPLACED, next_at=None)
    version = last.version + 1 if last else 1
    return Outgoing.objects.create(
        dossier_id=dossier, bureau_id=bureau, platform=platform, kind=kind, key=key, version=version, act=act, payload=content,
        digest=digest(key, version, act, content), reason=reason[:400], due_on=due_on, made_at=at, delivery=Delivery.WAITING,
        next_at=at if platforms()[platform].way == "push" else None,
    )  # fmt: skip

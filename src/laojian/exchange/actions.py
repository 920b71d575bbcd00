"""Writers of the outbox: what a step says to other platforms is written with the step, in its transaction, or not at all."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import connection, transaction

from laojian.dossier.models import Dossier
from laojian.people.actions import deed
from laojian.people.models import Bureau
from laojian.people.queries import Me
from laojian.procedure.step import local, plain

from .keys import lock
from .models import Attempt, Connection, Outgoing
from .platforms import Platform, platforms, taking
from .rules import digest, faults
from .templates import public, template

NAMES = ("CF_XDR_MC", "name", "employer")  # the columns in which a payload tells whom it is about
Act, Delivery = Outgoing.Act, Outgoing.Delivery


def send(
    dossier_id: int,
    kind: str,
    key: str,
    payload: Mapping,
    *,
    at: datetime,
    due_on: date | None,
    why: Iterable[str] = (),
) -> None:
    """Write one row for every platform that takes this kind of thing; `due_on` is the last day by law, if any, and `why` says how.

    `key` names the thing among all bureaus' (`penalty:12:3`): another content under it is the next version, which takes the place of
    what was sent; the same content writes nothing. A removal is sent under the key of its listing.
    """
    turn(key)
    bureau = bureau_of(dossier_id)
    for platform in taking(kind):
        last, content = newest(platform.key, key), fit_for(platform, kind, plain(payload), local(at).date())
        if last and (last.act, last.kind, last.payload) == (Act.PUT, kind, content):
            continue
        write(last, dossier_id, bureau, platform.key, kind, key, Act.PUT, content, at=at, due_on=due_on, why=why)


def withdraw(key: str, reason: str, at: datetime, *, due_on: date | None = None, why: Iterable[str] = ()) -> None:
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


def fit_for(platform: Platform, kind: str, payload: Mapping, on: date) -> dict:
    """The payload without what a platform that shows it to everybody must not hold."""
    told = template(kind, on)
    if told is None or platform.identity:
        return dict(payload)
    return {name: value for name, value in payload.items() if name not in told.columns or not told.columns[name].sealed}


def amiss(platform: Platform, kind: str, act: str, payload: Mapping, on: date) -> list[dict]:
    """Where a payload does not fit the template of its kind; a withdrawal says nothing that could."""
    told = template(kind, on)
    if told is None or act == Act.WITHDRAW:
        return []
    columns = told.columns if platform.identity else public(told.columns)
    return [{"column": each.column, "label": each.label, "text": each.text} for each in faults(columns, payload)]


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


def connected(bureau: int, platform: Platform) -> bool:
    """Whether the bureau has an address and a key there; otherwise its rows wait to be handed over as files."""
    return platform.way == "push" and Connection.objects.filter(bureau_id=bureau, platform=platform.key).exists()


def named(content: Mapping) -> str:
    """Whom a payload is about, as lists show it."""
    return str(next((content[key] for key in NAMES if content.get(key)), ""))[:200]


def write(last: Outgoing | None, dossier: int, bureau: int, platform: str, kind: str, key: str, act: str, content: Mapping, *,
          at: datetime, due_on: date | None, reason: str = "", why: Iterable[str] = ()) -> Outgoing:  # fmt: skip
    """The next version; what was not delivered of the one before is not pushed any more."""
    if last and last.delivery in (Delivery.HELD, Delivery.WAITING):
        Outgoing.objects.filter(pk=last.pk).update(delivery=Delivery.REPLACED, next_at=None)
    version, to = last.version + 1 if last else 1, platforms()[platform]
    wrong = amiss(to, kind, act, content, local(at).date())
    return Outgoing.objects.create(
        dossier_id=dossier, bureau_id=bureau, platform=platform, kind=kind, key=key, version=version, act=act, payload=content,
        digest=digest(key, version, act, content), reason=reason[:400], due_on=due_on, why=list(why),
        name=named(content) or (last.name if last else ""), made_at=at, faults=wrong,
        delivery=Delivery.HELD if wrong else Delivery.WAITING, next_at=at if connected(bureau, to) and not wrong else None,
    )  # fmt: skip


@transaction.atomic
def connect(me: Me, bureau: Bureau, platform: str, *, url: str, secret: str, document: str, at: datetime) -> None:
    """Register where a bureau reaches a platform; an empty key leaves the one that is there. What waits is pushed from now on."""
    told = {"url": url, "document": document, "by_name": me.officer.name, "at": at}
    if secret:
        told["secret"] = lock(secret)
    Connection.objects.update_or_create(bureau=bureau, platform=platform, defaults=told)
    Outgoing.objects.filter(bureau=bureau, platform=platform, delivery=Delivery.WAITING).update(next_at=at)
    deed(me, "connect_platform", "登记平台接口", at, subject=bureau.name, platform=platform, url=url, document=document)


@transaction.atomic
def disconnect(me: Me, bureau: Bureau, platform: str, *, at: datetime) -> None:
    """Take an address away: what waits is handed over as files."""
    Connection.objects.filter(bureau=bureau, platform=platform).delete()
    Outgoing.objects.filter(bureau=bureau, platform=platform).update(next_at=None)
    deed(me, "disconnect_platform", "撤销平台接口", at, subject=bureau.name, platform=platform)


@transaction.atomic
def note_receipt(me: Me, outgoing_id: int, *, receipt: str, at: datetime) -> bool:
    """Enter the receipt of what was handed over as a file; False where it is not waiting any more."""
    row = Outgoing.objects.select_for_update().get(pk=outgoing_id)
    if row.delivery != Delivery.WAITING:
        return False
    Attempt.objects.create(outgoing=row, at=at, outcome=Attempt.Outcome.ACCEPTED, receipt=receipt, answer="人工登记回执",
                           by_name=me.officer.name)  # fmt: skip
    row.delivery, row.receipt, row.delivered_at, row.next_at = Delivery.DELIVERED, receipt, at, None
    row.save()
    deed(me, "note_receipt", "登记报送回执", at, subject=str(row), outgoing=row.pk, receipt=receipt)
    return True


@transaction.atomic
def push_again(me: Me, outgoing_id: int, *, at: datetime) -> bool:
    """Push at once what is waiting, or what the platform refused and now may take; False where neither holds."""
    row = Outgoing.objects.select_for_update().get(pk=outgoing_id)
    refused = row.delivery == Delivery.HELD and all(not each["column"] for each in row.faults)
    if not (refused or row.delivery == Delivery.WAITING) or not connected(row.bureau_id, platforms()[row.platform]):
        return False
    row.delivery, row.faults, row.next_at = Delivery.WAITING, [], at
    row.save()
    deed(me, "push_again", "重新推送", at, subject=str(row), outgoing=row.pk)
    return True

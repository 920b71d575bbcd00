"""Reads on people: scopes, holders of posts, certificates on a day."""

import json
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery

from .access import Scope
from .models import Bureau, Certificate, Officer, Post, Role


def valid_on(day: date, since: str = "since", until: str = "until") -> Q:
    """Rows whose term includes the day."""
    return Q(**{f"{since}__lte": day}) & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gte": day}))


@dataclass(frozen=True)
class Card:
    """What a page shows of a certificate of enforcement."""

    number: str
    valid_to: date


@dataclass(frozen=True)
class Me:
    """An officer at work on a day: scope, bureau, posts in words, and the certificate that is valid longest."""

    officer: Officer
    scope: Scope
    bureau: Bureau | None
    posts: tuple[str, ...]
    certificate: Card | None


AT_WORK = """
SELECT o.*, %(on)s::date AS day, to_jsonb(h) AS home, c.number AS card, c.valid_to AS card_until,
  (SELECT jsonb_agg(p.role ORDER BY p.id) FROM people_post p
   WHERE p.officer_id = o.id AND p.since <= %(on)s AND (p.until IS NULL OR p.until >= %(on)s)) AS held
FROM people_officer o LEFT JOIN people_bureau h ON h.id = o.bureau_id
LEFT JOIN LATERAL (SELECT number, valid_to FROM people_certificate WHERE officer_id = o.id AND kind <> 'lawyer'
                   ORDER BY valid_to DESC LIMIT 1) c ON true
WHERE o.id = %(officer)s"""


def at_work(officer_id: int, day: date) -> Officer | None:
    """An officer with all that `me_on` tells of that day: one statement, since every page begins with it."""
    return next(iter(Officer.objects.raw(AT_WORK, {"officer": officer_id, "on": day})), None)


def me_on(officer: Officer, day: date) -> Me:
    """Who the officer is on a day; no query for one who was read `at_work` on that day."""
    told = officer if getattr(officer, "day", None) == day else at_work(officer.pk, day)
    home = Bureau(**json.loads(told.home)) if told.home else None
    roles = json.loads(told.held or "[]")
    scope = Scope(officer.pk, officer.bureau_id, home.level if home else "town", frozenset(roles), officer.system)
    card = Card(told.card, told.card_until) if told.card else None
    return Me(officer, scope, home, tuple(Role(role).label for role in roles), card)


def scope_of(officer: Officer, day: date) -> Scope:
    """The officer's scope on a day, from the posts held then."""
    return me_on(officer, day).scope


def holders(bureau_id: int, role: str, day: date):
    """The officers who hold a post in a bureau on a day, by name."""
    return (
        Officer.objects.filter(
            valid_on(day, "posts__since", "posts__until"), posts__bureau=bureau_id, posts__role=role, is_active=True
        )
        .order_by("id")
        .distinct()
    )


CARRIED = """
SELECT o.id, o.name, (
  SELECT c.number FROM people_certificate c WHERE c.officer_id = o.id AND c.kind <> 'lawyer' AND c.valid_from <= %(on)s
  AND c.valid_to >= %(on)s AND (c.revoked_on IS NULL OR c.revoked_on > %(on)s) ORDER BY c.kind DESC, c.valid_to DESC LIMIT 1)
FROM people_officer o WHERE o.id = ANY(%(ids)s)"""


def carried(officer_ids: list[int], day: date) -> dict[int, tuple[str, str | None]]:
    """Name and certificate of enforcement of each of these officers; None where none is valid on the day. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(CARRIED, {"ids": officer_ids, "on": day})
        return {key: (name, number) for key, name, number in cursor.fetchall()}


def bureaus_of(scope: Scope) -> QuerySet[Bureau]:
    """The bureaus whose people and record belong to the viewer's line: at city level all, else the own one and those below."""
    own = Q(pk=scope.bureau_id) | Q(district=scope.bureau_id) if scope.level == "district" else Q(pk=scope.bureau_id)
    return Bureau.objects.filter(Q() if scope.level == "city" else own).order_by("id")


def officers_of(scope: Scope, day: date) -> QuerySet[Officer]:
    """The officers of the viewer's line, each with the roles `held` on the day and the certificate that is valid longest.

    `certificate_number` and `valid_until` are of those issued by the day and not revoked; without one both are None.
    """
    cards = Certificate.objects.filter(
        Q(revoked_on__isnull=True) | Q(revoked_on__gt=day), officer=OuterRef("pk"), valid_from__lte=day
    )
    cards = cards.exclude(kind=Certificate.Kind.LAWYER).order_by("-valid_to")
    posts = Post.objects.filter(valid_on(day), officer=OuterRef("pk")).order_by("id")
    line = Q() if scope.level == "city" else Q(bureau__in=bureaus_of(scope).values("pk"))
    return (
        Officer.objects.filter(line, system=False)
        .select_related("bureau")
        .annotate(
            certificate_number=Subquery(cards.values("number")[:1]),
            valid_until=Subquery(cards.values("valid_to")[:1]),
            held=ArraySubquery(posts.values("role")),
        )
    )

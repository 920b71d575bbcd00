"""Reads on people: scopes, holders of posts, certificates on a day."""

from datetime import date

from django.db.models import Q

from .access import Scope
from .models import Officer, Post


def valid_on(day: date, since: str = "since", until: str = "until") -> Q:
    """Rows whose term includes the day."""
    return Q(**{f"{since}__lte": day}) & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gte": day}))


def scope_of(officer: Officer, day: date) -> Scope:
    """The officer's scope on a day, from the posts held then."""
    roles = frozenset(Post.objects.filter(valid_on(day), officer=officer).values_list("role", flat=True))
    bureau = officer.bureau
    return Scope(officer.pk, officer.bureau_id, bureau.level if bureau else "town", roles, officer.system)


def holders(bureau_id: int, role: str, day: date):
    """The officers who hold a post in a bureau on a day, by name."""
    return (
        Officer.objects.filter(
            valid_on(day, "posts__since", "posts__until"), posts__bureau=bureau_id, posts__role=role, is_active=True
        )
        .order_by("id")
        .distinct()
    )

"""Reads on people: scopes, holders of posts, certificates on a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from .access import Scope
from .models import Bureau, Certificate, Officer, Post, Role


def valid_on(day: date, since: str = "since", until: str = "until") -> Q:
    """Rows whose term includes the day."""
    return Q(**{f"{since}__lte": day}) & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gte": day}))


@dataclass(frozen=True)
class Me:
    """An officer at work on a day: scope, bureau, posts in words, and the certificate that is valid longest."""

    officer: Officer
    scope: Scope
    bureau: Bureau | None
    posts: tuple[str, ...]
    certificate: Certificate | None


def me_on(officer: Officer, day: date) -> Me:
    """Who the officer is on a day: two queries."""
    held = list(Post.objects.filter(valid_on(day), officer=officer).select_related("bureau").order_by("id"))
    home = next((post.bureau for post in held if post.bureau_id == officer.bureau_id), None) or officer.bureau
    scope = Scope(
        officer.pk, officer.bureau_id, home.level if home else "town", frozenset(post.role for post in held), officer.system
    )
    carried = Certificate.objects.filter(officer=officer).exclude(kind=Certificate.Kind.LAWYER).order_by("-valid_to").first()
    return Me(officer, scope, home, tuple(Role(post.role).label for post in held), carried)


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

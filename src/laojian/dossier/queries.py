"""What a viewer may see of the files: one predicate, and pages by key that cost the same at a million files."""

from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from laojian.people.access import Scope

from .models import Access, Dossier

DIGITS = 18  # of the largest number of a row


def row_number(text: str) -> int | None:
    """The number of a row as an address or a field holds it; None for what is none, or more than any row has."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else None


def visible_to(scope: Scope) -> QuerySet[Dossier]:
    """The files a viewer may see, for fetching one or counting few; for lists use `page`, whose branches stay indexed."""
    # An empty Q is no condition when it stands alone, but vanishes beside another.
    return Dossier.objects.filter(own_branch(scope) | Q(id__in=granted(scope)) if scope.column else own_branch(scope))


def own_branch(scope: Scope) -> Q:
    """The equality that makes the files of one's own line visible; nothing for whom no file concerns."""
    if scope.sightless:
        return Q(pk__in=[])
    return Q(sealed=False, **({scope.column: scope.bureau_id} if scope.column else {}))


def granted(scope: Scope) -> QuerySet:
    """Ids of the files opened to this viewer one by one."""
    return Access.objects.filter(standing(), officer_id=scope.officer_id).values("dossier_id")


def standing() -> Q:
    """Access that has not ended."""
    return Q(until__isnull=True) | Q(until__gte=localdate())


def any_granted(scope: Scope) -> bool:
    """Whether any file was opened to this viewer: most have none, and asking costs less than looking for them in vain."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM dossier_access WHERE officer_id = %s)", [scope.officer_id])
        return cursor.fetchone()[0]


def page(
    scope: Scope, *conditions: Q, order: tuple[str, ...], after: tuple | None = None, size: int = 30
) -> list[Dossier]:
    """One page of visible files in `order` (fields ending in id, all ascending or all descending), after a key.

    Each branch stays on an index: the viewer's own line and, for those who have any, the files opened one by one.
    """
    found = Dossier.objects.filter(*conditions).select_related("lead").order_by(*order)
    if after is not None:
        found = found.filter(beyond(order, after))
    own = found.filter(own_branch(scope))[: size + 1]
    if not scope.column or not any_granted(scope):
        return list(own)
    return list(own.union(found.filter(id__in=granted(scope))[: size + 1]).order_by(*order)[: size + 1])


def beyond(order: tuple[str, ...], key: tuple) -> Q:
    """Strictly after `key` in `order`, as nested comparisons that an index serves."""
    names = [name.lstrip("-") for name in order]
    sign = "lt" if order[0].startswith("-") else "gt"
    condition = Q()
    for n, name in enumerate(names):
        tie = Q(**{earlier: key[i] for i, earlier in enumerate(names[:n])})
        condition |= tie & Q(**{f"{name}__{sign}": key[n]})
    return condition & Q(**{f"{names[0]}__{sign}e": key[0]})


INSPECTORS = """
SELECT o.id, o.name, EXISTS (
  SELECT FROM people_certificate c WHERE c.officer_id = o.id AND c.kind <> 'lawyer' AND c.valid_from <= %(on)s
  AND c.valid_to >= %(on)s AND (c.revoked_on IS NULL OR c.revoked_on > %(on)s))
FROM people_officer o JOIN (
  SELECT p.officer_id, 1 AS rank FROM people_post p WHERE p.bureau_id = %(bureau)s AND p.role = 'inspector'
  AND p.since <= %(on)s AND (p.until IS NULL OR p.until >= %(on)s)
  UNION ALL
  SELECT a.officer_id, 2 FROM dossier_access a WHERE a.dossier_id = %(dossier)s AND a.role = 'inspector') held
ON held.officer_id = o.id WHERE o.is_active GROUP BY o.id, o.name ORDER BY min(held.rank), o.id"""


def inspectors(dossier_id: int, bureau_id: int, day: date) -> dict[int, tuple[str, bool]]:
    """Who may handle a file on a day, with name and whether certified then (apl-42): its bureau's, then those lent to it."""
    with connection.cursor() as cursor:
        cursor.execute(INSPECTORS, {"dossier": dossier_id, "bureau": bureau_id, "on": day})
        return {key: (name, certified) for key, name, certified in cursor.fetchall()}

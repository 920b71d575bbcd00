"""Finding employers and sites: by two characters of a name, the beginning of a credit code, by page, up the chain."""

import re
from dataclasses import dataclass

from django.db.models import BooleanField, Case, Func, Q, QuerySet, When

from .identifiers import plain
from .models import Employer, Relation, Site, Subcontract, names
from .rules import bigrams, folded, givers_above

CODE_BEGINNING = re.compile(r"[0-9A-Z]{4,18}")
# The commonest pair (有限) is in nearly every name: no more than so many matches are put in order.
CANDIDATES = 400


@dataclass(frozen=True)
class Found:
    """What a search found: the best matches in order, and whether there are more than can be shown."""

    rows: list
    more: bool = False

    def __bool__(self) -> bool:
        return bool(self.rows)


def search_employers(text: str, limit: int = 20) -> Found:
    """Employers by parts of present or former names (two characters suffice; blanks part several) or a credit code."""
    matches = named(Employer.objects.all(), names(), text)
    if CODE_BEGINNING.fullmatch(code := plain(text)):
        matches = matches | Employer.objects.alias(told=folding(names())).filter(credit_code__startswith=code)
    return best(Employer.objects.select_related("parent"), matches, text, limit)


def search_sites(text: str, limit: int = 20) -> Found:
    """Sites by parts of their names."""
    rows = Site.objects.select_related("developer", "main_contractor")
    return best(rows, named(Site.objects.all(), "name", text), text, limit)


def named(rows: QuerySet, told, text: str) -> QuerySet:
    """The rows whose name contains every word of the text; none when no word has two characters."""
    words = [folded(word) for word in text.split()]
    pairs = sorted({pair for word in words for pair in bigrams(word)})
    rows = rows.alias(told=folding(told))
    if not pairs:
        return rows.none()
    rows = rows.filter(bigrams__contains=pairs)
    for word in words:
        rows = rows.filter(told__contains=word)
    return rows


def folding(told) -> Func:
    """The name as search sees it, computed by the database."""
    return Func(told, function="folded")


def best(rows: QuerySet, matches: QuerySet, text: str, limit: int) -> Found:
    """The matches in order: names that begin with the text first, then by pinyin."""
    begins = Case(When(Q(begin__startswith=folded(text)), then=True), default=False, output_field=BooleanField())
    rows = rows.filter(pk__in=matches.order_by().values("pk")[:CANDIDATES]).alias(begin=folding("name"))
    ordered = list(rows.order_by(begins.desc(), "sort_key", "id")[: limit + 1])
    return Found(ordered[:limit], len(ordered) > limit)


def employer_of_code(code: str) -> Employer | None:
    """The employer with this credit code, however it was typed."""
    return Employer.objects.filter(credit_code=plain(code)).first()


def employers_page(region: str = "", after: tuple[bytes, int] | None = None, size: int = 50) -> list[Employer]:
    """One page of the register by pinyin, after the (sort_key, id) of the last row shown."""
    rows = Employer.objects.filter(region=region) if region else Employer.objects.all()
    if after:
        key, last = after
        rows = rows.filter(Q(sort_key__gt=key) | Q(id__gt=last), sort_key__gte=key)
    return list(rows.order_by("sort_key", "id")[:size])


def tied(officer_ids: list[int], employer_id: int) -> dict[int, str]:
    """Which of these officers must withdraw from this employer, and for what: kinship or interest that has not ended (apl-43)."""
    kinds = (Relation.Kind.KIN, Relation.Kind.INTEREST)
    rows = Relation.objects.filter(officer__in=officer_ids, employer=employer_id, kind__in=kinds, ended_on=None)
    return {row.officer_id: row.get_kind_display() for row in rows}


@dataclass(frozen=True)
class Link:
    """One place in the chain of a site: who, in what capacity, by which kind of subcontract."""

    role: str
    employer: Employer
    kind: str = ""


def chain(site_id: int, employer_id: int) -> list[Link]:
    """The chain above an employer on a site, from the developer down to the employer itself (mww-30). Two queries."""
    site = Site.objects.select_related("developer", "main_contractor").get(pk=site_id)
    subcontracts = list(site.subcontracts.select_related("giver", "taker").order_by("id"))
    firms = {firm.pk: firm for link in subcontracts for firm in (link.giver, link.taker)}
    kinds = {link.taker_id: link.get_kind_display() for link in reversed(subcontracts)}
    above = givers_above([(link.giver_id, link.taker_id) for link in subcontracts], employer_id)
    top = [("建设单位", site.developer), ("施工总承包单位", site.main_contractor)]
    links = [Link(role, firm) for role, firm in top if firm]
    answerable = {link.employer.pk for link in links}
    below = [firms[pk] for pk in (*reversed(above), employer_id) if pk in firms and pk not in answerable]
    return links + [Link("分包单位", firm, kinds.get(firm.pk, "")) for firm in below]


def sites_of(employer_id: int) -> list[Site]:
    """The sites that an employer has built, builds as main contractor, or works on. One query."""
    works = Subcontract.objects.filter(taker=employer_id).values("site")
    return list(
        Site.objects.filter(Q(developer=employer_id) | Q(main_contractor=employer_id) | Q(pk__in=works)).order_by(
            "sort_key", "id"
        )
    )

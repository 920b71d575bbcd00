"""The public list of those who owe migrant workers wages: who, for what, until when, and how to leave it. No identity number."""

from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from laojian.listing.models import Listing, Person
from laojian.listing.queries import published

from .access import PUBLIC, access
from .inspections import SIZE, Search, key_of
from .queries import office


@access(PUBLIC)
@require_safe
def lists(request):
    """Who is on the list today, newest first; one that is suspended, removed, over, or whose order fell is not shown."""
    form, bureau = Search(request.GET), office()
    words = form.cleaned_data["q"].strip() if form.is_valid() else ""
    found = published(localdate(), key_of(request), SIZE, words)
    rows = found[:SIZE]
    return render(request, "portal/lists.html", {
        "bureau": bureau, "words": words,
        "rows": [
            {"name": row.name, "code": row.code, "address": row.address, "condition": Listing.Condition(row.condition).label,
             "facts": row.facts, "since": row.since_on, "until": row.until_on, "on": row.published_on,
             "persons": [f"{p.name}　{Person.Role(p.role).label}" for p in row.persons.all() if p.dropped_seq is None]}
            for row in rows
        ],
        "next_key": f"{rows[-1].published_on}~{rows[-1].pk}" if len(found) > SIZE else "",
    })  # fmt: skip

"""The public side of major violations: whom the bureaus name, what was done, and how to object."""

from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from laojian.publication.kinds import kinds
from laojian.publication.queries import published

from .access import PUBLIC, access
from .inspections import SIZE, Search, key_of
from .queries import office


@access(PUBLIC)
@require_safe
def violations(request):
    """Major violations made public, newest first; one whose decision fell is not shown."""
    form, bureau = Search(request.GET), office()
    words = form.cleaned_data["q"].strip() if form.is_valid() else ""
    found = published(key_of(request), SIZE, words)
    rows = found[:SIZE]
    return render(request, "portal/violations.html", {
        "bureau": bureau, "words": words, "today": localdate(),
        "rows": [
            {"name": row.name, "code": row.code, "address": row.address, "head": row.head, "kind": kinds()[row.kind].label,
             "facts": row.facts, "handling": row.handling, "on": row.round.published_on}
            for row in rows
        ],
        "next_key": f"{rows[-1].round.published_on}~{rows[-1].pk}" if len(found) > SIZE else "",
    })  # fmt: skip

"""Wherever a page shows a deadline, a sum or a reason, the same card unfolds why.

The templates are read, so that a new page is held to it too. A sum or date
that nobody reckoned needs no unfold; it is listed below with its reason.
"""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src/laojian"
SHOWN = {
    "a deadline": re.compile(r"{{ [\w.]*(?:due_on|promise_on|promise\.on)\s*\|\s*\w*day\b"),
    "a sum": re.compile(r"{{ [\w.]+\s*\|\s*(?:yuan|amount)\b"),
    "a reason": re.compile(r"{{ [\w.]*(?:reason|refusal)\.text|{{ one\.text }} {% cite"),
}
UNFOLDED = re.compile(r"{% why [^%]+%}|{% for \w+ in [\w.]+\.(?:why|steps|explain) %}")
EMPTY = re.compile(r"{% why (?:\"[^\"]*\"|[\w.]+)(?: on=[\w.]+| label=\"[^\"]*\")* %}")
OPENING, CLOSING = re.compile(r"<(?:section|article|c-card)\b"), re.compile(r"</(?:section|article|c-card)>")
NOT_RECKONED = {
    "web/templates/intake/report.html": "the sum of the rows that were just sent, as they stand in the file",
}


def card(page: str, at: int) -> str:
    """The card around a place of a template; the whole template where it stands in none."""
    opened = [found.start() for found in OPENING.finditer(page, 0, at)]
    closed = [found.end() for found in CLOSING.finditer(page, 0, at)]
    end = CLOSING.search(page, at)
    if not opened or not end or (closed and closed[-1] > opened[-1]):
        return page
    return page[opened[-1] : end.end()]


def unexplained(page: str) -> list[str]:
    """What a template shows without saying why, kind by kind, and unfolds that have nothing to tell."""
    words = re.sub(r"{% comment %}.*?{% endcomment %}", "", page, flags=re.S)
    bare = [
        f"{kind}: {found[0]}"
        for kind, pattern in SHOWN.items()
        for found in pattern.finditer(words)
        if not UNFOLDED.search(card(words, found.start()))
    ]
    return bare + [f"an unfold of nothing: {found[0]}" for found in EMPTY.finditer(words)]


PAGES = {
    path.relative_to(SOURCE).as_posix(): path.read_text(encoding="utf-8") for path in sorted(SOURCE.rglob("*.html"))
}


def test_every_deadline_sum_and_reason_unfolds_why():
    wrong = [f"{name} {each}" for name, page in PAGES.items() if name not in NOT_RECKONED for each in unexplained(page)]
    assert wrong == []


def test_the_pages_that_matter_most_are_read():
    """The patterns keep up with the templates: these show what they are known to show."""
    told = {
        name: {kind for kind, pattern in SHOWN.items() if pattern.search(page)}
        for name, page in PAGES.items()
        if any(pattern.search(page) for pattern in SHOWN.values())
    }
    for name, kind in {
        "cotton/clock": "a deadline", "cotton/due": "a deadline", "dossier/rows": "a deadline", "dossier/page": "a deadline",
        "dossier/tracks": "a deadline", "intake/receipt": "a deadline", "law/law": "a deadline", "cotton/reason": "a reason",
        "intake/review": "a reason", "dossier/claims": "a sum", "dossier/obligations": "a sum", "dossier/findings": "a sum",
        "employers/employer": "a sum", "law/calculator": "a sum",
    }.items():  # fmt: skip
        assert kind in told.get(f"web/templates/{name}.html", ()), name
    assert told["portal/templates/portal/status.html"] == {"a deadline", "a reason"}


@pytest.mark.parametrize(
    "page",
    [
        "<p>{{ clock.due_on|day }}</p>",
        "<c-card>{{ one.amount|yuan }}</c-card><c-card>{% why one.label one.article %}</c-card>",
        '<section>{{ refusal.text }}</section>{% why "x" one.article %}',
        '<p>{{ due_on|day }} {% why "x" on=today %}</p>',
    ],
)
def test_what_says_no_why_is_found(page):
    assert unexplained(page)


def test_every_exception_is_still_needed():
    assert [name for name in NOT_RECKONED if not unexplained(PAGES[name])] == []

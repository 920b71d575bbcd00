"""The writers of papers: draft, fill again, number and fix, seal, serve. Called by steps of procedure, never alone."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache

from django.db import connection

from laojian.evidence.store import keep_bytes
from laojian.lawbook import law
from laojian.lawbook.book import folder
from laojian.record.rules import digest

from . import rules
from .blocks import from_json, to_json, unfilled
from .fill import fill, numbered, said
from .models import Allotted, Paper, Seal, Service
from .pdf import to_pdf
from .template import APPROVERS, Template, load_templates

NEXT = """INSERT INTO papers_counter (bureau_id, word, year, last) VALUES (%s, %s, %s, %s)
ON CONFLICT (bureau_id, word, year) DO UPDATE SET last = papers_counter.last + EXCLUDED.last RETURNING last"""


@cache
def templates() -> dict[str, Template]:
    """All templates of law/papers by code, loaded once."""
    return load_templates(folder() / "papers", law().articles, law().clocks)


def draft(code: str, facts: Mapping) -> dict:
    """The row of a new draft: code, label, what was given, the body filled from the facts, and the approval it is born with.

    What the approver's own step drafts needs no second approval, until somebody else changes the text.
    """
    template, by = templates()[code], facts.get("by") or {}
    given = facts.get("given", {})
    own = (
        approval(by | {"at": facts["step"]["at"], "opinion": said(given) or "同意"})
        if by.get("role") in APPROVERS
        else {}
    )
    return {
        "code": code, "label": template.label, "given": given, "body": body(code, facts),
        "approval": own if approved(template, own) else {},
    }  # fmt: skip


def approval(by: Mapping) -> dict:
    """Who approved a draft: name, post, role, moment, opinion."""
    return {name: by[name] for name in ("name", "post", "role", "at", "opinion")}


def approved(template: Template, given: Mapping) -> bool:
    """Whether an approval is enough for the paper: as high as its approver, or higher. A paper without approver needs none."""
    if not template.approver:
        return True
    return given.get("role") in APPROVERS[APPROVERS.index(template.approver) :]


def body(code: str, facts: Mapping) -> list[dict]:
    """The body of a paper as JSON blocks, filled from the facts; what is missing stands as a visible placeholder."""
    return to_json(fill(templates()[code], facts))


def lacking(paper: Paper) -> list[str]:
    """What a draft still lacks: the names of its placeholders."""
    return unfilled(from_json(paper.body))


def next_number(bureau_id: int, word: str, year: int, count: int = 1) -> int:
    """The next number of a bureau, kind and year, the first of `count`; gap-free, since it is taken within the step's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [bureau_id, word, year, count])
        return cursor.fetchone()[0] - count + 1


def issue(
    paper: Paper, *, bureau_id: int, word: str, bureau_name: str, on: date, allotted: Allotted | None = None
) -> Paper:
    """Number a draft and fix it: body, digest, PDF/A. From here on it never changes (apl-59, impl-36).

    With `allotted` the paper has the number that a device was given ahead (`numbers.py`).
    """
    template = templates()[paper.code]
    if allotted:
        paper.number = numbered(word, template, allotted.year, allotted.number)
    elif template.number_word:
        paper.number = numbered(word, template, on.year, next_number(bureau_id, template.number_word, on.year))
    blocks = from_json(paper.body)
    paper.issued_on = on
    paper.digest = digest({"number": paper.number, "on": on.isoformat(), "body": paper.body})
    paper.pdf = keep_bytes(to_pdf(blocks, template, number=paper.number, issued_on=on))
    paper.save(update_fields=["number", "issued_on", "digest", "pdf"])
    return paper


def seal(paper_id: int, *, way: str, on: date, file: str, by_name: str, refused: str = "", witness: str = "") -> Seal:
    """Enter the sealed (signed) copy in the register."""
    return Seal.objects.create(
        paper_id=paper_id, way=way, on=on, file=file, by_name=by_name, refused=refused, witness=witness
    )


def serve(paper_id: int, *, addressee: str, party_id: int | None, method: str, done_at: datetime, done_on: date,
          because: Sequence[str] = (), **detail) -> Service:  # fmt: skip
    """Enter one service; the day on which it takes effect is computed and says why, after what was said of the way itself."""
    effective_on, why = rules.effective(method, done_on)
    return Service.objects.create(
        paper_id=paper_id, addressee=addressee, party_id=party_id, method=method, done_at=done_at,
        effective_on=effective_on, why=[*because, *why], **detail,
    )  # fmt: skip

"""What the papers of a visit may say: all that those of a case may, and of the visit its items, checklist, results and code."""

from collections.abc import Mapping
from functools import cache

from laojian.cases.facts import facts as shared
from laojian.lawbook import GROUNDS, law
from laojian.procedure.step import File

from .models import Visit, VisitLine
from .rules import checklist, planned

GROUP = 4  # a code is read out in groups


def facts(file: File, given: Mapping, seq: int = 0) -> dict:
    """The facts of a visit for a paper that its entry `seq` drafted (0: the newest)."""
    return shared(file, given, seq) | {"visit": cache(lambda: visit(file))}


def visit(file: File) -> dict:
    """The visit as its papers tell it."""
    row = file.visit
    site = (file.bureau.get("options") or {}).get("query_url") or ""
    return {
        "number": file.dossier["number"], "ground": GROUNDS[row["ground"]], "mode": Visit.Mode(row["mode"]).label,
        "from_on": row["from_on"], "until_on": row["until_on"], "began_at": row["began_at"], "ended_on": row["ended_on"],
        "draw_number": row["draw_number"], "document": row["document"], "reason": row["reason"], "code": spaced(row["token"]),
        "check_url": f"{site.rstrip('/')}/check/{row['token']}" if site else "",
        "items": [
            {"label": label, "content": version.content, "basis": law().article(version.basis[0]).cite}
            for _, label, version in planned(row["items"], law())
        ],
        "lines": [
            {"item": each.label, "text": each.standard.text, "basis": law().article(each.standard.basis).cite,
             "outcome": VisitLine.Outcome(each.outcome).label if each.outcome else "未检查", "note": (each.found or {}).get("note", "")}
            for each in checklist(row["items"], file.lines, law())
        ],
        "results": [{"label": law().result(each["code"]).label, "note": each["note"]} for each in file.results],
        "attendance": [{"name": each["name"], "department": each["department"]} for each in file.attendance],
    }  # fmt: skip


def spaced(token: str) -> str:
    """A code in groups, as it is read out."""
    return "-".join(token[n : n + GROUP] for n in range(0, len(token), GROUP))

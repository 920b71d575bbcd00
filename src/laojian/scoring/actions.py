"""Writers of a review: the score with what people found, frozen into its record and sheet; the outcome for the case."""

from collections.abc import Mapping
from decimal import Decimal

from laojian.cases.tracks import said
from laojian.procedure.step import Effects, File

from .queries import scored
from .rules import Flaw, Judgement, Marked, Score


def judgements(file: File, given: Mapping) -> list[Judgement]:
    """What the form says, as a score reads it; a line that was lifted gives its points back."""
    who, seq = file.actor["name"], file.seq + 1
    taken = [
        Judgement(row["line"], Decimal(row["points"]), row["demand"], who, seq) for row in given.get("marks") or ()
    ]
    return taken + [Judgement(row["line"], Decimal(-1), row["demand"], who, seq) for row in given.get("lifted") or ()]


def worth(file: File, given: Mapping) -> Score:
    """The score of the case beside which the review runs, with these judgements."""
    return file.main.once(scored).again(*judgements(file, given))


def placed(flaw: Flaw) -> str:
    """Where a flaw lies, in words; a period or a piece of evidence is named by the flaw itself."""
    track = f"分卷 {flaw.track} " if flaw.track else ""
    return f"{track}记录第 {flaw.entry} 条" if flaw.entry else track.strip()


def told(marked: Marked) -> str:
    """A line that lost points, or a veto, as the sheet tells it."""
    texts = [f"{flaw.text}（{placed(flaw)}）" if placed(flaw) else flaw.text for flaw in marked.flaws]
    texts += [f"{each.text}（{each.by}评定）" for each in marked.judged]
    lost = f" −{marked.lost.normalize():f}" if marked.lost else ""
    return f"{marked.line.key} {marked.line.label}{lost}：{'；'.join(texts)}"


def assess(file: File, given: Mapping) -> Effects:
    """The review as it was made, frozen: whatever becomes of the file later, this is what was found."""
    result = worth(file, given)
    return Effects(given={
        "year": said(file, "begin_assessment")["year"], "points": f"{result.points.normalize():f}", "grade": result.grade,
        "vetoed": "\n".join(told(each) for each in result.vetoes) or "无", "vetoes": [each.line.key for each in result.vetoes],
        "lost": "\n".join(told(each) for each in result.deductions) or "无",
    })  # fmt: skip


def passed(file: File, given: Mapping) -> Effects:
    """A file with every point."""
    result = worth(file, given)
    known = {
        "year": said(file, "begin_assessment")["year"],
        "points": f"{result.points.normalize():f}",
        "grade": result.grade,
    }
    return Effects(given=known, outcome=known | {"vetoes": []})


def look_again(file: File, given: Mapping) -> Effects:
    """The case learns what the review came to."""
    found = said(file, "assess")
    outcome = {name: found[name] for name in ("year", "points", "grade", "vetoes")}
    return Effects(outcome=outcome | {"result": given["result"]})


ACTIONS = {"assess": assess, "pass_assessment": passed, "accept_mending": look_again}

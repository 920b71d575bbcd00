"""The score of a file as pages show it: points, what was deducted with its place and article, and what a step would bring."""

from collections.abc import Iterable
from decimal import Decimal

from django.urls import reverse

from laojian.lawbook.scoring import Line
from laojian.papers.models import Paper
from laojian.procedure.step import File, Step
from laojian.procedure.take import Offer, certificate_of
from laojian.record.models import Entry
from laojian.scoring.facts import Did, Flaw
from laojian.scoring.queries import ASSESSMENT, Scored, scored
from laojian.scoring.rules import Marked, foreseen

TONES = ("green", "blue", "amber", "red")


def card(file: File, entries: Iterable[Entry] = ()) -> dict:
    """The score of a file, or of the case beside which its review runs; empty for a file that nobody scores. One statement.

    `entries` are those of the file, the newest first: a review shows what was found, as it was frozen then.
    """
    if file.flow.joins and file.flow.name != ASSESSMENT:
        return {}
    found = file.main.once(scored)
    if found is None:
        return {}
    grades = [grade.label for grade in found.standard.grades]
    result = found.score
    return {
        "points": f"{result.points.normalize():f}", "grade": result.grade, "open": not ended(file.main),
        "lost": f"{sum((each.lost for each in result.deductions), Decimal(0)).normalize():f}",
        "tone": TONES[min(grades.index(result.grade), len(TONES) - 1)],
        "vetoes": [marked(each, found) for each in result.vetoes], "lines": [marked(each, found) for each in result.deductions],
        "waiting": [f"{each.line.key} {each.line.label}" for each in result.waiting],
        "left_out": [f"{each.line.key} {each.line.label}" for each in result.lines if each.left_out],
        "scheme": found.scheme.label, "source": found.scheme.source, "basis": found.standard.basis, "on": found.facts.day,
        "reviewed": reviewed(found), "found": next((frozen(each) for each in entries if each.verb == "assess"), None),
    }  # fmt: skip


def ended(file: File) -> bool:
    """Whether everything that is scored has happened: the file is closed, or in the archive. Before that nobody can call it good."""
    return file.has_taken("close", "close_on_spot", "close_visit", "archive") or not file.dossier["open"]


def frozen(entry: Entry) -> dict:
    """What a review found."""
    told = entry.given
    return {name: told.get(name, "") for name in ("points", "grade", "opinion", "mend_by")} | {
        "lines": [line for name in ("vetoed", "lost") for line in told[name].splitlines() if line != "无"]
    }


def reviewed(found: Scored) -> list[str]:
    """What the reviews of the file came to."""
    told = [did.given.get("outcome") or {} for did in found.facts.taken("assessment_closed")]
    return [f"{each['year']} 年度评查：{each['points']} 分，{each['grade']}" for each in told if each]


def marked(each: Marked, found: Scored) -> dict:
    """A veto or a line that lost points."""
    return {
        "key": each.line.key, "label": each.line.label, "lost": f"{each.lost.normalize():f}" if each.lost else "",
        "full": f"{each.line.points.normalize():f}", "flaws": [placed(flaw, found) for flaw in each.flaws],
    }  # fmt: skip


def placed(flaw: Flaw, found: Scored) -> dict:
    """A flaw with links to where it lies."""
    file, links = flaw.track or found.facts.id, []
    beside = "分卷" if flaw.track else ""
    if flaw.entry:
        links.append((f"{beside}记录第 {flaw.entry} 条", f"{reverse('record')}?dossier={file}"))
    if flaw.paper:
        links.append(("文书", reverse("paper", args=[flaw.paper])))
    if flaw.evidence:
        links.append(("证据", reverse("evidence_item", args=[flaw.evidence])))
    if flaw.clock:
        links.append((f"{beside}期限", f"{reverse('dossier', args=[file])}#clocks"))
    return {
        "text": flaw.text,
        "basis": flaw.basis,
        "on": found.facts.day,
        "links": [{"label": a, "url": b} for a, b in links],
    }


def ahead(file: File, step: Step, offer: Offer | None) -> list[dict]:
    """What would be wrong with a case if this step were taken now, by the same rules; nothing for a track. One statement."""
    found = None if file.flow.joins else file.once(scored)
    if found is None:
        return []
    late = tuple(clock["key"] for clock in offer.late) if offer else ()
    thought = Did(
        file.seq + 1, step.verb, step.label, file.at, file.on, file.actor["id"], file.actor["name"], certificate_of(file), None, late,
    )  # fmt: skip
    new = foreseen(found.standard, found.scheme.decisions, found.facts, thought)
    return [warned(line, flaw, found) for line, flaw in new]


def about(paper: Paper, file: File) -> list[dict]:
    """What the score has against a paper, or against the step that drafted it. One statement."""
    found = None if file.flow.joins else file.once(scored)
    if found is None:
        return []
    return [
        warned(each.line, flaw, found)
        for each in (*found.score.vetoes, *found.score.deductions)
        for flaw in each.flaws
        if paper.pk == flaw.paper or (not flaw.paper and not flaw.clock and paper.nth == flaw.entry)
    ]


def warned(line: Line, flaw: Flaw, found: Scored) -> dict:
    """A flaw as a warning: under which line, and what it costs."""
    cost = "否决项，不合格" if line.veto else f"扣 {line.takes.normalize():f} 分"
    return placed(flaw, found) | {"line": f"{line.key} {line.label}", "cost": cost}

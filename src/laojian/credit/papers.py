"""What a grading tells its papers: the notice of one employer's grade, with the facts that count."""

from collections.abc import Mapping
from datetime import date

from laojian.cases.course import approvals
from laojian.cases.facts import bureau, clocks, steps_of
from laojian.employers.models import Employer
from laojian.lawbook import Set, law
from laojian.people.models import Bureau
from laojian.procedure.step import File

from .contacts import level_of
from .grading import counting
from .models import Grade, Grading
from .records import facts_of
from .schemes import Scheme, grading, of_text
from .trials import rule_words


def facts(file: File, given: Mapping, seq: int = 0) -> dict:
    """Bureau, the grade that is told, and what the step said."""
    return {
        "bureau": bureau(file),
        "dossier": {"number": file.dossier["number"], "title": file.dossier["title"], "opened_on": file.dossier["opened_on"]},
        "graded": graded(file.id, given["employer"], file.on) if given.get("employer") else {},
        "clocks": clocks(file, given), "approvals": approvals(file, steps_of(file.id, seq or file.seq)),
        "given": given,
    }  # fmt: skip


def graded(run_id: int, employer: int, on: date) -> dict:
    """One employer's grade in force by a run, with its rule and the facts that count."""
    row = Grade.objects.filter(run_id=run_id, employer=employer, since_on__isnull=False).order_by("-id").first()
    if row is None:
        return {}
    run, who = Grading.objects.get(pk=run_id), Employer.objects.get(pk=employer)
    scheme = of_text(run.rules)
    counted = counted_of(row, run, scheme, on)
    return {
        "name": who.name, "code": who.credit_code or "", "scheme": scheme.label, "grade": row.grade,
        "why": rule_words(scheme, row.rule), "since_on": row.since_on.isoformat(), "first_on": run.first_on.isoformat(),
        "last_on": run.cut_off_on.isoformat(),
        "level": level_told(employer, on), "minor": minor_told(scheme, run),
        "facts": [{"on": each.on.isoformat(), "label": grading()[0][each.kind].label} for each in counted],
    }  # fmt: skip


def level_told(employer: int, on: date) -> dict:
    """The level of evidence that stands beside every grade."""
    found = level_of(employer, on)
    return {"key": found.level.key, "label": found.level.label, "says": found.level.says,
            "until_on": found.until.isoformat() if found.until else ""}  # fmt: skip


def minor_told(scheme: Scheme, run: Grading) -> str:
    """Whether cases dropped as minor and corrected count, and by whose word."""
    told = law().local("grade_minor", Bureau.objects.get(pk=run.dossier.bureau_id).options, run.on)
    said = f"本机关规定：{told.document}" if isinstance(told, Set) else "本机关没有另行规定"
    return f"{'计入' if scheme.minor else '不计入'}查处次数（{said}）"


def counted_of(row: Grade, run: Grading, scheme, on) -> list:
    """The facts that the rule of a grade counts: those of the run's records, else those since."""
    rule = next((each for each in scheme.rules if each.key == row.rule), None)
    if rule is None:
        return []
    told = facts_of(row.employer_id)
    return counting(rule, told, scheme.window(run.on)) or counting(rule, told, scheme.since(run.on, on))

"""Writers of a campaign."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from laojian.employers.models import Employer
from laojian.papers.actions import next_number
from laojian.procedure.step import Effects, File

from .models import Attendance, Campaign, Outcome, Target

WORD = "专"  # in the number of a campaign


def prepare(file: File, given: Mapping) -> Effects:
    """The campaign with its number."""
    told = ("organiser", "document", "begins_on", "ends_on", "departments", "subject")
    Campaign.objects.create(dossier_id=file.id, **{name: given[name] for name in told})
    year = given["begins_on"].year
    number = f"{file.bureau['short']}{WORD}〔{year}〕{next_number(file.dossier['bureau_id'], WORD, year)}号"
    return Effects(
        dossier={"title": given["name"], "number": number, "lead_id": file.actor["id"]},
        words=f"{given['name']}|{number}",
    )


def launch(file: File, given: Mapping) -> Effects:
    """The notice by which it goes out."""
    Campaign.objects.filter(pk=file.id).update(notice=given["notice"])
    return Effects()


def change(file: File, given: Mapping) -> Effects:
    """Another last day; the record keeps the old one."""
    Campaign.objects.filter(pk=file.id).update(ends_on=given["ends_on"])
    return Effects(given={"before": file.campaign["ends_on"]})


def attend(file: File, given: Mapping) -> Effects:
    """One row a person and day."""
    seq = file.seq + 1
    Attendance.objects.bulk_create(
        Attendance(dossier_id=file.id, seq=seq, on=row["on"], department=row["department"], name=row["name"])
        for row in given["rows"]
    )
    return Effects()


def add_targets(file: File, given: Mapping) -> Effects:
    """The targets; those with a code that the register knows are tied to it."""
    codes = {row["code"] for row in given["rows"] if row.get("code")}
    known = dict(Employer.objects.filter(credit_code__in=codes).values_list("credit_code", "id"))
    Target.objects.bulk_create(
        Target(dossier_id=file.id, seq=file.seq + 1, kind=row["kind"], name=row["name"], code=row.get("code", ""),
               employer_id=known.get(row.get("code")))
        for row in given["rows"]
    )  # fmt: skip
    return Effects(given={"registered": len(known)})


def note_results(file: File, given: Mapping) -> Effects:
    """A target is checked on the day of its first result; what came of it is a row each."""
    targets = {target.name: target for target in Target.objects.filter(dossier_id=file.id)}
    touched, rows = {}, []
    for row in given["rows"]:
        target, on = targets[row["target"]], date.fromisoformat(row["on"])
        if target.checked_on is None or on < target.checked_on:
            target.checked_on = on
            touched[target.pk] = target
        if row["what"] != "nothing":
            rows.append(outcome(file, target, on, row))
    Target.objects.bulk_update(touched.values(), ["checked_on"])
    Outcome.objects.bulk_create(rows)
    return Effects()


def outcome(file: File, target: Target, on: date, row: Mapping) -> Outcome:
    """A violation or a measure as its row tells it."""
    kind = row["what"] if row["what"] in Outcome.Kind.values else Outcome.Kind.VIOLATION
    amount = Decimal(row["amount"]) if "amount" in row else None
    return Outcome(
        dossier_id=file.id, target=target, seq=file.seq + 1, kind=kind, on=on, amount=amount, document=row.get("document", ""),
        violation=row["what"] if kind == Outcome.Kind.VIOLATION else "",
    )  # fmt: skip


def drop_result(file: File, given: Mapping) -> Effects:
    """What was entered by mistake no longer counts; it stays readable."""
    Outcome.objects.filter(pk=given["outcome"], dossier_id=file.id).update(dropped_seq=file.seq + 1)
    return Effects()


ACTIONS = {
    "prepare": prepare, "launch": launch, "change_period": change, "note_attendance": attend, "add_targets": add_targets,
    "note_results": note_results, "drop_result": drop_result,
}  # fmt: skip

"""Writers of a campaign."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from laojian.employers.models import Employer
from laojian.papers.actions import next_number
from laojian.procedure.step import Effects, File

from .guards import attendances
from .models import Attendance, Campaign, Outcome, Target
from .visits import LETTERS, ended, found_in, letters_of, target_of, went_on

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


def take_in(file: File, given: Mapping) -> Effects:
    """What the ended visits came to, each row with the visit or the paper it is read from."""
    seq, visits, own = file.seq + 1, ended(file), given["own"]
    lying, out, targets = set(file.once(attendances)), [], {}
    taken = Counter(Target.objects.filter(dossier_id=file.id).values_list("kind", "name"))
    for visit in visits:
        target = target_of(visit)
        target.dossier_id, target.seq = file.id, seq
        if taken[target.kind, target.name]:
            target.name = f"{target.name}（{visit.ended_on}，检查 {visit.pk}）"
        taken[target.kind, target.name] += 1
        targets[visit.pk] = target
        for row in visit.attendance.all():
            key = (went_on(visit).isoformat(), own if row.officer_id else row.department, row.name)
            if key not in lying:
                lying.add(key)
                out.append(Attendance(dossier_id=file.id, seq=seq, on=key[0], department=key[1], name=key[2]))
    Target.objects.bulk_create(targets.values())
    Attendance.objects.bulk_create(out)
    Outcome.objects.bulk_create(came_of(file, visits, targets))
    return Effects(given={"visits": list(targets)})


def came_of(file: File, visits: list, targets: Mapping[int, Target]) -> list[Outcome]:
    """The rows of violations found and of letters that went out."""
    common = {"dossier_id": file.id, "seq": file.seq + 1}
    found = [
        Outcome(**common, target=targets[pk], kind=Outcome.Kind.VIOLATION, violation=kind, on=targets[pk].checked_on)
        for pk, kinds in found_in(visits).items()
        for kind in kinds
    ]
    return found + [
        Outcome(
            **common,
            target=targets[pk],
            kind=LETTERS[paper.code],
            on=paper.issued_on,
            document=paper.number,
            paper=paper,
        )
        for pk, paper in letters_of(visits)
    ]


def drop_result(file: File, given: Mapping) -> Effects:
    """What was entered by mistake no longer counts; it stays readable."""
    Outcome.objects.filter(pk=given["outcome"], dossier_id=file.id).update(dropped_seq=file.seq + 1)
    return Effects()


ACTIONS = {
    "prepare": prepare, "launch": launch, "change_period": change, "note_attendance": attend, "add_targets": add_targets,
    "note_results": note_results, "drop_result": drop_result, "take_in_visits": take_in,
}  # fmt: skip

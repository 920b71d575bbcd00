"""Writers of an objection. One that is upheld takes the fact out of every grade, and corrects those that rested on it."""

from collections.abc import Mapping

from laojian.dossier.models import Dossier
from laojian.procedure.step import Effects, File
from laojian.procedure.take import carry
from laojian.queue import later

from .models import Exclusion, Grade, Objection
from .objection_guards import fact_of


def lodge(file: File, given: Mapping) -> Effects:
    """The objection, found by the employer."""
    grade = Grade.objects.select_related("employer").get(pk=given["grade"])
    case, kind, on = fact_of(given)
    Objection.objects.create(
        dossier_id=file.id, grade=grade, case_id=case, kind=kind, on=on, reason=given["reason"],
        evidence=given["evidence"], contact=given["contact"],
    )  # fmt: skip
    return Effects(
        dossier={"employer_id": grade.employer_id, "title": f"{grade.employer.name}等级异议"[:200], "parent_id": grade.run_id},
        words=grade.employer.name,
    )  # fmt: skip


def examine(file: File, given: Mapping) -> Effects:
    """What the second officer found."""
    Objection.objects.filter(pk=file.id).update(wrong=given["wrong"] == "yes", opinion=given["opinion"])
    return Effects()


def again(file: File, given: Mapping) -> Effects:
    """Examined once more: what was found is open again."""
    Objection.objects.filter(pk=file.id).update(wrong=None)
    return Effects()


def keep(file: File, given: Mapping) -> Effects:
    """The fact stands."""
    Objection.objects.filter(pk=file.id).update(wrong=False)
    return Effects(dossier={"ended_on": file.on, "open": False})


def strike(file: File, given: Mapping) -> Effects:
    """The fact counts no more; every grade in force of that employer is reckoned again, each with an entry in its run."""
    Objection.objects.filter(pk=file.id).update(wrong=True)
    told, employer = file.objection, file.dossier["employer_id"]
    Exclusion.objects.create(
        objection_id=file.id,
        employer_id=employer,
        case_id=told["case_id"],
        kind=told["kind"],
        on=told["on"],
        since_on=file.on,
    )
    standing = Grade.objects.filter(employer_id=employer, since_on__isnull=False, until_on=None).order_by("run_id")
    told_so = {"employer": employer, "objection": file.id}
    for run in list(standing.values_list("run_id", flat=True)):
        try:
            carry(run, "correct_grade", by_id=file.actor["id"], at=file.at, given=told_so, within=True)
        except Dossier.DoesNotExist:  # graded by another bureau: the queue corrects it in its own name
            later("correct_grade", run=run, **told_so)
    changed = Grade.objects.filter(employer_id=employer, since_on=file.on, by=Grade.By.CORRECTED).order_by("scheme")
    return Effects(
        dossier={"ended_on": file.on, "open": False},
        given={"changed": [f"{each.scheme}：{each.grade}" for each in changed]},
    )


ACTIONS = {
    "lodge_objection": lodge, "examine_fact": examine, "examine_again": again, "keep_fact": keep, "strike_fact": strike,
}  # fmt: skip

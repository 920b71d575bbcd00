"""Writers of the register: the row that seals the file, and what became of it."""

from collections.abc import Mapping

from laojian.dossier.models import Access
from laojian.people.models import Bureau
from laojian.people.queries import holders
from laojian.procedure.step import Effects, File

from .models import Approach, Consequence

TOLD = ("kind", "case", "happened_at", "channel", "category", "person", "unit", "relation", "demand", "content", "response", "witness",
        "document")  # fmt: skip


def record(file: File, given: Mapping) -> Effects:
    """The approach is written, and from then on nobody of the line sees that there is such a file."""
    bureau = Bureau.objects.get(pk=file.dossier["bureau_id"])
    organ = organ_of(bureau, given["subject"], file.on)
    Approach.objects.create(
        dossier_id=file.id, recorder_id=file.actor["id"], organ_id=organ.pk, subject_id=given["subject"], recorded_at=file.at,
        **{name: given[name] for name in TOLD},
    )  # fmt: skip
    if organ.pk != bureau.pk:  # its officers hold no post here: the file is lent to them
        for officer in holders(organ.pk, "discipline", file.on).exclude(pk=given["subject"]):
            Access.objects.create(
                dossier_id=file.id, officer=officer, role="discipline", document="干预过问登记", since=file.on
            )
    return Effects(dossier={"sealed": True, "title": "干预过问登记"})


def organ_of(bureau: Bureau, subject: int | None, on) -> Bureau:
    """Whose discipline officers receive it: the bureau's own, unless one of them is recorded or there is none; then the superior's."""
    own = [officer.pk for officer in holders(bureau.pk, "discipline", on)]
    return bureau if own and subject not in own else bureau.parent or bureau


def handle(file: File, given: Mapping) -> Effects:
    """What the organ did, kept beside the approach."""
    Consequence.objects.create(
        dossier_id=file.id, seq=file.seq + 1, on=given["on"], result=given["result"], document=given["document"],
        retaliation=given["retaliation"], by_name=file.actor["name"],
    )  # fmt: skip
    return Effects(dossier={"ended_on": file.on, "open": False})


ACTIONS = {"record_approach": record, "note_consequence": handle}

"""Writers of findings: one established with its reckoning frozen, one dropped."""

from collections.abc import Mapping

from laojian.lawbook.applicable import frozen
from laojian.procedure.step import Effects, File

from ..findings import reckoned
from ..models import Finding


def find_violation(file: File, given: Mapping) -> Effects:
    """A violation is established; version, range, tier, sum and every step of it are kept as reckoned today."""
    kept, made, why = reckoned(file, given)
    same = next((f["same_as_id"] or f["id"] for f in file.findings if f["id"] == given.get("same_as")), None)
    found = Finding.objects.create(
        dossier_id=file.id, seq=file.seq + 1, party_id=given["party"], whom=given["whom"], power=given["power"],
        version=made.version.valid_from, acted_on=kept["acted_on"], facts=kept, tier=made.tier.key if made.tier else "",
        lowest=made.lowest, highest=made.highest, floor=made.floor, optional=made.optional, amount=made.amount, why=frozen(made, why),
        reason=given.get("reason") or "", same_as_id=same,
    )  # fmt: skip
    told = {
        "finding": found.pk,
        "version": found.version.isoformat(),
        "fine": str(made.amount),
        "range": [str(made.lowest), str(made.highest or "")],
    }
    return Effects(given=told)


def take_over(file: File, given: Mapping) -> Effects:
    """What was found on the spot stands here too, as it was reckoned then, against the same party; it may be dropped and found anew."""
    party = next(p["id"] for p in file.parties if p["role"] == "respondent")
    copies: dict[int, Finding] = {}
    for found in Finding.objects.filter(dossier_id=given["of"], dropped_seq=None).order_by("id"):
        was = found.pk
        found.pk, found._state.adding = None, True
        found.dossier_id, found.seq, found.party_id = file.id, file.seq + 1, party
        found.same_as = copies.get(found.same_as_id)
        found.save()
        copies[was] = found
    return Effects(given={"findings": [found.pk for found in copies.values()]})


def drop_finding(file: File, given: Mapping) -> Effects:
    """A finding no longer stands; its row and its reckoning stay."""
    Finding.objects.filter(pk=given["finding"], dossier_id=file.id).update(dropped_seq=file.seq + 1)
    return Effects()

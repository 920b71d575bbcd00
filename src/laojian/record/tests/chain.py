"""The record of one file checked from its rows alone: numbers, times, hashes, links, and the state the newest entry sealed."""

from datetime import UTC

from django.db import connection

from laojian.dossier.models import Dossier
from laojian.people.acting import acting
from laojian.people.models import Officer
from laojian.procedure.statements import reread
from laojian.procedure.take import FLOWS
from laojian.record.models import Entry
from laojian.record.rules import CHAINED, digest_text, entry_hash


def rehashed(entry: Entry) -> str:
    """The hash of an entry computed again from its row."""
    row = {name: getattr(entry, name) for name in CHAINED}
    return entry_hash(row | {"at": entry.at.astimezone(UTC).isoformat(timespec="microseconds")})


def state_text(dossier: Dossier) -> str:
    """The file's state as the database prints it now. To be called in somebody's name."""
    with connection.cursor() as cursor:
        cursor.execute(reread(FLOWS[dossier.flow]), {"id": dossier.pk})
        return cursor.fetchone()[0]


def faults(dossier_id: int) -> list[str]:
    """Whatever is not as it must be in the record of one file; empty when all is well."""
    found, previous, moment, state = [], "", None, ""
    with acting(Officer.objects.get(username="clock").pk):
        dossier = Dossier.objects.get(pk=dossier_id)
        entries = list(Entry.objects.filter(dossier_id=dossier_id, seq__isnull=False).order_by("seq"))
        sealed = digest_text(state_text(dossier))
    for n, entry in enumerate(entries, 1):
        checks = {
            "has a gap before it": entry.seq == n,
            "does not hash to its hash": entry.hash == rehashed(entry),
            "is not linked to the one before": entry.previous == previous,
            "is dated before the one before": moment is None or moment <= entry.at,
            "does not begin where the one before ended": entry.from_state == state,
        }
        found += [f"entry {entry.seq} {fault}" for fault, holds in checks.items() if not holds]
        previous, moment, state = entry.hash, entry.at, entry.to_state
    last = entries[-1] if entries else None
    if not last or (dossier.seq, dossier.state) != (last.seq, last.to_state):
        found.append(
            f"the dossier stands at {dossier.seq} {dossier.state}, its record at {last and (last.seq, last.to_state)}"
        )
    elif sealed != last.state_hash:
        found.append("the file is not in the state that its newest entry sealed")
    return found

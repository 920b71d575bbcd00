"""Reads on the record: a page by key, a file's entries, an entry as it was hashed."""

from datetime import UTC

from django.db.models import Q

from .models import Entry
from .rules import CHAINED


def entries_page(bureaus: list[int] | None, *conditions: Q, after: int = 0, size: int = 50) -> list[Entry]:
    """The newest entries of these bureaus (None: of all), older than `after`; one more than `size` when there are more.

    One statement: for each bureau its newest on an index, then the newest of these.
    """
    found = Entry.objects.filter(*conditions, **({"id__lt": after} if after else {})).order_by("-id")
    if bureaus is None:  # what is of no bureau and yet about a file is sealed
        found = found.exclude(bureau_id__isnull=True, dossier_id__isnull=False)
        return list(found[: size + 1])
    first, *others = (found.filter(bureau_id=bureau)[: size + 1] for bureau in bureaus or [0])
    return list((first.union(*others, all=True).order_by("-id") if others else first)[: size + 1])


def as_hashed(entry: Entry) -> dict:
    """The chained fields and the hash of an entry, as `record.rules` reads them."""
    row = {name: getattr(entry, name) for name in CHAINED}
    return row | {"at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"), "hash": entry.hash}

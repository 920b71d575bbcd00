"""The only writers of entries besides a step of procedure: looks at protected data and deeds of administration."""

from datetime import UTC, datetime

from .models import Entry
from .rules import CHAINED, entry_hash

TEXTS = ("label", "actor_post", "actor_certificate", "basis", "from_state", "to_state", "state_hash", "previous")


def completed(entry: dict) -> dict:
    """The entry with every chained field present and its hash added. `at` is an aware datetime."""
    row = {name: entry.get(name) for name in CHAINED}
    row |= {name: row[name] or "" for name in TEXTS}
    row |= {name: row[name] or {} for name in ("given", "effects")}
    moment: datetime = row["at"]
    return row | {"hash": entry_hash(row | {"at": moment.astimezone(UTC).isoformat(timespec="microseconds")})}


def write(**entry) -> Entry:
    """Write one entry that moves no file: a look (`kind="look"`) or a deed of administration (`kind="deed"`)."""
    return Entry.objects.create(**completed(entry))

"""The only writers of entries besides a step of procedure: looks at protected data and deeds of administration."""

import json
import secrets
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection

from .merkle import DIGESTS
from .models import Entry
from .rules import CHAINED, entry_hash, line

TEXTS = ("label", "actor_post", "actor_certificate", "basis", "from_state", "to_state", "state_hash", "previous")
SALT_BYTES = 32
# Entry, salt and waiting leaf are one statement: a step pays for statements, and one without the others must not be.
ENTRY = f"""entry AS (
  INSERT INTO record_entry ({", ".join(CHAINED)}, hash)
  VALUES ({", ".join(f"%({name})s" + "::jsonb" * (name in ("given", "effects")) for name in CHAINED)}, %(hash)s) RETURNING id),
salted AS (
  INSERT INTO record_salt (entry_id, salt) SELECT id, %(salt)s FROM entry)
INSERT INTO record_pending (entry_id, leaf) SELECT id, %(leaf)s FROM entry RETURNING entry_id"""


def completed(entry: dict) -> dict:
    """The entry with every chained field present, its hash, a new salt and the leaf that covers both. `at` is an aware datetime."""
    row = {name: entry.get(name) for name in CHAINED}
    row |= {name: row[name] or "" for name in TEXTS}
    row |= {name: row[name] or {} for name in ("given", "effects")}
    moment: datetime = row["at"]
    row["hash"] = entry_hash(row | {"at": moment.astimezone(UTC).isoformat(timespec="microseconds")})
    salt = secrets.token_bytes(SALT_BYTES)
    return row | {"salt": salt, "leaf": DIGESTS[settings.RECORD_DIGEST].leaf(salt + line(row))}


def bound(row: dict) -> dict:
    """The parameters of `ENTRY` for a completed entry."""
    return row | {name: json.dumps(row[name]) for name in ("given", "effects")}


def write(**entry) -> Entry:
    """Write one entry that moves no file: a look (`kind="look"`) or a deed of administration (`kind="deed"`)."""
    row = completed(entry)
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {ENTRY}", bound(row))
        (key,) = cursor.fetchone()
    return Entry(id=key, **{name: value for name, value in row.items() if name not in ("salt", "leaf")})

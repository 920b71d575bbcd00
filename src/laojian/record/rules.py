"""How an entry and the state of a file are digested: canonical JSON, then SHA-256."""

import hashlib
import json

CHAINED = (
    *("kind", "dossier_id", "bureau_id", "seq", "verb", "label", "at", "actor_id", "actor_name", "actor_post"),
    *("actor_certificate", "basis", "from_state", "to_state", "given", "effects", "state_hash", "previous"),
)


def canonical(value) -> bytes:
    """The one byte string for a JSON value: keys sorted, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(value) -> str:
    """SHA-256 of the canonical form, in hex."""
    return hashlib.sha256(canonical(value)).hexdigest()


def entry_hash(entry: dict) -> str:
    """The hash of an entry given as a mapping of its chained fields; `at` as ISO text in UTC with microseconds."""
    return digest({name: entry[name] for name in CHAINED})


def digest_text(text: str) -> str:
    """SHA-256, in hex, of a file's state as the database prints it."""
    return hashlib.sha256(text.encode()).hexdigest()

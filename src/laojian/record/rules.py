"""How an entry and the state of a file are digested: canonical JSON, then SHA-256."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC

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


def faults(entries: Iterable[dict], length: int) -> list[str]:
    """What is wrong with a file's record, in sentences; none when every entry is as it was written and none is missing.

    `entries` are mappings of the chained fields and `hash`, `at` as for `entry_hash`; `length` is how many numbered
    entries the file itself counts.
    """
    entries = list(entries)
    wrong = [
        f"{named(entry)}的内容与摘要不符，写入后被改动过" for entry in entries if entry_hash(entry) != entry["hash"]
    ]
    chain = sorted((entry for entry in entries if entry["seq"] is not None), key=lambda entry: entry["seq"])
    there = {entry["seq"]: entry for entry in chain}
    wrong += [f"第 {seq} 条缺失" for seq in range(1, max([length, *there]) + 1) if seq not in there]
    for seq, entry in there.items():
        before = there[seq - 1]["hash"] if seq - 1 in there else "" if seq == 1 else None
        if before is not None and entry["previous"] != before:
            wrong.append(f"{named(entry)}接续的不是它前一条现在的内容")
    if there and max(there) > length:
        wrong.append(f"卷宗只计 {length} 条，记录中却有第 {max(there)} 条")
    return wrong


def named(entry: dict) -> str:
    """An entry as a sentence names it."""
    return (
        f"第 {entry['seq']} 条“{entry['label']}”"
        if entry["seq"] is not None
        else f"{entry['at'][:10]} 的“{entry['label']}”"
    )


LINE = ("dossier_id", "seq", *(name for name in CHAINED if name not in ("dossier_id", "seq")), "hash")
ESCAPED = str.maketrans({
    "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v",
})  # fmt: skip


def line(entry: dict) -> bytes:
    """The entry as one line of text, which is what a leaf covers: as PostgreSQL's COPY prints the columns of `LINE`.

    So whoever verifies reads the very bytes from the database, or from an export, and need not put them together.
    `entry` holds the chained fields and `hash`; `at` is an aware datetime.
    """
    told = entry | {"at": entry["at"].astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
    cells = (stored(told[name]) if name in ("given", "effects") else told[name] for name in LINE)
    return "\t".join("\\N" if cell is None else str(cell).translate(ESCAPED) for cell in cells).encode()


def stored(value) -> str:
    """A JSON value as PostgreSQL prints it once it is stored: keys by length, then by bytes; the last of equal keys."""
    return json.dumps(arranged(value), ensure_ascii=False)


def arranged(value):
    """The value with the keys of every object in the database's order. A fraction is none that JSON would print otherwise."""
    if isinstance(value, dict):
        keyed = {each.encode(): (each, below) for each, below in ((key_text(key), v) for key, v in value.items())}
        return {keyed[key][0]: arranged(keyed[key][1]) for key in sorted(keyed, key=lambda key: (len(key), key))}
    if isinstance(value, list | tuple):
        return [arranged(each) for each in value]
    if isinstance(value, float) and ("e" in repr(value) or str(value) == "-0.0" or value != value):
        raise ValueError(f"the record takes no such fraction: {value!r}; write it as text")
    return value


def key_text(key) -> str:
    """The key of an object as JSON has it: always text."""
    return key if isinstance(key, str) else next(iter(json.loads(json.dumps({key: None}))))

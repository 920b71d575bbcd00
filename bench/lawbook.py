"""Loading and checking the whole law, as the platform does when it starts, against plainly parsing the same files.

Both sides read the same files with the same parser (PyYAML's, the one in C where it is installed). The yardstick does
nothing else; ours remembers lines, checks every key, article, date and reference, and builds the law as one object.
"""

import argparse
import json
import time
from pathlib import Path
from statistics import median

import yaml

from laojian.lawbook import book, folder, load

PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--times", type=int, default=15, help="how often each side loads, in turns")
    told = asked.parse_args()
    root = folder()
    files = files_of(root)
    parsed(files)  # once for the disk
    ours, plain = [], []
    for _ in range(told.times):
        ours.append(clocked(lambda: load(root)))
        plain.append(clocked(lambda: parsed(files)))
    a, b = median(ours) * 1000, median(plain) * 1000
    print(
        f"{len(files)} files, {sum(path.stat().st_size for path in files)} bytes; loading {a:.0f} ms, parsing {b:.0f} ms"
    )
    result = {"name": "lawbook", "n": len(files), "ours": round(a, 3), "yardstick": round(b, 3), "unit": "ms of CPU"}
    print(json.dumps(result | {"ratio": round(a / b, 3), "parser": PARSER.__name__}))


def files_of(root: Path) -> list[Path]:
    """The files that loading reads, seen while it reads them."""
    seen: list[Path] = []
    read = book.read
    book.read = lambda path, root: seen.append(path) or read(path, root)
    try:
        load(root)
    finally:
        book.read = read
    return seen


def parsed(files: list[Path]) -> list:
    """Every file parsed, and nothing more."""
    return [yaml.load(path.read_text(encoding="utf-8"), Loader=PARSER) for path in files]


def clocked(deed) -> float:
    """Seconds of the processor that a deed takes; the machine may be busy with other things."""
    began = time.process_time()
    deed()
    return time.process_time() - began


if __name__ == "__main__":
    main()

"""Drawing 500 of 4,000,000 employers, against a bare loop over the same hashes; and redoing the draw with the public verifier.

Both sides compute the same SHA-256 of the same bytes; the yardstick does nothing else with them. The sides take turns, and so
do a quarter of the pool and the whole; of each the least disturbed turn counts. The verifier is a process of its own that
reads the bundle's file, as a stranger would.
"""

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from laojian.inspections import bundle as public
from laojian.inspections.draw import Stratum, commitment, draw, pieces, pool, seed
from laojian.inspections.randomness import Named

VERIFIER = Path(public.__file__).parent / "static" / "inspections" / "verify_draw.py"
SALT, DRAW_NO, VALUE = "5a" * 32, "示例-2026-001", "3d:2026121:0.7.7"
WATCHED = """
import runpy, sys
sys.argv = sys.argv[1:]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
finally:
    print(open("/proc/self/status").read())
"""
GIGABYTE = 10**9


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--firms", type=int, default=4_000_000)
    asked.add_argument("--drawn", type=int, default=500)
    asked.add_argument("--turns", type=int, default=5)
    told = asked.parse_args()
    few, many = (of_firms(count, told.drawn) for count in (told.firms // 4, told.firms))
    secret = seed(DRAW_NO, VALUE, SALT)
    ours, bare, quarter, verified = [], [], [], []
    with tempfile.TemporaryDirectory() as folder:
        file = published(Path(folder) / "bundle.json", many, secret)
        for _ in range(told.turns):
            quarter.append(clocked(lambda: draw([few], secret, after=told.drawn)))
            bare.append(clocked(lambda: hashed(many, secret)))
            ours.append(clocked(lambda: draw([many], secret, after=told.drawn)))
            verified.append(redone(file))
    mine, yours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, max(held for _, held in verified)
    assert max(mine, yours) <= GIGABYTE, (mine, yours)
    a, b, again = (min(turns) * 1000 for turns in (ours, bare, [seconds for seconds, _ in verified]))
    fourth = min(quarter) * 1000
    print(
        f"pool of {told.firms}: {len(many.pool.text)} bytes; the least of {told.turns} turns each, milliseconds of CPU"
    )
    print(f"draw {a:.0f}, bare loop {b:.0f}, a quarter of the pool {fourth:.0f}, verifier {again:.0f}")
    result = {"name": "draw", "n": told.firms, "ours": round(a, 3), "yardstick": round(b, 3), "unit": "ms of CPU"}
    result |= {"ratio": round(a / b, 3), "growth": round(a / fourth / 4, 3)}
    result |= {
        "verifier": round(again / a, 3),
        "memory_mb": round(mine / 10**6),
        "memory_verifier_mb": round(yours / 10**6),
    }
    print(json.dumps(result))


def of_firms(count: int, drawn: int) -> Stratum:
    """A stratum of invented firms with codes of 18 signs, which come in no order."""
    ids = (f"91{number * 7919 % 10**16:016d}" for number in range(count))
    return Stratum("全部", pool(ids), Decimal(0), planned=drawn)


def hashed(stratum: Stratum, secret: str) -> None:
    """The yardstick: every id's hash, and nothing more."""
    prefix = sha256(secret.encode()).hexdigest().encode()
    for ids in pieces(stratum.pool.text):
        for each in ids:
            sha256(prefix + each).digest()


def published(file: Path, stratum: Stratum, secret: str) -> Path:
    """The bundle of the draw as a file."""
    named = Named("3d", "2026121", date(2026, 5, 10))
    told = public.announcement(DRAW_NO, {"name": "示例"}, [stratum], named, commitment(SALT, DRAW_NO))
    samples = draw([stratum], secret, after=stratum.size)
    with file.open("wb") as page:
        page.writelines(public.as_json(public.bundle(told, [stratum], randomness=VALUE, salt=SALT, samples=samples)))
    return file


def redone(file: Path) -> tuple[float, int]:
    """Seconds of the processor that the verifier takes from starting to its verdict, and the most bytes it held.

    It must find the draw right. It tells its memory itself: what the system says of a child includes what its parent held.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-X", "utf8", "-c", WATCHED, str(VERIFIER), str(file)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    held = int(re.search(r"VmHWM:\s+(\d+) kB", done.stdout)[1]) * 1024
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, held


def clocked(deed) -> float:
    """Seconds of the processor that a deed takes; the machine may be busy with other things."""
    began = time.process_time()
    deed()
    return time.process_time() - began


if __name__ == "__main__":
    main()

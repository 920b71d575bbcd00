"""The record's tree: steps per second with the log on against off, and verifying all entries against a bare hash over their bytes.

With the log off a step writes its entry alone, as the statement was before: no salt, no waiting leaf. The sealer runs beside
both, as it does in an office. Turns are interleaved, with one writer and with many, and again with grouped commits.
"""

import argparse
import hashlib
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from statistics import median

import ground
import psycopg
import take as steps_of
from django.conf import settings
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from tests.world import World

from laojian import cluster
from laojian.procedure import statements
from laojian.procedure.take import take
from laojian.record.checking import Checker
from laojian.record.merkle import DIGESTS, Front
from laojian.record.models import Entry, Leaf
from laojian.record.proofs import front_peaks, proof
from laojian.record.rules import CHAINED
from laojian.record.sealing import keep_sealing, seal, sign_head
from laojian.record.signing import verified
from laojian.record.streams import LINES, STREAMS, lines, reading

DATABASE = f"{ground.PREFIX}_record"
GROUPED = "commit_delay=4000, commit_siblings=0"
OFF = (
    statements.RECORD[: statements.RECORD.index("entry AS (")].rstrip(",\n ")
    + f"""
INSERT INTO record_entry ({", ".join(CHAINED)}, hash)
VALUES ({", ".join(f"%({name})s" + "::jsonb" * (name in ("given", "effects")) for name in CHAINED)}, %(hash)s) RETURNING id"""
)
MANY = """
INSERT INTO record_entry (kind, dossier_id, bureau_id, seq, verb, label, at, actor_id, actor_name, actor_post, actor_certificate,
  basis, from_state, to_state, given, effects, state_hash, previous, hash)
SELECT 'look', NULL, 1 + mod(n, 200), NULL, 'look', '查看证据', timestamptz '2026-01-05' + n * interval '1 second', mod(n, 900), '王示海',
  '示例市宝示区人力资源和社会保障局 劳动保障监察员', 'SL000123', 'lsr-17', 'investigating', 'investigating',
  jsonb_build_object('opinion', '已核对工资支付凭证，与考勤记录一致', 'evidence', n, 'subject', '示例装饰工程有限公司'),
  jsonb_build_object('on', '2026-01-05', 'started', jsonb_build_object('investigate', '2026-04-07')), md5(n::text) || md5(n::text),
  md5(n::text) || md5(n::text), md5(n::text) || md5(n::text) FROM generate_series(%s::bigint, %s::bigint) n"""
SALTED = (
    "INSERT INTO record_salt (entry_id, salt) SELECT id, sha256(int8send(id)) FROM record_entry WHERE kind = 'look'"
)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--files", type=int, default=96, help="files of each side for each of the four comparisons")
    asked.add_argument("--turns", type=int, default=12)
    asked.add_argument("--writers", type=int, default=16)
    asked.add_argument("--entries", type=int, default=5_000_000, help="how many entries are verified")
    told = asked.parse_args()
    with ground.server() as (owner, app):
        ground.make(owner, app, DATABASE)
        try:
            ground.enter(owner, app, DATABASE)
            rates = measured_steps(told.files, told.turns, told.writers)
            verifying = measured_verification(ground.named(owner, DATABASE), told.entries)
            report(rates, verifying, told.writers)
        finally:
            ground.remove(owner, DATABASE)


def measured_steps(files: int, turns: int, writers: int) -> dict[tuple[int, bool], tuple[float, float]]:
    """Steps per second on and off, by writers and whether commits are grouped."""
    world = World()
    cycle = steps_of.cycle(world)
    settings.RECORD_SIGNER = settings.RECORD_SIGNER or key_in_hand()
    with sealer(), ThreadPoolExecutor(writers) as pool:
        for each in steps_of.registered(world, 2):
            run([each], cycle, pool)
        rates = {}
        admin = administrator()
        for grouped in (False, True) if admin else (False,):
            if admin:
                group_commits(admin, grouped)
            for crowd in (1, writers):
                rates[crowd, grouped] = in_turns(world, cycle, pool if crowd > 1 else None, grouped, files, turns)
        if admin:
            group_commits(admin, False)
        list(pool.map(lambda _: (time.sleep(0.1), connections.close_all()), range(writers)))
    return rates


def key_in_hand() -> str:
    """A signing key for this run."""
    place = cluster.home() / "bench-record-key"
    place.write_text("ed25519 " + "07" * 32)
    return f"file:{place}"


@contextmanager
def sealer():
    """The sealer as the worker runs it, in a thread."""
    stop = threading.Event()
    thread = threading.Thread(target=lambda: (keep_sealing(stop), connections.close_all()))
    thread.start()
    try:
        yield
    finally:
        stop.set(), thread.join()


def run(files: list[int], cycle: list[tuple], pool: ThreadPoolExecutor | None) -> None:
    """Every file through its steps, by one writer or by many."""

    def one(dossier: int) -> None:
        for verb, by, moment, given in cycle:
            take(dossier, verb, by=by, at=moment, given=given)

    if pool is None:
        for dossier in files:
            one(dossier)
    else:
        list(pool.map(one, files))


def in_turns(world, cycle, pool, grouped: bool, files: int, turns: int) -> tuple[float, float]:
    """Steps per second with the log on and off, medians of turns that follow one another."""
    size = max(1, files // turns)
    spent: tuple[list, list] = ([], [])
    for turn in range(turns):
        ready = [steps_of.registered(world, size) for _ in range(2)]
        for side in ((0, 1), (1, 0))[turn % 2]:
            with log(on=side == 0):
                began = time.perf_counter()
                run(ready[side], cycle, pool)
                spent[side].append((time.perf_counter() - began) / (size * len(cycle)))
    rates = tuple(1 / median(each) for each in spent)
    who = "one writer" if pool is None else "many writers"
    print(
        f"{who}{', ' + GROUPED if grouped else ''}: {rates[0]:.0f} steps/s on, {rates[1]:.0f} off, {rates[0] / rates[1]:.2f}"
    )
    return rates


@contextmanager
def log(on: bool):
    """Within the block a step's record is written with or without salt and waiting leaf."""
    whole = statements.RECORD
    statements.RECORD = whole if on else OFF
    try:
        yield
    finally:
        statements.RECORD = whole


def group_commits(admin_url: str, grouped: bool) -> None:
    """Let commits on this server wait for one another, or not."""
    verb = ("SET", " = 4000", " = 0") if grouped else ("RESET", "", "")
    with closing(psycopg.connect(admin_url, autocommit=True)) as admin:
        admin.execute(f"ALTER SYSTEM {verb[0]} commit_delay{verb[1]}")
        admin.execute(f"ALTER SYSTEM {verb[0]} commit_siblings{verb[2]}")
        admin.execute("SELECT pg_reload_conf()")
    time.sleep(0.5)


def administrator() -> str:
    """Who may set how commits are grouped: of our own server, or as DATABASE_ADMIN_URL tells; empty where nobody is told."""
    given = os.environ.get("DATABASE_ADMIN_URL", "")
    return given if given or os.environ.get("DATABASE_URL") else cluster.Cluster(cluster.home() / "bench-pg").admin_url


def measured_verification(owner_url: str, entries: int) -> tuple[float, float, int, int]:
    """Seconds of our verification and of the bare hash, entries, statements of a proof."""
    while seal():
        pass
    load(owner_url, entries)
    assert sign_head(steps_of.at("2027-01-01")) is not None
    count = Entry.objects.count()
    turns = [(verify(owner_url, count), bare(owner_url)) for _ in range(3)]
    ours, theirs = (min(column) for column in zip(*turns, strict=True))
    print(f"verified {count} entries in {ours:.1f} s; bare hash over their lines {theirs:.1f} s")
    costs = set()
    for entry in Entry.objects.filter(
        pk__in=Leaf.objects.filter(index__in=[0, count // 2, count - 1]).values("entry_id")
    ):
        with CaptureQueriesContext(connection) as sent:
            proof(entry)
        costs.add(len(sent))
    assert len(costs) == 1, costs
    return ours, theirs, count, costs.pop()


def load(owner_url: str, entries: int) -> None:
    """So many entries in the tree, by COPY."""
    digest = DIGESTS[settings.RECORD_DIGEST]
    with closing(psycopg.connect(owner_url)) as owner, closing(psycopg.connect(owner_url)) as reader:
        for first in range(1, entries + 1, 500_000):
            owner.execute(MANY, [first, min(entries, first + 499_999)])
        owner.execute(SALTED)
        owner.commit()
        (size,) = owner.execute("SELECT count(*) FROM record_leaf").fetchone()
        front = Front(digest, size, front_peaks(size))
        sql = f"SELECT e.id, s.salt, {LINES} FROM record_entry e JOIN record_salt s ON s.entry_id = e.id WHERE kind = 'look' ORDER BY 1"
        with owner.cursor().copy("COPY record_leaf (index, entry_id, hash) FROM STDIN") as into:
            for row in lines(reader, sql):
                key, salt, line = row.split(b"\t", 2)
                leaf = digest.leaf(bytes.fromhex(salt[3:].decode()) + line)
                into.write_row((front.size, int(key), leaf))
                front.add(leaf)
        with owner.cursor().copy("COPY record_node (level, index, hash) FROM STDIN") as into:
            for (level, index), told in front.done.items():
                into.write_row((level, index, told))
        owner.commit()
        owner.autocommit = True
        owner.execute("VACUUM ANALYZE")


def verify(owner_url: str, count: int) -> float:
    """Every entry against its leaf, its chain, the tree, the heads and the stored subtrees."""
    with closing(psycopg.connect(owner_url)) as reader:
        began = time.perf_counter()
        checker = Checker(DIGESTS[settings.RECORD_DIGEST], settings.RECORD_LOG, [], verified)
        read = reading(reader, STREAMS)
        checker.stored_heads(read("heads"))
        checker.gone(read("gone"))
        checker.entries(read("entries"))
        checker.close(read("nodes"), read("sequence"), read("orphans"))
        spent = time.perf_counter() - began
    unlogged = [
        fault for fault in checker.report.faults if "没有叶" not in fault.text
    ]  # the steps that were taken with the log off
    assert not unlogged and checker.report.entries == count, unlogged[:5]
    return spent


def bare(owner_url: str) -> float:
    """One hash of each entry's line, as the database prints it, in the same order."""
    with closing(psycopg.connect(owner_url)) as reader:
        began = time.perf_counter()
        for line in lines(reader, f"SELECT {LINES} FROM record_entry e ORDER BY e.id"):
            hashlib.sha256(line).digest()
        return time.perf_counter() - began


def report(rates: dict, verifying: tuple, writers: int) -> None:
    """The figures; the result is the worst of the four comparisons."""
    ratios = {key: on / off for key, (on, off) in rates.items()}
    worst = min(ratios, key=ratios.get)
    ours, theirs, count, cost = verifying
    ground.tell(
        "record", count, *rates[worst], "steps/s", writers=writers,
        ratios={f"{crowd} writers{' grouped' * grouped}": round(ratio, 3) for (crowd, grouped), ratio in ratios.items()},
        verify_seconds=round(ours, 2), bare_seconds=round(theirs, 2), verify_ratio=round(ours / theirs, 3), proof_statements=cost,
    )  # fmt: skip


if __name__ == "__main__":
    main()

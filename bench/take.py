"""A step by `take()` against the same step written by hand in psycopg: rates in turns, statements and CPU a step.

Files are registered beforehand; both sides then take each of theirs through five steps: proposed, sent back, proposed
again, filed (a number, one clock ends and two start, two papers), assigned to two inspectors (a paper).
"""

import argparse
import json
import os
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from threading import local

import ground
from django.db import connection, connections
from ground.by_hand import Hand
from tests.world import World, at

from laojian.cases.flow import GENERAL
from laojian.lawbook import law
from laojian.papers.models import Paper
from laojian.people.acting import acting
from laojian.procedure import statements
from laojian.procedure.take import open_file, read, take

DATABASE = f"{ground.PREFIX}_take"
MOST_STATEMENTS = 10
COMPLAINT = {
    "kind": "complaint", "matter": "wages", "respondent": "宏示装饰工程（示例）有限公司", "respondent_kind": "employer",
    "respondent_address": "示例路 8 号", "summary": "自二〇二五年十月起拖欠三个月工资", "request": "支付工资",
    "name": "王示海", "phone": "13800000000",
}  # fmt: skip
FILING = {
    "matter": "wages",
    "began_on": "2025-10-01",
    "violation": "continuing",
    "opinion": "拟予立案",
    "in_competence": True,
}
OPINION = {"opinion": "同意"}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--files", type=int, default=200, help="files of each side with one writer, and again with many")
    asked.add_argument("--turns", type=int, default=20, help="into how many slices they are cut")
    asked.add_argument("--threads", type=int, default=8)
    told = asked.parse_args()
    with ground.server() as (owner, app):
        ground.make(owner, app, DATABASE)
        try:
            measure(ground.enter(owner, app, DATABASE), told.files, told.turns, told.threads)
        finally:
            ground.remove(owner, DATABASE)


def measure(url: str, files: int, turns: int, threads: int) -> None:
    """Both sides in turns, alone and with many writers; then the result."""
    world = World()
    steps = cycle(world)
    bodies = specimens(world, steps)
    hands = local()

    def ours(dossier: int) -> None:
        for verb, by, moment, given in steps:
            take(dossier, verb, by=by, at=moment, given=given)

    def hand() -> Hand:
        if not hasattr(hands, "one"):
            hands.one = Hand(url, SQL, bodies, days_off())
        return hands.one

    def by_hand(dossier: int) -> None:
        for verb, by, moment, given in steps:
            getattr(hand(), verb)(dossier, by.pk, moment, given)

    def bare(dossier: int) -> None:
        hand().bare(dossier, len(steps), world.zhou.pk)

    sides = (ours, by_hand, bare)
    most = count_statements(registered(world, 1)[0], steps)
    for side in sides:
        side(registered(world, 1)[0])  # everything that is loaded once is loaded
    same_rows(world, steps, ours, by_hand)
    alone = in_turns(
        sides, [registered(world, files) for _ in sides], turns, lambda side, some: [side(one) for one in some]
    )
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda _: (time.sleep(0.1), connection.ensure_connection(), hand()), range(threads)))
        many = in_turns(sides[:2], [registered(world, files) for _ in sides[:2]], max(1, turns // 4),
                        lambda side, some: list(pool.map(side, some)))  # fmt: skip
        list(pool.map(lambda _: (time.sleep(0.1), connections.close_all(), hand().close()), range(threads)))
    hand().close()
    report(alone, many, len(steps), files, threads, most)


SQL = {
    "read": statements.read(GENERAL),
    "move": statements.move,
    "reread": statements.reread(GENERAL),
    "record": statements.RECORD,
}


def cycle(world: World) -> list[tuple]:
    """The five steps: verb, actor, moment, input."""
    day = "2026-01-06"
    team = {"lead": world.zhang.pk, "second": world.li.pk}
    return [
        ("propose_filing", world.zhou, at(day, 9), FILING), ("return_filing", world.wang, at(day, 10), OPINION),
        ("propose_filing", world.zhou, at(day, 11), FILING), ("file", world.wang, at(day, 14), OPINION),
        ("assign", world.wang, at(day, 15), team),
    ]  # fmt: skip


def registered(world: World, n: int) -> list[int]:
    """So many new files, each registered by the window."""
    return [open_file("general", "register", by=world.zhou, at=at("2026-01-05"), given=COMPLAINT).id for _ in range(n)]


def specimens(world: World, steps: list[tuple]) -> dict[str, dict[str, str]]:
    """For each step of the cycle the papers it drafts, by code, as JSON text with two places to fill in."""
    dossier, bodies = registered(world, 1)[0], {}
    for verb, by, moment, given in steps:
        file = take(dossier, verb, by=by, at=moment, given=given)
        with acting(world.zhou.pk):
            made = Paper.objects.filter(dossier_id=dossier, nth=file.seq).order_by("id")
            bodies[verb] = {paper.code: blank(paper.body, file.dossier["number"]) for paper in made}
    return bodies


def blank(body: list, number: str) -> str:
    """The text of a paper with 〔号〕 for the file's number and 〔意见〕 for what was said."""
    text = json.dumps(body, ensure_ascii=False)
    return (text.replace(number, "〔号〕") if number else text).replace("同意", "〔意见〕")


def days_off() -> set[date]:
    """The days of two years that are not worked."""
    days = (date(2026, 1, 1) + timedelta(n) for n in range(365))
    return {day for day in days if not law().calendar.is_workday(day)}


def count_statements(dossier: int, steps: list[tuple]) -> int:
    """The most statements that a step of the cycle sends, BEGIN and COMMIT aside; asserted."""
    sent: list[str] = []

    def counted(execute, sql, *rest):
        sent.append(sql)
        return execute(sql, *rest)

    most = 0
    for verb, by, moment, given in steps:
        sent.clear()
        with connection.execute_wrapper(counted):
            take(dossier, verb, by=by, at=moment, given=given)
        print(f"{verb}: {len(sent)} statements")
        assert len(sent) <= MOST_STATEMENTS, "\n".join(
            [f"{verb} sends {len(sent)} statements:", *(" ".join(one.split())[:120] for one in sent)]
        )
        most = max(most, len(sent))
    return most


def same_rows(world: World, steps: list[tuple], *sides: Callable) -> None:
    """The yardstick is honest: after its steps a file reads as after ours."""
    told = []
    for side in sides:
        dossier = registered(world, 1)[0]
        side(dossier)
        with acting(world.zhou.pk):
            file = read(dossier, world.zhou.pk, at("2026-01-07"))
        clocks = [{k: v for k, v in clock.items() if k != "id"} for clock in file.clocks]
        columns = {k: v for k, v in file.dossier.items() if k not in ("id", "number")}
        told.append(
            [
                columns,
                clocks,
                [row[1:5] for row in file.took],
                [paper["code"] for paper in file.drafts],
                file.case | {"dossier_id": 0},
            ]
        )
    assert told[0] == told[1], told


def in_turns(sides: Iterable[Callable], files: list[list[int]], turns: int, run: Callable) -> list[list[tuple]]:
    """Let the sides take turns on slices of their files. For each side, seconds, own CPU and the server's CPU of each slice."""
    size = len(files[0]) // turns or 1
    spent: list[list[tuple]] = [[] for _ in files]
    for turn in range(min(turns, len(files[0]))):
        for n, side in enumerate(sides):
            began = (time.perf_counter(), time.process_time(), server_cpu())
            run(side, files[n][turn * size : (turn + 1) * size])
            ended = (time.perf_counter(), time.process_time(), server_cpu())
            spent[n].append(tuple((b - a) / size for a, b in zip(began, ended, strict=True)))
    return spent


def server_cpu() -> float:
    """Seconds of CPU that the server has used for our connections, as far as this machine can see its processes."""
    ticks = 0
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f" {DATABASE} ".encode() in (place / "cmdline").read_bytes():
                ticks += sum(map(int, (place / "stat").read_text().rpartition(") ")[2].split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def report(alone: list, many: list, steps: int, files: int, threads: int, most: int) -> None:
    """The figures, and the result as the last line."""
    rates = [steps / median(second for second, _, _ in slices) for slices in alone]
    crowd = [steps / median(second for second, _, _ in slices) for slices in many]
    cpu = [[1000 * median(column) / steps for column in list(zip(*slices, strict=True))[1:]] for slices in alone]
    for name, rate, (own, server) in zip(("take()", "by hand", "bare rows"), rates, cpu, strict=True):
        print(
            f"{name}: {rate:.0f} steps/s with one writer; CPU a step: {own:.2f} ms own, {server:.2f} ms of the server"
        )
    print(f"{threads} threads: {crowd[0]:.0f} steps/s against {crowd[1]:.0f} by hand, ratio {crowd[0] / crowd[1]:.2f}")
    print(f"ratio to the bare rows: {rates[0] / rates[2]:.2f}")
    ground.tell(
        "take", files * steps, rates[0], rates[1], "steps/s", ratio_threads=round(crowd[0] / crowd[1], 3), threads=threads,
        cpu_ms=round(cpu[0][0], 2), bare_ratio=round(rates[0] / rates[2], 3), statements=most,
    )  # fmt: skip


if __name__ == "__main__":
    main()

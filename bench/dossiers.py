"""The pages of files at a million files: how many queries, how long, against Django's admin and against ten thousand files.

Four viewers ask as logged-in officers, under the application's role and row-level security: of the city, of the largest
district, of a bureau with three files, and an officer to whom forty files of other bureaus were opened one by one. The
databases are kept between runs; `--fresh` builds them anew.
"""

import argparse
import hashlib
import re
import time
from contextlib import closing
from pathlib import Path
from statistics import median

import ground
import psycopg
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from ground import city

from laojian.people.models import Officer

MOST_QUERIES, MOST_ON_PAGE = 8, 20
VIEWERS = {  # who, and how their officer is found
    "city": "SELECT bureau_id, 1 FROM people_officer JOIN people_bureau b ON b.id = bureau_id WHERE level = 'city' LIMIT 1",
    "district": "SELECT district_id, 1 FROM dossier_dossier GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
    "three files": "SELECT max(id), 1 FROM people_bureau WHERE level = 'town'",
    "opened": "SELECT bureau_id, 3 FROM dossier_access JOIN people_officer o ON o.id = officer_id LIMIT 1",
}
COMMON, RARE = "建筑", "蓝天"
TOUCH = 'UPDATE "django_session"'  # once a minute a request notes that the officer is still there
APART = {"dossier": MOST_ON_PAGE, "admin": 100}  # pages with another bar of queries


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--files", type=int, default=1_000_000)
    asked.add_argument("--few", type=int, default=10_000, help="the small database that the large one is compared with")
    asked.add_argument("--rounds", type=int, default=5, help="turns between the databases")
    asked.add_argument("--times", type=int, default=7, help="how often each page is asked for in a turn")
    asked.add_argument("--fresh", action="store_true", help="load both databases anew")
    asked.add_argument(
        "--keep", action=argparse.BooleanOptionalAction, default=True, help="keep the databases afterwards"
    )
    told = asked.parse_args()
    with ground.server() as (owner, app):
        names = {n: f"{ground.PREFIX}_dossiers_{n}" for n in (told.few, told.files)}
        try:
            for n, name in names.items():
                provide(owner, app, name, n, told.fresh)
            measure(owner, app, names, told)
        finally:
            for name in () if told.keep else names.values():
                ground.remove(owner, name)


def provide(owner: str, app: str, name: str, n: int, fresh: bool) -> None:
    """The database with so many files, loaded now if it is not there or was loaded otherwise."""
    made = hashlib.sha256(Path(city.__file__).read_bytes()).hexdigest()[:12]
    if fresh or ground.loaded(owner, name) != made:
        print(f"loading {n:,} files and {5 * n:,} entries …", flush=True)
        began = time.monotonic()
        ground.make(owner, app, name)
        ground.enter(owner, app, name)
        city.load(ground.named(owner, name), n, localdate())
        ground.mark(owner, name, made)
        print(f"loaded in {time.monotonic() - began:.0f} s")


class Visitor:
    """A viewer in one database, logged in; `asks` for pages and keeps what each cost."""

    def __init__(self, officer: Officer):
        self.client = Client(SERVER_NAME="127.0.0.1")
        self.client.force_login(officer)
        self.spent: dict[str, list[float]] = {}
        self.queries: dict[str, set[int]] = {}

    def walk(self) -> None:
        """Every page once; the file that is opened is the first of the list."""
        self.ask("workbench", reverse("workbench"))
        listed = self.ask("list", reverse("dossiers"))
        self.ask("by due date", reverse("dossiers") + "?order=due")
        self.ask("with closed", reverse("dossiers") + "?closed=on")
        self.ask("search, common", reverse("search") + f"?q={COMMON}")
        self.ask("search, rare", reverse("search") + f"?q={RARE}")
        first = re.search(rb"/dossiers/\d+", listed)
        self.ask("dossier", first[0].decode())
        self.ask("admin", reverse("admin:dossier_dossier_changelist"))

    def forget_last(self) -> None:
        """Do not count the last round: a connection just opened has everything to read and to plan for the first time."""
        for spent in self.spent.values():
            spent.pop()

    def ask(self, what: str, url: str) -> bytes:
        """One page: its time in milliseconds and its queries, BEGIN and COMMIT aside, are noted."""
        sent = []

        def noted(execute, sql, *rest):
            sent.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(noted):
            began = time.perf_counter()
            answer = self.client.get(url)
            spent = 1000 * (time.perf_counter() - began)
        assert answer.status_code == 200, f"{url}: {answer.status_code}"
        self.spent.setdefault(what, []).append(spent)
        self.queries.setdefault(what, set()).add(sum(TOUCH not in one for one in sent))
        most = APART.get(what, MOST_QUERIES)
        assert len(sent) <= most, "\n".join(
            [f"{what}: {len(sent)} queries", *(" ".join(one.split())[:160] for one in sent)]
        )
        return answer.content


def measure(owner: str, app: str, names: dict[int, str], told: argparse.Namespace) -> None:
    """All viewers ask for all pages, in turns in both databases; then the table and the result."""
    visitors: dict[int, dict[str, Visitor]] = {}
    for n, name in names.items():
        ground.enter(owner, app, name)
        with closing(psycopg.connect(ground.named(owner, name))) as db:
            found = {who: db.execute(sql).fetchone() for who, sql in VIEWERS.items()}
        visitors[n] = {who: Visitor(Officer.objects.get(username=f"o{key[0]}_{key[1]}")) for who, key in found.items()}
    for _ in range(told.rounds):
        for n, name in names.items():
            ground.turn_to(app, name)
            for visitor in visitors[n].values():
                visitor.walk()
                visitor.forget_last()
            for _ in range(told.times):
                for visitor in visitors[n].values():
                    visitor.walk()
    report(visitors[told.few], visitors[told.files], told.files)


def report(few: dict[str, Visitor], many: dict[str, Visitor], n: int) -> None:
    """Medians and queries of every page, and the result: the viewer for whom the list stands worst against the admin."""
    print(f"{'ms at ' + format(n, ','):>22} " + "".join(f"{who:>24}" for who in many))
    for what in next(iter(many.values())).spent:
        cells = []
        for who, visitor in many.items():
            here, there = median(visitor.spent[what]), median(few[who].spent[what])
            cells.append(f"{here:8.1f} ×{here / there:4.1f} {max(visitor.queries[what]):3d} q")
        print(f"{what:>22} " + "".join(f"{cell:>24}" for cell in cells))
        same = {who: few[who].queries[what] | visitor.queries[what] for who, visitor in many.items()}
        assert what in APART or all(len(numbers) == 1 for numbers in same.values()), f"{what}: queries vary: {same}"
    # The admin's list opens with all files, ours with the open ones: the slower of ours with and without the closed counts.
    ours = {who: max(median(visitor.spent[what]) for what in ("list", "with closed")) for who, visitor in many.items()}
    admin = {who: median(visitor.spent["admin"]) for who, visitor in many.items()}
    worst = max(ours, key=lambda who: ours[who] / admin[who])
    growth = {
        who: round(median(visitor.spent["list"]) / median(few[who].spent["list"]), 2) for who, visitor in many.items()
    }
    queries = max(
        max(counts) for visitor in many.values() for what, counts in visitor.queries.items() if what not in APART
    )
    page = max(max(visitor.queries["dossier"]) for visitor in many.values())
    print(f"the list, ours against the admin: { {who: round(ours[who] / admin[who], 3) for who in ours} }")
    ground.tell(
        "dossiers", n, ours[worst], admin[worst], "ms", viewer=worst, growth=growth, queries=queries, page_queries=page
    )


if __name__ == "__main__":
    main()

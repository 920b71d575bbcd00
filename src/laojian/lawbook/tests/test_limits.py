"""Every row of the tables of time limits is encoded as told in law/examples/limits.yaml; one legal limit is one key."""

from datetime import timedelta

import pytest
import yaml

from laojian.lawbook import LawError, due, folder, law
from laojian.lawbook.clocks import RECURRING

LIMITS = yaml.safe_load((folder() / "examples/limits.yaml").read_text(encoding="utf-8"))
OF_CLOCKS = [row for row in LIMITS if "key" in row]
NAMES = [f"{row['table']} {row['id']} {row.get('key', '')}" for row in LIMITS]
TABLES = {"procedure": 62, "supervision": 61, "disputes": 37}


def test_no_row_of_the_tables_is_left_out():
    ids = {table: {row["id"] for row in LIMITS if row["table"] == table} for table in TABLES}
    assert {table: len(found) for table, found in ids.items()} == TABLES
    assert ids["supervision"] == {f"T{n:02}" for n in range(1, 62)}
    assert ids["disputes"] == {f"T{n:02}" for n in range(1, 32)} | {f"M{n:02}" for n in range(1, 7)}


@pytest.mark.parametrize("row", OF_CLOCKS, ids=[f"{row['table']} {row['id']} {row['key']}" for row in OF_CLOCKS])
def test_a_limit_is_encoded_as_its_row_tells(row):
    clock = law().clock(row["key"])
    version = clock.version(row["from"])
    length = " ".join(f"{m:02}-{d:02}" for m, d in version.days) if version.unit in RECURRING else version.length
    more = version.extension
    assert (length, version.unit, version.valid_from) == (row["length"], row["unit"], row["from"])
    assert version.valid_to == row.get("to", version.valid_to)
    assert row.get("more", "") == (f"{more.length} {more.unit} {more.approver}" if more and "more" in row else "")
    assert row.get("kind", clock.kind) == clock.kind
    assert clock.backward or row.get("direction") != "backward"
    assert "suspension" not in row or version.suspension.effect == row["suspension"]


@pytest.mark.parametrize("row", [row for row in LIMITS if "rate" in row], ids=str)
def test_a_limit_that_is_a_number_is_encoded_as_its_row_tells(row):
    version = law().rate(row["rate"], row["from"])
    assert (str(version.amount), version.valid_from) == (str(row["amount"]), row["from"])


TURNS = [(key, v) for key, clock in law().clocks.items() for v in clock.versions]
BOTH = [(key, version) for key, version in TURNS if version is not law().clock(key).versions[0]]


@pytest.mark.parametrize(("key", "version"), BOTH, ids=[f"{key} {version.valid_from}" for key, version in BOTH])
def test_on_either_side_of_a_version_date_the_law_of_the_starting_day_counts(key, version):
    """Derived from the data: the day before a version's first day has the one before it, the day itself this one."""
    before = law().clock(key).version(version.valid_from - timedelta(1))
    assert before.valid_to == version.valid_from - timedelta(1)
    for on, expected in ((version.valid_from, version), (before.valid_to, before)):
        assert law().clock(key).version(on) == expected
        if version.unit in ("hour", "given"):
            continue
        try:
            found = due(key, on)
        except LawError as missing:
            assert "放假安排" in str(missing)  # before the first calendar year
            continue
        assert (found.version, found.length, found.unit, found.basis) == (
            expected.valid_from, expected.length, expected.unit, expected.basis,
        )  # fmt: skip


def test_there_are_version_dates_to_look_at_both_sides_of():
    assert {("hearing_request", "2021-07-15"), ("announce", "2022-01-01"), ("suit", "2015-05-01")} <= {
        (key, version.valid_from.isoformat()) for key, version in BOTH
    }


FIRST = [(key, law().clock(key).versions[0]) for key in law().clocks]


@pytest.mark.parametrize(("key", "version"), FIRST, ids=[key for key, _ in FIRST])
def test_before_the_first_version_there_was_no_such_period(key, version):
    assert law().clock(key).at(version.valid_from - timedelta(1)) is None
    assert law().clock(key).at(version.valid_from) == version


@pytest.mark.parametrize(
    ("key", "start", "ends"),
    [
        ("plan_publish", "2026-01-01", "2026-03-31"),
        ("plan_publish", "2026-03-31", "2026-03-31"),
        ("plan_publish", "2026-04-01", "2027-03-31"),
        ("report_year", "2025-12-31", "2026-01-31"),
        ("law_report", "2027-12-31", "2028-03-01"),
        ("publish_grave", "2026-01-01", "2026-03-31"),
        ("publish_grave", "2026-10-01", "2026-12-31"),
        ("publish_grave_province", "2026-07-01", "2026-12-31"),
        ("report_quarter", "2026-03-31", "2026-04-10"),
        ("report_quarter", "2026-12-31", "2027-01-10"),
    ],
)
def test_what_is_due_on_days_of_the_year_falls_on_the_next_of_them(key, start, ends):
    day = type(law().clock(key).versions[0].valid_from).fromisoformat
    found = due(key, day(start))
    assert found.due_on == day(ends)
    assert any("取" in line and "最近的规定日期" in line for line in found.explain())


CONFLICTS = yaml.safe_load((folder() / "conflicts.yaml").read_text(encoding="utf-8"))
WEIGHT = {"V": 5, "W": 4, "M": 3, "m": 2, "C": 1, "I": 0}


@pytest.mark.parametrize("conflict", CONFLICTS, ids=[conflict["clock"] for conflict in CONFLICTS])
def test_where_the_sources_differ_the_better_confirmed_reading_was_taken(conflict):
    """The list names periods that exist, tells why, and never prefers the reading that is less confirmed."""
    assert law().clock(conflict["clock"]) and conflict["why"] and len(conflict["readings"]) > 1
    chosen = conflict["readings"][conflict["chosen"] - 1]
    assert all(WEIGHT[chosen["confidence"]] >= WEIGHT[other["confidence"]] for other in conflict["readings"])
    assert {reading["table"] for reading in conflict["readings"]} <= set(TABLES)
    assert law().clock(conflict["clock"]).versions[-1].confidence == chosen["confidence"]

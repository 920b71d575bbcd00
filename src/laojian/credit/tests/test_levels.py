"""Levels of evidence: the worked examples, one expression on two engines against the rule told one by one, how they decay."""

from datetime import date, timedelta
from random import Random

import duckdb
import pytest
import yaml
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from tests.visiting import VisitStory, firm

from laojian.credit.contacts import facts_of, level_of, levels_of, register_sql
from laojian.credit.grading import Told
from laojian.credit.levels import back, ends_on, kinds, level, statement, version_on
from laojian.lawbook import law
from laojian.lawbook.book import folder
from laojian.visits.models import Visit

EXAMPLES = yaml.safe_load((folder() / "examples/levels.yaml").read_text(encoding="utf-8"))
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
COLUMNS = ("kind", "on", "case", "ended", "reversed")
TABLE = (
    'CREATE {} TABLE evidence_facts (employer BIGINT, "case" BIGINT, kind TEXT, "on" DATE, ended DATE, reversed DATE)'
)


@pytest.mark.parametrize("told", EXAMPLES, ids=lambda told: told["says"])
def test_a_worked_example(told):
    facts = [Told(kind, on, n, *rest) for n, (kind, on, *rest) in enumerate(told["records"], 1)]
    found = level(facts, told["day"])
    assert found.level.key == told["level"]
    if "until" in told:
        assert found.until == told["until"]
        assert level(facts, told["until"]).level.key != told["level"]
        assert level(facts, told["until"] - timedelta(days=1)).level.key == told["level"]
    assert run([(1, fact) for fact in facts], 1, told["day"]) == {1: told["level"]}


def by_chance(rng: Random, employers: int) -> list[tuple[int, Told]]:
    """Records of every kind around a few years, titles that ended, visits that fell."""
    found, start = [], date(2022, 1, 1)
    for employer in range(1, employers + 1):
        for n in range(rng.randrange(6)):
            on = start + timedelta(days=rng.randrange(1500))
            later = on + timedelta(days=rng.randrange(1, 600))
            kind = rng.choice(list(kinds()))
            ended = later if kinds()[kind].lasts == "standing" and rng.random() < 0.5 else None
            found.append((employer, Told(kind, on, n, ended, later if rng.random() < 0.1 else None)))
    return found


def run(rows, employers: int, on: date) -> dict[int, str]:
    """Levels by the expression on DuckDB."""
    engine = duckdb.connect()
    engine.execute("CREATE TABLE graded_employers AS SELECT range AS id FROM range(1, ?)", [employers + 1])
    engine.execute(TABLE.format(""))
    for key, f in rows:
        engine.execute(
            "INSERT INTO evidence_facts VALUES (?, ?, ?, ?, ?, ?)", [key, f.case, f.kind, f.on, f.ended, f.reversed]
        )
    return dict(engine.execute(statement(on, "duckdb")).fetchall())


@pytest.mark.django_db
def test_the_rule_told_one_by_one_and_the_expression_on_two_engines_agree_on_registers_by_chance():
    rng = Random(21)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE graded_employers AS SELECT generate_series(1, 80)::bigint AS id")
        cursor.execute(TABLE.format("TEMP"))
        for _ in range(8):
            on, rows = date(2024, 1, 1) + timedelta(days=rng.randrange(900)), by_chance(rng, 80)
            cursor.execute("TRUNCATE evidence_facts")
            cursor.executemany("INSERT INTO evidence_facts VALUES (%s, %s, %s, %s, %s, %s)",
                               [(key, f.case, f.kind, f.on, f.ended, f.reversed) for key, f in rows])  # fmt: skip
            cursor.execute(statement(on, "postgres"))
            found = dict(cursor.fetchall())
            told = {key: level([f for other, f in rows if other == key], on).level.key for key in found}
            assert found == told == run(rows, 80, on)
            assert len(set(found.values())) > 3


@given(DAYS, st.integers(1, 60))
def test_the_day_of_decay_is_the_first_on_which_the_record_has_run_out(on, months):
    last = ends_on(on, months)
    assert on <= back(last, months) and on > back(last - timedelta(days=1), months)


FACT = st.builds(Told, st.sampled_from(["onsite", "written", "online", "found", "seen", "harmony"]), DAYS)


@given(st.lists(FACT, max_size=6), DAYS)
def test_without_anything_new_a_level_only_ever_falls_and_the_day_it_names_is_right(facts, on):
    facts = [fact for fact in facts if fact.on <= on]
    order = [each.key for each in version_on(on).every]
    found = level(facts, on)
    for days in (1, 100, 500, 900):
        later = level(facts, on + timedelta(days=days)).level.key
        assert order.index(later) >= order.index(found.level.key)
    if found.until:
        assert level(facts, found.until).level.key != found.level.key
        assert level(facts, found.until - timedelta(days=1)).level.key == found.level.key
    told = [fact for fact in facts if fact.kind in kinds()]
    assert {id(f) for f in found.carried_by}.isdisjoint(id(f) for f, _ in found.past) and len(found.past) <= len(told)


def test_the_law_data_name_modes_and_codes_that_exist():
    assert {"onsite", "written", "online", "found", "seen"} <= set(kinds())
    assert any(code.finding for code in law().results.values()) and any(code.unmet for code in law().results.values())


@pytest.mark.django_db
def test_a_visit_on_site_without_findings_raises_its_employer_and_another_stays(world):
    story, other = VisitStory(world), firm(22)
    assert level_of(story.employer.pk, date(2026, 3, 8)).level.key == "E0"
    story.ended()
    found = level_of(story.employer.pk, date(2026, 3, 10))
    assert found.level.key == "E3" and found.carried_by[0].case == story.file.id and found.until == date(2028, 3, 9)
    assert level_of(story.employer.pk, date(2026, 3, 8)).level.key == "E0"  # of a day before, as it then was
    assert levels_of([story.employer.pk, other.pk], date(2026, 3, 10)) == {story.employer.pk: "E3", other.pk: "E0"}
    with connection.cursor() as cursor:
        cursor.execute(register_sql(date(2026, 3, 10)))
        whole = dict(cursor.fetchall())
    assert whole[story.employer.pk] == "E3" and whole[other.pk] == "E0"


@pytest.mark.django_db
@pytest.mark.parametrize(("mode", "key"), [("written", "E2"), ("online", "E1")])
def test_what_was_read_on_paper_or_seen_as_data_verifies_less_than_a_visit(world, mode, key):
    story = VisitStory(world)
    story.ended()
    Visit.objects.filter(pk=story.file.id).update(mode=mode)
    assert level_of(story.employer.pk, date(2026, 3, 10)).level.key == key


@pytest.mark.django_db
def test_a_visit_that_found_something_is_a_contact_and_one_that_could_not_be_made_is_none(world):
    story = VisitStory(world)
    story.ended(codes=("pending",), wage_payment_ledger="没有台账")
    assert level_of(story.employer.pk, date(2026, 3, 10)).level.key == "E1"
    broken = VisitStory(world, firm(23)).ready()
    broken.do("break_off", world.zhang, why="unreachable", tried="两次上门，登记的住所没有人。")
    broken.do("conclude_visit", world.zhang, codes=["unreachable"], note="无法联系。", ended_on="2026-03-03")
    assert facts_of(broken.employer.pk) == []

"""The second line of access: whatever SQL is sent in an officer's name, the database shows only the files that officer may see."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from tests.world import at

from laojian.dossier.models import Access, Dossier
from laojian.dossier.queries import page, visible_to
from laojian.intake.models import Informant
from laojian.people.acting import acting
from laojian.people.queries import scope_of
from laojian.procedure.step import Refused
from laojian.procedure.take import open_file, take
from laojian.procedure.tests.carried import registered

pytestmark = pytest.mark.django_db
TIP = {
    "kind": "tip", "matter": "wages", "respondent": "宏示装饰工程（示例）有限公司", "summary": "拖欠工资",
    "informant_name": "镕喆堃", "informant_phone": "13900000000",
}  # fmt: skip
SEE = {
    "plainly": "SELECT count(*) FROM dossier_dossier",
    "by number": "SELECT count(*) FROM dossier_dossier WHERE id = (SELECT max(dossier_id) FROM record_entry)",
    "joined to its clocks": "SELECT count(*) FROM clocks_deadline c JOIN dossier_dossier d ON d.id = c.dossier_id",
    "as text": "SELECT count(*) FROM (SELECT to_jsonb(d)::text FROM dossier_dossier d) t",
    "locking it": "SELECT count(*) FROM (SELECT id FROM dossier_dossier FOR UPDATE) t",
    "with an error that tells": "SELECT count(*) FROM dossier_dossier WHERE 1 / (length(title) - length(title)) = 1",
}


def count(officer, sql: str) -> int:
    """A number that this SQL gives in the officer's name."""
    with acting(officer.pk), connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


@pytest.fixture
def file(world):
    """A tip at the district, by an informant who is sealed."""
    return open_file("general", "register", by=world.zhou, at=at("2026-01-05"), given=TIP)


@pytest.mark.parametrize("sql", SEE.values(), ids=SEE.keys())
@pytest.mark.parametrize("name", ["outsider", "outsider_head", "town_inspector", "public"])
def test_an_officer_of_another_bureau_sees_nothing_whatever_is_asked(world, file, name, sql):
    assert count(getattr(world, name), sql) == 0


@pytest.mark.parametrize("name", ["zhou", "zhang", "wang", "sun", "qian", "cao", "dong", "city_inspector", "clock"])
def test_the_bureau_and_the_line_above_it_see_the_file(world, file, name):
    officer = getattr(world, name)
    assert count(officer, SEE["plainly"]) == count(officer, SEE["joined to its clocks"]) == 1


def test_a_town_teams_file_is_seen_by_the_town_its_district_and_the_city_only(world):
    open_file("general", "register", by=world.town_inspector, at=at("2026-01-05"), given=TIP)
    for name, expected in {"town_inspector": 1, "wang": 1, "cao": 1, "outsider": 0}.items():
        assert count(getattr(world, name), SEE["plainly"]) == expected, name


def test_a_transferee_sees_the_one_file_opened_to_him(world, file):
    registered(world, "2026-01-05")
    Access.objects.create(
        dossier_id=file.id, officer=world.outsider, document="示移〔2026〕1号", since=date(2026, 1, 6)
    )
    with acting(world.outsider.pk):
        assert list(Dossier.objects.values_list("pk", flat=True)) == [file.id]
    assert count(world.outsider_head, SEE["plainly"]) == 0


def test_what_was_opened_to_one_officer_closes_on_the_day_that_was_set(world, file):
    Access.objects.create(
        dossier_id=file.id, officer=world.outsider, document="示移函〔2026〕1号", since="2026-01-05", until="2026-01-06"
    )
    with acting(world.outsider.pk):
        assert not Dossier.objects.filter(pk=file.id).exists()
        assert not visible_to(scope_of(world.outsider, date(2026, 1, 7))).filter(pk=file.id).exists()


def test_outside_help_by_letter_opens_the_file_to_the_helper(world, file):
    given = {"officer": world.outsider.pk, "role": "inspector", "document": "示人社函〔2026〕1号"}
    take(file.id, "ask_help", by=world.wang, at=at("2026-01-05", 10), given=given)
    assert count(world.outsider, SEE["plainly"]) == 1


CHANGE = {
    "update": "UPDATE dossier_dossier SET title = '改过'",
    "delete": "DELETE FROM dossier_dossier",
    "steal": "UPDATE dossier_dossier SET bureau_id = (SELECT bureau_id FROM people_officer WHERE id = my_id())",
}


@pytest.mark.parametrize("sql", CHANGE.values(), ids=CHANGE.keys())
def test_another_bureau_changes_nothing(world, file, sql):
    with acting(world.outsider.pk), connection.cursor() as cursor:
        cursor.execute(sql)
        assert cursor.rowcount == 0


def test_nobody_puts_a_file_into_another_bureau(world, file):
    ways = [
        lambda: Dossier.objects.filter(pk=file.id).update(bureau=world.elsewhere),
        lambda: Dossier.objects.create(
            flow="general",
            bureau=world.elsewhere,
            district=world.elsewhere,
            opened_on=date(2026, 1, 5),
            title="塞给别人的卷",
        ),
    ]
    for way in ways:
        with acting(world.zhou.pk), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            way()


@pytest.mark.parametrize(
    "name", ["zhang", "li", "zhao", "sun", "qian", "cao", "dong", "admin", "city_inspector", "outsider", "clock"]
)
def test_who_reported_is_shown_to_nobody_but_the_clerk_and_the_head(world, file, name):
    officer = getattr(world, name)
    assert count(officer, "SELECT count(*) FROM intake_informant") == 0
    assert count(officer, "SELECT count(*) FROM intake_source s JOIN intake_informant i ON i.source_id = s.id") == 0


@pytest.mark.parametrize("name", ["zhou", "wang"])
def test_the_clerk_and_the_head_know_who_reported(world, file, name):
    with acting(getattr(world, name).pk):
        assert Informant.objects.get().name == "镕喆堃"


@pytest.mark.parametrize("name", ["zhou", "outsider"])
def test_the_sealed_row_cannot_be_opened_to_others_or_removed(world, file, name):
    officer = getattr(world, name)
    for sql in (f"UPDATE intake_informant SET readers = ARRAY[{world.outsider.pk}]", "DELETE FROM intake_informant"):
        with acting(officer.pk), connection.cursor() as cursor:
            cursor.execute(sql)
            assert cursor.rowcount == 0
    with acting(world.zhou.pk):
        assert Informant.objects.count() == 1


def test_an_informant_stands_nowhere_in_the_record_or_the_papers(world, file):
    rows = "SELECT string_agg(to_jsonb(t)::text, '') FROM {} t"
    for table in ("record_entry", "papers_paper", "dossier_find", "intake_source", "cases_party", "dossier_dossier"):
        with acting(world.zhou.pk), connection.cursor() as cursor:
            cursor.execute(rows.format(table))
            text = cursor.fetchone()[0]
        assert text and "镕喆堃" not in text and "13900000000" not in text, table


@pytest.mark.parametrize("name", ["zhou", "wang", "cao", "city_inspector", "outsider", "town_inspector"])
def test_the_predicate_of_the_queries_and_the_policy_of_the_database_agree(world, file, name):
    open_file("general", "register", by=world.town_inspector, at=at("2026-01-05"), given=TIP)
    open_file("general", "register", by=world.outsider, at=at("2026-01-05"), given=TIP)
    officer = getattr(world, name)
    with acting(officer.pk):
        scope = scope_of(officer, date(2026, 1, 5))
        shown = set(Dossier.objects.values_list("pk", flat=True))
        assert {row.pk for row in visible_to(scope)} == {row.pk for row in page(scope, order=("id",))} == shown
        assert shown


def test_a_step_on_somebody_elses_file_finds_no_file(world, file):
    with pytest.raises(Dossier.DoesNotExist):
        take(file.id, "keep_party", by=world.outsider, at=at("2026-01-05", 10), given={})
    with pytest.raises(Refused):
        take(file.id, "keep_party", by=world.city_inspector, at=at("2026-01-05", 10), given={})

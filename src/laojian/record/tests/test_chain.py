"""Each entry is chained to the one before it, and the newest seals the file's whole state: a change behind its back shows."""

from datetime import UTC

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as some
from tests.world import at

from laojian.cases.models import Party
from laojian.procedure.take import take
from laojian.procedure.tests.carried import investigating, registered
from laojian.record.actions import completed, write
from laojian.record.models import Entry
from laojian.record.rules import CHAINED, canonical, entry_hash

from .chain import faults, rehashed


@pytest.mark.django_db
def test_a_file_carried_some_way_verifies(world):
    file = investigating(world, "2026-01-05")
    assert Entry.objects.filter(dossier_id=file.id).count() == 4
    assert faults(file.id) == []


@pytest.mark.django_db
def test_two_files_have_chains_of_their_own(world):
    one, two = registered(world, "2026-01-05"), registered(world, "2026-01-05")
    firsts = Entry.objects.filter(dossier_id__in=[one.id, two.id])
    assert [entry.previous for entry in firsts] == ["", ""]
    assert len({entry.hash for entry in firsts}) == 2


@pytest.mark.django_db
def test_a_file_changed_behind_its_records_back_shows(world):
    file = investigating(world, "2026-01-05")
    Party.objects.filter(dossier_id=file.id).update(name="别的公司")
    assert faults(file.id) == ["the file is not in the state that its newest entry sealed"]


FORGED = {name: f"'x' || substr({name}, 2)" for name in (*CHAINED, "hash")} | {
    "seq": "3", "at": "at + interval '1 microsecond'", "bureau_id": "NULL", "actor_id": "actor_id + 1", "dossier_id": "NULL",
    "given": "'{}'", "effects": """effects || '{"x": 1}'""",
}  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_whatever_is_forged_in_an_entry_shows(world, postgres):
    party, files = {"kind": "person", "role": "third", "name": "李示"}, {}
    for column in FORGED:
        file = registered(world, "2026-01-05")
        take(file.id, "keep_party", by=world.zhou, at=at("2026-01-05", 10), given=party)
        files[column] = file.id
    with postgres.connect(connection.settings_dict["NAME"]) as owner:
        owner.execute("ALTER TABLE record_entry DISABLE TRIGGER USER")
        for column, file_id in files.items():
            where = "WHERE dossier_id = %s AND seq = 2"
            owner.execute(f"UPDATE record_entry SET {column} = {FORGED[column]} {where}", [file_id])
        owner.execute("ALTER TABLE record_entry ENABLE TRIGGER USER")
    assert [column for column, file_id in files.items() if not faults(file_id)] == []


WORDS = some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
JSONS = some.recursive(
    some.none() | some.booleans() | some.integers(-(2**80), 2**80) | WORDS,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.django_db
@given(
    given=some.dictionaries(WORDS, JSONS, max_size=4),
    label=WORDS,
    moment=some.datetimes(timezones=some.just(UTC)),
)
def test_whatever_is_written_hashes_the_same_when_read_again(given, label, moment):
    kept = write(
        kind="deed",
        verb="try",
        label=label,
        at=moment,
        actor_id=1,
        actor_name="镕喆堃玥",
        given=given,
    )
    again = Entry.objects.get(pk=kept.pk)
    assert (again.given, rehashed(again)) == (given, kept.hash)


@given(one=some.dictionaries(WORDS, JSONS, max_size=4))
def test_the_canonical_form_knows_no_order_of_keys(one):
    assert canonical(one) == canonical(dict(reversed(one.items())))


def test_every_chained_field_changes_the_hash():
    whole = completed({"kind": "deed", "verb": "try", "at": at("2026-01-05"), "actor_id": 1, "actor_name": "示例"})
    row = {name: str(whole[name]) for name in CHAINED}
    assert len({entry_hash(row | {name: row[name] + "x"}) for name in CHAINED} | {entry_hash(row)}) == len(CHAINED) + 1

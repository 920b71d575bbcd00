"""An entry's line is, byte for byte, what PostgreSQL's COPY prints of the stored row; and it reads back as the entry."""

import json
from contextlib import closing
from datetime import UTC, datetime

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from laojian.record.actions import completed, write
from laojian.record.checking import cells, entry_of
from laojian.record.rules import CHAINED, entry_hash, line, stored
from laojian.record.streams import LINES, lines

TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=12)
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT | st.integers(-(10**6), 10**6).map(lambda n: n / 8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=5),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def server(postgres):
    with closing(postgres.connect("postgres", autocommit=True)) as opened:
        yield opened


@given(VALUE)
def test_json_is_told_as_the_database_prints_it(server, value):
    printed = server.execute("SELECT %s::jsonb::text", [json.dumps(value)]).fetchone()[0]
    assert stored(value) == printed


@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])))
def test_a_cell_is_escaped_as_copy_does_and_read_back(server, text):
    with server.cursor() as cursor, cursor.copy("COPY (SELECT %s::text, NULL, 7) TO STDOUT", [text]) as rows:
        (row,) = (bytes(each)[:-1] for each in rows)
    assert cells(row) == [text, None, "7"]


@pytest.mark.parametrize("value", [1e300, 1e-9, float("nan"), -0.0, {"a": [1e22]}])
def test_a_fraction_that_would_be_stored_otherwise_is_refused(value):
    with pytest.raises(ValueError, match="as text"):
        stored(value)


@pytest.mark.django_db
def test_the_line_of_a_stored_entry():
    told = {
        "kind": "deed", "verb": "note", "label": "一\t二\\三", "at": datetime(2026, 1, 5, 9, 30, 0, 123, UTC), "actor_id": 7,
        "actor_name": "周\n受理", "actor_post": "", "given": {"bb": "\t", "a": [1, 2.5, None, "\u0001"], "长": {"z": True, "y": {}}},
    }  # fmt: skip
    entry = write(**told)
    (row,) = lines(connection.connection, f"SELECT {LINES} FROM record_entry e WHERE id = {entry.pk}")
    assert row == line(vars(entry))
    read = entry_of(row)
    assert entry_hash({name: read[name] for name in CHAINED}) == read["hash"] == entry.hash
    assert completed(told)["leaf"] != completed(told)["leaf"], "each has its own salt"

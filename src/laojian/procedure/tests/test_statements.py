"""What a step costs the database: at most ten statements, counted as they are sent, whatever the file holds."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world import at

from laojian.procedure.step import Refused
from laojian.procedure.take import open_file, take

from .carried import COMPLAINT, FILING, filed, registered

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 10
BOUNDS = ("BEGIN", "COMMIT")  # of the transaction, no statements


def sent(do) -> list[str]:
    """The statements that a deed sends."""
    connection.ensure_connection()
    with CaptureQueriesContext(connection) as captured:
        do()
    assert [captured.captured_queries[n]["sql"] for n in (0, -1)] == list(BOUNDS), (
        "one transaction, and nothing outside it"
    )
    return [query["sql"] for query in captured.captured_queries[1:-1]]


def test_a_step_with_clocks_and_papers_sends_at_most_ten_statements(world):
    file = registered(world, "2026-01-05")
    take(file.id, "propose_filing", by=world.zhou, at=at("2026-01-05", 10), given=FILING)
    seen = {}

    def approve():
        seen["file"] = take(file.id, "file", by=world.wang, at=at("2026-01-05", 11), given={"opinion": "同意"})

    statements = sent(approve)
    started = [clock["key"] for clock in seen["file"].clocks if not clock["ending"]]
    assert sorted(started) == ["conclude", "investigate"]
    assert any("papers_paper" in sql and "INSERT" in sql for sql in statements)
    assert len(statements) <= MOST, "\n".join(statements)


@pytest.mark.parametrize(
    ("verb", "by", "given"),
    [
        ("assign", "wang", lambda world: {"lead": world.zhang.pk, "second": world.li.pk}),
        ("keep_party", "zhou", lambda _: {"kind": "person", "role": "third", "name": "李示"}),
    ],
)
def test_other_steps_do_too(world, verb, by, given):
    file, at_ten = filed(world, "2026-01-05"), at("2026-01-06")
    statements = sent(lambda: take(file.id, verb, by=getattr(world, by), at=at_ten, given=given(world)))
    assert len(statements) <= MOST, "\n".join(statements)


def test_a_long_file_costs_no_more_statements_than_a_short_one(world):
    def propose(file):
        return lambda: take(file.id, "propose_filing", by=world.zhou, at=at("2026-01-06"), given=FILING)

    short, long = registered(world, "2026-01-05"), registered(world, "2026-01-05")
    for n in range(25):
        party = {"kind": "person", "role": "third", "name": f"李示{n}"}
        take(long.id, "keep_party", by=world.zhou, at=at("2026-01-05", 10, n), given=party)
    assert len(sent(propose(short))) == len(sent(propose(long))) <= MOST


def test_opening_a_file_writes_its_source_party_and_case_besides(world):
    statements = sent(lambda: open_file("general", "register", by=world.zhou, at=at("2026-01-05"), given=COMPLAINT))
    besides = ("dossier_dossier", "intake_source", "cases_party", "cases_case")
    assert (
        len([sql for sql in statements if not sql.startswith(tuple(f'INSERT INTO "{name}"' for name in besides))])
        <= MOST
    )


def test_a_refusal_writes_nothing(world):
    file = registered(world, "2026-01-05")
    with CaptureQueriesContext(connection) as captured, pytest.raises(Refused, match="监察机构负责人"):
        take(file.id, "file", by=world.zhou, at=at("2026-01-06"), given={"opinion": "同意"})
    statements = [query["sql"] for query in captured.captured_queries]
    assert statements[-1] == "ROLLBACK"
    assert not [sql for sql in statements if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE", "WITH"))]

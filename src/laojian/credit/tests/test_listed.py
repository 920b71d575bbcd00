"""The wage-arrears list as a fact: a C in Tianjin from the decision to the removal; a revoked listing counts no more."""

from datetime import date

import pytest
from tests.listing import disobeyed_case, listed

from laojian.credit.grading import grade
from laojian.credit.records import facts_of
from laojian.credit.schemes import schemes
from laojian.evidence.store import keep_bytes
from laojian.papers.models import Paper
from laojian.people.acting import acting

from .test_records import respondent

pytestmark = pytest.mark.django_db
TIANJIN = schemes()["tianjin"]


@pytest.fixture
def told(world):
    """A listing of 13 April 2026, published, and its employer."""
    case = disobeyed_case(world)
    employer = respondent(case)
    story = listed(world, case)
    story.employer = employer
    return story


def rule_on(world, told, day: str) -> str:
    """The condition that decides in Tianjin: t2 is the list, t4 the order of the same case."""
    with acting(world.clock.pk):
        found, rule = grade(facts_of(told.employer.pk), TIANJIN, date.fromisoformat(day))
    assert (found == "C") == (rule is not None and rule.key == "t2")
    return rule.key if rule else ""


def test_who_stands_on_the_list_is_a_c_until_it_is_removed(world, told):
    assert [rule_on(world, told, day) for day in ("2026-04-12", "2026-04-13", "2028-12-31")] == ["t4", "t2", "t2"]
    told.do(
        "note_listing_correction", world.zhang, "2026-05-20", corrected_on="2026-05-20", proof="银行回单", verified=True
    )
    promise = keep_bytes(b"%PDF-1.4 promise")
    told.do("apply_early", world.zhou, "2026-11-20", received_on="2026-11-20", statement="已经付清。", promise=promise)
    told.do("grant_early", world.sun, "2026-11-23", opinion="已经改正并承诺。")
    told.do("remove_listing", world.zhang, "2026-11-25", on="2026-11-25", places="信用中国（示例）")
    assert [rule_on(world, told, day) for day in ("2026-11-24", "2026-11-25")] == ["t2", "t4"]


def test_a_listing_that_was_revoked_counts_no_more(world, told):
    Paper.objects.filter(pk=told.file.listing["paper_id"]).update(voided="复议撤销")
    told.do(
        "revoke_listing",
        world.sun,
        "2026-06-01",
        why="order",
        document="宝政复决〔2026〕1号",
        reason="责令文书被撤销。",
    )
    assert [rule_on(world, told, day) for day in ("2026-05-31", "2026-06-01")] == ["t2", ""]

"""Local values: nobody guesses; every one says what happens while it is not set; what other places have is in force nowhere."""

from datetime import date
from decimal import Decimal

import pytest

from laojian.lawbook import LawError, Set, Unset, law
from laojian.lawbook.local import BEHAVIOURS, read_value

ON = date(2026, 3, 2)
ROW = {
    "value": "20000",
    "document": "示例办发〔2026〕1号（虚构）",
    "source": "示例政府网",
    "by": "管理员",
    "on": "2026-01-05",
}
OPTIONS = {"local": {"hearing_employer": {"2026-01-01": ROW, "2027-01-01": ROW | {"value": "30000"}}}}
DECLARED = {
    "hearing_employer": "tell_everyone",
    "hearing_citizen": "tell_everyone",
    "crime_one": "human_decision",
    "crime_many": "human_decision",
    "listing_amount": "human_decision",
    "discussion_amount": "human_decision",
    "report_days": "warn",
    "max_representatives": "warn",
    "visits_a_year": "warn",
}


@pytest.mark.parametrize(("key", "behaviour"), DECLARED.items())
def test_while_nothing_is_set_the_declared_behaviour_holds(key, behaviour):
    found = law().local(key, {}, ON)
    assert isinstance(found, Unset)
    assert (found.behaviour, found.words) == (behaviour, law().local_values[key].words)


@pytest.mark.parametrize("key", law().local_values)
def test_every_value_tells_who_may_set_it_on_which_article_and_what_happens_meanwhile(key):
    lines = law().explain_local(key, {}, ON)
    value = law().local_values[key]
    assert "未设定" in lines[0] and value.words in lines[0] and BEHAVIOURS[value.unset] in lines[0]
    assert law().article(value.basis).cite in lines[1] and value.set_by in lines[1]


def test_what_the_bureau_has_set_holds_from_its_day_on():
    assert isinstance(law().local("hearing_employer", OPTIONS, date(2025, 12, 31)), Unset)
    found = law().local("hearing_employer", OPTIONS, ON)
    assert (found.value, found.since, found.document) == (Decimal(20000), date(2026, 1, 1), ROW["document"])
    assert law().local("hearing_employer", OPTIONS, date(2027, 1, 1)).value == Decimal(30000)
    assert "2026-01-05 由管理员登记" in "\n".join(law().explain_local("hearing_employer", OPTIONS, ON))


def test_what_other_places_have_set_is_in_force_for_nobody():
    assert {example.place for example in law().local_examples} >= {"北京市", "湖南省", "辽宁省"}
    for example in law().local_examples:
        assert example.source and isinstance(law().local(example.key, {}, max(ON, example.valid_from)), Unset)


def test_a_period_left_to_the_bureau_takes_the_length_it_has_set():
    own = {"local": {"report_days": {"2026-01-01": ROW | {"value": "15"}}}}
    assert law().own_length("report_government", own, ON) == (15, "day")
    assert law().own_length("report_government", own, date(2025, 12, 31)) is None
    assert law().own_length("investigate", own, ON) is None


def test_a_regions_number_is_the_regions_to_tell(monkeypatch):
    value = law().local_values["crime_one"]
    assert value.rate == "crime_one" and isinstance(law().local("crime_one", {"region": "tianjin"}, ON), Unset)
    told = {"local": {"crime_one": {"2026-01-01": ROW | {"value": "12345"}}}}
    found = law().local("crime_one", told, ON)
    assert isinstance(found, Set) and found.value == Decimal(12345)


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("hearing_employer", "很多"),
        ("hearing_employer", "-1"),
        ("hearing_employer", "NaN"),
        ("report_days", "1.5"),
        ("report_days", "0"),
        ("decision_limit_policy", "often"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_in_words(key, written):
    with pytest.raises(LawError, match="应为"):
        read_value(law().local_values[key], written)


def test_an_unknown_value_is_refused():
    with pytest.raises(LawError, match="没有本地数值“hearing_amount”"):
        law().local("hearing_amount", {}, ON)


def test_hints_of_law_whose_force_is_unconfirmed_are_only_hints():
    doubtful = {key for key, known in law().laws.items() if known.force}
    assert "tjlsr" in doubtful
    resting = [c for c in law().clocks.values() if any(law().article(v.basis).source in doubtful for v in c.versions)]
    assert {clock.key for clock in resting} == {"tj_file", "tj_close"} and all(c.kind == "hint" for c in resting)


def test_a_steps_page_tells_what_is_not_set_and_falls_silent_once_it_is():
    def told(options):
        return [value.key for value in law().unset_at("propose_notice", options, ON)]

    assert told({}) == ["hearing_employer", "hearing_citizen"]
    assert told(OPTIONS) == ["hearing_citizen"]
    assert law().unset_at("archive", {}, ON) == []

"""An act beyond one's power is refused, with article and remedy: a town decides only what was handed to it on the day."""

from datetime import date
from types import SimpleNamespace

import pytest
import yaml

from laojian.cases.forms.finding import powers_offered
from laojian.cases.matters import matters
from laojian.cases.power_guards import in_power, ordering
from laojian.cases.replay.play import Play, Stopped
from laojian.cases.replay.story import read_story
from laojian.lawbook import folder, law
from laojian.people.rules import list_of_powers

HANDED = {"powers": {"2021-09-01": "example-town"}}


def said(verb: str, level: str, options: dict, on: str, powers=(), kinds=()) -> list:
    """What the guard says of a file in which these powers were found and of a paper that demands these kinds."""
    file = SimpleNamespace(
        bureau={"level": level, "options": options},
        on=date.fromisoformat(on),
        findings=[{"power": key} for key in powers],
    )
    return list(in_power(file, SimpleNamespace(verb=verb), {"addressees": [{"kind": kind} for kind in kinds]}))


def test_a_bureau_of_the_city_or_a_district_holds_what_the_law_gives_until_it_registers_its_list():
    assert said("decide_penalty", "district", {}, "2026-03-02", ["illegal-overtime", "wi-not-insured"]) == []
    registered = {"powers": {"2020-01-01": "tianjin-2020"}}
    (refused,) = said("decide_penalty", "district", registered, "2026-03-02", ["illegal-overtime", "wi-not-insured"])
    assert refused.basis == "apl-17" and "工伤保险" in refused.text and refused.remedy


def test_a_town_without_a_document_may_neither_punish_nor_order():
    (fine,) = said("decide_penalty", "town", {}, "2026-03-02", ["illegal-overtime"])
    (order,) = said("order_correction", "town", {}, "2026-03-02", kinds=["pay", "pay"])
    assert (fine.basis, order.basis) == ("apl-17", "lsr-10") and "没有登记权责清单" in fine.text


@pytest.mark.parametrize(
    ("on", "refusals"), [("2021-08-31", 1), ("2021-09-01", 0), ("2028-08-31", 0), ("2028-09-01", 1)]
)
def test_a_town_orders_within_the_term_of_its_mandate(on, refusals):
    assert len(said("order_correction", "town", HANDED, on, kinds=["correct"])) == refusals
    assert len(said("decide_treatment", "town", HANDED, on, kinds=["compensate"])) == refusals


def test_every_violation_beyond_the_power_is_named_at_once():
    found = said("decide_penalty", "town", HANDED, "2023-04-27", ["illegal-overtime", "child-labour-use", "si-arrears"])
    assert len(found) == 2 and {reason.basis for reason in found} == {"apl-24"}


def test_the_list_of_the_day_counts():
    options = {"powers": {"2020-01-01": "tianjin-2020", "2026-01-01": "example-town"}}
    days = {date(2019, 12, 31): "national", date(2020, 1, 1): "tianjin-2020", date(2026, 1, 1): "example-town"}
    assert all(list_of_powers("city", options, day) == key for day, key in days.items())
    assert list_of_powers("town", {}, date(2026, 1, 1)) == ""


def test_what_can_be_demanded_can_be_ordered_by_some_power():
    assert all(ordering(kind) for kind in ("correct", "pay", "compensate", "refund"))


def test_what_may_not_be_punished_is_not_found_either():
    town = SimpleNamespace(bureau={"level": "town", "options": HANDED}, on=date(2023, 4, 27), findings=[])
    finding = SimpleNamespace(verb="find_violation")
    assert list(in_power(town, finding, {"power": "illegal-overtime"})) == list(in_power(town, finding, None)) == []
    assert [reason.basis for reason in in_power(town, finding, {"power": "child-labour-use"})] == ["apl-24"]


def test_a_finding_offers_the_matters_powers_first_and_each_once():
    choices = powers_offered(matters()["overtime"].powers)
    keys = [key for _, group in choices[1:] for key, _ in group]
    assert choices[1] == ("本案由常用", [("illegal-overtime", law().power("illegal-overtime").label)])
    assert len(keys) == len(set(keys)) > 60 and not any(law().power(key).kind != "penalty" for key in keys)


@pytest.mark.django_db
@pytest.mark.parametrize("powers", ["", "no-such-list"])
def test_the_published_case_of_a_town_stops_where_its_list_is_missing(tmp_path, powers):
    told = yaml.safe_load((folder() / "examples/cases/nb-2023-yinzhou-town.yaml").read_text(encoding="utf-8"))
    path = tmp_path / "story.yaml"
    path.write_text(yaml.safe_dump(told | {"powers": powers}, allow_unicode=True), encoding="utf-8")
    with pytest.raises(Stopped) as stopped:
        Play(read_story(path)).run()
    assert {reason.basis for reason in stopped.value.reasons} == {"lsr-10"}

"""What a penalty comes to: published sums, both sides of every edge, and what holds of any facts."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laojian.lawbook import LawError, law
from laojian.lawbook.applicable import applicable, frozen, penalty
from laojian.lawbook.facts import facts, months_of, stretches
from laojian.lawbook.penalties import reckon
from laojian.lawbook.powers import Measure, Power, PowerVersion

ON = date(2026, 3, 2)
OVERTIME, REFUSED, CHILD = "illegal-overtime", "refuse-order", "child-labour-use"


def made(key, on=ON, **told):
    return penalty(key, facts(told, on))[0]


def fields(said):
    return [(each.basis, each.field) for each in said]


# ── sums as published ──


@pytest.mark.parametrize(
    ("key", "told", "lowest", "highest", "amount"),
    [
        (OVERTIME, {"groups": [{"people": 106, "per_head": "100"}]}, 10600, 53000, 10600),
        (OVERTIME, {"groups": [{"people": 14, "per_head": 200}, {"people": 13, "per_head": 400}, {"people": 49, "per_head": 100}]},
         7600, 38000, 12900),
        (CHILD, {"groups": [{"people": 2, "stretches": "2021-11-11至2021-11-19"}], "chosen": [1]}, 10000, 10000, 10000),
        (CHILD, {"groups": [{"people": 2, "stretches": "2024-03-14至2024-06-19"}], "chosen": [1]}, 40000, 40000, 40000),
        (REFUSED, {"order": "disobeyed", "amount": "15000"}, 2000, 20000, 15000),
    ],
)  # fmt: skip
def test_a_published_sum_comes_out(key, told, lowest, highest, amount):
    found = made(key, **told)
    assert (found.lowest, found.highest, found.amount, found.objections) == (lowest, highest, amount, [])


def test_stretches_are_rounded_up_one_by_one_and_never_joined():
    one = made(CHILD, groups=[{"people": 1, "stretches": "2024-01-10至2024-02-20；2024-06-01至2024-06-02"}], chosen=[1])
    joined = made(CHILD, groups=[{"people": 1, "stretches": "2"}], chosen=[1])
    assert (one.amount, joined.amount) == (15000, 10000)
    assert made(CHILD, groups=[{"people": 1, "stretches": "2+5"}], chosen=[1]).amount == 35000
    apart = [{"people": 1, "stretches": "2"}, {"people": 1, "stretches": "5"}]
    assert made(CHILD, groups=apart, chosen=[1]).amount == 35000


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2024-03-14", "2024-06-13", 3), ("2024-03-14", "2024-06-14", 4), ("2024-03-14", "2024-03-14", 1),
        ("2024-01-31", "2024-02-29", 1), ("2024-01-31", "2024-03-01", 2), ("2023-12-01", "2023-12-31", 1),
        ("2023-12-01", "2024-01-01", 2), ("2024-02-29", "2025-02-28", 12), ("2024-02-29", "2025-03-01", 13),
    ],
)  # fmt: skip
def test_a_part_of_a_month_counts_whole(first, last, months):
    assert months_of(date.fromisoformat(first), date.fromisoformat(last)) == months


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("三个月", "看不懂"),
        ("0", "看不懂"),
        ("2024-03-14至2024-03-01", "颠倒"),
        ("2024-02-30至2024-03-01", "没有“2024-02-30”这一天"),
    ],
)
def test_a_stretch_that_cannot_be_read_is_refused(text, says):
    with pytest.raises(LawError, match=says):
        stretches(text)


# ── the ends of a range ──


@pytest.mark.parametrize(
    ("amount", "field"), [("2000", None), ("20000", None), ("1999.99", "amount"), ("20000.01", "amount")]
)
def test_a_fine_lies_within_its_range_ends_included(amount, field):
    found = made(REFUSED, order="disobeyed", amount=amount)
    assert fields(found.objections) == ([("lsr-30", field)] if field else [])


def test_below_the_least_only_on_a_ground_of_mitigation_and_never_nothing():
    told = {"order": "disobeyed", "corrected": "before_decision", "grounds": ["relieved"]}
    found = made(REFUSED, amount="1000", **told)
    assert found.objections == [] and found.below and ("apl-32", "reason") in fields(found.warnings)
    assert fields(made(REFUSED, amount="0", **told).objections) == [("lsr-30", "amount")]
    assert fields(made(REFUSED, order="disobeyed", amount="1000", grounds=["emergency"]).objections) == [
        ("lsr-30", "amount")
    ]


def test_a_fine_that_may_be_left_out_may_be_nothing_but_not_something_below_the_least():
    groups = [{"people": 22}]
    assert made(OVERTIME, groups=groups, amount="0").objections == []
    assert fields(made(OVERTIME, groups=groups, amount="500").objections) == [("lsr-25", "amount")]


@pytest.mark.parametrize("order", ["none", "running", "unchecked", "obeyed"])
def test_no_fine_before_the_time_of_an_order_ran_out_unobeyed(order):
    assert fields(made(REFUSED, order=order, amount="2000").objections) == [("lsr-30", "power")]


def test_the_maximum_although_the_party_corrected_must_be_answered():
    late = made(REFUSED, order="disobeyed", amount="20000", corrected="before_decision")
    assert ("apl-32", "reason") in fields(late.warnings) and late.objections == []
    for told in ({"amount": "19999", "corrected": "before_decision"}, {"amount": "20000", "corrected": "none"}):
        assert ("apl-32", "reason") not in fields(made(REFUSED, order="disobeyed", **told).warnings)
    fixed = made(CHILD, groups=[{"people": 1, "stretches": "1"}], chosen=[1], corrected="in_time")
    assert fixed.warnings == []  # a fixed sum is no maximum


def test_what_is_not_known_is_not_zero():
    assert fields(made(OVERTIME).objections) == [("lsr-25", "groups")]
    assert fields(made(CHILD, groups=[{"people": 2}], chosen=[1]).objections) == [("child-6", "groups")]
    assert fields(made("si-arrears", order="disobeyed").objections)[0][1] == "arrears"


def test_measures_under_conditions_are_chosen_not_guessed():
    groups = [{"people": 1, "stretches": "1"}]
    assert fields(made(CHILD, groups=groups).objections) == [("child-6", "chosen")]
    assert [made(CHILD, groups=groups, chosen=[n]).amount for n in (1, 2)] == [5000, 10000]


def test_responsible_persons_are_fined_by_themselves():
    both = made("mw-ledger", order="disobeyed", persons=2)
    assert (both.lowest, both.highest) == (40000, 110000)
    one = made("mw-ledger", order="disobeyed", whom="responsible")
    assert (one.lowest, one.highest) == (10000, 30000)
    assert made("mw-ledger", order="disobeyed", whom="employer").highest == 50000


def test_a_fine_by_times_of_a_sum_ends_at_its_cap():
    assert made("hr-prohibited-acts", sums={"illegal_income": "810000"}, chosen=[2]).highest == 30000
    assert made("hr-prohibited-acts", sums={"illegal_income": "5000"}, chosen=[2]).highest == 15000


def test_where_the_law_names_no_sum_none_is_reckoned():
    found = made("retaliation", amount="3000")
    assert found.highest is None and ("ll-101", "reason") in fields(found.warnings)


# ── tiers and grounds ──


@pytest.mark.parametrize(
    ("people", "tier"), [(9, "slight"), (10, "ordinary"), (29, "ordinary"), (30, "serious"), (50, "grave")]
)
def test_the_number_of_workers_leads_to_a_tier(people, tier):
    assert made(OVERTIME, groups=[{"people": people}]).tier.key == tier


def test_the_gravest_factor_counts_and_grounds_move_the_tier():
    told = {"order": "disobeyed", "factors": {"months": 2, "repeated": True}}
    assert made(REFUSED, **told).tier.key == "serious"
    assert made(REFUSED, **told, corrected="before_decision", grounds=["relieved"]).tier.key == "ordinary"
    assert made(REFUSED, **told, grounds=["emergency"]).tier.key == "grave"
    assert made(REFUSED, order="disobeyed", corrected="before_decision", grounds=["relieved"]).tier.key == "slight"


def test_a_fixed_sum_knows_no_tier():
    assert made(CHILD, groups=[{"people": 60, "stretches": "1"}], chosen=[1]).tier is None


def test_outside_its_tier_a_fine_needs_a_reason():
    assert fields(made(REFUSED, order="disobeyed", amount="8000").warnings) == [("apl-34", "reason")]
    assert made(REFUSED, order="disobeyed", amount="6500").warnings == []


LISTED = {"groups": [{"people": 22}], "acted_on": "2022-07-19", "corrected": "in_time", "said": ["harmless", "first"],
          "factors": {"months": 1}, "grounds": ["listed"]}  # fmt: skip


@pytest.mark.parametrize(
    ("acted", "on", "spared"),
    [
        ("2021-07-31", "2021-07-31", False), ("2021-07-31", "2021-08-01", True), ("2022-07-19", "2026-07-31", True),
        ("2026-07-31", "2026-08-01", True), ("2026-08-01", "2026-08-01", False), ("2026-08-01", "2026-11-02", False),
    ],
)  # fmt: skip
def test_the_list_of_minor_violations_has_its_days(acted, on, spared):
    told = LISTED | {"acted_on": acted}
    found = made(OVERTIME, date.fromisoformat(on), **told)
    assert (found.objections == []) is spared
    if spared:
        assert found.amount == 0 and fields(made(OVERTIME, date.fromisoformat(on), **told, amount="2200").objections)
    else:
        assert "不能引用" in found.objections[0].text


def test_a_list_that_ended_after_the_act_is_claimed_only_with_a_reason_that_says_why_it_is_doubtful():
    told = LISTED | {"acted_on": "2026-07-31"}
    assert made(OVERTIME, date(2026, 7, 31), **told).warnings == []
    (doubt,) = made(OVERTIME, date(2026, 8, 1), **told).warnings
    assert (doubt.basis, doubt.field) == ("apl-37", "reason") and "须由法制机构确认" in doubt.text
    unclaimed = made(OVERTIME, date(2026, 8, 1), **told | {"grounds": []})
    assert not any("清单" in each.text for each in unclaimed.warnings), (
        "nobody is pressed to claim a list that has ended"
    )


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"factors": {"months": 4}}, "持续 3 个月以下"), ({"factors": {}}, "没有写明违法持续时间"),
        ({"corrected": "before_decision"}, "及时改正"), ({"said": ["first"]}, "没有造成危害后果"),
    ],
)  # fmt: skip
def test_a_ground_is_claimed_only_with_all_its_conditions(change, says):
    found = made(OVERTIME, date(2022, 11, 1), **LISTED | change)
    assert any(says in each.text for each in found.objections)


def test_a_power_that_the_list_does_not_name_is_not_spared_by_it():
    found = made(REFUSED, date(2022, 11, 1), **{k: v for k, v in LISTED.items() if k != "groups"}, order="disobeyed")
    assert any("不包括这一违法事项" in each.text for each in found.objections)


def test_a_ground_that_spares_and_that_nobody_claimed_is_pointed_out():
    told = {"groups": [{"people": 2}], "corrected": "in_time", "said": ["slight", "harmless"]}
    assert any("依法应当不予处罚" in each.text for each in made(OVERTIME, **told).warnings)


def test_grounds_are_as_old_as_their_law():
    old = {"order": "disobeyed", "corrected": "in_time", "said": ["first", "minor_harm"], "grounds": ["first_minor"]}
    assert any(
        "不能引用" in each.text
        for each in made("illegal-overtime", date(2021, 7, 14), groups=[{"people": 1}], **old).objections
    )
    assert made("illegal-overtime", date(2021, 7, 15), groups=[{"people": 1}], **old).objections == []


@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        (["first"], "危害后果轻微"),
        (["minor_harm"], "初次违法"),
        (["first", "harmless"], ""),
        (["first", "minor_harm"], ""),
    ],
)
def test_a_first_violation_is_spared_only_where_its_harm_was_minor(said, lacks):
    found = made(OVERTIME, groups=[{"people": 1}], corrected="in_time", said=said, grounds=["first_minor"])
    assert [each.text for each in found.objections] == ([] if not lacks else [found.objections[0].text])
    assert not lacks or (lacks in found.objections[0].text and found.objections[0].basis == "apl-33")


# ── which law ──


def power(*versions):
    """An invented power: (from, to, lowest, highest) of each version."""
    rows = tuple(
        PowerVersion(date.fromisoformat(since), date.fromisoformat(to) if to else None, ("lsr-18",), ("lsr-30",),
                     (Measure("fine", "fixed", "", Decimal(low), Decimal(high), False, "employer", ""),), False, "V", "")
        for since, to, low, high in versions
    )  # fmt: skip
    return Power("invented", "示例事项", "penalty", "示例", "用人单位", True, rows)


def version_of(power_, acted, on):
    told = facts({"acted_on": acted}, date.fromisoformat(on))
    version, why = applicable(power_, told, law().discretion, "apl-37")
    return version.valid_from.isoformat(), why.text


def test_the_law_of_the_day_of_the_act_applies_unless_the_newer_is_lighter():
    heavier = power(("2010-01-01", "2021-12-31", 2000, 20000), ("2022-01-01", None, 3000, 30000))
    lighter = power(("2010-01-01", "2021-12-31", 2000, 20000), ("2022-01-01", None, 1000, 20000))
    assert version_of(heavier, "2021-12-31", "2022-06-01")[0] == "2010-01-01"
    assert version_of(heavier, "2022-01-01", "2022-06-01")[0] == "2022-01-01"
    since, why = version_of(lighter, "2021-12-31", "2022-06-01")
    assert since == "2022-01-01" and "新的规定较轻" in why
    assert version_of(lighter, "2021-12-31", "2021-12-31")[0] == "2010-01-01"


def test_before_the_law_said_so_the_choice_is_marked_as_an_interpretation():
    told = {"acted_on": "2021-01-05", "groups": [{"people": 1}]}
    _, before = penalty(OVERTIME, facts(told, date(2021, 7, 14)))
    _, since = penalty(OVERTIME, facts(told, date(2021, 7, 15)))
    assert before.basis == "" and "解释意见" in before.text and "2021-07-15" in before.text
    assert since.basis == "apl-37" and "解释意见" not in since.text


def test_what_was_no_violation_then_or_is_none_now_is_not_punished():
    ended = power(("2010-01-01", "2021-12-31", 2000, 20000))
    with pytest.raises(LawError, match="尚无"):
        version_of(ended, "2009-12-31", "2020-01-01")
    with pytest.raises(LawError, match="已不再处罚"):
        version_of(ended, "2021-12-31", "2022-01-01")


def test_the_reckoning_is_kept_with_articles():
    found, why = penalty(REFUSED, facts({"order": "disobeyed", "amount": "8000"}, ON))
    kept = frozen(found, why)
    assert kept[0]["basis"] == "apl-37" and any(
        line["basis"] == "lsr-30" and "8,000 元" in line["text"] for line in kept
    )
    assert all(line["cite"] for line in kept if line["basis"])


# ── whatever the facts ──

PENALTIES = [key for key, each in law().powers.items() if each.kind == "penalty"]
group = st.fixed_dictionaries({"people": st.integers(1, 300), "stretches": st.sampled_from(["1", "2+5", "0.5"])})
anything = st.fixed_dictionaries({
    "groups": st.lists(group, max_size=3),
    "persons": st.integers(0, 3), "corrected": st.sampled_from(["", "none", "in_time", "before_decision"]),
    "order": st.sampled_from(["none", "disobeyed"]),
    "said": st.lists(st.sampled_from(["slight", "harmless", "minor_harm", "first"]), unique=True),
    "grounds": st.lists(st.sampled_from(sorted(law().discretion.grounds)), max_size=2, unique=True),
    "factors": st.fixed_dictionaries({}, optional={"months": st.integers(1, 40), "repeated": st.just(True), "unrest": st.just(True)}),
    "sums": st.dictionaries(st.sampled_from(["illegal_income", "arrears", "fraud", "payable"]), st.integers(0, 10**6).map(str)),
    "chosen": st.lists(st.integers(1, 4), max_size=2, unique=True),
}, optional={"amount": st.integers(0, 200_000).map(str)})  # fmt: skip


@given(key=st.sampled_from(PENALTIES), told=anything, later=st.integers(1, 60))
def test_a_fine_without_objection_lies_in_its_range_unless_mitigated(key, told, later):
    power_ = law().power(key)
    version = power_.versions[-1]
    found = reckon(power_, version, facts(told | {"acted_on": ON.isoformat()}, ON), law().discretion)
    if found.objections:
        return
    assert found.highest is None or found.amount <= found.highest
    assert found.amount >= found.lowest or found.optional or found.below
    if found.below:
        assert found.floor < found.lowest and any(each.field == "reason" for each in found.warnings)
    again = reckon(
        power_, version, facts(told | {"acted_on": ON.isoformat()}, ON + timedelta(days=later)), law().discretion
    )
    same = (found.lowest, found.highest, found.amount, found.tier) == (
        again.lowest,
        again.highest,
        again.amount,
        again.tier,
    )
    assert same or again.objections  # the same facts give the same sum on any day, unless a ground has ended since


@given(key=st.sampled_from(PENALTIES), told=anything, more=st.integers(1, 50))
def test_more_workers_never_make_a_range_lower(key, told, more):
    power_, told = law().power(key), told | {"groups": told["groups"] or [{"people": 1, "stretches": "1"}]}
    told.pop("amount", None)
    few = facts(told, ON)
    many = replace(few, groups=(*few.groups[:-1], replace(few.groups[-1], people=few.groups[-1].people + more)))
    small, large = (reckon(power_, power_.versions[-1], each, law().discretion) for each in (few, many))
    assert large.lowest >= small.lowest and (small.highest is None or large.highest >= small.highest)
    assert large.amount >= small.amount

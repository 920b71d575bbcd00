"""Who holds which power on which day; what a wrong list says; why an authority may not act."""

from collections import Counter
from datetime import date, timedelta

import pytest

from laojian.lawbook import LawError, Profile, holds, law, load
from laojian.lawbook.profiles import Holding
from laojian.lawbook.tests.folders import copied

TOWN, CITY, NATION = "example-town", "tianjin-2020", "national"


def counts(key: str, on: str) -> tuple[int, int, int]:
    held = law().profile(key).published(law().powers, date.fromisoformat(on))
    return len(held["inspection"]), len(held["penalty"]), len(held["compulsion"])


def beyond(profile: Profile | None, power: str, on: str):
    return holds(profile, law().power(power), date.fromisoformat(on), law().articles)


def test_the_numbers_that_were_published():
    assert counts(CITY, "2020-12-31") == (1, 55, 1)
    assert not law().profile(CITY).official and "演示" in law().profile(CITY).label


def test_on_an_earlier_day_only_what_the_law_then_gave_counts():
    before, after = counts(CITY, "2020-04-30"), counts(CITY, "2020-05-01")
    wages = [key for key in law().powers if key.startswith("mw-") and law().profile(CITY).held(key, date(2020, 5, 1))]
    assert after[1] - before[1] == len(wages) > 5


def test_local_law_gives_nothing_elsewhere():
    assert beyond(law().profile(CITY), "tj-intern-hiring", "2024-01-01") is None
    assert "不在本机关的权责清单" in beyond(law().profile(NATION), "tj-intern-hiring", "2024-01-01").text


def test_the_example_town_acts_only_in_what_was_handed_to_it_and_says_by_whom():
    town = law().profile(TOWN)
    assert beyond(town, "illegal-overtime", "2023-04-27") is None
    assert town.held("illegal-overtime", date(2023, 4, 27)).mode == "assigned"
    assert town.held("order-pay-wages", date(2023, 4, 27)).mode == "entrusted"
    refused = beyond(town, "child-labour-use", "2023-04-27")
    assert (refused.basis, "没有赋权或者委托" in refused.text, bool(refused.remedy)) == ("apl-24", True, True)


def test_both_ends_of_a_delegation():
    town = law().profile(TOWN)
    given = town.held("order-correct", date(2023, 4, 27))
    day = timedelta(days=1)
    assert (
        beyond(town, "order-correct", str(given.valid_from))
        is beyond(town, "order-correct", str(given.valid_to))
        is None
    )
    early = beyond(town, "order-correct", str(given.valid_from - day))
    late = beyond(town, "order-correct", str(given.valid_to + day))
    assert "尚未生效" in early.text and f"已于 {given.valid_to} 终止" in late.text
    assert {early.basis, late.basis} == {given.basis}


def test_what_was_taken_away_and_given_again():
    spans = [(date(2022, 1, 1), date(2022, 12, 31)), (date(2024, 1, 1), None)]
    held = tuple(
        Holding(start, end, frozenset({"refuse-order"}), "assigned", "示例", "示例", "apl-24") for start, end in spans
    )
    town = Profile("x", "示例", "town", False, "示例", "", held)
    said = {on: beyond(town, "refuse-order", on) for on in ("2021-12-31", "2022-12-31", "2023-01-01", "2024-01-01")}
    assert said["2022-12-31"] is said["2024-01-01"] is None
    assert "自 2022-01-01 起才归" in said["2021-12-31"].text and "已于 2022-12-31 终止" in said["2023-01-01"].text


@pytest.mark.parametrize(
    ("power", "on", "basis"),
    [
        ("refuse-order", "2021-07-14", "apl1996-15"),
        ("refuse-order", "2021-07-15", "apl-17"),
        ("order-pay-wages", "2024-01-01", "lsr-10"),
    ],
)
def test_without_a_list_nothing_is_held_and_the_article_is_that_of_the_day(power, on, basis):
    refused = beyond(None, power, on)
    assert refused.basis == basis and law().article(basis).in_force(date.fromisoformat(on))


def test_every_list_can_be_told():
    for key in law().profiles:
        lines = law().profile(key).explain(law().powers, date(2024, 1, 1))
        held = law().profile(key).published(law().powers, date(2024, 1, 1))
        assert len(lines) >= 2 + sum(len(items) for items in held.values())
        assert max(Counter(lines).values()) == 1


WRONG = [
    (CITY, "order: all", "order: alle", "“order”应为 all，或者权力键的非空列表"),
    (CITY, "[inspection-labour-security]", "[inspection-labor]", "没有的权力：inspection-labor"),
    (CITY, "[inspection-labour-security]", "[refuse-order]", "把 refuse-order 列作“inspection”，它是行政处罚"),
    (CITY, "[compulsion-seal-si-records]", "[si-allocation, si-allocation]", "把 si-allocation 列了两次"),
    (CITY, "  2020-01-01:", "  二〇二〇年:", "应写作“生效日期: 键值表”"),
    (CITY, "    order: all", "    order: all\n    orders: all", "有不认识的“orders”"),
    (CITY, "level: bureau", "level: city", "“level”应为bureau、town之一"),
    (CITY, "official: false", "official: 否", "“official”应为 true 或者 false"),
    (CITY, "    order: all", "    order: all\n    to: 2019-01-01", "“to”早于生效日期"),
    (TOWN, "[illegal-overtime, ", "[female-forbidden-work, ", "列有 female-forbidden-work，它在这段时间没有任何规定"),
    (TOWN, "basis: apl-24", "basis: apl-20", "赋权依 apl-24"),
    (TOWN, "basis: lsr-4", "basis: apl-24", "赋权依 apl-24"),
    (TOWN, "basis: lsr-4", "basis: apl1996-18", "依据 apl1996-18 在 2021-09-01 不施行"),
    (TOWN, "to: 2028-08-31", "to: 2020-08-31", "“to”早于生效日期"),
    (TOWN, "      inspection: all\n", "      inspection: all\n      compulsion: all\n", "强制措施权不得委托"),
    (TOWN, "    document: 行政执法委托书〔2021〕1号（示例，虚构）\n", "", "缺少“document”"),
]


@pytest.mark.parametrize(("name", "old", "new", "says"), WRONG, ids=[f"{wrong[0]} {wrong[3]}" for wrong in WRONG])
def test_a_wrong_list_refuses_to_load_and_names_file_and_line(tmp_path, name, old, new, says):
    path = copied(tmp_path) / "profiles" / f"{name}.yaml"
    good = path.read_text(encoding="utf-8")
    assert good.count(old) == 1, "the fault must be put in one place"
    path.write_text(good.replace(old, new), encoding="utf-8")
    with pytest.raises(LawError) as refused:
        load(tmp_path / "law")
    fault = next(line for line in str(refused.value).splitlines() if says in line)
    file, _, rest = fault.partition(" 第")
    line = int(rest.partition("行")[0])
    assert file == f"law/profiles/{name}.yaml" and 0 < line <= len(path.read_text(encoding="utf-8").splitlines())

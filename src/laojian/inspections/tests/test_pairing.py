"""Pairing: who may go, who is passed over and why, that chance is fair, and that short hands are told truthfully."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laojian.inspections.draw import NotDrawable, ticket
from laojian.inspections.pairing import CODES, TIES, Competence, Officer, Terms, Tie, pair

ON = date(2026, 5, 18)
TERMS = Terms(on=ON, items=("wages",), size=2)
OWN = [Competence("bureau", "wages", "own", date(2020, 1, 1))]
DAY = timedelta(days=1)


def officer(number: str, **more) -> Officer:
    return Officer(number, **({"body": "bureau", "valid_from": date(2024, 1, 1)} | more))


def six(**more) -> list[Officer]:
    return [officer(f"12010{place}", **more) for place in range(1, 7)]


def one(officers, terms=TERMS, competences=OWN, ties=(), seed="种子"):
    (found,) = pair(["91A"], officers, terms, seed, competences=competences, ties=ties)
    return found


def codes(pairing):
    return {passed.number: passed.code for passed in pairing.passed}


def test_the_two_smallest_tickets_of_the_objects_own_seed_go_and_the_first_who_may_leads():
    found = one(six())
    order = sorted((ticket("种子|91A", each.number), each.number) for each in six())
    assert [(member.ticket, member.id) for member in found.team] == order[:2]
    assert (found.lead, found.passed, found.short, found.reach) == (order[0][1], (), "", 0)
    cannot_lead = [replace(each, may_lead=each.number != order[0][1]) for each in six()]
    assert one(cannot_lead).lead == order[1][1]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"valid_to": ON - DAY}, "CERT_INVALID"), ({"valid_from": ON + DAY}, "CERT_INVALID"), ({"body": "other"}, "NO_COMPETENCE"),
        ({"leave": ((ON, ON),)}, "ON_LEAVE"), ({"load": 3, "cap": 3}, "LOAD_CAP"), ({"valid_to": ON}, None),
        ({"leave": ((ON + DAY, ON + DAY),)}, None), ({"load": 2, "cap": 3}, None),
    ],
)  # fmt: skip
def test_who_cannot_go_is_passed_over_with_the_code(change, code):
    first = one(six()).team[0].id
    found = one([replace(each, **change) if each.number == first else each for each in six()])
    assert codes(found).get(first) == code
    assert (first in [member.id for member in found.team]) == (code is None)


@pytest.mark.parametrize("code", TIES)
def test_a_relation_bars_from_one_object_and_no_other(code):
    first = one(six()).team[0].id
    ties = [Tie(first, "91A", code, "本人申报", "分管领导")]
    here, there = pair(["91A", "91B"], six(), TERMS, "种子", competences=OWN, ties=ties)
    passed = next(each for each in here.passed if each.number == first)
    assert (passed.code, passed.evidence, passed.approved_by) == (code, "本人申报", "分管领导")
    assert first not in codes(there)


@pytest.mark.parametrize(
    ("competence", "good"),
    [
        (Competence("street", "wages", "assigned", ON, None, "示例府发〔2025〕3号"), True),
        (Competence("street", "wages", "entrusted", ON, ON, "示例委〔2025〕3号"), True),
        (Competence("street", "wages", "entrusted", ON, ON, "  "), False),  # nothing shows it
        (Competence("street", "wages", "entrusted", ON + DAY, None, "示例委〔2025〕3号"), False),
        (Competence("street", "wages", "entrusted", date(2020, 1, 1), ON - DAY, "示例委〔2025〕3号"), False),
        (Competence("street", "agency", "assigned", ON, None, "示例府发〔2025〕3号"), False),
        (Competence("street", "wages", "seconded", ON, None, "示例借〔2025〕3号"), False),  # a body is not seconded
        (Competence("9", "wages", "seconded", ON, None, "示例借〔2025〕3号"), True),
    ],
)
def test_competence_is_of_the_body_or_of_who_is_seconded_on_that_day_and_with_its_document(competence, good):
    found = one(
        [*six(), officer("9", body="street")], competences=[*OWN, competence], terms=replace(TERMS, size=6, spare=0)
    )
    assert codes(found).get("9") == (None if good or "9" not in codes(found) else "NO_COMPETENCE")
    alone = one([officer("9", body="street")], competences=[competence], terms=replace(TERMS, size=1, spare=0))
    assert bool(alone.team) == good


def test_every_item_of_a_joint_visit_needs_its_competence():
    both = replace(TERMS, items=("wages", "agency"))
    assert set(codes(one(six(), terms=both)).values()) == {"NO_COMPETENCE"}
    more = [*OWN, Competence("bureau", "agency", "assigned", ON, None, "示例府发〔2025〕3号")]
    assert one(six(), terms=both, competences=more).team


def test_six_officers_of_whom_four_are_on_leave_end_in_a_truthful_refusal():
    away = [replace(each, leave=((ON, ON),)) if each.number < "120105" else each for each in six()]
    found = one(away)
    assert found.team == () and found.lead == ""
    assert codes(found) == dict.fromkeys(("120101", "120102", "120103", "120104"), "ON_LEAVE") | dict.fromkeys(
        ("120105", "120106"), "NOT_ENOUGH"
    )
    assert "人手不足" in found.short and "可派的只有 2 人" in found.short and "不得指定人员" in found.short
    assert all(f"{number}：{CODES[code]}" in found.short for number, code in codes(found).items())


def test_then_neighbours_with_certificates_are_drawn_with_them_by_the_same_tickets():
    away = [replace(each, leave=((ON, ON),)) if each.number < "120105" else each for each in six()]
    near = [officer(f"12020{place}", body="street", reach=1) for place in range(1, 5)]
    street = [*OWN, Competence("street", "wages", "entrusted", ON, None, "示例委〔2025〕3号")]
    found = pair([f"91{n}" for n in range(300)], [*away, *near], TERMS, "种子", competences=street)
    assert all(each.reach == 1 and len(each.team) == 2 and not each.short for each in found)
    went = Counter(member.id for each in found for member in each.team)
    assert set(went) == {"120105", "120106", *(each.number for each in near)}
    assert all({"120101", "120102", "120103", "120104"} <= set(codes(each)) for each in found)
    assert one([*six(), *near], competences=street).reach == 0


def test_a_load_grows_with_what_was_paired_before():
    terms, officers = replace(TERMS, spare=0), six(cap=2)[:3]
    found = pair([f"91{n}" for n in range(5)], officers, terms, "种子", competences=OWN)
    went = Counter(member.id for each in found for member in each.team)
    assert max(went.values()) <= 2 and found[-1].short and set(codes(found[-1]).values()) >= {"LOAD_CAP"}
    again = pair(["913", "914"], officers, terms, "种子", competences=OWN, before=found[:3])
    assert again == found[3:]


def test_a_place_is_kept_for_who_has_the_speciality_and_for_who_may_lead():
    books = frozenset({"账册"})
    terms = replace(TERMS, specialities=books)
    officers = [officer(f"1{n}", specialities=books if n == 7 else frozenset(), may_lead=n in (7, 8)) for n in range(9)]
    for n in range(60):
        (found,) = pair([f"91{n}"], officers, terms, "种子", competences=OWN)
        assert "17" in [member.id for member in found.team] and found.lead in ("17", "18")
        assert set(codes(found).values()) <= {"NO_SPECIALTY_SLOT"}
    leads = [officer(f"1{n}", may_lead=n == 8) for n in range(9)]
    assert {
        code for n in range(60) for code in codes(pair([f"91{n}"], leads, TERMS, "种子", competences=OWN)[0]).values()
    } == {"NO_LEAD_SLOT"}
    nobody = one([replace(each, may_lead=False) for each in six()])
    assert "凑不出" in nobody.short and set(codes(nobody).values()) == {"NOT_ENOUGH"}


@pytest.mark.parametrize(
    ("officers", "terms", "ties", "says"),
    [
        ([], TERMS, [], "检查人员名录是空的"), ([officer("1"), officer("1")], TERMS, [], "重复的编号：1"),
        (six(), replace(TERMS, size=0), [], "派员条件不全"), (six(), replace(TERMS, items=()), [], "派员条件不全"),
        (six(), TERMS, [Tie("120101", "91A", "DISLIKE")], "DISLIKE"), ([officer("e\u0301")], TERMS, [], "NFC"),
    ],
)  # fmt: skip
def test_what_cannot_be_paired_from_is_refused_in_a_sentence(officers, terms, ties, says):
    with pytest.raises(NotDrawable, match=says):
        one(officers, terms=terms, ties=ties)


def test_one_officer_alone_is_told_to_be_too_few():
    assert "可派的只有 1 人" in one([officer("120101")]).short


SPANS = st.tuples(st.integers(-3, 3), st.integers(0, 3)).map(
    lambda span: (ON + span[0] * DAY, ON + (span[0] + span[1]) * DAY)
)
OFFICERS = st.lists(
    st.builds(
        lambda span, **more: Officer(valid_from=span[0] - 5 * DAY, valid_to=span[1], **more),
        number=st.integers(10, 99).map(str), body=st.sampled_from(["bureau", "street", "nobody"]), span=SPANS,
        reach=st.integers(0, 1), specialities=st.frozensets(st.sampled_from(["账册", "安全"])), may_lead=st.booleans(),
        load=st.integers(0, 2), cap=st.none() | st.integers(0, 4), leave=st.lists(SPANS, max_size=1).map(tuple),
    ),
    min_size=1, max_size=9, unique_by=lambda each: each.number,
)  # fmt: skip


@settings(max_examples=200)
@given(
    OFFICERS, st.integers(1, 3), st.integers(0, 1), st.frozensets(st.sampled_from(["账册", "安全"])),
    st.text("01234", min_size=1), st.randoms(),
)  # fmt: skip
def test_nobody_ever_goes_who_may_not_and_nobody_is_sent_home_who_could_go(officers, size, spare, needs, seed, chance):
    terms = Terms(ON, ("wages",), size, spare, needs)
    competences = [*OWN, Competence("street", "wages", "entrusted", ON, ON, "示例委〔2025〕3号")]
    ties = [Tie(officers[0].number, "甲", "AVOID_KIN")]
    found = pair(["甲", "乙", "丙"], officers, terms, seed, competences=competences, ties=ties)
    mixed = list(officers)
    chance.shuffle(mixed)
    assert pair(["甲", "乙", "丙"], mixed, terms, seed, competences=competences, ties=ties) == found
    loads = Counter({each.number: each.load for each in officers})
    for each in found:
        can = [
            one for one in officers
            if one.valid_from <= ON <= one.valid_to and one.body != "nobody" and (one.cap is None or loads[one.number] < one.cap)
            if not any(first <= ON <= last for first, last in one.leave) and (each.object, one.number) != ("甲", officers[0].number)
        ]  # fmt: skip
        fits = [
            {one.number for one in team} for team in combinations(can, size)
            if needs <= frozenset().union(*(one.specialities for one in team)) and any(one.may_lead for one in team)
        ]  # fmt: skip
        team = {member.id for member in each.team}
        assert team in fits if team else not (fits and len(can) >= size + spare), each
        assert bool(each.short) == (not team)
        assert not team & set(codes(each)) and (team or set(codes(each)) == {one.number for one in officers})
        loads.update(team)


def test_officers_go_equally_often_under_the_constraints():
    """Chi-square over 10,000 objects, bounds exceeded once in a hundred thousand: who is alike before the rules has the same
    chance, whoever else may not go."""
    officers = [*six(), officer("120107", valid_to=ON - DAY), officer("120108", body="other")]
    went = Counter(
        m.id
        for each in pair([f"91{n}" for n in range(10_000)], officers, TERMS, "s", competences=OWN)
        for m in each.team
    )
    assert set(went) == {each.number for each in six()}
    spread = sum((times - 10_000 / 3) ** 2 / (10_000 / 3) for times in went.values()) / ((6 - 2) / (6 - 1))
    assert spread < 30.9  # 5 degrees


def test_holders_of_a_speciality_go_equally_often_and_so_do_the_others():
    books, terms = frozenset({"账册"}), replace(TERMS, specialities=frozenset({"账册"}))
    officers = [replace(each, specialities=books if each.number > "120104" else frozenset()) for each in six()]
    went = Counter(
        m.id
        for each in pair([f"91{n}" for n in range(3_000)], officers, terms, "s", competences=OWN)
        for m in each.team
    )
    for alike in (["120105", "120106"], ["120101", "120102", "120103", "120104"]):
        expected = sum(went[number] for number in alike) / len(alike)
        assert sum((went[number] - expected) ** 2 / expected for number in alike) < 25.9

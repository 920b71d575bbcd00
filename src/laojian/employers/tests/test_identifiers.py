"""Numbers: what is refused and in which words, what is only warned of, and that what we invent is valid."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from laojian.employers.identifiers import (
    CREDIT_ALPHABET,
    birth_date,
    check_bank_card,
    check_credit_code,
    check_identity_number,
    check_phone,
    identity_check,
    invented_credit_code,
    invented_identity_number,
    mask_bank_card,
    mask_identity_number,
    mask_name,
    mask_phone,
)

ON = date(2026, 11, 22)
CODE = "91110000600037341L"  # the example of stdnum's own documentation
codes = st.builds(
    lambda kind, region, body, check: kind + region + body + check,
    st.sampled_from(["91", "92", "51", "12"]),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(CREDIT_ALPHABET, min_size=9, max_size=9),
    st.sampled_from(CREDIT_ALPHABET),
)


def sentence(checked) -> str:
    (only,) = checked.errors
    return only


@given(codes)
def test_credit_code_agrees_with_stdnum(code):
    assert (not check_credit_code(code).errors) == uscc.is_valid(code)


@given(codes)
def test_with_its_right_check_character_every_code_passes(code):
    assert not check_credit_code(code[:17] + uscc.calc_check_digit(code[:17])).errors


@given(st.integers(0, 31**5 - 1))
def test_invented_codes_are_valid_and_look_invented(nth):
    code = invented_credit_code(nth)
    assert uscc.is_valid(code) and code[8:11] == "DEM"


def test_invented_codes_differ():
    assert len({invented_credit_code(nth) for nth in range(5000)}) == 5000


@given(st.integers(0, 17), st.sampled_from(CREDIT_ALPHABET))
def test_one_wrong_character_never_passes(place, sign):
    wrong = CODE[:place] + sign + CODE[place + 1 :]
    assert (not check_credit_code(wrong).errors) == (wrong == CODE)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (CODE[:17], "应为 18 位，现为 17 位"),
        ("9111O000600037341L", "第 5 位“O”不是代码用字（不用 I、O、S、V、Z），是否应为“0”"),
        ("911100#0600037341L", "第 7 位“#”不是代码用字"),
        ("91A10000600037341L", "第 3 位“A”应为数字"),
        ("91110000600037342L", "差错多半在第 9 至 17 位"),
        ("91120000600037341L", "差错多半在前 8 位或末位"),
        ("91110000600037341M", "末位应为“L”"),
    ],
)
def test_credit_code_says_what_is_wrong(typed, said):
    assert said in sentence(check_credit_code(typed))


@pytest.mark.parametrize(
    "typed", [" 9111 0000 6000 3734 1l ", "９１１１００００６０００３７３４１Ｌ", "911100-00600037341l"]
)
def test_credit_code_as_pasted(typed):
    assert check_credit_code(typed).value == CODE and not check_credit_code(typed).errors


def test_codes_of_registries_that_use_letters_pass():
    first17 = "N2120115MF" + "1234567"
    assert not check_credit_code(first17 + uscc.calc_check_digit(first17)).errors


def numbered(region: str, born: str, sequence: str = "001") -> str:
    return region + born + sequence + identity_check(region + born + sequence)


@given(st.dates(date(1900, 1, 1), ON), st.integers(0, 999))
def test_identity_number_of_any_birth_date_passes(born, sequence):
    number = numbered("120115", f"{born:%Y%m%d}", f"{sequence:03d}")
    checked = check_identity_number(number, ON)
    assert not checked.errors and not checked.warnings and birth_date(number) == born


def test_a_district_younger_than_its_people_is_genuine():
    """stdnum ties 120115 to births after 2001 and so refuses most people of the district."""
    assert check_identity_number(numbered("120115", "19780304"), ON).errors == ()


@pytest.mark.parametrize("region", ["810000", "820000", "830000", "710000", "911124"])
def test_permits_are_no_surprise(region):
    assert check_identity_number(numbered(region, "19900101"), ON).warnings == ()


def test_place_only_warns():
    checked = check_identity_number(numbered("990115", "19900101").replace("99", "09", 1), ON)
    odd = check_identity_number(numbered("090115", "19900101"), ON)
    assert odd.errors == () and "“09”不是现行地区代码" in odd.warnings[0]
    assert "校验码" in sentence(checked)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("12011519780304", "应为 18 位，现为 14 位"),
        ("120115780304001", "15 位旧号码"),
        ("12011519780304O01X", "第 15 位“O”应为数字"),
        ("1201151978030400A1", "第 17 位“A”应为数字"),
        ("12011519780304001A", "第 18 位“A”应为数字或 X"),
        (numbered("120115", "19780230"), "“19780230”不是真实存在的出生日期"),
        (numbered("120115", "20261123"), "出生日期 2026-11-23 晚于 2026-11-22"),
        (numbered("120115", "18991231"), "早于 1900 年"),
    ],
)
def test_identity_number_says_what_is_wrong(number, said):
    assert said in sentence(check_identity_number(number, ON))


@given(st.integers(0, 17), st.sampled_from("0123456789"))
def test_one_wrong_digit_never_passes(place, digit):
    number = numbered("120115", "19780304")
    wrong = number[:place] + digit + number[place + 1 :]
    assert (not check_identity_number(wrong, ON).errors) == (wrong == number)


def test_check_digit_is_told():
    number = numbered("120115", "19780304")
    wrong = number[:17] + ("0" if number[17] != "0" else "1")
    assert f"末位应为“{number[17]}”，现为“{wrong[17]}”" in sentence(check_identity_number(wrong, ON))


@given(st.integers(0, 14_999_999))
def test_invented_identity_numbers_are_valid(nth):
    checked = check_identity_number(invented_identity_number(nth), ON)
    assert not checked.errors and not checked.warnings


@given(st.sets(st.integers(0, 14_999_999), min_size=2, max_size=50))
def test_invented_identity_numbers_differ(many):
    assert len({invented_identity_number(nth) for nth in many}) == len(many)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("138 0013 8000", "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("022-29241234", "022-29241234"),
        ("022-29241234转801", "022-29241234转801"),
        ("400-820-8820", "400-820-8820"),
    ],
)
def test_phone_as_typed(typed, kept):
    assert check_phone(typed).value == kept and not check_phone(typed).errors


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1380013800", "应为 11 位，现为 10 位"),
        ("12800138000", "第 2 位应为 3 至 9"),
        ("29241234", "带区号"),
        ("无", "11 位"),
    ],
)
def test_phone_says_what_is_wrong(typed, said):
    assert said in sentence(check_phone(typed))


def test_bank_card():
    good = check_bank_card("6222 0000 0000 0000 000")
    assert good.value == "6222000000000000000"
    assert check_bank_card("4111111111111111").warnings == ()
    assert (
        "校验位" in check_bank_card("4111111111111112").warnings[0] and not check_bank_card("4111111111111112").errors
    )
    assert "9 至 25 位数字" in sentence(check_bank_card("6222OO00"))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王海", "王＊"),
        ("王大海", "王＊海"),
        ("欧阳大海", "欧＊＊海"),
        ("王", "王＊"),
        ("", ""),
        ("𬭎镕", "𬭎＊"),
        ("李𬭎喆", "李＊喆"),
        ("葛\U000e0100大海", "葛\U000e0100＊海"),
        ("买买提·艾力", "买＊＊＊＊力"),
    ],
)
def test_mask_name(name, shown):
    assert mask_name(name) == shown


def test_masks_hide_what_identifies():
    assert mask_identity_number("120115197803040012") == "120***********0012"
    assert mask_phone("13800138000") == "138****8000"
    assert mask_bank_card("6222000012345678") == "************5678"
    assert mask_phone("12345") == "*****" and mask_bank_card("1234") == "****" and mask_phone("") == ""


@given(st.text(max_size=30))
def test_any_text_is_answered_never_a_crash(text):
    for checked in (check_credit_code(text), check_identity_number(text, ON), check_phone(text), check_bank_card(text)):
        assert all(isinstance(each, str) and each for each in checked.errors)
    mask_name(text), mask_phone(text)

"""A payload fits its template or is told column by column what is wrong; sums keep every cent; only a true receipt is one."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laojian.employers.identifiers import invented_credit_code
from laojian.exchange.rules import NO_CODE, digest, faults, judged, pause, slashed, wan
from laojian.exchange.templates import public, template

COLUMNS = template("penalty", date(2026, 5, 6)).columns
BUREAU = invented_credit_code(901, kind="11")
GOOD = {
    "CF_XDR_MC": "示例公司", "CF_XDR_LB": "法人及非法人组织", "CF_XDR_SHXYM": invented_credit_code(1), "CF_FRDB": "陈示东",
    "CF_WSH": "宝人社监罚字〔2026〕1号", "CF_WFXW": "阻挠监察", "CF_SY": "拒不提供台账。", "CF_YJ": "监察条例", "CF_CFLB": "警告;罚款",
    "CF_NR": "警告，罚款 8000 元。", "CF_NR_FK": "0.800000", "CF_JDRQ": "2026/05/06", "CF_GSJZQ": "2027/05/06", "CF_CFJG": "示例局",
    "CF_CFJGDM": BUREAU, "CF_SJLY": "示例局", "CF_SJLYDM": BUREAU,
}  # fmt: skip


def columns_at_fault(payload, columns=COLUMNS) -> set[str]:
    return {each.column for each in faults(columns, payload)}


def test_thirty_columns_and_a_good_payload_has_no_fault():
    assert len(COLUMNS) == 30 and columns_at_fault(GOOD) == set()
    assert template("penalty", date(2018, 7, 24)) is None and template("grade", date(2026, 5, 6)) is None


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"CF_NR_FK": "0.8"}, "CF_NR_FK"), ({"CF_NR_FK": "8000"}, "CF_NR_FK"), ({"CF_NR_FK": ""}, "CF_NR_FK"),
        ({"CF_CFLB": "罚金"}, "CF_CFLB"), ({"CF_CFLB": "罚款;没收违法所得、没收非法财物"}, "CF_NR_WFFF"),
        ({"CF_JDRQ": "2026-05-06"}, "CF_JDRQ"), ({"CF_JDRQ": "2026/02/30"}, "CF_JDRQ"),
        ({"CF_XDR_SHXYM": "91120115MA00000000"}, "CF_XDR_SHXYM"), ({"CF_FRDB": " "}, "CF_FRDB"),
        ({"CF_SY": "电话 13900000000"}, "CF_SY"), ({"CF_SY": "身份证 11010119900307561X"}, "CF_SY"), ({"CF_NEW": "1"}, "CF_NEW"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(changed, column):
    assert columns_at_fault(GOOD | changed) == {column}


def test_a_person_needs_a_number_which_no_public_platform_asks():
    person = {key: value for key, value in GOOD.items() if key not in ("CF_XDR_SHXYM", "CF_FRDB")} | {
        "CF_XDR_LB": "自然人"
    }
    assert columns_at_fault(person) == {"CF_XDR_ZJLX", "CF_XDR_ZJHM"}
    assert columns_at_fault(person, public(COLUMNS)) == set()
    assert columns_at_fault(GOOD | {"CF_XDR_SHXYM": NO_CODE}) == set()


@given(st.decimals(0, 99_999_999_999, places=2))
def test_ten_thousands_keep_every_cent(yuan):
    assert Decimal(wan(yuan)) * 10_000 == yuan and columns_at_fault(GOOD | {"CF_NR_FK": wan(yuan)}) == set()


@given(st.dates())
def test_every_day_is_written_as_the_template_asks(day):
    assert columns_at_fault(GOOD | {"CF_JDRQ": slashed(day)}) == (
        {"CF_JDRQ"} if day.year < 1000 and len(slashed(day)) < 10 else set()
    )


@given(st.dictionaries(st.sampled_from([*COLUMNS, "X"]), st.text(max_size=40) | st.integers() | st.none()))
def test_whatever_comes_is_judged_and_what_is_needed_is_never_missed(payload):
    found = columns_at_fault(payload)
    for key, column in COLUMNS.items():
        if column.needed == "always" and not str(payload.get(key) or "").strip():
            assert key in found
    assert found >= {key for key, value in payload.items() if key not in COLUMNS or not isinstance(value, str)}


@given(st.sampled_from(list(GOOD)))
def test_without_any_column_that_is_needed_it_does_not_fit(key):
    assert key in columns_at_fault({name: value for name, value in GOOD.items() if name != key})


SENT = {"key": "penalty:1:2", "version": 1, "digest": digest("penalty:1:2", 1, "put", GOOD)}


@given(st.integers(200, 599), st.binary(max_size=80))
def test_no_answer_but_a_true_receipt_is_one(status, body):
    assert judged(status, body, SENT)[0] != "accepted"


def test_a_true_receipt_is_one_and_a_wrong_word_in_it_is_not():
    right = SENT | {"receipt": "R1"}
    assert judged(200, json.dumps(right).encode(), SENT) == ("accepted", "R1", "已收到")
    for name, value in (("key", "x"), ("version", 2), ("digest", "0" * 64), ("receipt", ""), ("receipt", None)):
        assert judged(200, json.dumps(right | {name: value}).encode(), SENT)[0] == "wrong"


@given(st.integers(1, 50))
def test_pauses_grow_and_end(tries):
    assert pause(tries) <= pause(tries + 1) <= pause(1000)

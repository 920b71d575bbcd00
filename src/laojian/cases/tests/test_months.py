"""Months as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laojian.cases.months import Unreadable, read_months
from laojian.cases.rules import spans

ON = date(2026, 11, 22)
ALL = ["2026-05", "2026-06", "2026-07", "2026-08"]
GAP = ["2026-05", "2026-06", "2026-08"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-05、06、08", GAP),
        ("2026-05, 2026-06, 2026-08", GAP),
        ("2026年5月、6月、8月", GAP),
        ("2026年5、6、8月份", GAP),
        ("5、6、8月", GAP),
        ("8月，6月，5月，5月", GAP),
        ("202605、202606、202608", GAP),
        ("2026-05至06、08", GAP),
        ("2026-05至2026-08", ALL),
        ("2026-05 至 08", ALL),
        ("2026-05-2026-08", ALL),
        ("2026年5月-8月", ALL),
        ("2026年5月到8月工资", ALL),
        ("2026.5-8", ALL),
        ("２０２６／５～２０２６／８", ALL),
        ("26年5月至8月", ALL),
        ("2026年5月1日至2026年8月31日", ALL),
        ("2026-05-01至2026-08-31", ALL),
        ("2026年5月起至2026年8月止", ALL),
        ("202605-202608", ALL),
        ("2025年12月、2026年1月、2月", ["2025-12", "2026-01", "2026-02"]),
        ("2025-11至2026-01", ["2025-11", "2025-12", "2026-01"]),
        ("2026年10月至今", ["2026-10", "2026-11"]),
        ("2026-11", ["2026-11"]),
        ("8", ["2026-08"]),
    ],
)
def test_read(text, expected):
    assert read_months(text, ON, 2026) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "没有欠薪期间"),
        (" 份", "没有欠薪期间"),
        ("5、6月", "没有年份"),
        ("2026-13", "“13”不是月份"),
        ("2026-00", "“0”不是月份"),
        ("202613", "“13”不是月份"),
        ("2026-12", "2026-12 晚于 2026-11-22"),
        ("2026-05-08", "分不清是日期还是几个月"),
        ("2026-05-06、08", "分不清是日期还是几个月"),
        ("2025-11至02", "起止颠倒"),
        ("1990-01至2026-01", "长达 433 个月"),
        ("2026-05至06至07", "看不懂"),
        ("2026-05、", "看不懂"),
        ("2026", "看不懂"),
        ("20265", "看不懂"),
        ("五月", "看不懂"),
        ("2026-05 x", "看不懂"),
    ],
)
def test_unreadable(text, said):
    with pytest.raises(Unreadable, match=said):
        read_months(text, ON)


months = st.dates(date(2015, 1, 1), ON).map(lambda day: f"{day:%Y-%m}")


@given(st.lists(months, min_size=1, max_size=12, unique=True))
def test_what_a_table_shows_is_read_back(told):
    assert read_months(spans(told), ON) == sorted(told)
    assert read_months("、".join(told), ON) == sorted(told)
    assert read_months("，".join(f"{month[:4]}年{int(month[5:])}月" for month in told), ON) == sorted(told)


@given(st.text(max_size=30))
def test_any_text_is_answered(text):
    try:
        assert all(len(month) == 7 for month in read_months(text, ON, 2026))
    except Unreadable as sentence:
        assert str(sentence)

"""Sums in words and figures, against cn2an and by hand."""

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laojian.papers.amounts import AmountError, count_word, day, figures, in_words, moment


@given(st.decimals(min_value=0, max_value=Decimal("999999999999.99"), places=2))
def test_words_agree_with_cn2an(amount):
    """After 角 the final 整 may be written or not; we write it, cn2an does not."""
    assert in_words(amount).removesuffix("整") == cn2an.an2cn(str(amount), "rmb").removesuffix("整")


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("15000", "壹万伍仟元整"),
        ("1005.05", "壹仟零伍元零伍分"),
        ("100000000", "壹亿元整"),
        ("100010000", "壹亿零壹万元整"),
        ("750408.00", "柒拾伍万零肆佰零捌元整"),
        ("￥18,600.50", "壹万捌仟陆佰元伍角整"),
        ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_words_by_hand(amount, words):
    assert in_words(amount) == words


@pytest.mark.parametrize("amount", ["-1", "1.005", "一百", "", 0.1, True, "1e12", "NaN"])
def test_what_is_no_sum_is_refused(amount):
    with pytest.raises(AmountError, match="金额"):
        in_words(amount)


def test_figures_dates_and_counts():
    assert figures("1234567.5") == "¥1,234,567.50"
    assert "\u00a5" in figures(1) and "\uffe5" not in figures("￥1")
    assert day("2026-11-02") == "2026年11月2日"
    assert moment("2026-11-22T09:05:00+08:00") == "2026年11月22日9时05分"
    assert [count_word(n) for n in (2, 10, 11, 20, 21)] == ["二", "十", "十一", "二十", "二十一"]
    with pytest.raises(AmountError):
        count_word(0)
    with pytest.raises(AmountError, match="不是日期"):
        day("明天")
    with pytest.raises(AmountError, match="没有写明时、分"):
        moment("2026-11-22")

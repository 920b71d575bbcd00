"""The public randomness: one text for the same result however it is written, and a sentence for what is wrong or ambiguous."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laojian.inspections.draw import NotDrawable
from laojian.inspections.randomness import SOURCES, Named, canonical, check_named

ON = date(2026, 5, 10)
SSQ, DLT, THREE = Named("ssq", "2026050", ON), Named("dlt", "26051", ON), Named("3d", "2026121", ON)
DRAND, NIST, DICE = Named("drand", "4123456", ON), Named("nist", "220394", ON), Named("dice", "示例笔录2026-1", ON)


@pytest.mark.parametrize(
    ("named", "text", "value"),
    [
        (SSQ, "01 05 09 17 22 33 + 07", "ssq:2026050:01.05.09.17.22.33+07"),
        (SSQ, "33,22，17、9 5 1+7", "ssq:2026050:01.05.09.17.22.33+07"),
        (SSQ, "第2026050期：红球 01 05 09 17 22 33 蓝球 07", "ssq:2026050:01.05.09.17.22.33+07"),
        (SSQ, "２０２６０５０期 ０１　０５　０９　１７　２２　３３｜０７", "ssq:2026050:01.05.09.17.22.33+07"),
        (SSQ, "红球：01,05,09,17,22,33；蓝球：07", "ssq:2026050:01.05.09.17.22.33+07"),
        (DLT, "前区 35 02 03 04 05 后区 12 01", "dlt:2026051:02.03.04.05.35+01.12"),
        (DLT, "2026051期 02 03 04 05 35 + 01 12", "dlt:2026051:02.03.04.05.35+01.12"),
        (THREE, "077", "3d:2026121:0.7.7"),
        (THREE, "7 0 7", "3d:2026121:7.0.7"),
        (THREE, "百位7 十位0 个位7", "3d:2026121:7.0.7"),
        (DRAND, "0x" + "Ab" * 32, "drand:4123456:" + "ab" * 32),
        (NIST, "AB" * 32 + "\n" + "cd" * 32, "nist:220394:" + "ab" * 32 + "cd" * 32),
        (DICE, "01234 56789 01234 56789", "dice:示例笔录2026-1:01234567890123456789"),
    ],
)
def test_a_result_has_one_text_however_it_is_written(named, text, value):
    assert canonical(named, text) == value


@pytest.mark.parametrize(
    ("named", "text", "says"),
    [
        (SSQ, "", "分不清前后"), (SSQ, "01 05 09 17 22 33 07", "用“\\+”隔开"), (SSQ, "010509172233+07", "每个号码单独写"),
        (SSQ, "01 05 09 17 22 + 07", "录入了 5 个"), (SSQ, "01 01 09 17 22 33 + 07", "6 个不同的号码"),
        (SSQ, "01 05 09 17 22 34 + 07", "没有号码 34"), (SSQ, "01 05 09 17 22 33 + 17", "没有号码 17"),
        (SSQ, "00 05 09 17 22 33 + 07", "没有号码 0"), (SSQ, "2026051期 01 05 09 17 22 33 + 07", "公告指定的是第 2026050 期"),
        (SSQ, "01 05 09 17 22 33 + 07 + 08", "分不清"), (SSQ, "01 05 09 17 22 3E + 07", "看不懂"),
        (DLT, "01 02 03 04 05 + 13 01", "没有号码 13"), (DLT, "01 02 03 04 05 + 01", "2 个不同"),
        (THREE, "77", "三个数字"), (THREE, "0777", "三个数字"), (THREE, "07 7", "三个数字"),
        (DRAND, "ab" * 31, "录入了 62 个字符"), (DRAND, "zz" * 32, "64 位十六进制"), (NIST, "ab" * 32, "128 位"),
        (DICE, "0123456789", "只有 10 位"), (DICE, "0123456789x123456789", "不是数字"),
        (Named("股票", "1", ON), "1", "不认识的随机数来源"), (Named("ssq", "下一期", ON), "1", "不是数字"),
        (Named("ssq", "1234", ON), "1", "看不懂"), (Named("ssq", "2025050", ON), "1", "不是同一年"),
        (Named("dice", "1|2", ON), "1", "“\\|”"),
    ],
)  # fmt: skip
def test_what_is_wrong_or_ambiguous_is_refused_in_a_sentence(named, text, says):
    with pytest.raises(NotDrawable, match=says):
        canonical(named, text)


@given(st.sampled_from([SSQ, DLT, THREE, DRAND, NIST, DICE]), st.text())
def test_no_input_breaks_it_and_no_value_breaks_the_seed(named, text):
    try:
        value = canonical(named, text)
    except NotDrawable as refused:
        assert str(refused)[-1] in "。"
    else:
        assert value.startswith(f"{named.source}:") and "|" not in value and "\n" not in value


@given(st.permutations([1, 5, 9, 17, 22, 33]), st.sampled_from([" ", ",", "，", "、", "  "]))
def test_the_order_of_the_balls_does_not_count(balls, between):
    assert canonical(SSQ, between.join(map(str, balls)) + "+7") == "ssq:2026050:01.05.09.17.22.33+07"


def test_what_is_named_is_still_to_come():
    assert check_named(DLT, date(2026, 5, 9)).issue == "2026051"
    assert check_named(DICE, ON) == DICE  # thrown after the announcement is read out, before the same witness
    for named in (SSQ, DLT, THREE, DRAND):
        with pytest.raises(NotDrawable, match="公告之后的一期"):
            check_named(named, ON)
    with pytest.raises(NotDrawable, match=SOURCES["ssq"]):
        check_named(Named("股票", "1", ON), ON)

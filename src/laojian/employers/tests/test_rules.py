"""Names as they are taken down, sorted and folded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laojian.employers.rules import bigrams, check_name, folded, givers_above, sort_key


@pytest.mark.parametrize(
    "name", ["宏达<b>装饰</b>有限公司", "“甲”&乙", "镕喆堃玥", "𬭎𠮷𡈽", "O'Brien; DROP TABLE", "买买提·艾力"]
)
def test_a_name_is_kept_exactly_as_typed(name):
    assert check_name(f" \u3000{name}\n").value == name and not check_name(name).errors


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("  ", "请填写名称"),
        ("宏\x00达", "第 2 个字是控制字符"),
        ("宏达\u202e司公", "第 3 个字是看不见的格式字符"),
        ("宏达\n公司", "第 3 个字是控制字符"),
        ("甲" * 121, "最多 120 个字，现为 121 个字"),
    ],
)
def test_what_cannot_be_read_is_refused(typed, said):
    (sentence,) = check_name(typed).errors
    assert said in sentence


def test_common_names_sort_by_pinyin_though_code_points_do_not():
    names = ["天津建工", "宝坻装饰", "安平劳务", "北辰机械", "镕远商贸", "ABC 贸易", "1 号食堂"]
    assert sorted(names, key=sort_key) == [
        "1 号食堂",
        "ABC 贸易",
        "安平劳务",
        "宝坻装饰",
        "北辰机械",
        "天津建工",
        "镕远商贸",
    ]
    assert sorted(names) != sorted(names, key=sort_key)


def test_bigrams():
    assert bigrams("宏达（示例） Ab") == ["(示", ")a", "ab", "例)", "宏达", "示例", "达("]
    assert bigrams("宏") == bigrams("") == []
    assert folded("Ａｂ\tＣ") == "abc"


@given(st.text(), st.text(min_size=2))
def test_a_text_has_every_pair_of_its_parts(before, part):
    assert set(bigrams(part)) <= set(bigrams(before + "|" + part)) or folded(before + "|" + part).find(folded(part)) < 0


def test_givers_above_walks_up_and_survives_a_circle():
    links = [(1, 2), (2, 3), (3, 4), (9, 3)]
    assert givers_above(links, 4) == [3, 2, 9, 1]
    assert givers_above([*links, (4, 1)], 4) == [3, 2, 9, 1]
    assert givers_above(links, 1) == []

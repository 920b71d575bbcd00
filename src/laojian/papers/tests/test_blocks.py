"""Markup into blocks and back through JSON; what a person typed stays text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laojian.papers.blocks import (
    Block,
    BlockError,
    Cell,
    from_json,
    literal,
    lost,
    parse,
    texts,
    tidy,
    to_html,
    to_json,
    unfilled,
)

SAMPLE = """# 标题
@to 某某公司：
正文一
正文二
- 一、事项
| 序号 | 姓名 |
|==|====|
| 1 | 甲<br>乙 |
问：几月？
答：三月。
@sign 当事人
@seal 某局
@copies 3 存档。
"""


def test_every_line_is_a_block():
    kinds = " ".join(block.kind for block in parse(SAMPLE))
    assert kinds == "heading to paragraph paragraph item table question answer sign seal copies"
    assert parse(SAMPLE)[-1].text == "本文书一式三份，存档。"
    table = parse(SAMPLE)[5]
    assert (table.header, table.widths, table.rows[1][1].text) == (True, (1, 2), "甲\n乙")


def test_a_short_row_stretches_and_a_second_width_line_begins_a_table():
    first, second = parse("| 案由 | 欠薪 |\n|--|--|--|--|\n| 甲 | 乙 | 丙 | 丁 |\n| 序号 | 事项 |\n|=|==|\n| 1 | 戊 |")
    assert first.rows[0] == (Cell("案由"), Cell("欠薪", 3)) and not first.header
    assert first.widths == (1, 1, 1, 1)
    assert second.header and [cell.text for cell in second.rows[0]] == ["序号", "事项"]


@given(st.text())
def test_a_value_is_text_wherever_it_stands(said):
    safe = literal(said)
    assert parse(f"| {safe} | x |")[0].rows[0][0].text == tidy(said)
    assert parse(f"@seal {safe}") == (Block("seal", tidy(said)),)
    assert {block.kind for block in parse(safe)} <= {"paragraph"}
    assert "\n".join(block.text for block in parse(safe)) == "\n".join(filter(None, tidy(said).split("\n")))


@given(st.lists(st.text(), min_size=1))
def test_json_gives_the_blocks_back(said):
    blocks = parse("\n".join(f"| {literal(each)} | {literal(each)} |" for each in said) + "\n\n# x\n@sign y")
    assert from_json(to_json(blocks)) == blocks


@pytest.mark.parametrize(
    "wrong",
    [
        [{"kind": "script", "text": "x"}],
        [{"kind": "table"}],
        [{"kind": "paragraph", "text": "x", "src": "y"}],
        [{"kind": "table", "rows": [[["a", 1]], [["b", 2]]], "widths": [1]}],
        [{"kind": "paragraph", "text": None}],
        [3],
    ],
)
def test_damaged_json_is_refused(wrong):
    with pytest.raises(BlockError, match="无法读取"):
        from_json(wrong)


@pytest.mark.parametrize("markup", ["@unknown x", "| a | b", "@copies 若干", "|--|--|", "| a | b | c |\n|--|--|"])
def test_bad_markup_names_its_line(markup):
    with pytest.raises(BlockError, match="第 1 行"):
        parse(markup)


def test_html_is_escaped_and_marks_what_is_open():
    shown = to_html(parse(f"{literal('<script>alert(1)</script>')}\n| {literal('<img src=x>')} | 〔待填：金额〕 |"))
    assert "<script" not in shown and "<img" not in shown
    assert '<mark class="paper-open">〔待填：金额〕</mark>' in shown


def test_open_places_and_lost_parts_are_told():
    blocks = parse(SAMPLE + "应付〔待填：金额〕，〔待填：金额〕，〔待填：期限〕")
    assert unfilled(blocks) == ["金额", "期限"]
    assert lost(blocks, tuple(b for b in blocks if b.kind not in ("seal", "sign"))) == ["落款印章", "签名栏"]
    assert lost(blocks, blocks) == []


def test_tidy_takes_out_what_nobody_sees():
    assert tidy("甲\u202e乙\u200b丙\x00\r\n￥5\t元\ufdd1") == "甲乙丙\n¥5 元"
    assert texts(parse(literal("镕喆堃玥"))) == ["镕喆堃玥"]

"""`laojian law` prints what the law data answer, and refuses in words."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def answer(*words: str) -> str:
    out = StringIO()
    call_command("law", *words, stdout=out)
    return out.getvalue()


def test_due_tells_article_version_skipped_days_and_date():
    text = answer("due", "investigate", "--from", "2026-01-05")
    for part in (
        "《劳动保障监察条例》第十七条",
        "2004-12-01",
        "不计 28 天",
        "2026-02-15至2026-02-23春节放假",
        "届满：2026-04-03",
    ):
        assert part in text


def test_due_shows_strict_and_rolled_day_and_what_is_provisional():
    text = answer("due", "conclude", "--from", "2026-01-05")
    assert "严格日 2026-04-05（星期日）" in text and "顺延日 2026-04-07（星期二）" in text
    assert "暂定：2027年放假安排未公布" in answer("due", "investigate", "--from", "2026-11-23", "--extended")
    assert "届满：2026-01-12" in answer(
        "due", "correct", "--from", "2026-01-05", "--length", "5", "--unit", "working_day"
    )
    assert "届满：2026-01-06 09:30" in answer("due", "transfer_hand", "--from", "2026-01-05T09:30")


def test_clock_tells_the_version_of_the_day():
    assert "在 2021-07-14：3日" in answer("clock", "hearing_request", "--on", "2021-07-14")
    assert "在 2021-07-15：5个工作日" in answer("clock", "hearing_request", "--on", "2021-07-15")


def test_article_and_check():
    assert "第十七条" in answer("article", "lsr-17") and "法规数据无误" in answer("check")


def test_an_unknown_key_is_refused_in_words():
    with pytest.raises(CommandError, match="没有期限“nonsense”"):
        answer("due", "nonsense", "--from", "2026-01-05")


def test_changes_tell_both_sides_of_a_version_date():
    text = answer("changes", "--since", "2021-07-14", "--to", "2021-07-15")
    told = text[text.index("修改　期限　要求听证期限（hearing_request）") :].splitlines()
    assert "原：3日" in told[1] and "现：5个工作日" in told[2]
    assert "新增　法条　《行政处罚法》第六十四条（apl-64）" in text and "终止　法条" in text
    assert "没有变化" in answer("changes", "--since", "2021-07-15", "--to", "2021-07-15")


def test_calculators_answer_with_their_steps_and_refuse_in_words():
    text = answer("overtime", "--wage", "4350", "--days", "2021-05-01 8; 2021-05-08 3")
    for part in (
        "应付加班工资：712.50元",
        "2021-05-01 是法定休假日（劳动节放假）",
        "《劳动法》第四十四条",
        "已知 月工资",
    ):
        assert part in text
    assert "赔偿金：10,000.00元" in answer(
        "severance", "--started", "2020-01-01", "--ended", "2020-06-30", "--wages", "5000", "--ending", "unlawful"
    )
    with pytest.raises(CommandError, match="责令支付的最后一日：请填写"):
        answer("addition", "--due", "100", "--day", "2026-01-01")

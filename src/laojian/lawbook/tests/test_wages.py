"""The calculators: the worked examples of law/examples/wages.yaml come out as a person finds them by hand, and what must always hold."""

import ast
import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given as drawn
from hypothesis import strategies as st

from laojian.lawbook import LawError, folder, law, load, wages
from laojian.lawbook.tests.folders import copied
from laojian.lawbook.wages import CALCULATORS, answer
from laojian.lawbook.wages.spans import full, worked

EXAMPLES = yaml.safe_load((folder() / "examples/wages.yaml").read_text(encoding="utf-8"))
WORDS = {"says", "ask", "given", "answer", "hand", "refused", "verdict", "warns", "silent"}
DAYS = st.dates(date(2017, 1, 1), date(2026, 12, 1))
SUMS = st.decimals(Decimal("0.01"), Decimal(200_000), places=2)


def by_hand(items: list) -> Decimal:
    """Items of arithmetic, each exact and then rounded to the fen, added: nothing of the code under test is used."""
    return sum((rounded(exact(ast.parse(str(item), mode="eval").body)) for item in items), Decimal(0))


def exact(node: ast.AST) -> Fraction:
    if isinstance(node, ast.Constant):
        return Fraction(str(node.value))
    left, right = exact(node.left), exact(node.right)
    kinds = {ast.Add: left + right, ast.Sub: left - right, ast.Mult: left * right}
    return kinds[type(node.op)] if type(node.op) in kinds else left / right


def rounded(amount: Fraction) -> Decimal:
    return (Decimal(amount.numerator) / amount.denominator).quantize(Decimal("0.01"), ROUND_HALF_UP)


def told(example: dict) -> dict[str, str]:
    return {name: str(value) for name, value in example["given"].items()}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example['ask']} {example['says']}")
def test_example(example):
    assert set(example) <= WORDS and ("answer" in example) + ("refused" in example) + ("verdict" in example) >= 1
    if "refused" in example:
        with pytest.raises(LawError, match=re.escape(example["refused"])):
            answer(example["ask"], told(example))
        return
    found = answer(example["ask"], told(example))
    if "answer" in example:
        assert found.amount == by_hand(example["hand"]) == Decimal(str(example["answer"]))
    assert example.get("verdict", "") in found.verdict
    warnings = "\n".join(line.text for line in found.warnings)
    assert [text for text in example.get("warns", []) if text not in warnings] == []
    assert [text for text in example.get("silent", []) if text in warnings] == []


@pytest.mark.parametrize("example", [e for e in EXAMPLES if "refused" not in e], ids=lambda e: e["says"])
def test_every_result_shows_steps_with_articles_and_what_was_asked(example):
    found = answer(example["ask"], told(example))
    assert found.steps and all(line.basis in law().articles for line in (*found.steps, *found.warnings) if line.basis)
    assert any(line.basis for line in found.steps) and len(found.inputs) >= len(example["given"])
    text = "\n".join(found.explain(law()))
    assert wages.ROUNDING in text and all(label in text for label, _ in found.sums)


def test_every_calculator_has_examples_and_stands_on_articles():
    assert {example["ask"] for example in EXAMPLES} == {each.key for each in CALCULATORS}
    assert all(key in law().articles for each in CALCULATORS for key in each.basis)
    assert len({each.label for each in CALCULATORS}) == len(CALCULATORS)


def test_every_number_asked_for_is_on_file_and_every_number_on_file_is_asked_for():
    source = "".join(path.read_text() for path in (Path(wages.__file__).parent).glob("*.py"))
    asked = set(re.findall(r'(?:rate|told|basis)\("(\w+)"', source)) | {
        f"overtime_{kind}" for kind in ("weekday", "rest", "holiday")
    }
    asked |= {f"crime_{who}_{end}" for who in ("one", "many") for end in ("least", "most")}
    assert asked <= set(law().rates)
    others = {key for key in law().rates if key.startswith(("surcharge_", "panel_", "summary_", "cash_"))}
    assert set(law().rates) - asked - others == {"work_days"}, (
        "the mean working days of a month are only there to be read"
    )


# ── what must always hold ──


@drawn(SUMS, DAYS, st.decimals(0, 20, places=1), st.decimals(0, 4, places=1))
def test_more_hours_are_never_paid_less(wage, on, hours, more):
    if not hours:
        return
    less = answer("overtime", {"wage": str(wage), "days": f"{on} {hours}"}).amount
    assert 0 <= less <= answer("overtime", {"wage": str(wage), "days": f"{on} {hours + more}"}).amount


@drawn(SUMS, DAYS)
def test_a_holiday_pays_most_and_a_working_day_least(wage, on):
    first = on.replace(day=1)
    paid = [
        answer("overtime", {"wage": str(wage), "month": str(first), kind: "3"}).amount
        for kind in ("weekday", "rest", "holiday")
    ]
    assert paid == sorted(paid)


@drawn(SUMS, DAYS, st.integers(0, 400))
def test_wages_owed_are_never_negative_and_never_more_than_the_months(wage, first, days):
    last = first + timedelta(days=days)
    found = answer("owed", {"wage": str(wage), "first": str(first), "last": str(last)})
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    assert 0 <= found.amount <= wage * months


@drawn(SUMS, DAYS, st.integers(0, 700), st.integers(0, 60))
def test_longer_work_never_earns_less_on_leaving(wage, start, days, more):
    def of(length: int) -> Decimal:
        ended = start + timedelta(days=length)
        return answer(
            "severance", {"started": str(start), "ended": str(ended), "wages": str(wage), "ending": "unlawful"}
        ).sums[1][1]

    # The minimum wage may rise in between, which only adds.
    assert 0 <= of(days) <= of(days + more)


@drawn(DAYS, st.integers(0, 5000))
def test_months_of_work_are_full_when_they_are(start, days):
    last = start + timedelta(days=days)
    months, over = worked(start, last)
    assert 0 <= over <= 31 and full(start, months) <= last + timedelta(days=1) < full(start, months + 1)


@drawn(SUMS, DAYS, st.integers(0, 800), st.integers(0, 800))
def test_double_wages_end_after_eleven_months_and_never_shrink(wage, start, days, more):
    def of(length: int) -> Decimal:
        return answer(
            "double", {"started": str(start), "until": str(start + timedelta(days=length)), "wage": str(wage)}
        ).amount

    # Eleven months may touch thirteen calendar months, the first and last in part.
    assert 0 <= of(days) <= of(days + more) <= wage * 12


@drawn(SUMS, SUMS)
def test_what_is_deducted_leaves_the_minimum_wage(wage, damage):
    found = dict(answer("deduction", {"day": "2026-05-01", "wage": str(wage), "damage": str(damage)}).sums)
    least = law().region("tianjin").standard(date(2026, 5, 1)).monthly
    assert 0 <= found["本月可扣"] <= max(Decimal(0), wage - least) and found["本月可扣"] <= damage


@drawn(SUMS, st.integers(50, 100))
def test_an_addition_lies_within_its_range(due, share):
    found = dict(
        answer("addition", {"due": str(due), "deadline": "2026-05-01", "day": "2026-05-02", "share": str(share)}).sums
    )
    assert found["加付下限"] <= found["加付赔偿金"] <= found["加付上限"]


@drawn(st.text(max_size=30))
def test_whatever_is_written_is_answered_or_refused_in_words(text):
    for calculator in CALCULATORS:
        try:
            answer(calculator.key, {field.name: text for field in calculator.fields})
        except LawError as refused:
            assert str(refused)


def test_all_that_is_wrong_is_told_at_once_under_its_label():
    with pytest.raises(wages.Unreadable) as refused:
        answer("overtime", {"wage": "0", "days": "2021-05-41 8", "time_off": "-4"})
    assert set(refused.value.faults) == {"wage", "days", "time_off"}
    assert "按日期填写的加班小时：没有“2021-05-41”这一天" in str(refused.value)


@pytest.mark.parametrize(
    ("key", "told", "says"),
    [
        ("owed", {"wage": "六千", "first": "2025-01-01", "last": "2025-01-31"}, "不是不为负的数"),
        ("owed", {"wage": "6000.001", "first": "2025-01-01", "last": "2025-01-31"}, "多于两位小数"),
        ("owed", {"wage": "6000", "first": "2025-02-29", "last": "2025-03-31"}, "没有“2025-02-29”这一天"),
        ("owed", {"wage": "6000", "first": "昨天", "last": "2025-03-31"}, "请按 2026-05-01 的样子填写"),
        ("owed", {"wage": "6000", "first": "1025-02-28", "last": "2025-03-31"}, "年份须在"),
        ("owed", {"wage": "6000", "first": "1951-02-28", "last": "2025-03-31"}, "过长"),
        ("owed", {"wage": "6000", "first": "2016-02-03", "last": "2016-02-09"}, "没有2016年的放假安排"),
        ("owed", {"wage": "2025-01 6000", "first": "2025-01-01", "last": "2025-02-28"}, "没有 2025-02 的月工资"),
        ("owed", {"wage": "6000", "first": "", "last": ""}, "起日：请填写"),
        ("minimum", {"received": "2025-13 6000"}, "不是月份"),
        ("minimum", {"received": "2025-05 2000; 2025年5月 2100"}, "写了不止一行"),
        ("minimum", {"received": "2025-05"}, "写成 2026-05 3000 的样子"),
        ("minimum", {"received": "2025-05 1", "region": "atlantis"}, "没有地区“atlantis”"),
        ("minimum", {"received": "2025-05 1", "first": "2025-06-01"}, "不在入职至离职期间之内"),
        ("overtime", {"wage": "5000", "days": "2025-05-01 25"}, "一天没有25小时"),
        ("overtime", {"wage": "5000"}, "没有加班小时数"),
        ("overtime", {"wage": "5000", "rest": "8"}, "请填所属月份"),
        ("severance", {"started": "2025-01-01", "ended": "2024-01-01", "wages": "1", "ending": "lawful"}, "早于用工之日"),
        ("severance", {"started": "2025-01-01", "ended": "2026-01-01", "wages": "1 " * 13, "ending": "lawful"}, "只取解除前12个月"),
        ("severance", {"started": "2025-01-01", "ended": "2026-01-01", "wages": "5000", "ending": "fired"}, "可选：lawful、unlawful"),
        ("severance", {"started": "2001-01-01", "ended": "2006-01-01", "wages": "5000", "ending": "lawful"}, "请人工核算"),
        ("leave", {"year": "2025", "since": "2026-01-01", "wage": "5000"}, "晚于在本单位用工之日"),
        ("leave", {"year": "2025", "since": "2010-01-01", "left": "2024-01-01", "wage": "5000"}, "不在入职至离职期间之内"),
        ("crime", {"day": "2026-01-01", "workers": "4"}, "欠薪月数、金额"),
        ("crime", {"day": "2026-01-01", "workers": "4 1", "nonsense": "1"}, "没有“nonsense”这一项"),
    ],
)  # fmt: skip
def test_refusals(key, told, says):
    with pytest.raises(LawError, match=re.escape(says)):
        answer(key, told)


# ── the numbers stand in the data ──


def changed(tmp_path, name: str, old: str, new: str):
    """The law with one line of data changed."""
    root = copied(tmp_path)
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return load(root)


UNSET = "2013-01-23: {amount: unset, basis: spc2013-3, confidence: C, source: 市高级人民法院的标准未查到，待本局确认}"
MANY = "\n  crime_many"
AVERAGE = "{amount: unset, basis: lcl-47, confidence: C, source: 每年公布，待本局逐年录入}"
TIANJIN = "rates/regions/tianjin.yaml"


def test_a_new_minimum_wage_is_one_line(tmp_path):
    line = "  2025-09-16: {monthly: 3110, hourly: 30, document: 测试, basis: ll-48, confidence: V, source: 测试}\n"
    book = changed(tmp_path, TIANJIN, "\n# 本地标准", line + "\n# 本地标准")
    within = answer("minimum", {"received": "2025-09 0"}, book)
    assert within.amount == (2510 + 3110) / 2, "fifteen days by the old standard, fifteen by the new"
    assert "法无明文" in "".join(line.text for line in within.warnings)
    assert answer("minimum", {"received": "2025-10 3000"}, book).amount == 110


def test_a_local_amount_of_the_crime_decides(tmp_path):
    told = "2013-01-23: {amount: 6000, basis: spc2013-3, confidence: C, source: 测试}"
    book = changed(tmp_path, TIANJIN, UNSET + MANY, told + MANY)
    asked = {"day": "2026-11-11", "deadline": "2026-11-01"}
    assert "已达到" in answer("crime", asked | {"workers": "3 6000"}, book).verdict
    assert "没有达到本地标准" in answer("crime", asked | {"workers": "3 5999.99"}, book).verdict


def test_a_local_average_wage_caps_without_being_told(tmp_path):
    book = changed(tmp_path, TIANJIN, AVERAGE, "{amount: 8000, basis: lcl-47, confidence: C, source: 测试}")
    asked = {"started": "2025-01-01", "ended": "2025-12-31", "wages": "30000", "ending": "lawful"}
    assert answer("severance", asked, book).amount == 24000 and answer("severance", asked).amount == 30000


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("overtime", {"wage": "5000", "days": "2027-02-06 8"}),
        ("owed", {"wage": "5000", "first": "2027-02-05", "last": "2027-02-10"}),
    ],
)
def test_unfinished_years_are_told_to_be_provisional(key, told):
    assert "公布后须重算" in "".join(line.text for line in answer(key, told).warnings)

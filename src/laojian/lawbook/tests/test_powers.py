"""The list of powers: what stood on which day, in which words, and that adding a power is a change of one file."""

import os
import subprocess
import sys
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from laojian.lawbook import LawError, law
from laojian.lawbook.powers import SUMMED
from laojian.lawbook.tests.folders import copied

NEW = """\
throw-away-power:
  label: 对示例行为的处罚（测试用，虚构）
  kind: penalty
  category: 其他
  subject: 用人单位
  versions:
    2026-01-01:
      violated: [lsr-11]
      penalised: [lsr-30]
      measures: [{kind: fine, basis: per_worker, lowest: 10, highest: 20}]
      confidence: C
"""


def version(key: str, on: str):
    """A power as it stood on a day."""
    return law().power(key).version(date.fromisoformat(on))


def test_the_list_is_complete():
    kinds = Counter(power.kind for power in law().powers.values())
    assert (kinds["inspection"], kinds["penalty"]) == (1, 76) and kinds["order"] > 10
    assert [power.alternate for power in law().powers.values() if power.kind == "compulsion"].count(False) == 1


def test_what_the_published_compulsion_is_stays_unconfirmed_and_no_case_offers_it():
    item = law().power("compulsion-seal-si-records")
    assert item.versions[-1].confidence != "V" and "没有证实" in item.versions[-1].note
    assert not any(power.offered for power in law().powers.values() if power.kind == "compulsion")


@pytest.mark.parametrize(
    ("key", "on", "penalised", "fines"),
    [
        ("female-maternity-leave", "2012-04-27", ("lsr-23", "ll-95"), [(1000, 5000)]),
        ("female-maternity-leave", "2012-04-28", ("fem-13", "lsr-23"), [(1000, 5000)]),
        ("seafarer-fraud", "2023-07-19", ("sea2020-59",), [(30000, 150000)]),
        ("seafarer-fraud", "2023-07-20", ("sea-58",), [(30000, 150000)]),
        ("si-fraud-benefit", "2011-06-30", ("lsr-27",), [(1, 3)]),
        ("si-fraud-benefit", "2011-07-01", ("sil-88",), [(2, 5)]),
        ("ld-violation", "2008-09-17", ("lcl2007-92",), [(1000, 5000)]),
        ("ld-violation", "2013-07-01", ("lcl-92",), [(5000, 10000)]),
        ("si-registration", "2011-06-30", ("levy-23",), [(1000, 5000), (5000, 10000)]),
        ("si-registration", "2011-07-01", ("sil-84",), [(1, 3), (500, 3000)]),
        ("hr-no-display", "2018-09-30", ("esm-71",), [(0, 1000)]),
        ("hr-no-display", "2018-10-01", ("hrm-44",), [(5000, 10000)]),
        ("pschool-violation", "2017-08-31", ("pel2002-62",), []),
        ("pschool-violation", "2017-09-01", ("pel-62",), []),
        ("illegal-overtime", "2022-11-30", ("lsr-25", "ll-90"), [(100, 500)]),
        ("refuse-order", "2020-01-02", ("lsr-30",), [(2000, 20000)]),
    ],
)
def test_both_sides_of_a_version_date(key, on, penalised, fines):
    found = version(key, on)
    assert found.penalised == penalised
    assert [(m.lowest, m.highest) for m in found.measures if m.kind == "fine"] == [
        (Decimal(low), Decimal(high)) for low, high in fines
    ]


@pytest.mark.parametrize(
    ("key", "on", "says"),
    [
        ("mw-ledger", "2020-04-30", "最早的规定自 2020-05-01 起施行"),
        ("ld-unlicensed", "2013-06-30", "最早的规定自 2013-07-01 起施行"),
        ("female-forbidden-work", "2012-04-28", "最后的规定施行至 2012-04-27"),
    ],
)
def test_a_day_without_the_power_is_an_error_for_people(key, on, says):
    with pytest.raises(LawError, match=says):
        version(key, on)


def test_an_unknown_power_names_the_near_ones():
    with pytest.raises(LawError, match=r"没有权力事项“refuse-docs”.*refuse-documents"):
        law().power("refuse-docs")


def test_every_measure_that_is_counted_says_how_and_every_power_can_be_told():
    for key, power in law().powers.items():
        for each in power.versions:
            assert all(m.basis if m.kind in SUMMED else not m.basis for m in each.measures), key
            assert power.kind != "penalty" or each.penalised, key
            told = "\n".join(law().explain_power(key, each.valid_from))
            assert power.label in told and "措施：" in told and f"（{each.confidence}）" in told, key


def test_amounts_in_words():
    said = [measure.explain() for measure in version("student-internship-agency", "2024-01-01").measures]
    assert said[1] == "罚款：违法所得的1 倍以上 5 倍以下，不足 10,000 元的按 10,000 元计"
    assert version("child-labour-records", "2024-01-01").measures[0].amount == "每案 10,000 元"
    assert version("hr-prohibited-acts", "2024-01-01").measures[1].amount == "违法所得的3 倍以下，最高 30,000 元"


def test_discretion_is_where_the_law_leaves_a_range():
    assert law().power("illegal-overtime").discretion and not law().power("child-labour-use").discretion


def test_adding_a_power_is_a_change_of_one_file(tmp_path):
    root = copied(tmp_path)
    (root / "powers/throw_away.yaml").write_text(NEW, encoding="utf-8")
    command = [sys.executable, "-m", "laojian", "law", "power", "throw-away-power", "--on", "2026-02-01"]
    told = subprocess.run(
        command, env={**os.environ, "LAOJIAN_LAW": str(root)}, capture_output=True, text=True, check=True
    )
    assert "对示例行为的处罚" in told.stdout and "每名受侵害劳动者 10 元以上 20 元以下" in told.stdout

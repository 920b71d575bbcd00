"""Wrong powers refuse to load, and say in which file, on which line and why."""

import pytest

from laojian.lawbook import LawError, load
from laojian.lawbook.tests.folders import copied

HOURS = "measures: [{kind: warn}, {kind: fine, basis: per_worker, lowest: 100, highest: 500, optional: true}]"
WARNED = "penalised: [dpr-22]\n      measures"
CONTRACTS, DISPATCH, CHILDREN = "contracts.yaml", "dispatch.yaml", "child_labour.yaml"
WRONG = [
    (CONTRACTS, "penalised: [lclr-33]", "penalised: [lclr-333]", "“penalised”在 articles.yaml 中没有：lclr-333"),
    (CONTRACTS, "violated: [lcl-7, lclr-8]", "violated: [lcl-7, lclr-88]", "“violated”在 articles.yaml 中没有：lclr-88"),
    (CONTRACTS, "      penalised: [lclr-33]\n", "", "是行政处罚，必须写“penalised”"),
    (CONTRACTS, "      violated: [lcl-7, lclr-8]\n", "", "必须写“violated”"),
    (CONTRACTS, "    2008-09-18:", "    2008-09-17:", "引用的 lclr-8 在 2008-09-17 不施行"),
    (CONTRACTS, "    2008-09-18:", "    二〇〇八年:", "应写作“施行日期: 键值表”"),
    (CONTRACTS, "kind: fine, basis: fixed, lowest: 2000,", "kind: fine, lowest: 2000,", "缺少“basis”"),
    (CONTRACTS, "basis: fixed, lowest: 2000,", "basis: per_month, lowest: 2000,", "“basis”应为fixed、"),
    (CONTRACTS, "basis: fixed, lowest: 2000,", "basis: multiple, lowest: 2000,", "缺少“of”：是什么金额的倍数"),
    (CONTRACTS, "basis: fixed, lowest: 2000,", "basis: fixed, of: unpaid, lowest: 2000,", "按“fixed”计算，不写“of”"),
    (CONTRACTS, "basis: fixed, lowest: 2000, ", "basis: fixed, ", "应写“lowest”和“highest”"),
    (CONTRACTS, "lowest: 2000, highest: 20000", "lowest: 20000, highest: 2000", "下限 20000 高于上限 2000"),
    (CONTRACTS, "lowest: 2000, highest", "lowest: 二千, highest", "应为不小于零的数"),
    (CONTRACTS, "lowest: 2000, highest", "cap: 9, lowest: 2000, highest", "不按倍数计算，不写“cap”"),
    (CONTRACTS, HOURS, HOURS.replace("{kind: warn}", "{kind: warn, lowest: 1}"), "不以金额计，不写“lowest”"),
    (CONTRACTS, HOURS, HOURS.replace("kind: warn", "kind: warning"), "“kind”应为inspect、"),
    (CONTRACTS, HOURS, HOURS.replace("optional: true", "optional: 可以"), "应为 true 或者 false"),
    (CONTRACTS, "\n    2004-12-01:\n", "\n    2004-12-01:\n      valid_to: 2020-01-01\n", "有不认识的“valid_to”"),
    (CONTRACTS, "penalised: [ll-90]", "penalised: [ll-90]\n      to: 2005-01-01", "期间重叠"),
    (CONTRACTS, "penalised: [ll-90]", "penalised: [ll-90]\n      to: 2004-11-01", "在 2004-11-02 至 2004-11-30 没有规定"),
    (CONTRACTS, "penalised: [ll-90]", "penalised: [ll-90]\n      to: 1994-11-01", "“to”早于施行日期"),
    (CONTRACTS, "\nemployee-roster:\n", "\nrules-unlawful:\n", "“rules-unlawful”写了两次"),
    (CONTRACTS, "\nemployee-roster:\n", "\nrefuse-order:\n", "权力“refuse-order”写了两次，另一处在 law/powers/contracts.yaml"),
    (CONTRACTS, "未依法建立职工名册的处罚\n  kind: penalty", "未依法建立职工名册的处罚\n  kind: fine", "“kind”应为inspection、"),
    (CONTRACTS, "未依法建立职工名册的处罚\n  kind: penalty", "未依法建立职工名册的处罚\n  kind: order", "依据请写在“empowered”"),
    (CONTRACTS, "confidence: V\nillegal-overtime", "confidence: A\nillegal-overtime", "“confidence”应为V、"),
    (DISPATCH, "penalised: [lcl2007-92]\n", "penalised: [lcl-92]\n", "引用的 lcl-92 在 2008-01-01 不施行"),
    (DISPATCH, "penalised: [sea2020-60, lcl-92]", "to: 2023-07-18\n      penalised: [sea2020-60, lcl-92]",
     "在 2023-07-19 至 2023-07-19 没有规定"),
    (DISPATCH, WARNED, WARNED.replace("measures", "order_first: true\n      measures"), "没有罚款，不写“order_first”"),
    (DISPATCH, "confidence: M\n      note: 义务已有旁证", "confidence: W\n      note: 义务已有旁证",
     "标“W”，引用的 dpr-22 只是“M”，取较低者"),
    (CHILDREN, "basis: fixed, lowest: 20000,", "basis: unstated, lowest: 20000,", "按“unstated”计算，不写“lowest”"),
]  # fmt: skip
ELSEWHERE = {
    "引用的 dpr-22 只是“M”": "confidence: W",
    "“rules-unlawful”写了两次": "rules-unlawful:",
    "引用的 lcl-92 在 2008-01-01 不施行": "penalised: [lcl-92]",
    "没有罚款，不写“order_first”": "order_first: true",
    "必须写“penalised”": "violated: [lcl-7, lclr-8]",
    "必须写“violated”": "penalised: [lclr-33]",
    "权力“refuse-order”写了两次": "refuse-order:",
    "依据请写在“empowered”": "penalised: [lclr-33]",
    "引用的 lclr-8 在 2008-09-17 不施行": "violated: [lcl-7, lclr-8]",
}
"""Where the fault shows on another line than the one changed."""


@pytest.mark.parametrize(("name", "old", "new", "says"), WRONG, ids=[wrong[3] for wrong in WRONG])
def test_a_wrong_power_refuses_to_load_and_names_file_and_line(tmp_path, name, old, new, says):
    path = copied(tmp_path) / "powers" / name
    good = path.read_text(encoding="utf-8")
    assert good.count(old) == 1, "the fault must be put in one place"
    path.write_text(good.replace(old, new), encoding="utf-8")
    with pytest.raises(LawError) as refused:
        load(tmp_path / "law")
    fault = next(line for line in str(refused.value).splitlines() if says in line)
    file, _, rest = fault.partition(" 第")
    lines = (tmp_path / file).read_text(encoding="utf-8").splitlines()
    named = lines[int(rest.partition("行")[0]) - 1]
    elsewhere = next((words for part, words in ELSEWHERE.items() if part in fault), None)
    assert elsewhere in named if elsewhere else named not in good.splitlines(), fault


def test_a_power_that_rests_on_an_article_no_longer_in_force_is_refused(tmp_path):
    articles = copied(tmp_path) / "articles.yaml"
    good = articles.read_text(encoding="utf-8")
    roster = "逾期处二千元以上二万元以下罚款, from: 2008-09-18"
    ended = good.replace(roster, f"{roster}, to: 2026-01-01")
    assert ended != good
    articles.write_text(ended, encoding="utf-8")
    with pytest.raises(
        LawError, match=r"law/powers/contracts\.yaml 第\d+行：employee-roster .*lclr-33 只施行到 2026-01-01"
    ):
        load(tmp_path / "law")

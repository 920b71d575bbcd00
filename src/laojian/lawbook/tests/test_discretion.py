"""Tiers and grounds in law/discretion: what stands there, and wrong data refused with file and line."""

import pytest

from laojian.lawbook import LawError, law, load
from laojian.lawbook.tests.folders import copied

TIERS, WEIGHED, GROUNDS, MINOR = (f"discretion/{name}.yaml" for name in ("tiers", "powers", "grounds", "minor"))
WRONG = [
    (TIERS, "serious: {label: 严重, to: 75}", "serious: {label: 严重, to: 50}", "应大于前一档的 50"),
    (TIERS, "grave: {label: 特别严重, to: 100}", "grave: {label: 特别严重, to: 90}", "幅度有一段没有档次"),
    (TIERS, "basis: apl-34", "basis: apl-340", "在 articles.yaml 中没有：apl-340"),
    (TIERS, "{ordinary: 10, serious: 30, grave: 50}", "{ordinary: 10, serious: 9, grave: 50}", "应逐档升高"),
    (TIERS, "{ordinary: 10, serious: 30, grave: 50}", "{ordinary: 十人}", "应写作“档次: 从多少起”"),
    (TIERS, "unit: 人, steps", "steps", "写“unit”和“steps”"),
    (TIERS, "gives: serious", "gives: severe", "之一，现为“severe”"),
    (WEIGHED, "employee-roster: {factors: [workers,", "employee-roster: {factors: [workrs,", "不认识“workrs”"),
    (WEIGHED, "employee-roster:", "employee-rooster:", "employee-rooster 在 law/powers 中没有"),
    (GROUNDS, "effects: [heavier]", "effects: [harder]", "不认识“harder”"),
    (GROUNDS, "needs: [first, minor_harm, corrected]", "needs: [first, minor_harm, correct]", "不认识“correct”"),
    (GROUNDS, "2021-07-15: {basis: apl-49,", "2021-07-14: {basis: apl-49,", "apl-49 在 2021-07-14 不施行"),
    (GROUNDS, "2021-07-15: {basis: apl-49, confidence: V}", "2021-07-15: {basis: apl-49}", "缺少“confidence”"),
    (MINOR, "      to: 2026-07-31", "      to: 2021-07-31", "“to”早于施行日期"),
    (MINOR, "        - edu-funds", "        - edu-fund", "不认识“edu-fund”"),
    (MINOR, "      months: 3", "      months: 三", "应为大于零的整数"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "says"), WRONG, ids=[wrong[3] for wrong in WRONG])
def test_wrong_data_refuse_to_load_and_name_file_and_line(tmp_path, name, old, new, says):
    root = copied(tmp_path)
    good = (root / name).read_text(encoding="utf-8")
    assert good.count(old) == 1, "the fault must be put in one place"
    (root / name).write_text(good.replace(old, new), encoding="utf-8")
    with pytest.raises(LawError) as refused:
        load(root)
    fault = next(line for line in str(refused.value).splitlines() if says in line)
    assert fault.startswith(f"law/{name} 第")


def test_adding_a_tier_is_a_change_of_one_file(tmp_path):
    root = copied(tmp_path)
    path = root / TIERS
    text = path.read_text(encoding="utf-8").replace(
        "grave: {label: 特别严重, to: 100}", "grave: {label: 特别严重, to: 90}\n  gravest: {label: 情节恶劣, to: 100}"
    )
    path.write_text(text, encoding="utf-8")
    assert [tier.label for tier in load(root).discretion.scheme.tiers][-1] == "情节恶劣"


def test_what_is_only_illustrative_says_so():
    scheme = law().discretion.scheme
    assert scheme.illustrative and "示例" in scheme.source


def test_the_list_of_minor_violations_names_ten_powers_and_its_last_day():
    (version,) = law().discretion.grounds["listed"].versions
    assert len(version.powers) == 10 and version.valid_to.isoformat() == "2026-07-31"
    assert set(version.powers) <= set(law().powers)


def test_every_power_whose_sum_is_weighed_says_by_what():
    weighed = law().discretion.scheme.weighed
    silent = [
        key
        for key, power in law().powers.items()
        if power.kind == "penalty" and power.discretion and key not in weighed
    ]
    assert silent == []

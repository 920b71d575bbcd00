"""The schemes of law/review: what they say, and wrong data refused with file and line."""

from datetime import date

import pytest

from laojian.lawbook import LawError, law, load
from laojian.lawbook.tests.folders import copied

WRONG = [
    ("rule: informant_open", "rule: informant_opened", "informant_opened"),
    ("{rule: informant_open, basis: [lsr-9]}", "{rule: informant_open, basis: [lsr-99]}", "在 articles.yaml 中没有"),
    ("{rule: informant_open, basis: [lsr-9]}", "{rule: informant_open, basis: [apl1996-42]}", "有的日子一条也不施行"),
    ("{rule: informant_open, basis: [lsr-9]}", "{rule: informant_open, basis: [lsr-9], codes: [receipt]}", "不认识的“codes”"),
    ("clocks: [register_keep]", "clocks: [register_kept]", "“register_kept”在 law/clocks 中没有"),
    ("clocks: [register_keep], ", "", "缺少“clocks”"),
    ("clocks: [retract]", "clocks: retract", "应为文字的列表"),
    ("within: 5", "within: 五", "应为大于零的整数"),
    ("unit: working_day", "unit: workday", "之一，现为“workday”"),
    ("share: 20", "share: 两成", "应为大于零的整数"),
    ("{label: 不合格, from: 0}", "{label: 不合格, from: 10}", "最低一等从 0 分起"),
    ("        label: 结果告知投诉人\n        points: 1", "        label: 结果告知投诉人\n        points: 2", "合计应为 100，现为 101"),
    ("        people: true\n        rules: []", "        rules: []", "永远评不到"),
    ("basis: impl-40\n    confidence: C", "basis: apl-75\n    confidence: C", "apl-75 在 2005-02-01 不施行"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "says"), WRONG, ids=[wrong[2] for wrong in WRONG])
def test_wrong_data_refuse_to_load_and_name_file_and_line(tmp_path, old, new, says):
    root = copied(tmp_path)
    good = (root / "review/case.yaml").read_text(encoding="utf-8")
    assert good.count(old) == 1, "the fault must be put in one place"
    (root / "review/case.yaml").write_text(good.replace(old, new), encoding="utf-8")
    with pytest.raises(LawError) as refused:
        load(root)
    fault = next(line for line in str(refused.value).splitlines() if says in line)
    assert fault.startswith("law/review/case.yaml 第")


def test_the_points_come_to_a_hundred_and_every_procedure_with_files_has_its_scheme():
    for scheme in law().scoring.values():
        for version in scheme.versions:
            assert sum(line.points for line in version.lines) == 100
            assert len({line.key for line in (*version.vetoes, *version.lines)}) == len(version.vetoes) + len(
                version.lines
            )
    assert law().scheme_of("general") is law().scheme_of("summary") is law().scoring["case"]
    assert law().scheme_of("visit").key == "inspection" and law().scheme_of("hearing") is None


def test_the_scheme_for_cases_has_the_vetoes_and_lines_of_the_handbook():
    standard = law().scoring["case"].at(date(2026, 1, 1))
    assert [line.key for line in standard.vetoes] == [f"V{n}" for n in range(1, 16)]
    points = {group: sum(line.points for line in standard.lines if line.key[0] == group) for group in "ABCDEFGH"}
    assert points == {"A": 8, "B": 22, "C": 12, "D": 14, "E": 16, "F": 12, "G": 6, "H": 10}
    assert law().scoring["case"].at(date(2004, 1, 1)) is None

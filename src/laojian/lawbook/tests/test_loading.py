"""Wrong law data refuse to load, and say in which file and on which line."""

import subprocess
import sys

import pytest

from laojian.lawbook import LawError, check, folder, load
from laojian.lawbook.tests.folders import copied

ARTICLES, CLOCKS, YEAR = "articles.yaml", "clocks/case.yaml", "calendar/2026.yaml"
LOCAL, ELSEPLACE, SURCHARGE = "local/values.yaml", "local/elsewhere/hearing.yaml", "surcharge.yaml"
CORRECTION = "{length: given, unit: given, basis: lsr-18"
LATER = "三十个工作日, from: 2004-12-01"
DRAGON_BOAT = "from: 2026-06-19, to: 2026-06-21"
WRONG = [
    (ARTICLES, "lsr-17: {law: 劳动保障监察条例", "lsr-17: {law: 劳动监察条例", "“law”应为“劳动保障监察条例”"),
    (ARTICLES, "article: 第十七条, says: 调查", "article: 第十八条, says: 调查", "应以“第十七条”开头"),
    (ARTICLES, "\nlsr-18:", "\nlsr-17:", "“lsr-17”写了两次"),
    (ARTICLES, "\nlsr-18:", "\nlsrr-18:", "“lsrr”不在 laws.yaml 中"),
    (ARTICLES, LATER, "三十个工作日, from: 2004-11-31", "没有“2004-11-31”这一天"),
    (ARTICLES, LATER, "三十个工作日, from: 2004-11-30", "超出《劳动保障监察条例》的施行"),
    (ARTICLES, LATER, "三十个工作日, from: 12月", "应为日期"),
    (ARTICLES, LATER, "三十个工作日", "lsr-17 缺少“from”"),
    (ARTICLES, "lsr-17: {law:", "lsr-17: {confidence: A, law:", "“confidence”写了两次"),
    (CLOCKS, "unit: working_day\n      basis: lsr-17", "basis: lsr-17", "缺少“unit”"),
    (CLOCKS, "unit: working_day\n      basis: lsr-17", "unit: workday\n      basis: lsr-17", "之一，现为“workday”"),
    (CLOCKS, "      basis: lsr-17", "      basis: lsr-71", "在 articles.yaml 中没有：lsr-71"),
    (CLOCKS, "length: 90\n", "length: 90天\n", "应为大于零的整数"),
    (CLOCKS, "length: 90\n", "length: 0\n", "应为大于零的整数"),
    (CLOCKS, "1996-10-01: {length: 3,", "1996-10-01: {to: 2022-01-01, length: 3,", "期间重叠"),
    (CLOCKS, "2021-07-15: {length: 7, unit: working_day, basis: apl-56", "# ", "只施行到 2021-07-14"),
    (CLOCKS, "2021-07-15:\n      length: 90", "2021-07-01:\n      length: 90", "在 2021-07-01 不施行"),
    (CLOCKS, "2021-07-15:\n      length: 90", "二〇二一年:\n      length: 90", "应写作“施行日期: 键值表”"),
    (CLOCKS, "holder: authority\n  starts: 接到投诉", "holder: agency\n  starts: 接到投诉", "应为party、authority之一"),
    (CLOCKS, "confidence: C, source: 国家未定期限；30日为建议值", "confidence: C, note: 30日", "必须写“source”"),
    (CLOCKS, CORRECTION, CORRECTION.replace("unit: given", "unit: day"), "要么都写定，要么都不写定"),
    (CLOCKS, CORRECTION, CORRECTION.replace("length: given", "length: unset"), "只有本地规定"),
    (CLOCKS, "extension: {length: 30, unit: working_day,", "extension: {length: 30,", "的延长 缺少“unit”"),
    (CLOCKS, "label: 调查期限\n", "label: 调查期限\n  lable: 调查期限\n", "有不认识的“lable”"),
    (CLOCKS, "\ninvestigate:\n", "\ninvestigate: [\n", "YAML 写法有误"),
    (CLOCKS, "1996-10-01: {length: 3,", "1996-10-01: {to: 2021-06-30, length: 3,", "之间有空档"),
    (CLOCKS, "length: 5, unit: working_day, basis: apl-64", "length: 5, unit: 工作日, basis: apl-64", "之一，现为“工作日”"),
    (CLOCKS, "unit: day, approver: bureau_head}\n      suspension", "unit: day}\n      suspension", "缺少“approver”"),
    (CLOCKS, "approver: bureau_head, basis: acl-25", "approver: minister, basis: acl-25", "之一，现为“minister”"),
    (CLOCKS, "approver: bureau_head, basis: acl-25", "approver: bureau_head, basis: acl-250", "在 articles.yaml 中没有：acl-250"),
    (CLOCKS, "acl-25, effect: stops", "acl-25, effect: pauses", "应为stops、shows之一"),
    (CLOCKS, "days: [01-10, 04-10, 07-10, 10-10]", "days: [01-10, 04-10, 07-10]", "应按先后写 4 个日期"),
    (CLOCKS, "days: [01-10, 04-10, 07-10, 10-10]", "days: [01-10, 07-10, 04-10, 10-10]", "应按先后写 4 个日期"),
    (CLOCKS, "days: [01-10, 04-10, 07-10, 10-10]", "days: [02-29, 04-10, 07-10, 10-10]", "没有 02-29 这一天"),
    (CLOCKS, "unit: quarterly, days: [01-10", "length: 10, unit: day, days: [01-10", "应为yearly、half_yearly、quarterly之一"),
    (CLOCKS, "  kind: hint\n  values:\n    2003-03-01: {length: 7", "  values:\n    2003-03-01: {length: 7", "须写“kind: hint”"),
    (CLOCKS, "\nlimit_inspect:\n", "\nLimitInspect:\n", "小写字母"),
    (LOCAL, "  words: 未设定次数时不阻断", "  note: 未设定次数时不阻断", "缺少“words”"),
    (LOCAL, "clock: report_government", "clock: report_superior", "由法律定长，地方不能另定"),
    (LOCAL, "clock: report_government", "clock: report_everybody", "在 law/clocks 中没有：report_everybody"),
    (LOCAL, "rate: crime_many", "rate: crime_few", "在 law/rates/regions 中没有：crime_few"),
    (LOCAL, "unit: choice\n  choices: {strict", "unit: text\n  choices: {strict", "否则不写"),
    (LOCAL, "compares: {special: conclude}", "compares: {special: concluded}", "应写作“所取的值: 期限的键”"),
    (LOCAL, "compares: {special: conclude}", "compares: {lax: conclude}", "应写作“所取的值: 期限的键”"),
    (ELSEPLACE, "湖南省:\n  hearing_citizen", "湖南省:\n  hearing_person", "不是 values.yaml 的本地数值"),
    (SURCHARGE, "basis: apl1996-52", "basis: apl-66", "在 1996-10-01 不施行"),
    (YEAR, "workdays: [2026-01-04]", "workdays: [2026-01-05]", "本来就是周一"),
    (YEAR, "workdays: [2026-01-04]", "workdays: [2026-01-10, 2026-01-04]", "减去调休上班7天应等于法定节日13天"),
    (YEAR, DRAGON_BOAT, "from: 2026-06-18, to: 2026-06-21", "应等于法定节日13天"),
    (YEAR, DRAGON_BOAT, "from: 2025-06-19, to: 2025-06-21", "不在2026年"),
    (YEAR, DRAGON_BOAT, "from: 2026-06-21, to: 2026-06-19", "不成一段假期"),
    (YEAR, "{name: 端午节, from: 2026-06-19", "{name: 重阳节, from: 2026-06-19", "“重阳节”不是全国放假的节日"),
    (YEAR, "workdays: [2026-05-09]", "workdays: [2026-10-10]", "2026-10-10 在“劳动节”和“国庆节”里各写了一次"),
    (YEAR, "    number: 国办发明电〔2025〕7号\n", "", "通知 缺少“number”"),
    (YEAR, "issued_on: 2025-11-04", "issued_on: 2024-11-04", "不会在 2024-11-04 印发"),
    (YEAR, "year: 2026", "year: 2028", "与“year: 2028”不一致"),
    (YEAR, "from: 2026-01-01, to: 2026-01-03", "from: 2026-01-02, to: 2026-01-03", "元旦 的假期里没有 2026-01-01"),
]  # fmt: skip

ELSEWHERE = {
    "否则不写": "unit: text",
    "须写“kind: hint”": "label: 天津：初查后立案",
    "缺少“words”": "label: 对同一企业每年检查的最多次数",
    "“lsr-17”写了两次": "lsr-17: {",
    "缺少“unit”": "length: 60",
    "只施行到 2021-07-14": "1996-10-01: {length: 7",
    "在 2021-07-01 不施行": "basis: apl-60",
    "YAML 写法有误": "holder: authority",
    "减去调休上班7天应等于法定节日13天": "statutory_days: 13",
    "应等于法定节日13天": "statutory_days: 13",
    "2026-10-10 在“劳动节”和“国庆节”里各写了一次": "name: 国庆节",
    "通知 缺少“number”": "title: 国务院办公厅",
}
"""Where the fault shows on another line than the one changed."""


@pytest.mark.parametrize(("name", "old", "new", "says"), WRONG, ids=[wrong[3] for wrong in WRONG])
def test_wrong_data_refuse_to_load_and_name_file_and_line(tmp_path, name, old, new, says):
    root = copied(tmp_path)
    good = (root / name).read_text(encoding="utf-8")
    assert good.count(old) == 1, "the fault must be put in one place"
    (root / name).write_text(good.replace(old, new), encoding="utf-8")
    with pytest.raises(LawError) as refused:
        load(root)
    fault = next(line for line in str(refused.value).splitlines() if says in line)
    bad = (root / name).read_text(encoding="utf-8").splitlines()
    named = bad[int(fault.removeprefix(f"law/{name} 第").partition("行")[0]) - 1]
    assert ELSEWHERE[says] in named if says in ELSEWHERE else named not in good.splitlines(), fault


def test_every_fault_is_told_at_once(tmp_path):
    root = copied(tmp_path)
    for name, old, new in ((CLOCKS, "label: 调查期限\n", "label: 7\n"), (YEAR, "year: 2026", "year: 二〇二六")):
        path = root / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(LawError) as refused:
        load(root)
    assert "law/clocks/case.yaml" in str(refused.value) and "law/calendar/2026.yaml" in str(refused.value)


def test_a_gap_between_years_is_an_error(tmp_path):
    root = copied(tmp_path)
    (root / "calendar/2021.yaml").unlink()
    with pytest.raises(LawError, match=r"2022\.yaml 第1行：缺2021年的放假安排"):
        load(root)


@pytest.mark.parametrize("name", ["laws.yaml", "articles.yaml"])
def test_a_missing_or_empty_file_is_an_error(tmp_path, name):
    root = copied(tmp_path)
    (root / name).write_text("", encoding="utf-8")
    with pytest.raises(LawError, match=f"law/{name} 第1行：整个文件应为键值表"):
        load(root)
    (root / name).unlink()
    with pytest.raises(LawError, match=f"law/{name} 第1行：读不出来"):
        load(root)


def test_the_law_in_use_is_sound():
    check()


def test_the_lawbook_does_not_need_django():
    code = "import sys, laojian.lawbook as l; l.check(); sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_bureau_may_keep_its_law_elsewhere(tmp_path, monkeypatch):
    assert folder().name == "law"
    monkeypatch.setenv("LAOJIAN_LAW", str(tmp_path))
    assert folder() == tmp_path


def test_one_legal_limit_is_written_once_whatever_the_file(tmp_path):
    root = copied(tmp_path)
    path = root / "clocks/enforcement.yaml"
    line = len(path.read_text(encoding="utf-8").splitlines()) + 1
    with path.open("a", encoding="utf-8") as file:
        file.write("accept:\n  label: 再写一遍\n")
    with pytest.raises(LawError, match=rf"enforcement\.yaml 第{line}行：accept 在 law/clocks/case\.yaml 中已经写过"):
        load(root)

"""A new period, article, holiday, power, rate or paper is a change of one file under law/: shown on a copy that a process of its own loads.

The command line, the shelf that the public reads, the counting of days and the filling of papers answer from the changed
file, and no other file was touched.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from laojian.lawbook import folder
from laojian.lawbook.tests.folders import NOTICE_2027

PAPER = """\
---
code: throw_away
label: 示例告知书
kind: external
layout: letter
number_word: 示
basis: [lsr-10]
required: [given.problems]
given: {problems: 发现的问题}
seal: true
sign: []
serve: letter
confidential: false
approver: unit_head
---
{% include "_head.md" %}
# 示例告知书
@to {{ addressee.name }}：
请于{{ period("pay") }}内改正：{{ given.problems|ended }}（{{ cite("lsr-10") }}）
@seal {{ bureau.name }}
"""
FILLED = """
import django; django.setup()
from laojian.papers.actions import templates
from laojian.papers.fill import fill
from laojian.web.shelf import shelf
template = templates()["throw_away"]
print(fill(template, {"step": {"on": "2026-03-09"}, "given": {"problems": "没有考勤记录"}}))
print([item.label for item in shelf()["papers"]])
"""


@pytest.fixture
def copy(tmp_path) -> Path:
    """The whole law, to be changed."""
    return shutil.copytree(folder(), tmp_path / "law")


def asked(root: Path, *words: str) -> str:
    """What the platform answers that starts with this law."""
    code = ("-c", words[0]) if len(words) == 1 else ("-m", "laojian", *words)
    env = {**os.environ, "LAOJIAN_LAW": str(root), "DJANGO_SETTINGS_MODULE": "laojian.settings"}
    told = subprocess.run([sys.executable, *code], env=env, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    return told.stdout


def changed_files(root: Path) -> list[str]:
    """Which files differ from the law in use."""
    names = {
        path.relative_to(base).as_posix() for base in (root, folder()) for path in base.rglob("*") if path.is_file()
    }
    return [name for name in sorted(names) if content(root / name) != content(folder() / name)]


def content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_period_is_changed_by_one_line(copy):
    line = next(text for text in (copy / "clocks/case.yaml").read_text().splitlines() if "basis: local-defense" in text)
    later = "    2026-02-01: {length: 7, unit: working_day, basis: local-defense, confidence: C, source: 示例文件}"
    edit(copy / "clocks/case.yaml", line, f"{line}\n{later}")
    assert changed_files(copy) == ["clocks/case.yaml"]
    assert "届满：2026-02-06" in asked(copy, "law", "due", "defense", "--from", "2026-01-30")
    assert "届满：2026-02-11" in asked(copy, "law", "due", "defense", "--from", "2026-02-02")
    told = asked(copy, "law", "changes", "--since", "2026-01-31", "--to", "2026-02-01")
    assert told.count("修改") == 1 and "5个工作日" in told and "7个工作日" in told


def test_an_article_is_added_by_one_line(copy):
    with (copy / "articles.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "\nlsr-1: {law: 劳动保障监察条例, article: 第一条, says: 示例要点, from: 2004-12-01, confidence: M}\n"
        )
    assert changed_files(copy) == ["articles.yaml"]
    assert "示例要点" in asked(copy, "law", "article", "lsr-1")
    assert "新增　法条　《劳动保障监察条例》第一条" in asked(
        copy, "law", "changes", "--since", "2004-11-30", "--to", "2004-12-01"
    )


def test_a_year_of_holidays_is_one_file(copy):
    before = asked(copy, "law", "due", "investigate", "--from", "2026-12-01")
    (copy / "calendar/2027.yaml").write_text(NOTICE_2027, encoding="utf-8")
    assert changed_files(copy) == ["calendar/2027.yaml"]
    after = asked(copy, "law", "due", "investigate", "--from", "2026-12-01")
    assert "暂定" in before and "暂定" not in after and "春节放假" in after
    assert "2017—2027" in asked(copy, "law", "check")


def test_a_paper_is_one_file(copy):
    (copy / "papers/throw_away.md").write_text(PAPER, encoding="utf-8")
    assert changed_files(copy) == ["papers/throw_away.md"]
    told = asked(copy, FILLED)
    assert "请于15日内改正：没有考勤记录。（《劳动保障监察条例》第十条）" in told and "'示例告知书'" in told


def test_a_number_of_wage_law_is_changed_by_one_line(copy):
    line = next(
        text for text in (copy / "rates/national.yaml").read_text().splitlines() if "2025-01-01: {amount: 21.75" in text
    )
    edit(
        copy / "rates/national.yaml",
        line,
        f"{line}\n{line.replace('2025-01-01', '2026-02-01').replace('21.75', '21.5')}",
    )
    assert changed_files(copy) == ["rates/national.yaml"]
    told = asked(copy, "law", "changes", "--since", "2026-01-31", "--to", "2026-02-01")
    assert "月计薪天数" in told and "21.5天" in told


def test_the_example_of_the_readme_goes_through_the_check(copy):
    """The decree that law/README.md makes up, entered as it says there."""
    readme = (copy / "README.md").read_text(encoding="utf-8")
    part = readme[readme.index("## 从一份修改决定到改好数据") :]
    lines = {
        name: next(text.strip() for text in part.splitlines() if text.strip().startswith(name))
        for name in ("lsr2027:", "lsr2027-17:")
    }
    value = part[part.index("       2027-01-01:\n") :].partition("   ```")[0]
    with (copy / "laws.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\n{lines['lsr2027:']}\n")
    old = next(text for text in (copy / "articles.yaml").read_text().splitlines() if text.startswith("lsr-17:"))
    edit(
        copy / "articles.yaml",
        old,
        old.replace("from: 2004-12-01", "from: 2004-12-01, to: 2026-12-31") + f"\n{lines['lsr2027-17:']}",
    )
    text = (copy / "clocks/case.yaml").read_text(encoding="utf-8")
    body = text[text.index("\ninvestigate:") : text.index("\ndecide:")]
    added = "\n".join(text.removeprefix("   ") for text in value.splitlines())
    edit(copy / "clocks/case.yaml", body, f"{body}\n{added}")
    assert "法规数据无误" in asked(copy, "law", "check")
    told = asked(copy, "law", "changes", "--since", "2026-12-31", "--to", "2027-01-01")
    assert [line.split("　")[0] for line in told.splitlines() if not line.startswith("　")] == ["修改", "终止", "新增"]

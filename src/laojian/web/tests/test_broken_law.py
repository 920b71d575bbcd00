"""A slip of the pen in the law's files is told in words that its writer understands: which file, which line, what is wrong."""

import re
import shutil
from functools import cache
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from laojian.campaigns.violations import violations
from laojian.cases.grounds import grounds
from laojian.cases.matters import matters
from laojian.credit.levels import book as levels
from laojian.credit.schemes import grading
from laojian.exchange.platforms import platforms
from laojian.exchange.templates import templates as exchanged
from laojian.lawbook import folder, law
from laojian.lawbook.display import regimes
from laojian.papers.actions import templates
from laojian.publication.kinds import kinds
from laojian.visits.supervision import supervision

KEPT = (
    law,
    matters,
    grounds,
    violations,
    kinds,
    regimes,
    platforms,
    exchanged,
    grading,
    levels,
    supervision,
    templates,
)
WORD = re.compile(r"[A-Za-z_]{2,}")
CASE, FIRST = "clocks/case.yaml", "    2004-12-01:\n      length: 60"
ASKS = "{% if given.reply_on %}"
SLIPS = [
    ("laws.yaml", "name: 劳动保障监察条例,", 'name: "劳动保障监察条例,', '"劳动', "引号没有配对"),
    ("articles.yaml", "\nlsr-17: {", "\nlsr-17：{", "lsr-1", "中文冒号"),
    ("articles.yaml", "\nlsr-18: {", "\nlsr-18: [", "lsr-18", "方括号没有配对"),
    (CASE, FIRST, FIRST.replace("      length", "\tlength"), "\tlength", "制表符"),
    (CASE, FIRST, FIRST.replace("60", "六十"), "六十", "应为大于零的整数"),
    (CASE, FIRST, FIRST.replace("12-01", "13-01"), "2004-13-01", "没有“2004-13-01”这一天"),
    (CASE, "      basis: lsr-17\n", "      basis: lsr-71\n", "lsr-71", "articles.yaml 中没有：lsr-71"),
    ("matters.yaml", "powers: [illegal-overtime]", "powers: [overtime]", "[overtime]", "law/powers 中没有：overtime"),
    ("matters.yaml", "label: 违法延长工作时间, ", "", "overtime: {", "缺少“label”"),
    ("campaigns.yaml", "powers: [hr-unlicensed]", "powers: [hr-unlicenced]", "hr-unlicenced", "law/powers 中没有：hr-unlicenced"),
    ("publication.yaml", "[si-registration,", "[si-registry,", "si-registry", "law/powers 中没有：si-registry"),
    ("display.yaml", "credit_minor_max", "credit_minor_most", "credit_minor_most", "law/clocks 中没有：credit_minor_most"),
    ("exchange/platforms.yaml", "within: {penalty: push_credit}", "within: {penalty: push_credits}", "push_credits", "law/clocks"),
    ("exchange/penalty.yaml", "needed: CF_CFLB=罚款}", "needed: CF_LB=罚款}", "CF_LB", "本模板的列=值"),
    ("exchange/penalty.yaml", "type: wan, needed", "type: yuan, needed", "yuan", "之一"),
    ("exchange/platforms.yaml", "takes: [penalty, listing", "takes: [penalties, listing", "penalties", "不认识的类别"),
    ("grading.yaml", "kinds: [mass_event], count: facts", "kinds: [mass_events], count: facts", "mass_events", "不认识的事实：mass_events"),
    ("grading.yaml", "window: last_year", "window: two_years", "two_years", "之一"),
    ("levels.yaml", "spoiled_by: [found]", "spoiled_by: [finds]", "finds", "不认识的种类：finds"),
    ("supervision.yaml", "exempt: [patrol], policy", "exempt: [report], policy", "report", "不受等级限制"),
    ("supervision.yaml", "policy: true, basis: rsg1", "policy: true, basis: rsg9", "rsg9", "law/articles.yaml 中没有：rsg9"),
    ("grounds.yaml", "\nlsr-26:", "\nlsr-17:", "lsr-17", "不是任何权力（law/powers）所依据的条款"),
    ("discretion/grounds.yaml", "needs: [slight, corrected, harmless]", "needs: [slight, correct, harmless]", "correct,", "correct"),
    ("calendar/2026.yaml", "workdays: [2026-01-04]", "workdays: [2026-01-05]", "2026-01-05", "本来就是周一"),
    ("profiles/example-town.yaml", "  - mode: assigned", "  - mode: given", "mode: given", "之一"),
    ("papers/suggestion_letter.md", "basis: [lsr-10]", "basis: lsr-10", "basis: lsr-10", "方括号里的列表"),
    ("papers/suggestion_letter.md", ASKS, '{{ period("pays") }}' + ASKS, "pays", "law/clocks 里没有期限“pays”"),
    ("papers/suggestion_letter.md", ASKS, "{{ given.replied }}" + ASKS, "given.replied", "没有"),
    ("papers/suggestion_letter.md", "{% endif %}", "{% endfi %}", "{% endfi %}", "没有配对，或者拼错"),
    ("papers/vocabulary.yaml", "\ndossier:", "\ndossier：", "dossier：", "中文冒号"),
]  # fmt: skip


@cache
def words_of_law() -> frozenset[str]:
    """Every word of Latin letters in the law's files: keys and the choices they may take, which their writer knows."""
    files = (path for kind in ("yaml", "md") for path in folder().rglob(f"*.{kind}"))
    return frozenset(word for path in files for word in WORD.findall(path.read_text(encoding="utf-8")))


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A whole copy of the law in use, to be changed; caches are emptied before and after."""
    words_of_law()
    root = shutil.copytree(folder(), tmp_path / "law")
    for kept in KEPT:
        kept.cache_clear()
    monkeypatch.setenv("LAOJIAN_LAW", str(root))
    yield root
    monkeypatch.undo()
    for kept in KEPT:
        kept.cache_clear()


def refusal() -> str:
    """What `laojian law check` says of the law in use."""
    with pytest.raises(CommandError) as refused:
        call_command("law", "check", stdout=StringIO())
    return str(refused.value)


def named(told: str, path: Path) -> list[str]:
    """The lines of a file that the message names."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [lines[int(n) - 1] for n in re.findall(rf"{re.escape(path.name)} 第 ?(\d+) ?行", told)]


@pytest.mark.parametrize(("name", "old", "new", "line", "says"), SLIPS)
def test_a_slip_is_told_with_file_line_and_what_is_wrong(copy, name, old, new, line, says):
    path = copy / name
    good = path.read_text(encoding="utf-8")
    assert old in good
    path.write_text(good.replace(old, new, 1), encoding="utf-8")
    told = refusal()
    assert says in told
    assert named(told, path) and (line is None or any(line in each for each in named(told, path))), told
    foreign = set(WORD.findall(told)) - words_of_law() - set(WORD.findall(new)) - {"law", "yaml", "md", "YAML"}
    assert not foreign, told


def test_the_copy_that_nobody_changed_is_sound(copy):
    out = StringIO()
    call_command("law", "check", stdout=out)
    assert "法规数据无误" in out.getvalue()

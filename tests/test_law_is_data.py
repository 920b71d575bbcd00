"""No length, amount, rate or citation of law stands in the source: only keys into law/. The test reads every module and page.

What it finds can be told by a machine: an article or a statute by name, a number with a unit of time or money, a
percentage, in any text that is not a docstring; and in the drawers that decide or write (rules, guards, actions, forms,
queries) a number in a comparison, a sum, a time span or a default that names a unit. Put the number under law/ and name
its key: `length_of("pay", on)`, `cited("lsr-17")`, `worded("……{clock:pay}……（{cite:lsr-17}）", on)`
(laojian/lawbook/words.py), in a page `{% length "pay" %}` and `{% cite "lsr-17" %}`. What is no law is listed below with
its reason.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "laojian"
NUMBER = r"[0-9〇零一二两三四五六七八九十百千万]+"
TEXT = {
    "an article": re.compile(rf"第\s?{NUMBER}\s?条"),
    "a statute": re.compile(r"《[^》]*(?:法|条例|规定|办法|解释)[^》]*》|(?:条例|处罚法|强制法|复议法|规定)\s?[0-9]+"),
    "a length": re.compile(
        rf"(?<![0-9年月第同每某哪]){NUMBER}\s?(?:个?工作日|个?自然日|个月|小时|(?<!一)天|年(?!\s?[0-9]+\s?月)|日(?![0-9期志]))"
    ),
    "an amount": re.compile(rf"[¥￥]\s?[0-9]|(?<!零){NUMBER}\s?元"),
    "a rate": re.compile(r"百分之|[0-9]\s?[%％](?![0-9A-F]{2})"),
}
NO_LENGTH = {"一日", "一天", "一二三四五六日"}  # some day, and the days of the week
DECIDING = ("rules", "guards", "actions", "forms", "queries", "checks")
NAMED = re.compile(r"DAYS|MONTHS|YEARS|YUAN|RATE|PERCENT")  # a constant by such a name is meant as a length or a sum
UNITS = {"days", "weeks", "months", "years", "hours", "length"}
PLAIN = {0, 1, -1, 2, 10, 12, 100, "0", "1", "0.01", "100"}  # nothing, one, a pair, cents, decimals, months of a year

# Where a number is not law: file, what stands there, why.
ALLOWED = (
    (
        "cases/forms/opening.py",
        "例如：支付 2025 年 10 月至 12 月工资 18,600 元",
        "an example of what a complainant asks",
    ),
    ("cases/months.py", "跨年的请写明两个年份", "how to write a span of months"),
    ("employers/identifiers.py", "", "check digits and dates inside identity numbers are not law of the procedure"),
    ("employers/rules.py", "", "how long a name may be"),
    ("evidence/", "", "sizes and signatures of files"),
    ("papers/amounts.py", "", "how sums are written in words"),
    ("papers/word.py", "", "sizes of files"),
    ("papers/binding.py", "image(", "the size of a picture"),
    ("lawbook/counting.py", "两天都不计", "how days are counted, which is arithmetic"),
    ("people/rules.py", "", "how early a certificate's end is announced on the screen"),
    ("people/actions.py", "", "what a word of signs consists of"),
    ("cases/claims.py", "", "shapes of rows in a pasted table"),
    ("cases/forms/fields.py", "max_length", "the size of an input"),
    ("exchange/rules.py", "", "how a template writes sums and codes, and what an answer over HTTP means"),
    ("exchange/templates.py", "六位小数", "the name of a type of column"),
    ("web/demo/", "", "what invented persons of the demo said and wrote"),
    ("cases/replay/", "", "at what pace the examples of law/ are played"),
)


def allowed(where: str, what: str) -> bool:
    return any(where.startswith(place) and words in what for place, words, _ in ALLOWED)


def docstrings(tree: ast.AST) -> set[int]:
    """The identities of the constants that are docstrings: they tell the reader which law is meant, and decide nothing."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    first = (node.body[0] for node in ast.walk(tree) if isinstance(node, kinds) and node.body)
    return {id(line.value) for line in first if isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)}


def in_texts(tree: ast.AST) -> Iterator[tuple[int, str, str]]:
    """Line, kind and text of every literal of law in a module's strings; f-strings are read as one text."""
    skipped = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            skipped |= {id(part) for part in node.values}
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "〈〉" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            text = node.value
        else:
            continue
        yield from ((node.lineno, kind, text) for kind, _ in told_in(text))


def told_in(text: str) -> Iterator[tuple[str, str]]:
    """Kind and words of the first literal of each kind in a text."""
    for kind, pattern in TEXT.items():
        found = next((match[0] for match in pattern.finditer(text) if match[0] not in NO_LENGTH), "")
        if found:
            yield kind, found


def in_numbers(tree: ast.AST) -> Iterator[tuple[int, str, str]]:
    """Line, "a number" and text of each number by which a drawer decides: compared, computed with, spanned, defaulted."""
    for node in ast.walk(tree):
        sides: list[ast.AST] = []
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
        elif isinstance(node, ast.BinOp) and not isinstance(node.op, ast.LShift | ast.RShift | ast.Mod):
            sides = [node.left, node.right]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in (
            "Decimal",
            "timedelta",
        ):
            sides = [*node.args, *(word.value for word in node.keywords)]
        elif isinstance(node, ast.keyword) and node.arg in UNITS:
            sides = [node.value]
        elif isinstance(node, ast.arguments):
            named = [
                *zip(reversed(node.args), reversed(node.defaults), strict=False),
                *zip(node.kwonlyargs, node.kw_defaults, strict=True),
            ]
            sides = [default for arg, default in named if arg.arg in UNITS and default is not None]
        elif isinstance(node, ast.Assign) and any(NAMED.search(ast.unparse(target)) for target in node.targets):
            sides = [node.value]
        for side in sides:
            if isinstance(side, ast.Constant) and not isinstance(side.value, bool) and amount_like(side.value):
                yield side.lineno, "a number", ast.unparse(node)


def amount_like(value: object) -> bool:
    """Whether a constant is a number, or the text of one, that is not one of the plain ones."""
    if isinstance(value, str):
        return bool(re.fullmatch(r"[0-9.]+", value)) and value not in PLAIN
    return isinstance(value, int | float) and value not in PLAIN


def literals(where: str, source: str) -> list[str]:
    """Every literal of law in a module, as file, line, kind and text, without what is allowed."""
    tree = ast.parse(source)
    parts = Path(where).with_suffix("").parts
    decides = bool(set(parts) & set(DECIDING) or parts[-1].endswith("guards")) and parts[0] != "web"
    found = [*in_texts(tree), *(in_numbers(tree) if decides else ())]
    return [f"{where}:{line} {kind}: {text[:90]}" for line, kind, text in found if not allowed(where, text)]


def page_literals(where: str, page: str) -> list[str]:
    """Every literal of law in a template's own words: tags, comments and attributes are not words."""
    words = re.sub(r"{% comment %}.*?{% endcomment %}|{[%{#].*?[%}#]}|<[^>]*>", "〈〉", page, flags=re.S)
    return [f"{where} {kind}: {found}" for kind, found in told_in(words) if not allowed(where, found)]


def test_no_literal_of_law_stands_in_the_source():
    wrong = []
    for path in sorted(SOURCE.rglob("*.py")):
        where = path.relative_to(SOURCE).as_posix()
        if not {"tests", "migrations"} & set(path.parts):
            wrong += literals(where, path.read_text())
    assert not wrong, "put it under law/ and name its key (how: the head of this file):\n" + "\n".join(wrong)


def test_no_literal_of_law_stands_in_a_page():
    wrong = []
    for path in sorted(SOURCE.rglob("*.html")):
        wrong += page_literals(path.relative_to(SOURCE).as_posix(), path.read_text())
    assert not wrong, "name its key ({% length %}, {% cite %}):\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    "line",
    [
        'text = "依据监察条例第十七条"',
        'text = "依《行政处罚法》办理"',
        'text = "调查期限为六十个工作日"',
        'text = "自收到之日起 15 日内缴纳"',
        'text = f"已超过二年（至 {limit}）"',
        'text = f"{name}应在 3个月内起诉"',
        'text = "处二千元以上二万元以下罚款"',
        'text = "罚款 ¥2,000"',
        'text = "加付百分之五十"',
        'text = "每日按 3% 加处"',
        "late = worked > 60",
        "rest = fine * 0.03",
        'rate = Decimal("0.5")',
        "day = start + timedelta(days=15)",
        "due = counted(start, length=60)",
        "GRACE_DAYS = 15",
        "def earlier(on, years=5): pass",
        "def earlier(on, *, days=30): pass",
    ],
)
def test_the_reading_finds_what_it_looks_for(line):
    assert literals("cases/guards.py", line), line


@pytest.mark.parametrize(
    "line",
    [
        '"""Sixty working days: 第十七条, 60个工作日."""',
        'text = worded("自收到之日起{clock:pay}内缴纳（{cite:apl-67}）")',
        'text = f"还有 {days} 个工作日"',
        'text = f"罚款 ¥{fine:,.2f} 高于已告知的"',
        'text = "%Y年%m月%d日"',
        "day = start + timedelta(days=1)",
        'cent = Decimal("0.01")',
        'name = Line("姓名", max_length=60)',
        "both = len(officers) == 2",
    ],
)
def test_the_reading_leaves_alone_what_is_no_law(line):
    assert literals("cases/guards.py", line) == []


def test_a_page_is_read_without_its_tags():
    assert page_literals("web/templates/a.html", "<p>一年内提出</p>")
    assert page_literals("web/templates/a.html", '<p style="1日">{% length "pay" %}内，{{ n }} 日{# 3日 #}</p>') == []


def test_every_exception_is_still_needed():
    """An entry of the list that excuses nothing any more is taken out."""
    unused = []
    for place, words, reason in ALLOWED:
        files = [path for path in SOURCE.rglob("*.py") if path.relative_to(SOURCE).as_posix().startswith(place)]
        assert files and reason, place
        if words and not any(words in path.read_text() for path in files):
            unused.append(f"{place} {words}")
    assert unused == []

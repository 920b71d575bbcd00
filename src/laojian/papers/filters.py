"""What a template can do with a value: dates, money, words, periods; and how a value enters the markup as mere text."""

from collections.abc import Callable, Mapping

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from laojian.papers import amounts
from laojian.papers.blocks import literal
from laojian.papers.vocabulary import Facts, Missing

UNITS = {"WD": "个工作日", "D": "日", "M": "个月", "Y": "年", "H": "小时"}
UNITS |= {"working_day": "个工作日", "day": "日", "month": "个月", "year": "年", "hour": "小时"}


def passing(function: Callable) -> Callable:
    """The filter, except that a value not known yet stays a placeholder."""

    def filtered(value: object, *args: object) -> object:
        return value if isinstance(value, Missing) else function(value, *args)

    return filtered


def until(clock: Facts) -> object:
    """The last day of a period; while that day is provisional, never a date but how the period runs.

    A period that reaches into a year whose holidays are not announced is told by its length and first day, with the
    promise that the date will be told once they are."""
    if not clock:
        return Missing(f"{clock.schema.label}届满日")
    if not clock.provisional:
        return Missing("届满日") if not clock.due_on else amounts.day(clock.due_on)
    length = f"的第{clock.length}{UNITS.get(clock.unit, '')}" if clock.length and clock.unit else "起的法定期限届满之日"
    begun = f"自{amounts.day(clock.started_on)}次日起" if clock.started_on else "自起算之日次日起"
    basis = f"（{clock.basis}）" if clock.basis else ""
    return f"{begun}计算{length}{basis}，具体日期待届满年度的节假日安排公布后另行告知"


def names(people: list) -> object:
    """The names of a list of people or parties, joined by 、."""
    return "、".join(str(person.name) for person in people) or Missing("姓名或者名称")


def certified(officers: list) -> object:
    """Officers with their certificates: 张三（证号 1201…）、李四（…）."""
    told = "、".join(f"{officer.name}（证件号{officer.certificate}）" for officer in officers)
    return told or Missing("承办人员及证件号")


def lines(text: object) -> list[str]:
    """The lines of a text that lists one thing a line; a list stays as it is."""
    return list(text) if isinstance(text, list) else [line.strip() for line in str(text).split("\n") if line.strip()]


def dialogue(text: str) -> list[dict[str, str]]:
    """A text whose lines begin with 问： or 答： as pairs {question, answer}; a line with neither goes on the one before."""
    pairs: list[dict[str, str]] = []
    side = "question"
    for line in lines(text):
        mark, said = line[:1], line[2:].strip()
        if line[1:2] not in ("：", ":") or mark not in ("问", "答"):
            mark, said = "", line
        if mark == "问" or not pairs:
            pairs.append({"question": "", "answer": ""})
        side = {"问": "question", "答": "answer"}.get(mark, side)
        pairs[-1][side] = f"{pairs[-1][side]}\n{said}".strip()
    return pairs


def ended(text: str) -> str:
    """A sentence with its full stop, whether or not the officer typed one."""
    said = str(text).rstrip()
    return said if not said or said[-1] in "。！？；：….!?;:" else said + "。"


def bare(text: str) -> str:
    """A text without its last stop, to stand within a sentence."""
    return str(text).rstrip().rstrip("。；，、.;,")


def told(code: str, *labels: str) -> str:
    """The label of a code from pairs such as "all=采纳"; a text that is no code stays as it is."""
    return dict(pair.split("=", 1) for pair in labels).get(str(code), str(code))


FILTERS: Mapping[str, Callable] = {
    "day": passing(amounts.day),
    "date": passing(lambda at: str(at)[:10]),
    "when": passing(lambda at: amounts.moment(at) if "T" in str(at) else amounts.day(at)),
    "hour": passing(amounts.hour),
    "moment": passing(amounts.moment),
    "money": passing(amounts.figures),
    "sums": passing(lambda amount: amounts.figures(amount)[1:]),
    "words": passing(amounts.in_words),
    "count_word": passing(amounts.count_word),
    "until": passing(until),
    "lines": passing(lines),
    "dialogue": passing(dialogue),
    "ended": passing(ended),
    "bare": passing(bare),
    "told": passing(told),
    "names": names,
    "certified": certified,
}
KEPT = ("string", "join", "length", "map", "selectattr", "rejectattr", "first", "last", "list", "default", "sum")


def _printed(value: object) -> str:
    """What `{{ value }}` puts into the markup: text that is never read as markup."""
    if isinstance(value, bool):
        return literal("是" if value else "否")
    if isinstance(value, Facts | list):
        raise TypeError("整组事实不能直接印出，请写到具体的名称")
    return literal(str(value))


def environment(parts: dict[str, str]) -> jinja2.Environment:
    """A sandbox with our filters and a few of jinja's, in which every printed value is inert text."""
    env = SandboxedEnvironment(
        loader=jinja2.DictLoader(parts),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
        finalize=_printed,
        undefined=jinja2.StrictUndefined,
    )
    env.filters = {**{name: env.filters[name] for name in KEPT}, **FILTERS}
    env.globals = {}
    return env

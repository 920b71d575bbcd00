"""A template and the facts of a file become the blocks of a paper; what is missing is told by name."""

from collections.abc import Callable, Mapping
from datetime import date

import jinja2

from laojian.lawbook import Lawbook, law
from laojian.lawbook.clocks import UNSET, amount
from laojian.lawbook.words import joined
from laojian.papers.amounts import moment
from laojian.papers.blocks import BlockError, Blocks, parse, unfilled
from laojian.papers.template import Template, TemplateError
from laojian.papers.vocabulary import Facts, Missing, UnknownName, at_path, seen

APPROVES = "approve_paper"


def fill(template: Template, facts: Mapping, *, book: Lawbook | None = None) -> Blocks:
    """The paper's blocks. Absent facts stand as 〔待填：…〕; nothing in the facts is read as markup, jinja or typst.

    Articles and lengths of periods come from `book` (default: the law in use) as of the step's day. Without `source`,
    the one of `sources` that `given.source` names is meant, else the newest. Raises TemplateError in Chinese when a
    fact cannot be written (a sum that is no sum, a moment without a time)."""
    context = _context(template, facts)
    try:
        return parse(template.body.render(**context, **_functions(context["step"], book or law())))
    except (BlockError, UnknownName, ValueError, TypeError, jinja2.TemplateError) as wrong:
        raise TemplateError(f"文书“{template.label}”无法起草：{wrong}") from wrong


def missing(template: Template, facts: Mapping, *, book: Lawbook | None = None) -> list[str]:
    """Chinese names of all that is still needed before issue: required facts first, then every placeholder printed."""
    context = _context(template, facts)
    wanted = [at_path(path, template.schema).label for path in template.required if not _at(context, path)]
    return list(dict.fromkeys(wanted + unfilled(fill(template, facts, book=book))))


def numbered(word: str, template: Template, year: int, nth: int) -> str:
    """The document number, e.g. 宝人社监改〔2026〕44号 from the bureau's word 宝人社监; empty for unnumbered papers."""
    return f"{word}{template.number_word}〔{year}〕{nth}号" if template.number_word else ""


def described(template: Template) -> dict[str, str]:
    """The names that the body reads under `given`, with their Chinese labels: what the drafting step has to ask."""
    return {name: schema.label for name, schema in template.schema.names["given"].names.items()}


def _context(template: Template, facts: Mapping) -> dict[str, object]:
    told = {name: asked(facts[name]) for name in template.uses if name in facts}
    made = {"sheet": sheet(template, told), "source": _source(told)} | told
    return {name: seen(made.get(name), schema) for name, schema in template.schema.names.items()}


def asked(fact: object) -> object:
    """A group of facts; one that costs a query comes as a function, called only for the papers that read it."""
    return fact() if callable(fact) else fact


def sheet(template: Template, facts: Mapping) -> list[dict]:
    """The rows of an approval sheet: for each who signs, the newest step that signs for it, the present step included.

    A row that nobody took yet has its label alone: it is filled by “批准文书”, or signed by hand."""
    step, by, given = (facts.get(name) or {} for name in ("step", "by", "given"))
    now = {
        **by,
        "verb": step.get("verb"),
        "opinion": said(given) or step.get("label"),
        "at": step.get("at") or step.get("on"),
    }
    took = [*(facts.get("approvals") or ()), *([now] if by else ())]
    rows = []
    for label, verbs in template.sign:
        found = next((each for each in reversed(took) if each.get("verb") in set(verbs) - {APPROVES}), {})
        rows.append({**found, "label": label})
    return rows


def said(given: Mapping) -> str:
    """What somebody wrote as an opinion in taking a step: the opinion itself, else the proposal or the reason."""
    return str(given.get("opinion") or given.get("proposed") or given.get("reason") or "")


def signed(template: Template, body: list[dict], by: Mapping) -> list[dict]:
    """The body with an approver's opinion, name, post and moment in the row that waits for “批准文书”, if there is one."""
    labels = {label for label, verbs in template.sign if APPROVES in verbs}
    mark = f"{by['opinion']}\n签名：{by['name']}（{by['post']}）　　{moment(by['at'])}"
    for block in body:
        for row in block.get("rows", ()):
            if row[0][0] in labels:
                row[1][0] = mark
    return body


def _source(facts: Mapping) -> Mapping | None:
    """The source that the step names by `given.source`, else the newest."""
    sources, wanted = facts.get("sources") or (), (facts.get("given") or {}).get("source")
    return next((s for s in sources if wanted and s.get("id") == wanted), sources[-1] if sources else None)


def _at(context: Mapping, path: str) -> object:
    value: object = context
    for name in path.split("."):
        value = value[name]
    return value


def _functions(step: Facts, book: Lawbook) -> dict[str, Callable[..., object]]:
    """What a body can ask of the law: `cite`, of the step's day `in_force`, `applies`, `period`."""
    on = date.fromisoformat(str(step.on)[:10]) if step.on else None

    def cite(*keys: str) -> str:
        return joined([book.article(key).cite for key in keys])

    def in_force(*keys: str) -> str:
        found = book.first_in_force(keys, on) if on else book.article(keys[0])
        if found is None:
            raise ValueError(f"{'、'.join(keys)} 在 {on} 都不施行，请核对日期")
        return found.cite

    def period(key: str) -> str | Missing:
        clock = book.clock(key)
        version = clock.version(on) if on else clock.versions[-1]
        return Missing(f"{clock.label}的长度") if version.length == UNSET else amount(version.length, version.unit)

    def applies(key: str) -> bool:
        return on is None or book.article(key).in_force(on)

    return {"applies": applies, "cite": cite, "in_force": in_force, "period": period}

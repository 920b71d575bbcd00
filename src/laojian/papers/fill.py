"""A template and the facts of a file become the blocks of a paper; what is missing is told by name."""

from collections.abc import Callable, Mapping

import jinja2

from .blocks import BlockError, Blocks, parse, unfilled
from .template import Template, TemplateError
from .vocabulary import UnknownName, at_path, seen

Cite = Callable[[str], str]


def fill(template: Template, facts: Mapping, *, cite: Cite) -> Blocks:
    """The paper's blocks. Absent facts stand as 〔待填：…〕; nothing in the facts is read as markup, jinja or typst.

    `cite` turns a key of law/articles.yaml into its citation, as `law().article(key).cite` does.
    Raises TemplateError in Chinese when a fact cannot be written (a sum that is no sum, a date that is no date)."""
    try:
        return parse(template.body.render(**_context(template, facts), cite=_citing(cite)))
    except (BlockError, UnknownName, ValueError, TypeError, jinja2.TemplateError) as wrong:
        raise TemplateError(f"文书“{template.label}”无法起草：{wrong}") from wrong


def missing(template: Template, facts: Mapping, *, cite: Cite = lambda key: key) -> list[str]:
    """Chinese names of all that is still needed before issue: required facts first, then every placeholder printed."""
    context = _context(template, facts)
    wanted = [at_path(path, template.schema).label for path in template.required if not _at(context, path)]
    return list(dict.fromkeys(wanted + unfilled(fill(template, facts, cite=cite))))


def _context(template: Template, facts: Mapping) -> dict[str, object]:
    given = {"sign": list(template.sign), **facts}
    return {name: seen(given.get(name), schema) for name, schema in template.schema.names.items()}


def _at(context: Mapping, path: str) -> object:
    value: object = context
    for name in path.split("."):
        value = value[name]
    return value


def _citing(cite: Cite) -> Callable[..., str]:
    return lambda *keys: "、".join(cite(key) for key in keys)


def numbered(word: str, template: Template, year: int, nth: int) -> str:
    """The document number, e.g. 宝人社监改〔2026〕44号 from the bureau's word 宝人社监; empty for unnumbered papers."""
    return f"{word}{template.number_word}〔{year}〕{nth}号" if template.number_word else ""


def described(template: Template) -> list[str]:
    """The names under `given` with their Chinese labels, as `name: 中文名`, for whoever declares the step's form."""
    return [f"{name}: {schema.label}" for name, schema in template.schema.names["given"].names.items()]

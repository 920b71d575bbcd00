"""Templates of papers: law/papers/*.md read and checked, refused with file and line. They are filled in `fill`."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import jinja2
import yaml
from jinja2 import nodes

from laojian.lawbook.reading import line_of, problem
from laojian.papers.blocks import DIRECTIVES
from laojian.papers.filters import environment
from laojian.papers.vocabulary import Group, Leaf, Many, Schema, UnknownName, at_path, read_schema

KINDS = ("external", "internal", "record")
LAYOUTS = ("official", "form", "record", "letter", "list", "cover")
SERVES = ("penalty", "treatment", "letter", None)
APPROVERS = ("unit_head", "deputy", "chief")  # from below upwards: who stands higher may approve too
FUNCTIONS = ("cite", "in_force", "applies", "period", "loop")
ROW = {"label": "环节", "opinion": "意见", "name": "签名人", "post": "职务", "at": "时间"}
SHEET = Many(Group({name: Leaf(label) for name, label in ROW.items()}, "审批栏"), "审批栏")
FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.S)
WRITTEN = {
    str: "文字", (str, type(None)): "文字，没有的写 null", list: "方括号里的列表", dict: "花括号里的“名称: 中文名”",
    bool: "true 或者 false",
}  # fmt: skip
KEYS = {
    "code": str, "label": str, "kind": str, "layout": str, "number_word": (str, type(None)), "basis": list,
    "required": list, "given": dict, "seal": bool, "sign": list, "serve": (str, type(None)), "confidential": bool,
}  # fmt: skip
OPTIONAL = {"approver": (None, *APPROVERS)}


class TemplateError(ValueError):
    """A template that cannot be used; the message is Chinese and begins with file and line."""


@dataclass(frozen=True)
class Template:
    """One paper of law/papers: what it is, what it needs, who signs, how it is served, and its compiled body."""

    code: str
    label: str
    kind: str  # external: sealed and served; internal: goes into the file only; record: signed by those it records
    layout: str
    number_word: str | None  # 改 in 宝人社监改〔2026〕44号; None: never numbered
    basis: tuple[str, ...]  # keys of law/articles.yaml
    required: tuple[str, ...]  # names of facts without which it is not issued
    seal: bool
    sign: tuple[tuple[str, tuple[str, ...]], ...]  # who signs, in order, with the verbs of the steps that sign
    serve: str | None  # which period of service applies: penalty (apl-61), treatment (impl-38), letter
    confidential: bool  # kept in the sealed part of the file
    approver: str | None  # who must at least approve the draft before it is numbered
    cites: tuple[str, ...]  # keys the body cites
    uses: frozenset[str]  # groups of facts that the body reads: no others need to be gathered
    fields: tuple[tuple[str, str], ...]  # what the body prints of each group: (group, what it is called)
    periods: tuple[str, ...]  # keys of law/clocks whose length the body prints
    schema: Group = field(repr=False, compare=False)
    body: jinja2.Template = field(repr=False, compare=False)

    @property
    def by_hand(self) -> tuple[str, ...]:
        """Who signs with pen and ink; the others sign by a step that the record keeps."""
        return tuple(label for label, verbs in self.sign if not verbs)


@dataclass(frozen=True)
class Source:
    """A file of the folder on its way to become a template: where errors are."""

    path: Path
    front: dict
    first: int  # number of the body's first line
    body: str

    def wrong(self, line: int, what: str) -> TemplateError:
        return TemplateError(f"{self.path.name} 第 {line} 行：{what}")


def load_templates(
    folder: Path, articles: Collection[str] | None = None, clocks: Collection[str] | None = None
) -> dict[str, Template]:
    """Every `<code>.md` of the folder by code; `_name.md` are parts to include, `vocabulary.yaml` the names.

    Refuses with TemplateError (file and line, in Chinese): broken front matter, unknown names, functions, layouts or
    directives, a required name that does not exist, and, when `articles` and `clocks` are given,
    a cited article or a printed period that is not among them."""
    vocabulary = _vocabulary(folder / "vocabulary.yaml")
    parts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("_*.md"))}
    env = environment(parts)
    found = {}
    for path in sorted(folder.glob("[a-z]*.md")):
        source = _source(path)
        found[path.stem] = _template(source, env, vocabulary, Known(articles, clocks))
    if not found:
        raise TemplateError(f"{folder} 里没有文书模板，请检查 LAOJIAN_LAW 指向的目录。")
    return found


def _vocabulary(path: Path) -> Group:
    try:
        return read_schema(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, yaml.YAMLError) as wrong:
        raise TemplateError(f"{path.name} 第 {line_of(wrong)} 行：事实词汇表读不出来：{problem(wrong)}。") from wrong


def _source(path: Path) -> Source:
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    if not (front := FRONT.match(text)):
        raise TemplateError(f"{path.name} 第 1 行：文件应当以 --- 包住的说明开头。")
    try:
        data = yaml.safe_load(front[1])
    except yaml.YAMLError as wrong:
        raise TemplateError(
            f"{path.name} 第 {line_of(wrong) + 1} 行：说明部分 YAML 写法有误：{problem(wrong)}。"
        ) from wrong
    source = Source(path, data if isinstance(data, dict) else {}, front[0].count("\n") + 1, text[front.end() :])
    _check_front(source)
    return source


def _check_front(source: Source) -> None:
    front = source.front
    for key, kind in KEYS.items():
        if key not in front or not isinstance(front[key], kind):
            raise source.wrong(_line_of(source, key), f"说明部分缺少“{key}”，或者它的类型不对：应为{WRITTEN[kind]}。")
    if extra := sorted(set(front) - set(KEYS) - set(OPTIONAL)):
        raise source.wrong(_line_of(source, extra[0]), f"说明部分不认识“{extra[0]}”。")
    allowed = {"kind": KINDS, "layout": LAYOUTS, "serve": SERVES, "code": (source.path.stem,), **OPTIONAL}
    for key, values in allowed.items():
        if front.get(key) not in values:
            raise source.wrong(_line_of(source, key), f"“{key}: {front[key]}”不在可用的值 {list(values)} 之内。")
    if front["serve"] and not (front["seal"] and front["kind"] == "external"):
        raise source.wrong(_line_of(source, "serve"), "要送达的文书应当是 kind: external 且 seal: true。")


def _line_of(source: Source, key: str) -> int:
    """The line of a front-matter key; the file's first when it is absent."""
    head = source.path.read_text(encoding="utf-8").split("\n")[: source.first - 1]
    return next((n for n, line in enumerate(head, 1) if line.startswith(f"{key}:")), 1)


def _template(source: Source, env: jinja2.Environment, vocabulary: Group, known: "Known") -> Template:
    front = source.front
    names = {**vocabulary.names, "given": _given(source), "sheet": SHEET}
    schema = Group(names, vocabulary.label)
    for path in front["required"]:
        try:
            at_path(path, schema)
        except UnknownName as wrong:
            raise source.wrong(_line_of(source, "required"), f"required 里的“{path}”不存在：{wrong}。") from wrong
    walk = Walk(source, env, known)
    walk.check(source.body, schema)
    for key in front["basis"]:
        walk.article(source, _line_of(source, "basis"), key)
    kept = {
        key: front[key] for key in ("code", "label", "kind", "layout", "number_word", "seal", "serve", "confidential")
    }
    lists = {key: tuple(front[key]) for key in ("basis", "required")}
    return Template(
        **kept, **lists, approver=front.get("approver"), sign=_sign(source), cites=tuple(walk.cites),
        uses=_uses(walk, front, names), fields=tuple(walk.fields), periods=tuple(walk.periods),
        schema=schema, body=env.from_string(source.body),
    )  # fmt: skip


def _uses(walk: "Walk", front: dict, names: Collection[str]) -> frozenset[str]:
    """The groups that the body reads, those behind `sheet` and `source` included, and those whose presence is required."""
    read = walk.reads | {path.split(".")[0] for path in front["required"]} | {"step", "given", "by"}
    behind = {"sheet": "approvals", "source": "sources"}
    return frozenset(read & set(names)) | {group for name, group in behind.items() if name in read}


def _sign(source: Source) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """`- 承办人意见: propose_filing` is a label with the steps that sign for it; `- 承办人` one that is signed by hand."""
    told = [item if isinstance(item, dict) else {item: ""} for item in source.front["sign"]]
    if any(len(item) != 1 for item in told):
        raise source.wrong(_line_of(source, "sign"), "sign 的每一项应当是一个名称，或者“名称: 步骤”。")
    return tuple((str(label), tuple(str(verbs).split())) for item in told for label, verbs in item.items())


def _given(source: Source) -> Schema:
    try:
        return read_schema({"_": "本步填写的内容", **source.front["given"]})
    except ValueError as wrong:
        raise source.wrong(_line_of(source, "given"), f"given 写得不对：{wrong}。") from wrong


@dataclass(frozen=True)
class Known:
    """The keys of law that a body may name; None: whatever they are."""

    articles: Collection[str] | None
    clocks: Collection[str] | None


class Walk:
    """Reads a body without running it: every name, filter, directive and article key is known, or the line is named."""

    def __init__(self, source: Source, env: jinja2.Environment, known: "Known"):
        self.source, self.env, self.known = source, env, known
        self.cites: dict[str, None] = {}
        self.reads: set[str] = set()
        self.fields: dict[tuple[str, str], None] = {}
        self.periods: dict[str, None] = {}
        self.roots: dict[str, str] = {}  # a loop's name → the group it goes through

    def check(self, body: str, schema: Group) -> None:
        """Check a body, and the parts it includes, against the names it may use."""
        for number, line in enumerate(body.split("\n")):
            word = re.match(r"\s*@([\w-]+)", line)
            if word and word[1] not in DIRECTIVES:
                raise self.source.wrong(self.source.first + number, f"没有“@{word[1]}”这种排版指令。")
        try:
            self.env.compile(body)
        except jinja2.TemplateSyntaxError as wrong:
            line = self.source.first - 1 + (wrong.lineno or 1)
            words = "、".join(dict.fromkeys(re.findall(r"'(\w+)'", wrong.message or "")))
            about = f"（涉及 {words}）" if words else ""
            raise self.source.wrong(
                line, f"模板语法有误：花括号、百分号或者 if、for 没有配对，或者拼错{about}。"
            ) from wrong
        self._visit(self.env.parse(body), dict(schema.names))

    def article(self, source: Source, line: int, key: str) -> None:
        if self.known.articles is not None and key not in self.known.articles:
            raise source.wrong(line, f"law/articles.yaml 里没有条文“{key}”。")

    def _wrong(self, node: nodes.Node, what: str) -> TemplateError:
        return self.source.wrong(self.source.first - 1 + node.lineno, what)

    def _visit(self, node: nodes.Node, scope: dict[str, Schema | None]) -> None:
        if isinstance(node, nodes.Include):
            self._include(node, scope)
        elif isinstance(node, nodes.For):
            self._loop(node, scope)
        elif isinstance(node, nodes.Assign):
            self._visit(node.node, scope)
            self.roots[node.target.name] = self._root(node.node)
            scope[node.target.name] = self._schema(node.node, scope)
        else:
            if isinstance(node, nodes.Expr):
                self._schema(node, scope)
            if isinstance(node, nodes.Call):
                self._call(node)
            for child in node.iter_child_nodes():
                self._visit(child, scope)

    def _loop(self, node: nodes.For, scope: dict) -> None:
        self._visit(node.iter, scope)
        over = self._schema(node.iter, scope)
        self.roots[node.target.name] = self._root(node.iter)
        inner = {**scope, node.target.name: over.item if isinstance(over, Many) else None, "loop": None}
        for child in (*([node.test] if node.test else ()), *node.body, *node.else_):
            self._visit(child, inner)

    def _include(self, node: nodes.Include, scope: dict) -> None:
        name = node.template.value if isinstance(node.template, nodes.Const) else ""
        text, _, _ = (
            self.env.loader.get_source(self.env, name) if name in self.env.loader.list_templates() else ("", 0, 0)
        )
        if not text:
            raise self._wrong(node, f"没有可以引入的部分“{name}”。")
        part = Walk(Source(self.source.path.with_name(name), {}, 1, text), self.env, self.known)
        part.roots = dict(self.roots)
        part.check(text, Group({k: v for k, v in scope.items() if v is not None}, "事实"))
        self.cites |= part.cites
        self.reads |= part.reads
        self.fields |= part.fields
        self.periods |= part.periods

    def _call(self, node: nodes.Call) -> None:
        if isinstance(node.node, nodes.Name) and node.node.name in ("cite", "in_force", "applies"):
            for arg in node.args:
                if not isinstance(arg, nodes.Const):
                    raise self._wrong(node, 'cite(…) 里应当直接写条文键，例如 cite("lsr-17")。')
                self.article(self.source, self.source.first - 1 + node.lineno, arg.value)
                self.cites[arg.value] = None

        if isinstance(node.node, nodes.Name) and node.node.name == "period":
            for arg in node.args:
                self._period(node, arg)

    def _period(self, node: nodes.Call, arg: nodes.Node) -> None:
        if not isinstance(arg, nodes.Const):
            raise self._wrong(node, 'period(…) 里应当直接写期限的键，例如 period("pay")。')
        if self.known.clocks is not None and arg.value not in self.known.clocks:
            raise self._wrong(node, f"law/clocks 里没有期限“{arg.value}”。")
        self.periods[arg.value] = None

    def _root(self, node: nodes.Node) -> str:
        """The group of facts that an expression begins with; empty where it begins with none."""
        while not isinstance(node, nodes.Name):
            node = next(node.iter_child_nodes(), None)
            if node is None:
                return ""
        return self.roots.get(node.name, node.name)

    def _schema(self, node: nodes.Node, scope: dict) -> Schema | None:
        """What an expression leads to, as far as it can be told; refuses unknown names."""
        if isinstance(node, nodes.Name):
            if node.ctx == "load" and node.name not in scope and node.name not in FUNCTIONS:
                raise self._wrong(node, f"没有“{node.name}”这个事实，可用的见 vocabulary.yaml。")
            self.reads.add(node.name)
            return scope.get(node.name)
        if isinstance(node, nodes.Getattr):
            return self._below(node, self._schema(node.node, scope))
        if isinstance(node, nodes.Getitem):
            over = self._schema(node.node, scope)
            return over.item if isinstance(over, Many) else None
        if isinstance(node, nodes.Filter) and node.node is not None:
            over = self._schema(node.node, scope)
            return over.item if node.name in ("first", "last") and isinstance(over, Many) else over
        return None

    def _below(self, node: nodes.Getattr, above: Schema | None) -> Schema | None:
        if above is None:
            return None
        if not isinstance(above, Group):
            raise self._wrong(node, f"“{above.label}”没有下一级“{node.attr}”。")
        try:
            below = above.at(node.attr)
            if isinstance(below, Leaf):
                self.fields[self._root(node), below.label] = None
            return below
        except UnknownName as wrong:
            raise self._wrong(node, f"{wrong}。") from wrong

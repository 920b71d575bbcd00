"""The names a template may use, what each is called in Chinese, and the facts seen through them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


class UnknownName(Exception):
    """A template asks for a name that the vocabulary does not have."""


@dataclass(frozen=True)
class Leaf:
    """One value; `label` is what its placeholder says."""

    label: str


@dataclass(frozen=True)
class Many:
    """A list of `item`."""

    item: "Schema"
    label: str


@dataclass(frozen=True)
class Group:
    """Named values; with `open_` any name leads to that schema (clocks by key)."""

    names: Mapping[str, "Schema"]
    label: str
    open_: "Schema | None" = None

    def at(self, name: str) -> "Schema":
        """The schema under a name; raises UnknownName."""
        found = self.names.get(name, self.open_)
        if found is None:
            raise UnknownName(f"“{self.label}”下没有“{name}”，可用的有：{'、'.join(sorted(self.names)) or '（无）'}")
        return found


Schema = Leaf | Many | Group


def read_schema(data: object, label: str = "事实") -> Schema:
    """The vocabulary as YAML gives it: `name: 中文名` is a value, `name*` a list, `name**` a map, `_` a label."""
    if isinstance(data, str):
        return Leaf(data)
    if not isinstance(data, dict):
        raise ValueError(f"“{label}”应当是中文名或者下一级名称表")
    own = data.get("_", label)
    names = {}
    for name, below in data.items():
        if name == "_":
            continue
        if not isinstance(name, str):
            raise ValueError(f"“{label}”下的名称“{name}”应当加引号")
        key = name.rstrip("*")
        schema = read_schema(below, key)
        if name.endswith("**"):
            schema = Group({}, schema.label, open_=schema)
        elif name.endswith("*"):
            schema = Many(schema, schema.label)
        names[key] = schema
    return Group(names, own)


class Missing:
    """A value that is not known yet: false, empty, and printed as a visible placeholder."""

    __slots__ = ("label",)

    def __init__(self, label: str):
        self.label = label

    def __str__(self) -> str:
        return f"〔待填：{self.label}〕"

    def __bool__(self) -> bool:
        return False

    def __iter__(self):
        return iter(())

    def __len__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Missing)

    __hash__ = None


class Facts:
    """A group of facts seen through its schema: unknown names refused, absent values `Missing`."""

    __slots__ = ("data", "schema")

    def __init__(self, data: Mapping, schema: Group):
        self.data, self.schema = data, schema

    def __getitem__(self, name: str) -> object:
        return seen(self.data.get(name), self.schema.at(name))

    def __getattr__(self, name: str) -> object:
        if name.startswith("_"):
            raise AttributeError(name)
        return self[name]

    def __bool__(self) -> bool:
        return any(value not in (None, "", [], {}) for value in self.data.values())


def seen(value: object, schema: Schema) -> object:
    """The value as a template sees it: Facts, a list of them, the plain value, or Missing."""
    if isinstance(schema, Group):
        return Facts(value if isinstance(value, Mapping) else {}, schema)
    if isinstance(schema, Many):
        return [seen(item, schema.item) for item in value or ()]
    if value is None or value == "":
        return Missing(schema.label)
    if isinstance(value, Mapping | list | tuple):
        raise TypeError(f"“{schema.label}”应当是一个值，不是一组值")
    return value.isoformat() if isinstance(value, date) else value


def at_path(path: str, schema: Schema) -> Schema:
    """The schema under `employer.name`; raises UnknownName."""
    for name in path.split("."):
        if not isinstance(schema, Group):
            raise UnknownName(f"“{path}”：“{schema.label}”没有下一级")
        schema = schema.at(name)
    return schema

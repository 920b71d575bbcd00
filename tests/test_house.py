"""The architecture, enforced by reading the source: which room may know which, and what may not be written at all."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

SOURCE = Path(__file__).resolve().parents[1] / "src" / "laojian"
ROOMS = ("lawbook", "record", "people", "employers", "dossier", "clocks", "evidence", "papers", "procedure", "exchange")
ROOMS += ("intake", "cases", "review", "enforcement", "transfers", "remedies", "archive")
ROOMS += ("visits", "inspections", "campaigns", "scoring", "interference", "publication", "listing", "repair")
ROOMS += ("credit", "portal", "web")
FORBIDDEN_NAMES = {"helpers", "utils", "common", "misc", "manager", "managers", "service", "services", "core"}
DRAW = ("draw.py", "rfc3797.py", "randomness.py", "pairing.py", "bundle.py")  # of inspections/: redone by strangers
CLOCK_READERS = {"now", "today", "utcnow", "localdate", "localtime"}
BY_KEYWORD = {"filter", "exclude", "get", "annotate", "aggregate", "update_or_create", "get_or_create", "Q"}
BY_TEXT = {"order_by", "values", "values_list", "select_related", "prefetch_related", "only", "defer", "F", "Prefetch"}
FROM_MANAGER = BY_KEYWORD | BY_TEXT | {"all", "create", "count", "exists", "first", "last", "bulk_create"}
LONGEST_FILE, LONGEST_FUNCTION = 400, 40


def modules(*rooms: str, migrations: bool = False) -> Iterator[tuple[str, Path, ast.Module]]:
    """Room, path and syntax tree of every module of these rooms; their tests excepted."""
    for room in rooms:
        for path in sorted((SOURCE / room).rglob("*.py")):
            inside = path.relative_to(SOURCE / room).parts
            if "tests" not in inside and (migrations or "migrations" not in inside):
                yield room, path, ast.parse(path.read_text())


def at(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(SOURCE)}:{node.lineno}"


def imported(tree: ast.Module, package: str) -> Iterator[tuple[ast.AST, str]]:
    """Every module imported, by its full name; `package` is where the importing module lives."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package.rsplit(".", node.level - 1)[0] if node.level else ""
            name = ".".join(part for part in (base, node.module) if part)
            yield from ((node, f"{name}.{alias.name}") for alias in node.names)


def named(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Rooms named in text: "cases.Case", "laojian.cases.actions", ("cases", "0001_initial"), get_model("cases", …)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            first, dot, rest = node.value.removeprefix("laojian.").partition(".")
            if first in ROOMS and dot and rest.replace(".", "").replace("_", "").isalnum():
                yield node, first
        elif isinstance(node, ast.Tuple) and len(node.elts) == 2:
            texts = [element.value for element in node.elts if isinstance(element, ast.Constant)]
            if len(texts) == 2 and texts[0] in ROOMS and str(texts[1])[:4].isdigit():
                yield node, texts[0]
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "get_model":
            yield from ((node, arg.value) for arg in node.args[:1] if getattr(arg, "value", None) in ROOMS)


def later_rooms_known(room: str, package: str, tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """The places where a module of this room knows a room that stands after it."""
    later = ROOMS[ROOMS.index(room) + 1 :]
    for node, name in imported(tree, package):
        parts = name.split(".")
        if parts[0] == "laojian" and len(parts) > 1 and parts[1] in later:
            yield node, parts[1]
    yield from ((node, other) for node, other in named(tree) if other in later)


def test_every_room_stands_in_the_order():
    assert {path.parent.name for path in SOURCE.glob("*/__init__.py")} - {"formats"} <= set(ROOMS)


def test_rooms_know_only_the_rooms_before_them():
    offences = [
        f"{at(path, node)} knows {other}"
        for room, path, tree in modules(*ROOMS, migrations=True)
        for node, other in later_rooms_known(room, package(path), tree)
    ]
    assert offences == []


def package(path: Path) -> str:
    """The package a module lives in, as its relative imports count it."""
    return ".".join(("laojian", *path.relative_to(SOURCE).parts[:-1]))


def hanging_rows() -> dict[str, str]:
    """Names by which rows of another room hang on a model, with the first room that brings the name in any way."""
    brought, hanging = {}, set()
    for model in apps.get_models():
        for field in model._meta.get_fields():
            hangs = field.auto_created and field.is_relation
            room = (field.related_model if hangs else model)._meta.app_label
            names = {field.name, field.get_accessor_name() or field.name} if hangs else {field.name}
            if room in ROOMS:
                brought |= {name: min(brought.get(name, room), room, key=ROOMS.index) for name in names}
                hanging |= names if hangs else set()
    return {name: brought[name] for name in hanging}


def reverse_lookups(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Names used as a lookup (`filter(deadlines__due_on=…)`) or as a related manager (`dossier.deadlines.all()`)."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        names = [keyword.arg for keyword in node.keywords if keyword.arg]
        used = names if called in BY_KEYWORD else texts if called in BY_TEXT else []
        yield from ((node, name.lstrip("-").split("__")[0]) for name in used)
        # A dictionary has `get` too, but only a manager's takes nothing but keywords.
        manages = called in FROM_MANAGER and not (called == "get" and node.args)
        if manages and isinstance(getattr(node.func, "value", None), ast.Attribute):
            yield node, node.func.value.attr


def test_no_room_reaches_back_into_a_later_one():
    brought_by = hanging_rows()
    assert brought_by
    offences = [
        f"{at(path, node)} reaches {brought_by[name]} by “{name}”"
        for room, path, tree in modules(*ROOMS[1:])
        for node, name in reverse_lookups(tree)
        if ROOMS.index(brought_by.get(name, room)) > ROOMS.index(room)
    ]
    assert offences == []


def late_imports(tree: ast.Module) -> Iterator[ast.AST]:
    """Imports inside functions; Django itself asks for them in `AppConfig.ready`, where models first exist."""
    for function in functions(tree):
        if function.name == "ready":
            continue
        yield from (node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_imports_stand_at_the_top():
    assert [at(path, node) for _, path, tree in modules(*ROOMS) for node in late_imports(tree)] == []


def test_no_drawer_for_everything():
    offences = [str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*") if path.stem in FORBIDDEN_NAMES]
    assert offences == []


def state_changes(tree: ast.Module) -> Iterator[ast.AST]:
    """Assignments to `.state`, and the ways around one: setattr, update(state=…), create(state=…)."""
    for node in ast.walk(tree):
        targets = getattr(node, "targets", [getattr(node, "target", None)])
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            yield from (t for t in targets if isinstance(t, ast.Attribute) and t.attr == "state")
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in ("update", "create", "update_or_create", "Dossier") and "state" in [
                k.arg for k in node.keywords
            ]:
                yield node
            if called in ("setattr", "__setattr__") and "state" in [getattr(arg, "value", None) for arg in node.args]:
                yield node


def test_only_the_procedure_moves_a_dossier():
    others = [room for room in ROOMS if room != "procedure"]
    assert [at(path, node) for _, path, tree in modules(*others) for node in state_changes(tree)] == []


def clock_readings(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in CLOCK_READERS:
            yield node


def pure(room: str, path: Path) -> bool:
    return room == "lawbook" or path.name in ("rules.py", *DRAW)


def test_rules_are_told_the_time_and_know_no_database():
    offences = []
    for room, path, tree in modules(*ROOMS):
        if pure(room, path):
            offences += [f"{at(path, node)} reads the clock" for node in clock_readings(tree)]
            offences += [
                f"{at(path, node)} imports {name}"
                for node, name in imported(tree, package(path))
                if name.split(".")[0] in ("django", "psycopg") or ".models" in name
            ]
    assert offences == []


def test_no_signals_of_our_own():
    offences = [
        f"{at(path, node)} imports {name}"
        for room, path, tree in modules(*ROOMS)
        for node, name in imported(tree, package(path))
        if name.startswith(("django.dispatch", "django.db.models.signals", "django.core.signals"))
    ]
    assert offences == []


def test_nothing_is_longer_than_a_reader_holds_in_mind():
    offences = []
    for path in sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts):
        text = path.read_text()
        if (lines := text.count("\n")) > LONGEST_FILE:
            offences.append(f"{path.relative_to(SOURCE)} has {lines} lines")
        for function in functions(ast.parse(text)):
            if (lines := function.end_lineno - function.lineno + 1) > LONGEST_FUNCTION:
                offences.append(f"{at(path, function)} {function.name} has {lines} lines")
    assert offences == []


@pytest.mark.parametrize(
    "source",
    [
        "from laojian.cases.models import Case",
        "from laojian import cases",
        "from ..cases import actions",
        "import laojian.cases.models",
        "claim = models.ForeignKey('cases.Claim', models.PROTECT)",
        "import_module('laojian.cases.models')",
        "apps.get_model('cases', 'Case')",
        "dependencies = [('cases', '0001_initial')]",
    ],
)
def test_the_inspector_sees_a_room_that_knows_a_later_one(source):
    assert [other for _, other in later_rooms_known("clocks", "laojian.clocks", ast.parse(source))] == ["cases"]


@pytest.mark.parametrize("source", ["from laojian.clocks.models import Deadline", "from laojian.queue import later"])
def test_the_inspector_lets_a_room_know_an_earlier_one(source):
    assert list(later_rooms_known("cases", "laojian.cases", ast.parse(source))) == []


@pytest.mark.parametrize(
    "source",
    [
        "dossier.state = 'closed'",
        "setattr(dossier, 'state', 'closed')",
        "Dossier.objects.filter(pk=1).update(state='closed')",
        "Dossier.objects.create(state='closed')",
    ],
)
def test_the_inspector_sees_every_way_to_move_a_dossier(source):
    assert len(list(state_changes(ast.parse(source)))) == 1


@pytest.mark.parametrize(
    "source", ["dossier.deadlines.all()", "Dossier.objects.filter(deadlines__due_on=day)", "Q(deadlines=1)"]
)
def test_the_inspector_sees_a_reach_into_a_later_room(source):
    assert "deadlines" in [name for _, name in reverse_lookups(ast.parse(source))]


@pytest.mark.parametrize("source", ["datetime.now()", "date.today()", "timezone.localdate()", "now()"])
def test_the_inspector_sees_a_glance_at_the_clock(source):
    assert len(list(clock_readings(ast.parse(source)))) == 1


def test_the_inspector_sees_a_late_import():
    assert len(list(late_imports(ast.parse("def file():\n    import cases")))) == 1

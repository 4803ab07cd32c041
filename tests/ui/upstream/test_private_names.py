"""Names of Textual that begin with an underscore: used in `ui/upstream` alone, and overwritten only on purpose."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from textual.geometry import Size
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

import reader.ui
from reader.ui import upstream

MEANT = {
    ("Uncancelled", "_process_messages_loop"): "goes on where it would end with somebody else's wait",
    ("Defects", "_handle_exception"): "the only place that every defect passes",
    ("Defects", "_return_code"): "a defect's exit code",
    ("SteadyPalette", "_action_command_list"): "where a key comes before the list is drawn",
    ("SteadyPalette", "_gather_commands"): "where the palette is closed while it looks",
    ("StillInput", "_default_virtual_size"): "Textual's own, which it makes of each reactive",
}
"""What is overwritten of Textual's on purpose: class and name, and why."""

NAMED_TUPLE = {"_asdict", "_fields", "_make", "_replace"}
"""What every named tuple has: public, in spite of the underscore."""

ROOM = Path(reader.ui.__file__).parent
WORKAROUNDS = Path(upstream.__file__).parent


def is_private(name: str) -> bool:
    """Whether a name is nobody else's business."""
    return name.startswith("_") and not name.startswith("__")


def set_on_self(tree: ast.AST) -> set[str]:
    """The private attributes that code gives to `self`."""
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
        and is_private(node.attr)
    }


def defined(tree: ast.Module) -> set[str]:
    """The private names that a module defines: in it, in its classes, and on their objects."""
    names = set_on_self(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return {name for name in names if is_private(name)}


def is_on_self(attribute: ast.Attribute) -> bool:
    """Whether it is one of `self`, `cls` or `super()`."""
    match attribute.value:
        case ast.Name(id="self" | "cls") | ast.Call(func=ast.Name(id="super"), args=[]):
            return True
    return False


def borrowed(tree: ast.Module, own: set[str]) -> Iterator[tuple[int, str]]:
    """The lines of a module where a private name is used that the program does not define itself.

    Args:
        tree: the module.
        own: the private names that the program defines; those of other objects are to be defined in the module itself.
    """
    here = defined(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr) and node.attr not in NAMED_TUPLE:
            if node.attr not in (own if is_on_self(node) else here):
                yield node.lineno, node.attr
        elif isinstance(node, ast.Import | ast.ImportFrom):
            of = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            for alias in node.names:
                private = next(filter(is_private, f"{of}.{alias.name}".split(".")), None)
                if private and not of.startswith("reader."):
                    yield node.lineno, private


@pytest.mark.long
def test_private_names_of_textual_are_used_in_upstream_alone() -> None:
    trees = {
        file.relative_to(ROOM): ast.parse(file.read_text(encoding="utf-8"))
        for file in ROOM.rglob("*.py")
        if WORKAROUNDS not in file.parents
    }
    own = set[str]().union(*map(defined, trees.values()))
    assert {name: found for name, tree in trees.items() if (found := list(borrowed(tree, own)))} == {}


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("from textual import _context", "_context"),
        ("from textual._context import active_app", "_context"),
        ("import textual._time", "_time"),
        ("def end(app): app._exit = True", "_exit"),
        ("class Ours:\n    def end(self): return self._exit", "_exit"),
    ],
)
def test_a_private_name_is_found_however_it_is_used(code: str, name: str) -> None:
    assert [found for _, found in borrowed(ast.parse(code), {"_own"})] == [name]


# What is overwritten.


def is_textuals(kind: type) -> bool:
    """Whether a class is Textual's, or of what extends it."""
    return kind.__module__.partition(".")[0] in ("textual", "textual_plotext", "textual_image")


@cache
def private_names(kind: type) -> frozenset[str]:
    """The private names of a class: its own, and those its methods give to their objects."""
    written = classes_of(sys.modules[kind.__module__])[kind.__qualname__]
    return frozenset({name for name in vars(kind) if is_private(name)} | set_on_self(written))


@cache
def classes_of(module: ModuleType) -> dict[str, ast.ClassDef]:
    """The classes that are written down in a module, by their names with those of what they stand in."""
    return dict(classes_in(ast.parse(inspect.getsource(module)), ""))


def classes_in(parent: ast.AST, within: str) -> Iterator[tuple[str, ast.ClassDef]]:
    for node in ast.iter_child_nodes(parent):
        match node:
            case ast.ClassDef(name):
                yield f"{within}{name}", node
                yield from classes_in(node, f"{within}{name}.")
            case ast.FunctionDef(name) | ast.AsyncFunctionDef(name):
                yield from classes_in(node, f"{within}{name}.<locals>.")
            case ast.stmt():
                yield from classes_in(node, within)


def overwritten(kind: type) -> set[str]:
    """The private names of Textual's that a class of ours has as well."""

    class Empty(Screen[None]):
        """What Textual gives to each class by itself stands in this one as well."""

    theirs = set[str]().union(*(private_names(base) for base in kind.__mro__[1:] if is_textuals(base)))
    return {name for name in private_names(kind) & theirs if name not in vars(Empty)}


def own_classes() -> Iterator[type]:
    """All classes of the screen that are made from Textual's."""
    for found in pkgutil.walk_packages(reader.ui.__path__, "reader.ui."):
        module = importlib.import_module(found.name)
        for kind in vars(module).values():
            if inspect.isclass(kind) and kind.__module__ == module.__name__ and issubclass(kind, MessagePump):
                yield kind


@pytest.mark.long
def test_no_private_name_of_textual_is_overwritten_by_accident() -> None:
    kinds = list(own_classes())
    assert len(kinds) > 30
    assert {(kind.__name__, name) for kind in kinds for name in overwritten(kind)} == set(MEANT)


def test_only_upstream_overwrites_any() -> None:
    names = {kind.__name__ for kind in own_classes() if kind.__module__.startswith(upstream.__name__)}
    assert {name for name, _ in MEANT} <= names


def test_what_is_overwritten_is_found() -> None:
    class Ours(Widget):
        _size = Size(3, 1)

        def __init__(self) -> None:
            super().__init__()
            self._name = "overwrites what `name` gives"
            self._our_own = 1

        def _compose(self) -> None:  # type: ignore[override]
            """Overwrites a method."""

    assert overwritten(Ours) == {"_size", "_name", "_compose"}

"""Where imports stand: at the top of a module, but for what a start does without.

The rule. What a module needs is imported at its top. It is imported inside the function that needs it only where this
keeps it out of a start: of every one, or of the screen's or the command line's where only that loads the module. So an
import inside a function says by its place that a start goes without it, and needs no other word.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import reader

SOURCE = Path(reader.__file__).parent
START = "reader.cli.start"
COMMAND_LINE = "reader.cli.main"
SCREEN = "reader.cli.screen"
APP = "reader.ui.app"

MEANT = {
    "reader.cli.screen": "asyncio is imported first, in a way of its own, and the app once there is a library to show",
    "reader.__main__": "the collector of garbage rests before anything is imported",
    "reader.ui.widgets.query.query_bar": "the parser is read before the first letter, and not before the first drawing",
}
"""Modules that may import inside a function what a start loads anyway, and why."""


@cache
def loaded_by(*modules: str) -> frozenset[str]:
    """The names of all modules that are loaded by importing some in a fresh interpreter."""
    code = f"import sys, {', '.join(modules)}; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return frozenset(done.stdout.split())


@cache
def modules() -> dict[str, Path]:
    """The files of all modules of the program, by name."""
    names = {
        file: ".".join(("reader", *file.relative_to(SOURCE).with_suffix("").parts)) for file in SOURCE.rglob("*.py")
    }
    return {name.removesuffix(".__init__"): file for file, name in sorted(names.items())}


def late_imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Imports inside functions: their lines, and the modules that they bring."""
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    for node in {node for function in functions for node in ast.walk(function)}:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            whole = (f"{node.module}.{name.name}" for name in node.names)
            brought = [name for name in whole if name in modules()] or [str(node.module)]
            yield from ((node.lineno, name) for name in brought)


@pytest.mark.long
def test_an_import_inside_a_function_keeps_something_out_of_a_start() -> None:
    of_all, of_screen, of_commands = loaded_by(START), loaded_by(START, SCREEN, APP), loaded_by(COMMAND_LINE)
    needless = []
    for name, file in modules().items():
        start = of_all if name in of_all else of_screen if name in of_screen else of_commands
        for line, brought in late_imports(ast.parse(file.read_text(encoding="utf-8"))):
            if brought in start and name not in MEANT:
                needless.append(f"{name}:{line} imports {brought}, which a start has loaded: it belongs at the top")
    assert needless == []


@pytest.mark.parametrize(
    "heavy",
    [
        "click",
        "textual.widgets._markdown", "rich.markdown", "dateutil.parser", "yaml", "json", "ctypes", "hashlib", "PIL",
        "reader.feeds.model", "reader.ui.parts.handing_on", "reader.ui.parts.marks.marks",
        "reader.ui.widgets.query.query_line", "reader.ui.palette", "reader.ui.upstream.palette",
        "reader.ui.parts.clipboard", "reader.ui.parts.index.folder", "reader.library.folder.scan", "reader.ui.messages",
    ],
)  # fmt: skip
def test_a_start_of_the_screen_does_without(heavy: str) -> None:
    assert heavy not in loaded_by(START, SCREEN, APP)

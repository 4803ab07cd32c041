"""What is imported before the screen is shown must not pay for the screen."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import grimp

SOURCE = Path(__file__).parents[1] / "src" / "reader"


@cache
def modules_after(imported: str) -> set[str]:
    """The names of the modules that an import brings into a fresh interpreter."""
    code = f"import sys, {imported}; print('\\n'.join(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30)
    return set(result.stdout.split())


def test_only_the_screen_imports_textual() -> None:
    own = ["reader.cli.main", "reader.cli.start", "reader.library.library", "reader.coverage.grouping"]
    modules = modules_after(", ".join([*own, "reader.stories.files"]))
    assert modules.issuperset(own)
    assert "textual" not in modules


def test_only_the_library_imports_sqlite() -> None:
    own = ["reader.coverage.grouping", "reader.stories.files", "reader.settings.config", "reader.settings.table"]
    modules = modules_after(", ".join([*own, "reader.outside.browser"]))
    assert modules.issuperset(own)
    assert "sqlite3" not in modules
    assert not any(name.startswith(("reader.library.index", "reader.ui", "rich")) for name in modules)


def test_dates_are_read_without_dateutil_until_it_is_needed() -> None:
    assert "dateutil.parser" not in modules_after("reader.stories.files")


def test_a_start_without_a_configuration_goes_without_what_reads_it() -> None:
    start = "reader.cli.screen, reader.ui.app, reader.settings.file as file"
    modules = modules_after(f"{start}; file.load_config(reader.base.paths.config_file())")
    assert "reader.ui.app" in modules
    assert {name for name in modules if name.startswith("reader.settings.")} == {
        "reader.settings.config",
        "reader.settings.file",
    }
    late = {"reader.ui.keys.keymap", "reader.ui.keys.presets", "reader.ui.keys.sequences", "reader.ui.look.user_themes"}
    assert not modules & (late | {f"reader.cli.{name}" for name in ("help", "index", "marks", "settings", "stories")})


def test_a_start_goes_without_digests() -> None:
    start = "reader.stories.limits as limits, reader.library.folder.memory as memory; memory.places_of(limits.Limits())"
    assert "hashlib" not in modules_after(start)  # it takes as long as a hundred modules of the program


def test_a_start_without_marks_goes_without_what_reads_them() -> None:
    modules = modules_after("reader.cli.screen, reader.ui.app")
    assert "reader.ui.parts.marks.shown" in modules
    assert not any(name.startswith(("reader.outside.images", "PIL", "textual_image")) for name in modules)
    assert not modules & {
        "reader.outside.programs",
        "reader.outside.clipboard",
        "reader.ui.links",
        "reader.ui.parts.story.graphics",
        "reader.ui.upstream.terminal.suspension",
        "reader.outside.export",
    }
    assert not modules & {
        "reader.ui.parts.marks.marks",
        "reader.library.marks.marks",
        "reader.library.query.values",
        "reader.settings.place",
        "reader.base.whole_files",
    }
    assert not modules & {
        "reader.library.query.completion",
        "reader.library.index.search.first_page",
        "reader.library.index.live_values",
        "reader.data.help",
        "rich.markdown",
    }


def test_no_connection_leaves_the_library() -> None:
    texts = {file: file.read_text(encoding="utf-8") for file in SOURCE.rglob("*.py")}
    rooms = {file: ast.parse(text) for file, text in texts.items() if ".connection" in text}
    using = {
        file.relative_to(SOURCE).parts[0]
        for file, tree in rooms.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "connection"
    }
    assert using == {"library"}


def test_the_library_is_free_of_circles() -> None:
    graph = grimp.build_graph("reader")
    within = {module for module in graph.modules if module.startswith("reader.library.")}
    circles = {
        (module, other)
        for module in within
        for other in graph.find_modules_directly_imported_by(module) & within
        if graph.chain_exists(other, module)
    }
    assert within
    assert circles == set()

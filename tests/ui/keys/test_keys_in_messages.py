"""Messages tell the keys that are in force: none of them stands in a text as the program's own."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import reader.ui
from reader.ui.keys.bindings import EVERY, key_sign

SIGNS = {key_sign(key) for binding in EVERY for key in binding.key.split(",")} | {"Delete", "Escape"}
WORDS = sorted((sign for sign in SIGNS - {"a", "A"} if sign[0].isalnum()), key=len, reverse=True)
"""Keys that could be taken for words; two of them are words."""

KEY = re.compile(rf"(?<![\w'’\[{{.:=<>-])(?:{'|'.join(map(re.escape, WORDS))})(?![\w'’.:=<>}}\]-])")

FIXED = {"Enter", "1", "9"}
"""Keys of dialogs that are no bindings of ours: Enter is of the line or the list there."""


def texts(source: str) -> Iterator[str]:
    """What a module may show: its texts of more than one word, but for docstrings, styles and examples of queries."""
    tree = ast.parse(source)
    documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in documents:
            continue
        if " " in node.value.strip() and not re.search(r"[;{]\n|topic:", node.value):
            yield node.value


def keys_in(source: str, allowed: set[str]) -> list[str]:
    """The texts of a module in which keys stand."""
    return [text for text in texts(source) if set(KEY.findall(text)) - allowed]


@pytest.mark.long
def test_no_message_has_a_key_written_into_it() -> None:
    (ui,) = map(Path, reader.ui.__path__)
    modules = [module for module in ui.rglob("*.py") if module.parent.name != "keys"]
    found = {
        str(module): told
        for module in modules
        if (told := keys_in(module.read_text(encoding="utf-8"), FIXED if "dialogs" in module.parts else set()))
    }
    assert len(modules) > 100
    assert found == {}


@pytest.mark.parametrize(
    "message",
    ["View saved · f lists all views", "ctrl+r does it at once", "Esc, then 0 or a", "Delete once more", "lets I show"],
)
def test_a_key_in_a_message_is_found(message: str) -> None:
    assert keys_in(f'"""A module: press f."""\ntoast(f"{{name}}: {message}")', set())

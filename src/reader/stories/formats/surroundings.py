"""What lies around a file and shows which tool it is of: a site's configuration, a vault's folder, a feed's file.

It is looked up for the first file of a folder, and remembered for the others.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from reader.stories.formats.bounded import NotationError
from reader.stories.formats.tomltext import read_toml
from reader.stories.limits import DEFAULT_LIMITS
from reader.stories.model import Value

SIGNS = (
    ".obsidian", "_config.yml", "_config.yaml", ".eleventy.js", ".eleventy.cjs", "eleventy.config.js",
    "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts", "hugo.toml", "hugo.yaml", "hugo.yml",
    "hugo.json", "archetypes", "templates",
)  # fmt: skip
"""Names of files and folders by which one sees that a folder belongs to a tool."""

_FARTHEST = 12
"""How many folders above a file are looked at."""

_SITE_ENDS = ".git"
"""Often lies in the topmost folder of a site or a vault: the folders above it are not looked at."""


def signs_around(path: Path) -> frozenset[str]:
    """The `SIGNS` that are in the folder of a file or above it; none for a path that is not absolute."""
    return _signs(path.parent, _FARTHEST) if path.is_absolute() else frozenset()


@lru_cache(maxsize=4096)
def _signs(folder: Path, farthest: int) -> frozenset[str]:
    here = frozenset(name for name in SIGNS if os.path.lexists(folder / name))
    if farthest <= 1 or folder.parent == folder or os.path.lexists(folder / _SITE_ENDS):
        return here
    return here | _signs(folder.parent, farthest - 1)


def toml_beside(path: Path, name: str) -> Mapping[str, Value]:
    """The data of a small TOML file beside another file; empty where there is none, or it cannot be read."""
    return _toml(path.parent / name) if path.is_absolute() else {}


@lru_cache(maxsize=1024)
def _toml(path: Path) -> Mapping[str, Value]:
    most = DEFAULT_LIMITS.notation
    try:
        if path.is_symlink() or not path.is_file():  # a link may lead anywhere, and reading a FIFO would wait
            return {}
        with path.open("rb") as file:
            text = file.read(most + 1).decode("utf-8", "replace")
        return read_toml(text, DEFAULT_LIMITS)
    except (OSError, NotationError):
        return {}

"""What lies around a file and says whose it is: the configuration of a site, the folder of a vault, a feed's own file.

It is looked at with the first file of a folder, and remembered for the others.
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
"""Names of files and folders that tell what a folder is to a tool."""

_FARTHEST = 12
"""Folders above a file that are looked at."""

_SITE_ENDS = ".git"
"""What lies in the topmost folder of a site or a vault, where anything does."""


def signs_around(path: Path) -> frozenset[str]:
    """Which of `SIGNS` lie in the folder of a file, or above it; nothing for a file whose place is not known."""
    return _signs(path.parent, _FARTHEST) if path.is_absolute() else frozenset()


@lru_cache(maxsize=4096)
def _signs(folder: Path, farthest: int) -> frozenset[str]:
    here = frozenset(name for name in SIGNS if os.path.lexists(folder / name))
    if farthest <= 1 or folder.parent == folder or os.path.lexists(folder / _SITE_ENDS):
        return here
    return here | _signs(folder.parent, farthest - 1)


def toml_beside(path: Path, name: str) -> Mapping[str, Value]:
    """A small TOML file that lies beside another; empty where there is none that can be read."""
    return _toml(path.parent / name) if path.is_absolute() else {}


@lru_cache(maxsize=1024)
def _toml(path: Path) -> Mapping[str, Value]:
    most = DEFAULT_LIMITS.notation
    try:
        if path.is_symlink() or not path.is_file():  # a link may lead anywhere, and a FIFO would have the reader wait
            return {}
        with path.open("rb") as file:
            text = file.read(most + 1).decode("utf-8", "replace")
        return read_toml(text, DEFAULT_LIMITS)
    except (OSError, NotationError):
        return {}

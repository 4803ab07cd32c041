"""How much of a stranger's file is taken in. Every limit of the parser stands here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one story file. A file past one of them is refused with an error that names the bound."""

    file_bytes: int = 8 * 1024 * 1024
    """Size of a file, in bytes. The largest known real story has 143 KB."""

    depth: int = 40
    """Levels of nesting in the front matter. libyaml's composer recurses on the C stack: thousands of levels kill
    the process, so the depth is measured before anything is composed."""

    values: int = 200_000
    """Values in the front matter, with every alias counted as what it stands for."""


DEFAULT_LIMITS = Limits()

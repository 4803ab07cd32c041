"""Paths of files as the index keeps them: bytes, relative to the library's folder."""

from __future__ import annotations

import os
from pathlib import Path

from reader.base.text import clean
from reader.library.hashes import hash64


def shown_path(path: bytes) -> str:
    """A file's path, safe to show."""
    return clean(os.fsdecode(path))


def number_of(path: bytes) -> int:
    """The number by which the index finds a file: a hash of its path."""
    return hash64(path)


def in_folder(root: Path, path: bytes) -> Path:
    """The file at a path relative to the library's folder; for a library that is a single file, that file."""
    return root if root.is_file() else Path(os.fsdecode(os.path.join(os.fsencode(root), path)))

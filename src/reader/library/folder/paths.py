"""Paths of files as the index keeps them: bytes, relative to the library's folder."""

from __future__ import annotations

import os
from pathlib import Path

from reader.base.text import clean


def shown_path(path: bytes) -> str:
    """A file's path, safe to show."""
    return clean(os.fsdecode(path))


def number_of(path: bytes) -> int:
    """A hash of a path: 64 bits, with a sign. That two paths of a library have the same is next to impossible."""
    from hashlib import blake2b

    return int.from_bytes(blake2b(path, digest_size=8).digest(), "big", signed=True)


def in_folder(root: Path, path: bytes) -> Path:
    """The file at a path relative to the library's folder; for a library that is a single file, that file."""
    return root if root.is_file() else Path(os.fsdecode(os.path.join(os.fsencode(root), path)))

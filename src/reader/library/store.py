"""Where a library's index lies, and what is done when its file is missing, damaged or cannot be written."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reader.library import schema


@dataclass(frozen=True, slots=True)
class OpenedIndex:
    """An index that was opened.

    Attributes:
        connection: the open database.
        path: its file; None for an index in memory.
        note: what a person should know of it; empty where all is usual.
    """

    connection: sqlite3.Connection
    path: Path | None
    note: str = ""


def index_path(cache: Path, root: Path) -> Path:
    """The index file of a folder: one file for each real path."""
    digest = hashlib.sha256(os.fsencode(os.path.realpath(root))).hexdigest()[:16]
    return cache / "index" / f"{digest}.sqlite3"


def open_index(path: Path | None) -> OpenedIndex:
    """Open an index; whatever is in the way, there is one afterwards.

    A damaged or foreign file is set aside and an empty index made in its place; where the place cannot be written,
    the index lives in memory.

    Args:
        path: its file; None for an index in memory.
    """
    if path is None:
        return OpenedIndex(schema.connect(None), None)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            return OpenedIndex(schema.connect(path), path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as error:
            _set_aside(path)
            note = "" if isinstance(error, schema.ForeignFileError) else "the index was damaged; it is built again"
            return OpenedIndex(schema.connect(path), path, note)
    except (OSError, sqlite3.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        return OpenedIndex(schema.connect(None), None, f"the index is kept in memory: {path.parent}: {reason}")


def _set_aside(path: Path) -> None:
    path.replace(path.with_suffix(".damaged"))
    for tail in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + tail).unlink()

"""Finds and opens the index of a library, and makes a new one if its file is missing, damaged or cannot be written."""

from __future__ import annotations

import atexit
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from reader.base.paths import name_of
from reader.base.private_files import make_folder
from reader.library.index.storage import schema
from reader.library.index.storage.header import ForeignFileError
from reader.library.index.storage.replacement import open_or_replace, replacing, set_aside

_SESSION = "story-reader-"
"""How the names of folders begin that have the indexes of a session."""


class OpenedIndex(NamedTuple):
    """An index that was opened.

    Attributes:
        connection: the open database.
        path: its file.
        note: what a person should know about it; empty where all is as usual.
    """

    connection: sqlite3.Connection
    path: Path
    note: str = ""


def index_path(cache: Path, root: Path) -> Path:
    """The path of a folder's index file: one file for each real path.

    Args:
        cache: the program's folder for what can be made again.
        root: the library's folder.
    """
    return cache / "index" / f"{name_of(root)}.sqlite3"


def open_index(path: Path) -> OpenedIndex:
    """Open an index, or make one if that cannot be done.

    A file that is damaged, foreign or of another version is set aside, and an empty index made in its place. If nothing
    can be written there, the index is in memory for this session: in a file on the system's memory disk, if there is
    one, so that several connections can share it.
    """
    try:
        make_folder(path.parent)
        connection, error = open_or_replace(path, schema.connect, _aside(path))
        is_damaged = error is not None and not isinstance(error, ForeignFileError)
        return OpenedIndex(connection, path, "the index was damaged; it is built again" if is_damaged else "")
    except (OSError, sqlite3.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        passing = _session_folder() / path.name
        note = f"the index is kept in memory only: {path.parent}: {reason}"
        return OpenedIndex(schema.connect(passing), passing, note)


def replace_index(path: Path, only: schema.FileIdentity | None, *, is_sound: bool = False) -> OpenedIndex:
    """Set an index aside that turned out to be damaged, and open an empty one in its place; see `open_index`.

    Args:
        path: the index.
        only: the identity of that file. Where another lies at its path, another copy of the program has replaced it
            already: then that one is opened.
        is_sound: whether it is not damaged after all: then it is deleted.
    """
    # What cannot be moved cannot be written: the new one will be in memory.
    with suppress(OSError, sqlite3.OperationalError), replacing(path):
        if schema.identity(path) == only:
            set_aside(path, None if is_sound else _aside(path))
    return open_index(path)


def copy_in_memory(connection: sqlite3.Connection, path: Path) -> OpenedIndex:
    """Copy an index whose file cannot be written any more; the copy is in memory for this session.

    Raises:
        sqlite3.Error: it cannot be read, or there is no room for it.
    """
    passing = _session_folder() / path.name
    with closing(schema.connect(passing)) as copy:
        connection.backup(copy)
    return OpenedIndex(schema.connect(passing), passing)


def is_in_memory(path: Path) -> bool:
    """Whether an index is in memory for this session."""
    return path.parent.name.startswith(_SESSION)


def _aside(path: Path) -> Path:
    return path.with_suffix(".damaged")


def _session_folder() -> Path:
    """Make a folder that is deleted when this process ends; deletes those of processes that were killed, too."""
    memory_disk = Path("/dev/shm")  # noqa: S108 — the folder made in it is private
    place = memory_disk if os.access(memory_disk, os.W_OK) else Path(tempfile.gettempdir())
    for left in place.glob(f"{_SESSION}*"):
        process = left.name.removeprefix(_SESSION).partition("-")[0]
        if process.isdigit() and not _is_running(int(process)):
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{_SESSION}{os.getpid()}-", dir=place))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True

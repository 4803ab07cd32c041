"""Sets databases aside that are of no use, and begins empty ones in their place.

What lies there is judged and replaced under a lock: of two copies of the program that find the same file of no use, the
second would else set aside what the first has just made.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reader.base.locks import LockedError, locked

_PATIENCE = 10.0
"""Seconds to wait for another copy of the program that replaces the file."""


def open_or_replace(
    path: Path, connect: Callable[[Path], sqlite3.Connection], aside: Path
) -> tuple[sqlite3.Connection, sqlite3.DatabaseError | None]:
    """Open a database; one that is of no use is set aside, and an empty one made in its place.

    Args:
        path: the file.
        connect: opens it or, where there is none, makes it. It raises what is wrong with a file that is of no use, and
            a `sqlite3.OperationalError` where nothing can be said of the file.
        aside: where the old file is put; what lies there is replaced.

    Returns:
        The connection, and what was wrong with the file that was set aside; None where none was.

    Raises:
        sqlite3.OperationalError: it cannot be opened or written, or another program holds it.
        OSError: what lies there cannot be moved.
    """
    try:
        return connect(path), None
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        with replacing(path):
            try:
                return connect(path), None  # another copy of the program was first
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError as error:
                set_aside(path, aside)
                return connect(path), error


@contextmanager
def replacing(path: Path) -> Iterator[None]:
    """Be the only one who replaces a database.

    Raises:
        sqlite3.OperationalError: another program held it for too long.
        OSError: the lock cannot be made.
    """
    try:
        with locked(path.with_name(f"{path.name}.lock"), _PATIENCE):
            yield
    except LockedError as error:
        busy = sqlite3.OperationalError("another program is replacing it")
        busy.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise busy from error


def set_aside(path: Path, aside: Path | None) -> None:
    """Delete what SQLite has beside a database, and move the database away.

    Args:
        path: the database. Where there is none, nothing is done: caches may be emptied.
        aside: where it is put; None: it is deleted.

    Raises:
        OSError: it cannot be moved.
    """
    for tail in ("-wal", "-shm"):  # first: what is opened at the path from then on has its own
        with suppress(FileNotFoundError):
            path.with_name(path.name + tail).unlink()
    with suppress(FileNotFoundError):
        if aside is None:
            path.unlink()
        else:
            path.replace(aside)

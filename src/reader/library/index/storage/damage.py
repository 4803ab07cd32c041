"""Turns errors of SQLite about the index into errors of this program: damaged, held by another, or not writable."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from reader.base.errors import IndexBusyError, IndexUnwritableError, LibraryIndexError

_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
_UNWRITABLE = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
    }
)
_DAMAGED = frozenset({sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_READONLY_DBMOVED})


@contextmanager
def as_index_errors() -> Iterator[None]:
    """Within it, an error of SQLite about the index is raised as an error of this program.

    Raises:
        LibraryIndexError: in the place of any `sqlite3.DatabaseError`: see `index_error`.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise index_error(error) from error


def index_error(error: sqlite3.DatabaseError) -> LibraryIndexError:
    """The error of this program for one of SQLite's.

    It is an `IndexBusyError` where another program holds the index, an `IndexUnwritableError` where it cannot be
    written, as on a full disk, and else a `LibraryIndexError`. That stands for damage: an index can be made again.
    """
    code: int = getattr(error, "sqlite_errorcode", 0)
    kind: type[LibraryIndexError] = LibraryIndexError
    if code not in _DAMAGED:
        if code & 0xFF in _BUSY:
            kind = IndexBusyError
        elif code & 0xFF in _UNWRITABLE:
            kind = IndexUnwritableError
    return kind(f"the index cannot be used: {error}")

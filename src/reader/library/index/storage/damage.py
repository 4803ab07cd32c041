"""What SQLite says of an index that cannot be used: damaged, held by another program, or on a full disk."""

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
    """Within it, an error of SQLite about the index is raised as one of ours: damaged, locked, or on a full disk.

    Raises:
        LibraryIndexError: instead of any `sqlite3.DatabaseError`.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise index_error(error) from error


def index_error(error: sqlite3.DatabaseError) -> LibraryIndexError:
    """Our error for one of SQLite's. What its code does not explain counts as damage: an index can be made again."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    kind: type[LibraryIndexError] = LibraryIndexError
    if code not in _DAMAGED:
        if code & 0xFF in _BUSY:
            kind = IndexBusyError
        elif code & 0xFF in _UNWRITABLE:
            kind = IndexUnwritableError
    return kind(f"the index cannot be used: {error}")

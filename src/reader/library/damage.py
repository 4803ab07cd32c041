"""An index that turns out to be damaged while it is used."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from reader.errors import LibraryIndexError


@contextmanager
def told_as_ours() -> Iterator[None]:
    """Turn what SQLite says of a damaged, locked or full database into our own error.

    Raises:
        LibraryIndexError: instead of any `sqlite3.DatabaseError`.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise LibraryIndexError(f"the index cannot be used: {error}") from error

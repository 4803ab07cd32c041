"""What the header of a SQLite file says of whose it is: https://www.sqlite.org/fileformat.html."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from reader.library.index.storage.journal import one_state


class Header(NamedTuple):
    """What a database is marked as.

    Attributes:
        application_id: the program whose file it is; 0 where none says so.
        version: of its tables, `user_version`; 0 where none is given.
        is_empty: whether it is marked as nothing, and has no tables.
    """

    application_id: int
    version: int
    is_empty: bool


class ForeignFileError(sqlite3.DatabaseError):
    """The file is a database of another program, or of another version of this one."""


def is_empty(connection: sqlite3.Connection, application_id: int, version: int) -> bool:
    """Whether nothing is in a file yet; else it is marked as ours.

    Args:
        connection: the file.
        application_id: what marks a file as ours.
        version: of our tables.

    Raises:
        ForeignFileError: it is marked as something else, or not at all, but has tables.
        sqlite3.DatabaseError: the file is damaged, or cannot be read.
    """
    header = read_header(connection)
    if header.is_empty or header[:2] == (application_id, version):
        return header.is_empty
    raise ForeignFileError(
        "of another version of this program" if header.application_id == application_id
        else "in a file of another program"
    )  # fmt: skip


def read_header(connection: sqlite3.Connection) -> Header:
    """Read all of it as it is in one moment: another copy of the program may be making the tables meanwhile.

    Raises:
        sqlite3.DatabaseError: the file is damaged, or cannot be read.
    """
    with one_state(connection):
        application_id = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        is_unmarked = (application_id, version) == (0, 0)  # tables of another version may mean nothing to this SQLite
        is_empty = is_unmarked and not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    return Header(application_id, version, is_empty)

"""The tables of the marks, how their file is opened, and how one of an older version is brought up to date.

Unlike the index, this file exists only once: a file that is not understood is never written to.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from reader.base.errors import MarksError
from reader.base.private_files import make_file
from reader.library.index.storage.header import read_header
from reader.library.index.storage.journal import prepare_journal

APPLICATION_ID = 0x72646D31
"""What marks a file of marks, unlike any other SQLite file: `rdm1` in ASCII."""

PAGE = 4_096
"""Bytes of a page, on which `salvage` relies."""

CHOSEN = "kind IN ('starred', 'later', 'tag', 'note', 'watched')"
"""The condition for kinds of which there are few. SQLite uses their index only if a statement has these very words."""

READING_CACHE_KB, WRITING_CACHE_KB = 2_000, 8_000
"""KB of memory for pages of the file. They are few, as keys come sorted: hardly a page is needed again."""

LOG_PAGES = 16_000
"""Pages of the log from which a change itself copies them into the file; `MarksFile.tidy` is to do so before."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE marks (
            key        TEXT NOT NULL,       -- the article's, as the index has it
            kind       TEXT NOT NULL,
            label      TEXT NOT NULL,       -- the tag or watch; empty for the other kinds
            value      TEXT,                -- NULL: taken off. The row stays, so that other machines hear of it
            changed_ms INTEGER NOT NULL,    -- since 1970; never smaller than that of an earlier change
            machine    TEXT NOT NULL,       -- where it was changed
            PRIMARY KEY (key, kind, label)
        ) WITHOUT ROWID""",
        "CREATE INDEX marks_kind ON marks(kind, label, key) WHERE value IS NOT NULL",
        """CREATE TABLE changes (            -- what `undo` takes back, the last first
            id         INTEGER PRIMARY KEY,
            changed_ms INTEGER NOT NULL,
            told       TEXT NOT NULL,       -- kind, labels and value, as JSON
            rows       BLOB NOT NULL        -- each row as it was, and the value it was given: JSON, compressed
        )""",
        "CREATE TABLE facts (name TEXT PRIMARY KEY, value) WITHOUT ROWID",
        """INSERT INTO facts VALUES
            ('machine', lower(hex(randomblob(8)))),
            ('clock', 0),                   -- the latest `changed_ms` ever given or taken in
            ('exported', 0)                 -- the same, when the marks were last handed out
        """,
    ),
    (
        # Reading a thousand stories at once would write the index as well; those that were read are most of the table,
        # and found as fast without it.
        "DROP INDEX IF EXISTS marks_kind",
        """CREATE INDEX marks_chosen ON marks(kind, label, key)
            WHERE value IS NOT NULL AND kind IN ('starred', 'tag', 'note', 'watched')""",
    ),
    (
        "DROP INDEX IF EXISTS marks_chosen",
        f"CREATE INDEX marks_chosen ON marks(kind, label, key) WHERE value IS NOT NULL AND {CHOSEN}",
    ),
)
"""The statements that make version n + 1 of version n, by n. Those that were published must never change."""


class DamagedError(sqlite3.DatabaseError):
    """The file is damaged, though SQLite can open it."""


def is_damage(error: BaseException) -> bool:
    """Whether an error means that the file is damaged, rather than that it cannot be reached."""
    if isinstance(error, DamagedError | UnicodeDecodeError):  # SQLite's messages may quote bytes of the file
        return True
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return isinstance(error, sqlite3.OperationalError) and str(error).startswith("Could not decode")
    return code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or code == sqlite3.SQLITE_IOERR_SHORT_READ


def connect(path: Path, patience: float) -> sqlite3.Connection:
    """Open a file of marks that exists, empty or not; an older version is brought up to date.

    Args:
        path: the file.
        patience: seconds to wait for another program that writes.

    Raises:
        MarksError: it is of another program or of a newer version of this one; it was not touched.
        sqlite3.DatabaseError: it is damaged, or cannot be opened or written.
        OSError: the copy that is kept of an older version cannot be written.
    """
    connection = sqlite3.connect(
        path.absolute().as_uri() + "?mode=rw", uri=True, timeout=patience, isolation_level=None, check_same_thread=False
    )
    try:
        prepare(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def prepare(connection: sqlite3.Connection, path: Path, *, is_copy: bool = False) -> None:
    """Set a connection up, and bring its file to this version; for errors see `connect`.

    Args:
        connection: to a file of marks, or to its copy in memory.
        path: the file.
        is_copy: whether it is to the copy: then no backup of an older version is needed.
    """
    version = _version(connection, path)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA cache_size = -{READING_CACHE_KB}")
    connection.execute(f"PRAGMA page_size = {PAGE}")
    if not is_copy:
        prepare_journal(connection, path)
        connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
    if version < len(MIGRATIONS):
        _migrate(connection, path, is_copy=is_copy)


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """The version of a file; 0 for an empty one.

    Raises:
        MarksError: it is of another program or of a newer version of this one.
    """
    application_id, version, is_empty = read_header(connection)
    if application_id != APPLICATION_ID and not is_empty:
        raise MarksError(f"this file holds no marks of this program, and is left alone: {path}")
    if version > len(MIGRATIONS):
        raise MarksError(f"the marks were written by a newer version of this program, and are left alone: {path}")
    return version


def _migrate(connection: sqlite3.Connection, path: Path, *, is_copy: bool) -> None:
    backup = None
    try:
        connection.execute("BEGIN IMMEDIATE")
        version = _version(connection, path)  # another copy of the program may have been first
        if 0 < version < len(MIGRATIONS) and not is_copy:
            backup = _back_up(path, version)
        for migration in MIGRATIONS[version:]:
            for statement in migration:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if backup:
            backup.unlink()
        raise


def _back_up(path: Path, version: int) -> Path:
    """Back up the file as it was last committed, under a name that is free; gives the backup."""
    name, number = path.with_name(f"{path.name}.backup-v{version}"), 1
    while name.exists():
        number += 1
        name = path.with_name(f"{path.name}.backup-v{version}-{number}")
    part = path.with_name(f"{path.name}.backup-part")
    make_private(part, anew=True)
    # A connection in a write transaction cannot be backed up: a second one sees the file as it was last committed.
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as copy:
        source.backup(copy)
    settle(part)
    part.replace(name)
    return name


def log_of(path: Path) -> Path:
    """The path of SQLite's log of a file: of what was committed and is not in the file itself yet."""
    return path.with_name(path.name + "-wal")


def make_private(path: Path, *, anew: bool = False) -> None:
    """Make an empty file that only its owner may read.

    Args:
        path: the file.
        anew: whether to delete a file that is there; else it stays as it is.

    Raises:
        OSError: it cannot be made.
    """
    if anew:
        path.unlink(missing_ok=True)
    make_file(path)


def settle(path: Path) -> None:
    """Wait until a file or folder has reached the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

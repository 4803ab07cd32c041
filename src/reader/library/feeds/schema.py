"""The tables of what is known of feeds.

Lost, they cost one fetch, stories that a person deleted come once more, and rules that wait are not followed: the files
of the library say the rest.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import NamedTuple

from reader.base.private_files import make_file, make_folder
from reader.library.index.storage.header import ForeignFileError, is_empty
from reader.library.index.storage.journal import prepare_journal, transaction
from reader.library.index.storage.replacement import open_or_replace

APPLICATION_ID = 0x72646631
"""Tells a file of ours from any other SQLite file: `rdf1` in ASCII."""

VERSION = 1

_TABLES = (
    """CREATE TABLE feeds (
        key       TEXT PRIMARY KEY,        -- the address, as feeds are told apart
        facts     TEXT NOT NULL            -- what servers said, JSON
    ) WITHOUT ROWID""",
    """CREATE TABLE articles (
        id        INTEGER PRIMARY KEY,
        key       TEXT NOT NULL,           -- the canonical address; where there is none, feed and guid
        path      BLOB NOT NULL UNIQUE,    -- in the library's folder; there may be no file any more
        digest    BLOB,                    -- of the file as it was written; NULL: not known to be unchanged
        url       TEXT NOT NULL,           -- the address that the file has first
        arrived   INTEGER NOT NULL,        -- seconds since 1970
        owner     TEXT NOT NULL            -- key of the feed whose words it has
    )""",
    "CREATE INDEX articles_key ON articles(key)",
    """CREATE TABLE entries (
        feed      TEXT NOT NULL,           -- its key
        id        TEXT NOT NULL,           -- by what the feed tells it from others
        article   INTEGER NOT NULL REFERENCES articles(id),
        print     BLOB,                    -- of all that it said; NULL: not known
        title     BLOB NOT NULL,           -- of its headline
        published INTEGER,                 -- seconds since 1970
        topics    TEXT NOT NULL,           -- JSON
        PRIMARY KEY (feed, id)
    ) WITHOUT ROWID""",
    "CREATE INDEX entries_article ON entries(article)",
    "CREATE INDEX entries_said ON entries(feed, title, published)",
)

_UNRULED = """CREATE TABLE IF NOT EXISTS unruled (
        path      BLOB PRIMARY KEY         -- of a new story, for which no rule was followed yet
    ) WITHOUT ROWID"""
"""Files of a version without it get it when they are opened, and that version goes on without it."""


class Opened(NamedTuple):
    """The file, opened.

    Attributes:
        connection: the connection to it.
        note: what became of the file that lay there, where it was of no use; else empty.
    """

    connection: sqlite3.Connection
    note: str


def connect(path: Path) -> Opened:
    """Open the file; what is damaged or not ours is set aside, and an empty one made in its place.

    Raises:
        sqlite3.OperationalError: it cannot be opened or written, or another program holds it.
        OSError: its folder cannot be made.
    """
    make_folder(path.parent)
    aside = path.with_name(f"{path.name}.damaged")
    connection, error = open_or_replace(path, _open, aside)
    if error is None:
        return Opened(connection, "")
    why = str(error) if isinstance(error, ForeignFileError) else "damaged"
    return Opened(connection, f"what was known of the feeds is {why}: it begins anew; the old file is {aside}")


def _open(path: Path) -> sqlite3.Connection:
    make_file(path)
    connection = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
    try:
        is_new = is_empty(connection, APPLICATION_ID, VERSION)
        prepare_journal(connection, path)
        connection.execute("PRAGMA synchronous = NORMAL")  # what a power cut takes, the files say again
        if is_new:
            with transaction(connection):
                _make(connection)
        connection.execute(_UNRULED)
    except BaseException:
        connection.close()
        raise
    return connection


def _make(connection: sqlite3.Connection) -> None:
    """Make the tables, unless another copy of the program was first."""
    if not is_empty(connection, APPLICATION_ID, VERSION):
        return
    for statement in _TABLES:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")

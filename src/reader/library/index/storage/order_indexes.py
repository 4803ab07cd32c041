"""The indexes for the orders of stories that are not by time, and for the facts that queries compare.

Each story is put somewhere in the middle of each of them, and once more when its coverage is counted. So when a library
is read for the first time they are left out, and made at the end in one go: for a million stories that saves two thirds
of all the pages that would be written. Until then SQLite sorts when it is asked for such an order.
"""

from __future__ import annotations

import sqlite3

from reader.library.index.storage.journal import transaction

ORDER_INDEXES = {
    "stories_quality": "quality DESC, published DESC, tie",
    "stories_provider": "provider, published DESC, tie",
    "stories_covered": "outlets DESC, coverage DESC, published DESC, tie",
    # What queries compare, without the texts that lie between; in an order by which SQLite reads it as a whole, and
    # never goes from it to rows.
    "stories_facts": "has_image, has_amp, outlets, coverage, linked, alike, heat, quality",
}
"""The indexes, each with its columns of `known_stories`."""

FROM_FILES, TIMES = 10_000, 4
"""The indexes are left out if so many files or more are to be read, and `TIMES` as many as are known already."""


def statements() -> list[str]:
    """The statements that make the indexes that are missing."""
    return [f"CREATE INDEX IF NOT EXISTS {name} ON known_stories({columns})" for name, columns in ORDER_INDEXES.items()]


def leave_out(connection: sqlite3.Connection, files: int) -> None:
    """Drop the indexes if so many files are to be read that making them at the end is quicker."""
    if files < FROM_FILES:
        return
    known = connection.execute("SELECT count(*) FROM files").fetchone()[0]
    if files >= TIMES * known:
        with transaction(connection):
            for name in ORDER_INDEXES:
                connection.execute(f"DROP INDEX IF EXISTS {name}")


def is_made(connection: sqlite3.Connection, name: str) -> bool:
    """Whether an index is there, and not left out."""
    sql = "SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = ?"
    return connection.execute(sql, (name,)).fetchone() is not None


def make_missing(connection: sqlite3.Connection) -> None:
    """Make the indexes that were left out, by this sync or by one that was interrupted."""
    known = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
    if known.issuperset(ORDER_INDEXES):
        return
    with transaction(connection):
        for statement in statements():
            connection.execute(statement)

"""Newsboat's `cache.db`, read only: its stories, and what was read and flagged.

Its tables are those of newsboat's `src/cache.cpp`; columns that a version lacks count as empty.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from reader.base.errors import ReaderError
from reader.base.text import clean

_COLUMNS = {
    "guid": "''", "title": "''", "author": "''", "url": "''", "pubDate": "0", "content": "''", "unread": "1",
    "enclosure_url": "''", "enclosure_type": "''", "flags": "''", "deleted": "0", "content_mime_type": "''",
}  # fmt: skip
"""The columns of `rss_item` that are read, and what stands for one that is missing."""


class NewsboatError(ReaderError):
    """The file cannot be read, or is none of newsboat's."""


class NewsboatItem(NamedTuple):
    """A story as newsboat has it; nothing of it is checked."""

    guid: str
    title: str
    author: str
    url: str
    published: int
    content: str
    unread: bool
    enclosure_url: str
    enclosure_type: str
    flags: str
    deleted: bool
    content_type: str


class NewsboatCache:
    """The file.

    Args:
        path: the file.

    Raises:
        NewsboatError: it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._as_newsboat_errors():
            self._connection = sqlite3.connect(path.absolute().as_uri() + "?mode=ro", uri=True, timeout=5)
            try:
                self._connection.execute("PRAGMA trusted_schema = OFF")
                self._connection.text_factory = lambda data: data.decode("utf-8", "replace")
                there, feeds = (self._columns_of(table) for table in ("rss_item", "rss_feed"))
            except BaseException:
                self._connection.close()
                raise
        if not ({"feedurl", "guid"} <= there and {"rssurl", "title"} <= feeds):
            self._connection.close()
            raise NewsboatError(f"{clean(str(path))}: no cache of newsboat")
        self._columns = ", ".join(name if name in there else absent for name, absent in _COLUMNS.items())

    def __enter__(self) -> NewsboatCache:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def title(self, feed: str) -> str:
        """What a feed calls itself; empty where newsboat does not know.

        Raises:
            NewsboatError: it cannot be read.
        """
        with self._as_newsboat_errors():
            row = self._connection.execute("SELECT title FROM rss_feed WHERE rssurl = ?", (feed,)).fetchone()
        return str(row[0] or "") if row else ""

    def items(self, feed: str, most: int) -> Iterator[list[NewsboatItem]]:
        """The stories of a feed, the newest first, in pieces.

        Args:
            feed: its address as `urls` has it.
            most: how many are in a piece.

        Raises:
            NewsboatError: they cannot be read.
        """
        statement = f"SELECT {self._columns} FROM rss_item WHERE feedurl = ? ORDER BY pubDate DESC"  # noqa: S608 — ours
        with self._as_newsboat_errors(), closing(self._connection.execute(statement, (feed,))) as cursor:
            while rows := cursor.fetchmany(most):
                yield [_item(row) for row in rows]

    def _columns_of(self, table: str) -> set[str]:
        return {row[1] for row in self._connection.execute(f"PRAGMA table_info({table})")}

    @contextmanager
    def _as_newsboat_errors(self) -> Iterator[None]:
        """Within it, an error of SQLite is raised as one of ours."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise NewsboatError(f"{clean(str(self._path))}: {clean(str(error))}") from error


def _item(row: tuple[object, ...]) -> NewsboatItem:
    """A row, whatever its values are: SQLite holds any column to no type."""
    told = NewsboatItem(*("" if value is None else str(value) for value in row))  # type: ignore[arg-type]
    return told._replace(
        published=_whole(told.published), unread=bool(_whole(told.unread)), deleted=bool(_whole(told.deleted))
    )


def _whole(value: object) -> int:
    text = str(value)
    return int(text) if text.lstrip("-").isdecimal() and text.isascii() and len(text) < 12 else 0

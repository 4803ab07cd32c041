"""What is known of a library's feeds: what their servers said, and which entry became which file.

It is a memory: lost, it costs one fetch. That a person deleted an article is known only here, so that comes once more.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import NamedTuple

from reader.base.errors import ReaderError
from reader.base.text import clean
from reader.library.feeds.schema import connect
from reader.library.index.storage.journal import transaction


class FeedStateError(ReaderError):
    """What is known of the feeds cannot be read or written."""


@dataclass(frozen=True, slots=True)
class FeedFacts:
    """What the server of a feed said, and when. Times are in seconds since 1970; 0 is never.

    Attributes:
        etag: its `ETag`, to be sent back unchanged.
        modified: its `Last-Modified`, likewise.
        asked: when it was asked last.
        due: before when it is not to be asked again, unless a person does.
        held: before when it is not to be asked again, whoever does: it said so.
        failures: how often it failed since it last did not.
        error: how it failed last; empty where it did not.
        news: when there was a new entry last.
        ended: when it said that it is gone for good.
        title: what the feed calls itself.
        body: a digest of what it sent last.
        told: what the person called it then, and its topics: they stand in its stories.
    """

    etag: str = ""
    modified: str = ""
    asked: int = 0
    due: int = 0
    held: int = 0
    failures: int = 0
    error: str = ""
    news: int = 0
    ended: int = 0
    title: str = ""
    body: str = ""
    told: str = ""


class KnownArticle(NamedTuple):
    """A row of `articles`: an article that has, or had, a file of the library.

    Attributes:
        id: of the row; 0 for one that is still to be added.
        key: the canonical URL; for an article without one, its feed and guid.
        path: the file, relative to the library's folder; it may be gone.
        digest: of the file as it was written; None where it is not known to be unchanged.
        url: the address that stands first in the file.
        arrived: when it came in, in seconds since 1970.
        owner: the key of the feed whose words the file has.
    """

    id: int
    key: str
    path: bytes
    digest: bytes | None
    url: str
    arrived: int
    owner: str


class SeenEntry(NamedTuple):
    """A row of `entries`: an entry of a feed that was seen.

    Attributes:
        feed: the feed's key.
        id: what tells the entry from others of its feed.
        article: the row of its article.
        print: a digest of all that it said; None where that is not known.
        title: a digest of its headline.
        published: in seconds since 1970; None where it gave no time.
        topics: as it gave them.
    """

    feed: str
    id: str
    article: int
    print: bytes | None
    title: bytes
    published: int | None
    topics: tuple[str, ...]


class FeedState:
    """The file. One instance belongs to one thread at a time.

    Args:
        path: the file; neither it nor its folder need exist.

    Attributes:
        note: what became of a file that was of no use, for a person; empty where that was not so.

    Raises:
        FeedStateError: it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            with self._as_state_errors():
                self._connection, note = connect(path)
        except OSError as error:
            raise FeedStateError(f"{clean(str(path))}: {error.strerror}") from error
        self.note = clean(note)

    def __enter__(self) -> FeedState:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Make all changes of a block at once, or none of them."""
        with self._as_state_errors(), transaction(self._connection):
            yield

    def facts(self) -> dict[str, FeedFacts]:
        """What is known of all feeds, by their keys."""
        with self._as_state_errors():
            rows = self._connection.execute("SELECT key, facts FROM feeds").fetchall()
        return {key: _facts(told) for key, told in rows}

    def keep_facts(self, key: str, facts: FeedFacts) -> None:
        """Keep what is known of a feed."""
        with self._as_state_errors():
            self._connection.execute("REPLACE INTO feeds VALUES (?, ?)", (key, json.dumps(asdict(facts))))

    def move(self, old: str, new: str) -> None:
        """Give what is known of a feed to its new key; what is known of that one already, stays."""
        with self._as_state_errors():
            for statement in (
                "UPDATE OR IGNORE feeds SET key = :new WHERE key = :old",
                "UPDATE OR IGNORE entries SET feed = :new WHERE feed = :old",
                "UPDATE articles SET owner = :new WHERE owner = :old",
                "DELETE FROM feeds WHERE key = :old",
                "DELETE FROM entries WHERE feed = :old",
            ):
                self._connection.execute(statement, {"old": old, "new": new})

    def entry(self, feed: str, id_: str) -> SeenEntry | None:
        """An entry of a feed, by what the feed tells it by."""
        return self._one_seen("feed = ? AND id = ?", (feed, id_))

    def entry_saying(self, feed: str, title: bytes, published: int) -> SeenEntry | None:
        """An entry of a feed, by its headline and its time."""
        return self._one_seen("feed = ? AND title = ? AND published = ?", (feed, title, published))

    def entries_of(self, article: int) -> list[SeenEntry]:
        """The entries that are one article, the owner's among them."""
        with self._as_state_errors():
            rows = self._connection.execute("SELECT * FROM entries WHERE article = ?", (article,)).fetchall()
        return [_seen(row) for row in rows]

    def keep_entry(self, seen: SeenEntry) -> None:
        """Keep that an entry was seen."""
        row = seen._replace(topics=json.dumps(seen.topics))  # type: ignore[arg-type] # as the table has it
        with self._as_state_errors():
            self._connection.execute("REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def article(self, id_: int) -> KnownArticle:
        """An article by its number."""
        with self._as_state_errors():
            return KnownArticle(*self._connection.execute("SELECT * FROM articles WHERE id = ?", (id_,)).fetchone())

    def articles_named(self, key: str) -> list[KnownArticle]:
        """The articles of an address, those that came first before others."""
        with self._as_state_errors():
            rows = self._connection.execute("SELECT * FROM articles WHERE key = ? ORDER BY id", (key,)).fetchall()
        return [KnownArticle(*row) for row in rows]

    def article_at(self, path: bytes) -> KnownArticle | None:
        """The article whose file has or had a path; None where there is none."""
        with self._as_state_errors():
            row = self._connection.execute("SELECT * FROM articles WHERE path = ?", (path,)).fetchone()
        return None if row is None else KnownArticle(*row)

    def add_article(self, article: KnownArticle) -> int:
        """Keep an article, whatever number it has; gives its number."""
        with self._as_state_errors():
            cursor = self._connection.execute(
                "INSERT INTO articles (key, path, digest, url, arrived, owner) VALUES (?, ?, ?, ?, ?, ?)", article[1:]
            )
        return int(cursor.lastrowid or 0)

    def set_article(self, article: KnownArticle) -> None:
        """Keep an article as it is now."""
        with self._as_state_errors():
            self._connection.execute("REPLACE INTO articles VALUES (?, ?, ?, ?, ?, ?, ?)", article)

    def feed_paths(self) -> list[tuple[str, bytes]]:
        """For each feed and each article of it: the feed's key, and where the article's file is, or was."""
        statement = "SELECT DISTINCT feed, path FROM entries JOIN articles ON articles.id = entries.article"
        with self._as_state_errors():
            return self._connection.execute(statement).fetchall()

    def paths(self) -> set[bytes]:
        """Where the files of all articles are, or were."""
        with self._as_state_errors():
            return {row[0] for row in self._connection.execute("SELECT path FROM articles")}

    def add_unruled(self, path: bytes) -> None:
        """Keep that no rule was followed yet for the new story of a path, which is about to be written."""
        with self._as_state_errors():
            self._connection.execute("INSERT OR IGNORE INTO unruled VALUES (?)", (path,))

    def unruled(self) -> list[bytes]:
        """The paths of new stories for which no rule was followed yet; there may be no file, any more or yet."""
        with self._as_state_errors():
            return [row[0] for row in self._connection.execute("SELECT path FROM unruled")]

    def take_unruled(self, path: bytes) -> bool:
        """Keep that the rules were followed for a story; says whether this is the first to say so."""
        with self._as_state_errors():
            return self._connection.execute("DELETE FROM unruled WHERE path = ?", (path,)).rowcount > 0

    def _one_seen(self, condition: str, values: Sequence[object]) -> SeenEntry | None:
        statement = f"SELECT * FROM entries WHERE {condition} LIMIT 1"  # noqa: S608 — a condition of this class
        with self._as_state_errors():
            row = self._connection.execute(statement, values).fetchone()
        return None if row is None else _seen(row)

    @contextmanager
    def _as_state_errors(self) -> Iterator[None]:
        """Within it, an error of SQLite is raised as one of ours."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise FeedStateError(f"{clean(str(self._path))}: {clean(str(error))}") from error


def _seen(row: Sequence[object]) -> SeenEntry:
    seen = SeenEntry(*row)  # type: ignore[arg-type] # as the table has it
    return seen._replace(topics=tuple(json.loads(str(seen.topics))))


def _facts(told: str) -> FeedFacts:
    known = {field.name for field in fields(FeedFacts)}
    return FeedFacts(**{name: value for name, value in json.loads(told).items() if name in known})
